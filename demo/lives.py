"""Lives that hang together: what happens to one fictional young person over two years, and when it becomes known.

Each life is drawn from a source of chance of its own (seed and number), so that asking for more people changes
nobody. The proportions are such that most people are fine and some deadlines have slipped, as in a municipality.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from uuid import NAMESPACE_OID, uuid5

from demo.names import first_name, last_name
from demo.words import GOALS, NOTES, PURPOSES
from domain.codes import Activity, ContactWay, Matter, Party, PlacementForm, Programme, StartReason
from domain.days import age_on, birthday, months_after
from domain.events import (
    ActivityOffered,
    ContactMade,
    ContactTried,
    EducationStarted,
    GoalInOwnWords,
    HandoverSent,
    JourneyEvent,
    MilepaelenStarted,
    PlacementEnded,
    PlacementStarted,
    ReferredToMilepaelen,
    ToldOfBreakOff,
    YouthSupportDecided,
)
from domain.text import FreeText
from people.cpr import Cpr, CprKind, fictional

DAYS = 728
"""How long the history is: two years in whole weeks."""

SERIALS = 4000
YEAR = 365.25
SCHOOL_LEAVER, OF_AGE, NO_LONGER_KUI = 16, 18, 25
_KUI = "Lov om kommunal indsats for unge under 25 år § 2 a"
_LAB = "Lov om en aktiv beskæftigelsesindsats § 6"


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a source system. `first_told` is the wrong version that was delivered first, if one was."""

    id: str
    event: JourneyEvent
    known_on: date
    delivered_on: date
    first_told: JourneyEvent | None = None
    changed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Youth:
    """A fictional young person, and everything that is told of them.

    `former_name` was the surname until `renamed_on`; `says_birth_date` when the number's own is only a guess.
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
    says_birth_date: bool = False
    former_name: str = ""
    renamed_on: date | None = None


@dataclass(slots=True)
class _Life:
    """A life while it is drawn."""

    number: int
    draw: Random
    until: date
    born_on: date = date.min
    reason: StartReason = StartReason.EDUCATION_NEED
    basis: str = _KUI
    since: date = date.min
    is_new: bool = False
    told: list[Told] = field(default_factory=list)

    @property
    def start(self) -> date:
        return self.until - timedelta(days=DAYS)

    def happens(self, event: JourneyEvent, known_after: int = 0) -> None:
        """Something happened, and became known so many days later – unless that is still to come."""
        known_on = event.on + timedelta(days=known_after)
        if known_on <= self.until:
            line = f"{self.number:05}-{len(self.told) + 1}"
            self.told.append(Told(line, event, known_on, known_on))

    def chance(self, share: float) -> bool:
        return self.draw.random() < share

    def fate(self, **shares: int) -> str:
        """One of these, each as likely as its share."""
        return self.draw.choices(list(shares), list(shares.values()))[0]

    def age(self, day: date) -> int:
        return age_on(self.born_on, day)

    def day(self, first: date, last: date) -> date:
        """Any day from `first` to `last`, both included."""
        return first + timedelta(days=self.draw.randint(0, max(0, (last - first).days)))

    def after(self, day: date, least: int, most: int) -> date:
        return day + timedelta(days=self.draw.randint(least, most))

    def born_when(self, day: date, youngest: float, oldest: float) -> None:
        """Be of an age between these on that day."""
        self.born_on = day - timedelta(days=int(self.draw.uniform(youngest, oldest) * YEAR))


def youths(count: int, seed: int, until: date) -> Iterator[Youth]:
    """That many people, always the same for the same seed and day; the first ones do not depend on how many."""
    taken: set[Cpr] = set()
    for number in range(1, count + 1):
        yield _youth(number, Random(f"{seed}/{number}"), until, taken)


def _youth(number: int, draw: Random, until: date, taken: set[Cpr]) -> Youth:
    life = _Life(number, draw, until)
    draw.choices([course for course, _ in _COURSES], [share for _, share in _COURSES])[0](life)
    _schooling(life)
    if life.chance(0.22):
        life.happens(GoalInOwnWords(on=life.day(life.start, until), words=FreeText(draw.choice(GOALS))))
    _begin(life)
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
        told=tuple(replace(one, delivered_on=max(one.known_on, life.since)) for one in life.told),
        says_birth_date=is_replacement,
    )
    return _with_changes(youth, life)


def _begin(life: _Life) -> None:
    """From which day the person is followed: from 13 to the 30th birthday, most since before the first file."""
    if life.since != date.min:
        return
    first = max(life.start, birthday(life.born_on, 13))
    last = min(life.until, birthday(life.born_on, 30) - timedelta(days=1))
    known = min((one.known_on for one in life.told if one.known_on >= first), default=last)
    life.since = first if life.chance(0.6) else life.day(first, min(known, last))


def _free_number(life: _Life, taken: set[Cpr], *, is_male: bool, is_replacement: bool) -> Cpr:
    """A fictional number that nobody has: the last digit is odd for males, as in CPR."""
    serial = life.draw.randrange(0, SERIALS, 2) + is_male
    kind = CprKind.REPLACEMENT if is_replacement else CprKind.ORDINARY
    while (number := fictional(life.born_on, serial, kind)) in taken:
        serial = (serial + 2) % SERIALS
    taken.add(number)
    return number


def _with_changes(youth: Youth, life: _Life) -> Youth:
    """Sources put things right: a date that was wrong at first, a surname that changed."""
    told = list(youth.told)
    for index, one in enumerate(told):
        changed_on = one.delivered_on + timedelta(days=20)
        may_change = isinstance(one.event, ToldOfBreakOff | EducationStarted) and changed_on <= life.until
        if may_change and life.chance(0.03):
            wrong = replace(one.event, on=one.event.on - timedelta(days=life.draw.randint(1, 9)))
            told[index] = replace(one, first_told=wrong, changed_on=changed_on)
    youth = replace(youth, told=tuple(told))
    renamed_on = youth.since + timedelta(days=life.draw.randint(30, 400))
    former = last_name(life.draw)
    if life.chance(0.02) and renamed_on <= life.until and former != youth.last_name:
        return replace(youth, former_name=former, renamed_on=renamed_on)
    return youth


def _schooling(life: _Life) -> None:
    """What came before: 10th grade for some, a youth education for most, in the years around 16."""
    begun = min((one.event.on for one in life.told), default=life.until) - timedelta(days=40)
    sixteen = birthday(life.born_on, SCHOOL_LEAVER)
    year = sixteen.year
    if not life.is_new and life.chance(0.3):
        august = date(year, 8, life.draw.randint(8, 14))
        if august < begun:
            life.happens(EducationStarted(on=august, programme=Programme.TENTH_GRADE), life.draw.randint(0, 20))
        year += 1
    august = date(year, 8, life.draw.randint(4, 14))
    if not life.is_new and august < begun and life.chance(0.8):
        life.happens(EducationStarted(on=august, programme=_programme(life, august)), life.draw.randint(0, 20))


def _straight(life: _Life) -> None:
    """Begins an education and stays; a talk now and then."""
    life.born_when(life.until, 13.1, 29.9)
    age = life.age(life.until)
    if age >= NO_LONGER_KUI or (age >= OF_AGE and life.chance(0.4)):
        life.reason, life.basis = StartReason.CASH_BENEFIT, _LAB
    elif age < OF_AGE and life.chance(0.3):
        life.reason, life.basis = StartReason.SOCIAL_SUPPORT, "Barnets lov § 32"
    begun = life.day(life.start, life.until)
    august = date(begun.year, 8, life.draw.randint(1, 14))
    if august <= life.until and life.age(august) >= SCHOOL_LEAVER - 1:
        life.happens(EducationStarted(on=august, programme=_programme(life, august)), life.draw.randint(0, 9))
    for _ in range(life.draw.randint(0, 2)):
        life.happens(ContactMade(on=life.day(life.start, life.until), way=_way(life)))
    if age >= SCHOOL_LEAVER and life.chance(0.02):
        _handover(life, Matter.GUIDANCE, Party.UU, Party.EDUCATION)


def _break_off(life: _Life) -> None:
    """Breaks off between 15 and 18; most are reached and get something new, some late, some not."""
    is_lost = life.chance(0.17)
    # Those who were never reached are those who broke off lately: nobody is forgotten for two years.
    first = life.until - timedelta(days=150) if is_lost else life.start
    on = life.day(first, life.until - timedelta(days=12 if is_lost else 1))
    life.born_when(on, 15.05, 17.5 if is_lost else 17.9)
    if life.chance(0.7):
        life.happens(EducationStarted(on=life.after(on, -300, -40), programme=_programme(life, on)))
    delay = life.draw.randint(18, 40) if life.chance(0.12) else life.draw.randint(0, 8)
    life.happens(ToldOfBreakOff(on=on, programme=_programme(life, on)), delay)
    known = on + timedelta(days=delay)
    is_unreached = is_lost and life.chance(0.45)
    contact = life.after(known, 9, 30) if life.chance(0.15) else life.after(known, 1, 6)
    for _ in range(life.draw.randint(0, 3)):
        life.happens(ContactTried(on=life.day(known, contact - timedelta(days=1)), way=_way(life)))
    if is_unreached:
        return
    life.happens(ContactMade(on=contact, way=_way(life)))
    if is_lost:
        return
    offered = life.after(contact, 25, 60) if life.chance(0.15) else life.after(contact, 1, 14)
    activity = life.draw.choice(list(Activity))
    life.happens(ActivityOffered(on=offered, activity=activity), life.draw.randint(0, 4))
    if life.chance(0.5):
        programme = life.draw.choice([Programme.FGU, Programme.VOCATIONAL, Programme.TENTH_GRADE])
        life.happens(EducationStarted(on=life.after(offered, 5, 60), programme=programme))
    if life.chance(0.05):
        _handover(life, Matter.GUIDANCE, Party.UU, Party.EDUCATION)


def _placed(life: _Life) -> None:
    """Lives outside the home; a decision on ungestøtte is due half a year before 18."""
    life.born_when(life.until, 14.0, 19.5)
    life.reason, life.basis = StartReason.PLACED, "Barnets lov § 46"
    due_on = months_after(life.born_on, 12 * OF_AGE - 6)
    earliest = max(birthday(life.born_on, 11), life.start - timedelta(days=200))
    placed_on = life.day(earliest, max(earliest, min(life.until, due_on) - timedelta(days=60)))
    life.happens(PlacementStarted(on=placed_on, form=life.draw.choice(list(PlacementForm))))
    if life.chance(0.1):
        life.happens(PlacementEnded(on=life.day(placed_on, max(placed_on, due_on))))
        return
    fate = life.fate(in_time=48, late=17, missing=35)
    if fate == "missing":
        return
    decided_on = life.after(due_on, -150, -5) if fate == "in_time" else life.after(due_on, 10, 120)
    decided_on = max(decided_on, placed_on + timedelta(days=20))
    life.happens(YouthSupportDecided(on=decided_on, granted=life.chance(0.75)), life.draw.randint(0, 6))
    if life.chance(0.5):
        life.happens(ContactMade(on=life.day(life.start, life.until), way=ContactWay.MEETING))


def _milepaelen(life: _Life) -> None:
    """Referred to Milepælen after 18: taken in, forgotten, or handed over to somebody who does not answer."""
    fate = life.fate(taken_in=72, handed_over=14, forgotten=14)
    days_ago = {"taken_in": DAYS - 30, "handed_over": 28, "forgotten": 90}[fate]
    on = life.after(life.until, -days_ago, -1)
    life.born_when(on, 18.2, 27.5)
    life.reason, life.basis = StartReason.CASH_BENEFIT, _LAB
    life.since = life.start if life.chance(0.6) else life.day(life.start, on)
    # Who was grown up at the beginning is the employment service's from the first day.
    by = Party.EMPLOYMENT if life.age(life.since) >= OF_AGE else Party.UU
    purpose = FreeText(life.draw.choice(PURPOSES))
    life.happens(ReferredToMilepaelen(on=on, by=by, purpose=purpose), life.draw.randint(0, 3))
    if fate == "taken_in":
        begun = life.after(on, 8, 25) if life.chance(0.2) else life.after(on, 1, 7)
        life.happens(MilepaelenStarted(on=begun), life.draw.randint(0, 2))
    elif fate == "handed_over":
        sent = life.after(on, 0, 3)
        note = FreeText(life.draw.choice(NOTES))
        life.happens(_sent(life, sent, Matter.INCOME_AND_WORK, by, Party.MILEPAELEN, note))


def _newcomer(life: _Life) -> None:
    """Has come to the country; language first, then school or work."""
    life.is_new = True
    life.born_when(life.until, 15.2, 27.0)
    life.reason = StartReason.NEWCOMER
    came = life.day(life.start, life.until)
    if life.age(came) >= OF_AGE:
        life.basis = "Integrationsloven § 16"
    life.happens(ContactMade(on=life.after(came, 5, 25), way=ContactWay.MEETING))
    if life.chance(0.6):
        programme = Programme.TENTH_GRADE if life.age(came) < OF_AGE else Programme.FGU
        life.happens(EducationStarted(on=life.after(came, 30, 120), programme=programme))
    if life.chance(0.4):
        life.happens(GoalInOwnWords(on=life.after(came, 10, 90), words=FreeText(life.draw.choice(GOALS))))


_COURSES: tuple[tuple[Callable[[_Life], None], int], ...] = (
    (_straight, 52),
    (_break_off, 21),
    (_placed, 10),
    (_milepaelen, 11),
    (_newcomer, 6),
)
"""The ways a life can take, and how many of a hundred take each."""


def _handover(life: _Life, matter: Matter, giver: Party, receiver: Party) -> None:
    """A handover of the last weeks that nobody has answered yet."""
    on = life.after(life.until, -25, -1)
    life.happens(_sent(life, on, matter, giver, receiver, FreeText(life.draw.choice(NOTES))))


def _sent(life: _Life, on: date, matter: Matter, giver: Party, receiver: Party, note: FreeText) -> HandoverSent:
    return HandoverSent(
        on=on,
        handover_id=uuid5(NAMESPACE_OID, f"{life.number}"),  # the import gives it its real one
        matter=matter,
        giver=giver,
        receiver=receiver,
        answer_by=on + timedelta(days=life.draw.choice([7, 14, 21])),
        note=note,
    )


def _programme(life: _Life, on: date) -> Programme:
    """What somebody of that age would be in."""
    if life.age(on) < SCHOOL_LEAVER:
        return life.draw.choice([Programme.LOWER_SECONDARY, Programme.TENTH_GRADE])
    return life.draw.choice([Programme.VOCATIONAL, Programme.GENERAL_UPPER_SECONDARY, Programme.FGU])


def _way(life: _Life) -> ContactWay:
    return life.draw.choice(list(ContactWay))
