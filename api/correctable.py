"""Which fact a page of corrections is about, and whether the visitor may touch it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from api.errors import NotForYou
from api.house import House
from api.recordable import Kind, kinds_of
from api.visitor import Visitor
from domain.access import Level, level
from domain.catalogue import BY_TYPE, class_of
from domain.choices import WithdrawReason
from domain.codes import Party
from domain.decisions import may_be_corrected
from domain.events import Event
from domain.facts import Fact, Life, life_of
from people.staff import Function
from projections.reading import shown_to


@dataclass(frozen=True, slots=True)
class Correctable:
    """A fact that the visitor may correct. `withdrawn` says why it does not count, if it does not."""

    fact: Fact
    life: Life
    withdrawn: WithdrawReason | None = None


def may_correct(me: Party, event: Event) -> bool:
    """Whether a worker of this party may correct, withdraw or move it: what they could record, and still may see.

    What has no form of its own, as a goal, is corrected by the party that records it; what all record, by all.
    """
    declared = BY_TYPE[type(event)]
    records = declared.code in kinds_of(me) or (declared.form is None and declared.party in (me, Party.MUNICIPALITY))
    return records and may_be_corrected(event) and level(me, class_of(event)) >= Level.SUMMARY


def form_of(me: Party, event: Event) -> Kind | None:
    """The form in which a worker of this party corrects it; None where there is none, or they may not read it all."""
    kind = kinds_of(me).get(BY_TYPE[type(event)].code)
    if kind is None or not may_correct(me, event):
        return None
    has_text = any(field.sort == "text" for field in kind.fields)
    return None if has_text and level(me, class_of(event)) < Level.FULL else kind


def decides_about_files(me: Visitor) -> bool:
    """Whether a journey ends, and whose file is whose: coordinators, leaders, and the municipality's own unit."""
    return me.staff.function in (Function.COORDINATOR, Function.LEADER) or me.party is Party.MUNICIPALITY


def the_fact(house: House, me: Visitor, person: UUID, entry_id: UUID, conn: Any) -> Correctable:
    """The fact with this entry. Raises NotForYou, the same for what is not there and what is not for the visitor."""
    history = house.log.history(person, me.groups, conn=conn)
    entries = shown_to(history, lambda data_class: level(me.party, data_class))
    life = life_of(entry.fact() for entry in entries)
    gone = life.withdrawn.get(life.stands_for.get(entry_id, entry_id))
    fact = gone.fact if gone else life.fact(entry_id)
    if fact is None or not may_correct(me.party, fact.event):
        raise NotForYou
    return Correctable(fact, life, gone.reason if gone else None)
