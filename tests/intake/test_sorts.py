"""Every type of event that a file may tell, and none that it may not, without a line of code for any of them."""

from dataclasses import MISSING, fields

import pytest

from domain.catalogue import BY_CODE
from domain.choices import TransitionTopic
from domain.codes import Party, StreamKind
from intake.sorts import TELLABLE, Sort, columns_of_event, columns_of_events, fields_of_event


@pytest.mark.parametrize("code", sorted(TELLABLE))
def test_what_a_file_may_tell_can_be_told_whole(code: str) -> None:
    declared = BY_CODE[code]
    assert declared.stream is StreamKind.JOURNEY
    needed = {each.name for each in fields(declared.type) if each.default is MISSING} - {"on", "handover_id"}
    assert needed <= {each.name for each in columns_of_event(code).values()}


def test_every_event_that_people_record_by_a_form_may_come_in_a_file_unless_it_needs_an_id_of_ours() -> None:
    left_out = {code for code, declared in BY_CODE.items() if declared.form} - TELLABLE
    assert left_out == {"plan-step-agreed"}


@pytest.mark.parametrize("code", ["journey-started", "responsibility-established", "rules-loaded", "handover-seen"])
def test_what_belongs_to_the_program_itself_no_file_may_tell(code: str) -> None:
    assert code not in TELLABLE


def test_a_field_wants_what_its_type_says() -> None:
    wants = {
        name: each.sort
        for code in (
            "concern-assessed",
            "transition-preparation-finished",
            "job-started",
            "talk-held",
            "contact-person-named",
            "measure-started",
        )
        for name, each in columns_of_event(code).items()
    }
    assert wants == {
        "at": Sort.MOMENT,
        "acute": Sort.YES_NO,
        "topics": Sort.CODES,
        "hours_per_week": Sort.NUMBER,
        "next_on": Sort.DATE,
        "text": Sort.TEXT,
        "staff": Sort.STAFF,
        "measure": Sort.CODE,
    }
    assert columns_of_event("transition-preparation-finished")["topics"].codes is TransitionTopic


def test_a_field_with_a_default_need_not_be_there() -> None:
    talk = fields_of_event(BY_CODE["talk-held"].type)
    assert [name for name, each in talk.items() if each.needed] == []


def test_the_bounds_of_a_number_are_those_of_its_form() -> None:
    percent = columns_of_event("unlawful-absence")["percent"]
    assert (percent.least, percent.most) == (0, 100)


def test_the_sender_of_a_file_stands_in_for_a_party_only() -> None:
    assert columns_of_event("referred-to-milepaelen")["by"].is_sender
    assert columns_of_event("handover-sent")["by"].is_sender
    assert not columns_of_event("consent-given")["by"].is_sender


def test_fields_of_several_events_may_share_a_name_and_want_different_things() -> None:
    wants = columns_of_events(["consent-given", "referred-to-milepaelen"])
    assert {each.codes for each in wants["by"]} == {Party, columns_of_event("consent-given")["by"].codes}
