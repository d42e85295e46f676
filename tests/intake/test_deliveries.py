from datetime import UTC, date, datetime
from pathlib import Path

from intake import deliveries, size_of
from tests.intake.office import ANE, NOW, PEOPLE, UU, Office, break_off, open_office, person

MILEPAELEN = "CPR-nummer;HændelsesId;Hændelse;Dato"


def test_dated_folders_come_in_the_order_of_their_dates_and_people_first(office: Office) -> None:
    for name in ("2026-01-19/uu.csv", "2026-01-19/z-personer.csv", "2025-12-08/uu.csv", "nyt/uu.csv", "løs.csv"):
        office.put(name, PEOPLE if "personer" in name else UU)
    office.put("2025-12-08/svar.json", "{}")
    office.put(".skjult/uu.csv", UU)
    found = [(each.day, [path.name for path in each.files]) for each in deliveries([office.folder])]
    assert found == [
        (date(2025, 12, 8), ["uu.csv"]),
        (date(2026, 1, 19), ["z-personer.csv", "uu.csv"]),
        (None, ["løs.csv", "uu.csv"]),
    ]
    assert size_of([office.folder]) == sum(
        path.stat().st_size for each in deliveries([office.folder]) for path in each.files
    )


def test_a_demonstration_gets_a_past(office: Office) -> None:
    office.put("2025-12-08/cpr.csv", PEOPLE, person(ANE))
    office.put("2025-12-22/uu.csv", UU, break_off(on="15-12-2025"))
    office.put("2026-11-20/uu.csv", UU, break_off(number="2", on="19-11-2026"))
    assert all(report.is_clean for report in office.take_all())
    stamped = {entry.recorded_at for entry in office.log.after(0)[:-1]}
    assert stamped == {datetime(2025, 12, 8, 6, tzinfo=UTC), datetime(2025, 12, 22, 6, tzinfo=UTC)}
    assert office.log.after(0)[-1].known_at == NOW


def test_a_municipality_gets_no_past(tmp_path: Path) -> None:
    with open_office(tmp_path, demo=False) as office:
        # A number that nobody has yet, long after it was given.
        office.put("2025-12-08/cpr.csv", PEOPLE, person("140357-5001"))
        now = datetime(2075, 6, 1, 12, tzinfo=UTC)
        (report,) = office.take_all(now=now)
        assert report.new == 1
        assert {entry.known_at for entry in office.log.after(0)} == {now}


def test_all_is_as_of_the_time_that_is_given(office: Office) -> None:
    at = datetime(2025, 12, 8, 5, tzinfo=UTC)
    office.put("2025-12-08/cpr.csv", PEOPLE, person(ANE))
    office.take_all(now=at, recorded_at=at)
    assert {entry.recorded_at for entry in office.log.after(0)} == {at}


def test_a_file_that_cannot_be_read_stops_no_other(office: Office) -> None:
    office.put(f"a {ANE}.csv", "Vare;Pris", "1;2")
    office.put("uu.csv", UU, break_off())
    office.put("cpr.csv", PEOPLE, person(ANE))
    refused, people, events = sorted(office.take_all(), key=lambda report: report.file)
    assert refused.refused is not None
    assert ANE not in refused.file + refused.refused
    assert (people.new, events.new) == (1, 1)


def test_a_path_that_is_not_there_is_told_and_stops_no_other(office: Office) -> None:
    office.put("cpr.csv", PEOPLE, person(ANE))
    reports = office.take_all(office.folder / "findes-ikke.csv", office.folder / "cpr.csv")
    assert [report.refused is None for report in reports] == [True, False]


def test_a_column_that_nobody_reads_is_told(office: Office) -> None:
    office.put("cpr.csv", PEOPLE + ";Adresse", person(ANE) + ";Vej 1")
    (report,) = office.take_all()
    assert report.ignored_columns == ("Adresse",)
