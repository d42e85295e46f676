"""What the log's functions in the database refuse, by the codes of schema.sql."""

import psycopg
from eventsourcing.persistence import IntegrityError


class CommandKnown(IntegrityError):  # noqa: N818 - it names a state
    """The command was carried out before."""


class KeyGone(IntegrityError):  # noqa: N818 - it names a state
    """A key that the entries were closed with is not in the database: destroyed, or lost in a restore."""


class KeyOld(IntegrityError):  # noqa: N818 - it names a state
    """A new key is wrapped under a master key that a rotation has put out of use."""


class StreamErased(Exception):  # noqa: N818 - it names a state
    """The stream was erased whole; it takes nothing more."""


class TimeGiven(Exception):  # noqa: N818 - a refusal
    """A time was given to a log that is not a demonstration."""


_MEANT: dict[str, tuple[type[Exception], str]] = {
    **dict.fromkeys(("OG001", "23505", "40001", "40P01"), (IntegrityError, "somebody else was first")),
    "OG002": (CommandKnown, "the command was carried out before"),
    "OG003": (TimeGiven, "only a demonstration may be given a time"),
    "OG004": (KeyGone, "the entries were closed with a key that is gone"),
    "OG005": (StreamErased, "the stream was erased"),
    "OG006": (KeyOld, "a key is wrapped under an old master key"),
}


def raise_refusal(error: psycopg.DatabaseError) -> None:
    """Raise what the log's functions mean; nothing when the error is not theirs.

    The database's own text may quote values, so only the code's meaning is passed on.
    """
    kind, text = _MEANT.get(error.sqlstate or "", (None, ""))
    if kind:
        raise kind(text) from None
