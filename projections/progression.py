"""Progression of one young person: every measurement that stands, the earliest first. Read live."""

from collections.abc import Sequence
from datetime import date

from domain.events import ProgressionMeasured
from domain.facts import Life

FACTORS = (
    "belief_in_own_ability",
    "health_mastery",
    "labour_market_identity",
    "cooperation",
    "network",
    "own_judgement",
)
"""The five factors and the worker's own judgement, as the event calls them."""


def measurements(life: Life) -> list[ProgressionMeasured]:
    """In the order in which they were made."""
    return [fact.event for fact in life.of(ProgressionMeasured) if isinstance(fact.event, ProgressionMeasured)]


def points(measured: Sequence[ProgressionMeasured], factor: str) -> list[tuple[date, int]]:
    """One factor through the measurements: day and score."""
    return [(one.on, getattr(one, factor)) for one in measured]
