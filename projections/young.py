"""Every young person who is followed: a row each, for questions about people rather than deadlines.

Who turns 18 soon, whose contact person somebody is, what they do, about whom nothing has been heard.
"""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from domain.catalogue import BY_TYPE
from domain.codes import DataClass, Party
from domain.days import birthday, months_after
from domain.events import (
    AbsenceNotified,
    AgendaItemWished,
    BirthDateCorrected,
    Checked,
    ClockPaused,
    ClockResumed,
    ContactPersonNamed,
    ContactTried,
    LeadCoordinatorNamed,
    NewMunicipalityNotified,
    OtherFileJoined,
    OtherFileParted,
    PartedFromOtherFile,
)
from domain.facts import Life
from domain.journey import Journey
from domain.rules import RuleSet
from domain.text import StaffId
from projections.occupation import Occupation, occupied, tells_schooling

KEY = "young"


@dataclass(frozen=True, slots=True, kw_only=True)
class Young:
    """One young person whom somebody follows.

    `holders` answer for a matter of theirs. `contact_person` and `lead_coordinator` are members of staff. `status` is
    what they do since `status_since`, told by all facts; `plain_status` is told without what schools say, for those
    who may not read that. `heard_…` is the day of the latest news of that class: a table of one day for everything
    would tell everybody that there was news, also of classes that they may not know of.
    """

    row_key: str = KEY
    born_on: date
    holders: tuple[Party, ...] = ()
    contact_person: StaffId | None = None
    lead_coordinator: StaffId | None = None
    status: Occupation
    status_since: date
    plain_status: Occupation
    plain_status_since: date
    heard_master: date | None = None
    heard_plan: date | None = None
    heard_voice: date | None = None
    heard_schooling: date | None = None
    heard_absence: date | None = None
    heard_education: date | None = None
    heard_concern: date | None = None
    heard_social: date | None = None
    heard_health: date | None = None
    heard_employment: date | None = None
    heard_benefit: date | None = None


def heard_column(data_class: DataClass) -> str | None:
    """The column with the latest news of this class; None for a class that is never news of somebody."""
    name = f"heard_{data_class}"
    return name if name in _HEARD else None


_HEARD = frozenset(field.name for field in fields(Young) if field.name.startswith("heard_"))

NO_NEWS = frozenset(
    {
        Checked,
        ContactTried,
        AbsenceNotified,
        NewMunicipalityNotified,
        ClockPaused,
        ClockResumed,
        AgendaItemWished,
        ContactPersonNamed,
        LeadCoordinatorNamed,
        BirthDateCorrected,
        OtherFileJoined,
        OtherFileParted,
        PartedFromOtherFile,
    }
)
"""What authorities did among themselves. Whoever is tried in vain for months has gone quiet all the same.

So do those whose papers go back and forth: handovers and responsibilities are of the class that has no column.
"""


def young_of(life: Life, journey: Journey, _rules: RuleSet) -> tuple[Young, ...]:
    """The row of a journey that goes on; none before it is started and after it is closed."""
    if life.born_on is None or life.closed_on is not None:
        return ()
    now = occupied(life)
    plain = occupied(life, knows_schooling=False) if tells_schooling(life) else now
    return (
        Young(
            born_on=life.born_on,
            holders=tuple(party for party in Party if party in set(journey.responsible.values())),
            contact_person=_named(life, ContactPersonNamed),
            lead_coordinator=_named(life, LeadCoordinatorNamed),
            status=now.status,
            status_since=now.since,
            plain_status=plain.status,
            plain_status_since=plain.since,
            **_heard(life),
        ),
    )


def _named(life: Life, kind: type[ContactPersonNamed] | type[LeadCoordinatorNamed]) -> StaffId | None:
    """Who was named last."""
    facts = life.of(kind)
    last = facts[-1].event if facts else None
    return last.staff if isinstance(last, kind) else None


def _heard(life: Life) -> dict[str, Any]:
    found: dict[str, date] = {}
    for kind, facts in life.by_type.items():
        data_class = BY_TYPE[kind].data_class
        column = heard_column(data_class) if data_class and kind not in NO_NEWS and facts else None
        if column:
            found[column] = max(found.get(column, date.min), facts[-1].on)
    return found


def born_by(age: int, day: date) -> date:
    """The latest date of birth of those who are at least `age` years old that day."""
    born_on = months_after(day, -12 * age)
    # Who is born on 29 February has turned on the 28th (domain.days), and no month arithmetic finds the 29th.
    next_day = date.fromordinal(born_on.toordinal() + 1)
    return next_day if birthday(next_day, age) <= day else born_on
