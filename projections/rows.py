"""What one young person puts on the worklist: a row per open obligation and per open handover.

A pure function of the person's folded facts and the rules. Today is not an argument: a row says between
which days it stands and when it is due, so nothing has to run at midnight.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from domain.codes import ContactWay, DataClass, Matter, Party
from domain.events import HandoverPlanned, HandoverSent
from domain.facts import Life
from domain.journey import Handover, HandoverState, Journey
from domain.obligations import Obligation, obligations
from domain.rules import Kind, Rule, RuleSet
from projections.looked import Tries, handed_at, looks_at, tries_since

NO_RULES = RuleSet((), frozenset(), "")
"""What counts before the municipality has loaded its first rules."""

NO_DATE = date.max
"""The deadline of a row for which no act says a day, or whose clock stands still: it sorts last and is never past."""

TAKEN_OVER, CONTACT = "handover-taken-over", "contact-made"
"""Codes of events that clear: what a handover may do for a duty, and what a try has not done."""


class RowKind(StrEnum):
    """What a row is about."""

    OBLIGATION = "obligation"
    HANDOVER = "handover"
    PLANNED = "planned"
    """A handover that is agreed and not sent yet; its deadline is the day it is to be sent by."""
    PAIR = "pair"
    """An obligation and the handover that was sent for it, where both are one thing to do (pairs.py)."""


class RowState(StrEnum):
    """How far the handover of a row has come; an answered one is no longer a row."""

    NONE = "none"
    SENT = "sent"
    SEEN = "seen"


class NextMove(StrEnum):
    """What must happen next. The pages have the Danish words; add codes, never rename one."""

    MAKE_CONTACT = "make-contact"
    OFFER_ACTIVITY = "offer-activity"
    DECIDE_YOUTH_SUPPORT = "decide-youth-support"
    SEND_HANDOVER = "send-handover"
    ANSWER_HANDOVER = "answer-handover"
    TAKE_OVER = "take-over"
    RECORD_RECEIPT = "record-receipt"
    RECORD_ANSWER = "record-answer"
    SEE_TO_IT = "see-to-it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the worklist.

    `row_key` names it among the rows of its person; `rule_part` the part of a rule that has several. `holder` has the
    next move; `responsible` answers for the matter until somebody else has taken it over. It stands from `stands_from`
    and until the day `stands_until`, which no longer counts. A handover has no rule version and no rule kind: its
    deadline is the answer that the giver asked for.

    `due_on` is `NO_DATE` for a duty without a day, and while the clock stands still since `paused_on`; `asked_from` is
    the day from which the duty is asked for all the same. `due_at` is the instant where hours count.

    Of a pair, `due_on` is the earlier of `rule_due_on` and `answer_by`. `pair_class` is the class of the obligation
    in it, and the pair stands from `pair_from` and until `pair_until`; both rows that it stands for say the same.

    Where contact clears it, `tried_count` is how often it was tried in vain, the last time on `tried_on`. The parties
    of `checked_by` have looked at it and decided to ask again, each on the day at the same place of `ask_again_on`.
    """

    row_key: str
    kind: RowKind
    rule_id: str | None
    rule_part: str = ""
    rule_version: int | None
    rule_kind: Kind | None
    data_class: DataClass
    matter: Matter
    giver: Party
    receiver: Party
    responsible: Party
    holder: Party
    next_move: NextMove
    state: RowState
    handover_id: UUID | None
    due_on: date
    triggered_on: date
    known_on: date
    stands_from: date
    stands_until: date
    born_on: date | None
    rules_hash: str
    rule_due_on: date | None = None
    answer_by: date | None = None
    pair_class: DataClass | None = None
    pair_from: date | None = None
    pair_until: date | None = None
    tried_count: int = 0
    tried_on: date | None = None
    tried_way: ContactWay | None = None
    checked_by: tuple[Party, ...] = ()
    ask_again_on: tuple[date, ...] = ()
    due_at: datetime | None = None
    asked_from: date | None = None
    paused_on: date | None = None

    @property
    def rule_name(self) -> str:
        """The rule, or its part; empty where the row is of none."""
        return f"{self.rule_id}.{self.rule_part}" if self.rule_part else self.rule_id or ""

    @property
    def has_date(self) -> bool:
        """Whether there is a day on which it is late."""
        return self.due_on != NO_DATE

    @property
    def waiting_for(self) -> Party:
        """The party that everybody else waits for: who has the next move."""
        return self.holder

    @property
    def could_not_be_known(self) -> bool:
        """The municipality learned of it after the deadline had passed."""
        return self.known_on > (self.rule_due_on or self.due_on)

    def stands_on(self, day: date) -> bool:
        """Whether it is on the list that day."""
        return self.stands_from <= day < self.stands_until

    def is_overdue(self, day: date) -> bool:
        """Whether its deadline had passed that day. The last day itself is in time."""
        return self.stands_on(day) and self.due_on < day

    def rests_until(self, party: Party, day: date) -> date | None:
        """The day on which this party asks again, while that is to come; no clock stops for it."""
        asks_on = dict(zip(self.checked_by, self.ask_again_on, strict=True)).get(party)
        return asks_on if asks_on is not None and asks_on > day else None


def rows_of(life: Life, journey: Journey, rules: RuleSet) -> tuple[Row, ...]:
    """The rows of one person, by key."""
    found = {row.row_key: row for row in _handover_rows(life, journey, rules)}
    for obligation in obligations(life, rules):
        if not obligation.is_open:
            continue
        row = _obligation_row(obligation, life, journey, rules)
        if row.stands_from < row.stands_until:
            found[row.row_key] = row
    return tuple(found[key] for key in sorted(found))


class Part(NamedTuple):
    """The rules whose rows are worked out again (parts.py); `ids` None when they are all there are."""

    rules: RuleSet
    ids: frozenset[str] | None = None


def serves(sent: HandoverSent, obligation: Obligation) -> bool:
    """Whether this handover was sent for what the obligation asks."""
    same = (sent.matter, sent.receiver) == (obligation.matter, obligation.receiver)
    return same or sent.rule == obligation.rule_id


_MOVES = {
    CONTACT: NextMove.MAKE_CONTACT,
    "activity-offered": NextMove.OFFER_ACTIVITY,
    "youth-support-decided": NextMove.DECIDE_YOUTH_SUPPORT,
}


def _obligation_row(obligation: Obligation, life: Life, journey: Journey, rules: RuleSet) -> Row:
    rule = rules.rule(obligation.name, obligation.rule_version)
    has_date = obligation.is_dated and obligation.paused_on is None
    handover = _serving(obligation, journey)
    next_move, holder = _next(obligation, rule, handover)
    tries = tries_since(life, obligation.triggered_on) if CONTACT in rule.cleared_by else Tries()
    # Papers that came or went since somebody looked are news: they did not look at that.
    looks = looks_at(life, obligation.key, handed_at(life, _all_serving(obligation, journey)))
    return Row(
        row_key=obligation.key,
        kind=RowKind.OBLIGATION,
        rule_id=obligation.rule_id,
        rule_part=obligation.rule_part,
        rule_version=obligation.rule_version,
        rule_kind=obligation.kind,
        data_class=obligation.data_class,
        matter=obligation.matter,
        giver=obligation.giver,
        receiver=obligation.receiver,
        responsible=journey.responsible.get(obligation.matter, obligation.giver),
        holder=holder,
        next_move=next_move,
        state=_state(handover),
        handover_id=handover.sent.handover_id if handover else None,
        due_on=obligation.due_on if has_date else NO_DATE,
        due_at=obligation.due_at if has_date else None,
        asked_from=None if has_date else obligation.due_on,
        paused_on=obligation.paused_on,
        triggered_on=obligation.triggered_on,
        known_on=obligation.known_on,
        stands_from=obligation.shown_from,
        stands_until=obligation.ends_on,
        born_on=life.born_on,
        rules_hash=rules.sha256,
        tried_count=tries.count,
        tried_on=tries.last_on,
        tried_way=tries.last_way,
        checked_by=looks.by,
        ask_again_on=looks.ask_again_on,
    )


def _all_serving(obligation: Obligation, journey: Journey) -> frozenset[UUID]:
    """The handovers, answered or not, that were sent for this."""
    return frozenset(key for key, one in journey.handovers.items() if serves(one.sent, obligation))


def _serving(obligation: Obligation, journey: Journey) -> Handover | None:
    """The open handover that was sent for this, the last when there are more."""
    found = [one for one in journey.handovers.values() if one.state.is_open and serves(one.sent, obligation)]
    return found[-1] if found else None


def _next(obligation: Obligation, rule: Rule, handover: Handover | None) -> tuple[NextMove, Party]:
    """What must happen next, and who does it.

    A handover moves the ball only where taking it over clears the obligation: sending papers to adult
    social does not take the decision on ungestøtte out of child social's hands.
    """
    if TAKEN_OVER in rule.cleared_by:
        if handover is not None:
            return next_of(handover)
        return NextMove.SEND_HANDOVER, obligation.giver
    move = next((_MOVES[code] for code in rule.cleared_by if code in _MOVES), NextMove.SEE_TO_IT)
    return move, obligation.holder


def next_of(handover: Handover) -> tuple[NextMove, Party]:
    """What must happen next to an open handover, and who does it: the giver, where the receiver has no login."""
    moves = (NextMove.ANSWER_HANDOVER, NextMove.TAKE_OVER)
    if handover.outside is not None:
        moves = (NextMove.RECORD_RECEIPT, NextMove.RECORD_ANSWER)
    return moves[handover.state is HandoverState.SEEN], handover.answered_by


def _handover_rows(life: Life, journey: Journey, rules: RuleSet) -> Iterator[Row]:
    known_on = {
        (type(fact.event), getattr(fact.event, "handover_id", None)): fact.known_on
        for fact in life.of(HandoverSent, HandoverPlanned)
    }
    yield from _planned_rows(life, journey, rules, known_on)
    for handover in journey.handovers.values():
        if not handover.state.is_open:
            continue
        sent = handover.sent
        known = known_on.get((HandoverSent, sent.handover_id), sent.on)
        key = f"handover:{sent.handover_id}"
        looks = looks_at(life, key)
        next_move, holder = next_of(handover)
        yield Row(
            row_key=key,
            kind=RowKind.HANDOVER,
            rule_id=sent.rule,
            rule_version=None,
            rule_kind=None,
            data_class=DataClass.HANDOVER,
            matter=sent.matter,
            giver=sent.giver,
            receiver=sent.receiver,
            responsible=journey.responsible.get(sent.matter, sent.giver),
            holder=holder,
            next_move=next_move,
            state=_state(handover),
            handover_id=sent.handover_id,
            due_on=sent.answer_by,
            triggered_on=sent.on,
            known_on=known,
            stands_from=max(sent.on, known),
            stands_until=date.max,  # until it is answered, however old the young person gets
            born_on=life.born_on,
            rules_hash=rules.sha256,
            checked_by=looks.by,
            ask_again_on=looks.ask_again_on,
        )


def _planned_rows(
    life: Life, journey: Journey, rules: RuleSet, known_on: Mapping[tuple[type, UUID | None], date]
) -> Iterator[Row]:
    """What was agreed and is not sent yet, while somebody follows the young person; without a rule, as an answer is."""
    for plan in journey.planned.values() if journey.closed_on is None else ():
        known = known_on.get((HandoverPlanned, plan.handover_id), plan.on)
        key = f"planned:{plan.handover_id}"
        looks = looks_at(life, key)
        yield Row(
            row_key=key,
            kind=RowKind.PLANNED,
            rule_id=None,
            rule_version=None,
            rule_kind=None,
            data_class=DataClass.HANDOVER,
            matter=plan.matter,
            giver=plan.giver,
            receiver=plan.receiver,
            responsible=journey.responsible.get(plan.matter, plan.giver),
            holder=plan.giver,
            next_move=NextMove.SEND_HANDOVER,
            state=RowState.NONE,
            handover_id=plan.handover_id,
            due_on=plan.send_by,
            triggered_on=plan.on,
            known_on=known,
            stands_from=max(plan.on, known),
            stands_until=date.max,
            born_on=life.born_on,
            rules_hash=rules.sha256,
            checked_by=looks.by,
            ask_again_on=looks.ask_again_on,
        )


def _state(handover: Handover | None) -> RowState:
    if handover is None:
        return RowState.NONE
    return RowState.SEEN if handover.state is HandoverState.SEEN else RowState.SENT
