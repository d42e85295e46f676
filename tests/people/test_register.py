from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import chain, repeat
from threading import Barrier
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from database.roles import Role
from eventlog.keys import Forged, KeyMissing
from people.cpr import CprKind, fictional
from people.danish_order import words
from people.name_index import SHORTEST
from people.names import NameFault, clean_name
from people.register import NewPerson, NumberTaken, Register, Registered
from tests.people.house import NOW, House, number

LATER = NOW + timedelta(days=1)


def test_people_get_an_id_and_a_case_number_and_are_known_the_next_time(house: House) -> None:
    ida, bo = house.add("Ida Testesen", "Bo Prøvesen")
    assert ida.change == bo.change == "new"
    assert ida.person_id != bo.person_id
    assert len({ida.case_number, bo.case_number}) == 2
    assert all(len(one.case_number) == 6 and one.case_number[0] != "0" for one in (ida, bo))

    with house.open() as conn:
        again = house.register.register_people(
            conn,
            [NewPerson(number(1), "Bo Prøvesen"), NewPerson(number(0), "Ida Ny Testesen")],
            LATER,
        )
    assert [one.person_id for one in again] == [bo.person_id, ida.person_id]
    assert [one.case_number for one in again] == [bo.case_number, ida.case_number]
    assert [one.change for one in again] == ["unchanged", "renamed"]


def test_a_new_name_is_found_and_the_old_one_no_longer(house: House) -> None:
    house.add("Ida Testesen", "Bo Prøvesen")
    with house.open() as conn:
        house.register.register_people(conn, [NewPerson(number(0), "Ida Omdøbt")], LATER)
    assert house.find("Omdøbt") == ["Ida Omdøbt"]
    assert house.find("Testesen") == []
    assert house.find("Prøvesen") == ["Bo Prøvesen"]


def test_the_same_number_twice_in_a_file_is_one_person_and_the_last_row_counts(house: House) -> None:
    with house.open() as conn:
        first, other, last = house.register.register_people(
            conn,
            [NewPerson(number(0), "Ida Gammel"), NewPerson(number(1), "Bo"), NewPerson(number(0), "Ida Ny")],
            NOW,
        )
        assert (first.change, other.change, last.change) == ("new", "new", "unchanged")
        assert first.person_id == last.person_id != other.person_id
        assert house.register.identities(conn, [first.person_id])[first.person_id].name == "Ida Ny"


def test_nothing_to_register_is_nothing(house: House) -> None:
    with house.open() as conn:
        assert house.register.register_people(conn, [], NOW) == []
        assert house.register.identities(conn, []) == {}
        assert house.register.find_by_cpr(conn, []) == {}


def test_hundreds_are_registered_in_few_questions_to_the_database(house: House) -> None:
    rows = [NewPerson(number(n), f"Barn{n} Testesen") for n in range(400)]
    with house.open() as conn:
        asked = _count_questions(conn)
        answers = house.register.register_people(conn, rows, NOW)
        assert len(asked) <= 10
        asked.clear()
        assert {one.change for one in house.register.register_people(conn, rows, NOW)} == {"unchanged"}
        assert len(asked) <= 10
        asked.clear()
        found = house.register.identities(conn, [one.person_id for one in answers])
        assert len(asked) <= 2
    assert [found[one.person_id].name for one in answers] == [row.name for row in rows]


def _count_questions(conn: psycopg.Connection) -> list[str]:
    asked: list[str] = []
    execute = conn.execute

    def counted(query: str, *args: object, **more: object) -> object:
        asked.append(query)
        return execute(query, *args, **more)  # type: ignore[call-overload]

    conn.execute = counted  # type: ignore[method-assign, assignment]
    return asked


def _drawing(*numbers: int) -> Callable[[int], int]:
    left = chain(numbers, repeat(numbers[-1]))
    return lambda _: next(left)


def test_a_taken_case_number_is_drawn_again_without_ending_the_transaction(house: House) -> None:
    register = Register(house.db, house.keys, house.secrets, draw=_drawing(5, 5, 5, 6))
    with house.open() as conn:
        conn.execute("create temporary table mark (n int) on commit drop")
        first, second = register.register_people(conn, [NewPerson(number(0), "Ida"), NewPerson(number(1), "Bo")], NOW)
        assert {first.case_number, second.case_number} == {"100005", "100006"}
        assert conn.execute("select count(*) from mark").fetchone() == (0,)
    assert house.find("Ida") == ["Ida"]
    assert house.find("Bo") == ["Bo"]


def test_when_six_digits_are_crowded_a_case_number_has_seven(house: House) -> None:
    register = Register(house.db, house.keys, house.secrets, draw=_drawing(5))
    with house.open() as conn:
        first, second = register.register_people(conn, [NewPerson(number(0), "Ida"), NewPerson(number(1), "Bo")], NOW)
        assert {first.case_number, second.case_number} == {"100005", "1000005"}
        found = register.by_case_number(conn, "1000005")
        assert found
        assert found.case_number == "1000005"


def test_a_register_without_free_numbers_gives_up_loudly(house: House) -> None:
    register = Register(house.db, house.keys, house.secrets, draw=_drawing(5))
    with house.open() as conn, pytest.raises(RuntimeError, match="case number"):
        register.register_people(conn, [NewPerson(number(n), "Ida") for n in range(3)], NOW)


def test_two_imports_of_the_same_people_at_once_make_them_once(house: House) -> None:
    rows = [NewPerson(number(n), f"Barn{n}") for n in range(1500)]
    together = Barrier(4)

    def load(turn: int) -> list[str]:
        with house.open() as conn:
            conn.execute("select 1")
            together.wait(10)
            mixed = rows if turn % 2 else rows[::-1]
            return [one.change for one in house.register.register_people(conn, mixed, NOW)]

    with ThreadPoolExecutor(4) as pool:
        changes = [change for made in pool.map(load, range(4)) for change in made]
    assert changes.count("new") == 1500
    assert changes.count("unchanged") == 4500
    with house.open() as conn:
        assert len(house.register.find_by_cpr(conn, [row.cpr for row in rows])) == 1500


def test_people_are_inserted_in_one_order_so_that_two_imports_cannot_wait_for_each_other(house: House) -> None:
    house.add(*(f"Barn{n}" for n in range(30)))
    with house.open() as conn:
        inserted = conn.execute("select cpr_hmac from person order by ctid").fetchall()
    assert inserted == sorted(inserted)


def test_an_import_that_meets_a_person_just_being_added_waits_and_knows_them(house: House) -> None:
    def load() -> list[Registered]:
        with house.open() as conn:
            rows = [NewPerson(number(0), "Ida Ny"), NewPerson(number(1), "Bo")]
            return house.register.register_people(conn, rows, LATER)

    with ThreadPoolExecutor(1) as pool:
        with house.open() as conn:
            (first,) = house.register.register_people(conn, [NewPerson(number(0), "Ida")], NOW)
            second = pool.submit(load)
            _until_somebody_waits(house)
        ida, bo = second.result(10)
    assert (ida.person_id, ida.change) == (first.person_id, "renamed")
    assert (bo.change, house.find("ida"), house.find("bo")) == ("new", ["Ida Ny"], ["Bo"])


def _until_somebody_waits(house: House) -> None:
    with house.open(Role.OWNER) as conn:
        for _ in range(500):
            if conn.execute("select from pg_locks where not granted").fetchone() is not None:
                return
            conn.execute("select pg_sleep(0.01)")
    raise AssertionError("nobody waited")


def test_numbers_are_found_in_bulk_and_unknown_ones_are_left_out(house: House) -> None:
    ida, bo = house.add("Ida", "Bo")
    with house.open() as conn:
        found = house.register.find_by_cpr(conn, [number(1), number(2), number(0), number(1)])
    assert found == {number(0): ida.person_id, number(1): bo.person_id}


def test_a_replacement_number_and_the_ordinary_one_are_two_numbers(house: House) -> None:
    replacement = fictional(date(2008, 4, 3), 0, CprKind.REPLACEMENT)
    with house.open() as conn:
        one, other = house.register.register_people(
            conn, [NewPerson(number(0), "Ida"), NewPerson(replacement, "Amina")], NOW
        )
        found = house.register.find_by_cpr(conn, [replacement, number(0)])
    assert found == {number(0): one.person_id, replacement: other.person_id}


def test_a_real_number_takes_the_place_of_a_replacement(house: House) -> None:
    replacement = fictional(date(2008, 4, 3), 9, CprKind.REPLACEMENT)
    with house.open() as conn:
        amina, bo = house.register.register_people(
            conn, [NewPerson(replacement, "Amina"), NewPerson(number(1), "Bo")], NOW
        )
        house.register.give_number(conn, amina.person_id, number(0), LATER)
        assert house.register.find_by_cpr(conn, [replacement, number(0)]) == {number(0): amina.person_id}
        assert house.register.number_of(conn, amina.person_id) == number(0)
        assert house.register.number_of(conn, bo.person_id) == number(1)
        with pytest.raises(NumberTaken):
            house.register.give_number(conn, amina.person_id, number(1), LATER)
        with pytest.raises(KeyError):
            house.register.give_number(conn, uuid4(), number(7), LATER)
        house.register.give_number(conn, amina.person_id, number(0), LATER)
        assert house.register.number_of(conn, uuid4()) is None


def test_identities_are_opened_in_bulk(house: House) -> None:
    ida, bo = house.add("Ida Testesen", "Bo Prøvesen")
    with house.open() as conn:
        found = house.register.identities(conn, [bo.person_id, ida.person_id, uuid4()])
    assert {one.name for one in found.values()} == {"Ida Testesen", "Bo Prøvesen"}
    assert found[ida.person_id].case_number == ida.case_number
    assert "Testesen" not in repr(found)


def test_a_case_number_leads_to_one_person(house: House) -> None:
    ida, bo = house.add("Ida Testesen", "Bo Prøvesen")
    with house.open() as conn:
        found = house.register.by_case_number(conn, bo.case_number)
        assert found
        assert (found.person_id, found.name) == (bo.person_id, "Bo Prøvesen")
        for wrong in ("", "0", "012345", "12345", "12345678", "abcdef", "١٢٣٤٥٦", ida.case_number + "\x00", "1' or '1"):
            assert house.register.by_case_number(conn, wrong) is None
    assert house.find(f" {ida.case_number} ") == ["Ida Testesen"]


def test_protection_is_set_by_a_source_but_never_lifted_by_one(house: House) -> None:
    ida, bo = house.add("Ida", "Bo")
    with house.open() as conn:
        (answer,) = house.register.register_people(conn, [NewPerson(number(0), "Ida", protected=True)], LATER)
        assert (answer.change, answer.newly_protected) == ("unchanged", True)
        (answer,) = house.register.register_people(conn, [NewPerson(number(0), "Ida", protected=False)], LATER)
        assert (answer.change, answer.newly_protected) == ("unchanged", False)
        (answer,) = house.register.register_people(conn, [NewPerson(number(0), "Ida Ny")], LATER)
        assert answer.change == "renamed"
        found = house.register.identities(conn, [ida.person_id, bo.person_id])
        assert (found[ida.person_id].protected, found[bo.person_id].protected) == (True, False)
        house.register.protect(conn, ida.person_id, protected=False, now=LATER)
        assert not house.register.identities(conn, [ida.person_id])[ida.person_id].protected


def test_search_finds_by_the_beginning_of_every_word(house: House) -> None:
    house.add("Signe Testesen", "Signe Prøvesen", "Sigurd Testesen", "Åse Öberg")
    assert house.find("sig") == ["Signe Prøvesen", "Signe Testesen", "Sigurd Testesen"]
    assert house.find("sig test") == ["Signe Testesen", "Sigurd Testesen"]
    assert house.find("TESTESEN signe") == ["Signe Testesen"]
    assert house.find("signe t") == ["Signe Testesen"]
    assert house.find("aas øberg") == ["Åse Öberg"]
    assert (
        house.find("esen") == house.find("signe sigurd") == house.find("x") == house.find("") == house.find("-") == []
    )


def test_a_question_longer_than_what_is_kept_is_checked_on_the_name(house: House) -> None:
    house.add("Christoffersen", "Christofferlund")
    assert house.find("christof") == ["Christofferlund", "Christoffersen"]
    assert house.find("christoffers") == ["Christoffersen"]
    assert house.find("christofferx") == []
    with house.open() as conn:
        asked = _count_questions(conn)
        assert house.register.search(conn, "christoffersen" * 20) == []
        assert asked == []


def test_search_answers_in_danish_order_and_cuts_after_sorting(house: House) -> None:
    house.add("Test Ågård", "Test Aastrup", "Test Ærø", "Test Øst", "Test Zoe", "Test Abel")
    in_order = ["Test Abel", "Test Zoe", "Test Ærø", "Test Øst", "Test Ågård", "Test Aastrup"]
    assert house.find("test") == in_order
    assert house.find("test", limit=2) == in_order[:2]


def test_people_out_of_reach_take_no_place_on_the_list(house: House) -> None:
    added = house.add("Test Abel", "Test Bo", "Test Carl")
    reachable = {added[1].person_id, added[2].person_id}
    seen = house.find("test", limit=1, reach=lambda ids: reachable & set(ids))
    assert seen == ["Test Bo"]
    assert house.find(added[0].case_number, reach=lambda ids: reachable & set(ids)) == []


HOSTILE = [
    "Robert'); drop table person;--", 'Q"uote O\'Brien', "🙂🙃 Smiley", "أحمد العربي", "<script>Ida</script>",
    "%_like", "Ida\\x00", "x" * 200, "ab " * 66 + "ab",
]  # fmt: skip


def test_hostile_names_are_kept_and_found_like_all_others(house: House) -> None:
    added = house.add(*HOSTILE)
    with house.open() as conn:
        found = house.register.identities(conn, [one.person_id for one in added])
    assert [found[one.person_id].name for one in added] == HOSTILE
    for name in HOSTILE:
        assert name in house.find(name)
    assert house.find("%") == house.find("_") == []
    assert house.find("\x00") == house.find("\ud800") == []


def test_a_nul_is_refused_before_it_reaches_the_database() -> None:
    with pytest.raises(NameFault, match="nul-tegn"):
        NewPerson(number(0), "Ida\x00")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(min_size=2, max_size=30), data=st.data())
def test_every_beginning_of_a_name_finds_it_and_finds_nobody_else(house: House, name: str, data: st.DataObject) -> None:
    try:
        name = clean_name(name)
    except NameFault:
        return
    beginning = name[: data.draw(st.integers(1, len(name)))]
    asked = words(beginning)
    if not any(len(word) >= SHORTEST for word in asked):
        return
    with house.open() as conn:
        house.register.register_people(conn, [NewPerson(number(0), name), NewPerson(number(1), "Bo Anden")], NOW)
        found = {identity.name for identity in house.register.search(conn, beginning)}
    is_also_bo = all("bo".startswith(word) or "anden".startswith(word) for word in asked)
    assert found == ({name, "Bo Anden"} if is_also_bo else {name})


def test_nothing_that_says_who_somebody_is_stands_in_the_tables(house: House) -> None:
    house.add("Hemmelignavn Skjultesen", "Andetnavn Dækketsen")
    with house.open() as conn:
        house.register.search(conn, "Hemmelignavn")
    stored = house.everything_stored()
    for secret in ("emmelignavn", "kjultesen", "ndetnavn", "ækketsen", "ette Vejleder"):
        assert secret.lower() not in stored.lower()
    for n in (0, 1):
        assert number(n).digits not in stored
        assert number(n).shown not in stored
        assert number(n).digits[:6] not in stored
    assert "2008-04-03" not in stored


def test_a_sealed_name_moved_to_another_person_is_refused(house: House) -> None:
    ida, bo = house.add("Ida", "Bo")
    with house.open(Role.OWNER) as conn:
        conn.execute(
            "update person set name_sealed = other.name_sealed from person other"
            " where other.person_id = %s and person.person_id = %s",
            [ida.person_id, bo.person_id],
        )
    with house.open() as conn, pytest.raises(Forged):
        house.register.identities(conn, [bo.person_id])


def test_a_person_whose_key_is_destroyed_is_nobody_any_more(house: House) -> None:
    ida, bo = house.add("Ida Testesen", "Bo Testesen")
    with house.open(Role.OWNER) as conn:
        conn.execute("delete from log_keys where stream = %s", [ida.person_id])
    house.keys.forget()
    assert house.find("testesen") == ["Bo Testesen"]
    with house.open() as conn:
        assert list(house.register.identities(conn, [ida.person_id, bo.person_id])) == [bo.person_id]
        assert house.register.by_case_number(conn, ida.case_number) is None
        assert house.register.number_of(conn, ida.person_id) is None
        with pytest.raises(KeyMissing):
            house.register.register_people(conn, [NewPerson(number(0), "Ida Testesen")], LATER)


def test_the_eraser_forgets_one_person_whole_and_nobody_else(house: House) -> None:
    ida, bo = house.add("Ida Testesen", "Bo Testesen")
    with house.open(Role.ERASER) as conn:
        house.register.forget(conn, ida.person_id)
    assert house.find("testesen") == ["Bo Testesen"]
    with house.open() as conn:
        assert house.register.find_by_cpr(conn, [number(0), number(1)]) == {number(1): bo.person_id}
    with house.open(Role.OWNER) as conn:
        left = conn.execute("select distinct person_id from person_name_prefix").fetchall()
    assert left == [(bo.person_id,)]


TABLES = ["person", "person_name_prefix", "relative", "unit", "staff", "read_log", "session"]


@pytest.mark.parametrize("table", TABLES)
def test_the_follower_may_not_even_look(house: House, table: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege), house.open(Role.FOLLOWER) as conn:
        conn.execute(f"select from {table}")


@pytest.mark.parametrize("table", ["person", "relative", "unit", "staff", "read_log"])
def test_the_application_may_not_delete_people_staff_or_reads(house: House, table: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege), house.open() as conn:
        conn.execute(f"delete from {table}")
