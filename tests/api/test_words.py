"""Every code has a Danish word, and no page says a code instead."""

import dataclasses
import inspect
import re
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_type_hints
from uuid import UUID

import pytest

from api import words
from api.sentences import WORDS, in_words, own_words, sentence
from domain import choices, codes
from domain.catalogue import DECLARATIONS, Declaration
from domain.codes import KeyGroup, PlacementForm, Programme, ReturnReason, StreamKind
from domain.declaration import Subject
from domain.journey import HandoverState, StepState
from domain.refused import REASONS
from domain.text import FreeText

NEVER_SHOWN = {KeyGroup, StreamKind}
"""Codes of the log itself, which no page names."""

SHOWN = sorted(
    {kind for room in (codes, choices) for _, kind in inspect.getmembers(room, inspect.isclass)}
    - {StrEnum, *NEVER_SHOWN}
    | {HandoverState, StepState, Subject},
    key=lambda kind: kind.__name__,
)
EVERY_CODE = [code for kind in SHOWN for code in kind]
DANISH_TOO = {"uu", "fgu", "stu", "job", "social", "plan"}
"""These are words in Danish as well."""

MARKER = "HEMMELIG-TEKST"


@pytest.mark.parametrize("code", EVERY_CODE, ids=lambda code: f"{type(code).__name__}.{code.name}")
def test_every_code_has_a_danish_word_that_is_not_the_code(code: StrEnum) -> None:
    said = in_words(code)
    assert said.strip()
    assert said.lower() != code.value or code.value in DANISH_TOO
    assert not re.search(r"_|\w-\w", said)


def test_no_kind_of_code_is_without_its_list_of_words() -> None:
    assert set(SHOWN) == set(WORDS)


def test_the_same_code_in_two_lists_keeps_the_two_meanings_apart() -> None:
    assert in_words(Programme.OTHER) == "anden uddannelse"
    assert in_words(PlacementForm.OTHER) == "andet sted"
    assert in_words(ReturnReason.OTHER) == "anden grund"


def test_every_refusal_is_a_danish_sentence() -> None:
    assert set(words.REFUSALS) == REASONS
    for reason, said in words.REFUSALS.items():
        assert re.fullmatch(r"[A-ZÆØÅ].*\.", said), reason
        assert reason not in said


@pytest.mark.parametrize("declared", DECLARATIONS, ids=lambda declared: declared.code)
def test_every_event_reads_as_danish_without_codes_and_free_text(declared: Declaration) -> None:
    for made in _every_one(declared.type):
        said = sentence(made)
        assert "{" not in said
        assert MARKER not in said
        for code in EVERY_CODE:
            if code.value not in DANISH_TOO:
                assert not re.search(rf"(?<![a-zæøå]){code.value}(?![a-zæøå])", said), (said, code)
        assert not re.search(r"\b(true|false|none)\b|\d{4}-\d{2}-\d{2}", said, re.IGNORECASE), said


@pytest.mark.parametrize("declared", DECLARATIONS, ids=lambda declared: declared.code)
def test_the_free_text_of_an_event_stands_by_itself(declared: Declaration) -> None:
    has_text = FreeText in get_type_hints(declared.type).values()
    made = next(iter(_every_one(declared.type)))
    assert own_words(made) == (MARKER if has_text else None)


@pytest.mark.parametrize("declared", DECLARATIONS, ids=lambda declared: declared.code)
def test_every_event_has_a_danish_title(declared: Declaration) -> None:
    assert declared.title
    assert declared.title.lower() != declared.code.replace("-", " ")


def test_what_has_no_words_is_an_error_and_not_a_guess() -> None:
    with pytest.raises(TypeError, match="no Danish words"):
        in_words(UUID(int=1))


def _every_one(kind: type) -> list[Any]:
    """The event with every value of each of its codes, one code at a time."""
    hints = get_type_hints(kind)
    plain = {field.name: _some(hints[field.name]) for field in dataclasses.fields(kind)}
    made = [kind(**plain)]
    for name, hint in hints.items():
        if inspect.isclass(hint) and issubclass(hint, StrEnum):
            made += [kind(**plain | {name: code}) for code in hint]
        if hint is bool:
            made += [kind(**plain | {name: value}) for value in (True, False)]
    return made


def _some(hint: Any) -> Any:
    if isinstance(hint, UnionType):
        return _some(get_args(hint)[0])
    if hint is FreeText:
        return MARKER
    if hint is date:
        return date(2026, 4, 3)
    if hint is UUID:
        return UUID(int=7)
    if inspect.isclass(hint) and issubclass(hint, StrEnum):
        return next(iter(hint))
    return {bool: True, int: 1, str: MARKER}.get(hint, ())
