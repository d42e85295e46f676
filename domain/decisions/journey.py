"""What may happen next on a journey.

A decision takes the journey so far and answers with the events that follow: none when there is nothing left
to do, `Refused` when it must not happen. It changes nothing itself, so deciding again is harmless.
"""

from datetime import date
from uuid import UUID

from domain.codes import Matter, Party, StartReason
from domain.days import age_on
from domain.events import (
    BenefitReasonGiven,
    BirthDateCorrected,
    EducationReasonGiven,
    GoalInOwnWords,
    JourneyEvent,
    JourneyStarted,
    PlanStepAgreed,
    PlanStepDone,
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
    """Something happened. Facts may come late and in any order, but not before birth or from the future."""
    born_on = _must_be_started(journey)
    if event.on < born_on:
        raise Refused("before-birth")
    if event.on > today:
        raise Refused("in-the-future")
    return [event]


def say_goal(journey: Journey, *, words: FreeText, on: date) -> list[JourneyEvent]:
    """The young person says what they want, in their own words."""
    _must_be_started(journey)
    words = checked_text(words)
    if journey.goal is not None and journey.goal.words == words:
        return []
    return [GoalInOwnWords(on=on, words=words)]


def agree_step(
    journey: Journey,
    *,
    step_id: UUID,
    what: FreeText,
    responsible: Party,
    matter: Matter,
    due_on: date,
    on: date,
) -> list[JourneyEvent]:
    """Somebody is to do something before a day."""
    _must_be_started(journey)
    if step_id in journey.steps:
        return []
    if due_on < on:
        raise Refused("due-before-agreed")
    return [
        PlanStepAgreed(
            on=on,
            step_id=step_id,
            what=checked_text(what),
            responsible=responsible,
            matter=matter,
            due_on=due_on,
        )
    ]


def finish_step(journey: Journey, *, step_id: UUID, on: date) -> list[JourneyEvent]:
    """The step was carried out."""
    if step_id not in journey.steps:
        raise Refused("no-such-step")
    if journey.steps[step_id].done_on is not None:
        return []
    return [PlanStepDone(on=on, step_id=step_id)]


def checked_text(text: str) -> FreeText:
    """Words that may be kept: not empty, not longer than `MAX_FREE_TEXT` characters."""
    text = text.strip()
    if not text:
        raise Refused("text-missing")
    if len(text) > MAX_FREE_TEXT:
        raise Refused("text-too-long")
    return FreeText(text)


def _must_be_started(journey: Journey) -> date:
    if journey.born_on is None:
        raise Refused("not-started")
    return journey.born_on
