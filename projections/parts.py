"""Which rows of the worklist an event can change: only those are worked out again (docs/decisions/0005)."""

from collections.abc import Iterator

from domain.catalogue import BY_CODE
from domain.events import (
    BirthDateCorrected,
    Checked,
    ClockPaused,
    ClockResumed,
    HandoverPlanned,
    HandoverReceiptRecorded,
    HandoverReplaced,
    HandoverReturned,
    HandoverSeen,
    HandoverSent,
    HandoverSentOutside,
    HandoverTakenOver,
    HandoverWithdrawn,
    JoinedIntoOtherFile,
    JourneyClosed,
    JourneyReopened,
    JourneyStarted,
    PartedFromOtherFile,
    ResponsibilityEstablished,
)
from domain.rules import Kind, Rule, RuleSet
from projections.rows import CONTACT, TAKEN_OVER, Part, Row, RowKind


def parts(rules: RuleSet) -> dict[type, Part]:
    """What must be worked out again after an event of a type; after other types nothing has changed.

    All versions of a rule go together: they share the keys of their rows. So do all rules that taking over clears:
    one handover may be sent for several of them, and is in a pair with one.
    """
    counted = [rule for rule in rules.rules if rule.kind is not Kind.DORMANT]
    codes: dict[str, set[str]] = {}
    for rule in counted:
        codes.setdefault(rule.id, set()).update(_codes(rule))
    taken_over = frozenset(rule.id for rule in counted if TAKEN_OVER in rule.cleared_by)
    found = {kind: Part(rules) for kind in _ALWAYS}
    for code in set().union(*codes.values()):
        ids = frozenset(rule_id for rule_id, its_codes in codes.items() if code in its_codes)
        ids |= taken_over if ids & taken_over else frozenset()
        some = tuple(rule for rule in counted if rule.id in ids)
        found.setdefault(BY_CODE[code].type, Part(RuleSet(some, rules.closed_days, rules.sha256, rules.off), ids))
    return found


def stays(row: Row, part: Part) -> bool:
    """Whether a row is none of those that are worked out again with this part."""
    if part.ids is None:
        return False
    if row.kind is RowKind.OBLIGATION:
        return row.rule_id not in part.ids
    return not any(TAKEN_OVER in rule.cleared_by for rule in part.rules.rules)


_ALWAYS = frozenset(
    {
        JourneyStarted,
        BirthDateCorrected,
        ResponsibilityEstablished,
        HandoverPlanned,
        HandoverSent,
        HandoverSentOutside,
        HandoverSeen,
        HandoverReceiptRecorded,
        HandoverTakenOver,
        HandoverReturned,
        HandoverWithdrawn,
        HandoverReplaced,
        JourneyClosed,
        JourneyReopened,
        JoinedIntoOtherFile,
        PartedFromOtherFile,
        Checked,  # it may be about any duty, and about a handover
        ClockPaused,
        ClockResumed,
    }
)
_TRIED = "contact-tried"


def _codes(rule: Rule) -> Iterator[str]:
    yield from rule.touched_by
    if CONTACT in rule.cleared_by:
        yield _TRIED  # it clears nothing, and the row tells of it
