"""The rules of the fictional municipality: those that come with the program, and Lemvig's own file."""

from domain.rules import law_file, shipped_rules, together

OWN = "lemvig"


def rules_of_the_municipality() -> str:
    """Everything that counts there, as one text."""
    return shipped_rules() + together([(f"{OWN}.toml", law_file(OWN))])
