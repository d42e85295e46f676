from pathlib import Path

import pytest

from intake.profiles import shipped_profiles
from intake.reading import look
from intake.recognising import Recognised, makes_people, recognise, shown_name
from intake.report import FileRefused

SOCIAL = "CPR-nummer,HændelsesId,Hændelse,Dato,Anbringelsesform,Bevilget"


def recognised(folder: Path, heading: str, name: str = "fil.csv", encoding: str = "utf-8") -> Recognised:
    path = folder / name
    path.write_bytes(f"{heading}\n".encode(encoding))
    return recognise(path, look(path), shipped_profiles())


def test_a_file_is_known_by_its_heading_whatever_it_is_called(tmp_path: Path) -> None:
    found = recognised(tmp_path, SOCIAL, name="uu.csv", encoding="cp1252")
    assert (found.profile.name, found.delimiter, found.encoding) == ("social-events", ",", "cp1252")


def test_capitals_and_the_order_of_columns_do_not_matter(tmp_path: Path) -> None:
    found = recognised(tmp_path, "dato;HÆNDELSE;hændelsesid; cpr-nummer ;ydelse")
    assert found.profile.name == "benefits-events"


def test_columns_that_are_not_used_are_named(tmp_path: Path) -> None:
    found = recognised(tmp_path, SOCIAL + ",Sagsbehandler,,Modtagt")
    assert found.ignored_columns == ("Sagsbehandler", "Modtagt")


def test_a_misspelt_heading_is_told_what_was_found_and_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refusal:
        recognised(tmp_path, SOCIAL.replace("Bevilget", "Bevilliget").replace("Dato", "Dag"))
    text = str(refusal.value)
    assert "“Bevilliget”" in text
    assert "Den ligner mest “Hændelser fra socialområdet, dialekt A”, men mangler: “Dato”, “Bevilget”." in text


def test_a_heading_like_no_other_is_told_all_that_would_do(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refusal:
        recognised(tmp_path, "Vare;Pris")
    assert "“Vare”, “Pris”" in str(refusal.value)
    assert all(profile.title in str(refusal.value) for profile in shipped_profiles())


def test_a_file_without_a_heading_shows_nothing_of_its_first_row(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refusal:
        recognised(tmp_path, "3102901234;Ida;Testesen;Nej")
    text = str(refusal.value)
    assert "ligner en række med data" in text
    assert not any(word in text for word in ("3102901234", "Ida", "Testesen"))


def test_a_column_that_stands_there_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="“Dato” står der flere gange"):
        recognised(tmp_path, SOCIAL + ",dato")


def test_files_that_make_people_are_told_from_the_others(tmp_path: Path) -> None:
    people = tmp_path / "a.csv"
    people.write_text("CPR-nummer;Fornavn;Efternavn;Adressebeskyttelse;Årsag;Hjemmel\n", "utf-8")
    others = tmp_path / "b.csv"
    others.write_text(SOCIAL, "utf-8")
    profiles = shipped_profiles()
    assert [makes_people(path, profiles) for path in (people, others, tmp_path / "c.csv")] == [True, False, False]


@pytest.mark.parametrize("number", ["3102901234", "310290-1234", "310290_1234"])
def test_a_cpr_number_in_a_file_name_is_covered(number: str) -> None:
    assert shown_name(Path(f"/in/udtræk {number} ny.csv")) == "udtræk ••••••-•••• ny.csv"
