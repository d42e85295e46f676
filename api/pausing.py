"""Sæt på pause, and let the clock run again: two short forms on the young person's page and the deadline's own."""

from functools import partial
from typing import Any
from uuid import UUID, uuid5

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.deadlines import SeenLife, see, show_deadline
from api.errors import NotForYou
from api.form_texts import TheForm, command_of, text_of
from api.house import House
from api.pages import looking, see_other
from api.people_pages import Way, way_back
from api.policy import PEOPLE, policy
from api.visitor import Me, TheHouse, Visitor
from api.words import REFUSALS
from domain.access import Level, level
from domain.choices import PauseReason
from domain.decisions import pause_clock, resume_clock
from domain.obligations import Obligation, obligations
from domain.refused import Refused
from domain.rules import Rule
from eventlog import journey
from projections.closing_days import current_rules
from projections.reading import seen_in

router = APIRouter()

_TOO_OLD = "Siden var for gammel. Se den igennem, og prøv igen."


@router.post("/unge/{case_number}/frister/{key}/pause", name="pause")
@policy(PEOPLE)
def pause(request: Request, house: TheHouse, me: Me, case_number: str, key: str, form: TheForm) -> Response:
    """The clock stands still from today, for a reason."""
    seen, duty, rule = _duty(request, house, me, case_number, key)
    way, command, reason = way_back(text_of(form, "liste")), command_of(form), text_of(form, f"grund-{key}")
    errors = {} if reason in set(PauseReason) else {f"grund-{key}": "Vælg, hvorfor fristen står stille."}
    if command is None:
        errors = {"form": _TOO_OLD}
    if errors or command is None:
        return show_deadline(request, house, me, seen, key, way, errors=errors)
    decide = partial(pause_clock, duty=duty, rule=rule, by=me.party, reason=PauseReason(reason), at=house.now)
    return _decided(request, house, me, seen, key, way, decide, uuid5(command, key))


@router.post("/unge/{case_number}/frister/{key}/loeb-igen", name="resume")
@policy(PEOPLE)
def resume(request: Request, house: TheHouse, me: Me, case_number: str, key: str, form: TheForm) -> Response:
    """The clock runs again from today."""
    seen, duty, _ = _duty(request, house, me, case_number, key)
    way, command = way_back(text_of(form, "liste")), command_of(form)
    if command is None:
        return show_deadline(request, house, me, seen, key, way, errors={"form": _TOO_OLD})
    decide = partial(resume_clock, duty=duty, by=me.party, on=house.today)
    return _decided(request, house, me, seen, key, way, decide, uuid5(command, key))


def _duty(request: Request, house: House, me: Visitor, case_number: str, key: str) -> tuple[SeenLife, Obligation, Rule]:
    """The duty, worked out from everything: what the visitor may not see can have closed it.

    Raises NotForYou where there is none, or it is of a class that the visitor may not see.
    """
    rules = current_rules(house.log)
    with looking(request, me) as look:
        seen = see(look, house, me, case_number, rules)
        life = seen_in(house.log.history(seen.who.person_id, conn=look.conn).entries).life
    duty = next((one for one in obligations(life, rules) if one.key == key), None)
    if duty is None or level(me.party, duty.data_class) < Level.SUMMARY:
        raise NotForYou
    return seen, duty, rules.rule(duty.name, duty.rule_version)


def _decided(
    request: Request, house: House, me: Visitor, seen: SeenLife, key: str, way: Way, decide: Any, command: UUID
) -> Response:
    """Write it, and go back to the young person's page; a refusal is told on the deadline's own page."""
    to = journey(seen.who.person_id)
    try:
        recorded = house.log.record(to, decide, by=me.actor, known_at=house.now, command_id=command)
    except Refused as refused:
        return show_deadline(request, house, me, seen, key, way, errors={"form": REFUSALS[refused.reason]})
    notice = "gemt" if house.wait_for_lists(recorded.position) else "paa-vej"
    return see_other(way.to_person(seen.who.case_number, besked=notice))
