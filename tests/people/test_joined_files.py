"""Two files of one young person: both numbers lead to the file that goes on, until the two are parted."""

from datetime import timedelta

import pytest

from database import Role
from people.register import NewPerson, Registered
from tests.people.house import NOW, House, number

LATER = NOW + timedelta(days=1)


def _joined(house: House) -> list[Registered]:
    ida, twin, bo = house.add("Ida Testesen", "Ida Erstatningsen", "Bo Prøvesen")
    with house.open() as conn:
        house.register.join(conn, twin.person_id, ida.person_id, LATER)
    return [ida, twin, bo]


def test_both_numbers_lead_to_the_file_that_goes_on(house: House) -> None:
    ida, twin, bo = _joined(house)
    with house.open() as conn:
        assert house.register.find_by_cpr(conn, [number(0), number(1), number(2)]) == {
            number(0): ida.person_id,
            number(1): ida.person_id,
            number(2): bo.person_id,
        }
        found = house.register.by_case_number(conn, twin.case_number)
        assert found is not None
        assert (found.person_id, found.case_number) == (ida.person_id, ida.case_number)
        (old,) = house.register.joined_into(conn, ida.person_id)
        assert (old.person_id, old.goes_on_here) == (twin.person_id, False)


def test_a_search_by_the_old_name_finds_the_one_file(house: House) -> None:
    _joined(house)
    assert house.find("Ida") == ["Ida Testesen"]
    assert house.find("Erstatningsen") == ["Ida Testesen"]
    assert house.find("Bo") == ["Bo Prøvesen"]


def test_parted_they_are_two_again(house: House) -> None:
    _, twin, _ = _joined(house)
    for _ in range(2):
        with house.open() as conn:
            house.register.part(conn, twin.person_id, LATER)
    assert house.find("Ida") == ["Ida Erstatningsen", "Ida Testesen"]


def test_an_import_of_the_old_number_changes_neither_file(house: House) -> None:
    ida, _, _ = _joined(house)
    with house.open() as conn:
        (answer,) = house.register.register_people(conn, [NewPerson(number(1), "Ida Nytnavnsen")], LATER)
    assert (answer.person_id, answer.change, answer.newly_protected) == (ida.person_id, "joined", False)
    assert house.find("Ida") == ["Ida Testesen"]


def test_protection_that_is_told_of_the_old_number_protects_the_file(house: House) -> None:
    ida, _, _ = _joined(house)
    row = NewPerson(number(1), "Ida Erstatningsen", protected=True)
    with house.open() as conn:
        (first,) = house.register.register_people(conn, [row], LATER)
        (again,) = house.register.register_people(conn, [row], LATER)
        assert house.register.identities(conn, [ida.person_id])[ida.person_id].protected
    assert (first.newly_protected, again.newly_protected) == (True, False)


def test_a_protected_file_protects_the_one_it_goes_into(house: House) -> None:
    (hidden,) = house.add("Ida Skjultsen", protected=True)
    (ida,) = house.add("Ida Testesen")
    with house.open() as conn:
        house.register.join(conn, hidden.person_id, ida.person_id, LATER)
        assert house.register.identities(conn, [ida.person_id])[ida.person_id].protected


def test_a_file_that_others_went_into_takes_them_along(house: House) -> None:
    ida, twin, bo = _joined(house)
    with house.open() as conn:
        house.register.join(conn, ida.person_id, bo.person_id, LATER)
        assert set(house.register.find_by_cpr(conn, [number(0), number(1)]).values()) == {bo.person_id}
        with pytest.raises(KeyError):
            house.register.join(conn, bo.person_id, twin.person_id, LATER)


def test_who_is_erased_is_erased_under_both_numbers(house: House) -> None:
    ida, _, bo = _joined(house)
    with house.open(Role.ERASER) as conn:
        house.register.forget(conn, ida.person_id)
    with house.open() as conn:
        assert house.register.find_by_cpr(conn, [number(0), number(1), number(2)]) == {number(2): bo.person_id}
