"""A date is three fields, and whoever wrote it wrong is told what is wrong."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData

from api.form_dates import read_date, read_optional_date, written

TODAY = date(2026, 11, 21)


def form(day: str = "", month: str = "", year: str = "") -> dict[str, str]:
    return {"on_day": day, "on_month": month, "on_year": year}


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_date_is_read_as_it_was_written(day: date) -> None:
    assert read_date(form(str(day.day), str(day.month), str(day.year)), "on", TODAY) == day


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [("03", "04", "2026"), ("3", "4", "26"), (" 3. ", "4.", " 2026 "), ("3", "04", "2026")],
)
def test_zeros_dots_spaces_and_short_years_do_not_matter(day: str, month: str, year: str) -> None:
    assert read_date(form(day, month, year), "on", TODAY) == date(2026, 4, 3)


@pytest.mark.parametrize("pasted", ["03.04.2026", "3/4-2026", "3-4-26", "3 4 2026", "03042026", "030426", "2026-04-03"])
def test_a_whole_date_pasted_into_the_day_counts(pasted: str) -> None:
    assert read_date(form(pasted), "on", TODAY) == date(2026, 4, 3)


@pytest.mark.parametrize(("short", "full"), [("08", 2008), ("69", 2069), ("70", 1970), ("99", 1999), ("00", 2000)])
def test_a_year_of_two_digits_is_the_nearest_one(short: str, full: int) -> None:
    assert read_date(form("1", "2", short), "on", TODAY) == date(full, 2, 1)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (form(), "Datoen mangler. Skriv dag, måned og år, for eksempel 21 11 2026."),
        (form("3"), "Datoen mangler måned og år."),
        (form("3", "4"), "Datoen mangler år."),
        (form("", "4", "2026"), "Datoen mangler dag."),
        (form("tredje", "4", "2026"), "Datoen skal skrives med tal, for eksempel 21 11 2026."),
        (form("²", "4", "2026"), "Datoen skal skrives med tal, for eksempel 21 11 2026."),
        (form("٣", "4", "2026"), "Datoen skal skrives med tal, for eksempel 21 11 2026."),
        (form("31", "2", "2026"), "Datoen findes ikke. Se efter, om dag og måned er rigtige."),
        (form("29", "2", "2025"), "Datoen findes ikke. Se efter, om dag og måned er rigtige."),
        (form("0", "0", "2026"), "Datoen findes ikke. Se efter, om dag og måned er rigtige."),
        (form("1", "13", "2026"), "Datoen findes ikke. Se efter, om dag og måned er rigtige."),
        (form("1", "1", "202"), "Årstallet i datoen skal have fire cifre, for eksempel 2026."),
        (form("1", "1", "0026"), "Årstallet i datoen skal ligge mellem 1900 og 2199."),
        (form("1", "1", "9999"), "Årstallet i datoen skal ligge mellem 1900 og 2199."),
    ],
)
def test_what_is_wrong_is_said(typed: dict[str, str], said: str) -> None:
    assert read_date(typed, "on", TODAY) == said


def test_the_sentence_names_the_date_it_is_about() -> None:
    assert read_date({}, "due_on", TODAY, what="Fristen").startswith("Fristen mangler.")  # type: ignore[union-attr]


def test_a_date_that_may_be_left_out_is_none_when_nothing_is_written() -> None:
    assert read_optional_date(form(" ", "", ""), "on", TODAY) is None
    assert read_optional_date(form("3", "4", "2026"), "on", TODAY) == date(2026, 4, 3)
    assert read_optional_date(form("3"), "on", TODAY) == "Datoen mangler måned og år."


@given(st.text(), st.text(), st.text())
def test_any_text_is_a_date_or_a_sentence(day: str, month: str, year: str) -> None:
    assert isinstance(read_date(form(day, month, year), "on", TODAY), date | str)


def test_what_was_written_is_kept_to_be_shown_again() -> None:
    assert written(FormData([("on_day", "32"), ("on_month", "13")]), "on") == ("32", "13", "")
    assert written({"on_day": "9" * 500, "on_month": object()}, "on") == ("9" * 40, "", "")
