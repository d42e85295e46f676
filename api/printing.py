"""What stands at the foot of every sheet that is printed: that it is confidential, and whose copy it is."""

from datetime import datetime

from api.visitor import Visitor
from domain.facts import COPENHAGEN

CONFIDENTIAL = "Fortroligt, personoplysninger"


def printed_by(me: Visitor, now: datetime) -> str:
    """Who asked for the sheet and when, Danish time."""
    return f"Hentet {now.astimezone(COPENHAGEN):%d.%m.%Y kl. %H.%M} af {me.staff.name}, {me.staff.unit_name}"
