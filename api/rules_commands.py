"""`overgang regler`: check a file of rules, load it, see what is in force, and try a change on what has happened.

docs/brugervejledning/regler.md is their manual. Whoever can run commands here can read all of the database, so `--af`
is believed, as it is where somebody is erased.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from api.clock import now
from api.command_messages import clear_messages
from api.house import House
from api.rule_trial import Trial, TrialRefused, start_of_year_before, try_change
from api.rules_in_words import BECAME, COUNTED, FATES, own_days_in_words
from api.sentences import in_words, many
from api.settings import read
from api.words import PARTIES
from database import Role
from domain.rules import (
    Became,
    Content,
    Difference,
    Kind,
    Rule,
    RuleFault,
    RuleSet,
    apart,
    differences,
    draft_of,
    is_own,
    laid_over,
    must_be_own,
    parse,
    rule_set,
    shipped_rules,
    together,
)
from eventlog import Actor, ActorKind
from people.case_numbers import case_numbers_of
from people.staff import Function, staff_by_id
from projections.closing_days import ensure_rules, shipped_with_own
from projections.preview import Fate
from projections.rules_loaded import loadings

MAY_LOAD = frozenset({Function.LEADER, Function.COORDINATOR})
TheFile = click.Path(exists=True, dir_okay=False, path_type=Path)
TheDay = click.DateTime(["%Y-%m-%d"])
CODES = {Fate.BECOMES: "bliver_overskredet", Fate.DROPS_OFF: "falder_vaek", Fate.MOVES: "flytter_sig"}


@click.group("regler")
def rules() -> None:
    """Se, tjek, prøv og indlæs de regler, fristerne regnes efter."""


@rules.command("tjek")
@click.argument("file", metavar="FIL", type=TheFile)
def check(*, file: Path) -> None:
    """Læs en regelfil strengt, uden at indlæse den: hvad er der galt, og hvad siger den."""
    with _clear_faults():
        content = _text(file)
        whole = laid_over(shipped_rules(), file.name, content)
        stands_alone = [name for name, _ in apart(whole)] == [file.name]
        told = [] if stands_alone else differences(rule_set(shipped_rules(), ()), rule_set(whole, ()))
        found = parse(whole)
        click.echo(f"{file.name} kan læses. {_count(found)}")
        _tell(told)
        _tell_days(found)
        if draft_of(file.name, content) is not None:
            click.echo("Filen er et udkast. Den kan prøves, men ikke indlæses.")
        elif is_own(content):
            click.echo("Filen er en kommunes egen. Indlæs den med: overgang regler indlaes FIL --af MEDARBEJDER")


@rules.command("indlaes")
@click.argument("file", metavar="[FIL]", type=TheFile, required=False)
@click.option(
    "--af", "by", required=True, metavar="MEDARBEJDER", help="Id på den leder eller koordinator, der gør det."
)
@click.option("--uden-egne", "without", is_flag=True, help="Lad kommunens egen fil gå ud; kun uden FIL.")
def load(*, file: Path | None, by: str, without: bool) -> None:
    """Sæt de regler, der følger med programmet, i kraft sammen med kommunens egen fil.

    Uden FIL bruges kommunens fil, som den sidst blev indlæst.
    """
    if file is not None and without:
        raise click.ClickException("Vælg enten en fil eller --uden-egne.")
    with _opened() as house, _clear_faults():
        actor = _who(house, by)
        if file is not None:
            content = _text(file)
            must_be_own(file.name, content)
            text = shipped_rules() + together([(file.name, content)])
        else:
            text = shipped_rules() if without else shipped_with_own(house.log)
        before = loadings(house.log)
        after = ensure_rules(house.log, actor, house.now, text=text)
        if before and before[-1].event.sha256 == after.sha256:
            click.echo("De samme regler er allerede i kraft. Intet er ændret.")
            return
        click.echo(f"Indlæst og i kraft nu. {_count(parse(text))} Fingeraftryk: {after.sha256}")
        old = before[-1].rules if before else RuleSet((), frozenset(), "")
        _tell(differences(old, after))
        _tell_closed(old.closed_days, after.closed_days)


@rules.command("vis")
def show() -> None:
    """Vis, hvilke regler der er i kraft, siden hvornår, og hvad kommunen har lagt til eller slået fra."""
    with _opened() as house, _clear_faults():
        loaded = loadings(house.log)
        if not loaded:
            raise click.ClickException("Der er ikke indlæst regler endnu.")
        last = loaded[-1]
        content = parse(last.event.rules)
        click.echo(f"I kraft siden {in_words(last.since)}, indlæst af {last.by.id} (hændelse {_dots(last.position)}).")
        click.echo(f"Fingeraftryk: {last.event.sha256}")
        click.echo(_count(content))
        own = [name for name, _ in last.own_files]
        click.echo(f"Kommunens egen fil: {', '.join(own) or 'ingen'}")
        for rule_id, reason in content.off.items():
            click.echo(f"Slået fra: {rule_id}. {reason}")
        days = own_days_in_words(content.own_days)
        click.echo(f"Kommunens egne lukkedage: {', '.join(days) or 'ingen'}")
        click.echo(f"Regler er indlæst {many(len(loaded), 'gang', 'gange')} i alt.")


@rules.command("proev")
@click.argument("file", metavar="NY.TOML", type=TheFile)
@click.option("--fra", "first", type=TheDay, help="Den første dag i vinduet. Ellers 1. januar sidste år.")
@click.option("--til", "last", type=TheDay, help="Den sidste dag i vinduet. Ellers i dag.")
@click.option("--som-om", "as_if", type=TheDay, help="Lad ændringen gælde fra denne dag, også hvor den først kommer.")
@click.option("--json", "as_json", is_flag=True, help="Til maskiner: alt, med sagsnumre og uden navne.")
def preview(
    *, file: Path, first: datetime | None, last: datetime | None, as_if: datetime | None, as_json: bool
) -> None:
    """Prøv en ændring på det, der er sket: hvem bliver overskredet, og hvem falder væk? Intet skrives."""
    with _opened() as house, _clear_faults():
        today = house.today
        trial = try_change(
            house,
            file.name,
            _text(file),
            first=first.date() if first else start_of_year_before(today),
            last=last.date() if last else today,
            as_if_from=as_if.date() if as_if else None,
        )
        numbers = _numbers(house, trial)
        if as_json:
            click.echo(json.dumps(_for_machines(file.name, trial, numbers), ensure_ascii=False, indent=1))
        else:
            _tell_trial(trial, numbers)


def _tell_trial(trial: Trial, numbers: dict[Any, str]) -> None:
    found = trial.found
    click.echo(
        f"{many(found.people, 'ung', 'unge')}, {in_words(found.first)} til {in_words(found.last)}: "
        f"{many(trial.count(Fate.BECOMES), 'frist', 'frister')} bliver overskredet, "
        f"{trial.count(Fate.DROPS_OFF)} falder væk, "
        f"{trial.count(Fate.MOVES)} får en anden dag eller afdeling, {found.as_before} er som før."
    )
    for sentence in filter(None, (trial.draft, *trial.remarks)):
        click.echo(sentence)
    for group in trial.by_rule:
        click.echo(f"\n{group.name} {group.title}")
        for fate, each in group.fates:
            cases = sorted(numbers.get(one.person_id, "uden sagsnr.") for one in each)
            click.echo(f"  {FATES[fate]}: {len(each)}: {', '.join(cases)}")
    if trial.by_party:
        click.echo("\nEfter afdeling")
    for party, counts in trial.by_party:
        said = ", ".join(f"{count} {FATES[fate]}" for fate, count in counts)
        click.echo(f"  {PARTIES[party]}: {said}")
    click.echo("\nForskellen i reglerne")
    for one in trial.differences:
        click.echo("\n".join(["", f"{one.id} {one.title} ({BECAME[one.became]})", *one.lines]))
    if not trial.differences:
        click.echo("Ingen.")
    click.echo("\nIntet er skrevet.")


def _for_machines(name: str, trial: Trial, numbers: dict[Any, str]) -> dict[str, Any]:
    found = trial.found
    return {
        "fil": name,
        "fra": found.first.isoformat(),
        "til": found.last.isoformat(),
        "som_om": trial.as_if_from.isoformat() if trial.as_if_from else None,
        "unge": found.people,
        "kunne_ikke_laeses": found.unreadable,
        "som_foer": found.as_before,
        "frister": [
            {
                "regel": f"{one.rule_id}.{one.rule_part}" if one.rule_part else one.rule_id,
                "hvad": CODES[one.fate],
                "sag": numbers.get(one.person_id),
                "frist": one.due_on.isoformat(),
                "frist_foer": one.was_due_on.isoformat() if one.was_due_on else None,
                "afdeling": one.holder,
                "afdeling_foer": one.was_held_by,
            }
            for one in found.touched
        ],
        "efter_regel": {group.name: {CODES[fate]: len(each) for fate, each in group.fates} for group in trial.by_rule},
        "efter_afdeling": {party: {CODES[fate]: count for fate, count in each} for party, each in trial.by_party},
        "udkast": trial.draft or None,
        "bemaerkninger": list(trial.remarks),
        "forskel": [{"regel": one.id, "hvad": one.became, "linjer": list(one.lines)} for one in trial.differences],
    }


def _numbers(house: House, trial: Trial) -> dict[Any, str]:
    with house.db.connection(Role.APPLICATION) as conn:
        return case_numbers_of(conn, {one.person_id for one in trial.found.touched})


def _who(house: House, by: str) -> Actor:
    """Who loads them, when somebody of that id may."""
    with house.db.connection(Role.APPLICATION) as conn:
        staff = staff_by_id(conn, house.log.keys, by)
    if staff is None or not staff.active:
        raise click.ClickException(f"Ingen medarbejder har id {by}. Intet er ændret.")
    if staff.function not in MAY_LOAD:
        raise click.ClickException("Kun en leder eller koordinator kan sætte regler i kraft. Intet er ændret.")
    return Actor(kind=ActorKind.STAFF, id=staff.staff_id, unit=staff.unit_id, role=staff.party)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        raise RuleFault(f"{file.name}: Filen er ikke UTF-8-tekst.") from None


def _count(content: Content) -> str:
    ids = {rule.id for rule in content.rules}
    counting = {rule.id: rule.kind for rule in content.rules if _counts(rule, content)}
    by_kind = Counter(counting.values())
    said = ", ".join(many(count, *COUNTED[kind]) for kind in Kind if (count := by_kind[kind]))
    return f"{many(len(counting), 'regel', 'regler')} tæller ({said}), {len(ids) - len(counting)} er ikke i kraft."


def _counts(rule: Rule, content: Content) -> bool:
    return rule.kind is not Kind.DORMANT and rule.id not in content.off


def _tell(found: Sequence[Difference]) -> None:
    for one in found:
        click.echo(f"{one.id} {one.title}: {BECAME[one.became]}")
        for line in one.lines if one.became is Became.CHANGED else ():
            if line[:1] in "+-":
                click.echo(f"  {line}")


def _tell_days(content: Content) -> None:
    for day in own_days_in_words(content.own_days):
        click.echo(f"Lukkedag: {day}")


def _tell_closed(before: frozenset[date], after: frozenset[date]) -> None:
    added, gone = len(after - before), len(before - after)
    if before and (added or gone):
        click.echo(f"Lukkedage: {added} flere, {gone} færre.")


def _dots(number: int) -> str:
    return f"{number:,}".replace(",", ".")


@contextmanager
def _clear_faults() -> Iterator[None]:
    """What is wrong with a file of rules, or with what was asked, in one sentence and exit code 1."""
    try:
        yield
    except RuleFault as fault:
        raise click.ClickException(f"{fault}\nDe regler, der er i kraft, gælder stadig.") from None
    except TrialRefused as refusal:
        raise click.ClickException(str(refusal)) from None


@contextmanager
def _opened() -> Iterator[House]:
    from api.demonstration import open_demo_or_own

    with clear_messages():
        house = open_demo_or_own(read(), now)
        try:
            yield house
        finally:
            house.close()
