"""The decisions: functions from what is known to the events that follow. One file per subject."""

from domain.decisions.handover import (
    return_handover,
    see_handover,
    send_handover,
    take_over,
    withdraw_handover,
)
from domain.decisions.journey import (
    agree_step,
    correct_birth_date,
    finish_step,
    record_fact,
    say_goal,
    start_journey,
)
from domain.decisions.meeting import call_meeting, put_on_agenda, take_decision
from domain.decisions.municipality import load_rules

__all__ = [
    "agree_step",
    "call_meeting",
    "correct_birth_date",
    "finish_step",
    "load_rules",
    "put_on_agenda",
    "record_fact",
    "return_handover",
    "say_goal",
    "see_handover",
    "send_handover",
    "start_journey",
    "take_decision",
    "take_over",
    "withdraw_handover",
]
