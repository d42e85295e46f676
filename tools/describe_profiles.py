"""The text of docs/profiler.md: what each profile reads, in Danish, for whoever sets up an extract."""

from collections.abc import Iterator

from domain.catalogue import BY_CODE
from intake.profile import Kind, Mode, Profile
from intake.profiles import shipped_profiles
from intake.sorts import Sort, columns_of_event

HEAD = """# Profiler, der følger med

Skrevet af `tools/describe.py` ud fra `intake/profiles/`; ret det ikke her. Hvordan filer læses ind, og hvordan I laver
jeres egen profil, står i [intake.md](intake.md).

*Bruger også* er de kolonner, hændelsen læser ud over personen, dagen og id'et; dem i parentes må være tomme. De andre
kolonner er hændelsen ligeglad med. Flere ord for det samme: det første er det, demonstrationen skriver.
"""
_PARTIES = {
    "municipality": "Registret",
    "school": "Skole",
    "uu": "UU",
    "child_social": "Socialområdet: børn og unge (dialekt A også voksne)",
    "adult_social": "Socialområdet: voksne (dialekt B)",
    "employment": "Beskæftigelse",
    "benefits": "Ydelse",
    "health": "Sundhed",
    "milepaelen": "Milepælen",
}
_FIELDS = {
    "cpr": "CPR-nummer",
    "id": "rækkens id",
    "event": "hændelsen, se nedenfor",
    "on": "den dag, det skete",
    "known": "da kommunen fik det at vide; må være tom",
    "first_name": "fornavn",
    "last_name": "efternavn",
    "name": "hele navnet",
    "protected": "adressebeskyttelse; tom er nej",
    "born_on": "fødselsdato, når nummerets egen er usikker; må være tom",
    "reason": "hvorfor personen følges",
    "basis": "lov og paragraf",
    "since": "fra hvilken dag personen følges; ellers den dag, filen læses ind",
}
_SORTS = {
    Sort.CODE: "et ord",
    Sort.CODES: "et eller flere ord med `+` eller `,` imellem",
    Sort.YES_NO: "ja eller nej",
    Sort.DATE: "dato",
    Sort.MOMENT: "klokkeslæt (dansk tid)",
    Sort.NUMBER: "et helt tal",
    Sort.TEXT: "fri tekst, uden CPR-numre",
    Sort.STAFF: "medarbejderens id i kommunens egen fil",
}


def profiles() -> str:
    """The text of docs/profiler.md."""
    parts = [HEAD]
    for party, name in _PARTIES.items():
        parts.append(f"\n## {name}\n")
        parts += ["\n".join(_profile(one)) + "\n" for one in shipped_profiles() if one.party == party]
    return "\n".join(parts)


def _profile(one: Profile) -> Iterator[str]:
    yield f"### `{one.name}` – {one.title}\n"
    yield f"- {_shape(one)}"
    yield f"- skilletegn: {_or(one.delimiter)}; tegnsæt: {_or(one.encoding)}; datoer: {_dates(one)}"
    if one.sheet:
        yield f"- CSV, eller en Excel-mappe med arket “{one.sheet}”"
    yield f"- kendes på overskrifterne {', '.join(f'“{heading}”' for heading in one.required)}"
    if one.kind is Kind.EVENTS and one.mode is Mode.FULL_LIST:
        yield f"- en række kendes igen på {', '.join(_part(one, name) for name in one.identity)}"
    for begun, ended in one.vanished.items():
        yield f"- står “{BY_CODE[begun].title}” der ikke længere, foreslås “{BY_CODE[ended].title}”"
    yield "\n| Kolonne | Indhold |\n|---|---|"
    for heading, name in one.columns.items():
        yield f"| {heading} | {_content(one, name)} |"
    if one.grid:
        yield f"| hver dag (datoen er overskriften) | {_content(one, one.grid.field)} |"
    if one.kind is Kind.EVENTS:
        yield "\n| Hændelse i filen | I Overgang | Bruger også |\n|---|---|---|"
        words = one.values.get("event", {"hver række": one.only_event} if one.event else {"hver celle": one.only_event})
        for word, code in words.items():
            yield f"| {word} | {BY_CODE[str(code)].title} (`{code}`) | {_used(one, str(code))} |"


def _shape(one: Profile) -> str:
    if one.grid:
        return "én række for hver person og én kolonne for hver dag; en tom celle siger intet"
    if one.kind is Kind.PEOPLE:
        return "opretter personer; hele listen hver gang"
    if one.mode is Mode.FULL_LIST:
        return "en liste over, hvordan det er nu; hele listen hver gang"
    return "hver række er en hændelse med sit eget id"


def _or(key: str) -> str:
    return {"auto": "findes af filen selv", "utf-8": "UTF-8", "windows-1252": "Windows-1252"}.get(key, f"`{key}`")


def _dates(one: Profile) -> str:
    return " eller ".join({"iso": "åååå-mm-dd", "dd-mm-yyyy": "dd-mm-åååå"}[form] for form in one.dates)


def _part(one: Profile, name: str) -> str:
    return "hændelsen" if name == "event" else "dagen" if name == "on" and one.grid else f"“{one.heading(name)}”"


def _content(one: Profile, name: str) -> str:
    words = one.values.get(name, {})
    said = ", ".join(f"`{word}`" for word in words) if name != "event" else ""
    if name in _FIELDS:
        return f"{_FIELDS[name]}{': ' + said if said else ''}"
    sorts = sorted({_SORTS[each.sort] for each in one.takes[name]})
    return f"{' eller '.join(sorts)}{': ' + said if said else ''}"


def _used(one: Profile, code: str) -> str:
    used = []
    for name, each in columns_of_event(code).items():
        heading = one.heading(name) if not (one.grid and name == one.grid.field) else "dagens celle"
        used.append(heading if each.needed and not each.is_sender else f"({heading})")
    return ", ".join(used)
