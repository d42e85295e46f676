"""What is measured at Milepælen, in Danish: the five factors, the worker's own judgement, and the words of the scale.

The sentences are ours, so that a score means the same to all; a municipality may say them otherwise.
"""

from dataclasses import dataclass

from domain.events.milepaelen import HIGHEST_SCORE, LOWEST_SCORE
from projections.progression import FACTORS


@dataclass(frozen=True, slots=True)
class Factor:
    """Its code is the field of the event; `says` is what the score is about; `short` fits a column."""

    code: str
    name: str
    says: str
    short: str


_SAID = (
    ("Tro på egne evner", "Den unge tror på at kunne klare et job eller en uddannelse.", "Egne evner"),
    ("Helbredsmestring", "Den unge kan klare sin hverdag med det helbred, der er.", "Helbred"),
    ("Arbejdsmarkedsidentitet", "Den unge ved, hvad han eller hun kan bidrage med på en arbejdsplads.", "Arbejde"),
    ("Samarbejde", "Den unge kan arbejde sammen med andre om en opgave.", "Samarbejde"),
    ("Netværk", "Den unge har nogen, der støtter op.", "Netværk"),
    ("Medarbejderens vurdering", "Jeg vurderer, at den unge er på vej mod uddannelse eller job.", "Vurdering"),
)
ALL = tuple(Factor(code, *said) for code, said in zip(FACTORS, _SAID, strict=True))
SCALE = ("slet ikke", "lidt", "noget", "meget", "helt")
SCORES = tuple(
    (str(score), f"{score} – {word}") for score, word in zip(range(LOWEST_SCORE, HIGHEST_SCORE + 1), SCALE, strict=True)
)
"""What can be ticked, with its words."""
