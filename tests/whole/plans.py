"""Young people with plans: two with nothing yet, one with everything, one with very much, one closed.

The last meeting was held on 10 November 2026.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from domain.choices import (
    Benefit,
    CloseReason,
    Consenter,
    ConsentScope,
    Measure,
    ViewOnPlan,
    WithdrawReason,
)
from domain.codes import AgendaReason, ContactWay, Matter, Party, PlacementForm, Programme
from domain.decisions import (
    agree_step,
    call_meeting,
    close_journey,
    drop_step,
    finish_step,
    let_step_wait,
    move_step,
    put_on_agenda,
    record_fact,
    say_goal,
    withdraw_fact,
)
from domain.events import (
    AgendaItemWished,
    BenefitStarted,
    ConsentGiven,
    ConsentRefused,
    ConsentWithdrawn,
    ContactMade,
    ContactPersonNamed,
    ContactTried,
    EducationCompleted,
    EducationStarted,
    Enrolled,
    GradeReached,
    JobEnded,
    JobStarted,
    JourneyEvent,
    LeadCoordinatorNamed,
    LeftSchool,
    MeasureEnded,
    MeasureStarted,
    MentorGranted,
    MilepaelenStarted,
    PlacementEnded,
    PlacementStarted,
    PsychiatryCourseStarted,
    ReferredToMilepaelen,
    SmallJobStarted,
    TalkHeld,
    ToldOfBreakOff,
    ViewOnPlanGiven,
    WorkPlacementStarted,
)
from domain.text import FreeText, StaffId
from eventlog import Step, journey
from eventlog import meeting as meeting_stream
from tests.whole.town import BY, TODAY, Town

MEETING = date(2026, 11, 10)
BORN = date(2008, 4, 3)
EMPTY = ("Åse Tomgaard", "Ea Tomgaard")
FULL, CLOSED = "Emil Testesen", "Bo Lukketved"
MUCH = "Maria-Louise " + "Aleksandra-Østergaard " * 8 + "Prøvesen"
LONG = ("Et langt skridt med mange ord om det hele. " * 130)[:5_000]
UNBROKEN = "Uafbrudt" * 25
Decide = Callable[[Any], Any]


class Plans:
    """The town with plans in it."""

    def __init__(self, town: Town) -> None:
        self.town = town

    def happened(self, name: str, *events: JourneyEvent) -> None:
        for event in events:
            self.town.decides(name, event.on, partial(record_fact, event=event, today=TODAY))

    def decides(self, name: str, on: date, decide: Decide) -> None:
        self.town.decides(name, on, decide)

    def agrees(self, name: str, what: str, due_on: date, on: date, responsible: Party = Party.UU) -> UUID:
        step_id = uuid4()
        decide = partial(
            agree_step,
            step_id=step_id,
            what=FreeText(what),
            responsible=responsible,
            matter=Matter.GUIDANCE,
            due_on=due_on,
            on=on,
        )
        self.decides(name, on, decide)
        return step_id

    def meets(self, *names: str) -> None:
        """The last meeting, with these on its agenda, called three days before it was held."""
        on = MEETING - timedelta(days=3)
        decisions: list[Decide] = [partial(call_meeting, held_on=MEETING, on=on)]
        decisions += [
            partial(put_on_agenda, person=self.town.people[name], reasons=(AgendaReason.WISHED,), on=on)
            for name in names
        ]
        at, stream = datetime.combine(on, time(11), UTC), meeting_stream(uuid4())
        for decide in decisions:
            self.town.house.log.record(stream, decide, by=BY, known_at=at, command_id=uuid4(), recorded_at=at)

    def withdraws(self, name: str, event: JourneyEvent) -> None:
        """This was recorded, and did not happen."""
        self.happened(name, event)
        entry = self.town.house.log.history(self.town.people[name]).entries[-1]
        step = Step(
            stream=journey(self.town.people[name]),
            decide=partial(withdraw_fact, was=event, reason=WithdrawReason.DID_NOT_HAPPEN, on=TODAY),
            about=entry.entry_id,
        )
        at = datetime.combine(TODAY, time(8), UTC)
        self.town.house.log.record_together([step], by=BY, known_at=at, command_id=uuid4(), recorded_at=at)


def live(town: Town) -> None:
    """Four lives. Told in the order of their days, because the log never goes back."""
    plans, start = Plans(town), date(2022, 8, 15)
    for name in (FULL, MUCH, CLOSED):
        town.young(name, born_on=BORN, started_on=start)
    plans.happened(
        FULL,
        Enrolled(on=date(2022, 8, 15), grade=8),
        MeasureStarted(on=date(2022, 10, 3), measure=Measure.CONTACT_PERSON),
        PlacementStarted(on=date(2023, 2, 1), form=PlacementForm.FOSTER_FAMILY),
        GradeReached(on=date(2023, 8, 14), grade=9),
        LeftSchool(on=date(2024, 6, 28), grade=9),
        EducationStarted(on=date(2024, 8, 12), programme=Programme.FGU),
        PsychiatryCourseStarted(on=date(2024, 10, 1)),
        MeasureEnded(on=date(2025, 3, 1), measure=Measure.CONTACT_PERSON),
        EducationCompleted(on=date(2025, 6, 27), programme=Programme.FGU),
        EducationStarted(on=date(2025, 8, 11), programme=Programme.VOCATIONAL),
        ConsentGiven(on=date(2025, 9, 1), by=Consenter.PARENT, scope=ConsentScope.SHARING_WITH_SCHOOL),
        LeadCoordinatorNamed(on=date(2025, 9, 2), staff=StaffId("mette-vejleder"), party=Party.UU),
        ContactPersonNamed(on=date(2025, 9, 2), staff=StaffId("anders-vejleder")),
    )
    plans.decides(
        FULL, date(2025, 9, 3), partial(say_goal, words=FreeText("Jeg vil være mekaniker."), on=date(2025, 9, 3))
    )
    plans.happened(
        FULL,
        PlacementEnded(on=date(2026, 4, 3)),
        ToldOfBreakOff(on=date(2026, 5, 4), programme=Programme.VOCATIONAL),
        ContactTried(on=date(2026, 5, 6), way=ContactWay.PHONE),
        ContactMade(on=date(2026, 5, 8), way=ContactWay.VISIT),
        BenefitStarted(on=date(2026, 6, 1), benefit=Benefit.CASH_BENEFIT),
        MentorGranted(on=date(2026, 6, 15)),
        JobStarted(on=date(2026, 7, 1), hours_per_week=20),
        JobEnded(on=date(2026, 8, 15)),
        ReferredToMilepaelen(on=date(2026, 8, 20), by=Party.EMPLOYMENT, purpose=FreeText("En hverdag.")),
        MilepaelenStarted(on=date(2026, 9, 1)),
        WorkPlacementStarted(on=date(2026, 9, 21)),
        SmallJobStarted(on=date(2026, 10, 1), hours_per_week=4),
        TalkHeld(on=date(2026, 10, 12), next_on=date(2026, 12, 1)),
    )
    _many(plans)
    autumn = date(2026, 10, 20)
    plans.decides(
        FULL,
        autumn,
        partial(say_goal, words=FreeText("Jeg vil arbejde med motorer\nog bo for mig selv."), on=autumn),
    )
    fgu = plans.agrees(FULL, "Besøge FGU i Lemvig sammen med kontaktpersonen", date(2026, 12, 4), autumn)
    plans.agrees(FULL, "Søge om SU", date(2026, 11, 16), autumn, Party.BENEFITS)
    home = plans.agrees(FULL, "Finde et værelse tæt på Milepælen", date(2026, 11, 30), autumn, Party.ADULT_SOCIAL)
    papers = plans.agrees(FULL, "Sende de gamle papirer til Ydelse", date(2026, 11, 9), autumn, Party.EMPLOYMENT)
    course = plans.agrees(FULL, "Kursus i truckkørsel", date(2026, 12, 18), autumn, Party.EMPLOYMENT)
    plans.happened(
        FULL,
        ConsentRefused(on=autumn, by=Consenter.YOUNG_PERSON, scope=ConsentScope.SHARING_WITH_HEALTH),
        ConsentGiven(on=autumn, by=Consenter.YOUNG_PERSON, scope=ConsentScope.JOINT_PLAN, until=date(2027, 10, 20)),
        ConsentGiven(on=autumn, by=Consenter.YOUNG_PERSON, scope=ConsentScope.TRANSITION_MEETING),
        ViewOnPlanGiven(on=autumn, view=ViewOnPlan.DISAGREES, why=FreeText("I bestemte det uden mig.")),
    )
    plans.meets(FULL, MUCH)
    later = date(2026, 11, 12)
    plans.decides(FULL, later, partial(finish_step, step_id=papers, on=later))
    plans.decides(
        FULL, later, partial(drop_step, step_id=course, reason=FreeText("Der er intet hold før sommer."), on=later)
    )
    plans.decides(
        FULL,
        later,
        partial(move_step, step_id=home, due_on=date(2026, 12, 15), reason=FreeText("Udlejeren er syg."), on=later),
    )
    plans.decides(FULL, later, partial(let_step_wait, step_id=home, waits_for=Party.BENEFITS, on=later))
    plans.decides(FULL, later, partial(let_step_wait, step_id=fgu, waits_for=Party.EDUCATION, on=later))
    plans.agrees(FULL, "Aftale, hvem der følger med på det første besøg", date(2026, 11, 27), later, Party.MILEPAELEN)
    plans.happened(
        FULL,
        ConsentWithdrawn(on=later, by=Consenter.YOUNG_PERSON, scope=ConsentScope.TRANSITION_MEETING),
        ViewOnPlanGiven(on=later, view=ViewOnPlan.AGREES, why=FreeText("Nu er det mig, der har valgt FGU.")),
    )
    close = partial(close_journey, reason=CloseReason.MOVED_AWAY, on=later)
    plans.decides(CLOSED, later, close)
    plans.happened(MUCH, AgendaItemWished(on=later, by=Party.MILEPAELEN, why=FreeText("Planen er for lang.")))
    for name in EMPTY:
        town.young(name, born_on=date(2009, 9, 1), started_on=date(2026, 11, 16))
    plans.withdraws(FULL, ContactTried(on=date(2026, 11, 18), way=ContactWay.LETTER))


def _many(plans: Plans) -> None:
    """Forty steps, with texts as long as they may be."""
    on = date(2026, 10, 15)
    plans.decides(MUCH, on, partial(say_goal, words=FreeText(LONG), on=on))
    for number in range(40):
        what = LONG if number == 0 else UNBROKEN if number == 1 else f"Skridt nr. {number + 1}"
        step = plans.agrees(MUCH, what, date(2026, 11, 1) + timedelta(days=number), on)
        if number % 4 == 3:
            plans.decides(MUCH, on, partial(finish_step, step_id=step, on=on))
        if number == 0:
            for due_on in (date(2026, 11, 5), date(2026, 11, 9)):
                reason = FreeText(LONG if due_on.day == 5 else UNBROKEN)
                plans.decides(MUCH, on, partial(move_step, step_id=step, due_on=due_on, reason=reason, on=on))
    closed = plans.agrees(CLOSED, "Ringe til den nye kommune", date(2026, 11, 1), on)
    plans.decides(CLOSED, on, partial(let_step_wait, step_id=closed, waits_for=Party.SCHOOL, on=on))
