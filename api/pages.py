"""What every page has, and how a page becomes an answer. One frozen class per template."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import jinja2
from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api.visitor import Visitor, house_of
from database import Role
from domain.access import Level, level
from domain.codes import DataClass, Party
from people.read_log import log_read

ROOT = Path(__file__).parent.parent
"""Where templates/ and static/ lie: beside this package, installed or not. They are data, not packages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem:
    """A line of the main menu."""

    key: str
    label: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Who is signed in, as the frame of the page shows it. `csrf` goes into every form."""

    name: str
    unit_name: str
    csrf: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The frame that every page has. `title` never holds a person's name."""

    template: ClassVar[str]
    title: str
    user: User | None = None
    demo: bool = False
    active: str = ""
    menu: Sequence[MenuItem] = ()
    freshness: str | None = None
    not_followed: str | None = None
    notice: str | None = None
    as_of: date | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def has_people(self) -> bool:
        """Whether young people may be seen on it, on a route that shows them."""
        return True


MENU = (
    MenuItem(key="worklist", label="Min arbejdsliste", href="/arbejdsliste"),
    MenuItem(key="young", label="Mine unge", href="/unge"),
    MenuItem(key="handovers", label="Overleveringer", href="/overleveringer"),
    MenuItem(key="meetings", label="Møder", href="/moeder"),
    MenuItem(key="milepaelen", label="Milepælen", href="/milepaelen"),
    MenuItem(key="intake", label="Indlæsning", href="/indlaesning"),
    MenuItem(key="rules", label="Regler", href="/regler"),
)


def menu_of(party: Party) -> Sequence[MenuItem]:
    """What this party may use; its own room first."""
    items = [item for item in MENU if level(party, _READ.get(item.key, DataClass.SYSTEM)) >= Level.SUMMARY]
    return sorted(items, key=lambda item: item.key != party)


_READ = {"young": DataClass.MASTER, "milepaelen": DataClass.EMPLOYMENT}
"""What one must be able to read to have anything there."""


def frame(request: Request, title: str, active: str = "") -> dict[str, Any]:
    """The fields that every page shares, for `SomePage(**frame(request, "Titel"), …)`."""
    house = house_of(request)
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    lists = house.freshness() if visitor else None
    return {
        "title": title,
        "active": active,
        "demo": house.log.is_demo,
        "menu": menu_of(visitor.party) if visitor else (),
        "user": User(name=visitor.staff.name, unit_name=visitor.staff.unit_name, csrf=visitor.csrf)
        if visitor
        else None,
        "freshness": _freshness(lists.position) if lists else None,
        "not_followed": _not_followed(lists.parked) if lists else None,
        "notice": _NOTICES.get(request.query_params.get("besked", "")),
    }


_NOTICES = {
    "gemt": "Gemt.",
    "forsoegt": "Forsøget er gemt. Fristen løber videre.",
    "opnaaet": "Kontakten er gemt.",
    "hviler": "Gemt. Linjen hviler på jeres liste til den dag, du valgte. Fristen løber videre.",
    "paa-vej": "Gemt. Listen opdateres om et øjeblik.",
    "sendt": "Overleveringen er sendt.",
    "paa-papir": "Overleveringen er gemt. Udskriv den, og send papiret.",
    "erstattet": "Overleveringen er erstattet af en ny.",
    "planlagt": "Overleveringen er planlagt.",
    "kommet-frem": "Det er registreret, at overleveringen er kommet frem. Svarfristen løber videre.",
    "overtaget": "Overleveringen er overtaget.",
    "returneret": "Overleveringen er returneret.",
    "trukket": "Overleveringen er trukket tilbage.",
    "beslutning": "Beslutningen er gemt.",
    "raekke-laest": "Rækken er rettet og læst ind.",
    "raekke-loest": "Rækken er allerede læst ind.",
    "raekke-lagt-vaek": "Rækken er lagt væk. Den kan hentes frem igen under Lagt væk.",
    "raekke-hentet-frem": "Rækken er hentet frem og venter igen.",
    "raekke-venter-ikke": "Rækken ventede ikke længere. Intet er ændret.",
    "forslag-bekraeftet": "Afslutningen er registreret.",
    "forslag-afvist": "Forslaget er afvist. Det kommer igen, hvis rækken kommer tilbage og forsvinder på ny.",
    "forslag-vaek": "Forslaget er allerede besvaret, eller rækken er kommet tilbage på listen. Intet er gemt.",
    "begynder": "Den unge er overtaget, og den første dag er aftalt.",
    "rettet": "Rettelsen er gemt. Alle lister og frister følger med.",
    "trukket-tilbage": "Hændelsen er trukket tilbage og tæller ikke længere.",
    "taeller-igen": "Hændelsen tæller igen.",
    "flyttet": "Hændelsen er flyttet til den rigtige unge.",
    "samlet": "De to sager er samlet. Begge numre fører hertil.",
    "delt": "Sagen er skilt ud og står igen for sig selv.",
    "afsluttet": "Forløbet er afsluttet.",
    "genaabnet": "Forløbet er genåbnet.",
}


def _freshness(position: int) -> str:
    return f"Opdateret til hændelse {position:,}".replace(",", ".")


def _not_followed(people: int) -> str | None:
    """Said on every page with lists: a list that leaves somebody out must not look whole."""
    if not people:
        return None
    who, about = ("1 ung", "den unge") if people == 1 else (f"{people} unge", "dem")
    return f"{who} følges ikke af listerne: noget om {about} kunne ikke læses."


@cache
def _version(name: str) -> str:
    return hashlib.sha256((ROOT / "static" / name).read_bytes()).hexdigest()[:12]


def _static(name: str) -> str:
    """The address of a file under static/, with its content's hash so that it may be kept for ever."""
    return f"/static/{name}?v={_version(name)}"


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["static"] = _static
    return environment


TEMPLATES = _environment()


def render(request: Request, page: Page, status: int = 200) -> HTMLResponse:
    """The page as an answer. A page of people without a read-log row is never made: that is a fault of ours."""
    if request.state.policy.shows_people and page.has_people and not getattr(request.state, "logged", False):
        raise RuntimeError("a page that shows people has not been logged")
    return HTMLResponse(TEMPLATES.get_template(page.template).render(page=page), status)


def see_other(path: str) -> RedirectResponse:
    """After a form: go and look at the result."""
    return RedirectResponse(path, 303)


class Looking:
    """One page's transaction: what it reads, and the row that says who looked."""

    def __init__(self, request: Request, conn: Any, visitor: Visitor) -> None:
        self.conn = conn
        self._request = request
        self._visitor = visitor

    @property
    def is_form(self) -> bool:
        """Whether something was sent, and not only asked for."""
        return self._request.method != "GET"

    def at(self, people: Sequence[UUID], category: str) -> None:
        """Write down that the visitor sees these people. Called also when a list turns out empty."""
        house = house_of(self._request)
        log_read(
            self.conn,
            at=house.now,
            staff_id=self._visitor.staff.staff_id,
            unit_id=self._visitor.staff.unit_id,
            party=self._visitor.party,
            person_ids=people,
            category=category,
            purpose="coordination",
            route=self._request.scope["route"].path,
            outcome="shown",
        )
        self._request.state.logged = True


@contextmanager
def looking(request: Request, visitor: Visitor) -> Iterator[Looking]:
    """The page's own transaction. It is committed before the page is rendered; if that fails, no byte leaves."""
    with house_of(request).db.connection(Role.APPLICATION) as conn:
        yield Looking(request, conn, visitor)
