import csv
from io import BytesIO, StringIO
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.reading import MAX_LINE, MAX_ROW_LINES, Table, look
from intake.report import FileRefused
from intake.rows import Row

HEADER = ("Navn", "Tekst", "Tal")


def read(content: bytes, *, delimiter: str = ";", encoding: str = "utf-8") -> list[Row]:
    return list(Table(BytesIO(content), delimiter=delimiter, encoding=encoding).rows())


def fates(content: bytes) -> list[tuple[int, str | None]]:
    return [(row.line, row.fault) for row in read(content)]


def written(rows: list[list[str]], *, delimiter: str, end: str, quoting: int = csv.QUOTE_MINIMAL) -> str:
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows([HEADER, *rows])
    return text.getvalue()


@pytest.mark.parametrize(
    ("encoding", "delimiter", "end"), list(product(["utf-8", "utf-8-sig", "cp1252"], ";,", ["\n", "\r\n"]))
)
def test_every_dialect_reads_the_same(tmp_path: Path, encoding: str, delimiter: str, end: str) -> None:
    rows = [["Åse Ærø", f"a{delimiter}b", "1"], ["Bo", "to\nlinjer", "2"], ["Cæ", 'sagde "nej"', ""]]
    path = tmp_path / "fil.csv"
    path.write_bytes(written(rows, delimiter=delimiter, end=end).encode(encoding))
    looked = look(path)
    with Table.open(path, delimiter=delimiter, encoding=looked.encoding) as table:
        assert table.header == HEADER
        assert [list(row.cells) for row in table.rows()] == rows
        assert table.consumed == looked.size


cell_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@given(
    rows=st.lists(st.tuples(cell_texts, cell_texts, cell_texts).map(list), max_size=8),
    delimiter=st.sampled_from(";,"),
    # Python's writer leaves a lone carriage return without quotes when lines end in "\n" alone.
    style=st.sampled_from([("\r\n", csv.QUOTE_MINIMAL), ("\r\n", csv.QUOTE_ALL), ("\n", csv.QUOTE_ALL)]),
)
def test_any_cells_written_with_quotes_are_read_back_the_same(
    rows: list[list[str]], delimiter: str, style: tuple[str, int]
) -> None:
    end, quoting = style
    content = written(rows, delimiter=delimiter, end=end, quoting=quoting).encode()
    found = read(content, delimiter=delimiter)
    assert [list(row.cells) for row in found] == rows
    assert [row.fault for row in found] == [None] * len(rows)
    assert b"".join(row.raw for row in found) == content.split(end.encode(), 1)[1]


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fail_or_lose_a_line(content: bytes) -> None:
    found = read(b"Navn;Tekst;Tal\n" + content)
    kept = b"".join(row.raw for row in found)
    assert kept.replace(b"\n", b"").replace(b"\r", b"") == content.replace(b"\n", b"").replace(b"\r", b"")


def test_a_row_is_known_by_the_line_where_it_begins() -> None:
    assert fates(b'Navn;Tekst;Tal\na;"x\ny\nz";1\nb;;2\n\nc;;3\n') == [(2, None), (5, None), (7, None)]


def test_too_few_and_too_many_cells_cost_only_their_own_row() -> None:
    assert fates(b"Navn;Tekst;Tal\na;b\na;b;c;d\na;b;c\n") == [
        (2, "too-few-cells"),
        (3, "too-many-cells"),
        (4, None),
    ]


def test_a_quote_that_is_never_closed_costs_one_row_and_not_the_rest() -> None:
    lines = [b'a;b;"open\n', *([b"a;b;c\n"] * 700), b'a;b;"another\n', b'a;"quoted; text";c\n', b"a;b;c\n"]
    found = fates(b"Navn;Tekst;Tal\n" + b"".join(lines))
    assert len(found) == len(lines)
    assert [fate for fate in found if fate[1]] == [(2, "malformed"), (703, "malformed")]
    assert len(lines) > MAX_ROW_LINES


@pytest.mark.parametrize("cut", [b"a;b", b'a;"b', b'a;b;"first line\nsecond', b"a;\xc3"])
def test_a_file_cut_in_the_middle_of_a_row_loses_that_row_only(cut: bytes) -> None:
    assert fates(b"Navn;Tekst;Tal\na;b;c\n" + cut) == [(2, None), (3, "cut-off")]


def test_a_last_row_without_a_line_end_is_whole_when_all_its_cells_are_there() -> None:
    assert fates(b"Navn;Tekst;Tal\na;b;c") == [(2, None)]


def test_bytes_that_are_no_text_name_their_line_and_column() -> None:
    (row,) = read(b"Navn;Tekst;Tal\na;\xff\xfe;c\n")
    assert (row.line, row.fault, row.column) == (2, "undecodable", 1)


def test_windows_1252_has_bytes_that_are_no_text_too() -> None:
    (row,) = read(b"Navn;Tekst;Tal\na;b;\x81\n", encoding="cp1252")
    assert (row.fault, row.column) == ("undecodable", 2)


def test_a_nul_names_its_column() -> None:
    (row,) = read(b"Navn;Tekst;Tal\na;b;\0c\n")
    assert (row.fault, row.column) == ("nul", 2)


def test_a_line_longer_than_any_person_writes_is_given_up_without_filling_the_memory() -> None:
    content = b"Navn;Tekst;Tal\n" + b"x" * (3 * MAX_LINE) + b"\na;b;c\n"
    found = read(content)
    assert [(row.line, row.fault) for row in found] == [(2, "malformed"), (3, None)]
    assert len(found[0].raw) == MAX_LINE


def test_a_formula_stays_the_text_it_is() -> None:
    (row,) = read(b'Navn;Tekst;Tal\n=1+1;"=HYPERLINK(""http://x"")";+4512345678\n')
    assert row.cells == ("=1+1", '=HYPERLINK("http://x")', "+4512345678")


def test_excels_own_line_about_the_delimiter_is_passed_over() -> None:
    assert fates(b"sep=;\r\nNavn;Tekst;Tal\r\na;b;c\r\n") == [(3, None)]


def test_a_heading_alone_has_no_rows() -> None:
    assert read(b"Navn;Tekst;Tal\r\n") == []


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tom.csv"
    path.write_bytes(content)
    with pytest.raises(FileRefused, match="tom"):
        Table.open(path, delimiter=";", encoding=look(path).encoding)


@pytest.mark.parametrize(
    ("start", "what"),
    [
        (b"<html><table>", "webside"),
        (b"\xff\xfeN\0a\0", "UTF-16"),
        (b"N\0a\0v\0", "UTF-16"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0", "Excel"),
    ],
)
def test_other_kinds_of_files_are_told_what_they_are(tmp_path: Path, start: bytes, what: str) -> None:
    path = tmp_path / "fil.csv"
    path.write_bytes(start)
    with pytest.raises(FileRefused, match=what):
        look(path)


def test_one_broken_byte_does_not_make_a_utf8_file_windows_1252(tmp_path: Path) -> None:
    path = tmp_path / "fil.csv"
    path.write_bytes("Navn\nÆrø\nÅse\n".encode() + b"B\xff\n")
    assert look(path).encoding == "utf-8"


def test_one_accidental_pair_of_bytes_does_not_make_a_windows_1252_file_utf8(tmp_path: Path) -> None:
    path = tmp_path / "fil.csv"
    path.write_bytes("Navn\nÆrø\nÅse\nBø\n".encode("cp1252") + "Ã¦\n".encode("cp1252"))
    assert look(path).encoding == "cp1252"
