"""Lives that hang together: everything that is told of one fictional young person, from 13 to 30.

Each life is drawn from a source of chance of its own (seed and number), so that asking for more people changes
nobody. Most people are fine. Whose life holds a failure, and which, is told by `demo.planted`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from demo.handing import lately, leave_kui
from demo.life import Life, Planted, Told
from demo.names import first_name, last_name
from demo.paths.break_off import break_off
from demo.paths.cash_benefit import cash_benefit
from demo.paths.disability import disability
from demo.paths.milepaelen import milepaelen
from demo.paths.newcomer import newcomer
from demo.paths.placed import placed
from demo.paths.psychiatry import psychiatry
from demo.paths.straight import straight
from demo.paths.together import accompany, name_contact_person
from demo.planted import PLANTED, Kind
from domain.choices import Attendance
from domain.codes import StartReason
from domain.events import AttendanceMarked, EducationStarted, JourneyEvent, ToldOfBreakOff
from people.cpr import Cpr, CprKind, fictional

SERIALS = 4000
EVERY = 100
_HANDED_OVER_LATELY = 0.14
_STRIDE = 37
"""Has nothing in common with `EVERY`, so that the planted ones lie scattered among the others."""


@dataclass(frozen=True, slots=True)
class Youth:
    """A fictional young person, and everything that is told of them, in the order in which it is delivered.

    `former_name` was the surname until `renamed_on`; `says_birth_date` when the number's own is only a guess, and
    `first_born_on` the wrong date that was said until then.
    `is_b`: their school, department and so on write the second dialect of each kind of file.
    """

    number: int
    cpr: Cpr
    born_on: date
    first_name: str
    last_name: str
    protected: bool
    reason: StartReason
    basis: str
    since: date
    told: tuple[Told, ...]
    planted: tuple[Planted, ...] = ()
    is_b: bool = False
    says_birth_date: bool = False
    first_born_on: date | None = None
    former_name: str = ""
    renamed_on: date | None = None


PATHS: tuple[tuple[Callable[[Life], None], int], ...] = (
    (straight, 41),
    (break_off, 17),
    (placed, 8),
    (disability, 7),
    (newcomer, 6),
    (cash_benefit, 9),
    (milepaelen, 7),
    (psychiatry, 5),
)
"""The families of lives, and how many of a hundred young people without a failure live each."""


def youths(count: int, seed: int, until: date) -> Iterator[Youth]:
    """That many people, always the same for the same seed and day; the first ones do not depend on how many."""
    taken: set[str] = set()
    for number in range(1, count + 1):
        yield _youth(number, Random(f"{seed}/{number}"), until, taken)


def _youth(number: int, draw: Random, until: date, taken: set[str]) -> Youth:
    life = Life(number, draw, until, is_b=draw.random() < 0.5)  # noqa: PLR2004 - half of them
    _path(life)(life)
    name_contact_person(life)
    if all(one.kind != Kind.TWENTY_FIVE_AND_STILL_WITH_UU for one in life.planted):
        leave_kui(life)
    if not life.planted and life.chance(_HANDED_OVER_LATELY):
        lately(life)
    accompany(life, hears_from_them=all(one.kind != Kind.GONE_QUIET for one in life.planted))
    is_male = life.chance(0.5)
    is_replacement = life.is_new and life.chance(0.4)
    youth = Youth(
        number=number,
        cpr=_free_number(life, taken, is_male=is_male, is_replacement=is_replacement),
        born_on=life.born_on,
        first_name=first_name(draw, is_male=is_male, is_new=life.is_new),
        last_name=last_name(draw),
        protected=life.chance(0.03),
        reason=life.reason,
        basis=life.basis,
        since=life.since,
        told=_in_order(life),
        planted=tuple(life.planted),
        is_b=life.is_b,
        says_birth_date=is_replacement,
    )
    return youth if life.planted else _with_changes(youth, life)


def _path(life: Life) -> Callable[[Life], None]:
    """A failure for those whose turn it is, or any of the families."""
    slot = life.number * _STRIDE % EVERY
    for tell, share in PLANTED.values():
        if slot < share:
            return tell
        slot -= share
    return life.draw.choices([path for path, _ in PATHS], [share for _, share in PATHS])[0]


def _in_order(life: Life) -> tuple[Told, ...]:
    """What is told, as it becomes known. Nothing more is told of those whom nobody follows any longer."""
    told = [
        one
        for one in life.told
        if (life.closed_on is None or one.event.on <= life.closed_on) and life.is_followed(one.event.on, one.event.on)
    ]
    return tuple(sorted(told, key=lambda one: (one.delivered_on, one.known_on)))


def _free_number(life: Life, taken: set[str], *, is_male: bool, is_replacement: bool) -> Cpr:
    """A fictional number that nobody has: the last digit is odd for males, as in CPR."""
    serial = life.draw.randrange(0, SERIALS, 2) + is_male
    kind = CprKind.REPLACEMENT if is_replacement else CprKind.ORDINARY
    while (number := fictional(life.born_on, serial, kind)).digits in taken:
        serial = (serial + 2) % SERIALS
    taken.add(number.digits)
    return number


def _with_changes(youth: Youth, life: Life) -> Youth:
    """Sources put things right: a date or a mark that was wrong at first, a surname that changed."""
    told = tuple(_perhaps_wrong_at_first(one, life) for one in youth.told)
    youth = replace(youth, told=told)
    changed_on = max(youth.since, life.first_day) + timedelta(days=life.draw.randint(30, 400))
    former = last_name(life.draw)
    if changed_on > life.until:
        return youth
    if youth.says_birth_date and life.chance(0.3):
        wrong = youth.born_on - timedelta(days=life.draw.randint(20, 60))
        return replace(youth, first_born_on=wrong, former_name=youth.last_name, renamed_on=changed_on)
    if life.chance(0.02) and former != youth.last_name:
        return replace(youth, former_name=former, renamed_on=changed_on)
    return youth


def _perhaps_wrong_at_first(one: Told, life: Life) -> Told:
    wrong: JourneyEvent
    match one.event:
        case ToldOfBreakOff() | EducationStarted() if life.chance(0.03):
            wrong = replace(one.event, on=one.event.on - timedelta(days=life.draw.randint(1, 9)))
            changed_on = one.delivered_on + timedelta(days=20)
        case AttendanceMarked(attendance=mark) if life.chance(0.01):
            wrong = replace(one.event, attendance=life.pick(*(other for other in Attendance if other is not mark)))
            changed_on = one.delivered_on + timedelta(days=life.draw.randint(7, 20))
        case _:
            return _perhaps_late(one, life)
    if one.delivered_on < life.first_day or changed_on > life.until or wrong.on < life.born_on:
        return one
    return replace(one, first_told=wrong, changed_on=changed_on)


def _perhaps_late(one: Told, life: Life) -> Told:
    """A line that lay somewhere before it was sent."""
    late_on = one.delivered_on + timedelta(days=life.draw.randint(15, 45))
    if one.by_hand or one.delivered_on < life.first_day or late_on > life.until or not life.chance(0.01):
        return one
    return replace(one, delivered_on=late_on)
