from datetime import timedelta

import psycopg
import pytest

from people.sessions import IDLE, LONGEST, csrf_matches, csrf_token, end, end_all, find, start
from tests.people.house import NOW, House

METTE, JENS = "mette-vejleder", "jens-raadgiver"


def test_a_token_opens_its_own_session_and_no_other(house: House) -> None:
    with house.open() as conn:
        mette, jens = start(conn, METTE, NOW), start(conn, JENS, NOW)
        first, second = find(conn, mette, NOW), find(conn, jens, NOW)
        assert first
        assert second
        assert (first.staff_id, second.staff_id) == (METTE, JENS)
        assert start(conn, METTE, NOW) != mette
        for wrong in ("", mette[:-1], mette + "x", "\ud800", "\x00"):
            assert find(conn, wrong, NOW) is None


def test_the_table_does_not_tell_the_token(house: House) -> None:
    with house.open() as conn:
        token = start(conn, METTE, NOW)
    assert len(token) >= 43
    assert token not in house.everything_stored()


def test_a_session_ends_after_half_an_hour_of_silence(house: House) -> None:
    with house.open() as conn:
        silent, busy = start(conn, METTE, NOW), start(conn, JENS, NOW)
        assert find(conn, busy, NOW + timedelta(minutes=20))
        assert find(conn, silent, NOW + IDLE) is None
        assert find(conn, busy, NOW + IDLE)


def test_a_session_ends_after_eight_hours_however_busy(house: House) -> None:
    with house.open() as conn:
        token, now = start(conn, METTE, NOW), NOW
        while now < NOW + LONGEST:
            assert find(conn, token, now)
            now += timedelta(minutes=20)
        assert find(conn, token, NOW + LONGEST) is None


def test_being_seen_is_written_at_most_once_a_minute(house: House) -> None:
    def written() -> object:
        return conn.execute("select last_seen_at from session").fetchone()

    with house.open() as conn:
        token = start(conn, METTE, NOW)
        find(conn, token, NOW + timedelta(seconds=59))
        assert written() == (NOW,)
        find(conn, token, NOW + timedelta(seconds=60))
        assert written() == (NOW + timedelta(seconds=60),)


def test_a_session_that_is_ended_is_over_and_the_others_go_on(house: House) -> None:
    with house.open() as conn:
        here, there, jens = start(conn, METTE, NOW), start(conn, METTE, NOW), start(conn, JENS, NOW)
        end(conn, here)
        end(conn, here)
        assert find(conn, here, NOW) is None
        assert find(conn, there, NOW)
        end_all(conn, METTE)
        assert find(conn, there, NOW) is None
        assert find(conn, jens, NOW)


def test_old_sessions_are_swept_when_somebody_signs_in(house: House) -> None:
    with house.open() as conn:
        start(conn, METTE, NOW)
        start(conn, JENS, NOW + IDLE)
        assert conn.execute("select staff_id from session").fetchall() == [(JENS,)]


def test_only_staff_can_have_a_session(house: House) -> None:
    with pytest.raises(psycopg.errors.ForeignKeyViolation), house.open() as conn:
        start(conn, "nobody", NOW)


def test_who_has_left_has_no_session_even_if_one_stands(house: House) -> None:
    with house.open() as conn:
        mette, jens = start(conn, METTE, NOW), start(conn, JENS, NOW)
        conn.execute("update staff set active = false where staff_id = %s", [METTE])
        assert find(conn, mette, NOW) is None
        assert find(conn, jens, NOW)


def test_a_form_belongs_to_one_session(house: House) -> None:
    mine, yours = csrf_token(house.secrets, "token-1"), csrf_token(house.secrets, "token-2")
    assert mine != yours
    assert csrf_matches(house.secrets, "token-1", mine)
    assert not csrf_matches(house.secrets, "token-1", yours)
    assert not csrf_matches(house.secrets, "token-1", "")
    assert not csrf_matches(house.secrets, "token-1", "æ\ud800")
