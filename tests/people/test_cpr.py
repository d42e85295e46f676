"""Numbers here are of nobody: fictional, of people not born yet, or of people born in the 1800s."""

import pickle
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.cpr import Cpr, CprFault, CprKind, fictional

UNBORN = "0101575000"  # 1 January 2057


@pytest.mark.parametrize(
    "text", ["010157-5000", "0101575000", " 010157-5000 ", "010157 5000", "010157‑5000", "010157–5000"]
)
def test_a_number_is_read_as_people_write_it(text: str) -> None:
    assert Cpr.parse(text) == Cpr(UNBORN)
    assert Cpr.parse(text).shown == "010157-5000"


@pytest.mark.parametrize(
    "text",
    [
        "", "010157-500", "010157-50000", "0101-575000", "010157--5000", "010157-500O", "٠١٠١٥٧٥٠٠٠",
        "010157-5000\x00", "3002575000", "0113575000", "0001575000", "0100575000", "3201575000", "6001575000",
        "9201575000", "0133575000", "2902575000",
    ],
)  # fmt: skip
def test_what_cannot_be_a_number_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(CprFault) as fault:
        Cpr.parse(text)
    assert not text or text not in str(fault.value)


def test_a_lost_zero_is_guessed_at() -> None:
    with pytest.raises(CprFault, match="regneark"):
        Cpr.parse("101575000")


@pytest.mark.parametrize(
    ("digits", "born_on"),
    [
        ("0101003999", date(1900, 1, 1)),
        ("0101365000", date(2036, 1, 1)),
        ("0101575000", date(2057, 1, 1)),
        ("0101585000", date(1858, 1, 1)),
        ("0101998999", date(1899, 1, 1)),
        ("0121364000", date(2036, 1, 1)),
        ("0121374000", date(1937, 1, 1)),
        ("0121369000", date(2036, 1, 1)),
        ("0121379000", date(1937, 1, 1)),
        ("2922084000", date(2008, 2, 29)),
    ],
)
def test_the_seventh_digit_tells_the_century(digits: str, born_on: date) -> None:
    assert Cpr(digits).birth_date == born_on


def test_a_replacement_number_is_of_its_kind_and_guesses_the_birth_date() -> None:
    replacement = Cpr.parse("610157-5000")
    assert replacement.kind is CprKind.REPLACEMENT
    assert replacement.birth_date == date(2057, 1, 1)
    assert Cpr(UNBORN).kind is CprKind.ORDINARY
    assert replacement != Cpr(UNBORN)


def test_a_real_database_refuses_fictional_numbers_and_a_demo_all_others() -> None:
    made_up = fictional(date(2008, 4, 3), 17)
    assert made_up.is_fictional
    assert Cpr.parse(made_up.shown, demo=True) == made_up
    with pytest.raises(CprFault, match="demo"):
        Cpr.parse(made_up.shown)
    assert not Cpr(UNBORN).is_fictional
    with pytest.raises(CprFault, match="demo"):
        Cpr.parse(UNBORN, demo=True)


@given(st.dates(date(1900, 1, 1), date(2057, 12, 31)), st.integers(0, 3999), st.sampled_from(CprKind))
def test_a_fictional_number_tells_its_birth_date_and_can_be_nobodys(born_on: date, serial: int, kind: CprKind) -> None:
    made_up = fictional(born_on, serial, kind)
    assert (made_up.birth_date, made_up.kind, made_up.is_fictional) == (born_on, kind, True)
    assert 21 <= int(made_up.digits[2:4]) <= 32


@pytest.mark.parametrize(
    ("born_on", "serial"), [(date(1899, 12, 31), 0), (date(2058, 1, 1), 0), (date(2008, 1, 1), 4000)]
)
def test_there_are_no_fictional_numbers_beyond_the_range(born_on: date, serial: int) -> None:
    with pytest.raises(ValueError, match="no fictional number"):
        fictional(born_on, serial)


def test_a_number_hides_itself_wherever_it_is_printed() -> None:
    cpr = Cpr(UNBORN)
    assert str(cpr) == "010157-••••"
    for text in (str(cpr), repr(cpr), f"{cpr}", f"{cpr!r}", str([cpr]), str({"x": cpr}), f"{cpr!s:>20}"):
        assert "5000" not in text
    with pytest.raises(AttributeError):
        cpr.digits = "0101575001"  # type: ignore[misc]
    assert {cpr: 1}[pickle.loads(pickle.dumps(cpr))] == 1  # noqa: S301 - our own bytes


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_a_fault(text: str) -> None:
    with suppress(CprFault):
        assert len(Cpr.parse(text).digits) == 10
