import random
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from people.danish_order import fold, sort_key, spellings, words
from people.name_index import matches

IN_ORDER = [
    "Abel", "Anders", "Andersen", "Anne", "Anne Marie", "Anne-Marie", "Annemarie", "Birthe", "Christian", "Cæcilie",
    "Dagny", "Ebbe", "Fatima", "Georg", "Hans", "Ida", "Jens", "Jens Erik", "Jensen", "Jeppe", "Karen", "Kathrine",
    "Lærke", "Løve", "Maja", "Malthe", "Mohammed", "Måns", "Niels", "Oda", "Otto", "Petra", "Qaali", "Rie", "Sara",
    "Sofie", "Søren", "Thea", "Ulla", "Vibeke", "William", "Xenia", "Yrsa", "Zara", "Zoe", "Ægir", "Ærø", "Øjvind",
    "Østergaard", "Åben", "Aage", "Ågård", "Aase", "Åse Marie", "Aastrup",
]  # fmt: skip


def test_names_sort_as_in_a_danish_telephone_book() -> None:
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=sort_key) == IN_ORDER


@pytest.mark.parametrize(
    ("one", "other"),
    [("Müller", "Myller"), ("Jörgen", "Jørgen"), ("Jäger", "jæger"), ("André", "ANDRE"), ("Aage", "Åge"),
     ("A\u030age", "Åge"), ("Ǻse", "Åse"), ("Łukasz", "lukasz"), ("O’Hara", "O'Hara")],
)  # fmt: skip
def test_case_accents_and_old_spellings_make_no_difference(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)


def test_equal_names_stay_as_they_stood() -> None:
    assert sorted(["André", "Andre", "ANDRE", "Anders"], key=sort_key) == ["Anders", "André", "Andre", "ANDRE"]


def test_ae_oe_and_aa_are_letters_of_their_own() -> None:
    assert fold("ÆØÅ æøå") == "æøå æøå"
    assert sort_key("Ålborg") > sort_key("Ølborg") > sort_key("Ælborg") > sort_key("Zlborg")
    assert not matches("Søren", words("Sor"))
    assert not matches("Kåre", words("Kar"))


@pytest.mark.parametrize(
    ("name", "asked"),
    [("Åse", "Aa"), ("Aase", "Å"), ("Aase", "ås"), ("Åse", "aas"), ("Müller", "mull"), ("Müller", "myl"),
     ("O'Brien", "obri"), ("OBrien", "o´b"), ("Anne-Marie", "marie anne"), ("Anne-Marie", "anne-m"), ("Þóra", "tho"),
     ("Strauß", "straus"), ("Ｆｕｌｌ", "full"), ("أحمد", "أح"), ("Łukasz Ĳ", "luk i")],
)  # fmt: skip
def test_a_name_is_found_however_it_is_typed(name: str, asked: str) -> None:
    assert matches(name, words(asked))


@given(st.text(min_size=1, max_size=40), st.data())
def test_every_beginning_of_a_name_matches_it(name: str, data: st.DataObject) -> None:
    name = unicodedata.normalize("NFC", name)
    beginning = name[: data.draw(st.integers(1, len(name)))]
    assume(unicodedata.is_normalized("NFC", beginning))
    assert matches(name, words(beginning))


@given(st.text(min_size=1, max_size=40))
def test_the_same_text_written_in_other_code_points_sorts_and_is_found_the_same(text: str) -> None:
    for form in ("NFC", "NFD"):
        other = unicodedata.normalize(form, text)
        assert sort_key(other) == sort_key(text)
        assert words(other) == words(text)
    assert set(words(text)) <= spellings(text)
