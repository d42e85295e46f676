"""A Milepælen with people in it, in the town: who is there, who waits, who has stayed away.

It has been open since 2026 began.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

from domain.choices import Attendance
from domain.codes import Matter, Party
from domain.decisions import record_fact, send_handover, set_goal, set_sub_goal
from domain.events import (
    AttendanceMarked,
    JourneyEvent,
    MilepaelenStarted,
    ProgressionMeasured,
    ReferredToMilepaelen,
    TalkHeld,
)
from domain.text import FreeText
from tests.whole.town import TODAY, Town, town

BEGUN = date(2026, 1, 5)
LONG = "Maria-Louise " + "Aleksandra-Østergaard " * 8 + "Prøvesen"
FIRST = ("Anton", "Berta", "Carl", "Dagmar", "Erik", "Freja", "Gorm", "Helle", "Ib", "Jette", "Karl", "Lise")
LAST = ("Fiktivholm", "Demogaard", "Eksempelsen", "Testesen", "Prøvesen")


@dataclass(frozen=True)
class Milepaelen:
    """The town, seen from here."""

    town: Town

    @property
    def address(self) -> str:
        return self.town.address

    @property
    def numbers(self) -> dict[str, str]:
        """The case numbers by name."""
        return self.town.numbers

    def settled(self) -> None:
        """Wait until the lists have everything that was told."""
        self.town.settled()

    def young(self, name: str, *events: JourneyEvent) -> None:
        """Somebody who is followed, and to whom this has happened."""
        self.town.young(name, *events, born_on=date(2006, 3, 1), started_on=BEGUN)

    def there(self, count: int) -> None:
        """So many who have begun; the first ones have goals, talks and measurements."""
        for number in range(count):
            name = LONG if number == 2 else f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}"
            self.young(name, MilepaelenStarted(on=BEGUN + timedelta(days=number)))
            if number < 3:
                self._lives(name)

    def waits(self, name: str, *, handover: bool = True) -> None:
        """Somebody whom Beskæftigelse has referred, with a handover or without."""
        on = TODAY - timedelta(days=4)
        self.young(name, ReferredToMilepaelen(on=on, by=Party.EMPLOYMENT, purpose=FreeText("At komme op om morgenen.")))
        if handover:
            decide = partial(
                send_handover,
                handover_id=uuid4(),
                matter=Matter.INCOME_AND_WORK,
                giver=Party.EMPLOYMENT,
                receiver=Party.MILEPAELEN,
                answer_by=TODAY + timedelta(days=3),
                note=FreeText("Vil gerne arbejde med dyr og er bange for store hold."),
                on=on,
            )
            self.town.decides(name, on, decide)

    def stayed_away(self, name: str, *days: date) -> None:
        for day in days:
            self._happened(name, AttendanceMarked(on=day, attendance=Attendance.STAYED_AWAY))

    def _lives(self, name: str) -> None:
        goal = uuid4()
        words = FreeText("Jeg vil være gartner.")
        self.town.decides(name, BEGUN, partial(set_goal, goal_id=goal, words=words, on=BEGUN))
        step = partial(set_sub_goal, goal_id=uuid4(), part_of=goal, words=FreeText("Komme tre dage."), on=BEGUN)
        self.town.decides(name, BEGUN, step)
        agreed = FreeText("Besøge planteskolen.")
        self._happened(name, TalkHeld(on=TODAY - timedelta(days=7), next_on=TODAY, agreed=agreed))
        for day, score in ((date(2026, 2, 2), 2), (date(2026, 5, 4), 3), (date(2026, 8, 3), 4)):
            measured = ProgressionMeasured(
                on=day,
                belief_in_own_ability=score,
                health_mastery=3,
                labour_market_identity=score - 1,
                cooperation=5 - score,
                network=score,
                own_judgement=score,
            )
            self._happened(name, measured)

    def _happened(self, name: str, event: JourneyEvent) -> None:
        self.town.decides(name, event.on, partial(record_fact, event=event, today=TODAY))


@contextmanager
def milepaelen(folder: Path) -> Iterator[Milepaelen]:
    """The program with nobody in it yet, serving."""
    with town(folder) as made:
        yield Milepaelen(made)
