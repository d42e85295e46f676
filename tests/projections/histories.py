"""Random histories: what may happen to a few people, late, corrected, in any order, under changing rules."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from domain.catalogue import class_of
from domain.choices import (
    Attendance,
    CloseReason,
    Confirmer,
    Destination,
    Outside,
    PauseReason,
    Proposal,
    ReceiptWay,
    WithdrawReason,
)
from domain.codes import (
    Activity,
    ContactWay,
    DataClass,
    Matter,
    Party,
    PlacementForm,
    Programme,
    ReturnReason,
)
from domain.events import (
    ActivityOffered,
    AgendaItemWished,
    AttendanceMarked,
    BirthDateCorrected,
    Checked,
    ClockPaused,
    ClockResumed,
    ContactMade,
    ContactPersonNamed,
    ContactTried,
    EducationCompleted,
    EducationStarted,
    Enrolled,
    Event,
    FactWithdrawn,
    HandoverPlanned,
    HandoverReceiptRecorded,
    HandoverReturned,
    HandoverSeen,
    HandoverSent,
    HandoverSentOutside,
    HandoverTakenOver,
    HandoverWithdrawn,
    JobEnded,
    JobStarted,
    JourneyClosed,
    JourneyReopened,
    JourneyStarted,
    LeadCoordinatorNamed,
    LeftSchool,
    MilepaelenEnded,
    MilepaelenStarted,
    PlacementEnded,
    PlacementStarted,
    ProposalAnswered,
    ProposalSent,
    ReferredToMilepaelen,
    TalkHeld,
    ToldOfBreakOff,
    YouthSupportDecided,
)
from domain.facts import life_of
from domain.text import FreeText, StaffId
from eventlog import Entry, Step, journey
from tests.four import FOUR
from tests.projections.world import CLOSED_DAYS, World, entry, responsible, sent, started

DAYS = st.integers(0, 900).map(lambda n: date(2024, 1, 1) + timedelta(days=n))
BIRTHS = st.one_of(
    st.integers(0, 1000).map(lambda n: date(2007, 6, 1) + timedelta(days=n)),
    st.sampled_from([date(2008, 2, 29), date(2001, 1, 31)]),
)
"""Mostly 15 to 18 years old while it happens: that is where the rules are."""
PARTIES = st.sampled_from([Party.UU, Party.EMPLOYMENT, Party.MILEPAELEN, Party.CHILD_SOCIAL, Party.ADULT_SOCIAL])
MATTERS = st.sampled_from(list(Matter))
HANDOVERS = st.integers(1, 3).map(lambda n: UUID(int=7 * 10**37 + n))
STAFF = st.sampled_from(["mette-vejleder", "jens-raadgiver"]).map(StaffId)
WORDS = st.just(FreeText("ord"))

OTHER_RULES = FOUR.replace("working_days = 5", "working_days = 10").replace("days = 30", "days = 20")
RULES = st.sampled_from([(FOUR, CLOSED_DAYS), (FOUR, ()), (OTHER_RULES, CLOSED_DAYS), ("", CLOSED_DAYS)])

EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(started, BIRTHS, DAYS),
    st.builds(ToldOfBreakOff, on=DAYS, programme=st.sampled_from(Programme)),
    st.builds(ContactTried, on=DAYS, way=st.just(ContactWay.PHONE)),
    st.builds(ContactMade, on=DAYS, way=st.just(ContactWay.PHONE)),
    st.builds(ActivityOffered, on=DAYS, activity=st.just(Activity.JOB)),
    st.builds(EducationStarted, on=DAYS, programme=st.sampled_from(Programme)),
    st.builds(PlacementStarted, on=DAYS, form=st.just(PlacementForm.OTHER)),
    st.builds(PlacementEnded, on=DAYS),
    st.builds(YouthSupportDecided, on=DAYS, granted=st.booleans()),
    st.builds(ReferredToMilepaelen, on=DAYS, by=PARTIES, purpose=WORDS),
    st.builds(MilepaelenStarted, on=DAYS),
    st.builds(MilepaelenEnded, on=DAYS, destination=st.just(Destination.JOB)),
    st.builds(AttendanceMarked, on=DAYS, attendance=st.sampled_from(Attendance)),
    st.builds(TalkHeld, on=DAYS, next_on=st.one_of(st.none(), DAYS)),
    st.builds(ProposalSent, on=DAYS, proposal=st.sampled_from(Proposal), why=WORDS),
    st.builds(ProposalAnswered, on=DAYS, followed=st.booleans()),
    st.builds(JourneyClosed, on=DAYS, reason=st.just(CloseReason.NO_LONGER_NEEDED)),
    st.builds(JourneyReopened, on=DAYS, basis=st.just("KUI-loven § 1")),
    st.builds(BirthDateCorrected, on=DAYS, born_on=BIRTHS),
    st.builds(responsible, MATTERS, PARTIES, DAYS),
    st.builds(
        sent,
        HANDOVERS,
        DAYS,
        matter=MATTERS,
        giver=PARTIES,
        receiver=PARTIES,
        rule=st.sampled_from([None, "MIL-01", "OVG-05"]),
    ),
    st.builds(
        HandoverPlanned,
        on=DAYS,
        handover_id=HANDOVERS,
        matter=MATTERS,
        giver=PARTIES,
        receiver=PARTIES,
        send_by=DAYS,
    ),
    st.builds(HandoverSentOutside, on=DAYS, handover_id=HANDOVERS, to=st.sampled_from(Outside)),
    st.builds(
        HandoverReceiptRecorded,
        on=DAYS,
        handover_id=HANDOVERS,
        confirmed_by=st.sampled_from(Confirmer),
        way=st.sampled_from(ReceiptWay),
    ),
    st.builds(HandoverSeen, on=DAYS, handover_id=HANDOVERS),
    st.builds(HandoverTakenOver, on=DAYS, handover_id=HANDOVERS),
    st.builds(
        HandoverReturned,
        on=DAYS,
        handover_id=HANDOVERS,
        reason=st.just(ReturnReason.OTHER),
        words=WORDS,
    ),
    st.builds(HandoverWithdrawn, on=DAYS, handover_id=HANDOVERS, words=WORDS),
    *[
        st.builds(
            Checked,
            on=DAYS,
            of_class=st.just(DataClass.HANDOVER),
            rule=st.sampled_from(["handover", "planned"]),
            trigger=HANDOVERS,
            by=PARTIES,
            ask_again_on=DAYS,
        )
    ]
    * 2,
    st.builds(ContactPersonNamed, on=DAYS, staff=STAFF),
    st.builds(LeadCoordinatorNamed, on=DAYS, staff=STAFF, party=PARTIES),
    st.builds(Enrolled, on=DAYS, grade=st.just(9)),
    st.builds(LeftSchool, on=DAYS, grade=st.just(9)),
    st.builds(EducationCompleted, on=DAYS, programme=st.sampled_from(Programme)),
    st.builds(JobStarted, on=DAYS, hours_per_week=st.just(37)),
    st.builds(JobEnded, on=DAYS),
    st.builds(AgendaItemWished, on=DAYS, by=PARTIES, why=WORDS),
)


@dataclass(frozen=True)
class Happening:
    """Something gets into the log: known some days after it happened, as a correction when its source repeats."""

    person: int
    event: Event
    late: int
    source: str | None

    def happen(self, world: World) -> None:
        known = self.event.on + timedelta(days=self.late)
        world.happens(world.people[self.person], self.event, known=known, source=self.source)


@dataclass(frozen=True)
class PutRight:
    """A person's fact is withdrawn, counts again, or is moved to the next person; whichever there is to touch."""

    person: int
    which: int
    deed: str

    def happen(self, world: World) -> None:
        person = world.people[self.person]
        entries = world.log.history(person).entries
        life = life_of(entry.fact() for entry in entries)
        day = date(2026, 6, 30)
        if self.deed == "again":
            gone = sorted(life.withdrawn.values(), key=lambda one: one.fact.position)
            if gone:
                fact = gone[self.which % len(gone)].fact
                world.writes(Step(stream=journey(person), decide=lambda _: [fact.event], about=fact.entry_id))
            return
        facts = [fact for fact in life.all() if not isinstance(fact.event, JourneyStarted)]
        if not facts:
            return
        fact = facts[self.which % len(facts)]
        reason = WithdrawReason.OTHER_PERSON if self.deed == "move" else WithdrawReason.DID_NOT_HAPPEN
        gone_now = FactWithdrawn(on=day, of_class=class_of(fact.event), reason=reason)
        steps = [Step(stream=journey(person), decide=lambda _: [gone_now], about=fact.entry_id)]
        if self.deed == "move":
            other = world.people[(self.person + 1) % 3]
            known, source = fact.known_at, fact.entry_id
            steps.append(Step(stream=journey(other), decide=lambda _: [fact.event], known_at=known, moved_from=source))
        world.writes(*steps)


@dataclass(frozen=True)
class StandsStill:
    """The clock of a duty that some entry gave is stopped, or runs again; whichever there is to touch."""

    person: int
    which: int
    on: date
    runs: bool

    def happen(self, world: World) -> None:
        person = world.people[self.person]
        duties = [one for one in world.log.history(person).entries if type(one.event) in _DUTIES]
        if duties:
            world.happens(person, _stop(duties[self.which % len(duties)], self.on, runs=self.runs))


@dataclass(frozen=True)
class OtherRules:
    text: str
    closed_days: tuple[date, ...]

    def happen(self, world: World) -> None:
        world.load_rules(self.text, self.closed_days)


@dataclass(frozen=True)
class Meeting:
    def happen(self, world: World) -> None:
        world.call_meeting()


HAPPENINGS = st.builds(
    Happening,
    person=st.integers(0, 2),
    event=EVENTS,
    late=st.sampled_from([0, 0, 0, 3, 40]),
    source=st.sampled_from([None, None, None, "1", "2"]),
)
CORRECTIONS = st.builds(
    PutRight,
    person=st.integers(0, 2),
    which=st.integers(0, 20),
    deed=st.sampled_from(["withdraw", "withdraw", "again", "move"]),
)
CLOCKS = st.builds(
    StandsStill, person=st.integers(0, 2), which=st.integers(0, 20), on=DAYS, runs=st.sampled_from([False, False, True])
)
SOMETHING = st.one_of(
    *[HAPPENINGS] * 8,
    *[CORRECTIONS] * 2,
    CLOCKS,
    *[RULES.map(lambda rules: OtherRules(*rules))] * 2,
    st.builds(Meeting),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Happening | PutRight | StandsStill | OtherRules | Meeting]:
    """A history that begins as most do: rules are loaded and people are followed."""
    people = draw(st.integers(2, 3))
    beginning: list[Happening | PutRight | StandsStill | OtherRules | Meeting] = [
        OtherRules(FOUR, CLOSED_DAYS),
        *(Happening(person, started(draw(BIRTHS)), 0, None) for person in range(people)),
    ]
    rest = draw(st.lists(SOMETHING, min_size=5, max_size=25))
    return [*draw(st.permutations(beginning)), *rest]


def _look_at(what: Entry, on: date, by: Party, again: date) -> Checked:
    """Somebody looks at the duty that this entry gave."""
    rule, trigger = _DUTIES.get(type(what.event), ""), what.entry_id
    if isinstance(what.event, HandoverSent):
        rule, trigger = "handover", what.event.handover_id
    return Checked(on=on, of_class=class_of(what.event), rule=rule, trigger=trigger, by=by, ask_again_on=again)


def _stop(what: Entry, on: date, *, runs: bool) -> ClockPaused | ClockResumed:
    """The clock of the duty that this entry gave stands still, or runs again."""
    about: dict[str, Any] = {
        "of_class": class_of(what.event),
        "rule": _DUTIES[type(what.event)],
        "trigger": what.entry_id,
    }
    return ClockResumed(on=on, **about) if runs else ClockPaused(on=on, reason=PauseReason.OTHER, **about)


_DUTIES: dict[type, str] = {ToldOfBreakOff: "KUI-02", PlacementStarted: "OVG-05", ReferredToMilepaelen: "MIL-01"}
_GIVE_DUTIES = (*_DUTIES, HandoverSent)


@st.composite
def written_histories(draw: st.DrawFn) -> list[Entry]:
    """One person's entries as the log would hold them, some of them corrections of earlier ones."""
    events = [started(draw(BIRTHS)), *draw(st.lists(EVENTS, min_size=1, max_size=25))]
    entries: list[Entry] = []
    for number, event in enumerate(events, start=1):
        firsts = [one.position for one in entries if one.about is None]
        about = draw(st.sampled_from([None, None, None, *firsts]))
        duties = [one for one in entries if isinstance(one.event, _GIVE_DUTIES)]
        if duties and draw(st.booleans()):
            event = _look_at(draw(st.sampled_from(duties)), event.on, draw(PARTIES), draw(DAYS))  # noqa: PLW2901
        clocks = [one for one in duties if type(one.event) in _DUTIES]
        if clocks and draw(st.integers(0, 3)) == 0:
            event = _stop(draw(st.sampled_from(clocks)), event.on, runs=draw(st.booleans()))  # noqa: PLW2901
        known = event.on + timedelta(days=draw(st.sampled_from([0, 5, 60])))
        if about and draw(st.integers(0, 2)) == 0:
            gone = class_of(entries[about - 1].event)
            event = FactWithdrawn(on=event.on, of_class=gone, reason=WithdrawReason.DID_NOT_HAPPEN)  # noqa: PLW2901
        entries.append(entry(number, event, known=known, about=about))
    return entries
