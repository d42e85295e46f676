"""How files are broken: the makers of the cases in `tests.intake.corpus`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from intake import workbooks
from people.cpr import fictional
from tests.intake.books import SHEET_1, book, with_part
from tests.intake.kinds import EVERYTHING, GRID
from tests.intake.office import PEOPLE, UU, break_off, person, told

ON = "02-11-2026"
A_SHEET = list(EVERYTHING.columns)
DAMAGED, DAYS = workbooks.DAMAGED, [date(2026, 3, 9), date(2026, 3, 10)]
UTF16, GARBLED = "Filen er tekst i UTF-16.", "Kolonnerne passer ikke til nogen kendt slags fil."


@dataclass(frozen=True)
class Who:
    """Whom a case is about: two who are followed, and one who is not. No two cases share them."""

    number: int

    @property
    def cpr(self) -> str:
        return fictional(date(2009, 3, 14), 2 * self.number).digits

    @property
    def other(self) -> str:
        return fictional(date(2009, 3, 14), 2 * self.number + 1).digits

    @property
    def stranger(self) -> str:
        return fictional(date(2008, 1, 1), self.number).digits

    def id(self, name: str = "") -> str:
        return f"sag {self.number}{name}"

    def good(self) -> str:
        """A row of the UU's that is right."""
        return break_off(self.cpr, self.id("god"))


@dataclass(frozen=True)
class Broken:
    """A file, made by `make` under the name that it ends on; what of it comes in, and what is said."""

    name: str
    make: Callable[[Path, Who], object]
    refused: str = ""
    wrong: tuple[tuple[str, str], ...] = ()
    new: int = 0
    unchanged: int = 0
    before: Callable[[Who], Sequence[str]] | None = None


def refused(name: str, says: str, make: Callable[[Path, Who], object]) -> Broken:
    return Broken(name, make, refused=says)


def lines(*rows: str, end: str = "\r\n", encoding: str = "utf-8") -> bytes:
    return "".join(row + end for row in rows).encode(encoding)


def raw(name: str, says: str, content: bytes | Callable[[Who], bytes]) -> Broken:
    """A file of these bytes that is refused."""

    def make(path: Path, who: Who) -> None:
        path.write_bytes(content(who) if callable(content) else content)

    return refused(name, says, make)


def uu(name: str, place: str, says: str, row: Callable[[Who], str | bytes], *, line: int = 3, **more: Any) -> Broken:
    """A file of the UU's: a row that is right, a wrong one, and one more that is right."""

    def make(path: Path, who: Who) -> None:
        wrong = row(who)
        wrong = wrong if isinstance(wrong, bytes) else wrong.encode() + b"\r\n"
        path.write_bytes(lines(UU, who.good()) + wrong + lines(break_off(who.other, who.id("også god"))))

    where = f"linje {line}" + (f", kolonnen “{place}”" if place else "")
    return Broken(name, make, wrong=((where, says),), new=2, **more)


def cell(name: str, place: str, says: str, **cells: str) -> Broken:
    """One cell of an otherwise right break-off."""

    def row(who: Who) -> str:
        named = {"cpr": who.cpr, "number": who.id("x"), "on": ON} | cells
        return break_off(named.pop("cpr"), named.pop("number"), named.pop("on"), **named)

    return uu(f"{name}.csv", place, says, row)


def sheet(
    name: str, place: str, says: str, event: str, change: Callable[[Any], None] = lambda _: None, **cells: Any
) -> Broken:
    """A sheet with a right row and a wrong one; `place` is the cell that is named."""

    def make(path: Path, who: Who) -> None:
        rows = []
        for number, said in (
            ("god", {"event": "Underretning", "at": "08:15"}),
            ("x", {"event": event} | cells),
        ):
            told_ = {"cpr": who.cpr, "id": who.id(number), "on": date(2026, 3, 9)} | said
            rows.append([told_.get(field) for field in EVERYTHING.columns.values()])
        book(path, {EVERYTHING.sheet: [A_SHEET, *rows]}, change)

    where = f"arket “Hændelser”, {place}"
    return Broken(f"{name}.xlsx", make, wrong=((where, says),), new=1)


def grid(
    name: str, place: str, says: str, row: Callable[[Who], list[Any]], change: Callable[[Any], None] = lambda _: None
) -> Broken:
    """Milepælen's sheet: somebody who met both days, and a row with something wrong in it."""

    def make(path: Path, who: Who) -> None:
        book(path, {GRID.sheet: [["CPR-nummer", "Navn", *DAYS], [who.cpr, "Ane", "M", "S"], row(who)]}, change)

    return Broken(f"{name}.xlsx", make, wrong=((f"arket “Fremmøde”, {place}", says),), new=2)


def bad_days(name: str, says: str, *headings: Any, kind: str = "csv") -> Broken:
    """A grid whose days cannot be read."""

    def make(path: Path, who: Who) -> None:
        if kind == "csv":
            path.write_bytes(lines(";".join(headings), f"{who.cpr};M;M"))
        else:
            book(path, {GRID.sheet: [headings, [who.cpr, "M", "M"]]})

    return refused(f"{name}.{kind}", says, make)


def someone(name: str, place: str, says: str, **cells: str) -> Broken:
    """A row of a CPR extract about somebody new, beside one that is right."""

    def make(path: Path, who: Who) -> None:
        named = {"cpr": who.stranger} | cells
        good = person(fictional(date(2008, 6, 1), who.number).digits)
        path.write_bytes(lines(PEOPLE, good, person(named.pop("cpr"), **named)))

    where = "linje 3" + (f", kolonnen “{place}”" if place else "")
    return Broken(f"{name}.csv", make, wrong=((where, says),), new=1)


def workbook(
    name: str, says: str, sheets: dict[str, Any] | None = None, change: Callable[[Any], None] = lambda _: None
) -> Broken:
    """A workbook that is refused."""
    made = {EVERYTHING.sheet: [A_SHEET]} if sheets is None else sheets
    return refused(f"{name}.xlsx", says, lambda path, _: book(path, made, change))


def spoilt(name: str, says: str, spoil: Callable[[Path], object]) -> Broken:
    """A workbook that was right until somebody spoilt it."""

    def make(path: Path, who: Who) -> None:
        rows = [[who.cpr, who.id(str(number)), "Underretning", date(2026, 3, 9), "08:15"] for number in range(50)]
        book(path, {EVERYTHING.sheet: [A_SHEET, *rows]})
        spoil(path)

    return refused(f"{name}.xlsx", says, make)


def zipped(name: str, says: str, *parts: str) -> Broken:
    def make(path: Path, _: Who) -> None:
        with ZipFile(path, "w") as archive:
            for part in parts:
                archive.writestr(part, "x")

    return refused(name, says, make)


def cut(share: float) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])


def flip(path: Path) -> None:
    with ZipFile(path) as archive:
        start = archive.getinfo(SHEET_1).header_offset + 120
    content = bytearray(path.read_bytes())
    content[start] ^= 0xFF
    path.write_bytes(content)


def lock_parts(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(mark)
        while start >= 0:
            content[start + place] |= 1
            start = content.find(mark, start + 4)
    path.write_bytes(content)


def bomb(path: Path) -> None:
    with ZipFile(path, "a", ZIP_DEFLATED) as archive, archive.open("xl/media/image.png", "w") as part:
        for _ in range((workbooks.MAX_UNPACKED >> 20) + 1):
            part.write(b"\0" * (1 << 20))


def declare(path: Path) -> None:
    declared = b'<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
    with_part(path, SHEET_1, lambda xml: xml.replace(b"<worksheet", declared, 1))


def hide(made: Any) -> None:
    made[EVERYTHING.sheet].sheet_state = "hidden"
    made.create_sheet("Andet")


def merge(where: str, name: str = EVERYTHING.sheet) -> Callable[[Any], None]:
    return lambda made: made[name].merge_cells(where)


def percent(made: Any) -> None:
    for row in made[EVERYTHING.sheet].iter_rows(min_row=3):
        row[A_SHEET.index("Procent")].number_format = "0.0 %"


def handover(who: Who, **cells: str) -> str:
    said = {"receiver": "Milepælen", "matter": "Vejledning", "answer_by": "16-11-2026", "text": "Tak"} | cells
    return told(who.cpr, who.id("o"), "Overlevering sendt", ON, **said)
