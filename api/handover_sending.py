"""To send a handover: for a deadline, as it was planned, or because somebody thinks it is time."""

from collections.abc import Sequence
from secrets import token_hex
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api import handover_form as form_of
from api.form_dates import read_date
from api.form_texts import TheForm, command_of, text_of
from api.pages import looking, see_other
from api.policy import PEOPLE, policy
from api.visitor import Me, TheHouse
from api.words import REFUSALS
from domain.choices import Outside
from domain.codes import Matter
from domain.days import working_days_after
from domain.decisions import send_handover
from domain.events import JourneyEvent
from domain.journey import Journey
from domain.outside import PARTY_OF
from domain.refused import Refused
from domain.text import FreeText
from eventlog import journey
from projections.closing_days import current_rules
from projections.handover import handed_item, to_hand_over

router = APIRouter()


@router.get("/unge/{case_number}/overleveringer/ny", name="new-handover")
@policy(PEOPLE)
def new_handover(request: Request, house: TheHouse, me: Me, case_number: str, frist: str = "") -> HTMLResponse:
    """The form; `frist` (a row's key) fills in what that deadline, or that plan, asks for."""
    with looking(request, me) as look:
        opened = form_of.open_for(look, house, me, case_number, frist)
    row, closed_days = opened.row, current_rules(house.log).closed_days
    form = {
        "matter": row.matter.value if row else "",
        "receiver": row.receiver.value if row else "",
        "note": "",
        "answer_by": working_days_after(house.today, form_of.DAYS_TO_ANSWER, closed_days),
        "frist": row.row_key if row else "",
    }
    chosen = [str(entry.entry_id) for entry in to_hand_over(opened.entries, me.party)[: form_of.TICKED]]
    return form_of.show(request, house, me, opened, form, chosen)


@router.post("/unge/{case_number}/overleveringer/ny")
@policy(PEOPLE)
def send(request: Request, house: TheHouse, me: Me, case_number: str, form: TheForm) -> Response:
    """Send it, or show the form again with what is wrong."""
    position = house.log.position()
    with looking(request, me) as look:
        opened = form_of.open_for(look, house, me, case_number, text_of(form, "frist"))
    command, answer_by = command_of(form), read_date(form, "answer_by", house.today, what="Svarfristen")
    errors = form_of.faults(form, opened, me, answer_by, house.today)
    if errors or command is None or isinstance(answer_by, str):
        return form_of.again(request, house, me, opened, form, errors)
    salt = token_hex(16)
    choices = {str(entry.entry_id): entry for entry in opened.entries}
    items = tuple(handed_item(choices[one], salt, house.log.digest) for one in form_of.ticked(form))
    matter, receiver, handover_id = Matter(text_of(form, "matter")), form_of.receiver_of(form), uuid4()
    party = PARTY_OF[receiver] if isinstance(receiver, Outside) else receiver
    # What is sent otherwise than the deadline asks for is not sent for that deadline.
    row = opened.row
    rule = row.rule_id if row and (row.matter, row.receiver) == (matter, party) else None

    def decide(so_far: Journey) -> Sequence[JourneyEvent]:
        nonlocal handover_id
        # What was planned between the two is what is sent now, however the giver came to the form.
        if plan := so_far.plan_of(matter, me.party, party):
            handover_id = plan.handover_id
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
        where = form_of.FIELDS.get(refusal.reason, "form")
        return form_of.again(request, house, me, opened, form, {where: REFUSALS[refusal.reason]})
    caught_up = house.wait_for_lists(recorded.position)
    if isinstance(receiver, Outside) and not recorded.already:
        return see_other(f"{opened.path}/{handover_id}?besked=paa-papir")
    return see_other(f"/unge/{opened.who.case_number}?besked={'sendt' if caught_up else 'paa-vej'}")
