from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.choices import TransitionTopic
from domain.codes import ContactWay
from intake.cells import CellFault, Cells
from intake.profiles import shipped_profiles
from intake.sorts import columns_of_event
from tests.intake.kinds import EVERYTHING

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
    [("21-11-2026", "in-the-future"), ("20-11-2026 25:00", "time-form"), ("20-11-2026 8", "date-form")],
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


# Every other sort of field

ON = date(2026, 11, 2)


def some(**by_field: str) -> Cells:
    return Cells(EVERYTHING, by_field)


def value(code: str, column: str, text: str) -> object:
    each = columns_of_event(code)[column]
    return some(**{column: text}).value(each, column, on=ON, now=NOW, staff={"mette-vejleder", "bo"})


@pytest.mark.parametrize(
    ("text", "found"), [("37", 37), ("12 %", 12), ("12%", 12), ("0", 0), ("+7", 7), ("100", 100), ("007", 7)]
)
def test_a_whole_number_may_carry_a_percent_sign(text: str, found: int) -> None:
    assert value("unlawful-absence", "percent", text) == found


@pytest.mark.parametrize(
    ("text", "reason", "expected"),
    [
        ("12,5", "not-whole", "et helt tal fra 0 til 100"),
        ("12,5 %", "not-whole", "et helt tal fra 0 til 100"),
        ("1.000", "not-whole", "et helt tal fra 0 til 100"),
        ("101", "out-of-range", "et helt tal fra 0 til 100"),
        ("-1", "out-of-range", "et helt tal fra 0 til 100"),
        ("mange", "no-number", "et helt tal fra 0 til 100"),
        ("%", "no-number", "et helt tal fra 0 til 100"),
        ("12 % 3", "no-number", "et helt tal fra 0 til 100"),
        ("=A1", "formula", ""),
        ("", "cell-missing", ""),
        ("9" * 12, "not-whole", "et helt tal fra 0 til 100"),
    ],
)
def test_what_is_no_whole_number_says_what_was_expected(text: str, reason: str, expected: str) -> None:
    with pytest.raises(CellFault) as fault:
        value("unlawful-absence", "percent", text)
    assert (fault.value.reason, fault.value.field, fault.value.expected) == (reason, "percent", expected)


def test_a_profile_may_have_words_for_numbers_and_for_people() -> None:
    assert value("unlawful-absence", "quarter", "1. KVT.") == 1
    assert value("unlawful-absence", "quarter", "4") == 4
    assert value("contact-person-named", "staff", "mv") == "mette-vejleder"
    assert value("contact-person-named", "staff", "bo") == "bo"


def test_somebody_who_does_not_work_here_is_not_written_down() -> None:
    with refused("unknown-staff", "staff"):
        value("contact-person-named", "staff", "Mette Vejleder")


@pytest.mark.parametrize("text", ["Bolig+Støtte", "støtte, bolig", "Støtte + Bolig + støtte", "bolig,,støtte,"])
def test_several_codes_are_each_taken_once_and_in_the_order_of_the_act(text: str) -> None:
    both = (TransitionTopic.SUPPORT, TransitionTopic.HOUSING)
    assert value("transition-preparation-finished", "topics", text) == both


@pytest.mark.parametrize(("text", "reason"), [("Støtte; Bolig", "unknown-word"), ("+", "cell-missing")])
def test_one_unknown_word_among_several_stops_the_row(text: str, reason: str) -> None:
    with pytest.raises(CellFault) as fault:
        value("transition-preparation-finished", "topics", text)
    assert fault.value.reason == reason
    if reason == "unknown-word":
        assert fault.value.expected == "Støtte, Uddannelse, Bolig"


@pytest.mark.parametrize(
    "text",
    [
        "08:15",
        "8:15",
        "08.15",
        "02-11-2026 08:15",
        "2026-11-02T08:15:00",
        "2026-11-02T07:15:00Z",
        "2026-11-02 08:15+01:00",
    ],
)
def test_a_moment_is_danish_time_on_the_day_of_the_row(text: str) -> None:
    assert value("concern-received", "at", text) == datetime(2026, 11, 2, 7, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("02-11-2026", "time-missing"),
        ("03-11-2026 08:15", "another-day"),
        ("2026-11-02T23:30:00Z", "another-day"),
        ("25:00", "time-form"),
        ("kvart over otte", "time-form"),
        ("02-11-26 08:15", "two-digit-year"),
        ("31-02-2026 08:15", "no-such-date"),
    ],
)
def test_a_moment_is_never_guessed(text: str, reason: str) -> None:
    with refused(reason, "at"):
        value("concern-received", "at", text)


def test_a_moment_that_the_clocks_skip_does_not_exist_and_of_one_shown_twice_the_first_is_meant() -> None:
    each = columns_of_event("concern-received")["at"]
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    with refused("no-such-time", "at"):
        some(at="02:30").value(each, "at", on=spring, now=NOW, staff=())
    found = some(at="02:30").value(each, "at", on=autumn, now=NOW, staff=())
    assert found == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_moment_later_than_now_has_not_happened() -> None:
    each = columns_of_event("concern-received")["at"]
    with refused("in-the-future", "at"):
        some(at="12:01").value(each, "at", on=NOW.date(), now=NOW, staff=())


@pytest.mark.parametrize("text", ["2026-03-09T00:00:00", "09-03-2026 00:00", "2026-03-09 00:00:00.000"])
def test_midnight_behind_a_date_says_nothing_more(text: str) -> None:
    assert cells(on=text).day("on") == date(2026, 3, 9)


def test_yes_and_no_are_understood_as_excel_writes_them() -> None:
    assert [value("concern-assessed", "acute", text) for text in ("Ja", "NEJ", "SAND", "falsk")] == [
        True,
        False,
        True,
        False,
    ]
    with pytest.raises(CellFault) as fault:
        value("concern-assessed", "acute", "måske")
    assert fault.value.expected == "ja, nej, sand, falsk"


def test_a_formula_in_a_csv_file_is_no_date_no_number_and_no_word() -> None:
    with refused("formula", "on"):
        cells(on='="01-01-2026"').day("on")
    with refused("formula", "cpr"):
        cells(cpr='="0101901234"').cpr("cpr", demo=True)
    with refused("formula", "event"):
        cells(event="=A1").word("event")
