"""A grid into rows: one row per young person and one column per day becomes one row per filled cell.

So everything behind this sees what it sees of any file, and one wrong cell costs no other. An empty cell says
nothing, also when it once said something: that a mark was rubbed out is told by a person, not by a file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from intake.days import DayFault, day_of, written
from intake.profile import DAY, VALUE, Profile, Shape
from intake.report import FileRefused
from intake.rows import Place, Row, canonical
from intake.words import sentence


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of this file are days, and which hold what all days of a row share."""

    profile: Profile
    days: tuple[tuple[int, str], ...]
    shared: tuple[tuple[int, str], ...]

    @classmethod
    def of(cls, profile: Profile, header: Sequence[str]) -> "Columns":
        """Raises FileRefused for a day that cannot be read or stands there twice: a whole column would be lost."""
        is_day, used = profile.days_in(header), profile.fields_of(header)
        days = [
            (index, written(_read_day(heading, profile), profile.dates[0]))
            for index, heading in enumerate(header)
            if is_day[index]
        ]
        for place, (index, day) in enumerate(days):
            if any(day == before for _, before in days[:place]):
                raise FileRefused(
                    f"Kolonnen “{header[index]}” står der flere gange, så det er uklart, hvilken der gælder. "
                    "Ret arket, så hver dag kun står én gang."
                )
        shared = tuple((index, heading) for index, heading in enumerate(header) if used[index] is not None)
        return cls(profile, tuple(days), shared)

    @property
    def header(self) -> tuple[str, ...]:
        """The heading of the rows that cells become."""
        return (*(heading for _, heading in self.shared), DAY, VALUE)

    def cells_of(self, row: Row) -> Iterator[Row]:
        """One row for each filled cell; a row that cannot be read at all stays one row."""
        if row.fault is not None:
            yield row
            return
        faults = dict(row.faults)
        filled = [(index, day) for index, day in self.days if row.cells[index].strip() or index in faults]
        about = [row.cells[index].strip() for index, _ in self.shared]
        if not any(about) and all(faults.get(index) == "formula" for index, _ in filled):
            return  # a line of sums under the list
        for index, day in filled:
            cells = (*about, day, row.cells[index].strip())
            fault = faults.get(index)
            yield Row(
                line=row.line,
                cells=cells,
                raw=canonical(cells),
                fault=fault,
                column=len(cells) - 1 if fault else None,
                place=Place(self.header, (*(index for index, _ in self.shared), index, index)),
            )


def _read_day(heading: str, profile: Profile) -> date:
    try:
        return day_of(heading, profile.dates)
    except DayFault as fault:
        raise FileRefused(f"Kolonnen “{heading}”: {sentence(fault.reason, fault.expected)}") from None


def narrow(profile: Profile) -> Profile:
    """How the rows that cells become are read: as any file with a column for the day and one for the word."""
    if profile.grid is None:
        return profile
    columns = dict(profile.columns) | {DAY: "on", VALUE: profile.grid.field}
    return replace(
        profile, shape=Shape.ROWS, grid=None, event=profile.grid.event, columns=columns, required=tuple(columns)
    )
