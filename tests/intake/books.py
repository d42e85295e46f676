"""Workbooks as Excel would write them, and parts of them as it never would."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl

Rows = Sequence[Sequence[Any]]


def book(path: Path, sheets: Mapping[str, Rows], change: Callable[[Any], None] = lambda _: None) -> Path:
    """A workbook with these sheets; `change` is given the workbook before it is saved."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    change(made)
    path.parent.mkdir(parents=True, exist_ok=True)
    made.save(path)
    return path


def with_part(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The same workbook with one part of its zip changed."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts.get(part, b""))
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


SHEET_1 = "xl/worksheets/sheet1.xml"
_STRINGS = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument'
    b'.spreadsheetml.sharedStrings+xml"/></Types>'
)


def with_strings(path: Path, table: str) -> Path:
    """The same workbook with a table of texts, as Excel keeps them; openpyxl writes texts into their cells."""
    with_part(path, "[Content_Types].xml", lambda xml: xml.replace(b"</Types>", _STRINGS))
    return with_part(path, "xl/sharedStrings.xml", lambda _: table.encode())
