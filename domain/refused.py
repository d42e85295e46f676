"""The answer of a decision that must not happen."""


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The decision goes against a rule.

    `reason` is a stable code of `REASONS`; pages and import reports put it in words. It says nothing about
    facts that the asker may not see.
    """

    def __init__(self, reason: str) -> None:
        if reason not in REASONS:
            raise ValueError(f"undeclared reason {reason}")
        super().__init__(reason)
        self.reason = reason


REASONS = frozenset(
    {
        "not-started",
        "erased",
        "already-started",
        "no-reason",
        "too-young",
        "too-old",
        "before-birth",
        "in-the-future",
        "text-missing",
        "text-too-long",
        "same-party",
        "not-the-holder",
        "not-the-giver",
        "not-the-receiver",
        "already-sent",
        "no-such-handover",
        "handover-closed",
        "answer-before-sending",
        "no-such-step",
        "due-before-agreed",
        "not-called",
        "already-called",
        "not-on-the-agenda",
        "delivered-for-another",
        "delivered-as-another-class",
        "step-closed",
        "no-such-goal",
        "no-such-score",
        "marked-meanwhile",
        "already-at-milepaelen",
        "not-correctable",
        "corrected-as-another-class",
        "journey-closed",
        "file-joined",
        "handover-waits",
        "ask-again-too-early",
        "duty-gone",
        "duty-not-open",
        "not-the-duty-holder",
        "clock-cannot-pause",
        "clock-ran-out",
        "clock-paused-already",
        "clock-not-paused",
        "already-planned",
        "not-as-planned",
        "before-sending",
        "receipt-missing",
        "answered-before-receipt",
        "receiver-without-login",
        "receiver-answers-itself",
    }
)
