"""What is wrong with a profile that no key is wrong about alone. Danish sentences for whoever writes profiles."""

from collections.abc import Iterator, Mapping
from dataclasses import fields

from domain.catalogue import BY_CODE
from domain.codes import StartReason
from intake.days import DATE_FORMS
from intake.profile import DAY, VALUE, Kind, Mode, Profile, Shape, Word
from intake.sorts import TELLABLE, Sort, columns_of_event, fields_of_event

PEOPLE_FIELDS = frozenset(
    {"cpr", "name", "first_name", "last_name", "protected", "born_on", "reason", "basis", "since"}
)
ROW_FIELDS = frozenset({"cpr", "id", "event", "on", "known"})
"""What every row of events may have, whichever event it tells."""

_PEOPLE_CODES: Mapping[str, frozenset[Word]] = {
    "reason": frozenset(StartReason),
    "protected": frozenset({True, False}),
}


def faults(profile: Profile) -> Iterator[str]:
    """Everything that is wrong, one sentence each."""
    yield from _date_faults(profile)
    if profile.kind is Kind.PEOPLE:
        yield from _people_faults(profile)
        return
    known = list(_told_faults(profile))
    yield from known
    if known:
        return  # without knowing the events, nothing else can be said
    yield from _grid_faults(profile)
    yield from _column_faults(profile, ROW_FIELDS | profile.takes.keys(), _needed_of_events(profile))
    yield from _identity_faults(profile)
    yield from _value_faults(profile)
    yield from _vanished_faults(profile)


def _date_faults(profile: Profile) -> Iterator[str]:
    if not profile.dates or not set(profile.dates) <= DATE_FORMS.keys():
        yield f"dates skal være en eller flere af: {', '.join(sorted(DATE_FORMS))}."


def _people_faults(profile: Profile) -> Iterator[str]:
    yield from _column_faults(profile, PEOPLE_FIELDS, frozenset({"cpr", "protected", "reason", "basis"}))
    columns = set(profile.columns.values())
    if profile.mode is not Mode.FULL_LIST:
        yield "mode skal være “full list”, når kind er “people”."
    if "name" not in columns and not {"first_name", "last_name"} <= columns:
        yield "columns mangler navnet."
    for name, words in profile.values.items():
        if name not in _PEOPLE_CODES:
            yield f"values.{name} findes ikke. Brug en af: {', '.join(sorted(_PEOPLE_CODES))}."
            continue
        yield from _word_faults(name, words, _PEOPLE_CODES[name])
    for key in ("event", "grid", "vanished"):
        if getattr(profile, key):
            yield f"{key} kan kun bruges, når kind er “events”."


def _told_faults(profile: Profile) -> Iterator[str]:
    words = profile.values.get("event")
    if sum(map(bool, (profile.event, profile.grid, words))) != 1:
        yield "Sig ét sted, hvad rækkerne fortæller: enten event, [grid] eller [values.event]."
    if (profile.shape is Shape.GRID) != (profile.grid is not None):
        yield "shape skal være “grid”, når der er en [grid], og kun da."
    if words:
        yield from _word_faults("event", words, TELLABLE)
    elif profile.only_event and profile.only_event not in TELLABLE:
        yield f"hændelsen “{profile.only_event}” findes ikke. Brug en af: {', '.join(sorted(TELLABLE))}."


def _column_faults(profile: Profile, known: frozenset[str], needed: frozenset[str]) -> Iterator[str]:
    columns = list(profile.columns.values())
    for heading, name in profile.columns.items():
        if name not in known:
            yield (
                f"columns.“{heading}” peger på feltet “{name}”, som ikke findes for {profile.kind} som disse. "
                f"Brug et af: {', '.join(sorted(known))}."
            )
        if columns.count(name) > 1:
            yield f"columns peger flere gange på feltet “{name}”."
    for name in sorted(needed - set(columns)):
        yield f"columns mangler en kolonne for feltet “{name}”."
    for heading in profile.required:
        if heading not in profile.columns:
            yield f"required nævner “{heading}”, som ikke står i columns."


def _needed_of_events(profile: Profile) -> frozenset[str]:
    """The columns without which some event of the file could never be read."""
    always = {"cpr"} if profile.grid else {"cpr", "on"} if profile.event else {"cpr", "on", "event"}
    for code in profile.told:
        always |= {name for name, each in columns_of_event(code).items() if each.needed and not each.is_sender}
    return frozenset(always - {profile.grid.field if profile.grid else ""})


def _identity_faults(profile: Profile) -> Iterator[str]:
    there = {*profile.columns.values(), "event"} | ({"on"} if profile.grid else set())
    for name in profile.identity:
        if name not in there:
            yield f"identity nævner feltet “{name}”, som columns ikke har."
    if not profile.identity:
        yield "identity må ikke være tom; uden den kan rækker ikke genkendes."
    if profile.mode is Mode.EVENTS and profile.identity != ("id",):
        yield 'identity skal være ["id"], når mode er “events”.'


def _value_faults(profile: Profile) -> Iterator[str]:
    taken = profile.takes
    for name, words in profile.values.items():
        if name == "event":
            continue
        sorts = {each.sort for each in taken.get(name, ())} - {Sort.TEXT, Sort.DATE, Sort.MOMENT}
        if not sorts:
            named = sorted(each for each, wants in taken.items() if any(one.sort in _WITH_WORDS for one in wants))
            yield f"values.{name} findes ikke. Brug en af: {', '.join(named)}."
            continue
        codes: set[Word] = {code for each in taken[name] for code in each.codes or ()}
        if Sort.YES_NO in sorts:
            codes |= {True, False}
        if not sorts & {Sort.NUMBER, Sort.STAFF}:
            yield from _word_faults(name, words, frozenset(codes))


def _grid_faults(profile: Profile) -> Iterator[str]:
    if profile.grid is None:
        return
    takes = columns_of_event(profile.grid.event)
    if profile.grid.field not in takes:
        yield f"grid.field peger på feltet “{profile.grid.field}”. Brug et af: {', '.join(sorted(takes))}."
    if {"on", "event", "id", profile.grid.field} & set(profile.columns.values()):
        yield "columns må ikke have dagen, hændelsen eller grid.field, når shape er “grid”; de står i cellerne."
    for heading in {DAY, VALUE} & profile.columns.keys():
        yield f"columns må ikke bruge overskriften “{heading}”, når shape er “grid”."
    if profile.mode is not Mode.FULL_LIST:
        yield "mode skal være “full list”, når shape er “grid”."
    if profile.identity != ("cpr", "event", "on"):
        yield 'identity skal være ["cpr", "event", "on"], når shape er “grid”.'
    if profile.vanished:
        yield "vanished kan ikke bruges, når shape er “grid”: en tømt celle foreslår intet."


def _vanished_faults(profile: Profile) -> Iterator[str]:
    if profile.vanished and profile.mode is not Mode.FULL_LIST:
        yield "vanished kan kun bruges, når mode er “full list”: ellers siger det intet, at en række mangler."
    for code, end in profile.vanished.items():
        if code not in profile.told:
            yield f"vanished nævner “{code}”, som filen ikke fortæller om."
        elif end not in TELLABLE:
            yield f"vanished.“{code}” skal være en af: {', '.join(sorted(TELLABLE))}."
        elif missing := _not_known_from(code, end):
            yield f"vanished.“{code}”: “{end}” skal også have {', '.join(missing)}, og det ved rækken ikke."
        elif BY_CODE[end].data_class is not BY_CODE[code].data_class:
            yield f"vanished.“{code}”: “{end}” er en anden slags oplysning."


def _not_known_from(code: str, end: str) -> list[str]:
    """What the end needs and the beginning does not tell."""
    told = fields_of_event(BY_CODE[code].type)
    same = {name for name, each in told.items() if fields_of_event(BY_CODE[end].type).get(name) == each}
    needed = {each.name for each in fields(BY_CODE[end].type) if each.name != "on"}
    optional = {name for name, each in fields_of_event(BY_CODE[end].type).items() if not each.needed}
    return sorted(needed - same - optional)


def _word_faults(name: str, words: Mapping[str, Word], codes: frozenset[Word]) -> Iterator[str]:
    plain = codes <= {True, False}
    for word, code in words.items():
        # True == 1 in Python, so a number would pass for a yes.
        if code not in codes or isinstance(code, bool) != plain:
            known = "true eller false" if plain else f"en af: {', '.join(sorted(map(str, codes)))}"
            yield f"values.{name}.“{word}” skal være {known}."


_WITH_WORDS = frozenset({Sort.CODE, Sort.CODES, Sort.YES_NO, Sort.NUMBER, Sort.STAFF})
