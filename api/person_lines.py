"""From one person's view to the lines of their page, in Danish. Pure: what may be seen was decided before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from api.explanation_words import Section, sections
from api.sentences import capital
from api.words import CLASSES, MATTERS, PAUSE_REASONS
from api.worklist_rows import standing_of, step_of
from domain.access import Level
from domain.catalogue import BY_CODE
from domain.codes import DataClass, KeyGroup, Party
from domain.facts import Life
from domain.obligations import Standing
from domain.rules import Rule, RuleSet
from projections.explain import explanations
from projections.explained import Explanation
from projections.person import PersonView
from projections.reading import MayRead
from projections.rows import NextMove, Row, RowKind

PAUSES = tuple((reason.value, capital(word)) for reason, word in PAUSE_REASONS.items())
"""Why a clock can stand still, to choose from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A deadline or an unanswered handover, and the one thing the reader can do about it.

    `status` says how far it is past or ahead. `may_send`: the reader's party is to give, and nothing has
    been sent. `why` is None where it cannot be explained to the reader; `sections` are its words, `partly`
    when the rule also asks of what is closed to the reader. `may_pause` and
    `may_resume`: the clock is theirs to stop, or to let run again.
    """

    row: Row
    title: str
    status_kind: str
    status: str
    move: str
    may_send: bool
    link: str
    link_text: str
    why: Explanation | None
    sections: Sequence[Section]
    partly: bool
    may_pause: bool
    may_resume: bool

    @property
    def is_overdue(self) -> bool:
        return self.status_kind == "overdue"

    @property
    def is_handover(self) -> bool:
        return self.row.kind is RowKind.HANDOVER

    @property
    def is_planned(self) -> bool:
        return self.row.kind is RowKind.PLANNED


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What comes first, whoever does it."""

    what: str
    party: Party
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who the lines are for, where they lead, and on which day."""

    party: Party
    may: MayRead
    path: str
    today: date


def deadlines(view: PersonView, rules: RuleSet, life: Life, reader: Reader) -> list[Deadline]:
    """All that stands, the earliest first. `life` is what the reader may open."""
    keys = {row.row_key for row in view.rows if row.kind is RowKind.OBLIGATION}
    whys = {one.obligation.key: one for one in explanations(life, rules, reader.today, lambda duty: duty.key in keys)}
    return [_deadline(row, rules, whys.get(row.row_key), reader) for row in view.rows]


def _deadline(row: Row, rules: RuleSet, why: Explanation | None, reader: Reader) -> Deadline:
    why = why if why is not None and agrees(why, row) else None
    may_send = row.kind is RowKind.OBLIGATION and row.handover_id is None and row.giver is reader.party
    kind, status = standing_of(row, reader.today, rules.closed_days)
    link, link_text = _way_on(row, rules, may_send, reader)
    return Deadline(
        row=row,
        title=title_of(row, rules),
        status_kind=kind,
        status=status,
        move=step_of(row, why.rule.what_to_do if why else None, is_ours=row.holder is reader.party),
        may_send=may_send,
        link=link,
        link_text=link_text,
        why=why,
        sections=sections(why) if why else [],
        partly=why is not None and not sees_all_of(why.rule, reader.may),
        may_pause=why is not None and may_pause(why, reader.party),
        may_resume=why is not None and may_resume(why, reader.party),
    )


def rule_of(row: Row, rules: RuleSet) -> Rule | None:
    """The rule of a deadline. None for an answer, and when the rules were changed since the row was made."""
    if row.kind is RowKind.HANDOVER:
        return None
    known = (rule for rule in rules.rules if (rule.name, rule.version) == (row.rule_name, row.rule_version))
    return next(known, None)


def title_of(row: Row, rules: RuleSet) -> str:
    """What a deadline or a handover is called."""
    rule = rule_of(row, rules)
    if rule is not None:
        return rule.title
    what = {RowKind.HANDOVER: "Svar på overlevering", RowKind.PLANNED: "Planlagt overlevering"}
    return f"{what.get(row.kind, 'Frist')}: {MATTERS[row.matter]}"


def agrees(why: Explanation, row: Row) -> bool:
    """Whether what the reader may open leads to what the list says; else it is no explanation of it."""
    owed = why.obligation
    return owed.is_open and owed.paused_on == row.paused_on and why.due_on == (row.asked_from or row.due_on)


def sees_all_of(rule: Rule, may: MayRead) -> bool:
    """Whether the reader may see everything that the rule asks of: else what they know may come out otherwise."""
    classes = {BY_CODE[code].data_class for code in rule.touched_by} | {rule.data_class}
    return all(may(one) >= Level.SUMMARY for one in classes if one is not None)


def may_pause(why: Explanation, party: Party) -> bool:
    """Whether this party can let the clock stand still today."""
    return why.holder is party and why.rule.can_pause and why.standing is Standing.OPEN


def may_resume(why: Explanation, party: Party) -> bool:
    """Whether this party can let the clock run again."""
    return why.holder is party and why.standing is Standing.PAUSED


def _way_on(row: Row, rules: RuleSet, may_send: bool, reader: Reader) -> tuple[str, str]:  # noqa: FBT001
    """The one link of a deadline: to what the reader's party can do about it, else to what is known of it."""
    if row.handover_id is not None:
        return f"{reader.path}/overleveringer/{row.handover_id}", _handover_link(row, reader.party)
    if may_send and row.next_move is NextMove.SEND_HANDOVER:
        return send_link(reader.path, row.row_key), "Send overlevering"
    rule = rule_of(row, rules)
    if rule is not None and row.holder is reader.party:
        for code in rule.cleared_by:
            if BY_CODE[code].party is reader.party:
                return f"{reader.path}/haendelser/ny?slags={code}", f"Registrér: {BY_CODE[code].title.lower()}"
    return f"{reader.path}#haendelser", "Se, hvad der er sket"


def _handover_link(row: Row, party: Party) -> str:
    """What the link to a handover is called: what the reader's party can do there."""
    if row.kind is RowKind.PLANNED and row.giver is party:
        return "Send, eller træk tilbage"
    if row.next_move in (NextMove.RECORD_RECEIPT, NextMove.RECORD_ANSWER):
        return "Registrér svaret" if row.holder is party else "Se overleveringen"
    return "Læs og svar" if row.kind is not RowKind.PLANNED and row.receiver is party else "Se overleveringen"


def send_link(path: str, key: str) -> str:
    """The form that sends a handover for this obligation."""
    return f"{path}/overleveringer/ny?frist={quote(key, safe='')}"


def next_step(view: PersonView, found: Sequence[Deadline]) -> NextStep | None:
    """What has the earliest deadline of all: a deadline of a rule, an answer, or a step of the plan."""
    steps = [
        NextStep(
            what=step.what or f"Skridt i planen: {MATTERS[step.matter]}",
            party=step.responsible,
            due_on=step.due_on,
        )
        for step in view.plan.open_steps
    ]
    rows = [NextStep(what=one.title, party=one.row.holder, due_on=one.row.due_on) for one in found if one.row.has_date]
    return min([*rows, *steps], key=lambda step: step.due_on, default=None)


_GROUPS: Mapping[KeyGroup, str] = {KeyGroup.SOCIAL: "sociale forhold", KeyGroup.HEALTH: "helbred"}


def closed_to(view: PersonView, may: MayRead) -> tuple[list[str], list[str]]:
    """What is kept from the reader: of what they may know that it exists here, and of what they never know.

    The second is the same on everybody's page, so it tells nothing of anybody.
    """
    exists, never = [], []
    for part in view.closed:
        classes = [one for one in DataClass if one.group is part.group and may(one) < Level.SUMMARY]
        hidden = [_GROUPS[part.group]] if part.group in _GROUPS else [CLASSES[one] for one in classes]
        if part.entries is None:
            never += hidden
        elif part.entries or part.rows:
            exists += hidden
    return exists, never


def erased_of(view: PersonView) -> list[str]:
    """What was erased, in words."""
    return [_GROUPS.get(group) or " og ".join(_classes_of(group)) for group in view.erased]


def _classes_of(group: KeyGroup) -> list[str]:
    return [CLASSES[one] for one in DataClass if one.group is group]
