import threading
from datetime import date, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from people.absences import Absence, AlreadyAway, absences, name_substitute, stands_in_for, take_away
from people.staff import demo_municipality, load_staff, read_municipality, who_works_here
from tests.people.house import NOW, House

METTE, ANDERS, ULLA = "mette-vejleder", "anders-vejleder", "ulla-uddannelsesleder"
FIRST, LAST = date(2026, 3, 9), date(2026, 3, 13)


def away(house: House, who: str, substitute: str, first: date = FIRST, last: date = LAST) -> Absence:
    absence = Absence(absence_id=uuid4(), staff_id=who, substitute_id=substitute, first=first, last=last)
    with house.open() as conn:
        name_substitute(conn, absence, by=who, at=NOW)
    return absence


def covered_by(house: House, who: str, day: date = FIRST) -> set[str]:
    with house.open() as conn:
        return set(stands_in_for(conn, who, day))


def test_the_substitute_stands_in_on_the_first_and_the_last_day_and_not_beside_them(house: House) -> None:
    away(house, METTE, ANDERS)
    a_day = timedelta(days=1)
    days = [day for day in (FIRST - a_day, FIRST, LAST, LAST + a_day) if covered_by(house, ANDERS, day)]
    assert days == [FIRST, LAST]
    assert covered_by(house, ANDERS) == {METTE}
    assert covered_by(house, METTE) == covered_by(house, ULLA) == set()


def test_whoever_stands_in_for_a_substitute_has_both(house: House) -> None:
    away(house, METTE, ANDERS)
    away(house, ANDERS, ULLA)
    assert covered_by(house, ULLA) == {METTE, ANDERS}


def test_two_who_stand_in_for_each_other_end_somewhere(house: House) -> None:
    away(house, METTE, ANDERS)
    away(house, ANDERS, METTE)
    assert covered_by(house, METTE) == {ANDERS}
    assert covered_by(house, ANDERS) == {METTE}


@pytest.mark.parametrize(("first", "last"), [(FIRST, FIRST), (LAST, date(2026, 4, 1)), (date(2026, 1, 1), FIRST)])
def test_nobody_is_away_twice_on_one_day(house: House, first: date, last: date) -> None:
    away(house, METTE, ANDERS)
    with pytest.raises(AlreadyAway):
        away(house, METTE, ULLA, first, last)
    away(house, METTE, ULLA, LAST + timedelta(days=1), LAST + timedelta(days=3))
    away(house, ULLA, ANDERS, first, last)


def test_two_at_once_cannot_both_be_written(house: House) -> None:
    outcomes: list[str] = []

    def tries() -> None:
        try:
            away(house, METTE, ULLA)
            outcomes.append("written")
        except AlreadyAway:
            outcomes.append("refused")

    second = threading.Thread(target=tries)
    absence = Absence(absence_id=uuid4(), staff_id=METTE, substitute_id=ANDERS, first=FIRST, last=LAST)
    with house.open() as conn:
        name_substitute(conn, absence, by=METTE, at=NOW)
        second.start()
        second.join(0.3)
        assert outcomes == [], "the second waits until the first has decided"
    second.join()
    assert outcomes == ["refused"]


def test_asked_twice_is_once(house: House) -> None:
    absence = away(house, METTE, ANDERS)
    with house.open() as conn:
        name_substitute(conn, absence, by=METTE, at=NOW)
        assert absences(conn, FIRST, of=[METTE]) == [absence]


def test_what_lasts_or_is_to_come_is_told_to_both_and_what_is_over_to_nobody(house: House) -> None:
    absence, later = away(house, METTE, ANDERS), away(house, ULLA, ANDERS, date(2026, 4, 1), date(2026, 4, 2))
    with house.open() as conn:
        assert absences(conn, LAST, of=[METTE]) == [absence]
        assert absences(conn, LAST, covered_by=ANDERS) == [absence, later]
        assert absences(conn, LAST + timedelta(days=1), of=[METTE]) == []
        assert absences(conn, FIRST, of=[ANDERS]) == []


def test_it_is_taken_away_only_by_those_it_is_about(house: House) -> None:
    absence = away(house, METTE, ANDERS)
    for absence_id, of in ((absence.absence_id, [ANDERS]), (UUID(int=1), [METTE])):
        with house.open() as conn:
            take_away(conn, absence_id, of)
        assert covered_by(house, ANDERS) == {METTE}
    with house.open() as conn:
        take_away(conn, absence.absence_id, [METTE])
        take_away(conn, absence.absence_id, [METTE])
    assert covered_by(house, ANDERS) == set()


def test_the_table_itself_refuses_what_no_page_should_send(house: House) -> None:
    for who, substitute, first, last in (
        (METTE, METTE, FIRST, LAST),
        (METTE, ANDERS, LAST, FIRST),
        (METTE, "nobody", FIRST, LAST),
    ):
        with pytest.raises(psycopg.IntegrityError):
            away(house, who, substitute, first, last)


def test_who_has_left_does_not_work_here(house: House) -> None:
    without = demo_municipality().replace(
        '  { id = "mette-vejleder", name = "Mette Vejleder", function = "worker" },\n', ""
    )
    with house.open() as conn:
        assert METTE in who_works_here(conn)
        load_staff(conn, house.keys, read_municipality(without))
        assert METTE not in who_works_here(conn)
        assert ANDERS in who_works_here(conn)
