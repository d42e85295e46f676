"""The form of a handover that is sent: what is handed over, to whom, until when, and which facts go with it.

Used to send one, and to send one instead of another that waits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from fastapi import Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData

from api.errors import NotForYou
from api.form_dates import day_fault, written
from api.form_texts import MAYBE_CPR, carried_command, command_of, like_cpr, text_fault, text_of
from api.house import House
from api.pages import Looking, Page, frame, render
from api.people_pages import who_is
from api.sentences import capital, in_words, sentence
from api.visitor import Visitor
from domain.access import Level, level
from domain.catalogue import class_of
from domain.choices import Outside
from domain.codes import Matter, Party
from domain.outside import PARTY_OF
from eventlog import Entry
from people.register import Identity
from projections.handover import journey_of, matters_to_give, may_see_handovers, to_hand_over
from projections.rows import Row
from projections.worklist import rows_of_person

DAYS_TO_ANSWER = 5  # working days that a receiver has, unless the giver says otherwise
TICKED = 10
FIELDS = {
    "already-sent": "matter",
    "not-the-holder": "matter",
    "same-party": "receiver",
    "answer-before-sending": "answer_by",
}
"""Where on the page a refusal is told."""
_ASK_LEAVE = "Modtageren er uden for kommunen. Bekræft, at de valgte oplysninger må følge med, eller fjern dem."


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
    """The form. `form` is what was written; `other_giver` is whose turn it is when it is not the visitor's.

    `replaces` is set where it takes the place of another handover: of the same matter, and with a reason. `asks_leave`:
    facts go out of the house, and the giver has to say that they may.
    """

    template: ClassVar[str] = "handovers/send.html"
    who: Identity
    giver: Party
    path: str
    back: str
    matters: Sequence[tuple[str, str]]
    receivers: Sequence[tuple[str, str]]
    form: Mapping[str, Any]
    choices: Sequence[Choice]
    command: str
    today: date
    maybe_cpr: bool
    asks_leave: bool
    other_giver: Party | None
    replaces: str = ""

    @property
    def latest(self) -> Sequence[Choice]:
        return self.choices[:TICKED]

    @property
    def older(self) -> Sequence[Choice]:
        return self.choices[TICKED:]


@dataclass(frozen=True, slots=True)
class Opened:
    """What this visitor may see, and the deadline that it is for. `replaced`: the matter of the one it replaces."""

    who: Identity
    entries: Sequence[Entry]
    row: Row | None
    replaced: Matter | None = None

    @property
    def path(self) -> str:
        return f"/unge/{self.who.case_number}/overleveringer"


def open_for(look: Looking, house: House, me: Visitor, case_number: str, key: str) -> Opened:
    """The young person, as somebody who may hand over sees them; NotForYou to everybody else. The look is logged."""
    who = who_is(look, house, me, case_number)
    if not may_see_handovers(me.party):
        raise NotForYou
    look.at([who.person_id], "handover")
    entries = house.log.history(who.person_id, me.groups, conn=look.conn).entries
    # What a deadline asks for is more than that there is one.
    readable = [one for one in me.classes if level(me.party, one) >= Level.SUMMARY]
    rows = [listed.row for listed in rows_of_person(look.conn, who.person_id, readable)]
    return Opened(who, entries, next((row for row in rows if row.row_key == key), None))


def receivers(giver: Party) -> list[tuple[str, str]]:
    """Who can be asked: somebody who sees it here and answers, or a place without a login, on paper."""
    here = [(party.value, in_words(party)) for party in Party if party != giver and may_see_handovers(party)]
    outside = [
        (one.value, f"{capital(in_words(one))} (på papir)") for one, party in PARTY_OF.items() if party is not giver
    ]
    return here + outside


def receiver_of(form: FormData) -> Party | Outside:
    """The receiver who was chosen, after `faults` has found nothing wrong."""
    chosen = text_of(form, "receiver")
    return Outside(chosen) if chosen in set(Outside) else Party(chosen)


def ticked(form: FormData) -> list[str]:
    """The facts that were chosen, by the id of their entry."""
    return sorted({one for one in form.getlist("items") if isinstance(one, str)})


def faults(form: FormData, opened: Opened, me: Visitor, answer_by: date | str, today: date) -> dict[str, str]:
    """What is wrong, by field and in the order of the page."""
    errors = _matter_faults(form) if opened.replaced is None else _why_faults(form)
    note, why = text_of(form, "note"), text_of(form, "why")
    if text_of(form, "receiver") not in {code for code, _ in receivers(me.party)}:
        errors["receiver"] = "Vælg, hvem der skal overtage."
    if fault := text_fault(note):
        errors["note"] = fault if note else "Skriv, hvad modtageren skal vide."
    if fault := day_fault(answer_by, today, "Svarfristen"):
        errors["answer_by"] = fault
    if not {str(entry.entry_id) for entry in to_hand_over(opened.entries, me.party)}.issuperset(ticked(form)):
        errors["items"] = "En af oplysningerne kan ikke overleveres. Se valget igennem."
    if not errors and _needs_leave(form) and not form.get("maa_gives"):
        errors["maa_gives"] = _ASK_LEAVE
    if not errors and (like_cpr(note) or like_cpr(why)) and not form.get("ikke_cpr"):
        errors["ikke_cpr"] = MAYBE_CPR
    if command_of(form) is None:
        errors["form"] = "Formularen var for gammel. Se den igennem, og send igen."
    return errors


def _matter_faults(form: FormData) -> dict[str, str]:
    # Whether it can be given away is decided by the log: a double click must be told that it was sent.
    return {} if text_of(form, "matter") in set(Matter) else {"matter": "Vælg, hvad der skal overleveres."}


def _why_faults(form: FormData) -> dict[str, str]:
    why = text_of(form, "why")
    fault = text_fault(why)
    return {"why": fault if why else "Skriv, hvorfor overleveringen erstattes."} if fault else {}


def _needs_leave(form: FormData) -> bool:
    """On paper nobody's role decides what is read: all that was chosen leaves the house."""
    return text_of(form, "receiver") in set(Outside) and bool(ticked(form))


def again(
    request: Request, house: House, me: Visitor, opened: Opened, form: FormData, errors: dict[str, str]
) -> HTMLResponse:
    """The form as it was written, with what is wrong."""
    said: dict[str, Any] = {name: text_of(form, name) for name in ("matter", "receiver", "note", "why", "frist")}
    said["answer_by"] = written(form, "answer_by")
    said["maa_gives"] = bool(form.get("maa_gives"))
    return show(
        request,
        house,
        me,
        opened,
        said,
        ticked(form),
        errors=errors,
        carried=carried_command(form),
        asks_leave=_needs_leave(form),
    )


def show(
    request: Request,
    house: House,
    me: Visitor,
    opened: Opened,
    form: Mapping[str, Any],
    chosen: Sequence[str],
    *,
    errors: dict[str, str] | None = None,
    carried: object = None,
    asks_leave: bool = False,
    path: str = "",
) -> HTMLResponse:
    """The page with what is written in it."""
    matters = matters_to_give(journey_of(opened.entries), me.party)
    person = f"/unge/{opened.who.case_number}"
    page = SendPage(
        **frame(request, "Erstat en overlevering" if opened.replaced else "Ny overlevering") | {"errors": errors or {}},
        who=opened.who,
        giver=me.party,
        path=path or request.url.path,
        back=request.url.path.removesuffix("/erstat") if opened.replaced else person,
        matters=[(matter.value, capital(in_words(matter))) for matter in matters],
        receivers=receivers(me.party),
        form={"why": "", "maa_gives": False} | dict(form),
        choices=[
            Choice(
                value=str(entry.entry_id),
                on=entry.event.on,
                says=sentence(entry.event),
                data_class=in_words(class_of(entry.event)),
                ticked=str(entry.entry_id) in chosen,
            )
            for entry in to_hand_over(opened.entries, me.party)
        ],
        # Nothing was recorded, so the form keeps its command: sent twice it is still one handover.
        command=str(carried or uuid4()),
        today=house.today,
        maybe_cpr=like_cpr(str(form["note"])) or like_cpr(str(form.get("why", ""))),
        asks_leave=asks_leave,
        other_giver=opened.row.giver if opened.row and opened.row.giver != me.party else None,
        replaces=in_words(opened.replaced) if opened.replaced else "",
    )
    return render(request, page, 422 if errors else 200)
