"""Ansvar: who had which of a young person's matters, from when until when, and when nobody or several had it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.errors import NotForYou
from api.pages import Page, frame, looking, render
from api.people_pages import Way, way_back, who_is
from api.person_responsibility_svg import Trouble, responsibility_svg
from api.policy import PEOPLE, policy
from api.sentences import in_words
from api.timeline_svg import Bar
from api.visitor import Me, TheHouse
from domain.access import level
from domain.codes import Matter, Party
from people.register import Identity
from projections.handover import may_see_handovers
from projections.reading import seen_in, shown_to
from projections.responsibility import Gap, Held, How, Overlap, Span, days, may_know_schooling, spans_of

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of the table. `trouble` says in words what went wrong, and then nobody is named."""

    matter: str
    holder: Party | None
    since: date
    until: date | None
    how: str
    giver: Party | None = None
    link: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibilityPage(Page):
    """Who had what. `troubles` are sentences; `knows_schooling` False: nothing is said of days without schooling."""

    template: ClassVar[str] = "young/responsibility.html"
    who: Identity
    way: Way
    svg: str | None
    troubles: Sequence[str]
    lines: Sequence[Line]
    knows_schooling: bool


@router.get("/unge/{case_number}/ansvar", name="responsibility")
@policy(PEOPLE)
def show(request: Request, house: TheHouse, me: Me, case_number: str, liste: str = "") -> HTMLResponse:
    """Folded live from what the reader may see, as the person's page is."""
    if not may_see_handovers(me.party):
        raise NotForYou
    with looking(request, me) as look:
        who = who_is(look, house, me, case_number)
        history = house.log.history(who.person_id, me.groups, conn=look.conn)
        look.at([who.person_id], "responsibility")
    may, today = partial(level, me.party), house.today
    life = seen_in(shown_to(history, may)).life
    knows = may_know_schooling(may)
    found = spans_of(life, life.born_on, today, knows_schooling=knows)
    troubles = [f"{_name(one.matter)}: {said}" for one in found for said in _sentences(one, today)]
    page = ResponsibilityPage(
        **frame(request, "Hvem har haft ansvaret?"),
        who=who,
        way=way_back(liste),
        svg=drawing(found, life.born_on, today) if life.born_on else None,
        troubles=troubles,
        lines=[line for one in found for line in _lines(one, who.case_number, today)],
        knows_schooling=knows,
    )
    return render(request, page)


def drawing(found: Sequence[Held], born_on: date, today: date) -> str:
    """All of it from 13 to 30 years."""
    wrong = sum(len(one.gaps) + len(one.overlaps) for one in found)
    return responsibility_svg(
        [
            (
                _name(one.matter),
                [
                    Bar(lane=span.holder, label=in_words(span.holder), start=span.since, end=span.until)
                    for span in one.spans
                ],
                [
                    Trouble(start=gap.since, end=gap.until, said=f"Ingen i {_days(gap, today)}", is_gap=True)
                    for gap in one.gaps
                ]
                + [
                    Trouble(start=two.since, end=two.until, said=f"Flere i {_days(two, today)}", is_gap=False)
                    for two in one.overlaps
                ],
            )
            for one in found
        ],
        born_on=born_on,
        today=today,
        title="Hvem har haft ansvaret, fra 13 til 30 år",
        description="Hele tiden én." if not wrong else "I rødt står, hvornår ingen eller flere havde et ansvar.",
    )


def gap_in_words(gap: Gap, today: date) -> str:
    """Ingen havde ansvaret i 12 dage."""
    if gap.until is None:
        return f"Ingen har ansvaret, og det har varet i {_days(gap, today)}"
    return f"Ingen havde ansvaret i {_days(gap, today)}"


def overlap_in_words(overlap: Overlap, today: date) -> str:
    """Både UU og Milepælen havde ansvaret i 12 dage."""
    *first, last = [in_words(party) for party in overlap.holders]
    both = f"{'Både ' if len(first) == 1 else ''}{', '.join(first)} og {last}"
    if overlap.until is None:
        return f"{both} har ansvaret, og det har varet i {_days(overlap, today)}"
    return f"{both} havde ansvaret i {_days(overlap, today)}"


def _sentences(held: Held, today: date) -> list[str]:
    """What went wrong, by its day."""
    found = [(gap.since, gap.until, gap_in_words(gap, today)) for gap in held.gaps]
    found += [(two.since, two.until, overlap_in_words(two, today)) for two in held.overlaps]
    return [
        f"{said}{f', siden {in_words(since)}' if until is None else f', fra {in_words(since)} til {in_words(until)}'}."
        for since, until, said in sorted(found, key=lambda one: one[0])
    ]


def _lines(held: Held, case_number: str, today: date) -> list[Line]:
    matter = _name(held.matter)
    lines = [_span_line(matter, span, case_number) for span in held.spans]
    lines += [
        Line(matter=matter, holder=None, since=gap.since, until=gap.until, how="", trouble=gap_in_words(gap, today))
        for gap in held.gaps
    ]
    lines += [
        Line(matter=matter, holder=None, since=two.since, until=two.until, how="", trouble=overlap_in_words(two, today))
        for two in held.overlaps
    ]
    return sorted(lines, key=lambda line: (line.since, line.trouble != ""))


def _span_line(matter: str, span: Span, case_number: str) -> Line:
    link = f"/unge/{case_number}/overleveringer/{span.handover_id}" if span.handover_id else ""
    how = _HOW[span.how]
    return Line(
        matter=matter, holder=span.holder, since=span.since, until=span.until, how=how, giver=span.giver, link=link
    )


_HOW = {How.TAKEN_OVER: "Overtaget fra", How.ESTABLISHED: "Ansvar placeret", How.CAME_OF_AGE: "Fra 18-årsdagen"}


def _days(one: Gap | Overlap, today: date) -> str:
    """1 dag, 1.234 dage."""
    count = days(one.since, one.until, today)
    return "1 dag" if count == 1 else f"{count:,} dage".replace(",", ".")


def _name(matter: Matter) -> str:
    word = in_words(matter)
    return word[:1].upper() + word[1:]
