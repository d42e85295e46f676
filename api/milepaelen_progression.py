"""Progression: the five factors and the worker's own judgement, measured every third month.

Who measures does not see the last scores before the new ones are set, so that they do not steer. The young person's
page is the form until it is sent; then it shows the old and the new. Who does not measure sees the curves at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, ClassVar
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from api.form_dates import read_date, written
from api.form_texts import TheForm, carried_command, command_of, like_cpr, text_of
from api.house import House
from api.milepaelen_curves import change_in_words, curve_svg, gap_in_words, step_in_words
from api.milepaelen_factors import ALL, SCORES, Factor
from api.milepaelen_room import (
    ROOM,
    TOO_OLD,
    RoomPage,
    Young,
    known,
    known_at,
    may_write,
    must_read,
    must_write,
    reads_words,
    room_frame,
    words_fault,
)
from api.pages import Looking, frame, looking, render, see_other
from api.people_pages import who_is
from api.policy import PEOPLE, policy
from api.visitor import Me, TheHouse, Visitor
from api.words import REFUSALS
from domain.access import level
from domain.codes import KeyGroup
from domain.decisions import measure_progression
from domain.events import ProgressionMeasured
from domain.facts import life_of
from domain.refused import Refused
from domain.text import NOTHING_WRITTEN, FreeText
from eventlog import journey
from people.register import Identity
from projections import milepaelen_lists
from projections.milepaelen import Stay, stays_of
from projections.progression import FACTORS, measurements, points
from projections.reading import seen_in, shown_to
from projections.rows import NO_RULES

router = APIRouter()

LIST = f"{ROOM}/progression"
PATH = "/unge/{case_number}/milepaelen/progression"


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody on the list: of each factor the last score and what the last measurement changed."""

    young: Young
    scores: Sequence[tuple[str, str, str]]
    is_overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressionListPage(RoomPage):
    """Everybody at Milepælen, whose measurement is due first on top."""

    template: ClassVar[str] = "milepaelen/progression_list.html"
    lines: Sequence[Line]
    factors: Sequence[Factor] = ALL

    @property
    def overdue(self) -> int:
        return sum(line.is_overdue for line in self.lines)


@dataclass(frozen=True, slots=True)
class Curve:
    """One factor: the drawing, and the same in words."""

    factor: Factor
    svg: str
    change: str


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement in the table; `gap` is said where one was left out before it."""

    on: date
    scores: Sequence[int]
    remark: str
    gap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressionPage(RoomPage):
    """One young person: the form without scores (`asks`), or the curves. `said` is what was written in the form."""

    template: ClassVar[str] = "milepaelen/progression.html"
    who: Identity
    stay: Stay | None
    asks: bool
    last_on: date | None
    curves: Sequence[Curve]
    measured: Sequence[Measured]
    reads_words: bool
    said: Mapping[str, Any]
    command: str
    factors: Sequence[Factor] = ALL
    scores: Sequence[tuple[str, str]] = SCORES

    @property
    def path(self) -> str:
        return f"/unge/{self.who.case_number}{ROOM}"

    @property
    def maybe_cpr(self) -> bool:
        return like_cpr(str(self.said.get("remark", "")))


@router.get(LIST, name="milepaelen-progressions")
@policy(PEOPLE)
def show_list(request: Request, house: TheHouse, me: Me) -> HTMLResponse:
    """The last value, what it changed and when, and who has not been measured for three months."""
    must_read(me)
    with looking(request, me) as look:
        there = [one for one in milepaelen_lists.now(look.conn, me.classes) if one.stay.was_there(house.today)]
        young = known(look, house, there)
        look.at([one.who.person_id for one in young], "milepaelen")
        lines = [_line(look, house, one) for one in young]
    lines.sort(key=lambda line: line.young.stay.measure_by or date.max)
    page = ProgressionListPage(
        **frame(request, "Progression", "milepaelen"),
        **room_frame(me, house, "progression"),
        lines=lines,
    )
    return render(request, page)


@router.get(PATH, name="milepaelen-progression")
@policy(PEOPLE)
def show(request: Request, house: TheHouse, me: Me, case_number: str, vis: str = "") -> HTMLResponse:
    """The form without scores for who measures; the curves for everybody else, after a measurement, and on wish."""
    who, stay, measured = _read(request, house, me, case_number)
    asks = may_write(me) and stay is not None and stay.was_there(house.today) and vis != "1"
    return _page(request, house, me, who, stay, measured, asks=asks)


@router.post(PATH)
@policy(PEOPLE)
def measure(request: Request, house: TheHouse, me: Me, case_number: str, form: TheForm) -> Response:
    """Set all six at once."""
    must_write(me)
    who, stay, measured = _read(request, house, me, case_number)
    scores = {factor: text_of(form, factor) for factor in FACTORS}
    allowed = {code for code, _ in SCORES}
    errors = {one.code: f"Vælg en score fra 1 til 5: {one.name}" for one in ALL if scores[one.code] not in allowed}
    if stay is None or not stay.is_there:
        errors["form"] = "Den unge er ikke på Milepælen."
    on, command = read_date(form, "on", house.today, what="Dagen"), command_of(form)
    if isinstance(on, str) or on > house.today:
        errors["on"] = on if isinstance(on, str) else REFUSALS["in-the-future"]
    if fault := words_fault(form, "remark", ""):
        errors["remark"] = fault
    if command is None:
        errors["form"] = TOO_OLD
    if errors or isinstance(on, str) or command is None:
        return _page(request, house, me, who, stay, measured, asks=True, form=form, errors=errors)
    remark = FreeText(text_of(form, "remark")) if text_of(form, "remark") else NOTHING_WRITTEN
    new = ProgressionMeasured(on=on, remark=remark, **{name: int(score) for name, score in scores.items()})
    try:
        recorded = house.log.record(
            journey(who.person_id),
            partial(measure_progression, measured=new, today=house.today),
            by=me.actor,
            known_at=known_at(on, house),
            command_id=command,
        )
    except Refused as refusal:
        field = "on" if refusal.reason in {"before-birth", "in-the-future"} else "form"
        errors = {field: REFUSALS[refusal.reason]}
        return _page(request, house, me, who, stay, measured, asks=True, form=form, errors=errors)
    notice = "gemt" if house.wait_for_lists(recorded.position) else "paa-vej"
    return see_other(f"/unge/{case_number}{ROOM}/progression?vis=1&besked={notice}")


def _line(look: Looking, house: House, one: Young) -> Line:
    entries = house.log.history(one.who.person_id, [KeyGroup.WORK], conn=look.conn).entries
    measured = measurements(life_of(entry.fact() for entry in entries))
    scores = []
    for factor in ALL:
        found = points(measured, factor.code)
        scores.append((factor.short, str(found[-1][1]) if found else "–", step_in_words(found)))
    return Line(one, scores, one.stay.must_be_measured(house.today))


def _read(
    request: Request, house: House, me: Visitor, case_number: str
) -> tuple[Identity, Stay | None, list[ProgressionMeasured]]:
    must_read(me)
    with looking(request, me) as look:
        who = who_is(look, house, me, case_number)
        look.at([who.person_id], "milepaelen")
        history = house.log.history(who.person_id, me.groups, conn=look.conn)
    seen = seen_in(shown_to(history, partial(level, me.party)))
    return who, next(iter(stays_of(seen.life, seen.journey, NO_RULES)), None), measurements(seen.life)


def _page(
    request: Request,
    house: House,
    me: Visitor,
    who: Identity,
    stay: Stay | None,
    measured: Sequence[ProgressionMeasured],
    *,
    asks: bool,
    form: FormData | None = None,
    errors: dict[str, str] | None = None,
) -> HTMLResponse:
    """With `asks` nothing of what was measured before goes into the page."""
    said: dict[str, Any] = {factor: text_of(form, factor) if form else "" for factor in FACTORS}
    said |= {"remark": text_of(form, "remark") if form else "", "on": written(form, "on") if form else house.today}
    page = ProgressionPage(
        **frame(request, "Progression", "milepaelen") | {"errors": errors or {}},
        **room_frame(me, house, "progression"),
        who=who,
        stay=stay,
        asks=asks,
        last_on=measured[-1].on if measured else None,
        curves=[] if asks else _curves(measured),
        measured=[] if asks else _table(measured, reads=reads_words(me)),
        reads_words=reads_words(me),
        said=said,
        command=str((form and carried_command(form)) or uuid4()),
    )
    return render(request, page, 422 if errors else 200)


def _curves(measured: Sequence[ProgressionMeasured]) -> list[Curve]:
    if not measured:
        return []
    curves = []
    for factor in ALL:
        found = points(measured, factor.code)
        svg = curve_svg(found, first=measured[0].on, last=measured[-1].on, title=factor.name)
        curves.append(Curve(factor, svg, change_in_words(found)))
    return curves


def _table(measured: Sequence[ProgressionMeasured], *, reads: bool) -> list[Measured]:
    """The last measurement on top."""
    before = [None, *(one.on for one in measured)]
    return [
        Measured(
            one.on,
            [getattr(one, factor.code) for factor in ALL],
            str(one.remark) if reads else "",
            gap_in_words(earlier, one.on),
        )
        for earlier, one in zip(before[:-1], measured, strict=True)
    ][::-1]
