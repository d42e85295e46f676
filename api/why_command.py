"""`overgang hvorfor`: why one young person's deadline is what it is, in words or as data to count again.

The look is written down like any other: it shows facts of a person, though no name.
"""

import json
from datetime import date, datetime
from uuid import UUID

import click

from api.clock import now
from api.command_messages import clear_messages
from api.explanation_words import sections
from api.house import House
from api.sentences import in_words
from api.settings import read
from database import Role
from domain.codes import Party
from domain.facts import life_of
from domain.rules import Kind, RuleSet
from people.case_numbers import files_with
from people.read_log import log_read
from projections.closing_days import rules_on
from projections.explain import explanations
from projections.explained import Explanation
from projections.explanation_json import as_json
from projections.reading import known_on

COMMAND = "hvorfor"


class NotThere(Exception):  # noqa: N818 - a refusal
    """There is no such case, or no such rule. Nothing was shown."""


@click.command(COMMAND)
@click.argument("case_number", metavar="SAG")
@click.argument("rule", metavar="REGEL")
@click.option(
    "--pr",
    "as_of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Som det stod i loggen den dags aften (ÅÅÅÅ-MM-DD), efter de regler, der var indlæst. Ellers i dag.",
)
@click.option("--json", "as_data", is_flag=True, help="Som data, der kan regnes efter: tools/check_deadline.py.")
def why(*, case_number: str, rule: str, as_of: datetime | None, as_data: bool) -> None:
    """Forklar, hvorfor en frist er, som den er. REGEL er en regel (KUI-02) eller en del (MIL-04.exit)."""
    from api.demonstration import open_demo_or_own

    with clear_messages():
        house = open_demo_or_own(read(), now)
        try:
            tell_why(house, case_number, rule, as_of.date() if as_of else None, as_data=as_data)
        except NotThere as refusal:
            raise click.ClickException(str(refusal)) from None
        finally:
            house.close()


def tell_why(house: House, case_number: str, name: str, as_of: date | None, *, as_data: bool) -> None:
    """Explain every duty of this rule or part that the young person has or has had. Raises NotThere."""
    day = as_of or house.today
    rules = rules_on(house.log, day)
    _must_count(name, rules, day)
    person_id = _look(house, case_number)
    entries = known_on(house.log.history(person_id).entries, day)
    life = life_of(entry.fact() for entry in entries)
    found = explanations(life, rules, day, lambda duty: name in (duty.name, duty.rule_id))
    if as_data:
        click.echo(json.dumps(as_json(case_number, day, found), ensure_ascii=False, indent=1))
    elif not found:
        click.echo(f"Sag {case_number}: reglen {name} har ikke givet nogen frist pr. {in_words(day)}.")
    for number, one in enumerate(found if not as_data else (), start=1):
        _tell(one, f"Sag {case_number}, {one.rule.name}, pr. {in_words(day)} ({number} af {len(found)})")


def _tell(one: Explanation, heading: str) -> None:
    click.echo(heading)
    for section in sections(one):
        click.echo(f"\n{section.heading}")
        for line in section.lines:
            click.echo(f"  {line}")
    click.echo()


def _must_count(name: str, rules: RuleSet, day: date) -> None:
    """Refuse a rule that does not exist or from which nothing is owed, with why."""
    known = [rule for rule in rules.rules if name in (rule.name, rule.id)]
    if not rules.rules:
        raise NotThere(f"Den {in_words(day)} var der ingen regler indlæst.")
    if not known:
        raise NotThere(f"Reglen {name} findes ikke blandt de regler, der var indlæst {in_words(day)}.")
    if all(rule.id in rules.off for rule in known):
        raise NotThere(f"Kommunen har slået reglen {name} fra: {rules.off[known[0].id]}")
    if all(rule.kind is Kind.DORMANT for rule in known):
        raise NotThere(f"Reglen {name} er ikke i kraft: {known[0].missing}")


def _look(house: House, case_number: str) -> UUID:
    """Whose case it is, with the look written down. Raises NotThere."""
    with house.db.connection(Role.APPLICATION) as conn:
        person_id = files_with(conn, [case_number]).get(case_number)
        if person_id is None:
            raise NotThere(f"Ingen ung har sagsnr. {case_number}.")
        log_read(
            conn,
            at=house.now,
            staff_id=f"overgang {COMMAND}",
            unit_id="kommandolinjen",
            party=Party.MUNICIPALITY,
            person_ids=[person_id],
            category="duties",
            purpose="operation",
            route=COMMAND,
            outcome="shown",
        )
    return person_id
