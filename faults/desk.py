"""A caseworker's browser: signed in, with one young person's page before her; counts how she is answered."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

from starlette.testclient import TestClient

from api.app import create_app
from api.house import House, furnish
from api.settings import Settings
from benchmarks.lives import BY, NOW
from database import Database, Role
from domain.codes import StartReason
from domain.decisions import start_journey
from eventlog import Secrets, journey
from people.cpr import fictional
from people.register import NewPerson
from people.staff import demo_municipality, load_staff, read_municipality
from projections.closing_days import ensure_rules

ADDRESS = "http://127.0.0.1"
_BORN_ON = date(2009, 5, 1)
_WORDS = "Jeg vil gerne være tømrer ligesom min farfar. " * 80
_DONE = (200, 303)


@dataclass(slots=True)
class Desk:
    """One browser. `answers` counts by what they were: done, unavailable, or anything else."""

    client: TestClient
    person_page: str
    csrf: str
    answers: Counter[str] = field(default_factory=Counter)

    def write(self) -> str:
        """Send a form with a long text; what the answer was."""
        day = {"on_day": "2", "on_month": "11", "on_year": "2026"}
        form = {"csrf": self.csrf, "command": str(uuid4()), "slags": "goal-in-own-words", "words": _WORDS, **day}
        return self._told(self.client.post(f"{self.person_page}/haendelser/ny", data=form))

    def read(self) -> None:
        """Open the person's page, and one that says nothing about anybody."""
        for page in (self.person_page, "/was"):
            self._told(self.client.get(page))

    def _told(self, answer: object) -> str:
        status: int = getattr(answer, "status_code", 0)
        told = "done" if status in _DONE else "else"
        if status == 503 and "retry-after" in getattr(answer, "headers", {}):
            told = "unavailable"
        if told == "else":
            print(f"a page was answered with {status}")
        self.answers[told] += 1
        return told


def open_desk(db: Database, folder: Path, secrets: Secrets) -> Desk:
    """Furnish the house, with one young person in it, and sign in as a counsellor."""
    settings = Settings(database_url=None, data=folder, schema=db.schema, port=8000)
    house = furnish(settings, db, secrets, lambda: datetime(2026, 11, 2, 9, tzinfo=UTC), demo=True)
    ensure_rules(house.log, BY, NOW)
    with db.connection(Role.APPLICATION) as conn:
        load_staff(conn, house.log.keys, read_municipality(demo_municipality()))
    page = f"/unge/{_begun(house)}"
    client = TestClient(
        create_app(house),
        base_url=ADDRESS,
        follow_redirects=False,
        headers={"origin": ADDRESS},
        raise_server_exceptions=False,
    )
    client.post("/log-ind", data={"staff_id": "mette-vejleder", "videre": "/"})
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/was").text)
    if found is None:
        raise LookupError("nobody could sign in")
    return Desk(client, page, found[1])


def _begun(house: House) -> str:
    """A young person whose journey has begun; the case number."""
    with house.db.connection(Role.APPLICATION) as conn:
        ida = NewPerson(fictional(_BORN_ON, 1), "Ida Demogaard", False)  # noqa: FBT003 - without address protection
        [one] = house.register.register_people(conn, [ida], NOW)
    decide = partial(
        start_journey,
        born_on=_BORN_ON,
        on=date(2024, 8, 1),
        reason=StartReason.EDUCATION_NEED,
        basis="KUI-loven § 1",
    )
    house.log.record(journey(one.person_id), decide, by=BY, known_at=NOW, command_id=uuid4())
    return one.case_number
