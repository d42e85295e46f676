"""The answer key: what was planted, whose it is, where it is to be seen. Written beside the files, never read in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from demo.life import Planted
from demo.lives import Youth, youths
from people.cpr import Cpr

KEY_FILE = "facit.json"


@dataclass(frozen=True, slots=True)
class Answer:
    """One planted failure."""

    number: int
    cpr: Cpr
    planted: Planted

    def as_told(self) -> dict[str, object]:
        """As it stands in the file. The numbers in it are fictional, as those in the files beside it are."""
        return {
            "fejl": self.planted.kind,
            "person": self.number,
            "cpr": self.cpr.digits,
            "lov": self.planted.law or None,
            "regler": list(self.planted.rules),
            "lister": list(self.planted.lists),
            "frist": self.planted.due_on.isoformat(),
        }


def answers_of(youth: Youth) -> Iterator[Answer]:
    """What was planted in one life."""
    return (Answer(youth.number, youth.cpr, planted) for planted in youth.planted)


def answer_key(count: int, seed: int, until: date) -> Iterator[Answer]:
    """Everything that was planted in a municipality of that many young people, in their order."""
    return (answer for youth in youths(count, seed, until) for answer in answers_of(youth))
