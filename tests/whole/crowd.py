"""Many young people at once, and names as long as can be, for the towns of crowded.py.

How it all came there is not the question: entries are written as they would stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from uuid import UUID, uuid4

from database import Role
from domain.codes import Matter, Party, StartReason
from domain.decisions import start_journey
from domain.events import (
    HandoverSent,
    HandoverTakenOver,
    JourneyEvent,
    MeetingEvent,
)
from domain.text import FreeText, StaffId
from eventlog import Step, journey
from eventlog import meeting as meeting_stream
from people.cpr import fictional
from people.register import NewPerson
from people.staff import Municipality, demo_municipality, read_municipality
from tests.whole.town import BY, NOW, TODAY, Town

METTE = StaffId("mette-vejleder")
BEGUN = date(2024, 8, 1)
ONE_WORD = ("Æbleskovsgårdsnavn" * 12)[:200]
"""As long as a name may be, with no place to break it."""
MANY_WORDS = ("Maria-Louise Østergaard " * 9)[:200].strip()
AT_MILEPAELEN = 300
"""How many are at Milepælen where it is full; those after them wait for it."""


def long_names() -> Municipality:
    """The demonstration's municipality, in which every unit and everybody has a name as long as it may be."""
    found = read_municipality(demo_municipality())

    def named(number: int) -> str:
        # A number in front keeps them apart; the sign-in page and every choice must show them all the same.
        return f"{number} {ONE_WORD if number % 2 else MANY_WORDS}"[:200].strip()

    units = tuple(replace(unit, name=named(number)) for number, unit in enumerate(found.units))
    names = {unit.unit_id: unit.name for unit in units}
    staff = tuple(
        replace(one, name=named(number), unit_name=names[one.unit_id]) for number, one in enumerate(found.staff)
    )
    return replace(found, units=units, staff=staff)


@dataclass
class Crowd:
    """Everybody in the order in which they came. `first` has most of everything."""

    town: Town
    ids: list[UUID] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    cprs: list[str] = field(default_factory=list)
    meeting: UUID = field(default_factory=uuid4)
    step: UUID = field(default_factory=uuid4)
    handover: UUID = field(default_factory=uuid4)
    given: UUID = field(default_factory=uuid4)
    agreed: list[UUID] = field(default_factory=list)
    tried: UUID = field(default_factory=uuid4)
    broke_off: UUID = field(default_factory=uuid4)
    _steps: list[Step] = field(default_factory=list)

    @property
    def first(self) -> str:
        return f"/unge/{self.numbers[0]}"

    @property
    def waiting(self) -> str:
        """Somebody who waits for Milepælen."""
        return f"/unge/{self.numbers[AT_MILEPAELEN]}"

    @property
    def set_aside(self) -> str:
        """A row that was set aside."""
        with self.town.house.db.connection(Role.APPLICATION) as conn:
            row = conn.execute("select row_id from set_aside where resolved_at is null limit 1").fetchone()
        return f"/indlaesning/raekker/{row[0] if row else None}"

    def comes(self, names: Sequence[str], reason: StartReason = StartReason.EDUCATION_NEED) -> None:
        """These begin to be followed; they turn 18 within half a year."""
        born = [date(2008, 11, 25) + timedelta(days=number % 170) for number in range(len(names))]
        cprs = [fictional(born[number], 10 + number // 170) for number in range(len(names))]
        told = [NewPerson(cpr, name, protected=False) for cpr, name in zip(cprs, names, strict=True)]
        with self.town.house.db.connection(Role.APPLICATION) as conn:
            entered = self.town.house.register.register_people(conn, told, NOW)
        self.ids = [one.person_id for one in entered]
        self.numbers = [one.case_number for one in entered]
        self.cprs = [cpr.digits for cpr in cprs]
        for person, born_on in zip(self.ids, born, strict=True):
            begins = partial(start_journey, born_on=born_on, on=BEGUN, reason=reason, basis="KUI-loven § 1")
            self._steps.append(Step(stream=journey(person), decide=begins, known_at=_noon(BEGUN)))

    def happened(self, number: int, *events: JourneyEvent) -> list[UUID]:
        """This happened to the so-manieth, and was known the same day; the ids of the entries."""
        entries = [uuid4() for _ in events]
        self._steps += [
            Step(
                stream=journey(self.ids[number]),
                decide=lambda _, event=event: [event],  # type: ignore[misc]
                known_at=_noon(event.on),
                entry_ids=(entry,),
            )
            for event, entry in zip(events, entries, strict=True)
        ]
        return entries

    def meets(self, meeting: UUID, *events: MeetingEvent) -> None:
        self._steps.append(Step(stream=meeting_stream(meeting), decide=lambda _: list(events)))

    def written(self) -> None:
        """Write down what was told so far."""
        while self._steps:
            now, self._steps = self._steps[:2000], self._steps[2000:]
            self.town.house.log.record_many(now, by=BY, known_at=NOW, recorded_at=NOW)

    def hands_over(self, number: int, giver: Party, receiver: Party, matter: Matter, *, taken: bool = False) -> UUID:
        handover_id = uuid4()
        days = number % 40
        sent = HandoverSent(
            on=TODAY - timedelta(days=20 + days % 9),
            handover_id=handover_id,
            matter=matter,
            giver=giver,
            receiver=receiver,
            answer_by=TODAY + timedelta(days=days - 15),
            note=FreeText("Aftalt med den unge. " + MANY_WORDS),
        )
        self.happened(number, sent)
        if taken:
            self.happened(number, HandoverTakenOver(on=TODAY - timedelta(days=days % 9), handover_id=handover_id))
        return handover_id


def _noon(on: date) -> datetime:
    return datetime.combine(on, time(11), UTC)
