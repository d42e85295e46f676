"""What a young person does: school, education, job or another activity, as the facts tell it, and since when.

Pure. Nobody is asked and nothing is guessed: where every beginning that was told has also been told to have ended,
it is not known what they do, and that is what UU must find out (KUI-loven § 2 a).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import itemgetter

from domain.catalogue import BY_TYPE
from domain.codes import DataClass, Programme
from domain.events import (
    BirthDateCorrected,
    EducationCompleted,
    EducationInterrupted,
    EducationStarted,
    Enrolled,
    Event,
    GradeReached,
    JobEnded,
    JobStarted,
    JourneyStarted,
    LeftSchool,
    MilepaelenEnded,
    MilepaelenStarted,
    OrdinaryHoursEnded,
    OrdinaryHoursStarted,
    SchoolChanged,
    SmallJobEnded,
    SmallJobStarted,
    ToldOfBreakOff,
    WorkPlacementEnded,
    WorkPlacementStarted,
)
from domain.facts import Life


class Occupation(StrEnum):
    """What somebody does; of several things at once, the first of these is told."""

    SCHOOL = "school"
    EDUCATION = "education"
    JOB = "job"
    ACTIVITY = "activity"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Occupied:
    """What somebody does, and since which day; of what is not known, since which day it has not been."""

    status: Occupation
    since: date


def occupied(life: Life, *, knows_schooling: bool = True) -> Occupied:
    """What somebody does whose journey has begun. Without `knows_schooling` from what schools told nothing is read."""
    turns = sorted(_turns(life, knows_schooling=knows_schooling), key=itemgetter(0, 1))
    going: dict[tuple[Occupation, str], date] = {}
    unknown_since = life.of(JourneyStarted, BirthDateCorrected)[0].on
    for on, begins, what in turns:
        if begins:
            if what[0] in _ONE_AT_A_TIME:
                for left in [one for one in going if one != what and one[0] in _ONE_AT_A_TIME]:
                    del going[left]
            going.setdefault(what, on)
        else:
            going.pop(what, None)
            if what[0] is Occupation.EDUCATION:
                # An education that ended had begun, and then school was over, also when nobody told.
                going.pop(_SCHOOL, None)
            unknown_since = max(unknown_since, on)
    for status in Occupation:
        days = [day for (what, _), day in going.items() if what is status]
        if days:
            return Occupied(status, min(days))
    return Occupied(Occupation.UNKNOWN, unknown_since)


def tells_schooling(life: Life) -> bool:
    """Whether schools have told anything that this could be read from."""
    return any(kind in life.by_type for kind in _BY_SCHOOLS)


_Turn = tuple[date, bool, tuple[Occupation, str]]
"""On that day something began (or ended: what ends on a day does so first); the text tells two of one kind apart."""

_SCHOOL = (Occupation.SCHOOL, "")
_ONE_AT_A_TIME = (Occupation.SCHOOL, Occupation.EDUCATION)
"""Whoever begins at one has left the other, also when nobody told."""

_AT_SCHOOL = (Programme.LOWER_SECONDARY, Programme.TENTH_GRADE)
_KINDS: dict[type, tuple[bool, Occupation]] = {
    Enrolled: (True, Occupation.SCHOOL),
    SchoolChanged: (True, Occupation.SCHOOL),
    GradeReached: (True, Occupation.SCHOOL),
    LeftSchool: (False, Occupation.SCHOOL),
    EducationStarted: (True, Occupation.EDUCATION),
    EducationInterrupted: (False, Occupation.EDUCATION),
    EducationCompleted: (False, Occupation.EDUCATION),
    ToldOfBreakOff: (False, Occupation.EDUCATION),
    JobStarted: (True, Occupation.JOB),
    JobEnded: (False, Occupation.JOB),
    # A few hours of work beside a benefit are a part of the effort, and nobody lives on them.
    SmallJobStarted: (True, Occupation.ACTIVITY),
    SmallJobEnded: (False, Occupation.ACTIVITY),
    OrdinaryHoursStarted: (True, Occupation.ACTIVITY),
    OrdinaryHoursEnded: (False, Occupation.ACTIVITY),
    WorkPlacementStarted: (True, Occupation.ACTIVITY),
    WorkPlacementEnded: (False, Occupation.ACTIVITY),
    MilepaelenStarted: (True, Occupation.ACTIVITY),
    MilepaelenEnded: (False, Occupation.ACTIVITY),
}
_ENDED_BY: dict[type, type] = {
    SmallJobEnded: SmallJobStarted,
    OrdinaryHoursEnded: OrdinaryHoursStarted,
    WorkPlacementEnded: WorkPlacementStarted,
    MilepaelenEnded: MilepaelenStarted,
}

_BY_SCHOOLS = tuple(kind for kind in _KINDS if BY_TYPE[kind].data_class is DataClass.SCHOOLING)


def _turns(life: Life, *, knows_schooling: bool) -> Iterator[_Turn]:
    kinds = [kind for kind in _KINDS if knows_schooling or kind not in _BY_SCHOOLS]
    events = [fact.event for fact in life.of(*kinds)]
    broke_off = {(event.on, event.programme) for event in events if isinstance(event, _BROKEN_OFF)}
    for event in events:
        # Who never turns up breaks off on the very day the education began.
        if not (isinstance(event, EducationStarted) and (event.on, event.programme) in broke_off):
            yield _turn(event)


_BROKEN_OFF = (ToldOfBreakOff, EducationInterrupted)


def _turn(event: Event) -> _Turn:
    begins, what = _KINDS[type(event)]
    programme = getattr(event, "programme", None)
    if programme in _AT_SCHOOL:
        return event.on, begins, _SCHOOL
    if what is Occupation.ACTIVITY:
        return event.on, begins, (what, _ENDED_BY.get(type(event), type(event)).__name__)
    return event.on, begins, (what, str(programme or ""))
