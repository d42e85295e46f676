"""One young person's story for a test of the law: events in, what is owed by one rule out; and the form of a case.

A file of tables names its cases `CASES` and what law.md says of its rules `SAID`; `test_mutation` finds them there.
"""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime
from uuid import UUID

from domain.codes import DataClass, Matter, Party
from domain.events import Event, JourneyStarted
from domain.facts import Fact, life_of
from domain.obligations import Obligation, Standing, obligations
from domain.rules import Kind, Rule, RuleSet, law_file, rule_set, shipped_rules, together
from projections.closing_days import YEARS, danish_closed_days
from tests.examples import at

BORN = date(2009, 3, 14)
"""15 on 14.3.2024, 16 on 14.3.2025, 17½ on 14.9.2026, 18 on 14.3.2027, 25 in 2034, 30 in 2039."""

LAW = rule_set(shipped_rules(), danish_closed_days(YEARS))
WITH_LEMVIG = shipped_rules() + together([("lemvig.toml", law_file("lemvig"))])
LEMVIG = rule_set(WITH_LEMVIG, danish_closed_days(YEARS))

Told = Event | tuple[Event, datetime]
"""Something that happened, known the same day; or with the instant when it was known."""


def day(text: str) -> date:
    """The day written as in Danish: "14.3.2027"."""
    in_month, month, year = map(int, text.split("."))
    return date(year, month, in_month)


def known(event: Event, on: date | datetime | str) -> tuple[Event, datetime]:
    """The event, of which the municipality learned only then."""
    on = day(on) if isinstance(on, str) else on
    return event, on if isinstance(on, datetime) else at(on)


def owed(name: str, *told: Told, born_on: date = BORN, rules: RuleSet | None = None) -> list[Obligation]:
    """What is owed by the rule, or its part ("MIL-04.exit"), after these events, in the order of their deadlines.

    An event is known on the day it happened, unless told otherwise (`known`). The entry of the nth event has id n.
    """
    started = JourneyStarted(on=date(2013, 1, 1), born_on=born_on)
    pairs = [one if isinstance(one, tuple) else (one, at(one.on)) for one in (started, *told)]
    facts = (
        Fact(entry_id=UUID(int=number), event=event, known_at=known_at, recorded_at=known_at, position=number + 1)
        for number, (event, known_at) in enumerate(pairs)
    )
    return [one for one in obligations(life_of(facts), rules or LAW) if name in (one.name, one.rule_id)]


def the_one(name: str, *told: Told, born_on: date = BORN, rules: RuleSet | None = None) -> Obligation:
    """The only thing owed by the rule."""
    [one] = owed(name, *told, born_on=born_on, rules=rules)
    return one


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a table: after what was told, the rule or part asks for exactly this.

    `due` are the days of all readings in the order of the rule's file, as "9.4.2026 13.4.2026"; of a duty without a
    date the day from which it is asked for; empty where nothing is owed. `open` … `lapsed` are days on which it stands
    so. `shown` is the first day it is shown. `version` which version judges it. Where the same rule asks several times,
    `nth` (from 1, in the order of the deadlines) of `times`. `late_news`: nobody could have kept it.
    """

    says: str
    told: Sequence[Told]
    due: str = ""
    _: KW_ONLY
    rule: str
    holder: Party
    giver: Party
    receiver: Party
    dated: bool = True
    open: str = ""
    overdue: str = ""
    in_time: str = ""
    late: str = ""
    paused: str = ""
    lapsed: str = ""
    shown: str = ""
    late_news: bool = False
    version: int = 1
    nth: int = 1
    times: int = 1
    due_at: datetime | None = None
    born_on: date = BORN

    def __str__(self) -> str:
        return f"{self.rule}: {self.says}"


def check(case: Case, rules: RuleSet | None = None) -> None:
    """AssertionError where these rules ask for something else than the case says. None is the shipped law."""
    found = owed(case.rule, *case.told, born_on=case.born_on, rules=rules)
    if not case.due:
        assert found == [], f"{case}: nothing is owed, but {[one.key for one in found]}"
        return
    assert len(found) == case.times, f"{case}: owed {len(found)} times"
    one = found[case.nth - 1]
    told = {
        "due": [reading.due_on for reading in one.readings],
        "dated": one.is_dated,
        "holder": one.holder,
        "giver": one.giver,
        "receiver": one.receiver,
        "version": one.rule_version,
        "late_news": one.could_not_be_known,
    }
    wanted = {
        "due": [day(text) for text in case.due.split()],
        "dated": case.dated,
        "holder": case.holder,
        "giver": case.giver,
        "receiver": case.receiver,
        "version": case.version,
        "late_news": case.late_news,
    }
    if case.shown:
        told["shown"], wanted["shown"] = one.shown_from, day(case.shown)
    if case.due_at:
        told["due_at"], wanted["due_at"] = one.due_at, case.due_at
    for standing in Standing:
        if text := getattr(case, standing.name.lower()):
            told[f"on {text}"], wanted[f"on {text}"] = one.standing(day(text)), standing
    assert told == wanted, str(case)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What law.md says of one rule or part, in one version: the columns of its table.

    `certain` and `source` are words that must stand in the rule's. `bases` tells for every reading whether the law, the
    municipality or only a proposal says the day. `valid` are the first and last day, as "1.1.2024 30.6.2026".
    """

    rule: str
    version: int = 1
    kind: Kind
    giver: Party | None
    receiver: Party
    holder: Party
    matter: Matter
    data_class: DataClass
    certain: str
    source: str
    valid: str
    bases: str = "law"

    def __str__(self) -> str:
        return f"{self.rule} version {self.version}"


def check_said(said: Said, rules: RuleSet | None = None) -> None:
    """AssertionError where the rule is not as law.md says. None is the shipped law."""
    rule: Rule = (rules or LAW).rule(said.rule, said.version)
    first, *last = map(day, said.valid.split())
    assert (rule.kind, rule.giver, rule.receiver, rule.holder) == (said.kind, said.giver, said.receiver, said.holder)
    assert (rule.matter, rule.data_class) == (said.matter, said.data_class)
    assert [reading.basis for reading in rule.readings] == said.bases.split()
    assert (rule.valid_from, rule.valid_until) == (first, last[0] if last else date.max)
    assert said.certain in rule.certainty, rule.certainty
    assert said.source in rule.source, rule.source
