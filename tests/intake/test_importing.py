from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import intake.batches
import intake.importing
from domain.codes import Matter, Party, Programme, StartReason
from domain.events import (
    BirthDateCorrected,
    ContactMade,
    GoalInOwnWords,
    HandoverSent,
    JourneyStarted,
    ReferredToMilepaelen,
    ResponsibilityEstablished,
    SocialReasonGiven,
    ToldOfBreakOff,
)
from eventlog import ActorKind
from intake import FileRefused, Report
from intake.aside import person_key, waiting_rows
from intake.profiles import shipped_profiles
from people.cpr import CprKind, fictional
from tests.intake.office import ANE, BO, NOW, PEOPLE, STRANGER, TODAY, UU, Office, break_off, open_office, person, told

UNKNOWN = {"unknown-person"}


def wrong(report: Report) -> list[tuple[int, str, str]]:
    assert report.adds_up
    return [(each.line, each.column, each.reason) for each in report.set_aside]


def counts(report: Report) -> tuple[int, int, int, int]:
    assert report.adds_up
    return (report.new, report.unchanged, report.corrected, len(report.set_aside))


# People


def test_a_cpr_extract_is_what_begins_a_journey(office: Office) -> None:
    report = office.take(office.put("cpr.csv", PEOPLE, person(ANE, reason="Anbragt", basis="Barnets lov § 46")))
    assert counts(report) == (1, 0, 0, 0)
    assert (report.people_new, report.entries) == (1, 6)
    (started,) = office.events(JourneyStarted)
    assert started == JourneyStarted(on=TODAY, born_on=date(2009, 3, 14))
    (why,) = office.events(SocialReasonGiven)
    assert why == SocialReasonGiven(on=TODAY, reason=StartReason.PLACED, basis="Barnets lov § 46")


def test_a_journey_may_have_begun_before_the_file_came(office: Office) -> None:
    office.take(office.put("cpr.csv", PEOPLE, person(ANE, since="01-09-2024")))
    assert [event.on for event in office.events(JourneyStarted)] == [date(2024, 9, 1)]


def test_nobody_is_registered_without_a_reason_and_a_legal_basis(office: Office) -> None:
    report = office.take(office.put("cpr.csv", PEOPLE, person(ANE, reason=""), person(BO, basis=" ")))
    assert wrong(report) == [(2, "Årsag", "cell-missing"), (3, "Hjemmel", "cell-missing")]
    assert office.rows("select count(*) from person") == [(0,)]
    assert office.log.position() == 0


@pytest.mark.parametrize(("born_on", "reason"), [(date(2020, 1, 1), "too-young"), (date(1990, 1, 1), "too-old")])
def test_those_who_may_not_be_followed_do_not_get_into_the_register(office: Office, born_on: date, reason: str) -> None:
    cpr = fictional(born_on, 1).digits
    assert wrong(office.take(office.put("cpr.csv", PEOPLE, person(cpr)))) == [(2, "", reason)]
    assert office.rows("select count(*) from person") == [(0,)]


def test_a_new_name_is_a_correction_and_the_same_once_more_is_nothing(office: Office) -> None:
    office.knows(ANE)
    report = office.take(office.put("cpr.csv", PEOPLE, person(ANE, last="Prøvesen")))
    assert counts(report) == (0, 0, 1, 0)
    assert (report.people_renamed, report.people_new, report.entries) == (1, 0, 0)
    again = office.take(office.put("cpr2.csv", PEOPLE, person(ANE, last="Prøvesen"), ""))
    assert counts(again) == (0, 1, 0, 0)


def test_the_birth_date_of_a_replacement_number_is_the_one_in_the_file(office: Office) -> None:
    cpr = fictional(date(2009, 3, 14), 1, CprKind.REPLACEMENT).digits
    office.take(office.put("cpr.csv", PEOPLE, person(cpr, born="01-01-2009")))
    report = office.take(office.put("cpr2.csv", PEOPLE, person(cpr, born="24-12-2008")))
    assert counts(report) == (0, 0, 1, 0)
    assert [event.born_on for event in office.events(JourneyStarted)] == [date(2009, 1, 1)]
    assert office.events(BirthDateCorrected) == [BirthDateCorrected(on=TODAY, born_on=date(2008, 12, 24))]


def test_the_same_person_twice_in_a_file_is_one_person(office: Office) -> None:
    report = office.take(office.put("cpr.csv", PEOPLE, person(ANE), person(ANE), person(BO)))
    assert counts(report) == (2, 1, 0, 0)
    assert report.people_new == 2


def test_a_name_that_cannot_be_one_is_set_aside(office: Office) -> None:
    report = office.take(office.put("cpr.csv", PEOPLE, person(ANE, last="x" * 300)))
    assert wrong(report) == [(2, "Efternavn", "name-wrong")]


# Events


def test_a_row_becomes_an_event_with_all_its_times(office: Office) -> None:
    office.knows(ANE)
    report = office.take(office.put("uu.csv", UU, break_off(on="02-11-2026", known="05-11-2026")))
    assert counts(report) == (1, 0, 0, 0)
    entry = office.log.after(0)[-1]
    assert entry.event == ToldOfBreakOff(on=date(2026, 11, 2), programme=Programme.FGU)
    assert entry.known_at == datetime(2026, 11, 5, 11, tzinfo=UTC)
    assert (entry.actor.kind, entry.actor.id) == (ActorKind.IMPORT, "uu-events")
    assert entry.caused_by in {delivery for (delivery,) in office.rows("select delivery_id from delivery")}


def test_what_was_received_when_is_now_unless_the_row_says(office: Office) -> None:
    office.knows(ANE)
    office.take(office.put("uu.csv", UU, break_off()))
    assert office.log.after(0)[-1].known_at == NOW


def test_every_kind_of_event_that_the_uu_exports_is_kept(office: Office) -> None:
    office.knows(ANE)
    on = "02-11-2026"
    rows = [
        break_off(),
        told(ANE, "2", "Kontakt forsøgt", on, way="SMS"),
        told(ANE, "3", "Kontakt opnået", on, way="Besøg"),
        told(ANE, "4", "Aktivitet tilbudt", on, activity="Praktik"),
        told(ANE, "5", "Uddannelse begyndt", on, programme="10. klasse"),
        told(ANE, "6", "Henvist til Milepælen", on, text="Struktur", by="Beskæftigelse"),
        told(ANE, "7", "Mål med egne ord", on, text="Jeg vil være kok"),
    ]
    assert counts(office.take(office.put("uu.csv", UU, *rows))) == (7, 0, 0, 0)
    assert [event.by for event in office.events(ReferredToMilepaelen)] == [Party.EMPLOYMENT]
    assert [event.words for event in office.events(GoalInOwnWords)] == ["Jeg vil være kok"]


def test_the_social_departments_dialect_is_read_too(office: Office) -> None:
    office.knows(ANE)
    path = office.put(
        "social.csv",
        "CPR-nummer,HændelsesId,Hændelse,Dato,Modtaget,Anbringelsesform,Bevilget",
        f"{ANE},1,Anbringelse begyndt,2026-01-05,2026-01-06,Døgninstitution,",
        f"{ANE},2,Ungestøtte afgjort,2026-06-05,2026-06-05T09:30,,Nej",
        f"{ANE},3,Anbringelse ophørt,2026-06-06,,,",
        encoding="cp1252",
        end="\n",
    )
    assert counts(office.take(path)) == (3, 0, 0, 0)
    assert office.log.after(0)[-2].known_at == datetime(2026, 6, 5, 7, 30, tzinfo=UTC)


def test_a_handover_is_sent_by_whoever_holds_the_matter(office: Office) -> None:
    office.knows(ANE)
    row = told(
        ANE,
        "H1",
        "Overlevering sendt",
        "02-11-2026",
        receiver="Uddannelsessted",
        matter="Vejledning",
        answer_by="16-11-2026",
        text="=SUM(A1) Ring først",
    )
    assert counts(office.take(office.put("uu.csv", UU, row))) == (1, 0, 0, 0)
    (sent,) = office.events(HandoverSent)
    assert (sent.giver, sent.receiver, sent.note) == (Party.UU, Party.EDUCATION, "=SUM(A1) Ring først")
    later = row.replace("16-11-2026", "20-11-2026")
    assert counts(office.take(office.put("uu2.csv", UU, later))) == (0, 0, 1, 0)
    first, corrected = office.events(HandoverSent)
    assert corrected.handover_id == first.handover_id
    assert corrected.answer_by == date(2026, 11, 20)
    assert counts(office.take(office.put("uu3.csv", UU, later, ""))) == (0, 1, 0, 0)


def test_a_matter_that_nobody_holds_is_first_established_with_the_giver(office: Office) -> None:
    office.knows(ANE)
    row = told(
        ANE, "H1", "Overlevering sendt", "02-11-2026",
        receiver="Milepælen", matter="Indkomst og arbejde", answer_by="16-11-2026", text="Tak",
    )  # fmt: skip
    report = office.take(office.put("uu.csv", UU, row))
    assert (counts(report), report.entries) == ((1, 0, 0, 0), 2)
    established, sent = office.events()[-2:]
    assert established == ResponsibilityEstablished(
        on=date(2026, 11, 2), matter=Matter.INCOME_AND_WORK, holder=Party.UU
    )
    assert isinstance(sent, HandoverSent)


def test_a_handover_that_must_not_happen_leaves_nothing_behind(office: Office) -> None:
    office.knows(ANE)
    before = office.log.position()
    cells = {"matter": "Skolegang", "answer_by": "16-11-2026", "text": "Tak"}
    later = cells | {"answer_by": "30-11-2026"}
    rows = [
        told(ANE, "1", "Overlevering sendt", "02-11-2026", receiver="Milepælen", **cells),
        told(ANE, "2", "Overlevering sendt", "02-11-2026", receiver="UU", **cells),
        told(ANE, "3", "Overlevering sendt", "17-11-2026", receiver="Skole", **cells),
        told(ANE, "4", "Overlevering sendt", "21-11-2026", receiver="Milepælen", **later),
    ]  # fmt: skip
    assert wrong(office.take(office.put("uu.csv", UU, *rows))) == [
        (2, "", "not-the-holder"),
        (3, "", "same-party"),
        (4, "Svarfrist", "answer-before-sending"),
        (5, "", "in-the-future"),
    ]
    assert office.log.position() == before


def test_events_before_birth_and_in_the_future_are_set_aside(office: Office) -> None:
    office.knows(ANE)
    rows = [break_off(on="13-03-2009"), break_off(number="2", on="21-11-2026")]
    assert wrong(office.take(office.put("uu.csv", UU, *rows))) == [(2, "", "before-birth"), (3, "", "in-the-future")]


def test_a_row_without_what_its_event_needs_names_the_column(office: Office) -> None:
    office.knows(ANE)
    rows = [
        break_off(programme=""),
        told(ANE, "2", "Kontakt opnået", "02-11-2026", way="Røgsignal"),
        told(ANE, "3", "Mål med egne ord", "02-11-2026"),
        told(ANE, "", "Kontakt opnået", "02-11-2026", way="SMS"),
        told("123", "5", "Kontakt opnået", "02-11-2026", way="SMS"),
    ]
    report = office.take(office.put("uu.csv", UU, *rows))
    assert wrong(report) == [
        (2, "Uddannelse", "cell-missing"),
        (3, "Måde", "unknown-word"),
        (4, "Bemærkning", "cell-missing"),
        (5, "HændelsesId", "cell-missing"),
        (6, "CPR-nummer", "cpr-wrong"),
    ]
    assert (
        report.set_aside[1]
        .in_file(report.file)
        .startswith("uu.csv, linje 3, kolonnen “Måde”: Ordet i feltet kendes ikke.")
    )


# Again, and changed


def test_importing_again_adds_nothing_and_sets_nothing_aside_twice(office: Office) -> None:
    people = office.put("cpr.csv", PEOPLE, person(ANE), person(BO, reason="Fordi"))
    events = office.put("uu.csv", UU, break_off(), break_off(number="2", on="31-02-2026"), break_off(STRANGER, "3"))
    office.take(people)
    first = office.take(events)
    position, aside = office.log.position(), office.rows("select count(*) from set_aside")
    assert counts(office.take(people)) == (0, 1, 0, 1)
    again = office.take(events)
    assert counts(again) == (0, 1, 0, 2)
    assert (wrong(again), again.entries) == (wrong(first), 0)
    assert [each.known for each in first.set_aside] == [False, False]
    assert [each.known for each in again.set_aside] == [True, True]
    assert (office.log.position(), office.rows("select count(*) from set_aside")) == (position, aside)


def test_a_larger_file_with_the_same_rows_adds_only_what_is_new(office: Office) -> None:
    office.knows(ANE)
    office.take(office.put("uu.csv", UU, break_off()))
    report = office.take(office.put("uu2.csv", UU, break_off(), break_off(number="2"), end="\n"))
    assert counts(report) == (1, 1, 0, 0)


def test_a_changed_row_of_the_same_id_corrects_the_first(office: Office) -> None:
    office.knows(ANE)
    office.take(office.put("uu.csv", UU, break_off(on="02-11-2026")))
    report = office.take(office.put("uu2.csv", UU, break_off(on="03-11-2026")))
    assert counts(report) == (0, 0, 1, 0)
    first, second = office.log.after(0)[-2:]
    assert second.about == first.entry_id
    assert second.event == ToldOfBreakOff(on=date(2026, 11, 3), programme=Programme.FGU)


def test_an_old_file_read_once_more_does_not_undo_a_newer_one(office: Office) -> None:
    office.knows(ANE)
    old = office.put("uu.csv", UU, break_off(on="02-11-2026"))
    office.take(old)
    office.take(office.put("uu2.csv", UU, break_off(on="03-11-2026")))
    position = office.log.position()
    assert counts(office.take(old)) == (0, 1, 0, 0)
    assert office.log.position() == position


def test_an_id_delivered_for_somebody_else_is_set_aside(office: Office) -> None:
    office.knows(ANE, BO)
    office.take(office.put("uu.csv", UU, break_off(ANE)))
    report = office.take(office.put("uu2.csv", UU, break_off(BO, on="03-11-2026")))
    assert wrong(report) == [(2, "", "delivered-for-another")]


def test_the_rows_of_people_who_come_later_are_tried_again(office: Office) -> None:
    events = office.put("a-uu.csv", UU, break_off(STRANGER, "1"), break_off(STRANGER, "2", on="31-02-2026"))
    assert wrong(office.take(events)) == [(2, "CPR-nummer", "unknown-person"), (3, "Dato", "no-such-date")]
    people, again = office.take_all(office.put("cpr.csv", PEOPLE, person(STRANGER)))
    assert counts(people) == (1, 0, 0, 0)
    assert (again.again, counts(again)) == (True, (1, 0, 0, 0))
    assert len(office.events(ToldOfBreakOff)) == 1
    assert office.rows("select reason from set_aside where resolved_at is null") == [("no-such-date",)]
    assert counts(office.take(events)) == (0, 1, 0, 1)


def test_a_row_put_right_under_its_id_resolves_the_wrong_one(office: Office) -> None:
    office.knows(ANE)
    office.take(office.put("uu.csv", UU, break_off(on="31-02-2026")))
    assert office.rows("select resolved_at from set_aside") == [(None,)]
    assert counts(office.take(office.put("uu2.csv", UU, break_off(on="01-03-2026")))) == (1, 0, 0, 0)
    assert office.rows("select resolved_at from set_aside") == [(NOW,)]


def test_a_wrong_row_is_not_resolved_by_an_older_one_of_the_same_id(office: Office) -> None:
    office.knows(ANE)
    office.take(office.put("uu.csv", UU, break_off(STRANGER, "9")))
    office.take(office.put("uu2.csv", UU, break_off(on="01-03-2026"), break_off(on="31-02-2026")))
    assert office.rows("select resolved_at from set_aside") == [(None,), (None,)]


def test_the_same_wrong_row_is_set_aside_once_whatever_ends_its_line(office: Office) -> None:
    for name, end in (("uu.csv", "\r\n"), ("uu2.csv", "\n")):
        assert wrong(office.take(office.put(name, UU, break_off(STRANGER), end=end)))
    assert office.rows("select count(*) from set_aside") == [(1,)]


class Crash(Exception):
    pass


@pytest.mark.parametrize("where", ["register", "log", "aside", "between"])
def test_after_a_crash_the_same_files_complete_what_they_began(
    office: Office, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.setattr(intake.importing, "BATCH", 3)
    numbers = [fictional(date(2009, 1, 1 + n), n).digits for n in range(10)]
    people = office.put("cpr.csv", PEOPLE, *(person(cpr) for cpr in numbers), person("123"))
    events = office.put("uu.csv", UU, *(break_off(cpr, str(n)) for n, cpr in enumerate([*numbers, STRANGER])))

    def crashing(after: Callable[..., Any], calls: int) -> Callable[..., Any]:
        left = [calls]

        def call(*args: Any, **named: Any) -> Any:
            answer = after(*args, **named)
            left[0] -= 1
            if left[0] == 0:
                raise Crash
            return answer

        return call

    for calls in (1, 2, 3):
        with monkeypatch.context() as broken, pytest.raises(Crash):
            if where == "register":
                broken.setattr(office.register, "register_people", crashing(office.register.register_people, calls))
            elif where == "log":
                broken.setattr(office.log, "record_many", crashing(office.log.record_many, calls))
            elif where == "aside":
                broken.setattr(intake.batches.Batches, "_keep", crashing(intake.batches.Batches._keep, calls))
            more = {"progress": crashing(lambda _: None, calls)} if where == "between" else {}
            office.take(people, **more)
            office.take(events, **more)
    office.take(people)
    report = office.take(events)
    assert wrong(report) == [(12, "CPR-nummer", "unknown-person")]
    assert office.rows("select count(*) from person") == [(10,)]
    assert len(office.events(JourneyStarted)) == len(office.events(ToldOfBreakOff)) == 10
    assert office.rows("select count(*) from set_aside") == [(2,)]
    # Unfinished attempts are there to be seen.
    assert office.rows("select count(*) from delivery where finished_at is null")[0][0] >= 3


# What must not be seen


def test_no_number_name_or_text_lies_open_in_any_table(office: Office) -> None:
    office.put("cpr.csv", PEOPLE, person(ANE, "Allerkæreste", "Hemmeligsen"), person("999", "Ukendt", "Skjultsen"))
    office.put(
        f"uu {ANE[:6]}-{ANE[6:]}.csv",
        UU,
        told(ANE, f"{ANE}-7", "Mål med egne ord", "02-11-2026", text="Dybt fortroligt ønske"),
        told(STRANGER, "8", "Mål med egne ord", "02-11-2026", text="Endnu et fortroligt"),
        told(ANE, "9", "Mål med egne ord", "31-02-2026", text="Tredje fortrolige"),
    )
    reports = office.take_all()
    assert [counts(report) for report in reports] == [(1, 0, 0, 1), (1, 0, 0, 2)]
    said = repr(reports) + "".join(each.in_file(report.file) for report in reports for each in report.set_aside)
    stored = office.everything_stored()
    assert len(stored) > 1000
    for secret in (ANE, f"{ANE[:6]}-{ANE[6:]}", STRANGER, "Allerkæreste", "Hemmeligsen", "Skjultsen", "fortrolig"):
        assert secret.encode() not in stored
        assert secret.encode("cp1252") not in stored
        assert secret not in said


def test_a_raw_row_can_be_opened_again_with_the_systems_key(office: Office) -> None:
    office.take(office.put("uu.csv", UU, break_off(STRANGER)))
    profile = next(each for each in shipped_profiles() if each.name == "uu-events")
    with office.db.connection(intake.batches.Role.APPLICATION) as conn:
        (waiting,) = waiting_rows(conn, office.log.keys, profile, UNKNOWN)
    assert waiting.raw == (break_off(STRANGER) + "\r\n").encode()
    assert STRANGER not in repr(waiting)


def test_an_erasure_finds_the_rows_of_a_person_that_were_set_aside(office: Office) -> None:
    cpr = fictional(date(2008, 1, 1), 3)
    office.take(office.put("uu.csv", UU, break_off(STRANGER)))
    found = office.rows("select person_key from set_aside")
    assert [bytes(key) for (key,) in found] == [person_key(office.secrets, cpr)]


# Whole files


def test_a_heading_alone_is_a_file_without_rows(office: Office) -> None:
    assert counts(office.take(office.put("uu.csv", UU))) == (0, 0, 0, 0)


def test_lines_of_delimiters_alone_are_no_rows(office: Office) -> None:
    office.knows(ANE)
    assert counts(office.take(office.put("uu.csv", UU, break_off(), ";" * 12, "", ";" * 12))) == (1, 0, 0, 0)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"Vare;Pris\n1;2\n"])
def test_a_file_that_cannot_be_used_is_refused_and_leaves_nothing(office: Office, content: bytes) -> None:
    with pytest.raises(FileRefused):
        office.take(office.put_bytes("uu.csv", content))
    assert office.rows("select count(*) from delivery") == [(0,)]


def test_a_file_that_is_not_there_is_refused(office: Office) -> None:
    with pytest.raises(FileRefused, match="kan ikke åbnes"):
        office.take(office.folder / "findes-ikke.csv")


def test_progress_is_told_for_every_byte(office: Office) -> None:
    office.knows(ANE)
    path = office.put("uu.csv", UU, *(break_off(number=str(n)) for n in range(1200)))
    told_: list[int] = []
    office.take(path, progress=told_.append)
    assert sum(told_) == path.stat().st_size
    assert len(told_) > 2
    told_.clear()
    path = office.put("tom.csv", UU)
    office.take(path, progress=told_.append)
    assert sum(told_) == path.stat().st_size


def test_a_log_that_is_no_demo_takes_no_fictional_people_and_no_given_time(tmp_path: Path) -> None:
    with open_office(tmp_path, demo=False) as office:
        path = office.put("cpr.csv", PEOPLE, person(ANE))
        assert wrong(office.take(path)) == [(2, "CPR-nummer", "cpr-wrong")]
        with pytest.raises(ValueError, match="demo"):
            office.take(path, recorded_at=NOW)
        assert office.events(ContactMade) == []
