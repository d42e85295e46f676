"""What may happen next on a journey.

A decision takes the journey so far and answers with the events that follow: none when there is nothing left
to do, `Refused` when it must not happen. It changes nothing itself, so deciding again is harmless.
"""

from datetime import date

from domain.codes import Matter, Party, StartReason
from domain.days import age_on
from domain.events import (
    BenefitReasonGiven,
    BirthDateCorrected,
    EducationReasonGiven,
    JourneyEvent,
    JourneyStarted,
    ReasonGiven,
    ResponsibilityEstablished,
    SocialReasonGiven,
)
from domain.journey import Journey
from domain.refused import Refused
from domain.text import MAX_FREE_TEXT, FreeText

YOUNGEST, OLDEST, OF_AGE = 13, 30, 18


def start_journey(journey: Journey, *, born_on: date, on: date, reason: StartReason, basis: str) -> list[JourneyEvent]:
    """Begin to follow a young person of 13 to 30 years (the 30th birthday is the first day after).

    Schooling (under 18), guidance and coordination get a holder at once: responsibility is never empty.
    """
    if journey.born_on == born_on:
        return []
    if journey.born_on is not None:
        raise Refused("already-started")
    if not basis.strip():
        raise Refused("no-reason")
    age = age_on(born_on, on)
    if age < YOUNGEST:
        raise Refused("too-young")
    if age >= OLDEST:
        raise Refused("too-old")
    first = {Matter.GUIDANCE: Party.UU, Matter.COORDINATION: Party.UU}
    if age < OF_AGE:
        first[Matter.SCHOOLING] = Party.SCHOOL
    else:
        first[Matter.INCOME_AND_WORK] = Party.EMPLOYMENT
    if reason in (StartReason.PLACED, StartReason.SOCIAL_SUPPORT) and age < OF_AGE:
        first[Matter.CHILD_SUPPORT] = Party.CHILD_SOCIAL
    started = JourneyStarted(on=on, born_on=born_on)
    why = _REASON_GIVEN[reason](on=on, reason=reason, basis=basis)
    return [started, why, *(ResponsibilityEstablished(on=on, matter=m, holder=p) for m, p in first.items())]


_REASON_GIVEN: dict[StartReason, type[ReasonGiven]] = {
    StartReason.EDUCATION_NEED: EducationReasonGiven,
    StartReason.NEWCOMER: EducationReasonGiven,
    StartReason.SOCIAL_SUPPORT: SocialReasonGiven,
    StartReason.PLACED: SocialReasonGiven,
    StartReason.CASH_BENEFIT: BenefitReasonGiven,
}
"""Each reason as an event of the class whose readers may know it."""


def correct_birth_date(journey: Journey, *, born_on: date, on: date) -> list[JourneyEvent]:
    """The register says another date of birth than the log."""
    _must_be_started(journey)
    if journey.born_on == born_on:
        return []
    return [BirthDateCorrected(on=on, born_on=born_on)]


def record_fact(journey: Journey, *, event: JourneyEvent, today: date) -> list[JourneyEvent]:
    """Something happened. Facts may come late and in any order, but not before birth or from the future.

    A file that was joined into another takes nothing more: it stands there now.
    """
    born_on = _must_be_started(journey)
    if journey.joined_into is not None:
        raise Refused("file-joined")
    if event.on < born_on:
        raise Refused("before-birth")
    if event.on > today:
        raise Refused("in-the-future")
    return [event]


def checked_text(text: str) -> FreeText:
    """Words that may be kept: not empty, not longer than `MAX_FREE_TEXT` characters."""
    text = text.strip()
    if not text:
        raise Refused("text-missing")
    if len(text) > MAX_FREE_TEXT:
        raise Refused("text-too-long")
    return FreeText(text)


def must_be_followed(journey: Journey) -> date:
    """The date of birth. Raises Refused when nobody follows the young person (any longer)."""
    born_on = _must_be_started(journey)
    if journey.joined_into is not None:
        raise Refused("file-joined")
    if journey.closed_on is not None:
        raise Refused("journey-closed")
    return born_on


def _must_be_started(journey: Journey) -> date:
    if journey.born_on is None:
        raise Refused("not-started")
    return journey.born_on
