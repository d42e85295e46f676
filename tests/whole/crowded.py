"""The town with one young person, and full: long lists in every room."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count
from uuid import uuid4

import intake
from api.importing import office_of
from database import Role
from domain.choices import Attendance, Measure, Proposal, ViewOnPlan
from domain.codes import AgendaReason, ContactWay, DecisionKind, Matter, Party, Programme
from domain.events import (
    AgendaItemWished,
    AttendanceMarked,
    ContactPersonNamed,
    ContactTried,
    DecisionTaken,
    GoalInOwnWords,
    GoalReworded,
    GoalSet,
    HandoverSent,
    HandoverTakenOver,
    JobEnded,
    JobStarted,
    LeadCoordinatorNamed,
    MeasureEnded,
    MeasureStarted,
    MeetingCalled,
    MilepaelenStarted,
    PersonPutOnAgenda,
    PlanStepAgreed,
    PlanStepDone,
    PlanStepMoved,
    ProgressionMeasured,
    ProposalSent,
    ReferredToMilepaelen,
    SubGoalSet,
    TalkHeld,
    ToldOfBreakOff,
    ViewOnPlanGiven,
)
from domain.text import FreeText
from intake.putting_away import PutAwayReason, put_away
from people.cpr import fictional
from tests.intake.office import UU as UU_HEADING
from tests.intake.office import break_off
from tests.whole.crowd import AT_MILEPAELEN, BEGUN, MANY_WORDS, METTE, ONE_WORD, Crowd
from tests.whole.town import NOW, TODAY, Town

THOUSAND, ON_THE_AGENDA, STEPS = 1000, 100, 100
PARTIES = [party for party in Party if party not in (Party.MUNICIPALITY, Party.EDUCATION)]
LIST = "Sagens CPR,Foranstaltning,Støtteart,Anbringelsessted,Iværksat"


def one(town: Town) -> Crowd:
    """One young person, of whom every list has one line."""
    crowd = Crowd(town)
    crowd.comes(["Ida Demogaard"])
    _usual(crowd, 0)
    _at_milepaelen(crowd, 0)
    _plans(crowd, 0, steps=1)
    _meetings(crowd, 1, agenda=[0])
    crowd.written()
    _files(crowd, rows=1, deliveries=1, listed=2, lists=[1])
    return crowd


def thousand(town: Town) -> Crowd:
    """A thousand of whatever can be many; three hundred at Milepælen, a hundred on one agenda."""
    crowd = Crowd(town)
    crowd.comes([ONE_WORD if number % 2 else MANY_WORDS for number in range(THOUSAND)])
    for number in range(THOUSAND):
        _usual(crowd, number)
    for number in range(AT_MILEPAELEN):
        _at_milepaelen(crowd, number)
    for number in range(AT_MILEPAELEN, AT_MILEPAELEN + 100):
        purpose = FreeText(MANY_WORDS)
        crowd.happened(number, ReferredToMilepaelen(on=date(2026, 11, 2), by=Party.EMPLOYMENT, purpose=purpose))
    _plans(crowd, 0, steps=STEPS)
    _lives_long(crowd, 0)
    _meetings(crowd, THOUSAND, agenda=range(ON_THE_AGENDA))
    crowd.written()
    _files(crowd, rows=THOUSAND, deliveries=60, listed=THOUSAND, lists=[500, 250, 125])
    return crowd


def _usual(crowd: Crowd, number: int) -> None:
    """They broke off and were looked for in vain; three matters are handed over, two of them not yet answered."""
    other = [party for party in PARTIES if party is not Party.UU][number % 7]
    named = ContactPersonNamed(on=BEGUN, staff=METTE)
    lead = LeadCoordinatorNamed(on=BEGUN, staff=METTE, party=Party.UU)
    _, broke_off, _ = crowd.happened(
        number,
        lead if number % 2 else named,
        ToldOfBreakOff(on=date(2026, 5, 4), programme=Programme.VOCATIONAL),
        AgendaItemWished(on=date(2026, 11, 2), by=other, why=FreeText(MANY_WORDS)),
    )
    tried = crowd.happened(number, ContactTried(on=date(2026, 5, 6), way=ContactWay.LETTER))
    given = crowd.hands_over(number, Party.UU, other, Matter.GUIDANCE)
    handover = crowd.hands_over(number, other, Party.UU, Matter.INCOME_AND_WORK)
    if number == 0:
        crowd.broke_off = broke_off
        [crowd.tried], crowd.handover, crowd.given = tried, handover, given
    crowd.hands_over(number, Party.SCHOOL, Party.UU, Matter.SCHOOLING, taken=True)


def _at_milepaelen(crowd: Crowd, number: int) -> None:
    crowd.happened(
        number,
        ReferredToMilepaelen(on=date(2026, 7, 1), by=Party.EMPLOYMENT, purpose=FreeText(MANY_WORDS)),
        MilepaelenStarted(on=date(2026, 8, 3)),
        TalkHeld(on=date(2026, 11, 9), next_on=TODAY + timedelta(days=number % 6 - 1), agreed=FreeText(ONE_WORD)),
        GoalSet(on=date(2026, 8, 3), goal_id=uuid4(), words=FreeText(MANY_WORDS)),
        _measured(date(2026, 8, 10), 2),
    )
    if number % 3 == 0:
        stayed = [AttendanceMarked(on=date(2026, 11, day), attendance=Attendance.STAYED_AWAY) for day in (18, 19, 20)]
        crowd.happened(number, *stayed)
        proposed = ProposalSent(on=date(2026, 11, 10), proposal=Proposal.EDUCATION, why=FreeText(MANY_WORDS))
        crowd.happened(number, proposed)


def _measured(on: date, score: int) -> ProgressionMeasured:
    return ProgressionMeasured(
        on=on,
        belief_in_own_ability=score,
        health_mastery=3,
        labour_market_identity=score,
        cooperation=4,
        network=score,
        own_judgement=score,
        remark=FreeText(ONE_WORD),
    )


def _plans(crowd: Crowd, number: int, steps: int) -> None:
    on = date(2026, 10, 1)
    crowd.happened(
        number,
        GoalInOwnWords(on=on, words=FreeText(ONE_WORD)),
        ViewOnPlanGiven(on=on, view=ViewOnPlan.DISAGREES, why=FreeText(MANY_WORDS)),
    )
    for nth in range(steps):
        step_id = uuid4() if nth else crowd.step
        due_on, why = date(2026, 11, 1) + timedelta(days=nth), FreeText(ONE_WORD)
        agreed = PlanStepAgreed(
            on=on,
            step_id=step_id,
            what=FreeText(f"{nth} {MANY_WORDS if nth % 2 else ONE_WORD}"),
            responsible=PARTIES[nth % len(PARTIES)],
            matter=Matter.GUIDANCE,
            due_on=due_on,
        )
        crowd.agreed += crowd.happened(number, agreed)
        crowd.happened(number, PlanStepMoved(on=on, step_id=step_id, due_on=due_on + timedelta(days=9), reason=why))
        if nth % 4 == 3:
            crowd.happened(number, PlanStepDone(on=date(2026, 11, 1), step_id=step_id))


def _lives_long(crowd: Crowd, number: int) -> None:
    """A life of a thousand entries: what comes often, and whatever draws a bar on the timeline."""
    day = (BEGUN + timedelta(days=nth) for nth in count(1))
    for nth in range(250):
        crowd.happened(number, ContactTried(on=next(day), way=ContactWay.PHONE))
        goal = GoalSet(on=date(2026, 8, 4), goal_id=uuid4(), words=FreeText(f"{nth} {ONE_WORD}"))
        if nth < 40:
            crowd.happened(
                number,
                goal,
                GoalReworded(on=date(2026, 8, 5), goal_id=goal.goal_id, words=FreeText(f"{nth} {MANY_WORDS}")),
                SubGoalSet(on=date(2026, 8, 6), goal_id=uuid4(), part_of=goal.goal_id, words=FreeText(ONE_WORD)),
                MeasureStarted(on=next(day), measure=list(Measure)[nth % len(Measure)]),
                MeasureEnded(on=next(day), measure=list(Measure)[nth % len(Measure)]),
                JobStarted(on=next(day), hours_per_week=4),
                JobEnded(on=next(day)),
                AttendanceMarked(on=date(2026, 8, 4) + timedelta(days=nth), attendance=Attendance.MET),
                TalkHeld(on=date(2026, 8, 4) + timedelta(days=nth), agreed=FreeText(MANY_WORDS)),
            )
    for nth in range(12):
        crowd.happened(number, _measured(date(2026, 8, 11) + timedelta(days=7 * nth), 1 + nth % 5))
    sides = (Party.UU, Party.EMPLOYMENT)
    for nth in range(100):
        sent, on = uuid4(), BEGUN + timedelta(days=7 * nth)
        crowd.happened(
            number,
            HandoverSent(
                on=on,
                handover_id=sent,
                matter=Matter.COORDINATION,
                giver=sides[nth % 2],
                receiver=sides[(nth + 1) % 2],
                answer_by=on + timedelta(days=7),
                note=FreeText(MANY_WORDS),
            ),
            HandoverTakenOver(on=on + timedelta(days=2), handover_id=sent),
        )


def _meetings(crowd: Crowd, many: int, agenda: Sequence[int]) -> None:
    """So many meetings, half of them held; the one of today has people on its agenda, and decisions."""
    crowd.meets(
        crowd.meeting,
        MeetingCalled(on=BEGUN, held_on=TODAY),
        *(
            PersonPutOnAgenda(on=TODAY, person=crowd.ids[number], reasons=(AgendaReason.OVERDUE, AgendaReason.WISHED))
            for number in agenda
        ),
        *(
            DecisionTaken(
                on=TODAY,
                person=crowd.ids[0],
                entry_id=entry,
                kind=DecisionKind.PLAN_STEP,
                responsible=Party.UU,
                due_on=TODAY,
            )
            for entry in crowd.agreed
        ),
    )
    for nth in range(1, many):
        crowd.meets(uuid4(), MeetingCalled(on=BEGUN, held_on=TODAY + timedelta(days=nth - many // 2)))


def _files(crowd: Crowd, *, rows: int, deliveries: int, listed: int, lists: Sequence[int]) -> None:
    """Files came: some with rows of strangers, most of which wait, and lists that became shorter and shorter."""
    office, folder = office_of(crowd.town.house), crowd.town.house.settings.data / "files"
    folder.mkdir(parents=True, exist_ok=True)

    def comes(name: str, lines: Iterator[str], encoding: str = "utf-8") -> None:
        path = folder / name
        path.write_bytes("".join(f"{line}\r\n" for line in lines).encode(encoding))
        intake.import_file(office, path, now=NOW, recorded_at=NOW)

    stranger = fictional(date(2008, 1, 1), 3999).digits
    comes("uu.csv", iter([UU_HEADING, *(break_off(stranger, str(number)) for number in range(rows))]))
    for _ in range(deliveries - 1):
        comes("uu-igen.csv", iter([UU_HEADING, break_off(stranger, "0")]))
    with crowd.town.house.db.connection(Role.APPLICATION) as conn:
        for (row_id,) in conn.execute("select row_id from set_aside limit %s", [rows // 10]).fetchall():
            put_away(conn, row_id, PutAwayReason.NOT_FOLLOWED, METTE, NOW)
    people = len(crowd.cprs)
    everybody = [
        f"{crowd.cprs[number % people]},Støttende indsats,Bostøtte,,2026-01-{1 + number // people:02d}"
        for number in range(listed)
    ]
    for number, length in enumerate([listed, *lists]):
        comes(f"foranstaltninger-{number}.csv", iter([LIST, *everybody[:length]]), "cp1252")
