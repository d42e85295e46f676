"""Kinds of files made up for tests: one with every sort of field, a list, and a grid. None of them is shipped."""

from intake.profile import Profile
from intake.profiles import parse, shipped_profiles

_HEAD = """
name = "{name}"
title = "{title}"
source = "{name}"
party = "{party}"
kind = "events"
mode = "{mode}"
sheet = "{sheet}"
delimiter = "auto"
encoding = "auto"
dates = ["dd-mm-yyyy", "iso"]
file_names = ["{name}*"]
"""

EVERYTHING_TOML = (
    _HEAD.format(name="prøve", title="Prøve af alle felter", party="child_social", mode="events", sheet="Hændelser")
    + """
required = ["CPR", "Løbenr", "Type", "Dag"]

[columns]
"CPR" = "cpr"
"Løbenr" = "id"
"Type" = "event"
"Dag" = "on"
"Kl." = "at"
"Akut" = "acute"
"Emner" = "topics"
"Timer" = "hours_per_week"
"Procent" = "percent"
"Kvartal" = "quarter"
"År" = "year"
"Næste" = "next_on"
"Støtte" = "measure"
"Vejleder" = "staff"
"Bemærkning" = "text"
"Modtaget" = "known"

[values.event]
"Underretning" = "concern-received"
"Vurdering" = "concern-assessed"
"Overgang" = "transition-preparation-finished"
"Job" = "job-started"
"Fravær" = "unlawful-absence"
"Samtale" = "talk-held"
"Støtte" = "measure-started"
"Kontakt" = "contact-person-named"

[values.topics]
"Støtte" = "support"
"Uddannelse" = "education"
"Bolig" = "housing"

[values.quarter]
"1. kvt." = 1

[values.measure]
"Aflastning" = "respite-care"

[values.staff]
"MV" = "mette-vejleder"
"""
)

LIST_TOML = (
    _HEAD.format(name="liste", title="Liste over anbragte", party="child_social", mode="full list", sheet="Anbragte")
    + """
identity = ["cpr", "event", "on"]
event = "placement-started"
required = ["CPR-nr.", "Fra", "Sted"]

[columns]
"CPR-nr." = "cpr"
"Fra" = "on"
"Sted" = "form"

[values.form]
"Familie" = "foster-family"
"Hjem" = "children-and-youth-home"

[vanished]
"placement-started" = "placement-ended"
"""
)

SUPPORT_TOML = (
    _HEAD.format(name="støtte", title="Liste over støtte", party="child_social", mode="full list", sheet="Støtte")
    + """
identity = ["cpr", "measure", "on"]
event = "measure-started"
required = ["CPR-nr.", "Fra", "Støtte"]

[columns]
"CPR-nr." = "cpr"
"Fra" = "on"
"Støtte" = "measure"

[values.measure]
"Aflastning" = "respite-care"
"Mentor" = "mentoring"

[vanished]
"measure-started" = "measure-ended"
"""
)

GRID_TOML = (
    _HEAD.format(name="skema", title="Fremmødeskema", party="milepaelen", mode="full list", sheet="Fremmøde")
    + """
shape = "grid"
required = ["CPR-nummer"]

[columns]
"CPR-nummer" = "cpr"

[grid]
event = "attendance-marked"
field = "attendance"

[values.attendance]
"M" = "met"
"Mødt" = "met"
"S" = "sick"
"A" = "agreed-absence"
"U" = "stayed-away"
"""
)

EVERYTHING, LIST, SUPPORT, GRID = (
    parse(text, name)
    for name, text in (
        ("prøve.toml", EVERYTHING_TOML),
        ("liste.toml", LIST_TOML),
        ("støtte.toml", SUPPORT_TOML),
        ("skema.toml", GRID_TOML),
    )
)
PEOPLE_KIND, UU_KIND = (
    next(profile for profile in shipped_profiles() if profile.name == name) for name in ("cpr-extract", "uu-events")
)
OURS: tuple[Profile, ...] = (PEOPLE_KIND, EVERYTHING, LIST, SUPPORT, GRID, UU_KIND)
"""Profiles for an office that knows these kinds and no others."""
