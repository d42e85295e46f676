"""A row of the worklist in words: when it is due, what comes next, and for whom everybody waits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from urllib.parse import quote

from api.words import CLASSES, MATTERS, STATES, WAYS
from domain.access import Level, level
from domain.codes import DataClass, Party
from domain.days import age_on, working_days_between
from domain.facts import COPENHAGEN
from domain.journey import HandoverState
from people.register import Identity
from projections.rows import NO_DATE, NextMove, Row, RowKind, RowState
from projections.worklist import SOON

TO_DO = {
    NextMove.MAKE_CONTACT: "Få kontakt med den unge",
    NextMove.OFFER_ACTIVITY: "Tilbyd en ny aktivitet",
    NextMove.DECIDE_YOUTH_SUPPORT: "Træf afgørelse om ungestøtte",
    NextMove.SEND_HANDOVER: "Send en overlevering",
    NextMove.ANSWER_HANDOVER: "Læs overleveringen, og svar",
    NextMove.TAKE_OVER: "Overtag eller returnér",
    NextMove.RECORD_RECEIPT: "Registrér, at den er kommet frem",
    NextMove.RECORD_ANSWER: "Registrér, hvad der blev svaret",
    NextMove.SEE_TO_IT: "Følg op på sagen",
}
"""The next step in words to those who have it."""

TO_COME = {
    NextMove.MAKE_CONTACT: "Kontakt med den unge",
    NextMove.OFFER_ACTIVITY: "Tilbud om en ny aktivitet",
    NextMove.DECIDE_YOUTH_SUPPORT: "Afgørelse om ungestøtte",
    NextMove.SEND_HANDOVER: "En overlevering",
    NextMove.ANSWER_HANDOVER: "Svar på overleveringen",
    NextMove.TAKE_OVER: "Svar på overleveringen",
    NextMove.RECORD_RECEIPT: "Besked om, at den er kommet frem",
    NextMove.RECORD_ANSWER: "Svar på overleveringen",
    NextMove.SEE_TO_IT: "Opfølgning på sagen",
}
"""The same step in words to those who wait for it."""

NOT_FOR_YOU = "Vises ikke for din rolle"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDeadline:
    """The later deadline of a row that has two: of the rule, or without `rule_kind` of the answer."""

    rule_kind: str | None
    due_on: date
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """That contact was tried in vain: how often, and when and how the last time."""

    count: int
    on: date
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """One line, in words.

    `name` None: the person is protected, and only the case number is shown. `is_answer`: the deadline is the
    answer that a giver asked for, and no rule's; `is_planned`: it is the day that a handover is to be sent by.
    `waiting_for` None: the reader's own department. `first_known` is set when nobody could have known in time. `other`
    is set where a rule and an answer are one thing to do.
    `rests_until` is set while it rests on the reader's list. What can be said of it from the list: that it was looked
    at (`may_check`), and that contact was tried or made (`may_contact`).
    """

    key: str
    name: str | None
    case_number: str
    href: str
    age: int | None
    giver: Party
    receiver: Party
    about: str
    due_on: date
    rule_kind: str | None
    is_answer: bool
    is_planned: bool
    status_kind: str
    status: str
    first_known: date | None
    next_step: str
    waiting_for: Party | None
    other: OtherDeadline | None
    tried: Tried | None
    rests_until: date | None
    may_check: bool
    may_contact: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom rows are put in words, and what they are measured with.

    `titles` are the rules' by id; `view` is the list's own query, which every link to a person carries. `contact`
    are the rules that contact clears, where the reader is of the party that records contact. `to_do` says by the
    name of a rule what is to be done, where no step is more to the point.
    """

    party: Party
    today: date
    closed_days: frozenset[date]
    titles: Mapping[str, str]
    view: str
    contact: frozenset[str] = frozenset()
    to_do: Mapping[str, str] = field(default_factory=dict)

    def row(self, row: Row, who: Identity) -> WorkRow:
        """The row in words. Of a class that the reader may only know exists, nothing more is said."""
        in_full = level(self.party, row.data_class) >= Level.SUMMARY
        is_ours = row.holder == self.party
        kind, status = standing_of(row, self.today, self.closed_days)
        is_answer = row.kind is RowKind.HANDOVER or (row.rule_due_on is not None and row.due_on < row.rule_due_on)
        back = f"?liste={quote(self.view, safe='')}" if self.view else ""
        return WorkRow(
            key=row.row_key,
            name=None if who.protected else who.name,
            case_number=who.case_number,
            href=f"/unge/{who.case_number}{back}",
            age=age_on(row.born_on, self.today) if row.born_on else None,
            giver=row.giver,
            receiver=row.receiver,
            about=self._about(row) if in_full else f"Noget om {CLASSES[row.data_class]}",
            due_on=row.due_on,
            rule_kind=row.rule_kind if in_full and not is_answer else None,
            is_answer=is_answer,
            is_planned=row.kind is RowKind.PLANNED,
            status_kind=kind,
            status=status,
            first_known=row.known_on if row.could_not_be_known else None,
            next_step=step_of(row, self.to_do.get(row.rule_name), is_ours=is_ours) if in_full else NOT_FOR_YOU,
            waiting_for=None if is_ours else row.waiting_for,
            other=self._other(row, is_answer=is_answer),
            tried=self._tried(row) if in_full else None,
            rests_until=row.rests_until(self.party, self.today),
            may_check=in_full,
            may_contact=in_full and row.rule_id in self.contact,
        )

    def _tried(self, row: Row) -> Tried | None:
        """A try is about education, whatever the duty is about."""
        may_know = level(self.party, DataClass.EDUCATION) >= Level.SUMMARY
        if not may_know or row.tried_on is None or row.tried_way is None:
            return None
        return Tried(count=row.tried_count, on=row.tried_on, way=WAYS[row.tried_way])

    def _about(self, row: Row) -> str:
        if row.kind is RowKind.PLANNED:
            return f"Planlagt: {MATTERS[row.matter]}"
        if row.kind is RowKind.HANDOVER:
            return f"{_STATES[row.state]}: {MATTERS[row.matter]}"
        title = self.titles.get(row.rule_id or "", MATTERS[row.matter])
        return f"{_STATES[row.state]}: {title}" if row.kind is RowKind.PAIR else title

    def _other(self, row: Row, *, is_answer: bool) -> OtherDeadline | None:
        """Of a pair the deadline that does not come first."""
        due_on = row.rule_due_on if is_answer else row.answer_by
        if due_on is None or due_on == NO_DATE:
            return None
        _, status = status_of(due_on, self.today, self.closed_days)
        return OtherDeadline(rule_kind=row.rule_kind if is_answer else None, due_on=due_on, status=status)


def step_of(row: Row, to_do: str | None, *, is_ours: bool) -> str:
    """The next step in words: where it is only to see to it, what the rule says is to be done, its first sentence."""
    if is_ours and to_do and row.next_move is NextMove.SEE_TO_IT:
        return to_do.partition(". ")[0].rstrip(".")
    return (TO_DO if is_ours else TO_COME)[row.next_move]


def status_of(due_on: date, today: date, closed_days: frozenset[date]) -> tuple[str, str]:
    """The colour and the words of a deadline. Where no working day lies between, days are told instead."""
    if due_on == NO_DATE:
        return "neutral", "ingen dato"
    if due_on < today:
        return "overdue", f"{_days(due_on, today, closed_days)} over"
    ahead = (due_on - today).days
    if ahead == 0:
        return "soon", "i dag"
    if ahead == 1:
        return "soon", "i morgen"
    return "soon" if ahead <= SOON else "neutral", f"om {_days(today, due_on, closed_days)}"


def standing_of(row: Row, today: date, closed_days: frozenset[date]) -> tuple[str, str]:
    """The same of a row, which may have no day, stand still, or be due at a time of the day."""
    if row.paused_on is not None:
        return "neutral", f"på pause siden {row.paused_on:%d.%m.%Y}"
    if row.asked_from is not None:
        return "neutral", f"{'snarest, siden' if row.asked_from <= today else 'fra'} {row.asked_from:%d.%m.%Y}"
    kind, status = status_of(row.due_on, today, closed_days)
    if row.due_at is not None and kind != "overdue":
        return kind, f"{status} kl. {row.due_at.astimezone(COPENHAGEN):%H.%M}"
    return kind, status


def _days(first: date, last: date, closed_days: frozenset[date]) -> str:
    working = _working_days(first, last, closed_days)
    if working:
        return "1 arbejdsdag" if working == 1 else f"{working:,} arbejdsdage".replace(",", ".")
    days = (last - first).days
    return "1 dag" if days == 1 else f"{days} dage"


# Every row of a list asks about the same today, and an old deadline lies thousands of days back.
_working_days = lru_cache(maxsize=4096)(working_days_between)

_STATES: Mapping[RowState, str] = {
    state: STATES[HandoverState(state.value)] for state in RowState if state is not RowState.NONE
}
