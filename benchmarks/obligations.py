"""What is owed by one person: all rules that come with the program, for lives of 33 and of 200 entries.

It is asked at every entry that is followed, on every page of one young person, and twice for each in a preview. The
lives hold something of every department – absence, concern, support, placement, break-off, benefit, interviews,
Milepælen – so that most rules have something to judge; they are folded before the clock starts. Limits: 0.3 ms for a
life of 33 entries, which is what five years leave, and 2 ms for one of 200.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from time import perf_counter
from uuid import UUID

from benchmarks.ground import Ground
from benchmarks.rounds import Figure
from benchmarks.size import Size
from domain import events as told
from domain.choices import Benefit, Measure, TargetGround
from domain.codes import Activity, ContactWay, Party, PlacementForm, Programme
from domain.events import Event
from domain.facts import Fact, Life, life_of
from domain.obligations import obligations
from domain.rules import RuleSet, rule_set, shipped_rules
from domain.text import FreeText
from projections.closing_days import YEARS, danish_closed_days

LIMITS = {33: 0.3, 200: 2.0}
"""Milliseconds for a life of so many entries."""
_BEGAN, _YEARS = date(2021, 8, 2), 5

_HAPPENS: tuple[Callable[[date], Event], ...] = (
    lambda on: told.GradeReached(on=on, grade=9),
    lambda on: told.UnlawfulAbsence(on=on, year=on.year, quarter=(on.month + 2) // 3, percent=16),
    lambda on: told.ConcernReceived(on=on, at=_at(on)),
    lambda on: told.ConcernAssessed(on=on, at=_at(on), acute=False),
    lambda on: told.ConcernReceiptSent(on=on),
    lambda on: told.ChildAssessmentOpened(on=on),
    lambda on: told.ChildAssessmentFinished(on=on),
    lambda on: told.MeasureStarted(on=on, measure=Measure.CONTACT_PERSON),
    lambda on: told.MeasureEnded(on=on, measure=Measure.CONTACT_PERSON),
    lambda on: told.PlacementStarted(on=on, form=PlacementForm.FOSTER_FAMILY),
    lambda on: told.PlacementEnded(on=on),
    lambda on: told.TargetGroupAssessed(on=on, ground=TargetGround.DISABILITY),
    lambda on: told.LeftSchool(on=on, grade=9),
    lambda on: told.EducationStarted(on=on, programme=Programme.VOCATIONAL),
    lambda on: told.ToldOfBreakOff(on=on, programme=Programme.VOCATIONAL),
    lambda on: told.ContactTried(on=on, way=ContactWay.PHONE),
    lambda on: told.ContactMade(on=on, way=ContactWay.VISIT),
    lambda on: told.ActivityOffered(on=on, activity=Activity.FGU),
    lambda on: told.EducationPlanRevised(on=on),
    lambda on: told.BenefitApplied(on=on, benefit=Benefit.CASH_BENEFIT),
    lambda on: told.BenefitStarted(on=on, benefit=Benefit.CASH_BENEFIT),
    lambda on: told.InterviewHeld(on=on),
    lambda on: told.ReferredToMilepaelen(on=on, by=Party.EMPLOYMENT, purpose=FreeText("At komme op.")),
    lambda on: told.MilepaelenStarted(on=on),
    lambda on: told.YouthSupportDecided(on=on, granted=True),
)


def run(_: Ground, size: Size) -> list[Figure]:
    """Milliseconds for one person, the mean over different lives in each round."""
    rules = rule_set(shipped_rules(), danish_closed_days(YEARS))
    return [_figure(entries, rules, size) for entries in LIMITS]


def _figure(entries: int, rules: RuleSet, size: Size) -> Figure:
    lives = [lived(number, entries) for number in range(size.lives)]
    assert any(obligations(life, rules) for life in lives)
    figure = Figure(
        what=f"one person of {entries} entries",
        unit="ms",
        rounds=[_milliseconds(lives, rules) for _ in range(size.rounds)],
    )
    return replace(figure, target=f"at most {LIMITS[entries]} ms", met=figure.median <= LIMITS[entries])


def _milliseconds(lives: list[Life], rules: RuleSet) -> float:
    began = perf_counter()
    for life in lives:
        obligations(life, rules)
    return (perf_counter() - began) / len(lives) * 1000


def lived(number: int, entries: int) -> Life:
    """The facts of one life with so many entries, the same for the same number: born 2007, followed for five years."""
    draw = Random(f"obligations/{number}")
    days = sorted(draw.randrange(365 * _YEARS) for _ in range(entries - 1))
    happened: list[Event] = [told.JourneyStarted(on=_BEGAN, born_on=date(2007, 1, 1) + timedelta(days=number % 900))]
    happened += [draw.choice(_HAPPENS)(_BEGAN + timedelta(days=day)) for day in days]
    return life_of(_fact(place, event) for place, event in enumerate(happened, start=1))


def _fact(place: int, event: Event) -> Fact:
    at = _at(event.on)
    return Fact(entry_id=UUID(int=place), event=event, known_at=at, recorded_at=at, position=place)


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
