from collections.abc import Iterator

import pytest

import eventlog
from database import Database
from eventlog import EventLog, Secrets
from tests.servers import LOG, furnished_database


@pytest.fixture
def db() -> Iterator[Database]:
    with furnished_database(LOG) as database:
        eventlog.install(database, municipality="Prøvekommune", demo=True)
        yield database


@pytest.fixture
def log(db: Database) -> EventLog:
    return EventLog(db, Secrets.for_tests())
