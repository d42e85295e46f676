"""Every type of event declares itself, and what it declares can be used."""

import re
from dataclasses import MISSING, dataclass, fields
from datetime import date
from typing import Any, get_args, get_type_hints
from uuid import UUID

import pytest

from domain import catalogue
from domain.access import Level, level
from domain.catalogue import BY_CODE, BY_TYPE, DECLARATIONS, class_of
from domain.codes import DataClass, KeyGroup, Party, StreamKind
from domain.declaration import Declaration
from domain.events import Checked, ContactTried, Event
from domain.journey import Journey, evolve
from domain.text import FreeText
from tests.examples import TODAY

OF_JOURNEYS = [one for one in DECLARATIONS if one.stream is StreamKind.JOURNEY]
WITH_FORMS = [one for one in DECLARATIONS if one.form is not None]


def _name(one: Declaration) -> str:
    return one.code


def test_every_type_is_declared_once_under_a_code_of_its_own() -> None:
    assert {one.type for one in DECLARATIONS} == set(get_args(Event))
    assert len(BY_CODE) == len(BY_TYPE) == len(DECLARATIONS)


def test_a_type_that_declares_nothing_stops_the_start() -> None:
    @dataclass(frozen=True)
    class Undeclared:
        on: date

    class Inherited(ContactTried):
        pass

    for kind in (Undeclared, Inherited):
        with pytest.raises(TypeError, match=f"the event type {kind.__name__} has no declaration"):
            catalogue._declaration(kind)


@pytest.mark.parametrize("one", DECLARATIONS, ids=_name)
def test_a_type_is_a_frozen_class_with_its_day_first(one: Declaration) -> None:
    listed = fields(one.type)
    assert listed[0].name == "on"
    assert get_type_hints(one.type)["on"] is date
    assert one.type.__dataclass_params__.frozen
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+|[a-z]+", one.code)
    with_default = [field.default is not MISSING for field in listed]
    assert with_default == sorted(with_default), "what may be left out stands last"


@pytest.mark.parametrize("one", DECLARATIONS, ids=_name)
def test_a_declaration_says_what_it_is_in_whole_words(one: Declaration) -> None:
    assert one.type.__doc__
    assert one.purpose
    assert re.match(r"[A-ZÆØÅ0-9]", one.title)
    assert not one.reads.endswith(".")
    assert not one.changes or one.changes.endswith(".")
    asked = set(re.findall(r"{(\w+)}", one.reads))
    assert asked <= set(get_type_hints(one.type))


@pytest.mark.parametrize("one", WITH_FORMS, ids=_name)
def test_a_form_asks_only_for_what_the_type_has(one: Declaration) -> None:
    assert one.form is not None
    assert one.form.asks.keys() <= get_type_hints(one.type).keys() - {"on"}
    for ask in one.form.asks.values():
        assert (ask.least is None) == (ask.most is None)
        assert ask.least is None or ask.most is None or ask.least < ask.most


@pytest.mark.parametrize("one", WITH_FORMS, ids=_name)
def test_whoever_records_a_thing_may_see_it(one: Declaration) -> None:
    assert one.form is not None
    assert one.data_class is not None
    for party in (one.party, *one.form.also):
        assert level(party, one.data_class) >= Level.SUMMARY, party


def test_texts_are_of_the_class_of_what_they_are_about_and_never_of_everybodys() -> None:
    for one in DECLARATIONS:
        if FreeText in get_type_hints(one.type).values():
            assert one.data_class not in (None, DataClass.MASTER, DataClass.SYSTEM), one.code


def test_what_is_about_another_fact_has_the_class_of_that() -> None:
    checked = Checked(
        on=TODAY, of_class=DataClass.SOCIAL, rule="OVG-05", trigger=UUID(int=1), by=Party.UU, ask_again_on=TODAY
    )
    assert class_of(checked) is DataClass.SOCIAL
    assert class_of(checked).group is KeyGroup.SOCIAL
    with pytest.raises(TypeError, match="does not say of which class"):
        class_of(Checked(**_values(Checked) | {"of_class": "social"}))


@pytest.mark.parametrize("one", OF_JOURNEYS, ids=_name)
def test_any_event_may_come_at_any_time_without_stopping_the_story(one: Declaration) -> None:
    evolve(Journey(), one.type(**_values(one.type)))


def _values(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: _value(hints[field.name]) for field in fields(kind) if field.default is MISSING}


def _value(hint: Any) -> Any:
    if hint is date:
        return TODAY
    if hint is UUID:
        return UUID(int=1)
    if hasattr(hint, "__members__"):
        return next(iter(hint))
    return {int: 1, bool: True}.get(hint, "x") if not get_args(hint) else ()
