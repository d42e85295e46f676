"""What one young person puts on the worklist: a row per open obligation and per open handover.

A pure function of the person's folded facts and the rules. Today is not an argument: a row says between
which days it stands and when it is due, so nothing has to run at midnight.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from domain.catalogue import BY_CODE
from domain.codes import DataClass, Matter, Party
from domain.events import (
    BirthDateCorrected,
    HandoverReturned,
    HandoverSeen,
    HandoverSent,
    HandoverTakenOver,
    HandoverWithdrawn,
    JourneyStarted,
    ResponsibilityEstablished,
)
from domain.facts import Life
from domain.journey import Handover, HandoverState, Journey
from domain.obligations import Obligation, obligations
from domain.rules import Kind, Rule, RuleSet

NO_RULES = RuleSet((), frozenset(), "")
"""What counts before the municipality has loaded its first rules."""


class RowKind(StrEnum):
    """What a row is about."""

    OBLIGATION = "obligation"
    HANDOVER = "handover"
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
    SEE_TO_IT = "see-to-it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the worklist.

    `row_key` names it among the rows of its person. `holder` has the next move; `responsible` answers for
    the matter until somebody else has taken it over. It stands from `stands_from` and until the day
    `stands_until`, which no longer counts. A handover has no rule version and no rule kind: its deadline is
    the answer that the giver asked for.

    Of a pair, `due_on` is the earlier of `rule_due_on` and `answer_by`. `pair_class` is the class of the obligation
    in it, and the pair stands from `pair_from` and until `pair_until`; both rows that it stands for say the same.
    """

    row_key: str
    kind: RowKind
    rule_id: str | None
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


def rows_of(life: Life, journey: Journey, rules: RuleSet) -> tuple[Row, ...]:
    """The rows of one person, by key. Two versions of a rule at once: the newer counts."""
    found = {row.row_key: row for row in _handover_rows(life, journey, rules)}
    opened = (obligation for obligation in obligations(life, rules) if obligation.is_open)
    for obligation in sorted(opened, key=lambda one: one.rule_version):
        row = _obligation_row(obligation, life, journey, rules)
        if row.stands_from < row.stands_until:
            found[row.row_key] = row
    return tuple(found[key] for key in sorted(found))


class Part(NamedTuple):
    """The rules whose rows are worked out again; `ids` None when they are all there are."""

    rules: RuleSet
    ids: frozenset[str] | None = None


def parts(rules: RuleSet) -> dict[type, Part]:
    """What must be worked out again after an event of a type; after other types nothing has changed.

    All versions of a rule go together: they share the keys of their rows. So do all rules that taking over clears:
    one handover may be sent for several of them, and is in a pair with one.
    """
    codes: dict[str, set[str]] = {}
    for rule in rules.rules:
        codes.setdefault(rule.id, set()).update(_codes(rule))
    taken_over = frozenset(rule.id for rule in rules.rules if _TAKEN_OVER in rule.cleared_by)
    found = {kind: Part(rules) for kind in _ALWAYS}
    for code in set().union(*codes.values()):
        ids = frozenset(rule_id for rule_id, its_codes in codes.items() if code in its_codes)
        ids |= taken_over if ids & taken_over else frozenset()
        some = tuple(rule for rule in rules.rules if rule.id in ids)
        found.setdefault(BY_CODE[code].type, Part(RuleSet(some, rules.closed_days, rules.sha256), ids))
    return found


def stays(row: Row, part: Part) -> bool:
    """Whether a row is none of those that are worked out again with this part."""
    if part.ids is None:
        return False
    if row.kind is RowKind.OBLIGATION:
        return row.rule_id not in part.ids
    return not any(_TAKEN_OVER in rule.cleared_by for rule in part.rules.rules)


def serves(sent: HandoverSent, obligation: Obligation) -> bool:
    """Whether this handover was sent for what the obligation asks."""
    same = (sent.matter, sent.receiver) == (obligation.matter, obligation.receiver)
    return same or sent.rule == obligation.rule_id


_ALWAYS = frozenset(
    {
        JourneyStarted,
        BirthDateCorrected,
        ResponsibilityEstablished,
        HandoverSent,
        HandoverSeen,
        HandoverTakenOver,
        HandoverReturned,
        HandoverWithdrawn,
    }
)
_MOVES = {
    "contact-made": NextMove.MAKE_CONTACT,
    "activity-offered": NextMove.OFFER_ACTIVITY,
    "youth-support-decided": NextMove.DECIDE_YOUTH_SUPPORT,
}
_TAKEN_OVER = "handover-taken-over"


def _codes(rule: Rule) -> Iterator[str]:
    yield rule.trigger
    yield from rule.cleared_by
    if rule.while_not is not None:
        yield rule.while_not
    yield from (reading.start for reading in rule.readings if reading.start in BY_CODE)


def _obligation_row(obligation: Obligation, life: Life, journey: Journey, rules: RuleSet) -> Row:
    rule = rules.rule(obligation.rule_id, obligation.rule_version)
    handover = _serving(obligation, journey)
    next_move, holder = _next(obligation, rule, handover)
    return Row(
        row_key=obligation.key,
        kind=RowKind.OBLIGATION,
        rule_id=obligation.rule_id,
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
        due_on=obligation.due_on,
        triggered_on=obligation.triggered_on,
        known_on=obligation.known_on,
        stands_from=obligation.shown_from,
        stands_until=obligation.ends_on,
        born_on=life.born_on,
        rules_hash=rules.sha256,
    )


def _serving(obligation: Obligation, journey: Journey) -> Handover | None:
    """The open handover that was sent for this, the last when there are more."""
    found = [one for one in journey.handovers.values() if one.state.is_open and serves(one.sent, obligation)]
    return found[-1] if found else None


def _next(obligation: Obligation, rule: Rule, handover: Handover | None) -> tuple[NextMove, Party]:
    """What must happen next, and who does it.

    A handover moves the ball only where taking it over clears the obligation: sending papers to adult
    social does not take the decision on ungestøtte out of child social's hands.
    """
    if _TAKEN_OVER in rule.cleared_by:
        if handover is not None:
            return _answer(handover), handover.sent.receiver
        return NextMove.SEND_HANDOVER, obligation.giver
    move = next((_MOVES[code] for code in rule.cleared_by if code in _MOVES), NextMove.SEE_TO_IT)
    return move, obligation.holder


def _handover_rows(life: Life, journey: Journey, rules: RuleSet) -> Iterator[Row]:
    known_on = {
        fact.event.handover_id: fact.known_on for fact in life.of(HandoverSent) if isinstance(fact.event, HandoverSent)
    }
    for handover in journey.handovers.values():
        if not handover.state.is_open:
            continue
        sent = handover.sent
        known = known_on.get(sent.handover_id, sent.on)
        yield Row(
            row_key=f"handover:{sent.handover_id}",
            kind=RowKind.HANDOVER,
            rule_id=sent.rule,
            rule_version=None,
            rule_kind=None,
            data_class=DataClass.HANDOVER,
            matter=sent.matter,
            giver=sent.giver,
            receiver=sent.receiver,
            responsible=journey.responsible.get(sent.matter, sent.giver),
            holder=sent.receiver,
            next_move=_answer(handover),
            state=_state(handover),
            handover_id=sent.handover_id,
            due_on=sent.answer_by,
            triggered_on=sent.on,
            known_on=known,
            stands_from=max(sent.on, known),
            stands_until=date.max,  # until it is answered, however old the young person gets
            born_on=life.born_on,
            rules_hash=rules.sha256,
        )


def _state(handover: Handover | None) -> RowState:
    if handover is None:
        return RowState.NONE
    return RowState.SEEN if handover.state is HandoverState.SEEN else RowState.SENT


def _answer(handover: Handover) -> NextMove:
    return NextMove.TAKE_OVER if handover.state is HandoverState.SEEN else NextMove.ANSWER_HANDOVER
