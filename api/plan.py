"""Fælles plan: the young person's goal on top, what they say of the plan, the steps, and the plan as it once was."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, ClassVar
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from api import plan_print, plan_step
from api.errors import NotForYou
from api.form_dates import day_fault, read_date, read_optional_date, written
from api.form_texts import TheForm, carried_command, command_of, text_of
from api.pages import Page, frame, looking, render
from api.people_pages import Way, way_back
from api.person_about import Colleague
from api.plan_lines import CHANGES, VIEWS, Colour, ConsentLine, consent_lines, since_the_meeting
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
from api.sentences import capital
from api.visitor import Me, TheHouse
from api.words import MATTERS, PARTIES, REFUSALS
from domain.choices import ViewOnPlan
from domain.codes import Matter, Party
from domain.decisions import agree_step, give_view, record_fact, say_goal
from domain.events import JourneyEvent
from domain.journey import Journey
from domain.refused import Refused
from domain.text import FreeText
from projections.plan import Plan, StepChange

router = APIRouter()
router.include_router(plan_print.router)
router.include_router(plan_step.router)

GOAL, VIEW, STEP = "maal", "syn", "skridt"
"""The forms of the page; the field `gem` says which one was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage(Page):
    """The plan. `shown_on` is the day it is shown as of, None for today, and then there are forms.

    `open_form` is the form that stands open, because something in it was wrong or nothing else is to be done.
    """

    template: ClassVar[str] = "plan/plan.html"
    seen: SeenPlan
    way: Way
    today: date
    shown_on: date | None
    as_of_form: Any
    lead: Colleague | None
    contact: Colleague | None
    news: str
    consents: Sequence[ConsentLine]
    form: Mapping[str, Any]
    open_form: str
    command: str
    changes: Mapping[StepChange, str] = field(default_factory=lambda: CHANGES)
    view_words: Mapping[ViewOnPlan, tuple[Colour, str]] = field(default_factory=lambda: VIEWS)
    matters: Mapping[Matter, str] = field(default_factory=lambda: MATTERS)

    @property
    def path(self) -> str:
        return plan_path(self.seen.who.case_number)

    @property
    def plan(self) -> Plan:
        return self.seen.plan

    @property
    def back(self) -> str:
        return self.way.to_person(self.seen.who.case_number)

    @property
    def read_only(self) -> bool:
        """Whether nothing is written here: it is the past, or nobody follows the young person any longer."""
        return self.shown_on is not None or self.seen.ended is not None

    @property
    def now(self) -> str:
        """The plan of today."""
        return self.way.to(self.path)

    def record_link(self, kind: str) -> str:
        """The form that records this kind of event."""
        return self.way.to(f"/unge/{self.seen.who.case_number}/haendelser/ny", slags=kind)

    def step_link(self, step_id: UUID) -> str:
        """Where a step is moved, let wait, or dropped."""
        return self.way.to(f"{self.path}/skridt/{step_id}")

    @property
    def sheet_link(self) -> str:
        """The plan on paper, for the young person."""
        return self.way.to(f"{self.path}/udskrift")

    @property
    def example(self) -> str:
        """How a date is written, with a date of today's year."""
        return f"For eksempel {self.today.day} {self.today.month} {self.today.year}"

    @property
    def party_options(self) -> list[tuple[str, str]]:
        return [(party.value, PARTIES[party]) for party in Party]

    @property
    def matter_options(self) -> list[tuple[str, str]]:
        return [(matter.value, capital(MATTERS[matter])) for matter in Matter]

    @property
    def view_options(self) -> list[tuple[str, str]]:
        return [(view.value, VIEWS[view][1]) for view in ViewOnPlan]


@router.get("/unge/{case_number}/plan", name="plan")
@policy(PEOPLE)
def show(request: Request, house: TheHouse, me: Me, case_number: str, liste: str = "") -> HTMLResponse:
    """The plan now; with `pr_day`, `pr_month` and `pr_year` as it was known at the end of that day."""
    today, asked = house.today, request.query_params
    day = read_optional_date(asked, "pr", today)
    if isinstance(day, date) and day > today:
        day = "Vælg en dag, der har været."
    as_of = day if isinstance(day, date) and day < today else None
    with looking(request, me) as look:
        seen = see_plan(look, house, me, case_number, as_of)
    errors = {"pr": day} if isinstance(day, str) else {}
    page = _page(request, seen, way_back(liste), today, as_of=as_of, as_of_form=written(asked, "pr"), errors=errors)
    return render(request, page, 422 if errors else 200)


@router.post("/unge/{case_number}/plan")
@policy(PEOPLE)
def save(request: Request, house: TheHouse, me: Me, case_number: str, form: TheForm) -> Response:
    """Keep what the young person said, or a step that was agreed; or show the page again with what is wrong."""
    with looking(request, me) as look:
        seen = see_plan(look, house, me, case_number)
    which, command = text_of(form, "gem"), command_of(form)
    way = way_back(text_of(form, "liste"))
    if which in (GOAL, VIEW) and not seen.may_hear:
        raise NotForYou
    made = _READ[which](form, house.today) if which in _READ else None
    errors = made if isinstance(made, dict) else {}
    if command is None or made is None:
        errors = {"form": TOO_OLD}
    if not errors and command is not None and callable(made):
        try:
            return to_plan(way, seen.who.case_number, record(house, me, seen.who, made(command), command))
        except Refused as refused:
            errors = refusal(refused, _FIELDS[which])
    page = _page(request, seen, way, house.today, form=form, open_form=which, errors=errors)
    return render(request, page, 422)


Made = dict[str, str] | Callable[[UUID], Decision]
"""What is wrong, by field and in the order of the form; or the decision, once the command is known."""


def _goal(form: FormData, today: date) -> Made:
    faults = words_fault(form, "words", "Skriv målet med den unges egne ord.") or cpr_fault(form, "words")
    return faults or (lambda _: partial(say_goal, words=FreeText(text_of(form, "words")), on=today))


def _view(form: FormData, today: date) -> Made:
    view, asked_on = text_of(form, "view"), read_date(form, "asked_on", today)
    faults: dict[str, str] = {}
    if view not in set(ViewOnPlan):
        faults["view"] = "Vælg, hvad den unge siger om planen."
    faults |= words_fault(form, "why")
    if isinstance(asked_on, str):
        return faults | {"asked_on": asked_on}
    if asked_on > today:
        faults["asked_on"] = REFUSALS["in-the-future"]
    faults = faults or cpr_fault(form, "why")
    if faults:
        return faults
    said = partial(give_view, view=ViewOnPlan(view), why=FreeText(text_of(form, "why")), on=asked_on)

    def decide(so_far: Journey) -> Sequence[JourneyEvent]:
        return [fact for given in said(so_far) for fact in record_fact(so_far, event=given, today=today)]

    return lambda _: decide


def _step(form: FormData, today: date) -> Made:
    responsible, matter = text_of(form, "responsible"), text_of(form, "matter")
    due_on = read_date(form, "due_on", today, what="Fristen")
    faults = words_fault(form, "what", "Skriv, hvad der skal ske.")
    if responsible not in set(Party):
        faults["responsible"] = "Vælg, hvem der er ansvarlig."
    if matter not in set(Matter):
        faults["matter"] = "Vælg, hvad skridtet handler om."
    if fault := day_fault(due_on, today, "Fristen"):
        faults["due_on"] = fault
    faults = faults or cpr_fault(form, "what")
    if faults or isinstance(due_on, str):
        return faults
    # The step is named after the command that made it, so that deciding again names the same step.
    return lambda command: partial(
        agree_step,
        step_id=command,
        what=FreeText(text_of(form, "what")),
        responsible=Party(responsible),
        matter=Matter(matter),
        due_on=due_on,
        on=today,
    )


_READ: Mapping[str, Callable[[FormData, date], Made]] = {GOAL: _goal, VIEW: _view, STEP: _step}
_FIELDS = {
    GOAL: {"text-missing": "words", "text-too-long": "words"},
    VIEW: {"before-birth": "asked_on", "in-the-future": "asked_on", "text-missing": "why"},
    STEP: {"due-before-agreed": "due_on"},
}


def _page(
    request: Request,
    seen: SeenPlan,
    way: Way,
    today: date,
    *,
    as_of: date | None = None,
    as_of_form: Any = None,
    form: FormData | None = None,
    open_form: str = "",
    errors: dict[str, str],
) -> PlanPage:
    said: dict[str, Any] = dict.fromkeys(("words", "view", "why", "what", "responsible", "matter"), "")
    said |= {"asked_on": today, "due_on": None}
    if form is not None:
        said |= {name: text_of(form, name) for name in ("words", "view", "why", "what", "responsible", "matter")}
        said |= {name: written(form, name) for name in ("asked_on", "due_on") if any(written(form, name))}
    return PlanPage(
        **frame(request, "Fælles plan") | {"errors": errors},
        seen=seen,
        way=way,
        today=today,
        shown_on=as_of,
        as_of_form=as_of_form if as_of_form and any(as_of_form) else None,
        lead=seen.names.colleague(seen.plan.lead),
        contact=seen.names.colleague(seen.plan.contact),
        news=since_the_meeting(seen.plan, seen.meeting),
        consents=consent_lines(seen.plan.consents),
        form=said,
        open_form=open_form,
        # Nothing was recorded, so the form keeps its command: sent twice it is still one event.
        command=str((form and carried_command(form)) or uuid4()),
    )
