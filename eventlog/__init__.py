"""The write side: one append-only log, encrypted per person and group. `docs/log-format.md` is the specification."""

from eventlog.appending import Contended
from eventlog.drafting import Outcome, OutcomeKind, Source, Step
from eventlog.entry import Actor, ActorKind, Closed, Entry, Erased, History, Stream, journey, meeting
from eventlog.install import install
from eventlog.keys import Forged, Key, KeyMissing, KeyRing
from eventlog.log import EventLog, Recorded
from eventlog.secrets import Secrets, SecretsRefused

__all__ = [
    "Actor",
    "ActorKind",
    "Closed",
    "Contended",
    "Entry",
    "Erased",
    "EventLog",
    "Forged",
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
