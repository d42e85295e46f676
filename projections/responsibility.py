"""Who answered for which matter when, from one young person's facts: spans, gaps and overlaps.

Told by the days on which things happened, and not in the order in which the log got them: news that came late, or
was corrected, changes the past here. The promise is that no matter is without somebody and none has two; where the
facts say otherwise, this says for how long.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from domain.access import Level
from domain.catalogue import BY_TYPE
from domain.codes import Matter, Party, Programme
from domain.days import birthday
from domain.decisions.journey import OF_AGE, OLDEST
from domain.events import (
    EducationStarted,
    HandoverTakenOver,
    JoinedIntoOtherFile,
    JourneyClosed,
    JourneyReopened,
    JourneyStarted,
    LeftSchool,
    PartedFromOtherFile,
    ResponsibilityEstablished,
)
from domain.facts import Fact, Life
from domain.journey import HELD_FROM_AGE, Journey, fold
from projections.reading import MayRead

NO_LONGER_GUIDED = 25
"""The age at which the duty to guide ends (KUI-loven § 1)."""

_AT_SCHOOL = (Programme.LOWER_SECONDARY, Programme.TENTH_GRADE)
_LEAVING = (LeftSchool, EducationStarted)
_BEGINNING = (JourneyStarted, JourneyReopened, PartedFromOtherFile)
_ENDING = (JourneyClosed, JoinedIntoOtherFile)


class How(StrEnum):
    """How somebody came to answer for a matter."""

    ESTABLISHED = "established"
    TAKEN_OVER = "taken-over"
    CAME_OF_AGE = "came-of-age"
    """By the birthday from which somebody is responsible unless another is (domain.journey.HELD_FROM_AGE)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One party answered for a matter from `since` and until the day `until`, which no longer counts; None: still.

    `giver` and `handover_id` are set where it was taken over. `entry_id` is the entry by which it began.
    """

    holder: Party
    since: date
    until: date | None
    how: How
    entry_id: UUID
    giver: Party | None = None
    handover_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Nobody answered for a matter that somebody had to answer for. `until` None: nobody does today."""

    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Several parties each had the matter by an entry of their own. `until` None: they do today."""

    since: date
    until: date | None
    holders: tuple[Party, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One matter through the years, everything in the order of its days."""

    matter: Matter
    spans: tuple[Span, ...]
    gaps: tuple[Gap, ...]
    overlaps: tuple[Overlap, ...]


def spans_of(life: Life, born_on: date | None, today: date, *, knows_schooling: bool = True) -> tuple[Held, ...]:
    """Every matter that somebody had, or had to have, until today.

    `knows_schooling`: whether `life` holds what tells when school was left (`may_know_schooling`). Who does not know
    that cannot say that nobody had the schooling.
    """
    turns, found, closed_on = [*_turns(life), *_came_of_age(life, born_on)], [], _closed_on(life)
    for matter in Matter:
        mine = sorted((turn for turn in turns if turn.matter is matter and turn.on <= today), key=_place)
        spans = _spans(mine, closed_on)
        must = [] if matter is Matter.SCHOOLING and not knows_schooling else _needed(matter, life, born_on)
        gaps = tuple(_gaps(spans, must, today))
        if spans or gaps:
            found.append(Held(matter=matter, spans=spans, gaps=gaps, overlaps=tuple(_overlaps(spans))))
    return tuple(found)


def may_know_schooling(may: MayRead) -> bool:
    """Whether the reader sees everything that tells when school was left."""
    return all(may(declared) >= Level.SUMMARY for kind in _LEAVING if (declared := BY_TYPE[kind].data_class))


def days(since: date, until: date | None, today: date) -> int:
    """How many days from `since` until `until`; what still lasts counts today too."""
    return ((until or today + timedelta(days=1)) - since).days


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """Somebody got a matter, from `giver` where it was handed over."""

    on: date
    position: int
    matter: Matter
    span: Span


def _turns(life: Life) -> list[_Turn]:
    """By the day; of one day in the order of the log.

    Whether a handover was taken over at all is the journey's answer, so that this page and that of the handover
    never contradict each other.
    """
    journey = fold(fact.event for fact in sorted(life.all(), key=lambda fact: fact.position))
    turns = [*_established(life), *_taken_over(life, journey)]
    return sorted(turns, key=_place)


def _came_of_age(life: Life, born_on: date | None) -> Iterator[_Turn]:
    """What somebody holds from a birthday on, where nobody held it that day."""
    begun = next(iter(life.of(JourneyStarted)), None)
    if born_on is None or begun is None:
        return
    earlier = {turn.matter: turn.on for turn in reversed(_turns(life))}
    for matter, (age, holder) in HELD_FROM_AGE.items():
        on = max(birthday(born_on, age), begun.on)
        if earlier.get(matter, date.max) > on:
            span = Span(holder=holder, since=on, until=None, how=How.CAME_OF_AGE, entry_id=begun.entry_id)
            yield _Turn(on=on, position=0, matter=matter, span=span)


def _place(turn: _Turn) -> tuple[date, int]:
    return (turn.on, turn.position)


def _established(life: Life) -> Iterator[_Turn]:
    for fact in life.of(ResponsibilityEstablished):
        if isinstance(event := fact.event, ResponsibilityEstablished):
            yield _turn(fact, fact.on, event.matter, event.holder)


def _taken_over(life: Life, journey: Journey) -> Iterator[_Turn]:
    for fact in life.of(HandoverTakenOver):
        event = fact.event
        handover = journey.handovers.get(event.handover_id) if isinstance(event, HandoverTakenOver) else None
        if handover is not None and handover.answered == event:
            sent = handover.sent
            # Nothing is taken over before it is sent, whatever the dates say.
            yield _turn(fact, max(fact.on, sent.on), sent.matter, sent.receiver, sent.giver, sent.handover_id)


def _turn(
    fact: Fact, on: date, matter: Matter, holder: Party, giver: Party | None = None, handover_id: UUID | None = None
) -> _Turn:
    how = How.TAKEN_OVER if giver else How.ESTABLISHED
    span = Span(
        holder=holder, since=on, until=None, how=how, entry_id=fact.entry_id, giver=giver, handover_id=handover_id
    )
    return _Turn(on=on, position=fact.position, matter=matter, span=span)


def _spans(turns: Iterable[_Turn], closed_on: date | None) -> tuple[Span, ...]:
    """Who had one matter. Only a handover that was taken over lets its giver go, or the end of the file."""
    holding: dict[Party, Span] = {}
    ended = []
    for turn in turns:
        # Who has it by age alone has it until somebody else got it, however.
        by_age = [party for party, span in holding.items() if span.how is How.CAME_OF_AGE]
        let_go = [party for party in holding if party in by_age or party == turn.span.giver]
        ended += [replace(holding.pop(party), until=turn.on) for party in let_go]
        holding.setdefault(turn.span.holder, turn.span)
    last = [replace(span, until=closed_on and max(span.since, closed_on)) for span in holding.values()]
    return tuple(sorted([*ended, *last], key=lambda span: (span.since, span.until or date.max)))


Period = tuple[date, date]
"""From a day and until another, which no longer counts."""


def _needed(matter: Matter, life: Life, born_on: date | None) -> list[Period]:
    """When somebody had to answer for it. Support to the child or the adult is there only when it was established."""
    if born_on is None:
        return []
    of_age, too_old = birthday(born_on, OF_AGE), birthday(born_on, OLDEST)
    match matter:
        case Matter.COORDINATION:
            first, last = date.min, too_old
        case Matter.GUIDANCE:
            first, last = date.min, birthday(born_on, NO_LONGER_GUIDED)
        case Matter.INCOME_AND_WORK:
            first, last = of_age, too_old
        case Matter.SCHOOLING:
            first, last = date.min, min([of_age, *_left_school(life)])
        case _:
            return []
    return [
        (max(since, first), min(until, last))
        for since, until in _followed(life)
        if max(since, first) < min(until, last)
    ]


def _left_school(life: Life) -> Iterator[date]:
    """The days on which school was over: by what the school says, or because a youth education began."""
    for fact in life.of(*_LEAVING):
        if not (isinstance(fact.event, EducationStarted) and fact.event.programme in _AT_SCHOOL):
            yield fact.on


def _followed(life: Life) -> Iterator[Period]:
    """From the start, or from when the file was opened again, until it was closed or laid into another."""
    since: date | None = None
    for fact in life.of(*_BEGINNING, *_ENDING):
        if not isinstance(fact.event, _ENDING):
            since = since or fact.on
        elif since is not None:
            yield since, fact.on
            since = None
    if since is not None:
        yield since, date.max


def _closed_on(life: Life) -> date | None:
    """The day the file was closed; None while the young person is followed, and before it began."""
    periods = list(_followed(life))
    return None if not periods or periods[-1][1] == date.max else periods[-1][1]


def _gaps(spans: Sequence[Span], needed: Iterable[Period], today: date) -> Iterator[Gap]:
    """The days of these periods, today included, that no span holds."""
    tomorrow = today + timedelta(days=1)
    for first, last in needed:
        free_from, end = first, min(last, tomorrow)
        for span in [*spans, None]:
            until = min(span.since, end) if span else end
            if free_from < until:
                yield Gap(since=free_from, until=None if until == tomorrow else until)
            free_from = max(free_from, span.until or date.max) if span else end


def _overlaps(spans: Sequence[Span]) -> Iterator[Overlap]:
    """The days on which several had it; who they are does not change within one."""
    edges = sorted({edge for span in spans for edge in (span.since, span.until or date.max)})
    found: list[Overlap] = []
    for since, until in pairwise(edges):
        holders = tuple(
            party
            for party in Party
            if any(span.holder is party and span.since <= since and until <= (span.until or date.max) for span in spans)
        )
        if found and found[-1].until == since and found[-1].holders == holders:
            found[-1] = replace(found[-1], until=until)
        elif len(holders) > 1:
            found.append(Overlap(since=since, until=until, holders=holders))
    return (replace(one, until=None) if one.until == date.max else one for one in found)
