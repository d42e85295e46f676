"""A rule in Danish, for the page about the rules: for whom, when, until when, and what the municipality says."""

from collections.abc import Iterator
from datetime import date

from api.rule_words import BASES, any_of, either, starts
from api.sentences import long_day, many
from domain.rules import Became, Condition, Kind, OwnDays, Reading, Rule, State
from projections.preview import Fate

MEANINGS = {
    Kind.HARD: "Loven siger en dato, der kan regnes ud.",
    Kind.DUTY: "Loven siger, at det skal ske. Ved hver dato står, om den er lovens, kommunens eller et forslag.",
    Kind.GUIDE: "En myndighed anbefaler det.",
    Kind.LOCAL: "Kommunen har aftalt det, eller det er et forslag. Det er ikke lov.",
    Kind.DORMANT: "Der regnes ikke efter reglen: den gælder ikke, eller der mangler en oplysning.",
}

COUNTED = {
    Kind.HARD: ("lovfrist", "lovfrister"),
    Kind.DUTY: ("lovpligt", "lovpligter"),
    Kind.GUIDE: ("vejledning", "vejledninger"),
    Kind.LOCAL: ("lokal aftale", "lokale aftaler"),
    Kind.DORMANT: ("ikke i kraft", "ikke i kraft"),
}

BECAME = {Became.NEW: "ny", Became.GONE: "findes ikke længere", Became.CHANGED: "ændret"}

FATES = {
    Fate.BECOMES: "bliver overskredet",
    Fate.DROPS_OFF: "falder væk",
    Fate.MOVES: "får en anden dag eller afdeling",
}

AREAS = {
    "school.toml": "Skole",
    "child.toml": "Børn og familie",
    "transition.toml": "Fra barn til voksen",
    "guidance.toml": "Vejledning, FGU og STU",
    "employment.toml": "Beskæftigelse og ydelse",
    "milepaelen.toml": "Milepælen",
    "newcomers.toml": "Nytilkomne",
}
"""The headings of the shipped files."""

OWN_AREA = "Kommunens egne"


_FIELDS = {
    "year": "år",
    "quarter": "kvartal",
    "measure": "slags støtte",
    "programme": "uddannelse",
    "benefit": "ydelse",
}
"""What must be the same, by the field that holds it."""


def state_in_words(state: State) -> str:
    """What begins and ends it."""
    ends = f" til {any_of(state.ended)}" if state.ended else "; det slutter ikke af sig selv"
    return f"{state.title}: fra {any_of(state.began)}{ends}"


def reading_in_words(reading: Reading) -> str:
    """The date, where it is counted from, and whose it is."""
    if reading.soon:
        return f"{reading.label} – uden dag, så den kan ikke blive overskredet"
    # A birthday, a fixed date and the end of a quarter say themselves where they come from.
    counted = f", regnet fra {starts(reading)}" if reading.can_pause or isinstance(reading.start, Condition) else ""
    if reading.earlier_counts:
        counted += ", også når det er sket før"
    if reading.later:
        counted += ", først efter den dag, det begyndte"
    return f"{reading.label} – {BASES[reading.basis]}{counted}"


def ages_in_words(rule: Rule) -> str:
    """For whom by age, and until when; empty where age does not matter."""
    said = []
    if rule.from_age:
        said.append(f"fra {rule.from_age} år")
    if rule.before_age is not None:
        said.append(f"før {rule.before_age} år")
    said.append(f"tæller ikke længere, når den unge fylder {rule.ends_at_age} år")
    return ", ".join(said)


def starting_in_words(rule: Rule) -> Iterator[str]:
    """What else decides whether it begins, lasts and is shown, a sentence each."""
    if rule.only_after:
        yield f"Kun når dette er sket før: {any_of(rule.only_after)}."
    if rule.unless:
        yield f"Ikke når dette er sket: {any_of(rule.unless)}."
    if rule.until:
        yield f"Bortfalder ved: {any_of(rule.until)}."
    if rule.last_day_counts:
        yield "Tilstandens sidste dag tæller med."
    if rule.due_within_months is not None:
        yield f"Kun når fristen ligger højst {many(rule.due_within_months, 'måned', 'måneder')} efter."
    if rule.once:
        yield "Sker det flere gange med samme frist, er det én pligt."
    if rule.shown_months_before is not None:
        yield f"Vises fra {many(rule.shown_months_before, 'måned', 'måneder')} før fristen."


def clearing_in_words(rule: Rule) -> Iterator[str]:
    """What else decides whether something fulfils it, a sentence each."""
    if rule.same:
        yield f"Det skal handle om det samme: {either([_FIELDS.get(name, name) for name in rule.same], ' og ')}."
    if rule.count > 1:
        yield f"Det skal ske {rule.count} gange."
    if rule.each_clears_one:
        yield "Hver gang opfylder kun én pligt: den, der har ventet længst."
    if rule.earlier_counts:
        yield "Det tæller også, hvis det er sket før."
    if rule.counts_months_before is not None:
        months = many(rule.counts_months_before, "måned", "måneder")
        yield f"Det tæller kun, hvis det sker tidligst {months} før fristen."


def validity_in_words(rule: Rule) -> str:
    """From and until when a case is judged by this version."""
    if rule.kind is Kind.DORMANT:
        return "ikke i kraft"
    if rule.valid_until == date.max:
        return f"fra {long_day(rule.valid_from)}"
    return f"fra {long_day(rule.valid_from)} til og med {long_day(rule.valid_until)}"


def own_days_in_words(own: OwnDays) -> list[str]:
    """The municipality's own closing days, those of every year first."""
    yearly = [f"{long_day(day).rsplit(' ', 1)[0]} hvert år" for day in _in_a_leap_year(own)]
    return yearly + [long_day(day) for day in sorted(own.once)]


def _in_a_leap_year(own: OwnDays) -> list[date]:
    return [date(2024, month, day) for month, day in sorted(own.yearly)]
