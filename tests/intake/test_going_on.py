"""A row that is gone from a shipped list because another took its place has not ended."""

from collections.abc import Sequence
from datetime import date

import pytest

from database import Role
from domain.access import open_groups
from domain.choices import Benefit
from domain.codes import Party
from domain.events import BenefitEnded, GradeReached, LeftSchool
from intake import Report
from intake.proposals import proposals_for
from tests.intake.office import ANE, BO, Office

PUPILS = "Elevens CPR,Årgang,Årgang fra"
BENEFITS = "Borgerens CPR,Ydelsesart,Bevilget fra"


@pytest.fixture
def office(office: Office) -> Office:
    office.knows(ANE, BO)
    return office


def came(office: Office, name: str, *rows: str) -> Report:
    return office.take(office.put(name, *rows, encoding="cp1252"))


def proposed(office: Office, party: Party) -> Sequence[object]:
    """What would be recorded."""
    with office.db.connection(Role.APPLICATION) as conn:
        return [one.end for one in proposals_for(office.receiving, conn, party, open_groups(party))]


def test_a_new_school_year_is_a_new_event_and_nobody_has_left_school(office: Office) -> None:
    came(office, "juni.csv", PUPILS, f"{ANE},8. klasse,2025-08-11", f"{BO},9. klasse,2025-08-11")
    report = came(office, "august.csv", PUPILS, f"{ANE},9. klasse,2026-08-10", f"{BO},10. klasse,2026-08-10")
    assert (report.new, report.corrected, report.proposed, report.remark) == (2, 0, 0, "")
    assert len(office.events(GradeReached)) == 4


def test_a_pupil_who_is_gone_is_proposed_to_have_left_after_the_last_grade(office: Office) -> None:
    came(office, "juni.csv", PUPILS, f"{ANE},8. klasse,2025-08-11", f"{BO},9. klasse,2025-08-11")
    came(office, "august.csv", PUPILS, f"{ANE},9. klasse,2026-08-10", f"{BO},10. klasse,2026-08-10")
    report = came(office, "oktober.csv", PUPILS, f"{ANE},9. klasse,2026-08-10")
    assert report.proposed == 1
    assert proposed(office, Party.SCHOOL) == [LeftSchool(on=date(2026, 8, 10), grade=10)]


def test_a_pupil_who_comes_back_in_the_next_grade_has_not_left(office: Office) -> None:
    came(office, "juni.csv", PUPILS, f"{ANE},8. klasse,2025-08-11", f"{BO},9. klasse,2025-08-11")
    assert came(office, "juli.csv", PUPILS, f"{ANE},8. klasse,2025-08-11").proposed == 1
    came(office, "august.csv", PUPILS, f"{ANE},9. klasse,2026-08-10", f"{BO},10. klasse,2026-08-10")
    assert proposed(office, Party.SCHOOL) == []


def test_a_benefit_granted_anew_went_on_and_another_benefit_did_not(office: Office) -> None:
    came(office, "1.csv", BENEFITS, f"{ANE},KTH,2026-01-01", f"{BO},KTH,2026-01-01")
    report = came(office, "2.csv", BENEFITS, f"{ANE},KTH,2026-07-01", f"{BO},SDP,2026-07-01")
    assert report.proposed == 1
    assert proposed(office, Party.BENEFITS) == [BenefitEnded(on=date(2026, 1, 1), benefit=Benefit.CASH_BENEFIT)]
