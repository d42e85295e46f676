"""A row that is gone from a full list proposes an end; people decide. The list itself ends nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

import intake.importing
from database import Role
from domain.access import open_groups
from domain.choices import Measure
from domain.codes import KeyGroup, Party
from domain.events import MeasureEnded, PlacementEnded, PlacementStarted
from domain.refused import Refused
from eventlog import Actor, ActorKind, journey
from intake import Report
from intake.full_lists import SHRANK, UNREADABLE
from intake.proposals import BeforeItBegan, NoProposal, Proposal, RejectReason, confirm, proposals_for, reject
from people.cpr import Cpr, fictional
from tests.intake.kinds import LIST, OURS
from tests.intake.office import NOW, PEOPLE, Office, person

US = Party.CHILD_SOCIAL
BIRGIT = Actor(kind=ActorKind.STAFF, id="birgit-boerneraadgiver", unit="boern-og-familie", role=US)
HEADING = "CPR-nr.;Fra;Sted"
CHILDREN = [fictional(date(2010, 3, 1 + n), n).digits for n in range(6)]
ANE, BO, CY, DORTE, EMIL, FIE = CHILDREN
IN_JANUARY = "05-01-2026"


@dataclass
class Lists:
    """Lists of the placed, a week between them."""

    office: Office
    number: int = 0

    def came(self, *rows: str, heading: str = HEADING) -> Report:
        self.number += 1
        path = self.office.put(f"liste {self.number}.csv", heading, *rows)
        report = self.office.take(path, now=self.now)
        assert report.adds_up
        return report

    @property
    def now(self) -> datetime:
        return NOW + timedelta(weeks=self.number - 1)

    def proposed(self, party: Party = US) -> list[Proposal]:
        with self.office.db.connection(Role.APPLICATION) as conn:
            return proposals_for(self.office.receiving, conn, party, open_groups(party))

    def confirm(self, proposal: Proposal, on: date, **more: Any) -> None:
        said = {"party": US, "by": BIRGIT, "now": self.now} | more
        confirm(self.office.receiving, proposal.id, on=on, **said)

    def reject(self, proposal: Proposal) -> None:
        reject(self.office.receiving, proposal.id, party=US, reason=RejectReason.GOES_ON, by=BIRGIT, now=self.now)


def row(cpr: str, since: str = IN_JANUARY, place: str = "Familie") -> str:
    return f"{cpr};{since};{place}"


@pytest.fixture
def lists(office: Office) -> Lists:
    office.profiles = OURS
    office.take(office.put("cpr.csv", PEOPLE, *(person(cpr, reason="Anbragt") for cpr in CHILDREN)))
    return Lists(office)


def test_a_row_that_is_gone_is_proposed_ended_and_nothing_is_recorded(lists: Lists) -> None:
    lists.came(row(ANE), row(BO), row(CY))
    before = lists.office.log.position()
    report = lists.came(row(ANE), row(CY))
    assert (report.proposed, report.remark, lists.office.log.position()) == (1, "", before)
    (proposal,) = lists.proposed()
    assert isinstance(proposal.began, PlacementStarted)
    assert (proposal.began.on, proposal.since) == (date(2026, 1, 5), date(2026, 11, 27))
    assert (proposal.party, proposal.end) == (US, PlacementEnded(on=date(2026, 1, 5)))


def test_only_the_party_that_may_record_the_end_is_asked(lists: Lists) -> None:
    lists.came(row(ANE), row(BO))
    lists.came(row(ANE))
    assert [len(lists.proposed(party)) for party in (US, Party.UU, Party.MUNICIPALITY)] == [1, 0, 0]


def test_what_the_reader_may_not_open_is_not_opened(lists: Lists) -> None:
    lists.came(row(ANE), row(BO))
    lists.came(row(ANE))
    with lists.office.db.connection(Role.APPLICATION) as conn:
        assert proposals_for(lists.office.receiving, conn, US, {KeyGroup.OPEN}) == []


def test_a_confirmed_end_is_recorded_on_its_day_by_whoever_confirmed_it(lists: Lists) -> None:
    lists.came(row(ANE), row(BO))
    lists.came(row(ANE))
    (proposal,) = lists.proposed()
    lists.confirm(proposal, date(2026, 11, 25))
    entry = lists.office.log.after(0)[-1]
    assert (entry.event, entry.actor, entry.stream) == (
        PlacementEnded(on=date(2026, 11, 25)),
        BIRGIT,
        proposal.person_id,
    )
    assert (entry.caused_by, entry.known_at) == (proposal.delivery_id, lists.now)
    assert lists.proposed() == []
    with pytest.raises(NoProposal):
        lists.confirm(proposal, date(2026, 11, 25))
    assert lists.came(row(ANE)).proposed == 0


def test_a_crash_after_the_log_and_before_the_table_doubles_nothing(lists: Lists) -> None:
    lists.came(row(ANE), row(BO))
    lists.came(row(ANE))
    (proposal,) = lists.proposed()
    lists.confirm(proposal, date(2026, 11, 25))
    with lists.office.db.connection(Role.OWNER) as conn:
        conn.execute("update proposal set closed_at = null, closed_by = null, outcome = null")
    lists.confirm(proposal, date(2026, 11, 25))
    assert lists.office.events(PlacementEnded) == [PlacementEnded(on=date(2026, 11, 25))]


@pytest.mark.parametrize(
    ("on", "refusal"), [(date(2026, 1, 4), BeforeItBegan), (date(2027, 1, 1), Refused), (date(2026, 1, 5), None)]
)
def test_nothing_ends_before_it_began_or_in_the_future(lists: Lists, on: date, refusal: type[Exception] | None) -> None:
    lists.came(row(ANE), row(BO))
    lists.came(row(ANE))
    (proposal,) = lists.proposed()
    if refusal is None:
        lists.confirm(proposal, on)
        return
    with pytest.raises(refusal):
        lists.confirm(proposal, on)
    assert (lists.office.events(PlacementEnded), len(lists.proposed())) == ([], 1)


def test_another_party_cannot_answer(lists: Lists) -> None:
    lists.came(row(ANE), row(BO))
    lists.came(row(ANE))
    (proposal,) = lists.proposed()
    with pytest.raises(NoProposal):
        lists.confirm(proposal, date(2026, 11, 25), party=Party.UU)
    assert lists.office.events(PlacementEnded) == []


def test_a_row_that_comes_back_withdraws_its_proposal(lists: Lists) -> None:
    lists.came(row(ANE), row(BO))
    assert lists.came(row(ANE)).proposed == 1
    (proposal,) = lists.proposed()
    report = lists.came(row(ANE), f"{BO[:6]}-{BO[6:]};2026-01-05;familie")
    assert (report.withdrawn, report.unchanged, lists.proposed()) == (1, 2, [])
    with pytest.raises(NoProposal):
        lists.confirm(proposal, date(2026, 11, 25))
    assert lists.came(row(ANE, place="Hjem")).proposed == 1


def test_a_row_that_comes_back_broken_is_there_all_the_same(lists: Lists) -> None:
    lists.came(row(ANE), row(BO))
    lists.came(row(ANE))
    report = lists.came(row(ANE), row(BO, place="Et sted"))
    assert (report.withdrawn, len(report.set_aside), lists.proposed()) == (1, 1, [])


def test_what_was_rejected_is_not_asked_again_until_it_has_been_back(lists: Lists) -> None:
    lists.came(row(ANE), row(BO))
    lists.came(row(ANE))
    (proposal,) = lists.proposed()
    lists.reject(proposal)
    assert lists.came(row(ANE, place="Hjem")).proposed == 0
    lists.came(row(ANE), row(BO, place="Hjem"))
    assert lists.came(row(ANE, place="Hjem"), "").proposed == 1
    assert lists.office.rows("select outcome, closed_by, reason from proposal where closed_at is not null") == [
        ("rejected", BIRGIT.id, "goes-on")
    ]


def test_a_list_that_shrank_by_more_than_half_proposes_nothing_and_says_so(lists: Lists) -> None:
    lists.came(*(row(cpr) for cpr in CHILDREN))
    report = lists.came(row(ANE), row(BO))
    assert (report.proposed, report.remark, lists.proposed()) == (0, SHRANK, [])
    # The next whole list is held against the last that could be believed.
    report = lists.came(row(ANE), row(BO), row(CY))
    assert (report.proposed, report.remark) == (3, "")


def test_a_list_where_a_row_could_be_anybodys_proposes_nothing(lists: Lists) -> None:
    lists.came(row(ANE), row(BO), row(CY))
    for broken in ("123;05-01-2026;Familie", f"{BO};05-01-2026", f'{BO};"05'):
        report = lists.came(row(ANE), row(CY), broken)
        assert (report.proposed, report.remark, lists.proposed()) == (0, UNREADABLE, []), broken
    assert lists.came(row(ANE), row(CY), "").proposed == 1


def test_a_row_that_names_a_person_and_no_more_spares_that_persons_rows(lists: Lists) -> None:
    lists.came(row(ANE), row(BO), row(CY), row(DORTE))
    report = lists.came(row(ANE), row(BO, since="31-02-2026"), row(DORTE))
    assert (report.proposed, report.remark) == (1, "")
    (proposal,) = lists.proposed()
    assert lists.came(row(ANE), row(DORTE), "").proposed == 1
    assert len({one.person_id for one in lists.proposed()} - {proposal.person_id}) == 1


def test_what_somebody_has_told_already_is_not_proposed(lists: Lists) -> None:
    lists.came(row(ANE), row(BO), row(CY))
    lists.came(row(ANE), row(CY))
    (proposal,) = lists.proposed()
    record_end_of(lists, proposal.person_id, date(2026, 11, 24))
    assert lists.proposed() == []
    cys = person_id(lists, CY)
    record_end_of(lists, cys, date(2026, 11, 24))
    assert lists.came(row(ANE)).proposed == 0


def test_an_earlier_end_is_not_the_end_of_what_began_later(lists: Lists) -> None:
    bos = person_id(lists, BO)
    record_end_of(lists, bos, date(2025, 12, 1))
    lists.came(row(ANE), row(BO))
    assert lists.came(row(ANE)).proposed == 1


def test_what_began_again_later_went_on_and_did_not_end(lists: Lists) -> None:
    """A child who moves from one place to another stands there with a new row."""
    lists.came(row(ANE), row(BO))
    report = lists.came(row(ANE), row(BO, since="01-10-2026", place="Hjem"))
    assert (report.proposed, lists.proposed()) == (0, [])
    assert lists.came(row(ANE)).proposed == 1


def test_the_end_tells_what_the_beginning_told(lists: Lists) -> None:
    heading = "CPR-nr.;Fra;Støtte"
    lists.came(f"{ANE};{IN_JANUARY};Aflastning", f"{ANE};{IN_JANUARY};Mentor", heading=heading)
    lists.came(f"{ANE};{IN_JANUARY};Aflastning", heading=heading)
    (proposal,) = lists.proposed()
    lists.confirm(proposal, date(2026, 11, 25))
    assert lists.office.events(MeasureEnded) == [MeasureEnded(on=date(2026, 11, 25), measure=Measure.MENTORING)]


def test_two_lists_of_one_system_know_nothing_of_each_other(lists: Lists) -> None:
    lists.came(row(ANE), row(BO))
    report = lists.came(f"{ANE};{IN_JANUARY};Aflastning", heading="CPR-nr.;Fra;Støtte")
    assert (report.proposed, report.remark) == (0, "")


def test_a_file_that_comes_back_byte_for_byte_brings_its_rows_back(lists: Lists) -> None:
    lists.came(row(ANE), row(BO))
    lists.came(row(ANE))
    again = lists.came(row(ANE), row(BO))
    assert (again.unchanged, again.withdrawn, lists.proposed()) == (2, 1, [])


def test_the_newest_list_read_once_more_changes_nothing(lists: Lists) -> None:
    lists.came(row(ANE), row(BO))
    lists.came(row(ANE))
    before = lists.proposed()
    again = lists.came(row(ANE))
    assert (again.proposed, again.withdrawn, lists.proposed()) == (0, 0, before)


def test_a_folder_of_lists_read_once_more_ends_where_it_ended(lists: Lists) -> None:
    everybody = [row(cpr) for cpr in CHILDREN]
    for several in (everybody, everybody[1:], everybody[2:], everybody[3:]):
        lists.came(*several)
    rejected, confirmed, kept = lists.proposed()
    lists.reject(rejected)
    lists.confirm(confirmed, date(2026, 11, 25))
    state = lists.office.rows("select proposal_id, outcome from proposal order by proposal_id")
    position = lists.office.log.position()
    for number in (1, 2, 3, 4):
        lists.office.take(lists.office.folder / f"liste {number}.csv", now=lists.now + timedelta(hours=number))
    assert lists.proposed() == [kept]
    assert lists.office.rows("select proposal_id, outcome from proposal order by proposal_id") == state
    assert lists.office.log.position() == position


def test_an_import_that_broke_off_proposes_nothing_until_it_is_finished(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists.came(row(ANE), row(BO), row(CY))
    monkeypatch.setattr(intake.importing, "BATCH", 1)
    with pytest.raises(KeyboardInterrupt):
        lists.office.take(lists.office.put("ny.csv", HEADING, row(ANE), row(CY)), progress=stopping(2))
    assert lists.proposed() == []
    assert lists.office.take(lists.office.folder / "ny.csv").proposed == 1


def test_nothing_about_a_list_lies_open_but_whom_a_proposal_is_about(lists: Lists) -> None:
    lists.came(row(ANE), row(BO))
    lists.came(row(ANE))
    found = lists.office.rows("select * from proposal") + lists.office.rows("select * from listed")
    said = repr(found)
    for word in ("placement", LIST.name, "foster", ANE, BO, "2026-01-05"):
        assert word not in said
    assert str(person_id(lists, BO)) in said


def stopping(calls: int) -> Callable[[int], None]:
    left = [calls]

    def call(_: int) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt

    return call


def person_id(lists: Lists, cpr: str) -> UUID:
    with lists.office.db.connection(Role.APPLICATION) as conn:
        return lists.office.register.find_by_cpr(conn, [Cpr(cpr)])[Cpr(cpr)]


def record_end_of(lists: Lists, person: UUID, on: date) -> None:
    """Somebody else told of it."""
    lists.office.log.record(
        journey(person),
        lambda _: [PlacementEnded(on=on)],
        by=BIRGIT,
        known_at=datetime(2026, 11, 24, tzinfo=UTC),
        command_id=uuid4(),
    )
