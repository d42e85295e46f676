"""The stranger's checker: it counts every deadline of many lives again, and notices when one is wrong."""

import ast
import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest

from domain.choices import PauseReason
from domain.events import ClockPaused, ClockResumed
from domain.facts import Fact, Life, life_of
from domain.obligations import Standing, obligations
from projections.explain import explanations
from projections.explanation_json import as_json
from tests.demo.lives import RULES, everybody
from tests.examples import at
from tools import check_deadline
from tools.check_deadline import check, due_of, faults_of

UNTIL = date(2026, 11, 22)
PEOPLE, SEED = 300, 7


@cache
def documents(*, with_pauses: bool = False) -> list[Any]:
    """The explanations of everything that 300 young people owe or owed, as the stranger gets them."""
    random, found = Random(SEED), []
    for one in everybody(PEOPLE, SEED, UNTIL):
        life = paused(one.life, random) if with_pauses else one.life
        document = as_json(str(one.youth.number), UNTIL, explanations(life, RULES, UNTIL))
        found.append(json.loads(json.dumps(document)))
    return found


def told(*, with_pauses: bool = False) -> list[Any]:
    return [one for document in documents(with_pauses=with_pauses) for one in document["explanations"]]


def paused(life: Life, random: Random) -> Life:
    """The same life, in which clocks stood still now and then, and some still do."""
    facts = life.all()
    for number, duty in enumerate(
        one for one in obligations(life, RULES) if RULES.rule(one.name, one.rule_version).can_pause
    ):
        since = duty.triggered_on + timedelta(days=random.randint(0, 20))
        for again in range(random.randint(0, 2)):
            until = since + timedelta(days=random.randint(0, 40))
            about = {"of_class": duty.data_class, "rule": duty.name, "trigger": duty.trigger}
            said: list[Any] = [ClockPaused(on=since, reason=PauseReason.SUMMER_BREAK, **about)]
            said += [ClockResumed(on=until, **about)] if random.random() < 0.8 else []
            for event in said:
                place = len(facts) + 1
                entry_id = UUID(int=duty.trigger.int + 10**20 * (number + 1) + place)
                noon = at(event.on)
                facts.append(
                    Fact(entry_id=entry_id, event=event, known_at=noon, recorded_at=noon, position=10**6 + place)
                )
            since = until + timedelta(days=random.randint(0, 5) + again)
    return life_of(facts)


@pytest.mark.parametrize("with_pauses", [False, True])
def test_it_agrees_with_every_deadline_of_300_lives(*, with_pauses: bool) -> None:
    wrong = {one["key"]: faults for one in told(with_pauses=with_pauses) if (faults := faults_of(one))}
    assert wrong == {}
    standings = {one["standing"] for one in told(with_pauses=with_pauses)}
    assert standings >= set(Standing) - ({Standing.PAUSED} if not with_pauses else set()), "every standing is met"


def test_every_overdue_has_an_explanation_that_it_confirms() -> None:
    explained = {(one["case"], each["key"]) for one in documents() for each in one["explanations"]}
    overdue = [
        (str(one.youth.number), duty.key)
        for one in everybody(PEOPLE, SEED, UNTIL)
        for duty in obligations(one.life, RULES)
        if duty.standing(UNTIL) is Standing.OVERDUE
    ]
    assert len(overdue) > 50
    assert set(overdue) <= explained
    assert not any(faults for document in documents() for faults in check(document).values())


def a_day_later(text: str) -> str:
    return (date.fromisoformat(text[:10]) + timedelta(days=1)).isoformat() + text[10:]


def spoilt(one: Any) -> Iterator[tuple[str, Any]]:
    """The same explanation with one thing that cannot be so."""

    def changed(what: str, *path: str | int, to: Any = None) -> Iterator[tuple[str, Any]]:
        made = copy.deepcopy(one)
        place = made
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = a_day_later(place[path[-1]]) if to is None else to
        yield what, made

    yield from changed("the deadline", "due_on")
    for number, reading in enumerate(one["readings"]):
        if reading["due_on"]:
            yield from changed("a reading", "readings", number, "due_on")
            yield from changed("its start", "readings", number, "start")
    for other in set(Standing) - {one["standing"]}:
        yield from changed(f"it stands as {other.value}", "standing", to=other.value)
    if any(reading["from"] == "known" and not reading["soon"] for reading in one["readings"]):
        yield from changed("when it was known", "trigger", "known_at")
    if any(reading["from"] == "birth" for reading in one["readings"]):
        yield from changed("the date of birth", "born_on")
    if one["clearing"]["cleared"]:
        yield from changed("what counted", "clearing", "counted", to=[])


def test_it_goes_red_for_whatever_is_changed() -> None:
    missed = [(one["key"], what) for one in told() for what, made in spoilt(one) if not faults_of(made)]
    assert missed == []


def test_it_goes_red_for_a_holiday_that_was_left_out() -> None:
    tried = 0
    for one in told():
        counted = [reading for reading in one["readings"] if any(day["why"] == "closed" for day in reading["skipped"])]
        for reading in counted:
            day = next(day["day"] for day in reading["skipped"] if day["why"] == "closed")
            made = copy.deepcopy(one)
            del made["closed_days"][day]
            tried += 1
            assert faults_of(made), (one["key"], day)
    assert tried


LENGTHS = {
    "years": 0,
    "months": 0,
    "days": 0,
    "working_days": 0,
    "weekdays": 0,
    "hours": 0,
    "fixed": None,
    "quarter_end": False,
    "can_pause": True,
}
EASTER = {"2026-04-02": "skærtorsdag", "2026-04-03": "langfredag", "2026-04-06": "2. påskedag"}


@pytest.mark.parametrize(
    ("start", "length", "due"),
    [
        ("2024-02-29", {"years": 1}, "2025-02-28"),
        ("2008-02-29", {"years": 18}, "2026-02-28"),
        ("2008-02-29", {"years": 16}, "2024-02-29"),
        ("2008-08-31", {"years": 18, "months": -6}, "2026-02-28"),
        ("2008-02-29", {"years": 18, "months": -6}, "2025-08-28"),
        ("2026-01-31", {"months": 1}, "2026-02-28"),
        ("2026-10-31", {"months": 4}, "2027-02-28"),
        ("2026-11-22", {"days": 30}, "2026-12-22"),
        ("2026-03-27", {"working_days": 5}, "2026-04-08"),
        ("2026-03-27", {"weekdays": 5}, "2026-04-04"),
        ("2026-02-02", {"fixed": [3, 1]}, "2026-03-01"),
        ("2026-03-01", {"fixed": [3, 1]}, "2026-03-01"),
        ("2026-03-02", {"fixed": [3, 1]}, "2027-03-01"),
        ("2026-05-04", {"quarter_end": True}, "2026-03-31"),
        ("2026-05-04", {}, "2026-05-04"),
    ],
)
def test_it_counts_as_one_counts_by_hand(start: str, length: dict[str, Any], due: str) -> None:
    one = {"pauses": [], "closed_days": EASTER, "trigger": {"fields": {"year": 2026, "quarter": 1}}}
    assert due_of(LENGTHS | length, date.fromisoformat(start), one) == (date.fromisoformat(due), None)


@pytest.mark.parametrize(
    ("at_", "due"),
    [
        ("2026-03-28T20:00:00+00:00", "2026-03-29T20:00:00+00:00"),  # 21.00 in winter is 22.00 the next day, in summer
        ("2026-10-24T21:30:00+00:00", "2026-10-25T21:30:00+00:00"),
    ],
)
def test_hours_are_elapsed_hours_whatever_the_clocks_do_that_night(at_: str, due: str) -> None:
    one = {"pauses": [], "closed_days": {}, "trigger": {"at": at_, "fields": {}}}
    day, instant = due_of(LENGTHS | {"hours": 24}, date.fromisoformat(at_[:10]), one)
    assert (day, instant) == (date.fromisoformat(due[:10]), datetime.fromisoformat(due))


@pytest.mark.parametrize(
    ("length", "pauses", "due"),
    [
        ({"days": 10}, [("2026-06-05", "2026-06-08")], "2026-06-14"),
        ({"days": 10}, [("2026-06-12", "2026-06-20")], "2026-06-11"),  # it had run out
        ({"days": 10}, [("2026-06-05", "2026-06-08"), ("2026-06-13", "2026-06-15")], "2026-06-16"),
        ({"days": 10}, [("2026-05-28", "2026-06-04")], "2026-06-14"),
        ({"days": 10}, [("2026-06-05", None)], "2026-06-11"),  # it stands still, and nobody knows until when
        ({"working_days": 3}, [("2026-06-03", "2026-06-04")], "2026-06-05"),
    ],
)
def test_a_clock_that_stood_still_runs_out_later(
    length: dict[str, int], pauses: list[tuple[str, str | None]], due: str
) -> None:
    one = {
        "pauses": [{"since": since, "until": until} for since, until in pauses],
        "closed_days": {},
        "trigger": {"fields": {}},
    }
    assert due_of(LENGTHS | length, date(2026, 6, 1), one)[0] == date.fromisoformat(due)


def test_it_knows_nothing_of_the_program() -> None:
    tree = ast.parse(Path(check_deadline.__file__).read_text("utf-8"))
    imported = {one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= set(sys.stdlib_module_names)


@pytest.mark.parametrize(("lies", "says", "code"), [(False, "agrees", 0), (True, "not 2", 1)])
def test_it_runs_by_itself_and_says_what_is_wrong(tmp_path: Path, *, lies: bool, says: str, code: int) -> None:
    one = copy.deepcopy(next(one for one in told() if one["standing"] == "overdue"))
    if lies:
        one["due_on"] = a_day_later(one["due_on"])
    document = json.dumps({"format": 1, "explanations": [one]})
    script = Path(check_deadline.__file__).resolve()
    run = subprocess.run(
        [sys.executable, "-I", str(script)], input=document, capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert (run.returncode, run.stderr) == (code, "")
    assert run.stdout.startswith(f"{one['key']}: ")
    assert says in run.stdout
