from uuid import uuid4

import pytest

from people.relatives import Relation, add_relative, relatives
from tests.people.house import NOW, House


def test_relatives_are_references_outside_and_names_inside(house: House) -> None:
    ida, bo = house.add("Ida Testesen", "Bo Prøvesen")
    with house.open() as conn:
        mother = add_relative(conn, house.keys, ida.person_id, "Mor Skjultesen", Relation.PARENT, NOW)
        other = add_relative(conn, house.keys, bo.person_id, "Far Gemtesen", Relation.CUSTODIAN, NOW)
        sister = add_relative(conn, house.keys, ida.person_id, "Søster Skjultesen", Relation.SIBLING, NOW)
        assert (mother, other, sister) == ("relative-1", "relative-1", "relative-2")
        assert [(one.reference, one.relation, one.name) for one in relatives(conn, house.keys, ida.person_id)] == [
            ("relative-1", Relation.PARENT, "Mor Skjultesen"),
            ("relative-2", Relation.SIBLING, "Søster Skjultesen"),
        ]
        assert "Gemtesen" not in repr(relatives(conn, house.keys, bo.person_id))
    assert "kjultesen" not in house.everything_stored()


def test_a_tenth_relative_comes_after_the_second(house: House) -> None:
    ida, _ = house.add("Ida", "Bo")
    with house.open() as conn:
        for n in range(11):
            add_relative(conn, house.keys, ida.person_id, f"Nr {n}", Relation.OTHER, NOW)
        assert [one.name for one in relatives(conn, house.keys, ida.person_id)] == [f"Nr {n}" for n in range(11)]


def test_nobody_has_no_relatives(house: House) -> None:
    with house.open() as conn:
        assert relatives(conn, house.keys, uuid4()) == []
        with pytest.raises(KeyError):
            add_relative(conn, house.keys, uuid4(), "Mor", Relation.PARENT, NOW)
