from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from database.roles import Role
from domain.codes import Party
from eventlog.keys import Forged
from people.read_log import forget_reads_before, log_read, log_search, reads_of, searches_by
from tests.people.house import NOW, House

METTE: dict[str, Any] = {"staff_id": "mette-vejleder", "unit_id": "uu-nordvest", "party": Party.UU}
JENS: dict[str, Any] = {"staff_id": "jens-raadgiver", "unit_id": "boern-og-familie", "party": Party.CHILD_SOCIAL}
PAGE: dict[str, Any] = {"category": "plan", "purpose": "tovholder", "route": "/unge/{sagsnr}", "outcome": "shown"}


def _look(house: House, *person_ids: UUID, at: datetime = NOW, **more: Any) -> None:
    with house.open() as conn:
        log_read(conn, at=at, person_ids=person_ids, **METTE, **(PAGE | more))


def test_a_list_is_a_look_at_everybody_on_it(house: House) -> None:
    ida, bo, carl = house.add("Ida", "Bo", "Carl")
    _look(house, ida.person_id, bo.person_id)
    _look(house, ida.person_id, at=NOW + timedelta(minutes=1), category="schooling", break_glass=True)
    with house.open() as conn:
        of_ida = reads_of(conn, ida.person_id)
        assert [(one.category, one.break_glass) for one in of_ida] == [("schooling", True), ("plan", False)]
        (of_bo,) = reads_of(conn, bo.person_id)
        assert reads_of(conn, carl.person_id) == []
    assert (of_bo.at, of_bo.staff_id, of_bo.unit_id, of_bo.party) == (NOW, "mette-vejleder", "uu-nordvest", Party.UU)
    assert (of_bo.purpose, of_bo.route, of_bo.outcome) == ("tovholder", "/unge/{sagsnr}", "shown")


def test_a_look_that_showed_nobody_is_a_row_all_the_same(house: House) -> None:
    _look(house)
    with house.open() as conn:
        assert conn.execute("select person_id, outcome from read_log").fetchall() == [(None, "shown")]


def test_a_search_keeps_its_criterion_sealed(house: House) -> None:
    ida, bo = house.add("Ida Skjultesen", "Bo Skjultesen")
    with house.open() as conn:
        both = [ida.person_id, bo.person_id]
        later = NOW + timedelta(minutes=1)
        log_search(conn, house.keys, at=NOW, criterion="Skjultesen", person_ids=both, **METTE, **PAGE)
        log_search(conn, house.keys, at=later, criterion="032408-5000", person_ids=[], **METTE, **PAGE)
        log_search(conn, house.keys, at=NOW, criterion="noget andet", person_ids=[], **JENS, **PAGE)
        found = searches_by(conn, house.keys, "mette-vejleder")
        assert [one.criterion for one in found] == ["032408-5000", "Skjultesen"]
        assert "Skjultesen" not in repr(found)
        assert len(reads_of(conn, ida.person_id)) == len(reads_of(conn, bo.person_id)) == 1
    stored = house.everything_stored()
    assert "kjultesen" not in stored
    assert "032408" not in stored


def test_a_criterion_cannot_be_put_under_anothers_name(house: House) -> None:
    with house.open() as conn:
        log_search(conn, house.keys, at=NOW, criterion="Skjultesen", person_ids=[], **METTE, **PAGE)
    with house.open(Role.OWNER) as conn:
        conn.execute("update read_log set staff_id = 'jens-raadgiver'")
    with house.open() as conn, pytest.raises(Forged):
        searches_by(conn, house.keys, "jens-raadgiver")


def test_a_look_that_cannot_be_logged_stops_the_page(house: House) -> None:
    ida, _ = house.add("Ida", "Bo")
    with house.open(Role.OWNER) as conn:
        conn.execute("revoke insert on read_log from overgang_application")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        _look(house, ida.person_id)


@pytest.mark.parametrize("role", [Role.APPLICATION, Role.ERASER, Role.FOLLOWER])
def test_nobody_rewrites_the_read_log(house: House, role: Role) -> None:
    _look(house)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), house.open(role) as conn:
        conn.execute("update read_log set staff_id = 'jens-raadgiver'")


def test_old_rows_end_with_their_time_and_newer_ones_stay(house: House) -> None:
    ida, bo = house.add("Ida", "Bo")
    _look(house, ida.person_id, at=NOW - timedelta(days=400))
    _look(house, bo.person_id)
    with house.open(Role.ERASER) as conn:
        assert forget_reads_before(conn, NOW - timedelta(days=365)) == 1
    with house.open() as conn:
        assert (len(reads_of(conn, ida.person_id)), len(reads_of(conn, bo.person_id))) == (0, 1)


def test_the_looks_stay_when_the_person_is_erased(house: House) -> None:
    ida, _ = house.add("Ida", "Bo")
    _look(house, ida.person_id)
    with house.open(Role.ERASER) as conn:
        house.register.forget(conn, ida.person_id)
    with house.open() as conn:
        assert len(reads_of(conn, ida.person_id)) == 1
