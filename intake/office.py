"""Who receives files: where what they say is kept, and which kinds of files are known."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from database import Database
from eventlog import EventLog, Secrets
from intake.profile import Profile
from intake.profiles import shipped_profiles
from people.register import Register


@dataclass(frozen=True, slots=True)
class Office:
    """One municipality's register, log and tables, and the keys by which rows are recognised.

    Only where the log is marked demo may people be fictional and imports be given a time.
    """

    db: Database
    log: EventLog
    register: Register
    secrets: Secrets
    profiles: Sequence[Profile] = field(default_factory=shipped_profiles)
