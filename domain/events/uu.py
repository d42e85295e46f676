"""What UU/KUI records: break-offs, contact, offers and education."""

from dataclasses import dataclass
from datetime import date

from domain.codes import Activity, ContactWay, Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOfBreakOff:
    """An institution told that the young person broke off. `on` is the day it broke off."""

    on: date
    programme: Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTried:
    """Somebody tried to reach the young person and did not. No clock stops."""

    on: date
    way: ContactWay


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactMade:
    """The young person (and under 18 the parents) was reached."""

    on: date
    way: ContactWay


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityOffered:
    """A new education, job or other activity was offered."""

    on: date
    activity: Activity


@dataclass(frozen=True, slots=True, kw_only=True)
class EducationStarted:
    """The young person began an education."""

    on: date
    programme: Programme
