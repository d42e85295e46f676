"""Made-up pages that use every part, for the browser tests and for looking at."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.timeline_svg import Bar, Diamond, timeline_svg

ROOT = Path(__file__).parent.parent.parent
LONG = "Maria-Louise " + "Aleksandra-Østergaard " * 8 + "Prøvesen-EnMegetLangSlutning"
BORN_ON = date(2008, 4, 3)
TODAY = date(2026, 11, 21)
LANES = [
    ("school", "Skole"),
    ("uu", "UU"),
    ("child_social", "Børn & Familie"),
    ("employment", "Beskæftigelse"),
    ("milepaelen", "Milepælen"),
]
BARS = [
    Bar(lane="school", label="Grundskole 7.–9. klasse", start=date(2021, 4, 3), end=date(2024, 4, 2)),
    Bar(lane="uu", label="Vejledning", start=date(2021, 8, 1), end=None),
    Bar(lane="child_social", label="Kontaktperson", start=date(2022, 6, 1), end=None),
    Bar(lane="employment", label="Kontanthjælp", start=date(2027, 1, 15), end=date(2028, 4, 1), planned=True),
    Bar(lane="milepaelen", label="Milepælen", start=date(2027, 6, 1), end=date(2029, 4, 1), planned=True),
]
DIAMONDS = [
    Diamond(from_lane="school", to_lane="uu", on=date(2024, 4, 3), label="Skole til UU", state="taken"),
    Diamond(
        from_lane="child_social",
        to_lane="employment",
        on=date(2026, 4, 3),
        label="Ikke overtaget",
        state="overdue",
    ),
]
NEXT = ["Indhent samtykke", "Overtag eller returnér", "Udarbejd ungeplan", "Aftal netværksmøde med bostøtte"]
PARTIES = ["school", "uu", "child_social", "employment", "milepaelen"]


def environment() -> Environment:
    folders = [ROOT / "templates", ROOT / "tests" / "static" / "pages"]
    made = Environment(loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined)
    made.globals["static"] = static
    made.globals["path"] = lambda name, **_params: f"/{name}"
    return made


def static(name: str) -> str:
    return f"/static/{name}?v={hashlib.sha256((ROOT / 'static' / name).read_bytes()).hexdigest()[:12]}"


def page(**more: Any) -> SimpleNamespace:
    every = {
        "title": "Prøveside",
        "user": SimpleNamespace(name="Mette Vejleder", unit_name="UU", csrf="token"),
        "demo": True,
        "active": "worklist",
        "menu": [
            SimpleNamespace(key="worklist", label="Min arbejdsliste", href="/arbejdsliste"),
            SimpleNamespace(key="meetings", label="Møder", href="/moeder"),
            SimpleNamespace(key="search", label="Søg", href="/soeg"),
        ],
        "freshness": "Opdateret til hændelse 18.204, 21.11.2026 kl. 09.14",
        "notice": None,
    }
    return SimpleNamespace(**every | more)


def rows(count: int) -> list[SimpleNamespace]:
    names = ["Åse Fiktivholm", "Ida Demogaard", "Karla Eksempelsen", "Emil Testesen", "Noah Prøvesen"]
    return [
        SimpleNamespace(
            case=1000 + n,
            name=LONG if n % 10 == 7 else names[n % 5],
            is_new=n % 3 == 1,
            age=15 + n % 9,
            giver=PARTIES[n % 5],
            receiver=PARTIES[(n + 1) % 5],
            due_on=date(2026, 5, 4) + timedelta(days=n),
            days=143 - n,
            next=NEXT[n % 4],
            lead="Jens Rådgiver" if n % 2 else "Ingen tovholder",
        )
        for n in range(count)
    ]


def worklist(count: int, total: int | None = None) -> SimpleNamespace:
    return page(rows=rows(count), total=total or count, link_for=lambda n: f"?side={n}")


def person(name: str, text_size: int = 14) -> SimpleNamespace:
    drawing = timeline_svg(
        born_on=BORN_ON,
        today=TODAY,
        lanes=LANES,
        bars=BARS,
        diamonds=DIAMONDS,
        title="Forløb fra 13 til 30 år",
        description="Overlevering til Beskæftigelse ved 18 år er overskredet.",
        text_size=text_size,
    )
    names = dict(LANES)
    table = [
        SimpleNamespace(
            lane=names[bar.lane],
            label=bar.label,
            start=bar.start,
            end=bar.end,
            state="Planlagt" if bar.planned else "I gang",
        )
        for bar in BARS
    ]
    return page(name=name, born_on=BORN_ON, svg=drawing, timeline_rows=table, active="")


def form(errors: dict[str, str]) -> SimpleNamespace:
    written = ("1", "13", "2027") if errors else None
    return page(errors=errors, on=written, today=TODAY, active="")


ERRORS = {
    "on": "Datoen findes ikke",
    "receiver": "Vælg modtagende afdeling",
    "choice": "Vælg, om du overtager eller returnerer",
}

PAGES: dict[str, tuple[str, Callable[[], SimpleNamespace]]] = {
    "many": ("worklist.html", lambda: worklist(50, 1123)),
    "one": ("worklist.html", lambda: worklist(1)),
    "none": ("worklist.html", lambda: worklist(0)),
    "person": ("person.html", lambda: person("Emil Testesen")),
    "long": ("person.html", lambda: person(LONG)),
    "form": ("form.html", lambda: form({})),
    "errors": ("form.html", lambda: form(ERRORS)),
    "meeting": ("meeting.html", lambda: person("", text_size=16)),
    "saved": (
        "form.html",
        lambda: SimpleNamespace(**vars(form({})) | {"notice": "Gemt.", "as_of": TODAY}),
    ),
    "stranger": (
        "worklist.html",
        lambda: SimpleNamespace(**vars(worklist(0)) | {"user": None, "demo": False}),
    ),
}


def render(key: str) -> str:
    template, context = PAGES[key]
    return environment().get_template(template).render(page=context())
