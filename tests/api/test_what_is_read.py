"""Every page as each party finds it by following links: in the words of the glossary, with no code and no English."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime, timedelta
from functools import partial
from html import unescape
from typing import Any, get_args, get_origin, get_type_hints
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from api.policy import policy_of
from domain.catalogue import DECLARATIONS
from domain.choices import CloseReason
from domain.codes import AgendaReason, Matter, Party, ReturnReason, StreamKind
from domain.decisions import (
    agree_step,
    call_meeting,
    may_be_corrected,
    move_step,
    put_on_agenda,
    return_handover,
    take_over,
)
from domain.events import JourneyClosed, PlanStepAgreed, SubGoalSet
from domain.text import FreeText, StaffId
from eventlog import meeting
from tests.api.conftest import BY_IMPORT, Browser, StillHouse, Youth
from tests.test_danish import faults

TODAY = date(2026, 11, 23)
STAFF = {
    Party.SCHOOL: "laila-laerer",
    Party.UU: "mette-vejleder",
    Party.CHILD_SOCIAL: "jens-raadgiver",
    Party.ADULT_SOCIAL: "vibeke-voksenraadgiver",
    Party.EMPLOYMENT: "karen-jobkonsulent",
    Party.BENEFITS: "yrsa-ydelse",
    Party.HEALTH: "pia-psykolog",
    Party.MILEPAELEN: "maja-mentor",
    Party.MUNICIPALITY: "katrine-koordinator",
}
WORDS = FreeText("Vi talte om det, og det går fremad.")
OF_EACH_SHAPE = 2
"""How many pages that differ only in what they are asked for are read. (Every form: tests/api/test_every_form.py.)"""


def every_sort_of_thing_happened(one: Youth, by: Party) -> None:
    """Everything that is a fact, once, on a day of its own."""
    kinds = [declared.type for declared in DECLARATIONS if declared.stream is StreamKind.JOURNEY]
    ids: dict[str, UUID] = {}
    for turn, kind in enumerate(kind for kind in kinds if may_be_corrected(object.__new__(kind))):
        on = TODAY - timedelta(days=120 - turn)
        ids["part_of"] = ids.get("goal_id", uuid4())
        if kind is SubGoalSet or "goal_id" not in ids:
            ids["goal_id"] = uuid4()
        if kind is PlanStepAgreed:
            ids["step_id"] = uuid4()
        hints = get_type_hints(kind)
        values = {field.name: _some(hints[field.name], on, turn, by) for field in fields(kind)}
        one.happened(kind(**values | {"on": on} | {name: ids[name] for name in ids if name in hints}))


def _some(hint: Any, on: date, turn: int, by: Party) -> Any:
    if get_origin(hint) is tuple:
        return tuple(get_args(hint)[0])[:2]
    hint = next(iter(get_args(hint)), hint)
    if hasattr(hint, "__members__"):
        return by if hint is Party else list(hint)[turn % len(hint)]
    plain = {
        date: on + timedelta(days=200),
        datetime: datetime(on.year, on.month, on.day, 9, tzinfo=UTC),
        FreeText: WORDS,
        StaffId: STAFF[by],
        int: 1 + turn % 4,
        bool: turn % 2 == 0,
        UUID: uuid4(),
    }
    return plain.get(hint, MISSING)


@pytest.fixture
def world(house: StillHouse, youth: Callable[..., Youth]) -> list[Youth]:
    """Three young people to whom everything happened, and a meeting about them."""
    ida = youth("Ida Demogaard", born_on=date(2010, 5, 1))
    bo = youth("Bo Demogaard", born_on=date(2006, 3, 2))
    ane = youth("Ane Demogaard", born_on=date(2009, 1, 9), protected=True)
    every_sort_of_thing_happened(ida, Party.UU)
    every_sort_of_thing_happened(bo, Party.MILEPAELEN)
    step = uuid4()
    agree = {"what": WORDS, "responsible": Party.UU, "matter": Matter.GUIDANCE, "on": date(2026, 9, 1)}
    ida.record(partial(agree_step, step_id=step, due_on=date(2026, 9, 8), **agree))
    ida.record(partial(move_step, step_id=step, due_on=date(2026, 12, 8), reason=WORDS, on=date(2026, 9, 7)))
    for one, receiver in ((ida, Party.MILEPAELEN), (bo, Party.EMPLOYMENT)):
        sent = one.sends(Party.UU, receiver, on=date(2026, 9, 1), answer_by=date(2026, 9, 8))
        answered = {"handover_id": sent, "by": receiver, "on": date(2026, 9, 9)}
        if one is ida:
            one.record(partial(return_handover, reason=ReturnReason.MISSING_INFORMATION, words=WORDS, **answered))
            one.sends(Party.UU, receiver, on=date(2026, 9, 20), answer_by=date(2026, 9, 27))
        else:
            one.record(partial(take_over, **answered))
    ane.happened(JourneyClosed(on=TODAY, reason=CloseReason.MOVED_AWAY))
    called = meeting(uuid4())
    write = partial(house.log.record, called, by=BY_IMPORT, known_at=house.now)
    write(partial(call_meeting, held_on=TODAY + timedelta(days=1), on=TODAY), command_id=uuid4())
    for one in (ida, bo):
        reasons = (AgendaReason.OVERDUE, AgendaReason.HANDOVER_WAITING)
        write(partial(put_on_agenda, person=one.id, reasons=reasons, on=TODAY), command_id=uuid4())
    house.catch_up()
    return [ida, bo, ane]


def read_of(html: str) -> str:
    """What somebody reads or hears of a page."""
    html = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", html)
    heard = re.findall(r'(?:aria-label|aria-description|title|alt|placeholder)="([^"]*)"', html)
    # A code that is shown as one (a command, a file's name) stands in <code>.
    html = re.sub(r"(?s)<code>.*?</code>", " ", html)
    # And the field for rules as text holds a file, as who writes it wrote it.
    html = re.sub(r'(?s)<textarea[^>]* name="regler".*?</textarea>', " ", html)
    return unescape("\n".join([re.sub(r"(?s)<[^>]+>", " ", html), *heard]))


def shape(address: str) -> tuple[str, ...]:
    """Pages of the same shape differ only in whom or what they are about."""
    parts = urlsplit(address)
    path = re.sub(r"\d{6}|[0-9a-f]{8}-[0-9a-f-]{27}", "*", parts.path)
    return (path, *parse_qs(parts.query))


def crawled(client: Browser, starts: list[str]) -> dict[str, Any]:
    """Every page that can be reached by links, by its address."""
    found: dict[str, Any] = {}
    seen: Counter[tuple[str, ...]] = Counter()
    waiting = list(starts)
    while waiting:
        address = waiting.pop(0)
        if address in found or (address not in starts and seen[shape(address)] >= OF_EACH_SHAPE):
            continue
        seen[shape(address)] += 1
        answer = client.get(address)
        found[address] = answer
        if answer.is_redirect:
            waiting.append(answer.headers["location"])
        elif answer.headers["content-type"].startswith("text/html"):
            links = (unescape(link).partition("#")[0] for link in re.findall(r'href="(/[^"]*)"', answer.text))
            base = urlsplit(address).path
            links_here = (base + unescape(link) for link in re.findall(r'href="(\?[^"]*)"', answer.text))
            waiting += [link for link in (*links, *links_here) if not link.startswith("/static/")]
    return found


def test_whatever_people_come_to_by_links_is_danish(
    app: FastAPI, as_staff: Callable[..., Browser], world: list[Youth]
) -> None:
    met: set[str] = set()
    for party in CRAWLERS:
        client = as_staff(STAFF[party], raising=False)
        pages = crawled(client, ["/", "/soeg?q=Demogaard", *(one.path for one in world)])
        wrong = {address: page.status_code for address, page in pages.items() if page.status_code not in {200, 303}}
        assert wrong == {}, f"every link leads {party} to a page"
        for address, page in pages.items():
            if page.headers.get("content-type", "").startswith("text/html"):
                read = read_of(page.text)
                assert faults(read) == [], (party, address)
                assert "{" not in read, (party, address)
        met |= {urlsplit(address).path for address in pages}
    unread = {
        pattern
        for pattern in _routes(app)
        if not any(re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", pattern), path) for path in met)
    }
    assert unread <= NOT_BY_LINKS, "every page there is was read"


CRAWLERS = [Party.UU, Party.MILEPAELEN, Party.CHILD_SOCIAL, Party.BENEFITS, Party.MUNICIPALITY]
NOT_BY_LINKS = {"/log-ind", "/sundhed", "/indlaesning/raekker/{row_id}", "/unge/{case_number}/del"}
"""Where nobody is signed in, what only machines ask, and where a row was set aside or two files were joined."""


def _routes(app: FastAPI) -> list[str]:
    found = [route for route in iter_route_contexts(app.routes) if policy_of(route) is not None]
    return [str(route.path) for route in found if "GET" in (route.methods or ())]


def test_the_pages_of_faults_are_danish_too(as_staff: Callable[..., Browser], world: list[Youth]) -> None:
    client = as_staff(STAFF[Party.SCHOOL], raising=False)
    uu = as_staff(STAFF[Party.UU], raising=False)
    answers = [
        client.get("/no-such-page"),
        client.get("/unge/100000"),
        client.get("/unge/x"),
        client.get(f"{world[0].path}/overleveringer/x"),
        client.post(f"{world[0].path}/haendelser/ny", data={"csrf": "x"}),
        client.submit(f"{world[0].path}/haendelser/ny", slags="no-such-code"),
        uu.submit(f"{world[0].path}/haendelser/ny", slags="contact-made", way="no-such-code", on_day="32"),
        client.put("/arbejdsliste"),
    ]
    for answer in answers:
        assert answer.status_code >= 400, answer.url
        assert answer.text
        assert faults(read_of(answer.text)) == [], answer.url


def test_what_would_be_wrong_is_found() -> None:
    page = '<p title="Se jobcenter">told-of-<b>break</b>-off <code>taken-over</code> not-the-holder</p>'
    assert faults(read_of(page)) == ["jobcenter", "the", "not-the-holder"]
    assert shape("/unge/417203/x?a=1") == shape("/unge/900001/x?a=2")
