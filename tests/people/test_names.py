import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.names import NameFault, clean_name


@pytest.mark.parametrize(
    "name",
    ["O'Brien", 'Robert"); drop table person;--', "🙂", "👨‍👩‍👧 Testesen", "أحمد", "שרה", "<b>Ida</b>", "x" * 200],
)
def test_a_name_is_kept_as_written(name: str) -> None:
    assert clean_name(name) == name


def test_spaces_and_composition_are_put_right() -> None:
    assert clean_name("  Ida \t\n Testesen ") == "Ida Testesen"
    assert clean_name("A\u030ase") == "Åse"


def test_a_name_cannot_turn_the_page_around_it() -> None:
    assert clean_name("Ida\u202e nesetseT\u2066") == "Ida nesetseT"


@pytest.mark.parametrize(
    ("name", "why"),
    [("", "mangler"), (" \u202e ", "mangler"), ("Ida\x00Hemmelig", "nul-tegn"), ("Ida\x1b[2J", "nul-tegn"),
     ("Ida\ud800", "nul-tegn"), ("x" * 201, "200")],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_with_a_reason_but_without_the_name(name: str, why: str) -> None:
    with pytest.raises(NameFault, match=why) as fault:
        clean_name(name)
    assert "Ida" not in str(fault.value)


@given(st.text(max_size=250))
def test_cleaning_again_changes_nothing(text: str) -> None:
    try:
        name = clean_name(text)
    except NameFault:
        return
    assert clean_name(name) == name
    assert name.encode()
