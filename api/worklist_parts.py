"""What stands around the rows of the worklist: the counts, the boxes of the filter, and what is filtered by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.words import PARTIES
from api.worklist_query import AGES, Age, Deadline, Move, Query
from domain.codes import Party
from projections.worklist import Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A count above the list; following it shows exactly so many rows, but for those of them that rest."""

    kind: str
    count: int
    resting: int
    label: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A box in the filter; `count` is how many rows it would show."""

    code: str
    label: str
    is_chosen: bool
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    href: str


def only(query: Query, **view: Any) -> Query:
    """What a tile shows: itself, within the other filters."""
    return query.but(**{"frist": Deadline.ALL, "hvem": Move.ALL} | view)


def tiles(query: Query, counts: Counts, turning: Counts) -> list[Tile]:
    """The counts, of birthdays those of `turning`; the one that is shown leads back to everything."""
    return [
        Tile(
            kind=kind,
            count=count,
            resting=getattr(of.resting, name) if of.resting else 0,
            label=one if count == 1 else many,
            href=(query.but(**{field: type(view)("")}) if is_current else only(query, **{field: view})).address,
            is_current=is_current,
        )
        for kind, name, (one, many), field, view in _TILES
        for of in [turning if view is Age.TURNING_18 else counts]
        for count in [getattr(of, name)]
        for is_current in [getattr(query, field) is view]
    ]


_TURNING = "om unge, der fylder 18 inden 6 mdr."
"""The tiles count rows and the views beside the heading count young people: the words say which."""
_TURNING_TILE = (f"linje {_TURNING}", f"linjer {_TURNING}")

_TILES = (
    ("overdue", "overdue", ("overskredet frist", "overskredne frister"), "frist", Deadline.OVERDUE),
    ("soon", "due_soon", ("frist inden 14 dage", "frister inden 14 dage"), "frist", Deadline.SOON),
    ("new", "handovers_to_me", ("sendt til os", "sendt til os"), "hvem", Move.SENT_TO_US),
    ("", "waiting_for_others", ("vi venter på andre", "vi venter på andre"), "hvem", Move.OTHERS),
    ("", "turning_18", _TURNING_TILE, "alder", Age.TURNING_18),
)


def options(chosen: Sequence[Party], counts: Mapping[Party, int]) -> list[Option]:
    """The parties that there are rows of, and those that are chosen already."""
    return [
        Option(code=party, label=PARTIES[party], is_chosen=party in chosen, count=counts.get(party, 0))
        for party in Party
        if counts.get(party) or party in chosen
    ]


def chips(query: Query, titles: Mapping[str, str]) -> list[Chip]:
    """Every filter that is on, each with the address without it."""
    on: list[tuple[str, Query]] = []
    if query.frist:
        on.append((_HEADINGS[query.frist], query.but(frist=Deadline.ALL)))
    if query.hvem:
        on.append((_HEADINGS[query.hvem], query.but(hvem=Move.ALL)))
    on += [(f"Fra {PARTIES[one]}", query.but(fra=_without(query.fra, one))) for one in query.fra]
    on += [(f"Til {PARTIES[one]}", query.but(til=_without(query.til, one))) for one in query.til]
    on += [(titles[one], query.but(regel=_without(query.regel, one))) for one in query.regel]
    if query.alder:
        on.append((AGES[query.alder], query.but(alder=Age.ALL)))
    if query.sag:
        on.append((f"Sag {query.sag}", query.but(sag="")))
    if query.beskyttede:
        on.append(("Også med adressebeskyttelse", query.but(beskyttede=False)))
    if query.hvilende:
        on.append(("Også dem, der hviler", query.but(hvilende=False)))
    return [Chip(label=label, href=without.address) for label, without in on]


def _without(chosen: tuple[Any, ...], one: Any) -> tuple[Any, ...]:
    return tuple(other for other in chosen if other != one)


def heading(query: Query) -> str:
    """The name of the view; a second filter stands in the chips."""
    return _HEADINGS[query.frist or query.hvem or query.alder]


_HEADINGS: Mapping[str, str] = (
    {
        "": "Alle frister og overleveringer",
        Deadline.OVERDUE: "Overskredne frister",
        Deadline.SOON: "Frister inden 14 dage",
        Move.OURS: "Vores næste skridt",
        Move.OTHERS: "Vi venter på andre",
        Move.SENT_TO_US: "Sendt til os",
    }
    | {age: words for age, words in AGES.items() if age}
    | {Age.TURNING_18: f"Linjer {_TURNING}"}
)


def home_text(party: Party) -> str:
    """What is on the department's list, in one line."""
    return _TEXTS[party]


_TEXTS: Mapping[Party, str] = {
    Party.SCHOOL: "Elever, som skolen har ansvaret for eller skal give videre.",
    Party.UU: "Unge, som I skal have kontakt med, vejlede eller give videre, og det, andre har sendt jer.",
    Party.CHILD_SOCIAL: "Børn og unge med støtte: afgørelser, opfølgning og overgangen til voksenlivet.",
    Party.ADULT_SOCIAL: "Unge, som er på vej til jer, og unge, som har støtte som voksne.",
    Party.EMPLOYMENT: "Unge på vej til arbejde eller uddannelse, og dem, I har henvist og venter på.",
    Party.BENEFITS: "Unge, hvis ydelse har en frist, og det, andre har sendt jer.",
    Party.HEALTH: "Unge, hvor PPR og sundhed har en frist, og det, andre har sendt jer.",
    Party.MILEPAELEN: "Unge, som er henvist til Milepælen, og det, I venter på.",
    Party.EDUCATION: "Uddannelsessteder ser ikke kommunens unge her.",
    Party.MUNICIPALITY: "Alle afdelingers frister og overleveringer.",
}
