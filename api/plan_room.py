"""What the pages of the common plan share: the plan as this visitor may see it, on this day or an earlier one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from fastapi.responses import Response
from starlette.datastructures import FormData

from api.errors import NotForYou
from api.form_texts import MAYBE_CPR, like_cpr, text_fault, text_of
from api.house import House
from api.pages import Looking, see_other
from api.people_pages import Way, who_is
from api.person_about import Ended, Names, ended, names_for
from api.visitor import Visitor
from api.words import REFUSALS
from domain.access import Level, level
from domain.codes import DataClass
from domain.days import age_on
from domain.events import JourneyEvent
from domain.facts import civil_date
from domain.journey import Journey
from domain.refused import Refused
from eventlog import journey
from people.register import Identity
from projections.meetings import last_meeting_about
from projections.person import ending_of
from projections.plan import Plan, plan_of
from projections.reading import known_on, seen_in, shown_to

TOO_OLD = "Formularen var for gammel. Se den igennem, og gem igen."


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPlan:
    """One young person's plan as a visitor sees it on `day`.

    `meeting` is the day of the last meeting about them before that, and what came since is marked in the plan.
    `began_on` is the first day of which anything is known. `may_hear`: the visitor may know what the young person says.
    """

    who: Identity
    age: int | None
    day: date
    plan: Plan
    names: Names
    ended: Ended | None
    meeting: date | None
    began_on: date | None
    may_hear: bool
    reads_voice: bool
    reads_plan: bool


def see_plan(look: Looking, house: House, me: Visitor, case_number: str, as_of: date | None = None) -> SeenPlan:
    """The plan now, or as it was known on a day. Raises NotForYou where there is none for the visitor."""
    who = who_is(look, house, me, case_number)
    may = partial(level, me.party)
    if may(DataClass.PLAN) < Level.SUMMARY:
        raise NotForYou
    entries = shown_to(house.log.history(who.person_id, me.groups, conn=look.conn), may)
    folded = seen_in(known_on(entries, as_of) if as_of else entries)
    day, life = as_of or house.today, folded.life
    meeting = last_meeting_about(house.log, look.conn, who.person_id, before=day)
    ending = ending_of(life, folded.journey)
    names = names_for(look, house, life, [ending.into] if ending and ending.into else [])
    look.at([who.person_id, *names.files], "plan")
    return SeenPlan(
        who=who,
        age=age_on(life.born_on, day) if life.born_on else None,
        day=day,
        plan=plan_of(life, folded.journey, may, day, since=meeting),
        names=names,
        ended=ended(ending, names),
        meeting=meeting,
        began_on=min((civil_date(entry.recorded_at) for entry in entries), default=None),
        may_hear=may(DataClass.VOICE) >= Level.SUMMARY,
        reads_voice=may(DataClass.VOICE) >= Level.FULL,
        reads_plan=may(DataClass.PLAN) >= Level.FULL,
    )


Decision = Callable[[Journey], Sequence[JourneyEvent]]


def record(house: House, me: Visitor, who: Identity, decide: Decision, command: UUID) -> str:
    """Write what was decided; the answer is the notice for the next page. Raises Refused."""
    recorded = house.log.record(journey(who.person_id), decide, by=me.actor, known_at=house.now, command_id=command)
    return "gemt" if house.wait_for_lists(recorded.position) else "paa-vej"


def to_plan(way: Way, case_number: str, notice: str) -> Response:
    """On to the plan, with the way back."""
    return see_other(way.to(plan_path(case_number), besked=notice))


def plan_path(case_number: str) -> str:
    """The address of the plan."""
    return f"/unge/{case_number}/plan"


def words_fault(form: FormData, name: str, missing: str = "") -> dict[str, str]:
    """What is wrong with the words in this field; `missing` is said when there are none, "" where none are fine."""
    words = text_of(form, name)
    fault = text_fault(words) if words else missing
    return {name: fault} if fault else {}


def cpr_fault(form: FormData, *names: str) -> dict[str, str]:
    """Ask once when a text looks like a CPR number."""
    looks = any(like_cpr(text_of(form, name)) for name in names)
    return {"ikke_cpr": MAYBE_CPR} if looks and not text_of(form, "ikke_cpr") else {}


def refusal(refused: Refused, fields: Mapping[str, str]) -> dict[str, str]:
    """A refusal as an error of the field that it is about."""
    return {fields.get(refused.reason, "form"): REFUSALS[refused.reason]}
