"""A schema that is lent again is as new: no row, number, right or connection of one test is there in the next."""

from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

import eventlog
from database import Database, Role
from tests.servers import LOG, PEOPLE, _folder, furnished_database, superuser_conninfo

ROOMS = (LOG, PEOPLE, lambda _: None)
"""Rooms of nobody else, so that what is lent here is what was given back here."""


@pytest.fixture(autouse=True)
def _begins_with_one_on_the_shelf() -> None:
    with furnished_database(*ROOMS):
        pass


def oid_of(db: Database, table: str = "log_head") -> int:
    with psycopg.connect(superuser_conninfo()) as outside:
        row = outside.execute("select to_regclass(%s)::oid::bigint", [f"{db.schema}.{table}"]).fetchone()
    assert row
    return int(row[0])


def number_from(db: Database) -> int:
    with db.connection(Role.OWNER) as conn:
        row = conn.execute("select nextval('read_log_id_seq')").fetchone()
    assert row
    return int(row[0])


def test_the_same_tables_are_lent_again_under_another_name() -> None:
    with furnished_database(*ROOMS) as one:
        first = oid_of(one)
    with furnished_database(*ROOMS) as two:
        assert oid_of(two) == first
        assert two.schema != one.schema


def test_two_at_a_time_have_tables_of_their_own() -> None:
    with furnished_database(*ROOMS) as one, furnished_database(*ROOMS) as two:
        assert oid_of(one) != oid_of(two)


def test_the_programs_own_installation_finds_nothing_to_do_in_it() -> None:
    with furnished_database(*ROOMS) as one:
        first = oid_of(one)
        eventlog.install(one, municipality="Prøvekommune", demo=True)
    with furnished_database(*ROOMS) as two:
        assert oid_of(two) == first, "it was changed, and so every test pays for new tables"


def test_rows_are_gone_and_numbers_begin_anew() -> None:
    with furnished_database(*ROOMS) as one:
        eventlog.install(one, municipality="Prøvekommune", demo=True)
        assert [number_from(one) for _ in range(3)] == [1, 2, 3]
        first = oid_of(one)
    with furnished_database(*ROOMS) as two:
        assert oid_of(two) == first
        with two.connection(Role.OWNER) as conn:
            assert conn.execute("select * from log_head").fetchall() == []
        assert number_from(two) == 1


def test_what_was_taken_back_leaves_no_trace_either() -> None:
    with furnished_database(*ROOMS) as one, one.connection(Role.OWNER) as conn:
        conn.execute("insert into log_head (log_id, municipality, demo) values (%s, 'x', true)", [uuid4()])
        conn.rollback()
    with furnished_database(*ROOMS) as two, two.connection(Role.OWNER) as conn:
        assert conn.execute("select pg_relation_size('log_head')").fetchone() == (0,)


def test_what_the_planner_learnt_is_forgotten() -> None:
    with furnished_database(*ROOMS) as one, one.connection(Role.OWNER) as conn:
        conn.execute("insert into unit values ('a', 'uu', ''), ('b', 'uu', '')")
        conn.execute("analyze unit")
    with furnished_database(*ROOMS) as two, two.connection(Role.OWNER) as conn:
        assert conn.execute("select reltuples from pg_class where oid = 'unit'::regclass").fetchone() == (-1,)
        learnt = "select count(*) from pg_stats where schemaname = current_schema()"
        assert conn.execute(learnt).fetchone() == (0,)


def test_functions_work_on_the_tables_of_the_new_name() -> None:
    with furnished_database(*ROOMS) as one:
        pass
    with furnished_database(*ROOMS) as two:
        eventlog.install(two, municipality="Prøvekommune", demo=True)
        with two.connection(Role.APPLICATION) as conn:
            assert conn.execute("select log_index_check('\\x01')").fetchone() == (True,)
            assert conn.execute("select log_index_check('\\x02')").fetchone() == (False,)
        assert one.schema != two.schema


def test_a_connection_that_was_forgotten_finds_nothing() -> None:
    with furnished_database(*ROOMS) as one:
        forgotten = psycopg.connect(one.conninfo(Role.OWNER), autocommit=True)
    with forgotten, pytest.raises(psycopg.errors.UndefinedTable):
        forgotten.execute("select * from log_head")


@pytest.mark.parametrize(
    "change",
    [
        "create table more (x int)",
        "drop table session",
        "alter table unit add column x int",
        "alter table unit alter column party set default 'uu'",
        "alter table unit alter column party drop not null",
        "drop index log_keys_stream",
        "create index on unit (party)",
        "revoke insert on unit from overgang_application",
        "revoke usage on schema {schema} from overgang_application",
        "grant execute on function log_index_check to overgang_follower",
        "create or replace function log_index_check(given bytea) returns boolean language sql as 'select true'",
        "drop function log_index_check",
        "alter table unit enable row level security",
        "create rule nothing as on insert to unit do instead nothing",
        "alter table unit add check (party <> 'x')",
        "alter sequence read_log_id_seq increment 2",
        "create view more as select 1",
        "update installed set sha256 = ''",
        "alter default privileges in schema {schema} grant select on tables to overgang_follower",
    ],
)
def test_where_more_than_rows_was_changed_nobody_comes_after(change: str) -> None:
    with furnished_database(*ROOMS) as one:
        changed = oid_of(one)
        with one.connection(Role.OWNER) as conn:
            conn.execute(change.format(schema=one.schema).encode())
    with furnished_database(*ROOMS) as two:
        assert oid_of(two) != changed


def test_who_still_works_in_it_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(psycopg.errors.LockNotAvailable), furnished_database(*ROOMS) as one:
        monkeypatch.setattr("tests.shelf.PATIENCE", "100ms")
        eventlog.install(one, municipality="Prøvekommune", demo=True)
        working = psycopg.connect(one.conninfo(Role.OWNER))
        working.execute("select * from log_head")
    working.close()


def test_what_a_killed_session_left_is_removed_and_that_of_a_living_one_stays(tmp_path: Path) -> None:
    alive = _folder(tmp_path)
    killed, strange = tmp_path / "overgang-test-killed", tmp_path / "overgang-test-strange"
    for one in (killed, strange):
        one.mkdir()
        (one / "much").write_text("data")
    (killed / "session.lock").touch()
    own = _folder(tmp_path)
    assert set(tmp_path.iterdir()) == {alive, strange, own}
