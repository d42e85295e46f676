"""Random histories: what may happen to a few people, late, corrected, in any order, under changing rules."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from hypothesis import strategies as st

from domain.codes import (
    Activity,
    ContactWay,
    Matter,
    Party,
    PlacementForm,
    Programme,
    ReturnReason,
)
from domain.events import (
    ActivityOffered,
    BirthDateCorrected,
    ContactMade,
    ContactTried,
    EducationStarted,
    Event,
    HandoverReturned,
    HandoverSeen,
    HandoverTakenOver,
    HandoverWithdrawn,
    MilepaelenStarted,
    PlacementEnded,
    PlacementStarted,
    ReferredToMilepaelen,
    ToldOfBreakOff,
    YouthSupportDecided,
)
from domain.rules import shipped_rules
from domain.text import FreeText
from eventlog import Entry
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
WORDS = st.just(FreeText("ord"))

OTHER_RULES = shipped_rules().replace("working_days = 5", "working_days = 10").replace("days = 30", "days = 20")
RULES = st.sampled_from(
    [(shipped_rules(), CLOSED_DAYS), (shipped_rules(), ()), (OTHER_RULES, CLOSED_DAYS), ("", CLOSED_DAYS)]
)

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
SOMETHING = st.one_of(*[HAPPENINGS] * 8, *[RULES.map(lambda rules: OtherRules(*rules))] * 2, st.builds(Meeting))


@st.composite
def histories(draw: st.DrawFn) -> list[Happening | OtherRules | Meeting]:
    """A history that begins as most do: rules are loaded and people are followed."""
    people = draw(st.integers(2, 3))
    beginning: list[Happening | OtherRules | Meeting] = [
        OtherRules(shipped_rules(), CLOSED_DAYS),
        *(Happening(person, started(draw(BIRTHS)), 0, None) for person in range(people)),
    ]
    rest = draw(st.lists(SOMETHING, min_size=5, max_size=25))
    return [*draw(st.permutations(beginning)), *rest]


@st.composite
def written_histories(draw: st.DrawFn) -> list[Entry]:
    """One person's entries as the log would hold them, some of them corrections of earlier ones."""
    events = [started(draw(BIRTHS)), *draw(st.lists(EVENTS, min_size=1, max_size=25))]
    entries: list[Entry] = []
    for number, event in enumerate(events, start=1):
        firsts = [one.position for one in entries if one.about is None]
        about = draw(st.sampled_from([None, None, None, *firsts]))
        known = event.on + timedelta(days=draw(st.sampled_from([0, 5, 60])))
        entries.append(entry(number, event, known=known, about=about))
    return entries
