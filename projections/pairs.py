"""When an obligation and a handover are one thing to do.

A handover that was sent for an obligation is a row beside it. Where both wait for the same move of the same party,
a third row stands for the two: the pair. A reader who may read the obligation sees the pair in their place, everybody
else sees the two. Which it is, is a question to the list: the three rows name the class and the days of the pair.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from domain.facts import Life
from domain.journey import Journey
from domain.rules import RuleSet
from projections import rows
from projections.rows import Row, RowKind


def rows_of(life: Life, journey: Journey, rules: RuleSet) -> tuple[Row, ...]:
    """The rows of one person, by key, with those that stand for two."""
    return with_pairs(rows.rows_of(life, journey, rules))


def with_pairs(single: Iterable[Row]) -> tuple[Row, ...]:
    """These rows and their pairs, by key. Of several obligations with one handover, the first due is in the pair."""
    found = {row.row_key: row for row in single}
    pairs = dict[UUID, tuple[Row, Row]]()
    for row in sorted(found.values(), key=lambda row: (row.due_on, row.row_key)):
        if row.kind is RowKind.OBLIGATION and row.handover_id is not None:
            handover = found.get(f"handover:{row.handover_id}")
            if handover is not None and is_one_thing(row, handover):
                pairs.setdefault(row.handover_id, (row, handover))
    for obligation, handover in pairs.values():
        found |= {row.row_key: row for row in _paired(obligation, handover)}
    return tuple(found[key] for key in sorted(found))


def is_one_thing(obligation: Row, handover: Row) -> bool:
    """Whether both ask the same of the same party, between the same two: every filter by party finds both or neither.

    Sending papers does not take a decision out of anybody's hands: there the two are two things to do.
    """
    first, last = _days(obligation, handover)
    return _asks(obligation) == _asks(handover) and first < last


def _paired(obligation: Row, handover: Row) -> tuple[Row, Row, Row]:
    """The two rows, which now say when there is a pair in their place, and the pair."""
    first, last = _days(obligation, handover)
    of_class = obligation.data_class
    return (
        replace(obligation, pair_class=of_class, pair_from=first, pair_until=last),
        replace(handover, pair_class=of_class, pair_from=first, pair_until=last),
        replace(
            obligation,
            row_key=f"pair:{obligation.handover_id}",
            kind=RowKind.PAIR,
            due_on=min(obligation.due_on, handover.due_on),
            stands_from=first,
            stands_until=last,
            rule_due_on=obligation.due_on,
            answer_by=handover.due_on,
            pair_class=of_class,
            pair_from=first,
            pair_until=last,
        ),
    )


def _asks(row: Row) -> tuple[object, ...]:
    return row.matter, row.giver, row.receiver, row.responsible, row.holder, row.next_move, row.state


def _days(one: Row, other: Row) -> tuple[date, date]:
    """From and until which day both stand."""
    return max(one.stands_from, other.stands_from), min(one.stands_until, other.stands_until)
