"""The words of the shipped profiles: each means what it says, and no other will do."""

from enum import StrEnum

import pytest

from domain.codes import Party, StartReason
from intake.cells import CellFault
from intake.profile import Kind, folded
from intake.sorts import Sort
from intake.words import sentence
from tests.intake.sampling import (
    OF_EVENTS,
    PROFILES,
    changed,
    read,
    sample,
    told,
    worded,
)


@pytest.mark.parametrize("name", OF_EVENTS)
def test_a_word_that_nobody_knows_is_told_with_the_words_that_would_do(name: str) -> None:
    asked = 0
    for cells in read(sample(name)).rows:
        for column, each in worded(cells):
            with pytest.raises(CellFault) as fault:
                told(changed(cells, column, "Sludder"))
            asked += 1
            assert fault.value.field == column
            said = sentence(fault.value.reason, fault.value.expected)
            if each.sort is Sort.NUMBER:
                assert said.startswith("Der skal stå et tal. ")
                continue
            assert said.startswith("Ordet i feltet kendes ikke. Ret det i kildesystemet, og send rækken igen. Ventet: ")
            assert cells.by_field[column].split(" + ")[0].split(", ")[0].casefold() in said.casefold()
    assert asked or not set(PROFILES[name].values) - {"event"}


@pytest.mark.parametrize("name", [name for name in OF_EVENTS if "event" in PROFILES[name].values])
def test_an_event_that_nobody_knows_is_told_with_all_that_would_do(name: str) -> None:
    row = read(sample(name)).rows[0]
    with pytest.raises(CellFault) as fault:
        told(changed(row, "event", "Sludder"))
    assert (fault.value.reason, fault.value.field) == ("unknown-word", "event")
    assert fault.value.expected == ", ".join(PROFILES[name].values["event"])


def test_the_reason_names_the_words_of_that_system_in_its_own_language() -> None:
    row = read(sample("benefits-list-b")).rows[0]
    with pytest.raises(CellFault) as fault:
        told(changed(row, "benefit", "Kontanthjælp"))
    assert sentence(fault.value.reason, fault.value.expected) == (
        "Ordet i feltet kendes ikke. Ret det i kildesystemet, og send rækken igen. Ventet: KTH, ADP, SDP, SU, FØP, ØVR."
    )


@pytest.mark.parametrize("name", OF_EVENTS)
def test_every_word_means_what_the_profile_says(name: str) -> None:
    """Each word of every table is put into a row whose event can hold it."""
    tried: dict[str, set[str]] = {column: set() for column in PROFILES[name].values if column != "event"}
    for cells in read(sample(name)).rows:
        for column, each in worded(cells):
            for word, code in PROFILES[name].values[column].items():
                event = told(changed(cells, column, word.upper())).event
                found = getattr(event, each.name)
                assert found == ((code,) if each.sort is Sort.CODES else code)
                assert isinstance(found, tuple | StrEnum | bool | int)
                tried[column].add(word)
    assert tried == {column: set(PROFILES[name].values[column]) for column in tried}


@pytest.mark.parametrize("name", PROFILES)
def test_every_code_has_a_word_so_that_such_files_can_also_be_written(name: str) -> None:
    """The first word for a code is the one to write; no cell may need a code that has none."""
    profile = PROFILES[name]
    for column, wants in (profile.takes if profile.kind is Kind.EVENTS else {}).items():
        words = profile.values.get(column, {})
        codes = {code for each in wants for code in each.codes or ()} - {Party.MUNICIPALITY}
        if any(each.sort is Sort.YES_NO for each in wants):
            codes |= {True, False}
        if column in profile.columns.values() or profile.grid:
            assert codes <= set(words.values()), column
        if any(each.sort is Sort.CODES for each in wants):
            assert not any("+" in word or "," in word for word in words), column
    if profile.kind is Kind.PEOPLE:
        assert set(profile.values["reason"].values()) == set(StartReason)
    for column, words in profile.values.items():
        assert len({folded(word) for word in words}) == len(words), column
