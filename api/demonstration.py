"""The fictional municipality: its files are written, and delivered one after another as over two years."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import click

from api.house import SYSTEM, House, open_house
from api.importing import office_of
from api.settings import Settings
from demo import rules_of_the_municipality, write
from demo.filling import fill as fill_from
from demo.filling import introduce_staff
from domain.rules import RuleFault
from intake import size_of
from intake.deliveries import DELIVERED_AT
from projections.closing_days import ensure_rules
from projections.follow import Follower
from projections.rules_loaded import loadings


def open_demo_or_own(settings: Settings, clock: Callable[[], datetime]) -> House:
    """The house as it was prepared. Until sign-on can be configured, that is a demonstration."""
    house = open_house(settings, clock, demo=True)
    introduce_staff(office_of(house))
    keep_rules_up(house)
    return house


def keep_rules_up(house: House) -> None:
    """Load the rules that come with this version of the program, beside the municipality's own file.

    Where the two do not go together the rules in force stay in force, and it is said.
    """
    try:
        ensure_rules(house.log, SYSTEM, house.now)
    except RuleFault as fault:
        if not loadings(house.log):
            raise
        click.echo(
            f"Reglerne, der følger med programmet, passer ikke sammen med kommunens egen fil: {fault}\n"
            "De regler, der er i kraft, gælder stadig. Ret filen, og indlæs den: overgang regler indlaes.",
            err=True,
        )


def prepare(
    settings: Settings, clock: Callable[[], datetime], youths: int, seed: int, say: Callable[[str], None]
) -> House:
    """A demonstration ready to be served: filled the first time, as it was left every other time."""
    house = open_house(settings, clock, demo=True)
    try:
        files, marker = settings.data / "demo-files", settings.data / "demo-filled"
        if not _is_filled(house, files, marker):
            fill(house, files, youths, seed, say)
            marker.write_text(str(house.log.log_id), "utf-8")
        keep_rules_up(house)
    except BaseException:
        house.close()
        raise
    return house


def _is_filled(house: House, files: Path, marker: Path) -> bool:
    """Whether this log has had its two years. A start that broke off has left its files, and goes on with them."""
    if marker.exists() and marker.read_text("utf-8") == str(house.log.log_id):
        return True
    return house.log.position() > 0 and not files.exists()


def fill(house: House, folder: Path, youths: int, seed: int, say: Callable[[str], None]) -> None:
    """Load staff and rules, import two years of deliveries, each on its own day, and do what was done on pages."""
    say(f"Skriver to års leverancer om {youths} opdigtede unge …")
    if not folder.exists():  # a start that broke off has left them
        write(folder, youths, seed, house.today, deliveries=True)
    began = datetime.combine(min(_days_of(folder)), DELIVERED_AT)
    ensure_rules(house.log, SYSTEM, began, text=rules_of_the_municipality(), recorded_at=began)
    with click.progressbar(length=size_of([folder]), label="Indlæser", width=40) as bar:
        for _ in fill_from(office_of(house), folder, count=youths, seed=seed, now=house.now, progress=bar.update):
            pass
    say("Bringer listerne ajour …")
    follower = Follower(house.db, house.log)
    while follower.catch_up():
        pass


def load_demo_staff(house: House) -> None:
    """The fictional municipality's units and staff."""
    introduce_staff(office_of(house))


def _days_of(folder: Path) -> list[date]:
    return [date.fromisoformat(path.name) for path in folder.iterdir() if path.is_dir()]
