from importlib.resources import files
from pathlib import Path

import pytest

from domain.codes import Programme
from intake.profiles import Kind, ProfileFault, parse, read_profiles, shipped_profiles

UU = files("intake").joinpath("profiles/uu-events.toml").read_text("utf-8")
CPR = files("intake").joinpath("profiles/cpr-extract.toml").read_text("utf-8")


def test_the_shipped_profiles_are_read_people_first() -> None:
    kinds = [profile.kind for profile in shipped_profiles()]
    assert kinds == sorted(kinds, key=lambda kind: kind is not Kind.PEOPLE)
    assert kinds.count(Kind.PEOPLE) > 1


def test_every_code_has_a_word_in_the_profile_that_uses_it() -> None:
    profile = parse(UU, "uu-events.toml")
    assert set(profile.values["programme"].values()) == set(Programme)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('kind = "events"', 'kind = "events"\nspeed = 3', "“speed” findes ikke"),
        ('source = "uu"', "", "“source” mangler"),
        ('source = "uu"', "source = 3", "“source” skal være tekst"),
        ('kind = "events"', 'kind = "things"', "“kind” skal være en af"),
        ('delimiter = "auto"', 'delimiter = "|"', "“delimiter” skal være en af"),
        ('encoding = "auto"', 'encoding = "ebcdic"', "“encoding” skal være en af"),
        ('dates = ["dd-mm-yyyy", "iso"]', 'dates = ["mm-dd-yyyy"]', "dates skal være"),
        ('dates = ["dd-mm-yyyy", "iso"]', "dates = []", "dates skal være"),
        ('"Dato" = "on"', '"Dato" = "when"', "columns.“Dato” peger på feltet “when”"),
        ('"Dato" = "on"', '"Dato" = "known"', "flere gange på feltet “known”"),
        ('"HændelsesId" = "id"\n', "", "required nævner “HændelsesId”"),
        ('"Telefon" = "phone"', '"Telefon" = "telephone"', "values.way.“Telefon” skal være en af"),
        ('"Afbrud meldt" = "told-of-break-off"', '"X" = "rules-loaded"', "values.event.“X” skal være en af"),
        ("[values.way]", "[values.colour]", "values.colour findes ikke"),
        ('mode = "events"', 'mode = "full list"\nidentity = ["colour"]', "identity nævner feltet “colour”"),
        ('mode = "events"', 'mode = "events"\nidentity = ["cpr", "on"]', 'identity skal være ["id"]'),
        ('mode = "events"', 'mode = "full list"\nidentity = []', "identity må ikke være tom"),
        ("[values.way]", "[values.way", "kan ikke læses som TOML"),
    ],
)
def test_a_profile_is_read_strictly_and_says_file_and_key(before: str, after: str, says: str) -> None:
    assert before in UU
    with pytest.raises(ProfileFault) as fault:
        parse(UU.replace(before, after, 1), "vores.toml")
    assert "Profilen vores.toml" in str(fault.value)
    assert says in str(fault.value)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('mode = "full list"', 'mode = "events"', "mode skal være “full list”"),
        ('"Fornavn" = "first_name"', "", "required nævner “Fornavn”"),
        ('"Hjemmel" = "basis"', "", "mangler en kolonne for feltet “basis”"),
        ('"Ja" = true', '"Ja" = "yes"', "skal være true eller false"),
    ],
)
def test_a_people_profile_must_say_who_why_and_on_what_basis(before: str, after: str, says: str) -> None:
    with pytest.raises(ProfileFault, match=says):
        parse(CPR.replace(before, after, 1), "vores.toml")


def test_a_municipalitys_own_profile_takes_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "uu.toml").write_text(
        UU.replace('title = "Hændelser fra UU, dialekt A"', 'title = "Vores UU"'), "utf-8"
    )
    profiles = read_profiles(tmp_path)
    assert len(profiles) == len(shipped_profiles())
    assert [profile.title for profile in profiles if profile.name == "uu-events"] == ["Vores UU"]
    assert profiles[0].kind is Kind.PEOPLE
