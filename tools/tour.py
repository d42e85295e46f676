"""Five minutes through the house with one event: form, row, entry, span, page. For a new engineer.

make tour          stops after every station until Enter is pressed; without a terminal it runs through

It starts a real service with a database of its own in a temporary folder, records that a young person was reached,
and shows what became of that at every station. Nothing is left behind.
"""

import json
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic, sleep
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener
from uuid import UUID, uuid4

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import uvicorn  # noqa: E402 - the project lies one folder up

from api.app import create_app  # noqa: E402
from api.clock import now  # noqa: E402
from api.demonstration import load_demo_staff, open_demo_or_own  # noqa: E402
from api.house import SYSTEM, House  # noqa: E402
from api.settings import Settings  # noqa: E402
from database import Role  # noqa: E402
from database.binaries import programs  # noqa: E402
from domain.codes import Party, Programme, StartReason  # noqa: E402
from domain.days import months_after  # noqa: E402
from domain.decisions import record_fact, start_journey  # noqa: E402
from domain.events import ToldOfBreakOff  # noqa: E402
from eventlog import journey  # noqa: E402
from eventlog.mapper import canonical  # noqa: E402
from people.cpr import fictional  # noqa: E402
from people.register import NewPerson  # noqa: E402
from people.staff import staff_list  # noqa: E402
from projections.closing_days import current_rules  # noqa: E402

NAME = "Alma Rundturssen"
Say = Callable[[str], None]


class Visitor:
    """A browser without pictures."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._open = build_opener(HTTPCookieProcessor(CookieJar())).open

    def get(self, path: str) -> str:
        """The page."""
        with self._open(self._address + path, timeout=20) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **fields: str) -> str:
        """The page that a form leads to."""
        request = Request(  # noqa: S310 - our own address on loopback
            self._address + path, urlencode(fields).encode(), {"Origin": self._address}
        )
        with self._open(request, timeout=20) as answer:
            return str(answer.read().decode())


def main() -> None:
    """Walk."""
    began = monotonic()
    folder = Path(mkdtemp(prefix="overgang-tour-"))
    folder.chmod(0o711)  # the server runs as a user of its own when root starts it
    try:
        house = open_demo_or_own(Settings(database_url=None, data=folder, schema="tour", port=_free_port()), now)
        server = uvicorn.Server(
            uvicorn.Config(create_app(house), host="127.0.0.1", port=house.settings.port, log_level="error")
        )
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            while not server.started:
                sleep(0.02)
            walk(house, Visitor(f"http://127.0.0.1:{house.settings.port}"), print)
        finally:
            server.should_exit = True
            thread.join(20)
            house.close()
    finally:
        shutil.rmtree(folder)
    print(
        f"\nThat was one event, in {monotonic() - began:.0f} seconds."
        " Next: ARCHITECTURE.md, then domain/obligations.py."
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def walk(house: House, visitor: Visitor, say: Say) -> None:
    """The five stations."""
    person, case_number = _given(house)
    house.wait_for_lists(house.log.position())
    _show_before(house, person, say)
    position = _form(house, visitor, case_number, say)
    _row(house, position, say)
    _entry(house, person, position, say)
    _span(house, person, position, say)
    _page(house, visitor, case_number, say)


def _given(house: House) -> tuple[UUID, str]:
    """A young person of 16 who broke off ten working days ago."""
    load_demo_staff(house)
    today = house.today
    born_on = months_after(today, -16 * 12 - 5)
    with house.db.connection(Role.APPLICATION) as conn:
        new = NewPerson(cpr=fictional(born_on, 17), name=NAME, protected=False)
        (known,) = house.register.register_people(conn, [new], house.now)

    def begin(so_far: object) -> list[object]:
        return start_journey(  # type: ignore[return-value]
            so_far,  # type: ignore[arg-type]
            born_on=born_on,
            on=today - timedelta(days=200),
            reason=StartReason.EDUCATION_NEED,
            basis="Lov om kommunal indsats for unge under 25 år § 1",
        )

    told = ToldOfBreakOff(on=today - timedelta(days=15), programme=Programme.VOCATIONAL)
    stream = journey(known.person_id)
    house.log.record(stream, begin, by=SYSTEM, known_at=house.now, command_id=uuid4())
    house.log.record(
        stream,
        lambda so_far: record_fact(so_far, event=told, today=today),
        by=SYSTEM,
        known_at=datetime.combine(told.on + timedelta(days=1), datetime.min.time(), UTC),
        command_id=uuid4(),
    )
    return known.person_id, known.case_number


def _show_before(house: House, person: UUID, say: Say) -> None:
    _title(say, 0, "What there is", "demo/, api/demonstration.py")
    say(f"{NAME} (fictional, 16) broke off her education 15 days ago, and UU was told the day after.")
    say("Nobody has written that anything is overdue. It follows: facts + rules + calendar -> rows.\n")
    _psql(
        house,
        "select row_key, due_on, holder, state from worklist"  # noqa: S608
        f" where person_id = '{person}' and to_position is null",
        say,
    )
    _pause()


def _form(house: House, visitor: Visitor, case_number: str, say: Say) -> int:
    _title(say, 1, "The form", "domain/events/uu.py -> api/recordable.py -> templates/recording/form.html")
    with house.db.connection(Role.APPLICATION) as conn:
        uu = next(one for one in staff_list(conn, house.log.keys) if one.party is Party.UU)
    visitor.post("/log-ind", staff_id=uu.staff_id)
    path = f"/unge/{case_number}/haendelser/ny?slags=contact-made"
    page = visitor.get(path)
    say(f"GET {path}\n")
    for question in re.findall(r"<(?:label|legend)[^>]*>([^<]+)<", page):
        if question != "Søg efter navn, sagsnr. eller CPR-nr.":
            say(f"    {question.strip()}")
    hidden = dict(re.findall(r'<input type="hidden" name="(csrf|command|slags)" value="([^"]*)"', page))
    today = house.today
    before = house.log.position()
    visitor.post(
        path.partition("?")[0],
        **hidden,
        way="phone",
        on_day=str(today.day),
        on_month=str(today.month),
        on_year=str(today.year),
    )
    say(f"\nPOST … way=phone, on={today}, command={hidden['command']}")
    say("The command goes with the form: pressed twice it is still one event. The questions are declared on the class.")
    _pause()
    return before + 1


def _row(house: House, position: int, say: Say) -> None:
    _title(say, 2, "The row", "eventlog/schema.sql (log_append), docs/log-format.md")
    _psql(
        house,
        "select notification_id as position, originator_version as version, topic, key_group, recorded_at,"  # noqa: S608
        " octet_length(state) as bytes, encode(substr(state, 1, 24), 'hex') || '…' as state"
        f" from log_events where notification_id = {position}",
        say,
    )
    say("What kind of event it is stays inside the ciphertext. The role of the service may read rows, and add them")
    say("through one function; it may not change or delete one:")
    _psql(house, f"delete from log_events where notification_id = {position}", say)  # noqa: S608
    _pause()


def _entry(house: House, person: UUID, position: int, say: Say) -> None:
    _title(say, 3, "The entry", "eventlog/entry.py, codec.py, keys.py")
    entry = next(one for one in house.log.history(person).entries if one.position == position)
    say(json.dumps(json.loads(canonical(entry)), indent=4, ensure_ascii=False))
    say("\nThree times: `on` when it happened, `known_at` when the one who must act knew, `recorded_at` (outside) when")
    say("the log got it. The same stream read for a worker in health, who may not open what is about education:")
    from domain.access import open_groups

    seen = house.log.history(person, open_groups(Party.HEALTH))
    say(f"    {len(seen.entries)} entries opened, {len(seen.closed)} closed (known to be there, never decrypted)")
    _pause()


def _span(house: House, person: UUID, position: int, say: Say) -> None:
    _title(say, 4, "The span", "projections/rows.py (pure), spans.py (the difference), follow.py (the follower)")
    _psql(
        house,
        "select row_key, from_position, to_position from worklist"  # noqa: S608
        f" where person_id = '{person}' order by from_position, row_key",
        say,
    )
    say(f"At position {position} the row of KUI-02 was closed and nothing overwritten: the list of any past day is a")
    say("range query. `overgang rebuild` makes the same rows again from the log.")
    _pause()


def _page(house: House, visitor: Visitor, case_number: str, say: Say) -> None:
    _title(say, 5, "The page", "projections/person.py (folded live), templates/young/person.html")
    page = visitor.get(f"/unge/{case_number}")
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    found = re.search(r"[^.]{0,60}Kontakt opnået[^.]{0,60}", text)
    say(f"GET /unge/{case_number}\n\n    …{found[0].strip() if found else ''}…")
    rows = re.findall(r"<tr>.*?</tr>", visitor.get("/arbejdsliste"), re.DOTALL)
    titles = {rule.title: rule.id for rule in current_rules(house.log).rules}
    about = [f"{titles[title]} {title}" for title in titles for row in rows if case_number in row and title in row]
    say(f"\nWhat /arbejdsliste still asks for in case {case_number}: {', '.join(about)}")


def _title(say: Say, number: int, name: str, where: str) -> None:
    say(f"\n{'─' * 100}\n{number}. {name}    [{where}]\n")


def _psql(house: House, query: str, say: Say) -> None:
    """The query in a real psql, as the role of the service."""
    psql = programs(None) / "psql"
    answer = subprocess.run(
        [
            psql,
            house.db.conninfo(Role.APPLICATION),
            "-X",
            "-q",
            "-P",
            "footer=off",
            "-P",
            "linestyle=unicode",
            "-c",
            query,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    say(f"demo=> {query};")
    say((answer.stdout + answer.stderr).rstrip() + "\n")


def _pause() -> None:
    if sys.stdin.isatty():
        input("\n[Enter] ")


if __name__ == "__main__":
    main()
