"""What can be done from a row of the worklist with one press: tried, reached, or seen and asked about again.

Nothing here takes a row away by itself: contact that was made clears its deadline, a look lets the row rest.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from api.errors import SAID, NotForYou
from api.form_dates import read_date, written
from api.form_texts import TheForm, command_of, text_of
from api.house import House
from api.pages import looking, see_other
from api.people_pages import who_is
from api.policy import PEOPLE, policy
from api.visitor import Me, TheHouse, Visitor
from api.words import REFUSALS
from api.worklist import cleared_by_contact, the_list
from api.worklist_page import WAY, Said
from api.worklist_query import list_query
from domain.access import Level, level
from domain.codes import ContactWay, DataClass, Party
from domain.decisions import check_duty, record_fact
from domain.events import ContactMade, ContactTried, JourneyEvent
from domain.journey import Journey
from domain.refused import Refused
from eventlog import Contended, journey
from projections.closing_days import current_rules
from projections.rows import Row, RowKind
from projections.worklist import rows_of_person

router = APIRouter()

LONGEST = timedelta(days=366)
"""A row that rests longer would be forgotten."""

_TOO_OLD = "Listen var for gammel. Prøv igen."


class Doing(StrEnum):
    """What is done; the names are those of the buttons. `IN_…` is when to ask again, in days."""

    TRIED = "forsoegt"
    REACHED = "opnaaet"
    IN_1 = "om-1"
    IN_3 = "om-3"
    IN_7 = "om-7"
    ON_A_DAY = "om-dag"


_CONTACT = frozenset({Doing.TRIED, Doing.REACHED})
_IN_DAYS = {Doing.IN_1: 1, Doing.IN_3: 3, Doing.IN_7: 7}
_NOTICES = {Doing.TRIED: "forsoegt", Doing.REACHED: "opnaaet"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """What was sent, read: from which row, of whom, and what to do. `ask_on` is a day only where one is needed."""

    person_id: UUID
    key: str
    doing: Doing
    way: ContactWay | None
    ask_on: date | str | None
    day: tuple[str, str, str]
    rows: Sequence[Row]
    may_contact: bool


@router.post("/arbejdsliste/linje", name="worklist-row")
@policy(PEOPLE)
def act(request: Request, house: TheHouse, me: Me, form: TheForm) -> Response:
    """Do it, and show the same view of the list; what is wrong is told in the row."""
    query = list_query(text_of(form, "liste"))
    sent = _read(request, house, me, form)
    command_id = command_of(form)

    def tell(fault: str | None, status: HTTPStatus, *, asks_day: bool = False) -> Response:
        said = Said(key=sent.key, fault=fault, asks_day=asks_day, day=sent.day)
        return the_list(request, house, me, query, said=said, status=status)

    if sent.doing is Doing.ON_A_DAY and sent.rows and not any(name.startswith("dag_") for name in form):
        return tell(None, HTTPStatus.OK, asks_day=True)
    if isinstance(sent.ask_on, str):
        return tell(sent.ask_on, HTTPStatus.UNPROCESSABLE_ENTITY, asks_day=True)
    if command_id is None:
        return tell(_TOO_OLD, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        recorded = house.log.record(
            journey(sent.person_id),
            _decision(sent, me.party, house.today),
            by=me.actor,
            known_at=house.now,
            command_id=command_id,
        )
    except Refused as refusal:
        again = refusal.reason == "ask-again-too-early" and sent.doing is Doing.ON_A_DAY
        status = HTTPStatus.UNPROCESSABLE_ENTITY if again else HTTPStatus.CONFLICT
        return tell(f"{REFUSALS[refusal.reason]} Intet er gemt.", status, asks_day=again)
    except Contended as lost:
        status_of_it, _, text = SAID[type(lost)]
        return tell(text, HTTPStatus(status_of_it))
    notice = _NOTICES.get(sent.doing, "hviler") if house.wait_for_lists(recorded.position) else "paa-vej"
    answer = see_other(query.saying(notice))
    if sent.way is not None:
        answer.set_cookie(WAY, sent.way, httponly=True, samesite="lax", secure=request.url.scheme == "https")
    return answer


def _read(request: Request, house: House, me: Visitor, form: FormData) -> _Sent:
    """What was sent. Raises NotForYou for what no row of the visitor's list offers."""
    rules, key = current_rules(house.log), text_of(form, "linje")
    with looking(request, me) as look:
        who = who_is(look, house, me, text_of(form, "sag"))
        readable = [one for one in DataClass if level(me.party, one) >= Level.SUMMARY]
        listed = rows_of_person(look.conn, who.person_id, readable)
        look.at([who.person_id], "worklist")
    try:
        doing = Doing(text_of(form, "handling"))
        way = ContactWay(text_of(form, WAY)) if doing in _CONTACT else None
    except ValueError:
        raise NotForYou from None
    contact = cleared_by_contact(rules, me)
    if doing in _CONTACT and not contact:
        raise NotForYou
    rows = [row for row in _named(key, [one.row for one in listed]) if _is_ours(row, me.party, house.today)]
    ask_on: date | str | None = None
    if doing in _IN_DAYS:
        ask_on = house.today + timedelta(days=_IN_DAYS[doing])
    elif doing is Doing.ON_A_DAY and rows:
        ask_on = read_date(form, "dag", house.today, what="Dagen")
        if isinstance(ask_on, date) and ask_on > house.today + LONGEST:
            ask_on = "Vælg en dag inden for et år."
    return _Sent(
        person_id=who.person_id,
        key=key,
        doing=doing,
        way=way,
        ask_on=ask_on,
        day=written(form, "dag"),
        rows=rows,
        may_contact=any(row.rule_id in contact for row in rows),
    )


def _named(key: str, rows: Sequence[Row]) -> list[Row]:
    """The row with this key; of a pair the two that it stands for."""
    kind, _, handover = key.partition(":")
    if kind != RowKind.PAIR:
        return [row for row in rows if row.row_key == key]
    return [row for row in rows if row.pair_class is not None and str(row.handover_id) == handover]


def _is_ours(row: Row, party: Party, today: date) -> bool:
    """Whether the department has a part in it today; whoever coordinates for the municipality has one in all."""
    parts = (row.holder, row.giver, row.receiver, row.responsible)
    return row.stands_on(today) and (party is Party.MUNICIPALITY or party in parts)


def _decision(sent: _Sent, party: Party, today: date) -> Callable[[Journey], list[JourneyEvent]]:
    """The decision for the log. Whoever presses twice has it carried out once, though the row is gone by then."""

    def decide(so_far: Journey) -> list[JourneyEvent]:
        if not sent.rows or (sent.way is not None and not sent.may_contact):
            raise Refused("duty-gone")
        if sent.way is not None:
            reached = sent.doing is Doing.REACHED
            event = ContactMade(on=today, way=sent.way) if reached else ContactTried(on=today, way=sent.way)
            return record_fact(so_far, event=event, today=today)
        return [look for row in sent.rows for look in check_duty(so_far, **_look(row, sent, party, today))]

    return decide


def _look(row: Row, sent: _Sent, party: Party, today: date) -> dict[str, Any]:
    """The look at this row. A row's key is what its duty is called: the rule and its trigger, or the handover."""
    rule, _, trigger = row.row_key.partition(":")
    return {
        "rule": rule,
        "trigger": UUID(trigger),
        "of_class": row.data_class,
        "by": party,
        "ask_again_on": sent.ask_on,
        "on": today,
    }
