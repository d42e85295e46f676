"""A profile that could never be read as it says is told so when it is loaded, not row by row."""

import pytest

from domain.catalogue import BY_CODE
from intake.profiles import ProfileFault, parse
from intake.sorts import TELLABLE
from tests.intake.kinds import EVERYTHING_TOML, GRID_TOML, LIST_TOML, SUPPORT_TOML


def fault(text: str, before: str, after: str) -> str:
    assert before in text
    with pytest.raises(ProfileFault) as found:
        parse(text.replace(before, after, 1), "vores.toml")
    assert str(found.value).startswith("Profilen vores.toml: ")
    return str(found.value)


@pytest.mark.parametrize(
    ("text", "before", "after", "says"),
    [
        (LIST_TOML, 'event = "placement-started"', 'event = "placement"', "hændelsen “placement” findes ikke"),
        (LIST_TOML, 'event = "placement-started"', 'event = "rules-loaded"', "“rules-loaded” findes ikke"),
        (LIST_TOML, 'event = "placement-started"\n', "", "Sig ét sted, hvad rækkerne fortæller"),
        (EVERYTHING_TOML, "required =", 'event = "job-started"\nrequired =', "Sig ét sted, hvad rækkerne fortæller"),
        (LIST_TOML, '"Sted" = "form"', '"Sted" = "shape"', "peger på feltet “shape”"),
        (LIST_TOML, '"Fra" = "on"\n', "", "columns mangler en kolonne for feltet “on”"),
        (EVERYTHING_TOML, '"Timer" = "hours_per_week"\n', "", "mangler en kolonne for feltet “hours_per_week”"),
        (LIST_TOML, '"Familie" = "foster-family"', '"Familie" = "family"', "values.form.“Familie” skal være en af"),
        (EVERYTHING_TOML, "[values.topics]", "[values.at]", "values.at findes ikke. Brug en af:"),
        (EVERYTHING_TOML, '"1. kvt." = 1', '"1. kvt." = 1.5', "skal være tekst, tal, true eller false"),
        (EVERYTHING_TOML, "[values.measure]", '[values.acute]\n"Ja" = 1\n[values.measure]', "true eller false"),
        (LIST_TOML, 'mode = "full list"', 'mode = "events"', 'identity skal være ["id"]'),
        (LIST_TOML, '"placement-started" = "placement-ended"', '"job-started" = "job-ended"', "filen ikke fortæller"),
        (LIST_TOML, '"placement-ended"', '"placement-over"', "vanished.“placement-started” skal være en af"),
        (LIST_TOML, '"placement-ended"', '"measure-ended"', "“measure-ended” skal også have measure"),
        (LIST_TOML, '"placement-ended"', '"left-school"', "skal også have grade"),
        (LIST_TOML, '"placement-ended"', '"work-placement-ended"', "er en anden slags oplysning"),
        (LIST_TOML, "[vanished]", "[vanished.x]", 'vanished skal være linjer som "placement-started"'),
        (SUPPORT_TOML, '"measure-ended"', '"placement-started"', "skal også have form"),
        (GRID_TOML, 'shape = "grid"\n', "", "shape skal være “grid”, når der er en [grid]"),
        (GRID_TOML, 'shape = "grid"', 'shape = "cube"', "“shape” skal være en af: grid  rows"),
        (GRID_TOML, 'field = "attendance"', 'field = "presence"', "grid.field peger på feltet “presence”"),
        (GRID_TOML, 'field = "attendance"\n', "", "grid skal have netop linjerne “event” og “field”"),
        (GRID_TOML, '"CPR-nummer" = "cpr"', '"CPR-nummer" = "cpr"\n"Dag" = "on"', "columns må ikke have dagen"),
        (GRID_TOML, '"CPR-nummer" = "cpr"', '"CPR-nummer" = "cpr"\n"Dato" = "known"', "overskriften “Dato”"),
        (GRID_TOML, 'mode = "full list"', 'mode = "events"', "mode skal være “full list”, når shape er “grid”"),
        (GRID_TOML, 'shape = "grid"', 'shape = "grid"\nidentity = ["cpr", "on"]', "når shape er “grid”"),
        (GRID_TOML, "[grid]", '[vanished]\n"attendance-marked" = "x"\n[grid]', "en tømt celle foreslår intet"),
        (GRID_TOML, 'sheet = "Fremmøde"', "sheet = 3", "“sheet” skal være tekst"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told(text: str, before: str, after: str, says: str) -> None:
    assert says in fault(text, before, after)


def test_a_list_that_may_vanish_must_be_a_full_list() -> None:
    text = LIST_TOML.replace('identity = ["cpr", "event", "on"]', 'identity = ["id"]')
    text = text.replace('"Sted" = "form"', '"Sted" = "form"\n"Nr" = "id"')
    assert "vanished kan kun bruges, når mode er “full list”" in fault(text, 'mode = "full list"', 'mode = "events"')


def test_a_profile_of_people_tells_of_no_events() -> None:
    from importlib.resources import files

    people = files("intake").joinpath("profiles/cpr-extract.toml").read_text("utf-8")
    for line in ('event = "job-started"', '[vanished]\n"job-started" = "job-ended"'):
        text = f"{people}\n{line}" if line.startswith("[") else f"{line}\n{people}"
        with pytest.raises(ProfileFault, match="kan kun bruges, når kind er “events”"):
            parse(text, "vores.toml")


@pytest.mark.parametrize("code", sorted(TELLABLE))
def test_every_event_can_be_a_file_of_its_own_with_one_line_for_each_field(code: str) -> None:
    """New types of events need a profile, and nothing else."""
    from intake.sorts import Sort, columns_of_event

    wants = columns_of_event(code)
    columns = "".join(f'"{name}" = "{name}"\n' for name in wants)
    values = "".join(
        f'[values.{name}]\n"x" = "{next(iter(each.codes))}"\n'
        for name, each in wants.items()
        if each.sort in (Sort.CODE, Sort.CODES) and each.codes
    )
    party = BY_CODE[code].party
    text = f"""
name = "x"
title = "x"
source = "x"
party = "{party}"
kind = "events"
mode = "full list"
identity = ["cpr", "event", "on"]
event = "{code}"
delimiter = "auto"
encoding = "auto"
dates = ["iso"]
file_names = []
required = ["cpr"]
[columns]
"cpr" = "cpr"
"on" = "on"
{columns}
{values}
"""
    assert parse(text, "x.toml").told == {code}
