"""Chapters of every life: school from the 7th grade, and an education that somebody applies for and begins."""

from datetime import date, timedelta

from demo import words
from demo.days import august_after, grade_begins, last_school_day, open_day, open_day_before, quarters
from demo.life import Life
from domain.choices import ApplicationAnswer
from domain.codes import ContactWay, Party, Programme
from domain.days import end_of_quarter, months_after
from domain.events import (
    AbsenceNotified,
    ApplicationAnswered,
    ApplicationSent,
    EducationCompleted,
    EducationPlanMade,
    EducationPlanRevised,
    EducationStarted,
    Enrolled,
    GradeReached,
    GuidanceTalkHeld,
    LeftSchool,
    MovedIn,
    ParentsWarned,
    PprInvolved,
    SchoolChanged,
    SpecialEffortNeeded,
    TargetedEffortAgreed,
    UnlawfulAbsence,
    WorryingAbsence,
)
from domain.text import FreeText

SEVENTH, EIGHTH, NINTH, TENTH = 7, 8, 9, 10
_YEARS = {
    Programme.TENTH_GRADE: (10, 10),
    Programme.GENERAL_UPPER_SECONDARY: (34, 34),
    Programme.VOCATIONAL: (38, 50),
    Programme.FGU: (10, 22),
    Programme.STU: (36, 36),
    Programme.HIGHER: (28, 40),
}
"""Months from the first day to the last."""

_WARNED_AT, _NOTIFIED_AT = 10, 15
"""Percent of unlawful absence in a quarter at which the parents are warned, and the municipality is told."""

_ASKED_UNTIL, _GUIDED_UNTIL = 19, 25
"""Ages until which somebody asks for the application, and for the education plan."""

SLOW = 0.12
"""How often something for which no act says a day is left lying for some weeks."""


def school(life: Life, *, trouble: float = 0.1, last_grade: int = 0) -> date:
    """From the 7th grade to the last school day, which is the answer. `trouble`: the chance of absence in a quarter."""
    last_grade = last_grade or (TENTH if life.chance(0.3) else NINTH)
    first = grade_begins(life.draw, life.born_on, SEVENTH)
    left_on = last_school_day(life.born_on, last_grade)
    if life.first_day < life.since <= min(left_on, life.until) and life.chance(0.2):
        grades = range(SEVENTH, last_grade + 1)
        reached = [each for each in grades if grade_begins(life.draw, life.born_on, each) <= life.since]
        life.by_hand(MovedIn(on=life.since), Party.SCHOOL)
        life.tell(Enrolled(on=life.since, grade=max(reached, default=SEVENTH)))
    for grade in range(SEVENTH, last_grade + 1):
        begins = grade_begins(life.draw, life.born_on, grade)
        life.detail(GradeReached(on=begins, grade=grade), after=life.draw.randint(0, 6))
        if life.chance(0.04):
            life.detail(
                SchoolChanged(on=life.day(begins + timedelta(days=40), begins + timedelta(days=200)), grade=grade)
            )
    if last_grade == TENTH:
        apply(life, Programme.TENTH_GRADE, last_school_day(life.born_on, NINTH))
    for year, quarter, day in quarters(first, left_on):
        if life.chance(trouble):
            unlawful_absence(life, year, quarter, day, life.draw.randint(3, 32))
        if life.chance(trouble / 3):
            life.detail(WorryingAbsence(on=day, year=year, quarter=quarter, days=life.draw.randint(11, 38)))
    eighth = grade_begins(life.draw, life.born_on, EIGHTH)
    if life.chance(0.3 + trouble):
        _special_effort(life, life.after(eighth, 80, 200))
    if life.chance(trouble):
        life.detail(PprInvolved(on=life.after(eighth, 30, 300)))
    life.tell(LeftSchool(on=left_on, grade=last_grade), after=life.draw.randint(0, 5))
    return left_on


def unlawful_absence(life: Life, year: int, quarter: int, made_up_on: date, percent: int) -> None:
    """Made up after the quarter. Parents are warned while there still is something to do about it."""
    warned_on = open_day_before(end_of_quarter(year, quarter) - timedelta(days=life.draw.randint(3, 25)))
    notified_on = life.after(made_up_on, *((25, 60) if life.chance(SLOW) else (0, 5)))
    absence = UnlawfulAbsence(on=made_up_on, year=year, quarter=quarter, percent=percent)
    if not life.is_followed(warned_on, notified_on) or not life.detail(absence):
        return
    if percent >= _WARNED_AT:
        life.tell(ParentsWarned(on=warned_on, year=year, quarter=quarter), before_start=True)
    if percent >= _NOTIFIED_AT:
        life.tell(AbsenceNotified(on=notified_on, year=year, quarter=quarter))


def _special_effort(life: Life, on: date) -> None:
    """Found to be needed, and agreed in writing with pupil and parents."""
    agreed_on = life.after(on, *((30, 70) if life.chance(SLOW) else (4, 20)))
    if life.is_followed(on, agreed_on) and life.detail(SpecialEffortNeeded(on=on)):
        life.tell(TargetedEffortAgreed(on=agreed_on))


def guidance(life: Life, first: date, last: date, talks: int = 2) -> None:
    """An education plan, and talks about it between these days."""
    made_on = life.day(first, first + timedelta(days=60))
    if life.detail(EducationPlanMade(on=made_on), asked_until=_GUIDED_UNTIL) and life.chance(0.5):
        life.detail(EducationPlanRevised(on=life.after(made_on, 150, 330)))
    for _ in range(talks):
        talk(life, life.day(first, last))


def talk(life: Life, on: date) -> None:
    """A counsellor talks with the young person."""
    way = life.pick(ContactWay.MEETING, ContactWay.MEETING, ContactWay.PHONE, ContactWay.VISIT)
    life.detail(GuidanceTalkHeld(on=on, way=way, agreed=FreeText(life.pick(*words.GUIDANCE_AGREED))))


def apply(life: Life, programme: Programme, left_on: date) -> date:
    """Apply in the spring before the last school day, and begin in August; answers with the first day.

    Everybody in the 9th and 10th grade says on Optagelse.dk what comes next, also if that is FGU or STU.
    """
    sent_on = life.day(date(left_on.year, 1, 15), date(left_on.year, 2, 26))
    if life.since <= date(left_on.year, 3, 1):
        sent_on = max(sent_on, life.since)  # came in the last weeks: it is the first thing that is done
    sent = ApplicationSent(on=sent_on, programme=programme)
    if life.detail(sent, after=life.draw.randint(0, 3), asked_until=_ASKED_UNTIL):
        is_general = programme is Programme.GENERAL_UPPER_SECONDARY
        answered_on = open_day(date(left_on.year, 5, 4 if is_general else 27))
        answer = ApplicationAnswer.PLACE_OFFERED
        life.tell(ApplicationAnswered(on=answered_on, programme=programme, answer=answer), after=2)
    return august_after(life.draw, left_on)


def study(life: Life, programme: Programme, begun: date, *, until: date | None = None) -> date:
    """Begin an education, and complete it unless it is left before (`until`); answers with the last day."""
    life.tell(EducationStarted(on=begun, programme=programme), after=life.draw.randint(0, 9))
    least, most = _YEARS[programme]
    done_on = open_day(months_after(begun, life.draw.randint(least, most)))
    if until is not None:
        return until
    life.tell(EducationCompleted(on=done_on, programme=programme), after=life.draw.randint(0, 9))
    return done_on


def youth_education(life: Life) -> Programme:
    """What most begin after school."""
    kinds = {Programme.GENERAL_UPPER_SECONDARY: 50, Programme.VOCATIONAL: 42, Programme.FGU: 8}
    return life.draw.choices(list(kinds), list(kinds.values()))[0]
