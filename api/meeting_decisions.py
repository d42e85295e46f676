"""What a meeting decides about a young person, as steps of the log that are written together with the minutes."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from domain.codes import Matter, Party
from domain.decisions import agree_step, send_handover
from domain.events import JourneyEvent, ResponsibilityEstablished
from domain.journey import Journey
from domain.text import FreeText
from eventlog import Step, journey

FIRST_HOLDERS = {
    Matter.SCHOOLING: Party.SCHOOL,
    Matter.GUIDANCE: Party.UU,
    Matter.CHILD_SUPPORT: Party.CHILD_SOCIAL,
    # Support after 18 is passed on by those who supported the child (barnets lov § 111).
    Matter.ADULT_SUPPORT: Party.CHILD_SOCIAL,
    Matter.INCOME_AND_WORK: Party.EMPLOYMENT,
    Matter.COORDINATION: Party.UU,
}
"""Who gives a matter that nobody has held yet."""


def plan_step(person: UUID, *, responsible: Party, what: FreeText, due_on: date, on: date, entry_id: UUID) -> Step:
    """A step of the plan as a step of the log; it belongs to what the responsible party holds."""
    step_id = uuid4()

    def decide_step(so_far: Journey) -> Sequence[JourneyEvent]:
        held = [matter for matter, holder in so_far.responsible.items() if holder is responsible]
        return agree_step(
            so_far,
            step_id=step_id,
            what=what,
            responsible=responsible,
            matter=held[0] if held else Matter.COORDINATION,
            due_on=due_on,
            on=on,
        )

    return Step(stream=journey(person), decide=decide_step, entry_ids=(entry_id,))


def handover_steps(
    person: UUID,
    matter: Matter,
    *,
    receiver: Party,
    answer_by: date,
    note: FreeText,
    on: date,
    entry_id: UUID,
) -> list[Step]:
    """A handover that the meeting decides, as steps of the log. The giver is who holds the matter.

    What nobody holds is first placed with a giver, in a step of its own, so that `entry_id` always is the handover.
    """
    handover_id = uuid4()

    def place(so_far: Journey) -> Sequence[JourneyEvent]:
        giver = giver_of(so_far, matter, receiver)
        if so_far.born_on is None or matter in so_far.responsible or giver is receiver:
            return []
        return [ResponsibilityEstablished(on=on, matter=matter, holder=giver)]

    def hand_over(so_far: Journey) -> Sequence[JourneyEvent]:
        return send_handover(
            so_far,
            handover_id=handover_id,
            matter=matter,
            giver=giver_of(so_far, matter, receiver),
            receiver=receiver,
            answer_by=answer_by,
            note=note,
            on=on,
        )

    stream = journey(person)
    return [Step(stream=stream, decide=place), Step(stream=stream, decide=hand_over, entry_ids=(entry_id,))]


def giver_of(so_far: Journey, matter: Matter, receiver: Party) -> Party:
    """Who gives: the holder; of what nobody holds its first holder, or the coordinator when that is the receiver."""
    holder = so_far.responsible.get(matter)
    if holder is not None:
        return holder
    first = FIRST_HOLDERS[matter]
    return first if first is not receiver else so_far.responsible.get(Matter.COORDINATION, first)
