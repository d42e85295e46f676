"""`overgang slet-person`: two people decide, and then it is done. docs/drift/sletning.md is its manual.

Whoever can run commands here can read all of the database, so `--af` is believed; that there were two people is for
the municipality to see to, and the names of both stand in the list for good.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

import click

from api.clock import now
from api.command_messages import clear_messages
from api.house import House
from api.sentences import in_words
from api.settings import read
from domain.facts import civil_date
from erasure import ErasureRefused
from erasure.table import STALE, Erasure, Stage
from erasure.words import ARCHIVES, GROUNDS, GROUPS, WHOLE
from intake import shipped_profiles

Code = TypeVar("Code")

STAGES: Mapping[Stage, str] = {
    Stage.PROPOSED: "foreslået",
    Stage.CONFIRMED: "bekræftet, ikke udført",
    Stage.STALE: "forældet",
    Stage.WITHDRAWN: "fortrudt",
    Stage.FINISHED: "udført",
}
SHOWN = 8
"""So many characters of an id are shown and asked for."""


def _choice(words: Mapping[Code, tuple[str, str]]) -> click.Choice[str]:
    return click.Choice([word for word, _ in words.values()])


def _code(words: Mapping[Code, tuple[str, str]], typed: str) -> Code:
    return next(code for code, (word, _) in words.items() if word == typed)


@click.group("slet-person")
def erase() -> None:
    """Slet en person for altid, eller én gruppe af oplysninger. To skal være om det."""


@erase.command("foreslaa")
@click.argument("case_number", metavar="SAGSNUMMER")
@click.option("--grund", "ground", type=_choice(GROUNDS), required=True, help="Hvorfor der slettes.")
@click.option("--arkiv", "archive", type=_choice(ARCHIVES), required=True, help="Hvad arkivet har svaret.")
@click.option("--henvisning", "reference", required=True, help="Arkivets aflevering eller bestemmelsen; uden navne.")
@click.option("--af", "by", required=True, metavar="MEDARBEJDER", help="Id på den, der foreslår.")
@click.option("--gruppe", "group", type=_choice(GROUPS), help="Kun denne gruppe af oplysninger.")
def propose(*, case_number: str, ground: str, archive: str, reference: str, by: str, group: str | None) -> None:
    """Foreslå en sletning. Intet slettes endnu."""
    with _opened() as house:
        proposed = house.eraser.deciding.propose(
            case_number,
            ground=_code(GROUNDS, ground),
            archive=_code(ARCHIVES, archive),
            reference=reference,
            by=by,
            now=house.now,
            group=_code(GROUPS, group) if group else None,
        )
        short = _short(proposed.erasure.erasure_id)
        click.echo(f"Foreslået: {_what(proposed.erasure)}. Id {short}.")
        if len(proposed.erasure.streams) > 1:
            click.echo(f"Sagen er lagt sammen af {len(proposed.erasure.streams)} sager; alle slettes.")
        _warn_of(proposed.tells_lately)
        click.echo(
            f"Inden {in_words(civil_date(house.now + STALE))} skal en anden leder eller databeskyttelsesrådgiveren "
            f"bekræfte: overgang slet-person bekraeft {short} --af …"
        )


@erase.command("bekraeft")
@click.argument("erasure_id", metavar="ID")
@click.option("--af", "by", required=True, metavar="MEDARBEJDER", help="Id på den, der bekræfter.")
def confirm(*, erasure_id: str, by: str) -> None:
    """Bekræft en andens forslag. Intet slettes endnu."""
    with _opened() as house:
        deciding = house.eraser.deciding
        confirmed = deciding.confirm(deciding.named(erasure_id), by=by, now=house.now)
        short = _short(confirmed.erasure_id)
        click.echo(f"Bekræftet: {_what(confirmed)}. Slet med: overgang slet-person udfoer {short}")
        click.echo("Derefter kan det ikke fortrydes.")


@erase.command("fortryd")
@click.argument("erasure_id", metavar="ID")
@click.option("--af", "by", required=True, metavar="MEDARBEJDER", help="Id på den, der fortryder.")
def withdraw(*, erasure_id: str, by: str) -> None:
    """Fortryd et forslag, også når det er bekræftet, så længe det ikke er udført."""
    with _opened() as house:
        deciding = house.eraser.deciding
        deciding.withdraw(deciding.named(erasure_id), by=by, now=house.now)
        click.echo("Fortrudt. Intet er slettet.")


@erase.command("udfoer")
@click.argument("erasure_id", metavar="[ID]", required=False)
def carry_out(*, erasure_id: str | None) -> None:
    """Udfør det, to har besluttet, og gør afbrudte sletninger færdige. Uden ID: dem alle."""
    with _opened() as house:
        eraser = house.eraser
        ids = [eraser.deciding.named(erasure_id)] if erasure_id else eraser.waiting(house.now)
        refused = 0
        for one in ids:
            try:
                done = eraser.carry_out(one, now=house.now)
            except ErasureRefused as refusal:
                refused += 1
                click.echo(f"Ikke slettet: {_short(one)}. {refusal.text}", err=True)
            else:
                click.echo(f"Slettet: {_what(done)}. Id {_short(one)}.")
        if house.finished_erasures:
            click.echo(f"{house.finished_erasures} sletning(er), der var begyndt, er gjort færdige.")
        if len(ids) > refused or house.finished_erasures:
            click.echo(
                "Sikkerhedskopier og diske har stadig krypterede rester. De kan ikke læses mere, når hovednøglen er "
                "skiftet (overgang noegler roter) og den gamle nøglemappes kopier er slettet."
            )
        elif not ids:
            click.echo("Ingen sletninger venter.")
    sys.exit(1 if refused else 0)


@erase.command("liste")
def show() -> None:
    """Vis alle sletninger: hvad, hvorfor, af hvem og hvornår."""
    with _opened() as house:
        found = house.eraser.deciding.all()
        for one in found:
            click.echo(_line(house, one))
        if not found:
            click.echo("Der er ingen sletninger.")


@erase.command("tilbagehold")
@click.argument("case_number", metavar="SAGSNUMMER")
@click.option("--henvisning", "reference", required=True, help="Hvilken sag det er af hensyn til; uden navne.")
@click.option("--af", "by", required=True, metavar="MEDARBEJDER", help="Id på en leder eller rådgiveren.")
def hold(*, case_number: str, reference: str, by: str) -> None:
    """Lad intet blive slettet om personen, så længe en sag kører."""
    with _opened() as house:
        house.eraser.deciding.hold(case_number, reference=reference, by=by, now=house.now)
        click.echo("Tilbageholdt: intet slettes om personen, før det frigives.")


@erase.command("frigiv")
@click.argument("case_number", metavar="SAGSNUMMER")
@click.option("--af", "by", required=True, metavar="MEDARBEJDER", help="Id på en leder eller rådgiveren.")
def lift(*, case_number: str, by: str) -> None:
    """Frigiv personens oplysninger igen."""
    with _opened() as house:
        house.eraser.deciding.lift(case_number, by=by, now=house.now)
        click.echo("Frigivet.")


@contextmanager
def _opened() -> Iterator[House]:
    from api.demonstration import open_demo_or_own

    with clear_messages():
        house = open_demo_or_own(read(), now)
        try:
            yield house
        finally:
            house.close()


def _warn_of(profiles: Iterable[str]) -> None:
    titles = {profile.name: profile.title for profile in shipped_profiles()}
    told = [titles.get(profile, profile) for profile in profiles]
    if told:
        click.echo(
            f"Advarsel: {', '.join(told)} har fortalt om personen for nylig. Bliver det ved, begynder en ny sag under "
            "samme nummer: få kilden til at holde op først."
        )


def _line(house: House, one: Erasure) -> str:
    parts = [_short(one.erasure_id), STAGES[one.stage(house.now)], _what(one), f"arkiv: {ARCHIVES[one.archive][1]}"]
    parts.append(one.reference or "henvisningen gik tabt, da en sikkerhedskopi blev gendannet")
    parts.append(f"foreslået {in_words(civil_date(one.proposed_at))} af {one.proposed_by}")
    if one.confirmed_at and one.confirmed_by:
        parts.append(f"bekræftet {in_words(civil_date(one.confirmed_at))} af {one.confirmed_by}")
    if one.finished_at:
        parts.append(f"udført {in_words(civil_date(one.finished_at))}")
    elif one.withdrawn_at and one.withdrawn_by:
        parts.append(f"fortrudt {in_words(civil_date(one.withdrawn_at))} af {one.withdrawn_by}")
    return " · ".join(parts)


def _what(one: Erasure) -> str:
    whom = WHOLE if one.group is None else GROUPS[one.group][1]
    return f"{whom}, {GROUNDS[one.ground][1]}"


def _short(erasure_id: UUID) -> str:
    return str(erasure_id)[:SHOWN]
