"""An explanation of a deadline in Danish: the same sections on the page, on paper and on the command line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.rule_words import BASES, KINDS, any_of, length, said, starts
from api.sentences import in_words, long_day, many
from api.words import PARTIES, PAUSE_REASONS
from domain.facts import civil_date
from domain.lived import Pause
from domain.obligations import MovedBy, Standing
from domain.rules import Kind
from projections.explained import Explanation, Lapse, Lapsed, ReadingExplained, Skipped, Told


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and what is said under it, a paragraph each."""

    heading: str
    lines: Sequence[str]


def sections(it: Explanation) -> list[Section]:
    """Everything there is to say, in the order in which one asks."""
    rule = it.rule
    found = [
        Section("Sådan står den", [status(it)]),
        Section("Regel", list(_rule(it))),
        Section("Kilde", [rule.source, f"Sikkerhed: {rule.certainty}."]),
        Section("Kommunen siger", [rule.municipal] if rule.municipal else []),
        Section("Det startede den", [told(it.trigger), *_state(it)]),
        *_readings(it),
        Section("Flyttet", [_moved(it, was.was_due_on, was.why) for was in it.moved]),
        Section("På pause", [_pause(one) for one in it.pauses]),
        Section("Kunne den nås?", list(_could_not(it))),
        Section("Hvem har den", [_holds(it)]),
        Section("Det opfylder den", list(_clearing(it))),
        Section("Faldt bort", [_lapsed(it, it.lapsed)] if it.lapsed else []),
        Section("Det er forsøgt", [told(one) for one in it.tried] or ["Der er ikke registreret noget forsøg."]),
        Section("Gør dette", [rule.what_to_do] if it.standing in _STILL else []),
    ]
    return [one for one in found if one.lines]


_STILL = (Standing.OPEN, Standing.OVERDUE, Standing.PAUSED)


def status(it: Explanation) -> str:  # noqa: PLR0911 - one answer per standing
    """How it stands that day, in one sentence."""
    owed, cleared = it.obligation, it.clearing.cleared
    match it.standing:
        case Standing.OVERDUE:
            return f"Fristen var {_due(it)}. Den er overskredet: {_over(it)}."
        case Standing.PAUSED if owed.paused_on is not None:
            return f"Fristen er på pause siden {in_words(owed.paused_on)} og er ikke overskredet."
        case Standing.IN_TIME if cleared:
            in_time = f"inden fristen {_due(it)}" if owed.is_dated else "loven sætter ingen dag"
            return f"Opfyldt {in_words(cleared.on)}, {in_time}."
        case Standing.LATE if cleared:
            return f"Opfyldt {in_words(cleared.on)}, for sent: fristen var {_due(it)}, {_over(it)}."
        case Standing.LAPSED if it.lapsed:
            late = f" Fristen var {_due(it)} og var overskredet: {_over(it)}." if it.days_over else ""
            return f"Faldet bort {in_words(it.lapsed.on)}.{late}"
    if not owed.is_dated:
        return f"Snarest: loven sætter ingen dag. Der spørges til den fra {in_words(owed.due_on)}."
    return f"Fristen er {_due(it)}. Den er ikke overskredet {in_words(it.day)}."


def _due(it: Explanation) -> str:
    return in_words(it.obligation.due_at or it.due_on)


def _over(it: Explanation) -> str:
    return f"{many(it.working_days_over, 'arbejdsdag', 'arbejdsdage')}, {many(it.days_over, 'dag', 'dage')}"


def _rule(it: Explanation) -> Iterator[str]:
    rule = it.rule
    yield f"{rule.id}, version {rule.version}: {rule.title} ({KINDS[rule.kind]})"
    until = f" til {in_words(rule.valid_until)}" if rule.valid_until != date.max else ""
    yield f"Versionen gælder fra {in_words(rule.valid_from)}{until}."
    if rule.kind is Kind.LOCAL:
        yield "Det er kommunens egen regel og ikke en lov."


def told(one: Told) -> str:
    """What happened, with its three times. A time that says nothing new is left out."""
    fields = said(one.said)
    times = [f"skete {in_words(one.at or one.on)}"]
    if one.known_on != one.on:
        times.append(f"kommunen fik det at vide {in_words(one.known_on)}")
    if (recorded_on := civil_date(one.recorded_at)) != one.known_on:
        times.append(f"det blev skrevet ind {in_words(recorded_on)}")
    if one.corrected_at:
        times.append(f"rettet {in_words(civil_date(one.corrected_at))}")
    return f"{one.title}{f' ({fields})' if fields else ''}: {', '.join(times)}."


def _state(it: Explanation) -> Iterator[str]:
    if it.state is None:
        return
    until = f" til {in_words(it.state.until)}" if it.state.until else ""
    began = f"fra {in_words(it.state.began.on)}{until}"
    yield f"Den gælder, så længe dette varer: {it.state.title}, {began}."


def _readings(it: Explanation) -> Iterator[Section]:
    several = len(it.readings) > 1
    for number, reading in enumerate(it.readings, start=1):
        heading = f"Læsning {number} af {len(it.readings)}" if several else "Sådan er den regnet ud"
        yield Section(heading, list(_reading(it, reading, several=several)))


def _reading(it: Explanation, one: ReadingExplained, *, several: bool) -> Iterator[str]:
    reading = one.reading
    basis = "" if reading.soon else f" ({BASES[reading.basis]})"
    if one.start is None or one.due_on is None:
        yield f"{one.label}{basis}. Ikke begyndt: venter på {starts(reading)}."
        return
    if reading.soon:
        yield f"{one.label}. Der spørges til den fra {in_words(one.due_on)}; den kan ikke blive overskredet."
    else:
        first = " – den tidligste, så den gælder" if several and one.is_earliest else ""
        yield f"{one.label}{basis}: {in_words(one.due_at or one.due_on)}{first}."
    began = "; ".join(f"{each.title} {in_words(each.on)}" for each in one.started_by)
    counts = reading.days or one.counts_days
    yield (
        f"Regnet fra {in_words(one.start)}, {began or starts(reading)}:"
        f" {length(reading).rstrip('.')}{', den dag ikke talt med' if counts else ''}."
    )
    yield from _days(one)
    if it.rule.is_of_age and any(moved.why is MovedBy.LAW for moved in it.moved):
        yield f"Dagen lå før reglens version, som binder fra sin egen første dag, {in_words(it.rule.valid_from)}."


def _days(one: ReadingExplained) -> Iterator[str]:
    if one.counts_days:
        yield f"Talte dage: {', '.join(_short(day) for day in one.counted)}."
        yield from _skipped(one)
        yield (
            f"Det er {many(one.working_days, 'arbejdsdag', 'arbejdsdage')} (mandag-fredag) og"
            f" {many(one.weekdays, 'hverdag', 'hverdage')} (mandag-lørdag) uden helligdage."
        )
    elif one.stood_still:
        yield f"Pauser har lagt {many(one.stood_still, 'dag', 'dage')} til."
    elif one.reading.years or one.reading.months:
        wanted = one.start.day if one.start else 0
        if one.due_on and one.due_on.day != wanted and not one.reading.days:
            yield f"Måneden har ingen dag {wanted}, så det er den sidste dag i måneden."


def _skipped(one: ReadingExplained) -> Iterator[str]:
    closed = [f"{_short(each.day)} ({each.name})" for each in one.skipped if each.why is Skipped.CLOSED]
    paused = [_short(each.day) for each in one.skipped if each.why is Skipped.PAUSED]
    weekends = sum(each.why is Skipped.WEEKEND for each in one.skipped)
    said_of = [*closed, *(f"{day} (på pause)" for day in paused)]
    said_of += [many(weekends, "weekenddag", "weekenddage")] if weekends else []
    if said_of:
        yield f"Sprunget over: {', '.join(said_of)}."


def _moved(it: Explanation, was: date, why: MovedBy) -> str:
    reasons: Mapping[MovedBy, str] = {
        MovedBy.CORRECTION: "det, der startede den, er rettet",
        MovedBy.BIRTH_DATE: "fødselsdatoen er rettet",
        MovedBy.PAUSE: "den har været på pause",
        MovedBy.LAW: "en ny version af reglen flyttede alderen",
    }
    return f"Fristen var {in_words(was)} og er nu {in_words(it.due_on)}: {reasons[why]}."


def _pause(pause: Pause) -> str:
    until = f"til {in_words(pause.until)}" if pause.until else "og er det stadig"
    return f"Fra {in_words(pause.since)} {until}: {PAUSE_REASONS[pause.reason]}."


def _could_not(it: Explanation) -> Iterator[str]:
    if it.could_not_be_known:
        yield f"Fristen kunne ikke nås: kommunen fik det først at vide {long_day(it.trigger.known_on)}."


def _holds(it: Explanation) -> str:
    owed = it.obligation
    whom = it.rule.toward or PARTIES[owed.receiver]
    way = f" Fra {PARTIES[owed.giver]} til {whom}." if owed.giver is not owed.receiver or it.rule.toward else ""
    return f"{PARTIES[it.holder]}.{way}"


def _clearing(it: Explanation) -> Iterator[str]:
    clearing = it.clearing
    what = any_of(clearing.conditions)
    if clearing.needed > 1:
        yield f"{clearing.needed} gange {what}: {len(clearing.counted)} af {clearing.needed} er sket."
        yield from (told(one) for one in clearing.counted)
    else:
        yield f"{what}."
        yield from ([told(clearing.cleared)] if clearing.cleared else [])
    if (months := it.rule.counts_months_before) is not None:
        yield f"Det tæller kun, når det er sket højst {many(months, 'måned', 'måneder')} før fristen."
    if it.rule.same:
        yield "Det skal være om det samme som det, der startede fristen."


def _lapsed(it: Explanation, lapsed: Lapsed) -> str:
    by = f" {told(lapsed.by)}" if lapsed.by else ""
    state = it.state.title if it.state else "tilstanden"
    reasons: Mapping[Lapse, str] = {
        Lapse.STATE_ENDED: f"Det varer ikke længere: {state}.",
        Lapse.UNLESS: "Det, der skete, gør den overflødig.",
        Lapse.UNTIL: "Det, der skete, tager grunden til den væk.",
        Lapse.AGE: f"Reglen gælder ikke længere, når den unge fylder {it.rule.ends_at_age} år.",
        Lapse.CLOSED: "Ingen følger den unge i denne sag længere.",
    }
    return f"{in_words(lapsed.on)}: {reasons[lapsed.why]}{by}"


_WEEKDAYS = ("ma.", "ti.", "on.", "to.", "fr.", "lø.", "sø.")


def _short(day: date) -> str:
    return f"{_WEEKDAYS[day.weekday()]} {day.day}.{day.month}"
