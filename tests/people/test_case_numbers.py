from uuid import uuid4

from database import Role
from people.case_numbers import case_numbers_of, files_with
from tests.people.house import House
from tests.people.test_joined_files import _joined


def test_a_file_and_its_number_are_found_from_each_other_also_when_it_goes_on_elsewhere(house: House) -> None:
    files = _joined(house)
    numbers = {one.person_id: one.case_number for one in files}
    with house.db.connection(Role.APPLICATION) as conn:
        assert case_numbers_of(conn, [*numbers, uuid4()]) == numbers
        assert files_with(conn, [*numbers.values(), "000000", ""]) == {one.case_number: one.person_id for one in files}
        assert (case_numbers_of(conn, []), files_with(conn, [])) == ({}, {})
