"""The protocol of a handover: Sendt, Set, then Overtaget or Returneret; or withdrawn by the giver.

"Overskredet" is a question with a date, never an event. Who has no login gets it on paper: there the giver records that
it has arrived, and then what was answered, by the same two events that a receiver with a login writes.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.choices import Confirmer, Outside, ReceiptWay
from domain.codes import DataClass, Matter, Party, ReturnReason
from domain.declaration import COMMON, event
from domain.text import FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedItem:
    """One entry that was handed over: provable later by its digest, readable by nobody new.

    `digest` is SHA-256 in hex over the salt and the entry's canonical bytes (docs/log-format.md).
    """

    entry_id: UUID
    data_class: DataClass
    digest: str


@event(
    "handover-planned",
    Party.MUNICIPALITY,
    DataClass.HANDOVER,
    COMMON,
    title="Overlevering planlagt",
    reads="{giver} planlagde en overlevering til {receiver}: {matter}; den sendes senest {send_by}",
    changes="Overleveringen er aftalt, men ikke sendt.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPlanned:
    """A handover is agreed for later: the giver is to send it before a day."""

    on: date
    handover_id: UUID
    matter: Matter
    giver: Party
    receiver: Party
    send_by: date


@event(
    "handover-sent",
    Party.MUNICIPALITY,
    DataClass.HANDOVER,
    COMMON,
    title="Overlevering sendt",
    reads="{giver} sendte en overlevering til {receiver}: {matter}",
    changes="Afgiveren har ansvaret, til modtageren overtager.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverSent:
    """The giver asks the receiver to take over a matter.

    `position` is how far the log had come for the giver; `answer_by` is the deadline of the receiver's
    answer; `rule` names the rule that asked for the handover, when one did.
    """

    on: date
    handover_id: UUID
    matter: Matter
    giver: Party
    receiver: Party
    answer_by: date
    note: FreeText
    items: tuple[HandedItem, ...] = ()
    salt: str = ""
    position: int = 0
    rule: str | None = None


@event(
    "handover-seen",
    Party.MUNICIPALITY,
    DataClass.HANDOVER,
    COMMON,
    title="Overlevering set",
    reads="Overleveringen blev set",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverSeen:
    """The receiver opened it."""

    on: date
    handover_id: UUID


@event(
    "handover-taken-over",
    Party.MUNICIPALITY,
    DataClass.HANDOVER,
    COMMON,
    title="Overtaget",
    reads="Overleveringen blev overtaget",
    changes="Modtageren har ansvaret.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverTakenOver:
    """The receiver is now responsible for the matter."""

    on: date
    handover_id: UUID
    first_talk_on: date | None = None


@event(
    "handover-returned",
    Party.MUNICIPALITY,
    DataClass.HANDOVER,
    COMMON,
    title="Returneret",
    reads="Overleveringen blev returneret: {reason}",
    changes="Afgiveren har stadig ansvaret.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverReturned:
    """The receiver did not take over; the giver still is responsible."""

    on: date
    handover_id: UUID
    reason: ReturnReason
    words: FreeText


@event(
    "handover-withdrawn",
    Party.MUNICIPALITY,
    DataClass.HANDOVER,
    COMMON,
    title="Overlevering trukket tilbage",
    reads="Overleveringen blev trukket tilbage",
    changes="Afgiveren har stadig ansvaret.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverWithdrawn:
    """The giver took it back before it was answered; or gave up one that was planned, before it was sent."""

    on: date
    handover_id: UUID
    words: FreeText


@event(
    "handover-replaced",
    Party.MUNICIPALITY,
    DataClass.HANDOVER,
    COMMON,
    title="Overlevering erstattet",
    reads="Overleveringen blev erstattet af en ny",
    changes="Den nye gælder i stedet.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverReplaced:
    """The giver sent another handover of the same matter instead, before this one was answered."""

    on: date
    handover_id: UUID
    replaced_by: UUID


@event(
    "handover-replacement-explained",
    Party.MUNICIPALITY,
    DataClass.HANDOVER,
    COMMON,
    title="Grund til at erstatte en overlevering",
    reads="Grunden til, at overleveringen blev erstattet, blev skrevet ned",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverReplacementExplained:
    """Why the giver sent another one instead. It follows `HandoverReplaced`, which has no room for words."""

    on: date
    handover_id: UUID
    words: FreeText


@event(
    "handover-sent-outside",
    Party.MUNICIPALITY,
    DataClass.HANDOVER,
    COMMON,
    title="Overlevering på papir",
    reads="Overleveringen går på papir til et sted uden adgang: {to}",
    changes="Afgiveren registrerer, at papiret er kommet frem, og hvad der bliver svaret.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverSentOutside:
    """The handover that was just sent goes to somebody of the receiving party who has no login."""

    on: date
    handover_id: UUID
    to: Outside


@event(
    "handover-receipt-recorded",
    Party.MUNICIPALITY,
    DataClass.HANDOVER,
    COMMON,
    title="Overlevering kommet frem",
    reads="Overleveringen er kommet frem, registreret af afgiveren: {confirmed_by}, {way}",
    changes="Afgiveren har ansvaret, til modtageren overtager. Svarfristen løber videre.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverReceiptRecorded:
    """Somebody without a login told the giver, on this day, that the handover has arrived. It counts as seen.

    `confirmed_by` is what the one who said so works as; a name is never written here.
    """

    on: date
    handover_id: UUID
    confirmed_by: Confirmer
    way: ReceiptWay
