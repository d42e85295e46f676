"""Every form that is declared can be filled in by everybody who may record it, and says what is wrong at its field."""

import dataclasses
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any, get_type_hints
from uuid import uuid4

import pytest

from api.recordable import KINDS, Field, Kind, kinds_of
from domain.codes import Party
from domain.rules import Kind as Binding
from domain.rules import parse
from tests.api.test_recording import STAFF, TODAY, day, entries, send, text_of
from tests.four import FOUR
from tests.test_danish import faults

UU_FIRST = [Party.UU, *STAFF]


def test_every_form_can_be_filled_in_by_everybody_who_may_record_it(as_staff: Any, youth: Any, house: Any) -> None:
    ida, bo = youth("Ida Demogaard"), youth("Bo Demogaard")
    untouched = len(house.log.history(bo.id).entries)
    for party, staff in STAFF.items():
        client = as_staff(staff)
        for kind in kinds_of(party).values():
            page = client.get(f"{ida.path}/haendelser/ny?slags={kind.code}")
            assert page.status_code == 200, kind.code
            assert faults(text_of(page)) == [], kind.code
            for field in kind.fields:
                assert f'id="{field.name}"' in page.text, (kind.code, field.name)
                assert field.label in unescape(page.text), (kind.code, field.name)
            before = entries(ida, kind.declared.type)
            fields, said = filled_in(kind, party)
            command = str(uuid4())
            answers = [send(client, ida, kind.code, command=command, **fields) for _ in range(2)]
            assert [answer.status_code for answer in answers] == [303, 303], (kind.code, text_of(answers[0]))
            assert answers[0].headers["location"] == f"{ida.path}?besked=gemt"
            [*old, entry] = entries(ida, kind.declared.type)
            assert len(old) == len(before), f"{kind.code} pressed twice is one event"
            found = {one.name: getattr(entry.event, one.name) for one in dataclasses.fields(entry.event)}
            assert {name: found[name] for name in said} == said, kind.code
            assert (entry.actor.id, entry.actor.role) == (staff, party)
            assert entry.group is kind.data_class.group
    assert len(house.log.history(bo.id).entries) == untouched


def filled_in(kind: Kind, party: Party) -> tuple[dict[str, Any], dict[str, Any]]:
    """A form filled in, and what the event then says."""
    fields: dict[str, Any] = {}
    said: dict[str, Any] = {"on": TODAY}
    for field in kind.fields:
        given, meant = an_answer(field, party)
        fields |= given
        said[field.name] = meant
    said |= {one: party for one in ("by", "party") if one in get_type_hints(kind.declared.type) and one not in said}
    return fields, said


def an_answer(field: Field, party: Party) -> tuple[dict[str, Any], Any]:  # noqa: PLR0911 - one answer per sort
    codes = list(field.codes or ())
    match field.sort:
        case "choice":
            return {field.name: codes[-1].value}, codes[-1]
        case "choices":
            return {field.name: [codes[-1].value, codes[0].value]}, (codes[0], codes[-1])
        case "yes-no":
            return {field.name: "nej"}, False
        case "text":
            return {field.name: f" Æblegrød\r\ntil {party} "}, f"Æblegrød\ntil {party}"
        case "date":
            return day(field.name, date(2026, 12, 4)), date(2026, 12, 4)
        case "number":
            return {field.name: str(field.ask.most)}, field.ask.most
        case "time":
            return {field.name: "8.30"}, datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
        case "staff":
            return {field.name: STAFF[party]}, STAFF[party]


NUMBERS = "Skriv et helt tal fra {least} til {most}: {label}"
HOURS = "Skriv klokkeslættet som timer og minutter, for eksempel 14.30."
WRONG: dict[str, list[tuple[Any, str]]] = {
    "choice": [("", "Vælg et svar: {label}"), ("no-such-code", "Vælg et svar: {label}")],
    "choices": [(["no-such-code"], "Vælg mindst ét svar: {label}"), ("", "Vælg mindst ét svar: {label}")],
    "yes-no": [("", "Vælg et svar: {label}"), ("måske", "Vælg et svar: {label}")],
    "text": [("x" * 5001, "Teksten er for lang; den må højst være 5.000 tegn."), ("", "Der mangler en tekst.")],
    "date": [("4", "Svaret på “{label}” mangler måned og år."), ("", "Svaret på “{label}” mangler. Skriv dag")],
    "number": [("", NUMBERS), ("x", NUMBERS), ("1,5", NUMBERS), ("-1", NUMBERS), ("²", NUMBERS)],
    "time": [("", HOURS), ("25.00", HOURS), ("12.60", HOURS), ("9.01", "Klokkeslættet ligger i fremtiden.")],
    "staff": [("", "Vælg et svar: {label}"), ("maja-mentor", "Vælg et svar: {label}")],
}


@pytest.mark.parametrize("sort", list(WRONG))
def test_a_wrong_answer_is_told_at_its_field_and_nothing_is_recorded(
    as_staff: Any, youth: Any, house: Any, sort: str
) -> None:
    ida = youth()
    before = house.log.position()
    tried = 0
    for kind in KINDS:
        party = next(party for party in (UU_FIRST if kind.form.shared else STAFF) if kind.code in kinds_of(party))
        client = as_staff(STAFF[party])
        for field in (field for field in kind.fields if field.sort == sort):
            fields, _ = filled_in(kind, party)
            for given, told in WRONG[sort] + out_of_bounds(field):
                if field.optional and not given:
                    continue
                wrong = {f"{field.name}_day": given} if sort == "date" else {field.name: given}
                cleared = {key: value for key, value in fields.items() if not key.startswith(f"{field.name}_")}
                answer = send(client, ida, kind.code, **(cleared if sort == "date" else fields) | wrong)
                expected = told.format(label=field.ask.label, least=field.ask.least, most=field.ask.most)
                shown = unescape(answer.text)
                assert answer.status_code == 422, (kind.code, field.name, given)
                assert shown.count(expected) == 2, ("in the summary and at the field", kind.code, given, expected)
                assert f'<a href="#{field.name}">' in answer.text
                assert "Der er 1 fejl" in shown
                assert faults(text_of(answer)) == []
                tried += 1
    assert tried
    assert house.log.position() == before


def out_of_bounds(field: Field) -> list[tuple[str, str]]:
    if field.ask.least is None or field.ask.most is None:
        return []
    return [(str(field.ask.least - 1), NUMBERS), (str(field.ask.most + 1), NUMBERS)]


# What it changes


EFFECTS = [
    (
        Party.UU,
        "told-of-break-off",
        [
            "Fristen “Kontakt efter afbrud” begynder, hvis den unge er 15-17 år.",
            "Fristen “Ny aktivitet efter afbrud” begynder, hvis den unge er 15-17 år.",
        ],
    ),
    (
        Party.UU,
        "contact-made",
        [
            "Fristen “Ny aktivitet efter afbrud” regnes herfra, hvis den er begyndt.",
            "Fristen “Kontakt efter afbrud” bliver opfyldt, hvis den løber.",
        ],
    ),
    (
        Party.CHILD_SOCIAL,
        "placement-started",
        ["Fristen “Afgørelse om ungestøtte” begynder, hvis den unge er under 23 år."],
    ),
    (
        Party.CHILD_SOCIAL,
        "placement-ended",
        ["Fristen “Afgørelse om ungestøtte” falder bort, hvis den ikke er overskredet."],
    ),
    (Party.UU, "goal-in-own-words", ["Målet står øverst i planen; det tidligere bliver i historikken."]),
]


@pytest.mark.parametrize(("party", "kind", "said"), EFFECTS, ids=[kind for _, kind, _ in EFFECTS])
def test_the_form_says_what_recording_it_changes(
    as_staff: Any, youth: Any, party: Party, kind: str, said: list[str]
) -> None:
    page = as_staff(STAFF[party]).get(f"{youth().path}/haendelser/ny?slags={kind}")
    [box] = re.findall(r"(?s)Når du gemmer</h2>(.*?)</div>", page.text)
    told = [unescape(one) for one in re.findall(r"<li>(.*?)</li>", box)]
    assert set(said) <= set(told)


def test_a_form_that_changes_no_deadline_says_nothing_of_it(as_staff: Any, youth: Any) -> None:
    kind = next(kind for kind in KINDS if not kind.effects(parse(FOUR).rules, TODAY))
    party = next(party for party in STAFF if kind.code in kinds_of(party))
    page = as_staff(STAFF[party]).get(f"{youth().path}/haendelser/ny?slags={kind.code}")
    assert page.status_code == 200
    assert "Når du gemmer" not in page.text


def test_only_rules_in_force_are_told_of() -> None:
    kind = next(kind for kind in KINDS if kind.code == "told-of-break-off")
    [rule] = [rule for rule in parse(FOUR).rules if rule.id == "KUI-02"]
    assert kind.effects([rule], TODAY) == ["Fristen “Kontakt efter afbrud” begynder, hvis den unge er 15-17 år."]
    assert kind.effects([replace(rule, valid_until=TODAY - timedelta(days=1))], TODAY) == []
    assert kind.effects([replace(rule, valid_from=TODAY + timedelta(days=1))], TODAY) == []
    assert kind.effects([replace(rule, kind=Binding.DORMANT)], TODAY) == []
    assert kind.effects([replace(rule, ends_at_age=30)], TODAY) == [
        "Fristen “Kontakt efter afbrud” begynder, hvis den unge er fyldt 15 år."
    ]
    assert kind.effects([replace(rule, from_age=0, ends_at_age=30)], TODAY) == [
        "Fristen “Kontakt efter afbrud” begynder."
    ]
