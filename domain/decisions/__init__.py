"""The decisions: functions from what is known to the events that follow. One file per subject."""

from domain.decisions.checking import check_duty
from domain.decisions.correction import correct_fact, let_count_again, may_be_corrected, withdraw_fact
from domain.decisions.files import (
    close_journey,
    facts_to_move,
    go_into_file,
    let_file_go,
    reopen_journey,
    stand_alone_again,
    take_in_file,
)
from domain.decisions.handover import (
    plan_handover,
    replace_handover,
    return_handover,
    see_handover,
    send_handover,
    send_instead,
    take_over,
    withdraw_handover,
)
from domain.decisions.handover_outside import record_receipt, record_return, record_taking_over
from domain.decisions.journey import correct_birth_date, record_fact, start_journey
from domain.decisions.meeting import call_meeting, put_on_agenda, take_decision
from domain.decisions.milepaelen import (
    begin_at_milepaelen,
    mark_attendance,
    measure_progression,
    reach_goal,
    reword_goal,
    set_goal,
    set_sub_goal,
)
from domain.decisions.municipality import load_rules
from domain.decisions.pausing import pause_clock, resume_clock
from domain.decisions.plan import agree_step, drop_step, finish_step, give_view, let_step_wait, move_step, say_goal

__all__ = [
    "agree_step",
    "begin_at_milepaelen",
    "call_meeting",
    "check_duty",
    "close_journey",
    "correct_birth_date",
    "correct_fact",
    "drop_step",
    "facts_to_move",
    "finish_step",
    "give_view",
    "go_into_file",
    "let_count_again",
    "let_file_go",
    "let_step_wait",
    "load_rules",
    "mark_attendance",
    "may_be_corrected",
    "measure_progression",
    "move_step",
    "pause_clock",
    "plan_handover",
    "put_on_agenda",
    "reach_goal",
    "record_fact",
    "record_receipt",
    "record_return",
    "record_taking_over",
    "reopen_journey",
    "replace_handover",
    "resume_clock",
    "return_handover",
    "reword_goal",
    "say_goal",
    "see_handover",
    "send_handover",
    "send_instead",
    "set_goal",
    "set_sub_goal",
    "stand_alone_again",
    "start_journey",
    "take_decision",
    "take_in_file",
    "take_over",
    "withdraw_fact",
    "withdraw_handover",
]
