"""How the rows of one file are read under its profile, and where in the file a fault stands."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from intake.aside import Keys
from intake.cells import CellFault, Cells
from intake.facts import source_id_of
from intake.grids import Columns, narrow
from intake.profile import Kind, Profile
from intake.rows import Place, Row, cell_name


@dataclass(slots=True)
class Layout:
    """The heading of a file under its profile. `sheet` is the sheet of a workbook, empty for text.

    Raises FileRefused when a day of a grid cannot be read.
    """

    profile: Profile
    header: tuple[str, ...]
    sheet: str = ""
    columns: Columns | None = field(init=False)
    _narrow: Profile = field(init=False)
    _fields: dict[tuple[str, ...], list[str | None]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.columns = Columns.of(self.profile, self.header) if self.profile.grid else None
        self._narrow = narrow(self.profile)

    def cells(self, row: Row) -> Cells:
        """The row by the fields of the profile. CellFault when the reader already found it unusable."""
        if row.fault is not None:
            raise CellFault(row.fault)
        profile = self._narrow if row.place else self.profile
        pairs = zip(self.fields_of(row.place), row.cells, strict=True)
        return Cells(profile, {name: cell.strip() for name, cell in pairs if name is not None})

    def place_of(self, row: Row, name: str) -> tuple[str, str]:
        """The heading above the guilty cell and what Excel calls it; both empty when the whole row is wrong.

        `name` is the field at fault, where the reader did not name a column itself.
        """
        index = row.column
        if index is None and not name and row.place:
            index = len(row.cells) - 1  # the row is one cell
        if index is None and name:
            fields = self.fields_of(row.place)
            if name not in fields:
                return self.profile.heading(name), ""
            index = fields.index(name)
        if index is None:
            return "", ""
        if row.place:
            if not row.place.columns:
                return row.place.header[index], ""
            index = row.place.columns[index]
        return self.header[index], cell_name(row.line, index) if self.sheet else ""

    def keys_of(self, row: Row, keys: Keys, *, demo: bool) -> tuple[bytes | None, bytes | None]:
        """Keys of what the source calls the row, and of whom it is about, where they can be read."""
        try:
            cells = self.cells(row)
        except CellFault:
            return None, None
        source_key = person_key = None
        cpr = None
        with suppress(CellFault):
            cpr = cells.cpr("cpr", demo=demo)
            person_key = keys.person(cpr)
        if self.profile.kind is Kind.PEOPLE:
            return keys.source(cpr.digits) if cpr else None, person_key
        with suppress(CellFault):
            source_key = keys.source(source_id_of(cells, demo=demo))
        return source_key, person_key

    def fields_of(self, place: Place | None) -> Sequence[str | None]:
        """Which field each cell of a row holds, where the row stands in `place`."""
        header = place.header if place else self.header
        if header not in self._fields:
            self._fields[header] = (self._narrow if place else self.profile).fields_of(header)
        return self._fields[header]
