"""Who may see what, as a table. A level is read where history is opened, never in a template.

EXISTS: that something is there, not what. SUMMARY: dates, states and codes. FULL: also free text.
The table is a proposal that each municipality confirms (security.md 2c; docs/decisions).
"""

from enum import IntEnum

from domain.codes import DataClass, KeyGroup, Party


class Level(IntEnum):
    """How much of a class of data a role may see; higher includes lower."""

    NONE = 0
    EXISTS = 1
    SUMMARY = 2
    FULL = 3


_N, _E, _S, _F = Level.NONE, Level.EXISTS, Level.SUMMARY, Level.FULL

_COLUMNS = (
    Party.SCHOOL,
    Party.UU,
    Party.CHILD_SOCIAL,
    Party.ADULT_SOCIAL,
    Party.EMPLOYMENT,
    Party.BENEFITS,
    Party.HEALTH,
    Party.MILEPAELEN,
    Party.EDUCATION,
    Party.MUNICIPALITY,
)
_TABLE = {
    DataClass.MASTER: (_F, _F, _F, _F, _F, _F, _F, _F, _N, _F),
    DataClass.HANDOVER: (_F, _F, _F, _F, _F, _S, _S, _F, _N, _S),
    DataClass.PLAN: (_F, _F, _F, _F, _F, _S, _S, _F, _N, _S),
    DataClass.VOICE: (_F, _F, _F, _F, _F, _N, _F, _F, _N, _S),
    DataClass.SCHOOLING: (_F, _S, _N, _N, _N, _N, _N, _N, _N, _S),
    DataClass.ABSENCE: (_F, _S, _N, _N, _N, _N, _N, _N, _N, _S),
    DataClass.EDUCATION: (_S, _F, _S, _S, _F, _S, _N, _S, _N, _F),
    DataClass.CONCERN: (_E, _E, _F, _N, _N, _N, _E, _N, _N, _E),
    DataClass.SOCIAL: (_N, _E, _F, _F, _E, _E, _N, _N, _N, _S),
    DataClass.HEALTH: (_N, _N, _N, _N, _N, _N, _F, _N, _N, _N),
    DataClass.EMPLOYMENT: (_N, _S, _N, _S, _F, _S, _N, _F, _N, _S),
    DataClass.BENEFIT: (_N, _E, _N, _E, _S, _F, _N, _N, _N, _E),
}


def level(party: Party, data_class: DataClass) -> Level:
    """How much a worker of this party may see of this class."""
    if data_class is DataClass.SYSTEM:
        return Level.FULL
    return _TABLE[data_class][_COLUMNS.index(party)]


def reads_words_of(party: Party, giver: Party, receiver: Party) -> bool:
    """Whether a worker of this party reads what is written in a handover: the two whom it is between.

    That it is on its way, and how far it has come, is seen by everybody who sees handovers.
    """
    return party in (giver, receiver)


def open_groups(party: Party) -> frozenset[KeyGroup]:
    """The key groups that may be decrypted for this party: those with a class it may read."""
    readable = {data_class.group for data_class in _TABLE if level(party, data_class) >= Level.SUMMARY}
    return frozenset(readable | {KeyGroup.SYSTEM})


def seen_classes(party: Party) -> frozenset[DataClass]:
    """The classes whose rows this party sees on lists: those of which it may know that they exist."""
    return frozenset(data_class for data_class in _TABLE if level(party, data_class) >= Level.EXISTS)
