"""The sample files, read as an import reads them, and the lives that they tell."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from domain.catalogue import BY_TYPE
from domain.events import JourneyEvent
from intake.cells import Cells
from intake.facts import ToldEvent, told_event
from intake.importing import in_batches
from intake.layout import Layout
from intake.profile import Kind, Profile
from intake.profiles import shipped_profiles
from intake.reading import look
from intake.recognising import Recognised, recognise
from intake.sorts import EventField, columns_of_event
from people.cpr import Cpr
from tests.intake.office import NOW
from tests.intake.sample_lives import COUNSELLOR, HANDOVER, TOLD_BY

SAMPLES = Path(__file__).parent / "samples"
PROFILES = {profile.name: profile for profile in shipped_profiles()}
OF_EVENTS = [name for name, profile in PROFILES.items() if profile.kind is Kind.EVENTS]
OF_PEOPLE = [name for name, profile in PROFILES.items() if profile.kind is Kind.PEOPLE]
SECOND_DIALECT = [name for name in PROFILES if name.endswith("-b")]


@dataclass(frozen=True)
class Sample:
    known: Recognised
    rows: list[Cells]


def sample(name: str) -> Path:
    return SAMPLES / f"{name}.csv"


def read(path: Path) -> Sample:
    known = recognise(path, look(path), shipped_profiles())
    layout = Layout(known.profile, known.header, known.sheet)
    with known.open() as (table, _):
        return Sample(known, [layout.cells(row) for batch in in_batches(table.rows(), layout.columns) for row in batch])


def told(cells: Cells) -> ToldEvent:
    return told_event(cells, now=NOW, demo=True, handover_id=lambda _: HANDOVER, staff={COUNSELLOR})


def changed(cells: Cells, field: str, text: str) -> Cells:
    return Cells(cells.profile, {**cells.by_field, field: text})


def events_of(path: Path) -> list[tuple[Cpr, JourneyEvent]]:
    return [(one.cpr, one.event) for one in map(told, read(path).rows)]


def code_of(event: JourneyEvent) -> str:
    return BY_TYPE[type(event)].code


def expected(profile: Profile) -> list[tuple[Cpr, JourneyEvent]]:
    """The part of the life that this kind of file tells of."""
    return [
        (Cpr.parse(cpr, demo=True), event) for cpr, event in TOLD_BY[profile.name] if code_of(event) in profile.told
    ]


def worded(cells: Cells) -> Iterator[tuple[str, EventField]]:
    """The filled cells of this row that hold a word of the source."""
    event = told(cells).event
    for column, each in columns_of_event(code_of(event)).items():
        if column in cells.profile.values and cells.optional(column):
            yield column, each
