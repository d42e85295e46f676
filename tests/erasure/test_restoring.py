"""An old backup comes back: whoever was erased since is erased again before anything is served."""

from collections.abc import Callable

import psycopg
import pytest
from psycopg import sql

from database import Database
from domain.codes import KeyGroup
from eventlog import Secrets
from eventlog.rotating import rotate
from tests.erasure.town import ANE, BO, MARK, NOW, OTHER_LEADER, SOCIAL, Town
from tests.intake.office import UU, break_off
from tests.servers import superuser_conninfo

Backup = Callable[[set[str]], None]


def backup_of(db: Database) -> Backup:
    """Copies every table; the answer puts them back as they were, all but those named."""
    copies = f"{db.schema}_copy"
    with psycopg.connect(superuser_conninfo()) as outside:
        outside.execute(sql.SQL("create schema {}").format(sql.Identifier(copies)))
        names = [
            name for (name,) in outside.execute("select tablename from pg_tables where schemaname = %s", [db.schema])
        ]
        for name in names:
            outside.execute(
                sql.SQL("create table {} as select * from {}").format(
                    sql.Identifier(copies, name), sql.Identifier(db.schema, name)
                )
            )

    def restore(but: set[str]) -> None:
        with psycopg.connect(superuser_conninfo()) as outside:
            outside.execute("set session_replication_role = replica")
            for name in set(names) - but:
                outside.execute(sql.SQL("delete from {}").format(sql.Identifier(db.schema, name)))
                columns = [
                    column
                    for (column,) in outside.execute(
                        "select column_name from information_schema.columns where table_schema = %s and table_name = %s"
                        " and is_identity = 'NO'",
                        [db.schema, name],
                    )
                ]
                listed = sql.SQL(", ").join(map(sql.Identifier, columns))
                outside.execute(
                    sql.SQL("insert into {} ({}) select {} from {}").format(
                        sql.Identifier(db.schema, name), listed, listed, sql.Identifier(copies, name)
                    )
                )

    return restore


def history(town: Town, cpr: str) -> object:
    return town.another().log.history(town.id_of(cpr))


@pytest.mark.parametrize("but", [set(), {"log_keys"}, {"log_keys", "log_head", "log_erasures"}, {"erasure"}])
@pytest.mark.parametrize("when", ["before the proposal", "before the confirmation", "after the confirmation"])
def test_who_was_erased_is_erased_again_and_nobody_else(town: Town, but: set[str], when: str) -> None:
    ane = town.id_of(ANE)
    restore = backup_of(town.db) if when == "before the proposal" else None
    erasure_id = town.proposes().erasure.erasure_id
    restore = backup_of(town.db) if when == "before the confirmation" else restore
    town.eraser.deciding.confirm(erasure_id, by=OTHER_LEADER, now=NOW)
    restore = restore or backup_of(town.db)
    town.eraser.carry_out(erasure_id, now=NOW)
    bo = history(town, BO)
    restore(but)
    assert town.left_of(ane)["person"], "the backup has brought her back"
    assert town.eraser.finish_begun(now=NOW) == 1
    assert town.left_of(ane) == {}
    assert MARK not in town.opened()
    assert town.count("set_aside") == 1
    assert history(town, BO) == bo
    assert town.eraser.finish_begun(now=NOW) == 0
    (row,) = town.rows("select erasure_id, person_id, finished_at is not null, withdrawn_at from erasure")
    assert row == (erasure_id, ane, True, None)


def test_a_backup_in_which_something_else_was_proposed(town: Town) -> None:
    ane = town.id_of(ANE)
    regretted = town.proposes().erasure.erasure_id
    group = town.proposes(group=SOCIAL).erasure.erasure_id
    restore = backup_of(town.db)
    town.eraser.deciding.withdraw(regretted, by=OTHER_LEADER, now=NOW)
    done = town.erases()
    restore(set())
    assert town.eraser.finish_begun(now=NOW) == 1
    assert town.left_of(ane) == {}
    found = {one.erasure_id: one.stage(NOW) for one in town.eraser.deciding.all()}
    assert found == {regretted: "withdrawn", group: "withdrawn", done: "finished"}


def test_a_group_is_erased_again_and_what_came_after_it_stays(town: Town) -> None:
    ane = town.id_of(ANE)
    restore = backup_of(town.db)
    town.erases(group=SOCIAL)
    restore(set())
    assert town.left_of(ane)["proposal"]
    town.eraser.finish_begun(now=NOW)
    found = town.another().log.history(ane)
    assert {one.group for one in found.erased} == {KeyGroup.SOCIAL}
    assert KeyGroup.SOCIAL not in {one.group for one in found.entries}
    assert {"listed", "proposal"} & town.left_of(ane).keys() == set()
    town.take(town.put("uu-nu.csv", UU, break_off(ANE, "77")), recorded_at=NOW)
    assert town.eraser.finish_begun(now=NOW) == 0


def test_old_data_with_the_newest_keys_after_a_rotation(town: Town) -> None:
    """The way of docs/drift/noegler.md: the backup, the newest keys, the newest folder of keys."""
    ane = town.id_of(ANE)
    restore = backup_of(town.db)
    town.erases()
    rotate(town.db, Secrets.open(town.keys), town.log.log_id)
    bo = history(town, BO)
    restore({"log_keys"})
    town.eraser.finish_begun(now=NOW)
    assert town.left_of(ane) == {}
    assert MARK not in town.opened()
    assert town.count("set_aside") == 1
    assert history(town, BO) == bo
