"""The form of a new handover: what is handed over, to whom, and which facts go with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from secrets import token_hex
from typing import Any, ClassVar
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from api.errors import NotForYou
from api.form_dates import read_date, written
from api.form_texts import MAYBE_CPR, TheForm, carried_command, command_of, like_cpr, text_fault, text_of
from api.house import House
from api.pages import Looking, Page, frame, looking, render, see_other
from api.people_pages import who_is
from api.policy import PEOPLE, policy
from api.sentences import in_words, sentence
from api.visitor import Me, TheHouse, Visitor
from api.words import REFUSALS
from domain.access import Level, level
from domain.catalogue import class_of
from domain.codes import Matter, Party
from domain.days import working_days_after
from domain.decisions import send_handover
from domain.events import JourneyEvent
from domain.journey import Journey
from domain.refused import Refused
from domain.text import FreeText
from eventlog import Entry, journey
from people.register import Identity
from projections.closing_days import current_rules
from projections.handover import handed_item, journey_of, matters_to_give, may_see_handovers, to_hand_over
from projections.rows import Row
from projections.worklist import rows_of_person

router = APIRouter()

DAYS_TO_ANSWER = 5  # working days that a receiver has, unless the giver says otherwise
TICKED = 10
LONGEST_AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A fact that can be handed over."""

    value: str
    on: date
    says: str
    data_class: str
    ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SendPage(Page):
    """The form. `form` is what was written; `other_giver` is whose turn it is when it is not the visitor's."""

    template: ClassVar[str] = "handovers/send.html"
    who: Identity
    giver: Party
    matters: Sequence[tuple[str, str]]
    receivers: Sequence[tuple[str, str]]
    form: Mapping[str, Any]
    choices: Sequence[Choice]
    command: str
    today: date
    maybe_cpr: bool
    other_giver: Party | None

    @property
    def latest(self) -> Sequence[Choice]:
        return self.choices[:TICKED]

    @property
    def older(self) -> Sequence[Choice]:
        return self.choices[TICKED:]


@dataclass(frozen=True, slots=True)
class _Opened:
    """What this visitor may see, and the deadline that the handover is for."""

    who: Identity
    entries: Sequence[Entry]
    row: Row | None


@router.get("/unge/{case_number}/overleveringer/ny", name="new-handover")
@policy(PEOPLE)
def new_handover(request: Request, house: TheHouse, me: Me, case_number: str, frist: str = "") -> HTMLResponse:
    """The form; `frist` (a row's key) fills in what that deadline asks for."""
    with looking(request, me) as look:
        opened = _open(look, house, me, case_number, frist)
    row, closed_days = opened.row, current_rules(house.log).closed_days
    form = {
        "matter": row.matter.value if row else "",
        "receiver": row.receiver.value if row else "",
        "note": "",
        "answer_by": working_days_after(house.today, DAYS_TO_ANSWER, closed_days),
        "frist": row.row_key if row else "",
    }
    ticked = [str(entry.entry_id) for entry in to_hand_over(opened.entries, me.party)[:TICKED]]
    return _page(request, house, me, opened, form, ticked)


@router.post("/unge/{case_number}/overleveringer/ny")
@policy(PEOPLE)
def send(request: Request, house: TheHouse, me: Me, case_number: str, form: TheForm) -> Response:
    """Send it, or show the form again with what is wrong."""
    position = house.log.position()
    with looking(request, me) as look:
        opened = _open(look, house, me, case_number, text_of(form, "frist"))
    command, answer_by = command_of(form), read_date(form, "answer_by", house.today, what="Svarfristen")
    errors = _faults(form, opened, me, answer_by, house.today)
    if errors or command is None or isinstance(answer_by, str):
        return _again(request, house, me, opened, form, errors)
    salt = token_hex(16)
    choices = {str(entry.entry_id): entry for entry in opened.entries}
    items = tuple(handed_item(choices[one], salt, house.log.digest) for one in _ticked(form))
    matter, receiver, handover_id = Matter(text_of(form, "matter")), Party(text_of(form, "receiver")), uuid4()
    # What is sent otherwise than the deadline asks for is not sent for that deadline.
    row = opened.row
    rule = row.rule_id if row and (row.matter, row.receiver) == (matter, receiver) else None

    def decide(so_far: Journey) -> Sequence[JourneyEvent]:
        return send_handover(
            so_far,
            handover_id=handover_id,
            matter=matter,
            giver=me.party,
            receiver=receiver,
            answer_by=answer_by,
            note=FreeText(text_of(form, "note")),
            on=house.today,
            items=items,
            salt=salt,
            position=position,
            rule=rule,
        )

    try:
        recorded = house.log.record(
            journey(opened.who.person_id), decide, by=me.actor, known_at=house.now, command_id=command
        )
    except Refused as refusal:
        where = _FIELDS.get(refusal.reason, "form")
        return _again(request, house, me, opened, form, {where: REFUSALS[refusal.reason]})
    notice = "sendt" if house.wait_for_lists(recorded.position) else "paa-vej"
    return see_other(f"/unge/{opened.who.case_number}?besked={notice}")


_FIELDS = {
    "already-sent": "matter",
    "not-the-holder": "matter",
    "same-party": "receiver",
    "answer-before-sending": "answer_by",
}


def day_fault(day: date | str, today: date, what: str) -> str | None:
    """What is wrong with a day that something is to happen on: today or later, and within a year."""
    if isinstance(day, str):
        return day
    if day < today:
        return f"{what} kan tidligst være i dag."
    return f"{what} kan højst ligge et år frem." if day - today > LONGEST_AHEAD else None


def _open(look: Looking, house: House, me: Visitor, case_number: str, key: str) -> _Opened:
    who = who_is(look, house, me, case_number)
    if not may_see_handovers(me.party):
        raise NotForYou
    look.at([who.person_id], "handover")
    entries = house.log.history(who.person_id, me.groups, conn=look.conn).entries
    # What a deadline asks for is more than that there is one.
    readable = [one for one in me.classes if level(me.party, one) >= Level.SUMMARY]
    rows = [listed.row for listed in rows_of_person(look.conn, who.person_id, readable)]
    return _Opened(who, entries, next((row for row in rows if row.row_key == key), None))


def _receivers(giver: Party) -> list[tuple[str, str]]:
    """Who can be asked: somebody who can see that they were, and answer."""
    return [(party.value, in_words(party)) for party in Party if party != giver and may_see_handovers(party)]


def _ticked(form: FormData) -> list[str]:
    return sorted({one for one in form.getlist("items") if isinstance(one, str)})


def _faults(form: FormData, opened: _Opened, me: Visitor, answer_by: date | str, today: date) -> dict[str, str]:
    """What is wrong, by field and in the order of the page."""
    errors: dict[str, str] = {}
    note = text_of(form, "note")
    # Whether it can be given away is decided by the log: a double click must be told that it was sent.
    if text_of(form, "matter") not in set(Matter):
        errors["matter"] = "Vælg, hvad der skal overleveres."
    if text_of(form, "receiver") not in {code for code, _ in _receivers(me.party)}:
        errors["receiver"] = "Vælg, hvem der skal overtage."
    if fault := text_fault(note):
        errors["note"] = fault if note else "Skriv, hvad modtageren skal vide."
    if fault := day_fault(answer_by, today, "Svarfristen"):
        errors["answer_by"] = fault
    if not {str(entry.entry_id) for entry in to_hand_over(opened.entries, me.party)}.issuperset(_ticked(form)):
        errors["items"] = "En af oplysningerne kan ikke overleveres. Se valget igennem."
    if not errors and like_cpr(note) and not form.get("ikke_cpr"):
        errors["ikke_cpr"] = MAYBE_CPR
    if command_of(form) is None:
        errors["form"] = "Formularen var for gammel. Se den igennem, og send igen."
    return errors


def _again(
    request: Request, house: House, me: Visitor, opened: _Opened, form: FormData, errors: dict[str, str]
) -> HTMLResponse:
    """The form as it was written, with what is wrong."""
    said: dict[str, Any] = {name: text_of(form, name) for name in ("matter", "receiver", "note", "frist")}
    said["answer_by"] = written(form, "answer_by")
    return _page(request, house, me, opened, said, _ticked(form), errors=errors, carried=carried_command(form))


def _page(
    request: Request,
    house: House,
    me: Visitor,
    opened: _Opened,
    form: Mapping[str, Any],
    ticked: Sequence[str],
    *,
    errors: dict[str, str] | None = None,
    carried: object = None,
) -> HTMLResponse:
    matters = matters_to_give(journey_of(opened.entries), me.party)
    page = SendPage(
        **frame(request, "Ny overlevering") | {"errors": errors or {}},
        who=opened.who,
        giver=me.party,
        matters=[(matter.value, capital(in_words(matter))) for matter in matters],
        receivers=_receivers(me.party),
        form=form,
        choices=[
            Choice(
                value=str(entry.entry_id),
                on=entry.event.on,
                says=sentence(entry.event),
                data_class=in_words(class_of(entry.event)),
                ticked=str(entry.entry_id) in ticked,
            )
            for entry in to_hand_over(opened.entries, me.party)
        ],
        # Nothing was recorded, so the form keeps its command: sent twice it is still one handover.
        command=str(carried or uuid4()),
        today=house.today,
        maybe_cpr=like_cpr(str(form["note"])),
        other_giver=opened.row.giver if opened.row and opened.row.giver != me.party else None,
    )
    return render(request, page, 422 if errors else 200)


def capital(word: str) -> str:
    """The word with a capital letter, as labels have it."""
    return word[:1].upper() + word[1:]
