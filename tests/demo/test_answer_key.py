"""What was planted is where it should be, after an import as a municipality would make it – and nothing else is."""

import sys
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from database import Role
from demo import Answer, answer_key, rules_of_the_municipality, write, youths
from demo.failing.kinds import Kind, Seen
from demo.filling import fill
from demo.planted import PLANTED
from demo.staffing import LEFT, municipality
from demo.telling import dated, on_pages
from domain.access import Level, level, seen_classes
from domain.codes import DataClass, Party
from domain.events import HandoverSeen, HandoverSentOutside, HandoverTakenOver, ResponsibilityEstablished
from domain.facts import Life, life_of
from eventlog import ActorKind, Entry
from intake import Report
from people.absences import absences
from people.staff import staff_by_id, staff_list
from projections import caseload, milepaelen_lists, tables, worklist
from projections.caseload import Reader, View
from projections.closing_days import ensure_rules
from projections.follow import Follower
from projections.responsibility import spans_of
from projections.rows import NO_DATE, RowKind
from projections.worklist import Due, Filter, Listed
from tests.demo.lives import RULES, UNDATED
from tests.demo.test_law_in_lives import HANDFUL, LEFT_LYING
from tests.intake.office import Office, open_office
from tests.projections.world import BY

COUNT, SEED = 300, 7
UNTIL = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 15, tzinfo=UTC)
ASKED = sorted({rule for one in answer_key(100, SEED, UNTIL) for rule in one.planted.rules})
"""The rules by which something that was planted is to be seen."""

READER = {
    rule.id: party
    for rule in RULES.rules
    for party in (rule.receiver, rule.giver, rule.holder)
    if party and rule.data_class in seen_classes(party)
}
"""Who finds it on their list: the holder, where the holder may see such rows, else one of those whom it is between."""

AREAS = {
    "school": {"SKO-02", "SKO-06"},
    "child": {"BAR-03", "BAR-06", "BAR-09", "BAR-12"},
    "transition": {"OVG-01", "OVG-03", "OVG-05", "OVG-12"},
    "guidance": {"KUI-02", "KUI-03", "KUI-10", "KUI-13", "KUI-18", "KUI-21"},
    "employment": {"BES-01", "BES-02", "BES-05", "BES-06", "BES-07", "BES-09"},
    "milepaelen": {"MIL-01", "MIL-02", "MIL-04"},
}
BEGAN = datetime(2024, 11, 23, 5, tzinfo=UTC)


@dataclass(frozen=True)
class Filled:
    office: Office
    reports: list[Report]
    answers: list[Answer]
    people: dict[int, UUID]

    def planted(self, kind: Kind | None = None, seen: Seen | None = None, rule: str | None = None) -> set[UUID]:
        """Whose life holds such a failure."""
        return {
            self.people[one.number]
            for one in self.answers
            if (kind is None or one.planted.kind == kind)
            and (seen is None or seen in one.planted.lists)
            and (rule is None or rule in one.planted.rules)
        }

    def due(self, rule: str) -> dict[UUID, date]:
        """Whose life holds something that this rule sees, and its day."""
        asked = (one for one in self.answers if rule in one.planted.rules)
        return {self.people[one.number]: one.planted.due_on for one in asked}

    def obligations(self, due: Due, rule: str | None = None) -> list[Listed]:
        """What is asked of anybody at all."""
        rules = frozenset({rule}) if rule else frozenset[str]()
        wanted = Filter(classes=frozenset(DataClass), due=due, kind=RowKind.OBLIGATION, rules=rules)
        with self.office.db.connection(Role.APPLICATION) as conn:
            return worklist.page(conn, wanted, UNTIL, limit=2_000)

    def overdue(self, party: Party, **more: object) -> list[Listed]:
        """What that party finds overdue on its worklist."""
        wanted = Filter(classes=seen_classes(party), due=Due.OVERDUE, **more)  # type: ignore[arg-type]
        with self.office.db.connection(Role.APPLICATION) as conn:
            return worklist.page(conn, wanted, UNTIL, limit=1_000)

    def view(self, view: View, party: Party) -> list[caseload.Line]:
        """The young people in that view of that party."""
        with self.office.db.connection(Role.APPLICATION) as conn:
            reader = Reader(
                classes=frozenset(one for one in DataClass if level(party, one) >= Level.SUMMARY),
                party=party,
                staff=frozenset(),
                working=frozenset(one.staff_id for one in staff_list(conn, self.office.log.keys)),
                quiet_days=60,
            )
            return caseload.page(conn, view, reader, UNTIL, limit=1_000)

    def stays(self) -> list[milepaelen_lists.Listed]:
        with self.office.db.connection(Role.APPLICATION) as conn:
            return milepaelen_lists.now(conn, seen_classes(Party.MILEPAELEN))

    def entries(self) -> Iterator[Entry]:
        position = 0
        while entries := self.office.log.after(position):
            position = entries[-1].position
            yield from entries

    def lives(self) -> dict[UUID, Life]:
        by_stream: dict[UUID, list[Entry]] = {}
        for entry in self.entries():
            by_stream.setdefault(entry.stream, []).append(entry)
        return {person: life_of(entry.fact() for entry in by_stream[person]) for person in self.people.values()}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    folder = tmp_path_factory.mktemp("demo") / "files"
    write(folder, COUNT, SEED, UNTIL, deliveries=True)
    with open_office(folder) as office:
        office.db.install([("projections", tables.schema())])
        ensure_rules(office.log, BY, BEGAN, text=rules_of_the_municipality(), recorded_at=BEGAN)
        reports = list(fill(office.receiving, folder, count=COUNT, seed=SEED, now=NOW))
        follower = Follower(office.db, office.log)
        while follower.catch_up():
            pass
        answers = list(answer_key(COUNT, SEED, UNTIL))
        numbers = {youth.number: youth.cpr for youth in youths(COUNT, SEED, UNTIL)}
        with office.db.connection(Role.APPLICATION) as conn:
            ids = office.register.find_by_cpr(conn, list(numbers.values()))
        yield Filled(office, reports, answers, {number: ids[cpr] for number, cpr in numbers.items()})


def people(rows: Collection[Listed]) -> set[UUID]:
    return {row.person_id for row in rows}


@pytest.mark.parametrize("rule", [rule for rule in ASKED if rule not in UNDATED])
def test_what_a_rule_can_see_is_overdue_for_exactly_those_it_was_planted_for(filled: Filled, rule: str) -> None:
    rows = filled.overdue(READER[rule], rules=frozenset({rule}), kind=RowKind.OBLIGATION)
    assert {row.person_id: row.row.due_on for row in rows} == filled.due(rule)
    assert len(rows) == len(filled.due(rule)) > 0


@pytest.mark.parametrize("rule", [rule for rule in ASKED if rule in UNDATED])
def test_what_no_act_says_a_day_for_has_been_left_lying_for_exactly_those_it_was_planted_for(
    filled: Filled, rule: str
) -> None:
    rows = filled.obligations(Due.ALL, rule)
    assert {row.row.due_on for row in rows} == {NO_DATE}
    since = {row.person_id: row.row.asked_from for row in rows}
    assert filled.due(rule).items() <= since.items()
    others = since.keys() - filled.due(rule).keys()
    assert all((UNTIL - since[person]).days < LEFT_LYING for person in others)
    assert not filled.overdue(READER[rule], rules=frozenset({rule}))


def test_nothing_else_is_overdue(filled: Filled) -> None:
    rows = filled.obligations(Due.OVERDUE)
    found = Counter((row.person_id, row.row.rule_id) for row in rows)
    planted = Counter(
        (filled.people[one.number], rule) for one in filled.answers for rule in one.planted.rules if rule not in UNDATED
    )
    assert found == planted


def test_duties_without_a_day_do_not_heap_up(filled: Filled) -> None:
    rows = [row for row in filled.obligations(Due.ALL) if row.row.due_on == NO_DATE]
    planted = {(filled.people[one.number], rule) for one in filled.answers for rule in one.planted.rules}
    assert len([row for row in rows if (row.person_id, row.row.rule_id) not in planted]) <= HANDFUL


def test_each_part_of_the_effort_has_failures_planted_for_its_rules() -> None:
    assert sorted(rule for rules in AREAS.values() for rule in rules) == ASKED
    assert all(len(rules) > 1 for rules in AREAS.values())


def test_handovers_that_nobody_answered_are_overdue_and_no_others_are(filled: Filled) -> None:
    for party in (Party.UU, Party.EMPLOYMENT):
        rows = filled.overdue(party, kind=RowKind.HANDOVER)
        assert people(rows) == filled.planted(Kind.HANDOVER_NEVER_ANSWERED)
    assert {row.row.state for row in rows} == {"sent"}


def test_nobody_is_blamed_for_news_that_came_too_late(filled: Filled) -> None:
    late = [row for row in filled.overdue(Party.UU) if row.row.could_not_be_known]
    assert people(late) == filled.planted(seen=Seen.LATE_NEWS)


def test_who_has_gone_quiet_is_on_the_list_of_uu_and_so_is_that_nobody_knows_what_they_do(filled: Filled) -> None:
    planted = filled.planted(Kind.GONE_QUIET)
    assert planted <= {line.person_id for line in filled.view(View.QUIET, Party.UU)}
    assert planted <= {line.person_id for line in filled.view(View.UNKNOWN, Party.UU)}


def test_whose_contact_person_has_left_is_without_one(filled: Filled) -> None:
    lines = filled.view(View.WITHOUT_CONTACT_PERSON, Party.UU)
    planted = filled.planted(Kind.CONTACT_PERSON_LEFT)
    assert {line.person_id for line in lines if line.contact_person == LEFT} == planted
    assert len(lines) < 60


def test_three_absences_in_a_row_are_a_sign_at_milepaelen(filled: Filled) -> None:
    assert {one.person_id for one in filled.stays() if one.stay.is_sign} == filled.planted(Kind.THREE_ABSENCES)


def test_progression_that_nobody_measured_is_overdue_at_milepaelen(filled: Filled) -> None:
    late = {one.person_id: one.stay.measure_by for one in filled.stays() if one.stay.must_be_measured(UNTIL)}
    due = {
        filled.people[one.number]: one.planted.due_on
        for one in filled.answers
        if one.planted.kind == Kind.NO_PROGRESSION
    }
    assert late == due


def test_responsibility_is_never_empty_and_overlaps_only_where_it_was_planted(filled: Filled) -> None:
    held = {person: spans_of(life, life.born_on, UNTIL) for person, life in filled.lives().items()}
    gaps = {person for person, each in held.items() if any(one.gaps for one in each)}
    overlaps = {person for person, each in held.items() if any(one.overlaps for one in each)}
    assert not gaps
    assert overlaps == filled.planted(Kind.RESPONSIBILITY_OVERLAPS)


def test_everything_that_was_planted_is_on_some_list(filled: Filled, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(filled.answers) == sum(share for _, share in PLANTED.values()) * COUNT // 100
    assert not [one for one in filled.answers if not one.planted.lists]
    seen = Counter(each for one in filled.answers for each in one.planted.lists)
    lines = [f"{each}: {count}" for each, count in seen.most_common()]
    with capsys.disabled():
        sys.stdout.write("\n".join(["", f"{len(filled.answers)} failures planted, on these lists:", *lines, ""]))


def test_the_files_are_taken_as_they_are_and_the_vanished_rows_are_proposed_as_ends(filled: Filled) -> None:
    assert not [report.refused for report in filled.reports if report.refused]
    assert {wrong.reason for report in filled.reports for wrong in report.set_aside} == {"unknown-person"}
    (open_proposals,) = filled.office.rows("select count(*) from proposal where closed_at is null")[0]
    assert 0 < open_proposals < 20


def test_what_was_done_on_pages_was_written_by_somebody_who_works_there(filled: Filled) -> None:
    known = {one.staff_id: one for one in municipality().staff}
    by_hand = [entry for entry in filled.entries() if entry.actor.kind is ActorKind.STAFF]
    assert len(by_hand) > 1_000
    for entry in by_hand:
        writer = known[entry.actor.id]
        assert (entry.actor.unit, entry.actor.role) == (writer.unit_id, writer.party)
        assert entry.known_at <= entry.recorded_at
    written = Counter(type(entry.event) for entry in by_hand)
    meant = Counter(type(told.event) for youth in youths(COUNT, SEED, UNTIL) for told in on_pages(youth, dated(UNTIL)))
    del written[ResponsibilityEstablished]  # comes with the first handover of a matter that nobody had
    del written[HandoverSentOutside]  # comes with a handover to somebody without a login
    assert written == meant, "nothing was refused, nothing done twice"
    assert {HandoverSeen, HandoverTakenOver} <= written.keys()


def test_one_counsellor_has_left_and_one_is_away_with_a_substitute(filled: Filled) -> None:
    with filled.office.db.connection(Role.APPLICATION) as conn:
        left = staff_by_id(conn, filled.office.log.keys, LEFT)
        away = absences(conn, UNTIL, covered_by="viggo-vikar")
    assert left
    assert not left.active
    assert [one.staff_id for one in away] == ["anders-vejleder"]


def test_filling_again_adds_nothing(filled: Filled) -> None:
    before = filled.office.log.position()
    reports = list(fill(filled.office.receiving, filled.office.folder, count=COUNT, seed=SEED, now=NOW))
    assert filled.office.log.position() == before
    assert sum(report.entries for report in reports) == 0


def test_a_filling_that_broke_off_is_completed(tmp_path: Path) -> None:
    write(tmp_path / "files", 15, SEED, UNTIL, deliveries=True)
    with open_office(tmp_path / "files") as office:
        for number, _ in enumerate(fill(office.receiving, office.folder, count=15, seed=SEED, now=NOW)):
            if number == 150:
                break
        list(fill(office.receiving, office.folder, count=15, seed=SEED, now=NOW))
        broken_off = Counter(type(entry.event) for entry in office.log.after(0, limit=100_000))
    with open_office(tmp_path / "files") as office:
        list(fill(office.receiving, office.folder, count=15, seed=SEED, now=NOW))
        whole = Counter(type(entry.event) for entry in office.log.after(0, limit=100_000))
    assert broken_off == whole


def test_the_document_says_of_each_failure_how_often_it_is_planted_and_where_it_is_seen() -> None:
    lines = Path("docs/demo.md").read_text("utf-8").splitlines()
    rows = {cells[1].strip("` "): cells for line in lines if len(cells := line.split("|")) == 6 and "`" in cells[1]}
    planted = {one.planted.kind: one.planted for one in answer_key(100, SEED, UNTIL)}
    shares = {kind: share for kind, (_, share) in PLANTED.items()}
    for kind, one in planted.items():
        _, _, share, law, seen, _ = rows[kind]
        assert int(share) == shares[Kind(kind)]
        assert law.strip() == (one.law or "–")
        assert all(each in seen for each in one.lists)
        assert all(each in seen for each in one.rules if each != one.law)
    assert set(planted) == set(Kind)
