"""One young person at Milepælen: goals in their own words, talks and what was agreed, attendance, proposals."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID, uuid4, uuid5

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from api.errors import NotForYou
from api.form_dates import day_fault, read_date, read_optional_date, written
from api.form_texts import TheForm, carried_command, command_of, text_of
from api.house import House
from api.milepaelen_room import (
    ROOM,
    TOO_OLD,
    known_at,
    must_read,
    must_write,
    reads_words,
    room_frame,
    words_fault,
)
from api.milepaelen_young_page import YoungAtMilepaelenPage, goals_of, proposals_of, talks_of
from api.pages import frame, looking, render, see_other
from api.people_pages import who_is
from api.policy import PEOPLE, policy
from api.visitor import Me, TheHouse, Visitor
from api.words import REFUSALS
from domain.access import level
from domain.codes import Party
from domain.days import months_after
from domain.decisions import reach_goal, record_fact, reword_goal, set_goal, set_sub_goal
from domain.events import JourneyEvent, TalkHeld
from domain.journey import Journey
from domain.refused import Refused
from domain.text import NOTHING_WRITTEN, FreeText
from eventlog import journey
from people.register import Identity
from projections.attendance import counted
from projections.milepaelen import Stay, StayState, stays_of
from projections.reading import Seen, seen_in, shown_to
from projections.rows import NO_RULES

router = APIRouter()

PATH = "/unge/{case_number}/milepaelen"
MONTHS_COUNTED = 3
Decide = Callable[[Journey], Sequence[JourneyEvent]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whom it is about, as the visitor may see them."""

    who: Identity
    seen: Seen
    stay: Stay | None

    @property
    def is_open(self) -> bool:
        """Whether there is a stay to write about."""
        return self.stay is not None and self.stay.state is not StayState.ENDED


@router.get(PATH, name="milepaelen-young")
@policy(PEOPLE)
def show(request: Request, house: TheHouse, me: Me, case_number: str) -> HTMLResponse:
    """Folded live from what the reader may see."""
    return _page(request, house, me, _asked(request, house, me, case_number))


@router.post(f"{PATH}/samtale", name="milepaelen-talk")
@policy(PEOPLE)
def hold_talk(request: Request, house: TheHouse, me: Me, case_number: str, form: TheForm) -> Response:
    """A talk was held: what was agreed, and when the next one is."""
    asked, today = _to_write(request, house, me, case_number), house.today
    on = read_date(form, "on", today, what="Dagen")
    next_on = read_optional_date(form, "next_on", today, what="Dagen for den næste samtale")
    faults = {
        "on": on if isinstance(on, str) else REFUSALS["in-the-future"] if on > today else None,
        "agreed": words_fault(form, "agreed", ""),
        "next_on": day_fault(next_on, today, "Den næste samtale") if next_on is not None else None,
    }
    errors = {name: fault for name, fault in faults.items() if fault}
    if errors or isinstance(on, str) or isinstance(next_on, str):
        return _page(request, house, me, asked, "samtale", form, errors)
    agreed = FreeText(text_of(form, "agreed")) if text_of(form, "agreed") else NOTHING_WRITTEN
    held = TalkHeld(on=on, next_on=next_on, agreed=agreed)
    decide = partial(record_fact, event=held, today=today)
    return _write(request, house, me, asked, "samtale", form, decide, on=on)


@router.post(f"{PATH}/maal", name="milepaelen-goal")
@policy(PEOPLE)
def new_goal(request: Request, house: TheHouse, me: Me, case_number: str, form: TheForm) -> Response:
    """A goal, or with `part_of` a step towards one, in the young person's words."""
    asked, part_of = _to_write(request, house, me, case_number), text_of(form, "part_of")
    action = f"delmaal-{_goal_id(part_of)}" if part_of else "maal"
    # The goal is named after the command, so that deciding again names the same goal.
    goal_id = uuid5(command_of(form) or uuid4(), "goal")
    words = FreeText(text_of(form, f"words-{action}"))
    decide: Decide = partial(set_goal, goal_id=goal_id, words=words, on=house.today)
    if part_of:
        decide = partial(set_sub_goal, goal_id=goal_id, part_of=_goal_id(part_of), words=words, on=house.today)
    return _write(request, house, me, asked, action, form, decide, on=house.today)


@router.post(f"{PATH}/maal/{{goal_id}}/ordlyd", name="milepaelen-reword")
@policy(PEOPLE)
def reword(request: Request, house: TheHouse, me: Me, case_number: str, goal_id: str, form: TheForm) -> Response:
    """The young person says the goal in other words."""
    asked, goal = _to_write(request, house, me, case_number), _goal_id(goal_id)
    words = FreeText(text_of(form, f"words-ordlyd-{goal}"))
    decide = partial(reword_goal, goal_id=goal, words=words, on=house.today)
    return _write(request, house, me, asked, f"ordlyd-{goal}", form, decide, on=house.today)


@router.post(f"{PATH}/maal/{{goal_id}}/naaet", name="milepaelen-reach")
@policy(PEOPLE)
def reach(request: Request, house: TheHouse, me: Me, case_number: str, goal_id: str, form: TheForm) -> Response:
    """The goal or sub-goal was reached today."""
    asked, goal = _to_write(request, house, me, case_number), _goal_id(goal_id)
    decide = partial(reach_goal, goal_id=goal, on=house.today)
    return _write(request, house, me, asked, f"naaet-{goal}", form, decide, on=house.today)


def _asked(request: Request, house: House, me: Visitor, case_number: str) -> _Asked:
    must_read(me)
    with looking(request, me) as look:
        who = who_is(look, house, me, case_number)
        look.at([who.person_id], "milepaelen")
        history = house.log.history(who.person_id, me.groups, conn=look.conn)
    seen = seen_in(shown_to(history, partial(level, me.party)))
    return _Asked(who, seen, next(iter(stays_of(seen.life, seen.journey, NO_RULES)), None))


def _to_write(request: Request, house: House, me: Visitor, case_number: str) -> _Asked:
    """NotForYou to who does not work at Milepælen, and about who is not there."""
    must_write(me)
    asked = _asked(request, house, me, case_number)
    if not asked.is_open:
        raise NotForYou
    return asked


def _goal_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotForYou from None


def _write(
    request: Request,
    house: House,
    me: Visitor,
    asked: _Asked,
    action: str,
    form: FormData,
    decide: Decide,
    *,
    on: date,
) -> Response:
    """Write it down, and show the page; or the page again with what is wrong at the form that was sent."""
    words, command = f"words-{action}", command_of(form)
    errors = {}
    if words in form and (fault := words_fault(form, words, REFUSALS["text-missing"])):
        errors[words] = fault
    if command is None:
        errors["form"] = TOO_OLD
    if errors or command is None:
        return _page(request, house, me, asked, action, form, errors)
    try:
        recorded = house.log.record(
            journey(asked.who.person_id),
            decide,
            by=me.actor,
            known_at=known_at(on, house),
            command_id=command,
        )
    except Refused as refusal:
        field = words if refusal.reason.startswith("text-") else "on" if refusal.reason == "before-birth" else "form"
        return _page(request, house, me, asked, action, form, {field: REFUSALS[refusal.reason]})
    notice = "gemt" if house.wait_for_lists(recorded.position) else "paa-vej"
    return see_other(f"/unge/{asked.who.case_number}{ROOM}?besked={notice}")


def _page(
    request: Request,
    house: House,
    me: Visitor,
    asked: _Asked,
    action: str = "",
    form: FormData | None = None,
    errors: Mapping[str, str] | None = None,
) -> HTMLResponse:
    reads, said = reads_words(me), {}
    if form is not None:
        said = {name: text_of(form, name) for name in form if name.startswith("words-") or name == "agreed"}
    dates: dict[str, Any] = {"on": house.today, "next_on": None}
    if form is not None and action == "samtale":
        dates = {name: written(form, name) for name in dates}
    page = YoungAtMilepaelenPage(
        **frame(request, "Milepælen", "milepaelen") | {"errors": dict(errors or {})},
        **room_frame(me, house, ""),
        who=asked.who,
        stay=asked.stay,
        is_open=asked.is_open,
        reads_words=reads,
        goals=goals_of(asked.seen.journey, reads=reads),
        talks=talks_of(asked.seen.life, reads=reads),
        proposals=proposals_of(asked.seen.life),
        counts=counted(asked.seen.entries, months_after(house.today, -MONTHS_COUNTED)),
        answers=me.party is Party.EMPLOYMENT,
        action=action,
        said=said,
        dates=dates,
        carried=str((form and carried_command(form)) or ""),
    )
    return render(request, page, 422 if errors else 200)
