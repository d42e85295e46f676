"""A command that the database refuses says so by a code: the database's own words quote what stood in the row."""

import click
import pytest

from api.command_messages import clear_messages
from database import Role
from tests.servers import fresh_database

SAID = "Ida Demogaard"


def test_the_databases_own_words_are_not_repeated() -> None:
    with fresh_database() as db, pytest.raises(click.ClickException) as refusal, clear_messages():
        db.install([("told", "create table told (words text primary key)")])
        for _ in range(2):
            with db.connection(Role.OWNER) as conn:
                conn.execute("insert into told values (%s)", [SAID])
    assert "23505" in refusal.value.message
    assert SAID not in refusal.value.message
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__


def test_a_database_that_is_away_is_said_in_a_sentence() -> None:
    refused = pytest.raises(click.ClickException, match="svarer ikke")
    with fresh_database() as db, refused, clear_messages(), db.connection(Role.OWNER) as conn:
        conn.execute("select pg_terminate_backend(pg_backend_pid())")
