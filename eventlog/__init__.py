"""The write side: one append-only log, encrypted per person and group. `docs/log-format.md` is the specification."""

from eventlog.drafting import Outcome, OutcomeKind, Source, Step
from eventlog.entry import Actor, ActorKind, Closed, Entry, History, Stream, journey, meeting
from eventlog.install import install
from eventlog.keys import Key, KeyMissing, KeyRing
from eventlog.log import Contended, EventLog, Recorded
from eventlog.secrets import Secrets, SecretsRefused

__all__ = [
    "Actor",
    "ActorKind",
    "Closed",
    "Contended",
    "Entry",
    "EventLog",
    "History",
    "Key",
    "KeyMissing",
    "KeyRing",
    "Outcome",
    "OutcomeKind",
    "Recorded",
    "Secrets",
    "SecretsRefused",
    "Source",
    "Step",
    "Stream",
    "install",
    "journey",
    "meeting",
]
