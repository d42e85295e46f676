"""From one person's view to the lines of their page, in Danish. Pure: what may be seen was decided before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from urllib.parse import quote

import holidays

from api.sentences import many
from api.words import CLASSES, MATTERS
from api.worklist_rows import TO_COME, TO_DO, status_of
from domain.access import Level
from domain.catalogue import BY_CODE
from domain.codes import DataClass, KeyGroup, Party
from domain.facts import Life
from domain.rules import Rule, RuleSet
from projections.explain import Explanation, ReadingExplained, Skipped, explain
from projections.person import PersonView
from projections.reading import MayRead
from projections.rows import NextMove, Row, RowKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLine:
    """One reading of a rule, computed. `due_on` is None while the clock waits for something to happen."""

    label: str
    waits_for: str
    start: date | None
    due_on: date | None
    is_earliest: bool
    counted: str
    skipped: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A deadline or an unanswered handover, and the one thing the reader can do about it.

    `status` says how far it is past or ahead. `may_send`: the reader's party is to give, and nothing has
    been sent. `why` is None where it cannot be explained to the reader.
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
    readings: Sequence[ReadingLine]
    certainty: str

    @property
    def is_overdue(self) -> bool:
        return self.status_kind == "overdue"

    @property
    def is_handover(self) -> bool:
        return self.row.kind is RowKind.HANDOVER


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
    return [_deadline(row, rules, life, reader) for row in view.rows]


def _deadline(row: Row, rules: RuleSet, life: Life, reader: Reader) -> Deadline:
    why = _why(row, rules, life, reader.today) if row.kind is RowKind.OBLIGATION else None
    may_send = row.kind is RowKind.OBLIGATION and row.handover_id is None and row.giver is reader.party
    kind, status = status_of(row.due_on, reader.today, rules.closed_days)
    link, link_text = _way_on(row, rules, may_send, reader)
    return Deadline(
        row=row,
        title=title_of(row, rules),
        status_kind=kind,
        status=status,
        move=(TO_DO if row.holder is reader.party else TO_COME)[row.next_move],
        may_send=may_send,
        link=link,
        link_text=link_text,
        why=why,
        readings=[_reading(one) for one in why.readings] if why else [],
        certainty=why.rule.certainty if why else "",
    )


def rule_of(row: Row, rules: RuleSet) -> Rule | None:
    """The rule of a deadline. None for an answer, and when the rules were changed since the row was made."""
    if row.kind is RowKind.HANDOVER:
        return None
    known = (rule for rule in rules.rules if (rule.id, rule.version) == (row.rule_id, row.rule_version))
    return next(known, None)


def title_of(row: Row, rules: RuleSet) -> str:
    """What a deadline or a handover is called."""
    rule = rule_of(row, rules)
    if rule is not None:
        return rule.title
    return f"{'Svar på overlevering' if row.kind is RowKind.HANDOVER else 'Frist'}: {MATTERS[row.matter]}"


def _why(row: Row, rules: RuleSet, life: Life, today: date) -> Explanation | None:
    """The explanation, unless what the reader may open does not lead to the same deadline."""
    try:
        why = explain(life, rules, row.row_key, today)
    except KeyError:
        return None
    return why if why.due_on == row.due_on else None


def _way_on(row: Row, rules: RuleSet, may_send: bool, reader: Reader) -> tuple[str, str]:  # noqa: FBT001
    """The one link of a deadline: to what the reader's party can do about it, else to what is known of it."""
    if row.handover_id is not None:
        text = "Læs og svar" if row.receiver is reader.party else "Se overleveringen"
        return f"{reader.path}/overleveringer/{row.handover_id}", text
    if may_send and row.next_move is NextMove.SEND_HANDOVER:
        return send_link(reader.path, row.row_key), "Send overlevering"
    rule = rule_of(row, rules)
    if rule is not None and row.holder is reader.party:
        for code in rule.cleared_by:
            if BY_CODE[code].party is reader.party:
                return f"{reader.path}/haendelser/ny?slags={code}", f"Registrér: {BY_CODE[code].title.lower()}"
    return f"{reader.path}#haendelser", "Se, hvad der er sket"


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
    rows = [NextStep(what=one.title, party=one.row.holder, due_on=one.row.due_on) for one in found]
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


def _reading(reading: ReadingExplained) -> ReadingLine:
    closed = [f"{_short(day)} ({closed_day_name(day)})" for day, why in reading.skipped if why is Skipped.CLOSED]
    weekends = sum(why is Skipped.WEEKEND for _, why in reading.skipped)
    plain = {"birth": "fødslen", "on": "den dag, det skete", "known": "den dag, kommunen fik det at vide"}
    return ReadingLine(
        label=reading.label,
        waits_for=plain.get(reading.starts_with) or f"“{BY_CODE[reading.starts_with].title}”",
        start=reading.start,
        due_on=reading.due_on,
        is_earliest=reading.is_earliest,
        counted=", ".join(_short(day) for day in reading.counted),
        skipped=", ".join([*closed, *([many(weekends, "weekenddag", "weekenddage")] if weekends else [])]),
    )


@cache
def _holidays(year: int) -> Mapping[date, str]:
    return dict(holidays.country_holidays("DK", years=year, language="da"))


def closed_day_name(day: date) -> str:
    """The name of a public holiday; other closed days are the municipality's own."""
    return _holidays(day.year).get(day, "kommunens lukkedag").lower()


_WEEKDAYS = ("ma.", "ti.", "on.", "to.", "fr.", "lø.", "sø.")


def _short(day: date) -> str:
    return f"{_WEEKDAYS[day.weekday()]} {day.day}.{day.month}"
