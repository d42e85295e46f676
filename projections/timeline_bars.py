"""What lasted in one young person's life, as bars in the lanes of the parties.

A lane is filled only by what the reader may open: a course in psychiatry is a bar to those who read health, and no
lane at all to everybody else.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.codes import Party, Programme
from domain.days import birthday
from domain.decisions.journey import OF_AGE
from domain.events import (
    BenefitChanged,
    BenefitEnded,
    BenefitStarted,
    EducationCompleted,
    EducationInterrupted,
    EducationStarted,
    Enrolled,
    GradeReached,
    JobEnded,
    JobStarted,
    LeftSchool,
    MeasureEnded,
    MeasureStarted,
    MentorEnded,
    MentorGranted,
    MilepaelenEnded,
    MilepaelenStarted,
    OrdinaryHoursEnded,
    OrdinaryHoursStarted,
    PlacementEnded,
    PlacementStarted,
    PsychiatryCourseEnding,
    PsychiatryCourseStarted,
    SchoolChanged,
    SmallJobEnded,
    SmallJobStarted,
    ToldOfBreakOff,
    WorkPlacementEnded,
    WorkPlacementStarted,
)
from domain.facts import Fact, Life


class BarKind(StrEnum):
    """What lasts."""

    RESPONSIBILITY = "responsibility"
    SCHOOL = "school"
    EDUCATION = "education"
    PLACEMENT = "placement"
    MEASURE = "measure"
    BENEFIT = "benefit"
    WORK = "work"
    MENTOR = "mentor"
    MILEPAELEN = "milepaelen"
    PSYCHIATRY = "psychiatry"


class Work(StrEnum):
    """How somebody works."""

    JOB = "job"
    ORDINARY_HOURS = "ordinary-hours"
    SMALL_JOB = "small-job"
    WORK_PLACEMENT = "work-placement"


class Ended(StrEnum):
    """How an education ended, where somebody said so."""

    COMPLETED = "completed"
    BROKEN_OFF = "broken-off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Something that lasted, or still does when it has no end.

    `code` says which: a Matter, a Programme, a PlacementForm, a Measure, a Benefit, a Work, the grades of school
    ("7" or "7-9"), or nothing more to say.
    """

    lane: Party
    kind: BarKind
    code: str
    start: date
    end: date | None
    ended: Ended | None = None

    def ending_by(self, day: date) -> "Bar":
        """The same, over by that day."""
        return self if self.end is not None and self.end <= day else replace(self, end=max(self.start, day))


_AT_SCHOOL = (Programme.LOWER_SECONDARY, Programme.TENTH_GRADE)
_WORK: tuple[tuple[Work, type, type], ...] = (
    (Work.JOB, JobStarted, JobEnded),
    (Work.ORDINARY_HOURS, OrdinaryHoursStarted, OrdinaryHoursEnded),
    (Work.SMALL_JOB, SmallJobStarted, SmallJobEnded),
    (Work.WORK_PLACEMENT, WorkPlacementStarted, WorkPlacementEnded),
)


def lasting(life: Life, writers: Mapping[UUID, Party | None]) -> Iterator[Bar]:
    """Everything but responsibilities. `writers` is the party that wrote each entry, where it is known."""
    yield from _school(life)
    yield from _educations(life)
    for begun, end in _lasts(life, PlacementStarted, PlacementEnded):
        yield _bar(Party.CHILD_SOCIAL, BarKind.PLACEMENT, begun, end, code=begun.event.form)
    for begun, end in _lasts(life, MeasureStarted, MeasureEnded, lambda event: event.measure):
        lane = _who_supports(begun, writers, life.born_on)
        yield _bar(lane, BarKind.MEASURE, begun, end, code=begun.event.measure)
    yield from _benefits(life)
    for work, begins, ends in _WORK:
        for begun, end in _lasts(life, begins, ends):
            yield _bar(Party.EMPLOYMENT, BarKind.WORK, begun, end, code=work)
    for begun, end in _lasts(life, MentorGranted, MentorEnded):
        yield _bar(Party.EMPLOYMENT, BarKind.MENTOR, begun, end)
    for begun, end in _lasts(life, MilepaelenStarted, MilepaelenEnded):
        yield _bar(Party.MILEPAELEN, BarKind.MILEPAELEN, begun, end)
    for begun, end in _lasts(life, PsychiatryCourseStarted, PsychiatryCourseEnding):
        yield _bar(Party.HEALTH, BarKind.PSYCHIATRY, begun, end)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A fact that begins something; its event is of the type that was asked for."""

    fact: Fact

    @property
    def event(self) -> Any:
        return self.fact.event

    @property
    def on(self) -> date:
        return self.fact.on


def _bar(lane: Party, kind: BarKind, begun: _Begun, end: date | None, *, code: str = "") -> Bar:
    return Bar(lane=lane, kind=kind, code=code, start=begun.on, end=end)


def _lasts(
    life: Life, begins: type, ends: type, which: Callable[[Any], Hashable] = lambda _: None
) -> Iterator[tuple[_Begun, date | None]]:
    """Each beginning, and when it ended: by the next end of the same, or because the same began anew.

    An end on the day the next begins is the end of the one before; what is told of one day only, began and ended
    that day.
    """
    open_now: dict[Hashable, _Begun] = {}
    ended_on: dict[Hashable, date] = {}
    facts = life.of(begins, ends)
    for fact in sorted(facts, key=lambda fact: (fact.on, isinstance(fact.event, begins))):
        key = which(fact.event)
        if isinstance(fact.event, ends):
            if key in open_now:
                yield open_now.pop(key), fact.on
            else:
                ended_on[key] = fact.on
            continue
        begun = _Begun(fact)
        if key in open_now:
            yield open_now.pop(key), fact.on
        if ended_on.get(key) == fact.on:
            yield begun, fact.on
        else:
            open_now[key] = begun
    yield from ((begun, None) for begun in open_now.values())


def _school(life: Life) -> Iterator[Bar]:
    """As the school itself tells. Who began a youth education has left school, also where the school did not say."""
    since: date | None = None
    grades: list[int] = []
    for fact in life.of(Enrolled, SchoolChanged, GradeReached, LeftSchool, EducationStarted):
        event = fact.event
        if isinstance(event, EducationStarted | LeftSchool):
            leaves = isinstance(event, LeftSchool) or event.programme not in _AT_SCHOOL
            if leaves and since is not None:
                grades += [event.grade] if isinstance(event, LeftSchool) else []
                yield _school_bar(since, fact.on, grades)
                since, grades = None, []
        elif isinstance(event, Enrolled | SchoolChanged | GradeReached):
            since = since or fact.on
            grades.append(event.grade)
    if since is not None:
        yield _school_bar(since, None, grades)


def _school_bar(start: date, end: date | None, grades: list[int]) -> Bar:
    first, last = min(grades), max(grades)
    code = str(first) if first == last else f"{first}-{last}"
    return Bar(lane=Party.SCHOOL, kind=BarKind.SCHOOL, code=code, start=start, end=end)


def _educations(life: Life) -> Iterator[Bar]:
    """An education lasts until it was completed or broken off, or until the next begins.

    Lower secondary school is left out where the school itself tells of it: it would stand there twice.
    """
    begun, told_by_school = life.of(EducationStarted), bool(life.of(Enrolled))
    for number, fact in enumerate(begun):
        event = fact.event
        if not isinstance(event, EducationStarted):
            continue
        if told_by_school and event.programme is Programme.LOWER_SECONDARY:
            continue
        at_school = event.programme in _AT_SCHOOL
        ends = list(_ends_of(life, fact.on, event.programme))
        ends += [(later.on, None) for later in begun[number + 1 : number + 2]]
        ends += [(left.on, None) for left in life.of(LeftSchool) if at_school and left.on >= fact.on]
        end, how = min(ends, key=lambda one: one[0], default=(None, None))
        yield Bar(
            lane=Party.SCHOOL if at_school else Party.UU,
            kind=BarKind.EDUCATION,
            code=event.programme,
            start=fact.on,
            end=end,
            ended=how,
        )


def _ends_of(life: Life, since: date, programme: Programme) -> Iterator[tuple[date, Ended | None]]:
    for fact in life.of(EducationCompleted, EducationInterrupted, ToldOfBreakOff):
        event = fact.event
        if isinstance(event, EducationCompleted | EducationInterrupted | ToldOfBreakOff):
            how = Ended.COMPLETED if isinstance(event, EducationCompleted) else Ended.BROKEN_OFF
            if fact.on >= since and event.programme is programme:
                yield fact.on, how


def _benefits(life: Life) -> Iterator[Bar]:
    """A change of benefit ends every other; to another rate of the same, it goes on."""
    open_now: dict[str, date] = {}

    def ended(codes: list[str], on: date) -> Iterator[Bar]:
        for code in codes:
            yield Bar(lane=Party.BENEFITS, kind=BarKind.BENEFIT, code=code, start=open_now.pop(code), end=on)

    for fact in life.of(BenefitStarted, BenefitChanged, BenefitEnded):
        event = fact.event
        if isinstance(event, BenefitEnded):
            yield from ended([event.benefit] if event.benefit in open_now else [], fact.on)
        elif isinstance(event, BenefitStarted | BenefitChanged):
            if isinstance(event, BenefitChanged):
                yield from ended([code for code in open_now if code != event.benefit], fact.on)
            open_now.setdefault(event.benefit, fact.on)
    for code, since in open_now.items():
        yield Bar(lane=Party.BENEFITS, kind=BarKind.BENEFIT, code=code, start=since, end=None)


def _who_supports(begun: _Begun, writers: Mapping[UUID, Party | None], born_on: date | None) -> Party:
    """Whose support it is: the social department that wrote it down. Files do not say, so then it goes by age."""
    writer = writers.get(begun.fact.entry_id)
    if writer in (Party.CHILD_SOCIAL, Party.ADULT_SOCIAL):
        return writer
    of_age = born_on is not None and begun.on >= birthday(born_on, OF_AGE)
    return Party.ADULT_SOCIAL if of_age else Party.CHILD_SOCIAL
