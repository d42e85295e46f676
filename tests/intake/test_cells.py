from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.codes import ContactWay
from intake.cells import CellFault, Cells
from intake.profiles import shipped_profiles

UU = next(profile for profile in shipped_profiles() if profile.name == "uu-events")
NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)


def cells(**by_field: str) -> Cells:
    return Cells(UU, by_field)


def refused(reason: str, field: str = "on") -> pytest.RaisesExc[CellFault]:
    return pytest.RaisesExc(CellFault, check=lambda fault: (fault.reason, fault.field) == (reason, field))


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_a_date_is_the_same_in_both_forms(day: date) -> None:
    assert cells(on=day.isoformat()).day("on") == cells(on=day.strftime("%d-%m-%Y")).day("on") == day


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31-02-2026", "no-such-date"),
        ("2026-02-31", "no-such-date"),
        ("29-02-2025", "no-such-date"),
        ("01-01-0001", "no-such-date"),
        ("31-12-9999", "no-such-date"),
        ("07-03-26", "two-digit-year"),
        ("7/3-26", "two-digit-year"),
        ("07.03.26", "two-digit-year"),
        ("03/07/2026", "date-form"),
        ("7-3-2026", "date-form"),
        ("20260307", "date-form"),
        ("٠٧-٠٣-٢٠٢٦", "date-form"),
        ("snart", "date-form"),
        ("", "cell-missing"),
    ],
)
def test_a_date_is_never_guessed(text: str, reason: str) -> None:
    with refused(reason):
        cells(on=text).day("on")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("07-03-2026", datetime(2026, 3, 7, 11, tzinfo=UTC)),
        ("07-07-2026", datetime(2026, 7, 7, 10, tzinfo=UTC)),
        ("07-03-2026 08:15", datetime(2026, 3, 7, 7, 15, tzinfo=UTC)),
        ("2026-07-07T08:15:30", datetime(2026, 7, 7, 6, 15, 30, tzinfo=UTC)),
        ("2026-07-07T08:15:30.123Z", datetime(2026, 7, 7, 8, 15, 30, tzinfo=UTC)),
        ("2026-07-07T08:15+02:00", datetime(2026, 7, 7, 6, 15, tzinfo=UTC)),
        ("20-11-2026", NOW),
        ("20-11-2026 18:00", NOW),
    ],
)
def test_when_something_was_received_is_danish_time_and_never_later_than_now(text: str, instant: datetime) -> None:
    assert cells(known=text).instant("known", NOW) == instant


def test_nothing_was_received_when_the_cell_is_empty() -> None:
    assert cells().instant("known", NOW) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [("21-11-2026", "in-the-future"), ("20-11-2026 25:00", "date-form"), ("20-11-2026 8", "date-form")],
)
def test_nothing_was_received_tomorrow_or_at_25_o_clock(text: str, reason: str) -> None:
    with refused(reason, "known"):
        cells(known=text).instant("known", NOW)


def test_words_are_the_same_whatever_their_capitals_and_spaces() -> None:
    assert cells(event="  afbrud   MELDT ").word("event") == "told-of-break-off"


def test_an_unknown_word_is_told_what_would_be_right_and_not_repeated() -> None:
    with pytest.raises(CellFault) as fault:
        cells(way="Per Testesen").code("way", ContactWay)
    assert (fault.value.reason, fault.value.field) == ("unknown-word", "way")
    assert fault.value.expected == "Telefon, SMS, Brev, Besøg, Møde"


@pytest.mark.parametrize("number", ["310290-1234", "0121901234", "910290 1234", "ring til 3102901234 nu"])
def test_text_with_something_like_a_cpr_number_never_reaches_the_log(number: str) -> None:
    with refused("cpr-in-text", "text"):
        cells(text=f"Bror: {number}").words("text")


@pytest.mark.parametrize(
    "text", ["Ring 97 82 00 00", "Sag 2026-123456", "kl. 10.30-11.15", "=SUM(A1:A9)", "9934567890"]
)
def test_other_numbers_and_formulas_are_text(text: str) -> None:
    assert cells(text=text).words("text") == text


def test_too_much_text_is_refused() -> None:
    with refused("text-too-long", "text"):
        cells(text="a" * 5001).words("text")
    with refused("too-long", "id"):
        cells(id="a" * 201).short_id("id")


def test_a_demo_takes_only_fictional_numbers_and_a_municipality_only_real_ones() -> None:
    assert cells(cpr="142309-5001").cpr("cpr", demo=True).digits == "1423095001"
    with refused("cpr-wrong", "cpr"):
        cells(cpr="142309-5001").cpr("cpr", demo=False)
    with refused("cpr-wrong", "cpr"):
        cells(cpr="140357-5001").cpr("cpr", demo=True)


def test_a_fault_never_holds_what_stood_in_the_cell() -> None:
    with pytest.raises(CellFault) as fault:
        cells(cpr="1403575001x").cpr("cpr", demo=False)
    assert "140357" not in repr(fault.value) + str(fault.value.expected)
