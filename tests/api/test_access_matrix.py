"""Every route × every role × young people whose every word, code and day can be told apart: who gets to see what.

What a role may not read stands nowhere in an answer – page, table, drawing, header, address – and shows in no count.
Who sees somebody is in the read log, or gets nothing. No look writes an event, and no forged form does.
"""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from html import unescape
from itertools import permutations
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from api.headers import ALWAYS
from api.importing import office_of
from api.policy import Policy, policy_of
from api.recordable import KINDS
from api.sentences import in_words, long_day
from api.worklist_actions import Doing
from api.young_views import CODES as YOUNG_VIEWS
from database import Database, Role
from domain.access import Level, level
from domain.choices import (
    Attendance,
    Benefit,
    Confirmer,
    Consenter,
    ConsentScope,
    Measure,
    Outside,
    Proposal,
    ReceiptWay,
    ViewOnPlan,
)
from domain.codes import AgendaReason, DataClass, Matter, Party, PlacementForm, Programme, ReturnReason, StartReason
from domain.decisions import (
    agree_step,
    call_meeting,
    drop_step,
    let_step_wait,
    move_step,
    plan_handover,
    record_receipt,
    record_return,
    return_handover,
    send_instead,
    withdraw_handover,
)
from domain.events import (
    AgendaItemWished,
    AttendanceMarked,
    BenefitStarted,
    ConsentGiven,
    ContactPersonNamed,
    EducationStarted,
    Enrolled,
    GoalInOwnWords,
    GoalReworded,
    GoalSet,
    JobStarted,
    JourneyEvent,
    LeadCoordinatorNamed,
    MeasureStarted,
    MilepaelenStarted,
    PlacementStarted,
    ProgressionMeasured,
    ProposalSent,
    PsychiatryCourseStarted,
    ReferredToMilepaelen,
    TalkHeld,
    ToldOfBreakOff,
    ViewOnPlanGiven,
)
from domain.text import FreeText, StaffId
from eventlog import meeting as meeting_stream
from intake import import_file
from people.staff import demo_municipality, load_staff, read_municipality
from projections.progression import FACTORS
from projections.worklist import rows_of_person
from tests.api.conftest import ADDRESS, BY_IMPORT, THE_BEGINNING, Browser, StillHouse, Youth, signed_in
from tests.four import FOUR
from tests.intake.office import UU as UU_HEADING

TODAY = date(2026, 11, 23)
SCHOOL, UU, CHILD, ADULT, HEALTH = (
    "laila-laerer",
    "mette-vejleder",
    "jens-raadgiver",
    "vibeke-voksenraadgiver",
    "pia-psykolog",
)
STAFF = {
    SCHOOL: Party.SCHOOL,
    UU: Party.UU,
    CHILD: Party.CHILD_SOCIAL,
    ADULT: Party.ADULT_SOCIAL,
    "karen-jobkonsulent": Party.EMPLOYMENT,
    "yrsa-ydelse": Party.BENEFITS,
    HEALTH: Party.HEALTH,
    "maja-mentor": Party.MILEPAELEN,
    "eva-elevcoach": Party.EDUCATION,
    "katrine-koordinator": Party.MUNICIPALITY,
    "dorte-databeskytter": Party.MUNICIPALITY,
}
AN_EDUCATION = """
[[unit]]
id = "erhvervsskolen"
party = "education"
name = "Erhvervsskolen ved Fjorden"
staff = [{ id = "eva-elevcoach", name = "Eva Elevcoach", function = "worker" }]
"""
A_RULE_OF_OTHERS = """
[[rule]]
id = "TEST-01"
version = 1
title = "Skolegang under anbringelse"
kind = "local"
certainty = "opdigtet"
source = "Opdigtet: UU har en del i den og må kun vide, at der er noget"
valid_from = 2019-01-01
when = ["placement-started"]
matter = "child_support"
data_class = "social"
giver = "child_social"
receiver = "uu"
holder = "child_social"
cleared_by = ["youth-support-decided"]
ends_at_age = 23
what_to_do = "Intet."

[[rule.due]]
label = "30 dage efter anbringelsen"
from = "on"
days = 30
"""
A_CHANGE = '[[off]]\nid = "{rule}"\nreason = "Prøves"\n'
RULE_WORDS = {
    "anbragt uden for hjemmet",
    "Afgørelse om ungestøtte",
    "Skolegang under anbringelse",
    "Kontakt efter afbrud",
    "Milepælen overtager efter henvisning",
}
"""What the program obeys may be read by all; beside a young person it tells what they are in."""
Readers = Callable[[Party], bool]
_LETTERS = map("".join, permutations("bcdfghjk"))  # never digits: they could look like a CPR number


def reads(data_class: DataClass, at_least: Level = Level.SUMMARY) -> Readers:
    return lambda party: level(party, data_class) >= at_least


def nobody(_: Party) -> bool:
    return False


@dataclass
class Subject:
    """A young person, and every string that tells something of them, with those who may see it."""

    one: Youth
    markers: dict[str, Readers] = field(default_factory=dict)
    handovers: list[UUID] = field(default_factory=list)
    steps: list[UUID] = field(default_factory=list)
    goals: list[UUID] = field(default_factory=list)
    row_keys: list[str] = field(default_factory=list)

    def words(self, readers: Readers) -> FreeText:
        """A text of its own that these may read."""
        marker = f"mærke{next(_LETTERS)}"
        self.markers[marker] = readers
        return FreeText(f"Aftalt: {marker} & <b>")

    def day(self, day: date, readers: Readers) -> date:
        """A day on which nothing else happened, in every way that pages write it."""
        self.markers |= dict.fromkeys((day.isoformat(), in_words(day), long_day(day)), readers)
        return day


@dataclass(frozen=True)
class Ask:
    """One request. `data` None is a GET; a form has the token, and lacks what it needs to be carried out."""

    template: str
    path: str
    data: dict[str, Any] | None = None
    about: Subject | None = None

    @property
    def method(self) -> str:
        return "GET" if self.data is None else "POST"


@dataclass
class World:
    house: StillHouse
    app: FastAPI
    subjects: list[Subject]
    meeting: UUID
    proposal: UUID | None = None
    set_aside: UUID | None = None

    def browser(self, staff_id: str | None) -> Browser:
        """A fault of ours is the page that they would see; the lists stand still, so that nothing else writes."""
        made = Browser(self.app, lambda: None, raising=False)
        if staff_id is not None:
            signed_in(made, staff_id)
        return made

    def looks_since(self, last: int) -> dict[int, UUID | None]:
        """Who was looked at after this row of the read log, by row."""
        with self.house.db.connection(Role.APPLICATION) as conn:
            return dict(conn.execute("select id, person_id from read_log where id > %s", [last]).fetchall())

    def sessions(self) -> int:
        with self.house.db.connection(Role.APPLICATION) as conn:
            row = conn.execute("select count(*) from session").fetchone()
        return int(row[0]) if row else 0


def routes_of(app: FastAPI) -> dict[tuple[str, str], Policy]:
    """Every route with its policy, by method and pattern."""
    found = {}
    for route in iter_route_contexts(app.routes):
        policy = policy_of(route)
        if policy is not None:
            found |= {(method, str(route.path)): policy for method in route.methods or () if method != "HEAD"}
    return found


# Two lives with something of every class that there is


def lived(one: Youth, shift: int, form: PlacementForm, programme: Programme) -> Subject:
    """Every day is one of its own, moved by `shift`."""
    subject = Subject(one)
    education, social, employment, voice = (
        DataClass.EDUCATION,
        DataClass.SOCIAL,
        DataClass.EMPLOYMENT,
        DataClass.VOICE,
    )

    def day(first: date, data_class: DataClass) -> date:
        return subject.day(first + timedelta(days=shift), reads(data_class))

    def words(data_class: DataClass) -> FreeText:
        return subject.words(reads(data_class, Level.FULL))

    # First, and today: the log got nothing earlier, so no day that it was recorded is the day of something else.
    agree = partial(agree_step, responsible=Party.UU, matter=Matter.GUIDANCE, on=date(2025, 8, 4))
    for due_on in (date(2026, 1, 5), date(2026, 12, 24)):
        step_id = uuid4()
        one.record(partial(agree, step_id=step_id, what=words(DataClass.PLAN), due_on=due_on))
        subject.steps.append(step_id)
    _planned(subject, day, words)
    one.happened(
        EducationStarted(on=day(date(2025, 1, 13), education), programme=programme),
        PlacementStarted(on=day(date(2025, 2, 3), social), form=form),
        MilepaelenStarted(on=day(date(2025, 4, 7), employment)),
        GoalInOwnWords(on=day(date(2025, 5, 5), voice), words=words(voice)),
        GoalInOwnWords(on=day(date(2025, 6, 2), voice), words=words(voice)),
        ReferredToMilepaelen(on=day(date(2026, 10, 1), employment), by=Party.EMPLOYMENT, purpose=words(employment)),
    )
    goal_id = uuid4()
    subject.goals.append(goal_id)
    one.happened(
        GoalSet(on=day(date(2025, 4, 21), employment), goal_id=goal_id, words=words(employment)),
        GoalReworded(on=day(date(2025, 4, 28), employment), goal_id=goal_id, words=words(employment)),
        TalkHeld(
            on=day(date(2026, 10, 19), employment),
            next_on=day(date(2026, 11, 25), employment),
            agreed=words(employment),
        ),
        ProgressionMeasured(
            on=day(date(2026, 10, 26), employment),
            **dict.fromkeys(FACTORS, 3),
            remark=words(employment),
        ),
        ProposalSent(on=day(date(2026, 10, 12), employment), proposal=Proposal.SMALL_JOB, why=words(employment)),
        AttendanceMarked(on=day(date(2026, 11, 9), employment), attendance=Attendance.STAYED_AWAY),
    )
    late = ToldOfBreakOff(on=day(date(2026, 8, 3), education), programme=programme)
    one.happened(late, known_on=day(date(2026, 9, 1), education))
    _handed_over(subject)
    subject.markers |= {
        in_words(form): reads(social),
        in_words(programme): reads(education),
        "Afgørelse om ungestøtte": reads(social),
        "Skolegang under anbringelse": reads(social),
        "Kontakt efter afbrud": reads(education),
        "Milepælen overtager efter henvisning": reads(employment),
        one.name: reads(DataClass.MASTER),
        one.case_number: reads(DataClass.MASTER),
        str(one.id): nobody,
        one.cpr.digits: nobody,
        f"{one.cpr.digits[:6]}-{one.cpr.digits[6:]}": nobody,
    }
    return subject


def _planned(subject: Subject, day: Callable[..., date], words: Callable[..., FreeText]) -> None:
    """A step that was moved, one that was dropped, what the young person said, consents, and who they have."""
    one, (first, second), plan = subject.one, subject.steps, DataClass.PLAN
    on = date(2026, 1, 3)
    one.record(partial(move_step, step_id=first, due_on=date(2026, 2, 2), reason=words(plan), on=on))
    one.record(partial(let_step_wait, step_id=first, waits_for=Party.EDUCATION, on=on))
    one.record(partial(drop_step, step_id=second, reason=words(plan), on=on))
    one.happened(
        ViewOnPlanGiven(
            on=day(date(2025, 5, 19), DataClass.VOICE), view=ViewOnPlan.DISAGREES, why=words(DataClass.VOICE)
        ),
        ConsentGiven(
            on=day(date(2025, 6, 16), plan), by=Consenter.PARENT, scope=ConsentScope.JOINT_PLAN, until=date(2029, 1, 1)
        ),
        LeadCoordinatorNamed(on=date(2025, 6, 17), staff=StaffId(UU), party=Party.UU),
        ContactPersonNamed(on=day(date(2025, 7, 7), DataClass.EDUCATION), staff=StaffId("anders-vejleder")),
        AgendaItemWished(on=date(2026, 11, 5), by=Party.UU, why=words(plan)),
        Enrolled(on=day(date(2024, 9, 16), DataClass.SCHOOLING), grade=9),
        PsychiatryCourseStarted(on=day(date(2025, 9, 1), DataClass.HEALTH)),
        MeasureStarted(on=day(date(2025, 9, 15), DataClass.SOCIAL), measure=Measure.RESPITE_CARE),
        BenefitStarted(on=day(date(2025, 10, 6), DataClass.BENEFIT), benefit=Benefit.SICKNESS_BENEFIT),
        JobStarted(on=day(date(2025, 10, 20), DataClass.EMPLOYMENT), hours_per_week=12),
    )


def _handed_over(subject: Subject) -> None:
    """Handovers that were returned, withdrawn, given up unsent, replaced, on paper, and one that waits."""
    two: Readers = {Party.CHILD_SOCIAL, Party.ADULT_SOCIAL}.__contains__
    giver: Readers = {Party.CHILD_SOCIAL}.__contains__
    between = {"matter": Matter.ADULT_SUPPORT, "giver": Party.CHILD_SOCIAL, "receiver": Party.ADULT_SOCIAL}

    def send(on: date, receiver: Party | Outside = Party.ADULT_SOCIAL, matter: Matter = Matter.ADULT_SUPPORT) -> UUID:
        sent: UUID = subject.one.sends(
            Party.CHILD_SOCIAL,
            receiver,
            matter=matter,
            on=on,
            answer_by=date(2026, 12, 1),
            note=subject.words(two if receiver is Party.ADULT_SOCIAL else giver),
        )
        subject.handovers.append(sent)
        return sent

    given_up = uuid4()
    plan = partial(plan_handover, handover_id=given_up, send_by=date(2026, 9, 4), on=date(2026, 9, 3), **between)
    subject.one.record(plan)
    give_up = partial(withdraw_handover, handover_id=given_up, by=Party.CHILD_SOCIAL, on=date(2026, 9, 4))
    subject.one.record(partial(give_up, words=subject.words(two)))
    subject.handovers.append(given_up)

    returned, words = send(date(2026, 9, 7)), subject.words(two)
    give_back = partial(return_handover, by=Party.ADULT_SOCIAL, on=date(2026, 9, 9), reason=ReturnReason.OTHER)
    subject.one.record(partial(give_back, handover_id=returned, words=words))
    withdrawn, words = send(date(2026, 9, 14)), subject.words(two)
    take_back = partial(withdraw_handover, by=Party.CHILD_SOCIAL, on=date(2026, 9, 16))
    subject.one.record(partial(take_back, handover_id=withdrawn, words=words))
    outside = send(date(2026, 9, 21), Outside.PSYCHIATRY, Matter.CHILD_SUPPORT)
    recorded = {"handover_id": outside, "by": Party.CHILD_SOCIAL, "on": date(2026, 9, 22), "today": TODAY}
    subject.one.record(partial(record_receipt, confirmed_by=Confirmer.PRACTITIONER, way=ReceiptWay.LETTER, **recorded))
    back = partial(record_return, reason=ReturnReason.OTHER, words=subject.words(giver), **recorded)
    subject.one.record(back)
    replaced, instead = send(date(2026, 9, 28)), uuid4()
    exchange = partial(
        send_instead, replaces=replaced, words=subject.words(two), handover_id=instead, giver=Party.CHILD_SOCIAL
    )
    when = {"answer_by": date(2026, 12, 1), "on": date(2026, 9, 29)}
    subject.one.record(partial(exchange, receiver=Party.ADULT_SOCIAL, note=subject.words(two), **when))
    subject.one.record(partial(take_back, handover_id=instead, words=subject.words(two)))
    subject.handovers.append(instead)
    subject.one.record(partial(plan_handover, handover_id=uuid4(), send_by=date(2026, 12, 2), on=TODAY, **between))
    send(date(2026, 11, 2))


def called(house: StillHouse) -> UUID:
    """A meeting tomorrow."""
    meeting_id = uuid4()
    decide = partial(call_meeting, held_on=date(2026, 11, 24), on=TODAY)
    house.log.record(meeting_stream(meeting_id), decide, by=BY_IMPORT, known_at=house.now, command_id=uuid4())
    return meeting_id


def put_on_agenda(browser: Browser, meeting_id: UUID, one: Youth) -> None:
    answer = browser.submit(f"/moeder/{meeting_id}/dagsorden", sagsnr=one.case_number)
    assert answer.status_code == 303


def decided(browser: Browser, meeting_id: UUID, subject: Subject) -> None:
    """A step of the plan and a handover, both with words."""
    asked = {"sag": subject.one.case_number, "due_on_day": "4", "due_on_month": "12", "due_on_year": "2026"}
    two: Readers = {Party.UU, Party.MILEPAELEN}.__contains__
    for said in (
        {"what": subject.words(reads(DataClass.PLAN, Level.FULL)), "who": "uu", "kind": "plan-step", "matter": ""},
        {"what": subject.words(two), "who": "milepaelen", "kind": "handover", "matter": "guidance"},
    ):
        answer = browser.submit(f"/moeder/{meeting_id}/sag/1", **asked, **said)
        assert answer.status_code == 303, answer.text


def came_and_gone(world: World, folder: Path) -> None:
    """The first stood on a list of the placed and no longer does, and a row about them was set aside."""
    house, office = world.house, office_of(world.house)
    heading = "Sagens CPR,Foranstaltning,Støtteart,Anbringelsessted,Iværksat"
    rows = []
    for subject, place in zip(world.subjects, ("Familiepleje", "Børne- og ungehjem"), strict=True):
        on = subject.day(date(2025, 3, 10), reads(DataClass.SOCIAL))
        rows.append(f"{subject.one.cpr.digits},Anbringelse,,{place},{on}")
    broken = [world.subjects[0].one.cpr.digits, "1", "Afbrud meldt", "31-02-2026", *[""] * 8, "Fortroligt"]
    for name, lines in (("1", [heading, *rows]), ("2", [heading, rows[1]]), ("uu", [UU_HEADING, ";".join(broken)])):
        path = folder / f"{name}.csv"
        path.write_text("".join(f"{line}\r\n" for line in lines), "cp1252")
        import_file(office, path, now=house.now)
    with house.db.connection(Role.APPLICATION) as conn:
        ((world.proposal,),) = conn.execute("select proposal_id from proposal").fetchall()
        ((world.set_aside,),) = conn.execute("select row_id from set_aside").fetchall()


@pytest.fixture
def world(house: StillHouse, app: FastAPI, youth: Callable[..., Youth], tmp_path: Path) -> World:
    with house.db.connection(Role.APPLICATION) as conn:
        load_staff(conn, house.log.keys, read_municipality(demo_municipality() + AN_EDUCATION))
    house.load_rules(FOUR + A_RULE_OF_OTHERS, on=THE_BEGINNING)
    maja = youth("Maja Sjældenfugl", born_on=date(2009, 5, 1), reason=StartReason.PLACED)
    bo = youth("Bo Enestående", born_on=date(2009, 3, 2), reason=StartReason.CASH_BENEFIT)
    subjects = [
        lived(maja, 0, PlacementForm.FOSTER_FAMILY, Programme.VOCATIONAL),
        lived(bo, 1, PlacementForm.CHILDREN_AND_YOUTH_HOME, Programme.GENERAL_UPPER_SECONDARY),
    ]
    subjects[0].markers[in_words(StartReason.PLACED)] = reads(DataClass.SOCIAL)
    subjects[1].markers[in_words(StartReason.CASH_BENEFIT)] = reads(DataClass.BENEFIT)
    made = World(house, app, subjects, called(house))
    came_and_gone(made, tmp_path)
    house.catch_up()
    child, uu = made.browser(CHILD), made.browser(UU)
    for subject in subjects:
        put_on_agenda(child, made.meeting, subject.one)
        decided(uu, made.meeting, subject)
    house.catch_up()
    with house.db.connection(Role.APPLICATION) as conn:
        for subject in subjects:
            subject.row_keys = [one.row.row_key for one in rows_of_person(conn, subject.one.id, DataClass)]
    return made


# Everything that can be asked


def asks(world: World) -> list[Ask]:
    """Every route, with each choice that changes what is shown. Forms lack what they need, so nothing is written."""
    return [
        *_asks_of_nobody(),
        *_asks_of_the_meeting(world),
        *_asks_of_the_intake(world),
        *(ask for subject in world.subjects for ask in _asks_of(subject, world)),
    ]


def _asks_of_nobody() -> Iterator[Ask]:
    for path in ("/", "/log-ind", "/was", "/sundhed", "/soeg", "/moeder"):
        yield Ask(path, path)
    views = ("", "?frist=overskredet", "?frist=snart", "?hvem=andre", "?hvem=sendt", "?alder=fylder-18", "?side=999")
    for view in (*views, "?beskyttede=1", "?regel=OVG-05", "?regel=MIL-01", "?fra=child_social", "?alder=nej"):
        yield Ask("/arbejdsliste", f"/arbejdsliste{view}")
    tabs = ("", "?vis=alle", "?vis=til-os", "?vis=af-os", "?vis=besvaret", "?tilstand=overskredet&side=9")
    for view in (*tabs, "?beskyttede=1&fra=child_social&til=adult_social", "?vis=nej"):
        yield Ask("/overleveringer", f"/overleveringer{view}")
    for view in ("", "/fremmoede", "/fremmoede?dag=2026-11-20", "/samtaler", "/samtaler?uge=2026-W49", "/progression"):
        yield Ask(f"/milepaelen{view.partition('?')[0]}", f"/milepaelen{view}")
    for form in ("/fremmoede", "/fremmoede/fortryd"):
        yield Ask(f"/milepaelen{form}", f"/milepaelen{form}", {})
    codes = [f"?vis={code}" for code in YOUNG_VIEWS.values()]
    for view in ("", *codes, "?vis=stille&dage=30", "?vis=mine&beskyttede=1", "?vis=stille&side=99", "?vis=nej"):
        yield Ask("/unge", f"/unge{view}")
    yield Ask("/profil", "/profil")
    yield Ask("/profil/afloeser", "/profil/afloeser", {})
    yield Ask("/profil/afloeser/{absence_id}/fjern", f"/profil/afloeser/{uuid4()}/fjern", {})
    yield Ask("/soeg", "/soeg", {"q": ""})
    yield Ask("/soeg", "/soeg", {"q": "e"})
    yield Ask("/moeder", "/moeder", {})
    yield Ask("/regler", "/regler")
    for rule_id in ("OVG-05", "nej"):
        yield Ask("/regler/{rule_id}", f"/regler/{rule_id}")
    yield Ask("/regler/proev", "/regler/proev?udkast=2027-01-01")
    for text in ("", "[[", *(A_CHANGE.format(rule=rule) for rule in ("OVG-05", "KUI-02", "MIL-01", "TEST-01"))):
        yield Ask("/regler/proev", "/regler/proev", _days("fra", "til") | {"regler": text})


def _asks_of_the_meeting(world: World) -> Iterator[Ask]:
    template, path = "/moeder/{meeting_id}", f"/moeder/{world.meeting}"
    for reason in ("", *AgendaReason):
        yield Ask(template, f"{path}?grund={reason}")
    yield Ask(f"{template}/dagsorden", f"{path}/dagsorden", {"sagsnr": "nej"})
    for named in ("", "?navn=1"):
        yield Ask(f"{template}/referat", f"{path}/referat{named}")
        yield Ask(f"{template}/udskrift", f"{path}/udskrift{named}")
        for number in (1, 2, 3):
            yield Ask(f"{template}/sag/{{number}}", f"{path}/sag/{number}{named}")


def _asks_of_the_intake(world: World) -> Iterator[Ask]:
    for view in ("", "?slags=uu-events&grund=no-such-date", "?leverancer=9"):
        yield Ask("/indlaesning", f"/indlaesning{view}")
    yield Ask("/indlaesning/forslag", "/indlaesning/forslag?side=9")
    for proposal in (world.proposal, uuid4()):
        for deed in ("bekraeft", "afvis"):
            yield Ask(f"/indlaesning/forslag/{{proposal_id}}/{deed}", f"/indlaesning/forslag/{proposal}/{deed}", {})
    for row in (world.set_aside, uuid4()):
        yield Ask("/indlaesning/raekker/{row_id}", f"/indlaesning/raekker/{row}")
        yield Ask("/indlaesning/raekker/{row_id}", f"/indlaesning/raekker/{row}", {})
        for deed in ("laeg-vaek", "hent-frem"):
            yield Ask(f"/indlaesning/raekker/{{row_id}}/{deed}", f"/indlaesning/raekker/{row}/{deed}", {})


def _asks_of(subject: Subject, world: World) -> Iterator[Ask]:
    about = partial(Ask, about=subject)
    number, template, path = subject.one.case_number, "/unge/{case_number}", subject.one.path
    for choice in ("", "?alder=16-25", "?part=child_social", "?part=uu&side=2", f"?liste=/moeder/{world.meeting}"):
        yield about(template, path + choice)
    yield about(f"{template}/ansvar", f"{path}/ansvar?liste=/overleveringer")
    recording = f"{template}/haendelser/ny"
    yield about(recording, f"{path}/haendelser/ny")
    for kind in KINDS[::9]:  # every kind for every party: tests/api/test_recording.py
        yield about(recording, f"{path}/haendelser/ny?slags={kind.code}")
        yield about(recording, f"{path}/haendelser/ny", {"slags": kind.code})
    yield from _asks_of_the_plan(subject)
    yield from _asks_of_deadlines(subject)
    [other] = [one for one in world.subjects if one is not subject]
    yield from _asks_of_handovers(subject, other)
    yield from _asks_of_corrections(subject, other, world)
    yield from _asks_of_milepaelen(subject)
    asked = {"sag": number, "what": "x", "kind": "nej"}
    yield about("/moeder/{meeting_id}/sag/{number}", f"/moeder/{world.meeting}/sag/1", asked)
    for q in (number, subject.one.name, subject.one.name[:3], subject.one.cpr.digits, "0" + subject.one.cpr.digits):
        yield Ask("/soeg", "/soeg", {"q": q})
    yield Ask("/arbejdsliste", f"/arbejdsliste?sag={number}")
    yield Ask("/arbejdsliste", f"/arbejdsliste?sag={number}&hvilende=1")
    for key in (*subject.row_keys, f"pair:{subject.handovers[-1]}", "x:y"):
        for doing in Doing:
            done = {"sag": number, "linje": key, "handling": doing.value, "maade": "phone"}
            yield about("/arbejdsliste/linje", "/arbejdsliste/linje", done)
    yield Ask("/log-ind", f"/log-ind?videre={path}")


def _asks_of_handovers(subject: Subject, other: Subject) -> Iterator[Ask]:
    about, template, path = partial(Ask, about=subject), "/unge/{case_number}", subject.one.path
    handover = f"{template}/overleveringer/ny"
    yield about(handover, f"{path}/overleveringer/ny")
    for key in subject.row_keys:
        yield about(handover, f"{path}/overleveringer/ny?frist={key}")
        yield about(handover, f"{path}/overleveringer/ny", {"frist": key})
    handover = f"{template}/overleveringer/{{handover_id}}"
    recorded = ("kommet-frem", "registrer-overtaget", "registrer-returneret")
    for handover_id in (*subject.handovers, other.handovers[0]):
        yield about(handover, f"{path}/overleveringer/{handover_id}")
        yield about(f"{handover}/udskrift", f"{path}/overleveringer/{handover_id}/udskrift")
    for handover_id in (subject.handovers[-1], other.handovers[0]):
        yield about(f"{handover}/erstat", f"{path}/overleveringer/{handover_id}/erstat")
        for action in ("set", "overtag", "returner", "traek-tilbage", "erstat", *recorded):
            yield about(f"{handover}/{action}", f"{path}/overleveringer/{handover_id}/{action}", {})
    for data in (None, {}):
        yield about(f"{template}/overleveringer/planlaeg", f"{path}/overleveringer/planlaeg", data)


def _asks_of_deadlines(subject: Subject) -> Iterator[Ask]:
    about, template, path = partial(Ask, about=subject), "/unge/{case_number}/frister", f"{subject.one.path}/frister"
    for view in ("", "?side=9&liste=/overleveringer"):
        yield about(template, path + view)
    for key in (*subject.row_keys, f"KUI-02:{uuid4()}"):
        yield about(f"{template}/{{key}}", f"{path}/{key}")
        for deed in ("pause", "loeb-igen"):
            yield about(f"{template}/{{key}}/{deed}", f"{path}/{key}/{deed}", {})


def _asks_of_the_plan(subject: Subject) -> Iterator[Ask]:
    about, template, path = partial(Ask, about=subject), "/unge/{case_number}/plan", f"{subject.one.path}/plan"
    for view in ("", "?pr_day=1&pr_month=12&pr_year=2025", "?pr_day=1&pr_month=1&pr_year=2000", "?pr_day=x"):
        yield about(template, path + view)
    for form in ("", "maal", "syn", "skridt"):
        yield about(template, path, {"gem": form})
    yield about(f"{template}/udskrift", f"{path}/udskrift")
    for step in (*subject.steps, uuid4()):
        yield about(f"{template}/skridt/{{step_id}}", f"{path}/skridt/{step}")
        for form in ("", "flyt", "venter", "fravaelg"):
            yield about(f"{template}/skridt/{{step_id}}", f"{path}/skridt/{step}", {"gem": form})
        yield about("/unge/{case_number}/skridt/{step_id}/gjort", f"{subject.one.path}/skridt/{step}/gjort", {})


def _asks_of_milepaelen(subject: Subject) -> Iterator[Ask]:
    about, template = partial(Ask, about=subject), "/unge/{case_number}/milepaelen"
    path = f"{subject.one.path}/milepaelen"
    yield about(template, path)
    for page in ("progression", "overtag"):
        yield about(f"{template}/{page}", f"{path}/{page}")
        yield about(f"{template}/{page}", f"{path}/{page}", {})
    yield about(f"{template}/progression", f"{path}/progression?vis=1")
    for form in ("samtale", "maal"):
        yield about(f"{template}/{form}", f"{path}/{form}", {})
    for goal in (*subject.goals, uuid4()):
        for deed in ("ordlyd", "naaet"):
            yield about(f"{template}/maal/{{goal_id}}/{deed}", f"{path}/maal/{goal}/{deed}", {})


def _asks_of_corrections(subject: Subject, other: Subject, world: World) -> Iterator[Ask]:
    about, path = partial(Ask, about=subject), subject.one.path
    entries = {type(entry.event): entry for entry in world.house.log.history(subject.one.id).entries}
    for entry in (*entries.values(), world.house.log.history(other.one.id).entries[-1]):
        for deed in ("ret", "traek-tilbage", "flyt"):
            template = f"/unge/{{case_number}}/haendelser/{{entry_id}}/{deed}"
            yield about(template, f"{path}/haendelser/{entry.entry_id}/{deed}")
            yield about(template, f"{path}/haendelser/{entry.entry_id}/{deed}", {})
        yield about(
            "/unge/{case_number}/haendelser/{entry_id}/tael-igen", f"{path}/haendelser/{entry.entry_id}/tael-igen", {}
        )
    template = "/unge/{case_number}/haendelser/{entry_id}/flyt"
    for entry in world.house.log.history(subject.one.id).entries[-3:]:
        for said in ({"q": "e"}, {"til": other.one.case_number}):
            yield about(template, f"{path}/haendelser/{entry.entry_id}/flyt", said)
    for deed in ("saml", "del", "afslut", "genaabn", "beskyttelse"):
        yield about(f"/unge/{{case_number}}/{deed}", f"{path}/{deed}")
        yield about(f"/unge/{{case_number}}/{deed}", f"{path}/{deed}", {})
    for said in ({"q": "e"}, {"til": other.one.case_number}):
        yield about("/unge/{case_number}/saml", f"{path}/saml", said)


@contextmanager
def one_connection_at_a_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever holds a connection and waits for another can wait for somebody who does the same."""
    real, held = Database.connection, [0]

    @contextmanager
    def counted(self: Database, role: Role) -> Iterator[Any]:
        assert not (held[0] and role is Role.APPLICATION), "a second connection while one is held"
        held[0] += role is Role.APPLICATION
        try:
            with real(self, role) as conn:
                yield conn
        finally:
            held[0] -= role is Role.APPLICATION

    with monkeypatch.context() as patch:
        patch.setattr(Database, "connection", counted)
        yield


def send(browser: Browser, ask: Ask, csrf: str = "") -> Any:
    if ask.data is None:
        return browser.get(ask.path)
    return browser.post(ask.path, data={"csrf": csrf} | ask.data)


def said_in(answer: Any) -> str:
    """All that left the house, as text."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return f"{headers}\n{unescape(answer.text)}"


def stands(marker: str, said: str) -> bool:
    """Whether it stands there by itself, and not as a part of some random number."""
    if marker not in said:
        return False
    return not marker.isdigit() or re.search(rf"(?<![0-9a-z-]){marker}(?![0-9a-z-])", said) is not None


def told_in(said: str, subjects: list[Subject]) -> list[tuple[str, Readers]]:
    """The markers that stand there, with those who may read them."""
    return [
        (marker, readers) for subject in subjects for marker, readers in subject.markers.items() if stands(marker, said)
    ]


def closed_to(party: Party | None, ask: Ask, told: list[tuple[str, Readers]]) -> list[str]:
    """The markers that this party may not read. What was asked with is no news."""
    asked = f"{ask.path} {ask.data}"
    public = RULE_WORDS if ask.template.startswith("/regler") else set()
    known = [marker for marker, readers in told if party and readers(party)]
    return [marker for marker, _ in told if marker not in asked and marker not in (*known, *public)]


def shown_to(party: Party | None, ask: Ask, answer: Any, subjects: list[Subject]) -> list[str]:
    """The markers that stand in the answer, and that this party may not read."""
    return closed_to(party, ask, told_in(said_in(answer), subjects))


def lacks_headers(answer: Any) -> list[str]:
    wrong = [name for name, value in ALWAYS.items() if answer.headers.get(name) != value]
    return wrong + ([] if answer.headers.get("cache-control") == "no-store" else ["cache-control"])


def names_in_title(answer: Any, subjects: list[Subject]) -> list[str]:
    title = unescape(answer.text.partition("<title>")[2].partition("</title>")[0])
    return [subject.one.name for subject in subjects if subject.one.name.split()[1] in title]


def unlogged(
    subjects: list[Subject], ask: Ask, answer: Any, said: str, policy: Policy, looks: Collection[UUID | None]
) -> list[str]:
    """Who is to be seen in the answer without a row in the read log."""
    asked = f"{ask.path} {ask.data}"
    missing = [
        subject.one.name
        for subject in subjects
        if subject.one.id not in looks
        and (
            (ask.about is subject and policy.shows_people and answer.status_code == 200)
            or (stands(subject.one.name, said) and subject.one.name not in asked)
            or (stands(subject.one.case_number, said) and subject.one.case_number not in asked)
        )
    ]
    if policy.shows_people and answer.status_code == 200 and not looks:
        missing.append("nobody")
    return missing


def test_every_route_is_asked(world: World) -> None:
    asked = {(ask.method, ask.template) for ask in asks(world)} | {("POST", "/log-ind"), ("POST", "/log-ud")}
    assert asked == routes_of(world.app).keys()


def test_nobody_sees_what_they_may_not_and_every_look_is_logged(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    policies, faults, began = routes_of(world.app), [], world.house.log.position()
    seen: set[tuple[Party, str]] = set()
    last, everything = 0, asks(world)
    for staff_id, party in STAFF.items():
        browser = world.browser(staff_id)
        csrf = browser.csrf
        last = max(world.looks_since(last), default=last)
        for ask in everything:
            with one_connection_at_a_time(monkeypatch):
                answer = send(browser, ask, csrf)
            looks, said = world.looks_since(last), said_in(answer)
            last = max(looks, default=last)
            told, policy = told_in(said, world.subjects), policies[ask.method, ask.template]
            seen |= {(party, marker) for marker, _ in told}
            faults += [
                (staff_id, ask.method, ask.path, *what)
                for what in (
                    ("shows", closed_to(party, ask, told)),
                    ("has not logged", unlogged(world.subjects, ask, answer, said, policy, looks.values())),
                    ("lacks", lacks_headers(answer)),
                    ("is named in the title:", names_in_title(answer, world.subjects)),
                    ("answers", [answer.status_code] if answer.status_code >= 500 else []),
                )
                if what[1]
            ]
        assert world.house.log.position() == began, staff_id
    assert faults == [], "\n".join(map(str, faults))
    # The other way round: who may read it does, or the test would not notice pages that are empty.
    may = {
        (party, marker)
        for subject in world.subjects
        for marker, readers in subject.markers.items()
        for party in STAFF.values()
        if readers(party) and marker.startswith(("mærke", subject.one.name))
    }
    assert may <= seen
    assert told_in(caplog.text, world.subjects) == []


def test_who_is_not_signed_in_sees_nobody(world: World) -> None:
    stranger, policies = world.browser(None), routes_of(world.app)
    for ask in asks(world):
        answer = send(stranger, ask)
        if policies[ask.method, ask.template].signed_in:
            assert answer.status_code in {303, 422}, ask
            assert answer.headers.get("location", "/log-ind").startswith("/log-ind")
        assert shown_to(None, ask, answer, world.subjects) == [], ask
        assert lacks_headers(answer) == [], ask


@pytest.mark.parametrize("staff_id", [CHILD, UU, HEALTH])
def test_where_a_look_cannot_be_logged_nobody_is_shown(world: World, staff_id: str) -> None:
    browser, policies = world.browser(staff_id), routes_of(world.app)
    csrf = browser.csrf
    with world.house.db.connection(Role.OWNER) as conn:
        conn.execute("revoke insert on read_log from overgang_application")
    refused = 0
    for ask in asks(world):
        answer = send(browser, ask, csrf)
        assert shown_to(None, ask, answer, world.subjects) == [], ask
        assert lacks_headers(answer) == [], ask
        if policies[ask.method, ask.template].shows_people:
            assert answer.status_code in {404, 422, 500, 503}, ask
            refused += answer.status_code >= 500
    assert refused > len(asks(world)) / 2


# Forged forms


FORGERIES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "no token": ({"csrf": ""}, {}),
    "a wrong token": ({"csrf": "0" * 64}, {}),
    "a foreign origin": ({}, {"origin": "https://evil.example"}),
    "our address with something before it": ({}, {"origin": "http://evil.127.0.0.1"}),
    "our address with somebody's name": ({}, {"origin": "http://evil@127.0.0.1"}),
    "another port": ({}, {"origin": f"{ADDRESS}:81"}),
    "no origin": ({}, {"origin": ""}),
    "the origin null": ({}, {"origin": "null"}),
    "no address at all": ({}, {"origin": "http://["}),
    "sent by another site": ({}, {"sec-fetch-site": "cross-site"}),
    "sent by a neighbour": ({}, {"sec-fetch-site": "same-site"}),
}


def _days(*names: str) -> dict[str, str]:
    """Today, in the fields of each of these dates."""
    parts = (("day", "23"), ("month", "11"), ("year", "2026"))
    return {f"{name}_{part}": value for name in names for part, value in parts}


def forms_that_would_be_carried_out(world: World) -> list[tuple[str, dict[str, str]]]:
    one = world.subjects[0]
    path, waiting = one.one.path, one.handovers[-1]
    day = {
        f"{name}_{part}": value
        for name in ("held_on", "due_on", "answer_by", "on")
        for part, value in (("day", "23"), ("month", "11"), ("year", "2026"))
    }
    return [
        ("/log-ind", {"staff_id": UU}),
        ("/log-ud", {}),
        ("/soeg", {"q": one.one.name}),
        ("/moeder", day),
        (f"/moeder/{world.meeting}/dagsorden", {"sagsnr": one.one.case_number}),
        (
            f"/moeder/{world.meeting}/sag/1",
            day | {"sag": one.one.case_number, "what": "x", "who": "uu", "kind": "plan-step"},
        ),
        (f"{path}/haendelser/ny", day | {"slags": "goal-in-own-words", "words": "Jeg vil være smed."}),
        (f"{path}/skridt/{one.steps[0]}/gjort", {}),
        (f"{path}/frister/{one.row_keys[0]}/pause", {f"grund-{one.row_keys[0]}": "illness"}),
        (f"{path}/frister/{one.row_keys[0]}/loeb-igen", {}),
        ("/arbejdsliste/linje", {"sag": one.one.case_number, "linje": one.row_keys[0], "handling": "om-1"}),
        ("/profil/afloeser", _days("fra", "til") | {"afloeser": "henrik-handicapraadgiver"}),
        (f"/profil/afloeser/{uuid4()}/fjern", {}),
        ("/regler/proev", _days("fra", "til") | {"regler": A_CHANGE.format(rule="OVG-05")}),
        (f"{path}/plan", {"gem": "maal", "words": "Jeg vil være smed."}),
        (f"{path}/plan/skridt/{one.steps[0]}", {"gem": "venter", "waits_for": "school"}),
        ("/milepaelen/fremmoede", {f"m_{one.one.case_number}": "met", f"v_{one.one.case_number}": "ingen"}),
        ("/milepaelen/fremmoede/fortryd", {"gemt": str(uuid4())}),
        (f"{path}/milepaelen/samtale", day),
        (f"{path}/milepaelen/maal", {"words-maal": "x"}),
        (f"{path}/milepaelen/maal/{one.goals[0]}/ordlyd", {f"words-ordlyd-{one.goals[0]}": "x"}),
        (f"{path}/milepaelen/maal/{one.goals[0]}/naaet", {}),
        (f"{path}/milepaelen/progression", day | dict.fromkeys(FACTORS, "3")),
        (f"{path}/milepaelen/overtag", {"first_day_day": "23", "first_day_month": "11", "first_day_year": "2026"}),
        (f"{path}/overleveringer/ny", day | {"matter": "child_support", "receiver": "uu", "note": "x"}),
        (
            f"{path}/overleveringer/planlaeg",
            _days("send_by") | {"matter": "adult_support", "receiver": "uu"},
        ),
        (
            f"{path}/overleveringer/{waiting}/erstat",
            day | {"receiver": "uu", "note": "x", "why": "x"},
        ),
        (
            f"{path}/overleveringer/{one.handovers[0]}/kommet-frem",
            _days("arrived_on") | {"confirmed_by": "office", "way": "phone"},
        ),
        (f"{path}/overleveringer/{waiting}/registrer-overtaget", _days("taken_on")),
        (
            f"{path}/overleveringer/{waiting}/registrer-returneret",
            _days("returned_on") | {"reason": "other", "words": "x"},
        ),
        (f"{path}/overleveringer/{waiting}/set", {}),
        (f"{path}/overleveringer/{waiting}/overtag", {}),
        (f"{path}/overleveringer/{waiting}/returner", {"reason": "other", "words": "x"}),
        (f"{path}/overleveringer/{waiting}/traek-tilbage", {"withdraw_words": "x"}),
        (
            f"/indlaesning/forslag/{world.proposal}/bekraeft",
            {f"on-{world.proposal}_{part}": day[f"on_{part}"] for part in ("day", "month", "year")},
        ),
        (f"/indlaesning/forslag/{world.proposal}/afvis", {f"grund-{world.proposal}": "goes-on"}),
        (f"/indlaesning/raekker/{world.set_aside}", {"c3": "28-02-2026"}),
        (f"/indlaesning/raekker/{world.set_aside}/laeg-vaek", {"grund": "other"}),
        (f"/indlaesning/raekker/{world.set_aside}/hent-frem", {}),
        *_forms_of_corrections(world, one),
    ]


def _forms_of_corrections(world: World, one: Subject) -> list[tuple[str, dict[str, str]]]:
    entries = world.house.log.history(one.one.id).entries
    fact = f"{one.one.path}/haendelser/{next(e.entry_id for e in entries if isinstance(e.event, ToldOfBreakOff))}"
    [other] = [subject.one.case_number for subject in world.subjects if subject is not one]
    return [
        (f"{fact}/ret", {"programme": "stu", "on_day": "3", "on_month": "8", "on_year": "2026"}),
        (f"{fact}/traek-tilbage", {"grund": "did-not-happen"}),
        (f"{fact}/tael-igen", {}),
        (f"{fact}/flyt", {"til": other, "bekraeftet": "1"}),
        (f"{one.one.path}/saml", {"til": other, "bekraeftet": "1"}),
        (f"{one.one.path}/del", {"fra": other}),
        (f"{one.one.path}/afslut", {"grund": "moved-away"}),
        (f"{one.one.path}/genaabn", {"hjemmel": "KUI-loven § 1"}),
        (f"{one.one.path}/beskyttelse", {"beskyttet": "ja"}),
    ]


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_form_does_nothing(world: World, forgery: str) -> None:
    fields, headers = FORGERIES[forgery]
    forms = forms_that_would_be_carried_out(world)
    assert len(forms) == sum(method == "POST" for method, _ in routes_of(world.app))
    browser, other = world.browser(ADULT), world.browser(CHILD)
    csrf, before, sessions = browser.csrf, world.house.log.position(), world.sessions()
    for path, data in forms:
        if path == "/log-ind" and fields:
            continue  # nobody is signed in yet, so there is no token; what protects it is the origin
        answer = browser.post(path, data={"csrf": csrf, "command": str(uuid4())} | data | fields, headers=headers)
        assert answer.status_code == 403, path
        assert shown_to(None, Ask(path, path, data), answer, world.subjects) == [], path
        assert lacks_headers(answer) == []
    assert (world.house.log.position(), world.sessions()) == (before, sessions)
    assert other.post("/log-ud", data={"csrf": csrf}).status_code == 403


# What is closed leaves no trace


@dataclass(frozen=True)
class Closed:
    """What happened to one of two, who knows of it, and what they hand over to whom."""

    events: tuple[JourneyEvent, ...]
    writer: str
    matter: Matter
    receiver: Party


CLOSED = {
    DataClass.SOCIAL: Closed(
        (PlacementStarted(on=date(2025, 2, 3), form=PlacementForm.FOSTER_FAMILY),),
        CHILD,
        Matter.ADULT_SUPPORT,
        Party.ADULT_SOCIAL,
    ),
    DataClass.EMPLOYMENT: Closed(
        (
            ReferredToMilepaelen(on=date(2026, 10, 1), by=Party.EMPLOYMENT, purpose=FreeText("At komme op.")),
            MilepaelenStarted(on=date(2025, 4, 7)),
        ),
        "karen-jobkonsulent",
        Matter.INCOME_AND_WORK,
        Party.UU,
    ),
    DataClass.EDUCATION: Closed(
        (
            EducationStarted(on=date(2025, 1, 13), programme=Programme.VOCATIONAL),
            ToldOfBreakOff(on=date(2026, 8, 3), programme=Programme.VOCATIONAL),
        ),
        UU,
        Matter.GUIDANCE,
        Party.EMPLOYMENT,
    ),
    DataClass.VOICE: Closed(
        (GoalInOwnWords(on=date(2025, 5, 5), words=FreeText("Jeg vil være smed.")),),
        UU,
        Matter.GUIDANCE,
        Party.EMPLOYMENT,
    ),
}
PAGES = (
    "/unge/{number}",
    "/unge/{number}/frister",
    "/unge/{number}/haendelser/ny",
    "/unge/{number}/plan",
    "/unge/{number}/overleveringer/ny",
    "/unge/{number}/overleveringer/{handover}",
    "/unge/{number}/milepaelen",
    "/unge/{number}/ansvar",
    "/arbejdsliste?sag={number}",
    "/moeder/{meeting}",
    "/moeder/{meeting}/sag/1",
    "/moeder/{meeting}/referat",
    "/moeder/{meeting}/udskrift?navn=1",
)


def hands_over_everything(browser: Browser, one: Youth, what: Closed) -> str:
    """A handover with all that can be chosen; its id."""
    path = f"{one.path}/overleveringer/ny"
    chosen = re.findall(r'name="items" value="([^"]+)"', browser.get(path).text)
    day = {"answer_by_day": "4", "answer_by_month": "12", "answer_by_year": "2026"}
    said = {"matter": what.matter.value, "receiver": what.receiver.value, "note": "Aftalt."}
    assert browser.submit(path, items=chosen, **said, **day).status_code == 303
    [found] = re.findall(r"/overleveringer/([0-9a-f-]{36})", browser.get(f"{one.path}?part={what.writer}").text)[:1]
    return str(found)


def anonymous(page: str) -> str:
    """The page without who it is about, and without what is drawn anew each time."""
    page = re.sub(r"Ida Demogaard|Eva Demogaard", "NAVN", page)
    page = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID", page)
    return re.sub(r"(?<![0-9a-z])[1-9][0-9]{5}(?![0-9a-z])", "SAG", page)


@pytest.mark.parametrize("closed", CLOSED)
def test_what_a_role_may_not_even_know_of_leaves_no_trace(
    house: StillHouse, app: FastAPI, youth: Callable[..., Youth], closed: DataClass
) -> None:
    """Two lives differ in that class alone: to who may not know of it, all pages of both are the same."""
    what, people = CLOSED[closed], [youth(name) for name in ("Ida Demogaard", "Eva Demogaard")]
    people[0].happened(*what.events)
    house.catch_up()
    world = World(house, app, [], UUID(int=0))
    writer, asked = world.browser(what.writer), []
    for one in people:
        meeting_id = called(house)
        put_on_agenda(writer, meeting_id, one)
        handover = hands_over_everything(writer, one, what)
        asked.append([page.format(number=one.case_number, handover=handover, meeting=meeting_id) for page in PAGES])
    house.catch_up()
    blind = [one for one, party in STAFF.items() if level(party, closed) is Level.NONE and party is not Party.EDUCATION]
    assert blind
    for staff_id in blind:
        reader = world.browser(staff_id)
        for pattern, *paths in zip(PAGES, *asked, strict=True):
            first, second = (anonymous(reader.get(path).text) for path in paths)
            assert first.splitlines() == second.splitlines(), (staff_id, pattern)
    assert anonymous(writer.get(asked[0][0]).text) != anonymous(writer.get(asked[1][0]).text)
