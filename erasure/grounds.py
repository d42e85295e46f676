"""When something may be erased at all: the ground, the archive's word, a legal hold, whether the journey goes on.

No authority may delete records without the archive's leave (arkivloven § 8 and § 12; GDPR article 17(3)(b) and (d)), so
an erasure needs one of two answers of the archive whatever its ground is.
"""

from enum import StrEnum

from domain.codes import KeyGroup


class Ground(StrEnum):
    """Why something is erased."""

    RETENTION_OVER = "retention-over"
    REGISTERED_IN_ERROR = "registered-in-error"
    RIGHT_TO_ERASURE = "right-to-erasure"
    COURT_ORDER = "court-order"


class Archive(StrEnum):
    """What the archive has said."""

    NOT_DECIDED = "not-decided"
    MUST_BE_KEPT = "must-be-kept"
    HANDED_OVER = "handed-over"
    MAY_BE_DISCARDED = "may-be-discarded"


LETS_GO = frozenset({Archive.HANDED_OVER, Archive.MAY_BE_DISCARDED})
"""The answers under which something may be erased; the table itself takes no other."""

MAY_END_ALONE = (KeyGroup.EDUCATION, KeyGroup.SOCIAL, KeyGroup.HEALTH, KeyGroup.WORK)
"""Groups of which one alone can be erased. Without `open` nobody knows what the file is: that is the whole person."""


def obstacles(ground: Ground, archive: Archive, *, is_whole: bool, is_closed: bool, is_held: bool) -> list[str]:
    """Every reason why this may not be erased now, as codes of `erasure.words`; empty when it may.

    A period of retention is over for the whole person only when nobody follows them; for one group it may be while
    they are followed for another reason.
    """
    found = []
    if is_held:
        found.append("held")
    if archive is Archive.NOT_DECIDED:
        found.append("archive-not-decided")
    elif archive not in LETS_GO:
        found.append("archive-must-be-kept")
    if ground is Ground.RETENTION_OVER and is_whole and not is_closed:
        found.append("still-followed")
    return found
