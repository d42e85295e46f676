"""Fremmøde: the whole group in one form, one save for all, and a way back from the save.

A save is one transaction in which each young person has an outcome of their own, so that one who cannot be saved takes
nobody else along. What a row looked like when the form was made goes with the form: whoever marked the same day
meanwhile is not overwritten unseen. A save is named by its form's command, and its entries are caused by it. So sent
twice it is one save, and *Fortryd* finds exactly what it did and says the opposite, as corrections.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4, uuid5

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from api.form_dates import read_date, written
from api.form_texts import TheForm, command_of, text_of
from api.house import House
from api.milepaelen_attendance_page import (
    NOT_MARKED,
    PATH,
    AttendancePage,
    Row,
    code_in_words,
    code_of,
    read_code,
)
from api.milepaelen_room import TOO_OLD, known, known_at, must_read, must_write, room_frame
from api.pages import frame, looking, render, see_other
from api.policy import PEOPLE, policy
from api.visitor import Me, TheHouse, Visitor
from api.words import REFUSALS
from database import Role
from domain.choices import Attendance
from domain.codes import KeyGroup
from domain.decisions import mark_attendance
from domain.facts import COPENHAGEN
from eventlog import ActorKind, OutcomeKind, Step, journey
from people.staff import staff_by_id
from projections import milepaelen_lists
from projections.attendance import Mark, mark_on, saved
from projections.closing_days import current_rules, why_closed

router = APIRouter()

_EARLIEST = date(2000, 1, 1)
_FUTURE = "Dagen ligger i fremtiden. Vælg i dag eller en tidligere dag."
_NO_DAY = "Dagen i adressen kan ikke læses. Du ser i dag."


@dataclass(frozen=True, slots=True)
class _Change:
    """What is to be written at a row: how the day went, and how it stood before the eyes of who says so."""

    row: Row
    to: Attendance | None
    shown: Attendance | None


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the page answers to: a save that was made or taken back, and what went wrong, by field."""

    save: UUID | None = None
    is_undone: bool = False
    gone: int = 0
    errors: Mapping[str, str] | None = None
    asked_day: tuple[str, str, str] | None = None


@router.get(PATH, name="milepaelen-attendance")
@policy(PEOPLE)
def show(request: Request, house: TheHouse, me: Me, dag: str = "", gemt: str = "", fortrudt: str = "") -> HTMLResponse:
    """Today, or the day in the address. `gemt` and `fortrudt` name the save that was just made or taken back."""
    must_read(me)
    query = request.query_params
    day, fault = _written_day(query, house.today) if any(written(query, "dag")) else _day(dag, house.today)
    errors, undone = {"dag": fault} if fault else None, _uuid(fortrudt)
    asked_day = written(query, "dag") if fault and any(written(query, "dag")) else None
    answer = _Answer(undone or _uuid(gemt), undone is not None, errors=errors, asked_day=asked_day)
    return _page(request, house, me, day, _rows(request, house, me, day, answer.save), answer)


@router.post(PATH)
@policy(PEOPLE)
def save_all(request: Request, house: TheHouse, me: Me, form: TheForm) -> Response:
    """Save the whole list. What could be saved is; who could not is told at their row, with what was chosen kept."""
    must_write(me)
    day, fault = _day(text_of(form, "dag"), house.today)
    closed, save = why_closed(day, current_rules(house.log).closed_days), command_of(form)
    rows = _rows(request, house, me, day, None)
    if fault or closed:
        errors = {"dag": fault or f"Lukket: {closed}. Intet er gemt."}
        return _page(request, house, me, day, rows, _Answer(errors=errors))
    asked = [_asked(row, form) for row in rows]
    if save is None or any(row.said for row in asked):
        errors = {"form": TOO_OLD if save is None else "En af markeringerne kunne ikke læses. Vælg igen."}
        return _page(request, house, me, day, asked, _Answer(errors=errors))
    changes = [
        _Change(row, read_code(row.chosen), read_code(_shown(row, form)))
        for row in asked
        if row.chosen != _shown(row, form)
    ]
    refused = _record(house, me, day, changes, save)
    gone = _gone(rows, form)
    if refused or gone:
        chosen = {row.young.case_number: row.chosen for row in asked}
        return _not_all(request, house, me, day, refused, chosen, _Answer(save, gone=gone))
    return see_other(f"{PATH}?dag={day}&gemt={save}")


@router.post(f"{PATH}/fortryd", name="milepaelen-attendance-undo")
@policy(PEOPLE)
def undo(request: Request, house: TheHouse, me: Me, form: TheForm) -> Response:
    """Say the opposite of what one save did and nobody has changed since; asked twice it is once."""
    must_write(me)
    day, fault = _day(text_of(form, "dag"), house.today)
    save = _uuid(text_of(form, "gemt"))
    rows = _rows(request, house, me, day, save)
    if fault or save is None:
        return _page(request, house, me, day, rows, _Answer(errors={"form": fault or TOO_OLD}))
    changes = [_Change(row, row.saved.before, row.saved.after) for row in rows if row.saved]
    refused = _record(house, me, day, changes, uuid5(save, "fortryd"))
    if refused:
        return _not_all(request, house, me, day, refused, {}, _Answer(save, is_undone=True))
    return see_other(f"{PATH}?dag={day}&fortrudt={save}")


def _record(house: House, me: Visitor, day: date, changes: Sequence[_Change], cause: UUID) -> dict[str, str]:
    """Carry it all out in one transaction; answers with the case numbers that were refused, and why."""
    steps = [
        Step(
            stream=journey(one.row.young.who.person_id),
            decide=partial(mark_attendance, day=day, attendance=one.to, shown=one.shown, today=house.today),
            about=one.row.mark.about,
        )
        for one in changes
    ]
    if not steps:
        return {}
    outcomes = house.log.record_many(steps, by=me.actor, known_at=known_at(day, house), caused_by=cause)
    house.wait_for_lists(house.log.position())
    return {
        one.row.young.case_number: outcome.reason or ""
        for one, outcome in zip(changes, outcomes, strict=True)
        if outcome.kind is OutcomeKind.REFUSED
    }


def _rows(request: Request, house: House, me: Visitor, day: date, save: UUID | None) -> list[Row]:
    """Everybody who was there that day, with their mark as the log has it now."""
    rows = []
    with looking(request, me) as look:
        young = known(look, house, milepaelen_lists.there_on(look.conn, me.classes, day))
        look.at([one.who.person_id for one in young], "milepaelen")
        for one in young:
            entries = house.log.history(one.who.person_id, [KeyGroup.WORK], conn=look.conn).entries
            mark = mark_on(entries, day)
            rows.append(Row(one, mark, code_of(mark.stands), saved(entries, day, save) if save else None))
    return rows


def _asked(row: Row, form: FormData) -> Row:
    """The row as the form asks for it; a choice that there is not is said."""
    shown = _shown(row, form)
    chosen = text_of(form, f"m_{row.young.case_number}") or shown
    if {chosen, shown} - {*Attendance, NOT_MARKED}:
        return replace(row, said="Vælg en af de markeringer, der står på siden.")
    return replace(row, chosen=chosen)


def _shown(row: Row, form: FormData) -> str:
    return text_of(form, f"v_{row.young.case_number}") or NOT_MARKED


def _gone(rows: Sequence[Row], form: FormData) -> int:
    """How many of the form were marked and are no longer on the list."""
    there = {row.young.case_number for row in rows}
    numbers = {name.removeprefix("m_") for name in form if name.startswith("m_")} - there
    return sum(text_of(form, f"m_{one}") not in {"", text_of(form, f"v_{one}")} for one in numbers)


def _not_all(
    request: Request,
    house: House,
    me: Visitor,
    day: date,
    refused: Mapping[str, str],
    chosen: Mapping[str, str],
    answer: _Answer,
) -> HTMLResponse:
    """The page again: who could not be saved has their choice kept, beside what somebody else said meanwhile."""
    rows = []
    for row in _rows(request, house, me, day, answer.save):
        reason, mine = refused.get(row.young.case_number), chosen.get(row.young.case_number, row.chosen)
        rows.append(replace(row, chosen=mine, said=_why(house, reason, row, mine)) if reason else row)
    return _page(request, house, me, day, rows, answer, status=409)


def _why(house: House, reason: str, row: Row, mine: str) -> str:
    if reason != "marked-meanwhile":
        return f"{REFUSALS[reason]} Ikke gemt."
    said = f"{_writer(house, row.mark)} har markeret: {code_in_words(row.shown)}."
    if mine == row.shown:
        return f"{said} Det er ikke fortrudt."
    return f"{said} Dit valg er ikke gemt. Gem igen, hvis det skal være: {code_in_words(mine)}."


def _writer(house: House, mark: Mark) -> str:
    """Who marked last, and when."""
    if mark.last is None or mark.last.actor.kind is not ActorKind.STAFF:
        return "En indlæst liste"
    with house.db.connection(Role.APPLICATION) as conn:
        staff = staff_by_id(conn, house.log.keys, mark.last.actor.id)
    at = mark.last.recorded_at.astimezone(COPENHAGEN)
    return f"{staff.name if staff else 'En anden'} ({at:%d.%m. kl. %H.%M})"


def _page(
    request: Request,
    house: House,
    me: Visitor,
    day: date,
    rows: Sequence[Row],
    answer: _Answer,
    *,
    status: int = 200,
) -> HTMLResponse:
    closed_days = current_rules(house.log).closed_days
    after = _open_day(day, 1, closed_days)
    page = AttendancePage(
        **frame(request, "Fremmøde", "milepaelen") | {"errors": answer.errors or {}},
        **room_frame(me, house, "attendance"),
        day=day,
        closed=why_closed(day, closed_days),
        before=_open_day(day, -1, closed_days),
        after=after if after <= house.today else None,
        rows=rows,
        save=answer.save,
        is_undone=answer.is_undone,
        gone=answer.gone,
        command=str(uuid4()),
        asked_day=answer.asked_day or day,
    )
    return render(request, page, 422 if answer.errors else status)


def _open_day(day: date, way: int, closed_days: frozenset[date]) -> date:
    """The nearest day before or after it on which Milepælen is open."""
    day += timedelta(days=way)
    while why_closed(day, closed_days):
        day += timedelta(days=way)
    return day


def _day(text: str, today: date) -> tuple[date, str | None]:
    """The day asked for, and what is wrong with it; today where nothing is asked or nothing can be read."""
    if not text:
        return today, None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today, _NO_DAY
    if day > today:
        return today, _FUTURE
    return (day, None) if day >= _EARLIEST else (today, _NO_DAY)


def _written_day(query: Mapping[str, Any], today: date) -> tuple[date, str | None]:
    """The same for a day in three fields."""
    day = read_date(query, "dag", today, what="Dagen")
    return (today, day) if isinstance(day, str) else _day(day.isoformat(), today)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
