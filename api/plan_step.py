"""One step of the common plan: done, moved, waiting for another, dropped. Each with its day, and with a reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated, Any, ClassVar
from uuid import UUID, uuid4, uuid5

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from api.errors import NotForYou
from api.form_dates import day_fault, read_date, written
from api.form_texts import TheForm, carried_command, command_of, text_of
from api.pages import Page, frame, looking, render, see_other
from api.people_pages import Way, way_back, who_is
from api.plan_room import (
    TOO_OLD,
    Decision,
    SeenPlan,
    cpr_fault,
    plan_path,
    record,
    refusal,
    see_plan,
    to_plan,
    words_fault,
)
from api.policy import PEOPLE, policy
from api.visitor import Me, TheHouse
from api.words import MATTERS, PARTIES
from domain.access import Level, level
from domain.codes import DataClass, Party
from domain.decisions import drop_step, finish_step, let_step_wait, move_step
from domain.refused import Refused
from domain.text import FreeText
from projections.plan import PlanStep

router = APIRouter()

MOVE, WAIT, DROP = "flyt", "venter", "fravaelg"
"""The forms of the page; the field `gem` says which one was sent."""
PATH = "/unge/{case_number}/plan/skridt/{step_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPage(Page):
    """One step, and what can be done about it while it is open."""

    template: ClassVar[str] = "plan/step.html"
    seen: SeenPlan
    step: PlanStep
    way: Way
    today: date
    form: Mapping[str, Any]
    sent: str
    command: str

    @property
    def plan_link(self) -> str:
        return self.way.to(plan_path(self.seen.who.case_number))

    @property
    def path(self) -> str:
        return f"{plan_path(self.seen.who.case_number)}/skridt/{self.step.step_id}"

    @property
    def name(self) -> str:
        """What the step is; of the words only who may read them."""
        return self.step.what or f"Skridt om {MATTERS[self.step.matter]}"

    @property
    def can_change(self) -> bool:
        """Whether anything is left to do about it here."""
        return self.step.is_open and self.seen.ended is None

    @property
    def others(self) -> list[tuple[str, str]]:
        """Whom the step can wait for: everybody, the responsible party last as nobody else."""
        return [
            *((party.value, PARTIES[party]) for party in Party if party is not self.step.responsible),
            (self.step.responsible.value, f"Ingen anden: {PARTIES[self.step.responsible]} går videre"),
        ]


@router.get(PATH, name="step")
@policy(PEOPLE)
def show(request: Request, house: TheHouse, me: Me, case_number: str, step_id: UUID, liste: str = "") -> HTMLResponse:
    """The step, its deadlines through time, and three short forms."""
    with looking(request, me) as look:
        seen = see_plan(look, house, me, case_number)
    return _show(request, seen, step_id, way_back(liste), house.today)


@router.post(PATH)
@policy(PEOPLE)
def change(request: Request, house: TheHouse, me: Me, case_number: str, step_id: UUID, form: TheForm) -> Response:
    """Move the deadline, let the step wait, or drop it; or show the page again with what is wrong."""
    with looking(request, me) as look:
        seen = see_plan(look, house, me, case_number)
    way, which, command = way_back(text_of(form, "liste")), text_of(form, "gem"), command_of(form)
    made = _READ[which](form, step_id, house.today) if which in _READ else {"form": TOO_OLD}
    errors = made if isinstance(made, dict) else {}
    if command is None:
        errors = {"form": TOO_OLD}
    elif callable(made):
        try:
            return to_plan(way, seen.who.case_number, record(house, me, seen.who, made, uuid5(command, str(step_id))))
        except Refused as refused:
            errors = refusal(refused, {"due-before-agreed": "due_on"})
    return _show(request, seen, step_id, way, house.today, form=form, sent=which, errors=errors)


@router.post("/unge/{case_number}/skridt/{step_id}/gjort", name="step-done")
@policy(PEOPLE)
def done(
    request: Request,
    house: TheHouse,
    me: Me,
    case_number: str,
    step_id: UUID,
    command: Annotated[UUID, Form()],
    liste: Annotated[str, Form()] = "",
    fra: Annotated[str, Form()] = "",
) -> Response:
    """A step of the plan was carried out today. Back to where it was pressed: the plan, or the young person's page."""
    with looking(request, me) as look:
        who = who_is(look, house, me, case_number)
        look.at([who.person_id], "plan")
    if level(me.party, DataClass.PLAN) < Level.SUMMARY:
        raise NotForYou
    decide = partial(finish_step, step_id=step_id, on=house.today)
    notice = record(house, me, who, decide, uuid5(command, str(step_id)))
    way = way_back(liste)
    if fra == "plan":
        return to_plan(way, who.case_number, notice)
    return see_other(way.to_person(who.case_number, besked=notice))


Made = dict[str, str] | Decision
"""What is wrong, by field; or the decision."""


def _move(form: FormData, step_id: UUID, today: date) -> Made:
    due_on = read_date(form, "due_on", today, what="Den nye frist")
    faults = {"due_on": fault} if (fault := day_fault(due_on, today, "Den nye frist")) else {}
    faults |= words_fault(form, "reason", "Skriv, hvorfor fristen flyttes.")
    faults = faults or cpr_fault(form, "reason")
    if faults or isinstance(due_on, str):
        return faults
    return partial(move_step, step_id=step_id, due_on=due_on, reason=FreeText(text_of(form, "reason")), on=today)


def _wait(form: FormData, step_id: UUID, today: date) -> Made:
    waits_for = text_of(form, "waits_for")
    if waits_for not in set(Party):
        return {"waits_for": "Vælg, hvem der skal gøre noget først."}
    return partial(let_step_wait, step_id=step_id, waits_for=Party(waits_for), on=today)


def _drop(form: FormData, step_id: UUID, today: date) -> Made:
    faults = words_fault(form, "drop_reason", "Skriv, hvorfor skridtet fravælges.") or cpr_fault(form, "drop_reason")
    return faults or partial(drop_step, step_id=step_id, reason=FreeText(text_of(form, "drop_reason")), on=today)


_READ: Mapping[str, Callable[[FormData, UUID, date], Made]] = {MOVE: _move, WAIT: _wait, DROP: _drop}
_TEXTS: Sequence[str] = ("reason", "drop_reason", "waits_for")


def _show(
    request: Request,
    seen: SeenPlan,
    step_id: UUID,
    way: Way,
    today: date,
    *,
    form: FormData | None = None,
    sent: str = "",
    errors: dict[str, str] | None = None,
) -> HTMLResponse:
    step = seen.plan.step(step_id)
    if step is None:
        raise NotForYou
    said: dict[str, Any] = {name: text_of(form, name) if form else "" for name in _TEXTS}
    said["due_on"] = written(form, "due_on") if form and any(written(form, "due_on")) else None
    said["waits_for"] = said["waits_for"] or (step.waits_for.value if step.waits_for else "")
    page = StepPage(
        **frame(request, "Skridt i planen") | {"errors": errors or {}},
        seen=seen,
        step=step,
        way=way,
        today=today,
        form=said,
        sent=sent,
        command=str((form and carried_command(form)) or uuid4()),
    )
    return render(request, page, 422 if errors else 200)
