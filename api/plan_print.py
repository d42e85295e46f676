"""Min plan: the plan on paper for the young person, in plain words. No codes, no reasons of the departments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.errors import NotForYou
from api.pages import Page, frame, looking, render
from api.people_pages import Way, way_back
from api.person_about import Colleague
from api.plan_room import SeenPlan, plan_path, see_plan
from api.policy import PEOPLE, policy
from api.printing import CONFIDENTIAL, printed_by
from api.sentences import long_day
from api.visitor import Me, TheHouse
from domain.choices import ViewOnPlan
from domain.codes import Party
from domain.journey import StepState
from domain.text import FreeText
from projections.plan import PlanStep

router = APIRouter()

_WHO: Mapping[Party, str] = {
    Party.SCHOOL: "skolen",
    Party.UU: "din vejleder fra UU",
    Party.CHILD_SOCIAL: "Børn & Familie",
    Party.ADULT_SOCIAL: "Voksen & Handicap",
    Party.EMPLOYMENT: "Beskæftigelse i kommunen",
    Party.BENEFITS: "Ydelse i kommunen",
    Party.HEALTH: "Sundhed i kommunen",
    Party.MILEPAELEN: "Milepælen",
    Party.EDUCATION: "dit uddannelsessted",
    Party.MUNICIPALITY: "kommunen",
}
"""The parties as one says them to somebody who does not work here."""

_SAID = {
    ViewOnPlan.AGREES: "Du sagde ja til planen",
    ViewOnPlan.DISAGREES: "Du sagde nej til planen",
    ViewOnPlan.COULD_NOT_ANSWER: "Du kunne ikke svare på, hvad du siger til planen",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetStep:
    """What was agreed, and in a sentence who does it and when."""

    what: FreeText
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage(Page):
    """The sheet. `answer` is what the young person said of the plan, "" when they were not asked."""

    template: ClassVar[str] = "plan/print.html"
    seen: SeenPlan
    way: Way
    today: date
    goal: FreeText | None
    steps: Sequence[SheetStep]
    done: Sequence[SheetStep]
    left_out: Sequence[FreeText]
    answer: str
    why: str
    people: Sequence[tuple[str, Colleague]]
    printed: str
    confidential: str = CONFIDENTIAL

    @property
    def plan_link(self) -> str:
        return self.way.to(plan_path(self.seen.who.case_number))

    @staticmethod
    def long_day(day: date) -> str:
        """3. april 2026."""
        return long_day(day)


@router.get("/unge/{case_number}/plan/udskrift", name="print-plan")
@policy(PEOPLE)
def sheet(request: Request, house: TheHouse, me: Me, case_number: str, liste: str = "") -> HTMLResponse:
    """The plan of today for those who read all of its words; a sheet without them would be of no use."""
    with looking(request, me) as look:
        seen = see_plan(look, house, me, case_number)
    if not (seen.reads_plan and seen.reads_voice):
        raise NotForYou
    plan, opinion = seen.plan, seen.plan.opinion
    named = [
        ("Din kontaktperson", seen.names.colleague(plan.contact)),
        ("Din tovholder", seen.names.colleague(plan.lead)),
    ]
    page = SheetPage(
        **frame(request, "Min plan"),
        seen=seen,
        way=way_back(liste),
        today=house.today,
        goal=plan.goal.words if plan.goal else None,
        steps=[_agreed(step) for step in plan.open_steps],
        done=[_done(step) for step in reversed(plan.closed_steps) if step.state is StepState.DONE],
        left_out=[step.what for step in reversed(plan.closed_steps) if step.state is StepState.DROPPED and step.what],
        answer=f"{_SAID[opinion.view]} den {long_day(opinion.on)}." if opinion else "",
        why=opinion.why or "" if opinion else "",
        people=[(what, one) for what, one in named if one and not one.has_left],
        printed=printed_by(me, house.now),
    )
    return render(request, page)


def _agreed(step: PlanStep) -> SheetStep:
    said = f"{_who(step.responsible)} sørger for det. Det skal være gjort senest {long_day(step.due_on)}."
    if step.waits_for:
        said += f" Først skal {_WHO[step.waits_for]} gøre noget."
    return SheetStep(what=step.what or FreeText(""), said=said)


def _done(step: PlanStep) -> SheetStep:
    return SheetStep(what=step.what or FreeText(""), said=f"Gjort {long_day(step.done_on)}." if step.done_on else "")


def _who(party: Party) -> str:
    name = _WHO[party]
    return name[:1].upper() + name[1:]
