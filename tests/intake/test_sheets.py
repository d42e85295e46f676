"""A sheet of a workbook says what the same rows in a text file would say, and names its cells."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl.worksheet.formula import ArrayFormula

from intake import workbooks
from intake.profile import Profile
from intake.reading import Table, look
from intake.recognising import recognise
from intake.report import FileRefused
from intake.rows import Row
from intake.sheets import Sheet
from intake.workbooks import Workbook
from tests.intake.books import SHEET_1, Rows, book, with_part, with_strings
from tests.intake.kinds import EVERYTHING, OURS

HEADING = ["CPR", "Løbenr", "Type", "Dag", "Kl.", "Procent", "Note"]

TABLE_OF_TEXTS = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>nul</t></si>'
    "<si><r><t>Første</t></r><r><rPr><b/></rPr><t>_x000a_anden</t></r></si></sst>"
)


def read(path: Path, profile: Profile = EVERYTHING) -> list[Row]:
    with Workbook(path) as opened, Sheet(opened, profile) as sheet:
        return list(sheet.rows())


def cells_of(tmp_path: Path, *rows: Any, change: Callable[[Any], None] = lambda _: None) -> list[tuple[str, ...]]:
    path = book(tmp_path / "fil.xlsx", {"Hændelser": [HEADING, *rows]}, change)
    return [row.cells for row in read(path)]


def refusal(path: Path) -> str:
    with pytest.raises(FileRefused) as refused:
        recognise(path, look(path), OURS)
    return str(refused.value)


def test_values_become_the_text_that_a_csv_file_would_have(tmp_path: Path) -> None:
    def percent(made: Any) -> None:
        made["Hændelser"]["F2"].number_format = "0.0 %"

    (row,) = cells_of(
        tmp_path,
        [1423095001, 1234567890.0, " Fravær ", date(2026, 3, 9), time(8, 15), 0.125, True],
        change=percent,
    )
    assert row == ("1423095001", "1234567890", " Fravær ", "09-03-2026", "08:15", "12,5 %", "SAND")


def test_a_date_with_a_time_keeps_it_and_a_date_alone_has_none(tmp_path: Path) -> None:
    noted = datetime(2026, 3, 9, 8, 15)  # noqa: DTZ001 - Excel knows no zones
    (row,) = cells_of(tmp_path, ["x", "1", "", date(2026, 3, 9), noted, 0.1 + 0.2, None])
    assert row[3:6] == ("09-03-2026", "09-03-2026 08:15", "0,3")


def test_a_cpr_number_gets_back_the_zero_that_excel_took_and_no_other_number_does(tmp_path: Path) -> None:
    number, text = cells_of(
        tmp_path, [123409500, 123409500, "", "", "", "", ""], ["123409500", "", "x", "", "", "", ""]
    )
    assert number[:2] == ("0123409500", "123409500")
    assert text[0] == "123409500", "a text of nine digits lost nothing to Excel: it is wrong as it stands"


def test_rows_have_the_number_that_excel_shows_and_blank_ones_are_none(tmp_path: Path) -> None:
    path = book(tmp_path / "fil.xlsx", {"Hændelser": [HEADING, [], ["x"], ["", " "], [], ["y"]]})
    assert [row.line for row in read(path)] == [3, 6]


def test_a_title_above_the_heading_is_passed_over(tmp_path: Path) -> None:
    def merge(made: Any) -> None:
        made["Hændelser"].merge_cells("A1:D1")

    path = book(tmp_path / "fil.xlsx", {"Hændelser": [["Udtræk 2026"], [], HEADING, ["x"]]}, merge)
    assert [row.line for row in read(path)] == [4]


def test_a_formula_an_error_and_a_number_too_long_name_their_column(tmp_path: Path) -> None:
    path = book(
        tmp_path / "fil.xlsx",
        {
            "Hændelser": [
                HEADING,
                ["=B1"],
                ["x", "#N/A"],
                ["x", "1", 12345678901234567890],
                ["x", "1", "", ArrayFormula("D5", "=1")],
            ]
        },
    )
    assert [(row.line, row.fault, row.column) for row in read(path)] == [
        (2, "formula", 0),
        (3, "excel-error", 1),
        (4, "digits-lost", 2),
        (5, "formula", 3),
    ]


def test_a_text_that_begins_like_a_formula_is_text(tmp_path: Path) -> None:
    def as_text(made: Any) -> None:
        made["Hændelser"]["C2"].data_type = "s"

    path = book(tmp_path / "fil.xlsx", {"Hændelser": [HEADING, ["x", "1", "=1+1"]]}, as_text)
    assert [(row.fault, row.cells[2]) for row in read(path)] == [(None, "=1+1")]


def test_a_formula_in_a_column_that_nobody_reads_costs_nothing(tmp_path: Path) -> None:
    path = book(tmp_path / "fil.xlsx", {"Hændelser": [HEADING, ["x", "1", "", "", "", "", "=SUM(A1:A9)"]]})
    assert [row.fault for row in read(path)] == [None]


def test_what_lies_under_a_merged_cell_is_not_taken_for_empty(tmp_path: Path) -> None:
    def merge(made: Any) -> None:
        made["Hændelser"].merge_cells("A2:A3")

    path = book(tmp_path / "fil.xlsx", {"Hændelser": [HEADING, ["x", "1"], [None, "2"]]}, merge)
    assert [(row.line, row.fault, row.column) for row in read(path)] == [(2, None, None), (3, "merged", 0)]


def test_cells_beyond_the_heading_are_nobodys(tmp_path: Path) -> None:
    assert cells_of(tmp_path, ["x", "1", "", "", "", "", "", "en note"]) == [("x", "1", "", "", "", "", "")]


def test_what_no_cell_can_be_is_named_and_costs_only_its_row(tmp_path: Path) -> None:
    path = book(tmp_path / "fil.xlsx", {"Hændelser": [HEADING, ["x", 7], ["y", 8]]})
    with_part(path, SHEET_1, lambda xml: xml.replace(b"<v>7</v>", b"<v>" + b"9" * 5000 + b"</v>"))
    assert [(row.line, row.fault, row.column) for row in read(path)] == [(2, "excel-cell", 1), (3, None, None)]


def test_texts_are_found_in_the_table_where_excel_keeps_them_and_one_that_is_not_there_is_named(tmp_path: Path) -> None:
    def point(xml: bytes) -> bytes:
        for name, number in ((b"et", b"1"), (b"to", b"99")):
            xml = xml.replace(b't="inlineStr"><is><t>' + name + b"</t></is>", b't="s"><v>' + number + b"</v>")
        return xml

    path = book(tmp_path / "fil.xlsx", {"Hændelser": [HEADING, ["x", "et"], ["y", "to"]]})
    with_strings(with_part(path, SHEET_1, point), TABLE_OF_TEXTS)
    assert [(row.cells[1], row.fault, row.column) for row in read(path)] == [
        ("Første\nanden", None, None),
        ("", "excel-cell", 1),
    ]


def test_the_kept_bytes_are_the_row_as_csv_and_do_not_change_when_the_workbook_is_saved_again(tmp_path: Path) -> None:
    rows: Rows = [HEADING, ["x", 7, 'sagde "nej"; gik\nigen', date(2026, 3, 9)]]
    first = read(book(tmp_path / "a.xlsx", {"Hændelser": rows}))[0]
    again = read(book(tmp_path / "b.xlsx", {"Andet": [[1]], "Hændelser": rows}))[0]
    assert first.raw == again.raw
    with (tmp_path / "raw.csv").open("wb") as file:
        file.write(first.raw)
    with (tmp_path / "raw.csv").open("rb") as stream:
        (kept,) = Table(stream, delimiter=";", encoding="utf-8", header=tuple(HEADING)).rows()
    assert kept.cells == first.cells


def test_a_date_counted_from_1904_is_the_same_date(tmp_path: Path) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    def mac(made: Any) -> None:
        made.epoch = CALENDAR_MAC_1904

    (row,) = cells_of(tmp_path, ["x", "1", "", date(2026, 3, 9)], change=mac)
    assert row[3] == "09-03-2026"


def test_a_workbook_without_the_sheet_is_told_which_there_are(tmp_path: Path) -> None:
    said = refusal(book(tmp_path / "fil.xlsx", {"Ark1": [HEADING], "Elev 1403075001": [["x"]]}))
    assert "Den har: “Ark1”, “Elev ••••••”." in said
    assert "“Prøve af alle felter” skal ligge i arket “Hændelser”." in said


def test_a_hidden_sheet_is_not_read_unseen(tmp_path: Path) -> None:
    def hide(made: Any) -> None:
        made["Hændelser"].sheet_state = "hidden"

    said = refusal(book(tmp_path / "fil.xlsx", {"Hændelser": [HEADING], "Andet": [[1]]}, hide))
    assert "Arket “Hændelser” er skjult" in said


def test_a_sheet_of_another_kind_is_told_what_is_missing(tmp_path: Path) -> None:
    said = refusal(book(tmp_path / "fil.xlsx", {"Hændelser": [["Note"], ["CPR", "Løbenr", "Type"], ["x"]]}))
    assert said.startswith("Arket “Hændelser”: ")
    assert "“Prøve af alle felter”, men mangler: “Dag”." in said


def test_an_empty_sheet_is_told(tmp_path: Path) -> None:
    assert "Arket “Hændelser” er tomt" in refusal(book(tmp_path / "fil.xlsx", {"Hændelser": []}))


def test_a_heading_that_is_a_formula_is_named_by_its_cell(tmp_path: Path) -> None:
    heading = [*HEADING[:3], "=A1", "Dag"]
    assert "Arket “Hændelser”, celle D1: Overskriften er en formel" in refusal(
        book(tmp_path / "fil.xlsx", {"Hændelser": [heading]})
    )


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.999])
def test_a_workbook_cut_anywhere_is_damaged(tmp_path: Path, cut: float) -> None:
    path = book(tmp_path / "fil.xlsx", {"Hændelser": [HEADING, *([["x", "1"]] * 500)]})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * cut)])
    assert refusal(path) == workbooks.DAMAGED


def test_one_changed_byte_is_seen_before_any_row_is_read(tmp_path: Path) -> None:
    path = book(tmp_path / "fil.xlsx", {"Hændelser": [HEADING, *([["x", "1"]] * 500)]})
    with ZipFile(path) as archive:
        start = archive.getinfo(SHEET_1).header_offset + 200
    content = bytearray(path.read_bytes())
    content[start] ^= 0xFF
    path.write_bytes(content)
    assert refusal(path) == workbooks.DAMAGED


def test_a_changed_digit_that_is_still_xml_is_seen_by_its_checksum(tmp_path: Path) -> None:
    path = book(tmp_path / "fil.xlsx", {"Hændelser": [HEADING, *([["x", 1]] * 3000), ["x", 1111]]})
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:  # without compression, so that nothing else notices
        for name, content in parts.items():
            archive.writestr(name, content)
    content = path.read_bytes()
    assert content.count(b"<v>1111</v>") == 1
    path.write_bytes(content.replace(b"<v>1111</v>", b"<v>1112</v>"))
    assert refusal(path) == workbooks.DAMAGED


def test_xml_that_is_not_whole_is_seen_before_any_row_is_read(tmp_path: Path) -> None:
    path = book(tmp_path / "fil.xlsx", {"Hændelser": [HEADING, *([["x", "1"]] * 500)]})
    with_part(path, SHEET_1, lambda xml: xml[: len(xml) // 2])
    assert refusal(path) == workbooks.DAMAGED


def test_entities_unfold_nothing(tmp_path: Path) -> None:
    def bomb(xml: bytes) -> bytes:
        head, _, rest = xml.partition(b"<worksheet")
        declared = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        return head + declared + b"<worksheet" + rest

    path = book(tmp_path / "fil.xlsx", {"Hændelser": [HEADING, ["x"]]})
    assert refusal(with_part(path, SHEET_1, bomb)) == workbooks.DAMAGED


def test_a_bomb_is_refused_by_what_it_would_unfold_to(tmp_path: Path) -> None:
    path = book(tmp_path / "fil.xlsx", {"Hændelser": [HEADING]})
    with ZipFile(path, "a", ZIP_DEFLATED) as archive, archive.open("xl/media/image.png", "w") as part:
        for _ in range(workbooks.MAX_UNPACKED // (1 << 20) + 1):
            part.write(b"\0" * (1 << 20))
    assert path.stat().st_size < 1 << 20
    assert refusal(path) == workbooks.TOO_BIG


def test_a_locked_workbook_is_told_from_an_old_one(tmp_path: Path) -> None:
    path = tmp_path / "fil.xlsx"
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    path.write_bytes(start + "EncryptedPackage".encode("utf-16-le"))
    assert "adgangskode" in refusal(path)
    path.write_bytes(start + "Workbook".encode("utf-16-le"))
    assert "gammel Excel-mappe" in refusal(path)


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("word/document.xml", "Word-dokument"),
        ("xl/workbook.bin", ".xlsb"),
        ("mimetype", "OpenDocument"),
        ("fil.csv", "Pak den ud"),
    ],
)
def test_other_zips_are_told_what_they_are(tmp_path: Path, part: str, says: str) -> None:
    path = tmp_path / "fil.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr(part, "x")
    assert says in refusal(path)


def test_a_workbook_is_known_by_its_bytes_whatever_it_is_called(tmp_path: Path) -> None:
    path = book(tmp_path / "fil.xlsx", {"Hændelser": [HEADING, ["x"]]})
    renamed = path.rename(tmp_path / "fil.csv")
    known = recognise(renamed, look(renamed), OURS)
    assert (known.profile.name, known.sheet, known.header) == ("prøve", "Hændelser", tuple(HEADING))
    assert known.ignored_columns == ("Note",)
