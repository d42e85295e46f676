from collections.abc import Iterator

import pytest

from database.roles import Role
from eventlog.install import install
from eventlog.keys import KeyRing
from eventlog.secrets import Secrets
from people.register import Register
from people.staff import demo_municipality, load_staff, read_municipality
from tests.people.house import House
from tests.servers import LOG, PEOPLE, furnished_database


@pytest.fixture
def house() -> Iterator[House]:
    with furnished_database(LOG, PEOPLE) as db:
        install(db, municipality="Demo", demo=True)
        with db.connection(Role.APPLICATION) as conn:
            row = conn.execute("select log_id from log_head").fetchone()
            assert row
            secrets = Secrets.for_tests()
            keys = KeyRing(secrets, row[0])
            load_staff(conn, keys, read_municipality(demo_municipality()))
        yield House(db, keys, secrets, Register(db, keys, secrets))
