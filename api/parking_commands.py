"""`overgang parkerede` and `overgang genoptag`: whom the lists do not follow, and how they go on.

docs/drift/parkering.md is their manual.
"""

import sys
from collections.abc import Callable, Sequence
from uuid import UUID

import click

from api.clock import now
from api.command_messages import clear_messages
from api.house import House
from api.settings import read
from database import Role
from domain.facts import COPENHAGEN
from people.case_numbers import case_numbers_of, files_with
from projections.again import work_out_again
from projections.parked import LeftOut, left_out, parked_people
from projections.spans import TABLES

_LISTS = {
    "worklist": "arbejdslisten",
    "young": "Mine unge",
    "milepaelen": "Milepælens lister",
    "wish": "ønsker til dagsordenen",
}
_REASONS = {
    "Forged": "hændelsen er ændret eller hører ikke til dér",
    "KeyMissing": "nøglen mangler",
    "Unreadable": "programmet kender ikke hændelsen",
}


class NoSuchCase(Exception):  # noqa: N818 - a refusal
    """Nobody has that case number. Nothing was done."""


@click.command("parkerede")
def parked() -> None:
    """Vis, hvilke unge listerne ikke følger, siden hvornår og hvorfor."""
    _run(tell_who_is_parked)


@click.command("genoptag")
@click.argument("case_numbers", metavar="[SAGSNUMMER]...", nargs=-1)
def go_on(case_numbers: tuple[str, ...]) -> None:
    """Lad listerne følge disse unge igen, eller alle parkerede: deres rækker regnes ud på ny fra loggen."""
    _run(lambda house: let_go_on(house, case_numbers))


def _run(command: Callable[[House], bool]) -> None:
    """In the house as it stands. Exit code 1 when somebody stands still, as a watch wants it."""
    from api.demonstration import open_demo_or_own

    with clear_messages():
        house = open_demo_or_own(read(), now)
        try:
            all_well = command(house)
        except NoSuchCase as refusal:
            raise click.ClickException(str(refusal)) from None
        finally:
            house.close()
    sys.exit(0 if all_well else 1)


def tell_who_is_parked(house: House) -> bool:
    """Say by case number who is parked, where, why and since when. True when nobody is."""
    with house.db.connection(Role.APPLICATION) as conn:
        found = left_out(conn)
        numbers = case_numbers_of(conn, {one.person_id for one in found})
    for one in found:
        click.echo(_line(one, numbers))
    total = len({one.person_id for one in found})
    click.echo(f"I alt: {_young(total)} er parkeret." if total else "Ingen unge er parkeret.")
    return not total


def let_go_on(house: House, numbers: Sequence[str]) -> bool:
    """Work these people's rows out again, or everybody's who is parked. True when all of them go on.

    Raises NoSuchCase, and RebuildRunning when the lists are being rebuilt.
    """
    with house.db.connection(Role.APPLICATION) as conn:
        people = _with_numbers(files_with(conn, numbers), numbers) if numbers else parked_people(conn)
    if not people:
        click.echo("Ingen unge er parkeret.")
        return True
    done = work_out_again(house.db, house.log, people)
    click.echo(f"{_young(done.going_on)} følges igen af alle lister.")
    if done.parked:
        click.echo(f"{_young(done.parked)} kan stadig ikke læses. Kør overgang parkerede for at se hvorfor.")
    return not done.parked


def _with_numbers(found: dict[str, UUID], numbers: Sequence[str]) -> list[UUID]:
    for number in numbers:
        if number not in found:
            raise NoSuchCase(f"Ingen ung har sagsnr. {number}. Der er ikke ændret noget.")
    return list(found.values())


def _line(one: LeftOut, numbers: dict[UUID, str]) -> str:
    lists = "alle lister" if len(one.tables) == len(TABLES) else ", ".join(_LISTS[name] for name in one.tables)
    reason = _REASONS.get(one.reason, "programmet kan ikke regne med det")
    at = f"{one.since.astimezone(COPENHAGEN):%d.%m.%Y kl. %H.%M}"
    position = f"{one.position:,}".replace(",", ".")
    who = numbers.get(one.person_id, "uden sagsnr.")
    return f"{who}: {lists}, fra hændelse {position} af {at}: {reason} ({one.reason})."


def _young(count: int) -> str:
    return "1 ung" if count == 1 else f"{count} unge"
