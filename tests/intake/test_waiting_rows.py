"""Rows that wait: nothing older may undo what is newer, and a refusal leaves nothing half done."""

from datetime import date, timedelta

from domain.events import ToldOfBreakOff
from tests.intake.office import ANE, BO, NOW, PEOPLE, UU, Office, break_off, person, told


def waiting(office: Office) -> int:
    ((count,),) = office.rows("select count(*) from set_aside where resolved_at is null")
    return int(count)


def test_a_row_put_right_further_down_in_its_own_file_resolves_the_wrong_one(office: Office) -> None:
    office.knows(ANE)
    office.take(office.put("uu.csv", UU, break_off(on="02-11-2027"), break_off(on="02-11-2026")))
    assert waiting(office) == 0
    # Else the wrong row would come to correct the right one as soon as its date is no longer in the future.
    later = NOW.replace(year=2028)
    office.take_all(office.put("uu2.csv", UU, break_off(number="2", on="03-11-2026")), now=later)
    assert [event.on for event in office.events(ToldOfBreakOff)] == [date(2026, 11, 2), date(2026, 11, 3)]


def test_of_rows_that_waited_with_the_same_id_the_one_delivered_last_counts(office: Office) -> None:
    first, second = break_off(on="01-11-2026"), break_off(on="02-11-2026")
    for number, row in enumerate([first, second, first]):
        office.take(office.put(f"uu{number}.csv", UU, row, *[""] * number), now=NOW + timedelta(minutes=number))
    office.take_all(office.put("cpr.csv", PEOPLE, person(ANE)), now=NOW + timedelta(hours=1))
    assert office.events(ToldOfBreakOff)[-1].on == date(2026, 11, 1)


def test_a_handover_whose_id_is_somebody_elses_leaves_nothing_behind(office: Office) -> None:
    office.knows(ANE, BO)
    office.take(office.put("uu.csv", UU, break_off(ANE, "77")))
    before = office.log.position()
    handover = told(
        BO,
        "77",
        "Overlevering sendt",
        "02-11-2026",
        receiver="Voksensocial",
        matter="Støtte til den voksne",
        answer_by="10-11-2026",
        text="x",
    )
    report = office.take(office.put("uu2.csv", UU, handover))
    assert [one.reason for one in report.set_aside] == ["delivered-for-another"]
    assert office.log.position() == before
