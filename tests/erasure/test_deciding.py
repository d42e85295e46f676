"""Two people decide about exactly what is there; one alone, the wrong ones, or too late, nothing is erased."""

from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from database import Role
from domain.codes import KeyGroup
from erasure import Archive, ErasureRefused, Ground
from erasure.table import STALE
from people.relatives import Relation, add_relative
from tests.erasure.town import ANE, BO, LEADER, MARK, NOW, OTHER_LEADER, SOCIAL, WORKER, Town, placed_on

DPO, COORDINATOR = "dorte-databeskytter", "katrine-koordinator"


@pytest.mark.parametrize(
    ("first", "second", "refusal"),
    [
        (LEADER, LEADER, "same-person"),
        (WORKER, LEADER, "may-not-propose"),
        (LEADER, WORKER, "may-not-confirm"),
        (LEADER, COORDINATOR, "may-not-confirm"),
        ("nobody", LEADER, "not-staff"),
        (LEADER, "nobody", "not-staff"),
        (LEADER, "", "not-staff"),
        (LEADER, OTHER_LEADER, None),
        (COORDINATOR, DPO, None),
        (DPO, LEADER, None),
    ],
)
def test_who_may_propose_and_who_may_confirm(town: Town, first: str, second: str, refusal: str | None) -> None:
    def decide() -> UUID:
        erasure_id = town.proposes(by=first).erasure.erasure_id
        return town.eraser.deciding.confirm(erasure_id, by=second, now=NOW).erasure_id

    if refusal is None:
        town.eraser.carry_out(decide(), now=NOW)
        assert town.count("person") == 1
        return
    with pytest.raises(ErasureRefused, match=refusal):
        decide()
    assert town.eraser.waiting(NOW) == []
    assert town.count("person") == 2


def test_whoever_has_left_decides_nothing(town: Town) -> None:
    erasure_id = town.proposes().erasure.erasure_id
    with town.db.connection(Role.OWNER) as conn:
        conn.execute("update staff set active = false where staff_id = %s", [OTHER_LEADER])
    with pytest.raises(ErasureRefused, match="not-staff"):
        town.eraser.deciding.confirm(erasure_id, by=OTHER_LEADER, now=NOW)


def test_even_the_database_refuses_one_person_in_both_places(town: Town) -> None:
    erasure_id = town.proposes().erasure.erasure_id
    with pytest.raises(psycopg.errors.CheckViolation), town.db.connection(Role.APPLICATION) as conn:
        conn.execute(
            "update erasure set confirmed_by = proposed_by, confirmed_at = now() where erasure_id = %s", [erasure_id]
        )


def test_what_was_only_proposed_is_not_carried_out(town: Town) -> None:
    erasure_id = town.proposes().erasure.erasure_id
    with pytest.raises(ErasureRefused, match="not-confirmed"):
        town.eraser.carry_out(erasure_id, now=NOW)
    with pytest.raises(ErasureRefused, match="no-such-erasure"):
        town.eraser.carry_out(uuid4(), now=NOW)
    assert town.eraser.intents.read() == []


def test_a_proposal_of_more_than_thirty_days_is_neither_confirmed_nor_carried_out(town: Town) -> None:
    late = NOW + STALE + timedelta(seconds=1)
    erasure_id = town.proposes().erasure.erasure_id
    with pytest.raises(ErasureRefused, match="stale"):
        town.eraser.deciding.confirm(erasure_id, by=OTHER_LEADER, now=late)
    town.eraser.deciding.confirm(erasure_id, by=OTHER_LEADER, now=NOW + STALE)
    with pytest.raises(ErasureRefused, match="stale"):
        town.eraser.carry_out(erasure_id, now=NOW + STALE + STALE + timedelta(seconds=1))


def test_content_that_changed_after_the_proposal_is_neither_confirmed_nor_erased(town: Town) -> None:
    first = town.proposes().erasure.erasure_id
    town.happens(ANE, placed_on(NOW.date()))
    with pytest.raises(ErasureRefused, match="changed"):
        town.eraser.deciding.confirm(first, by=OTHER_LEADER, now=NOW)
    second = town.decides()
    town.closes(ANE)
    with pytest.raises(ErasureRefused, match="changed"):
        town.eraser.carry_out(second, now=NOW)
    assert town.count("log_erasures") == 0
    assert town.eraser.intents.read() == [], "what was rolled back must not come back at the next start"
    assert town.left_of(town.id_of(ANE))["young"]
    assert MARK in town.opened()


def test_a_dead_proposal_makes_room_for_a_new_one_and_a_living_one_does_not(town: Town) -> None:
    town.proposes()
    with pytest.raises(ErasureRefused, match="already-proposed"):
        town.proposes()
    town.proposes(group=SOCIAL)
    town.closes(ANE)
    town.eraser.carry_out(town.decides(), now=NOW)
    assert town.count("person") == 1


@pytest.mark.parametrize(
    ("ground", "refusals"), [(Ground.RETENTION_OVER, ["still-followed"]), (Ground.COURT_ORDER, [])]
)
def test_a_person_who_is_followed(town: Town, ground: Ground, refusals: list[str]) -> None:
    if refusals:
        with pytest.raises(ErasureRefused) as refused:
            town.proposes(ground=ground)
        assert list(refused.value.reasons) == refusals
        town.closes(ANE)
    town.erases(ground=ground)
    assert town.count("person") == 1


@pytest.mark.parametrize("archive", [Archive.NOT_DECIDED, Archive.MUST_BE_KEPT])
def test_without_the_archives_leave_nothing_is_erased(town: Town, archive: Archive) -> None:
    with pytest.raises(ErasureRefused, match=f"archive-{archive}"):
        town.proposes(archive=archive)


def test_a_hold_refuses_every_step_until_it_is_lifted(town: Town) -> None:
    deciding, number = town.eraser.deciding, town.case_number(ANE)
    proposed = town.proposes().erasure.erasure_id
    with pytest.raises(ErasureRefused, match="may-not-confirm"):
        deciding.hold(number, reference="Sag 7", by=WORKER, now=NOW)
    deciding.hold(number, reference="Retten i Holstebro", by=LEADER, now=NOW)
    with pytest.raises(ErasureRefused, match="already-held"):
        deciding.hold(number, reference="Retten i Holstebro", by=LEADER, now=NOW)
    for refused in (
        lambda: deciding.confirm(proposed, by=OTHER_LEADER, now=NOW),
        lambda: town.proposes(group=SOCIAL),
    ):
        with pytest.raises(ErasureRefused, match="held"):
            refused()
    deciding.lift(number, by=LEADER, now=NOW)
    with pytest.raises(ErasureRefused, match="not-held"):
        deciding.lift(number, by=LEADER, now=NOW)
    deciding.confirm(proposed, by=OTHER_LEADER, now=NOW)
    deciding.hold(number, reference="Retten i Holstebro", by=LEADER, now=NOW)
    with pytest.raises(ErasureRefused, match="held"):
        town.eraser.carry_out(proposed, now=NOW)
    deciding.lift(number, by=LEADER, now=NOW)
    town.eraser.carry_out(proposed, now=NOW)
    assert town.count("person") == 1


@pytest.mark.parametrize(
    ("reference", "refusal"),
    [
        ("", "reference-missing"),
        ("   ", "reference-missing"),
        ("x" * 201, "reference-too-long"),
        (f"Aflevering {ANE}", "reference-names"),
        (f"Aflevering {ANE[:6]}-{ANE[6:]}", "reference-names"),
        (f"sagen om {MARK.lower()}navn", "reference-names"),
        ("sagen om Testesens datter, Testesen", "reference-names"),
        (f"det {MARK} sagde", "reference-names"),
    ],
)
def test_the_reference_must_be_there_and_must_not_say_who(town: Town, reference: str, refusal: str) -> None:
    with pytest.raises(ErasureRefused, match=refusal):
        town.proposes(reference=reference)
    assert town.count("erasure") == 0


def test_nor_may_it_be_the_case_number(town: Town) -> None:
    with pytest.raises(ErasureRefused, match="reference-names"):
        town.proposes(reference=f"sag {town.case_number(ANE)}")


def test_groups_that_cannot_end_alone_and_groups_that_are_empty(town: Town) -> None:
    for group in (KeyGroup.OPEN, KeyGroup.IDENTITY, KeyGroup.SYSTEM, KeyGroup.HEALTH):
        with pytest.raises(ErasureRefused, match="nothing-there"):
            town.proposes(group=group)


def test_nobody_has_that_number(town: Town) -> None:
    for number in ("999999", "", "Ane", ANE):
        with pytest.raises(ErasureRefused, match="no-such-person"):
            town.eraser.deciding.propose(
                number,
                ground=Ground.COURT_ORDER,
                archive=Archive.HANDED_OVER,
                reference="x",
                by=LEADER,
                now=NOW,
            )


def test_it_can_be_regretted_until_it_has_begun(town: Town) -> None:
    regretted = town.decides()
    town.eraser.deciding.withdraw(regretted, by=LEADER, now=NOW)
    with pytest.raises(ErasureRefused, match="withdrawn"):
        town.eraser.carry_out(regretted, now=NOW)
    done = town.erases()
    with pytest.raises(ErasureRefused, match="done"):
        town.eraser.deciding.withdraw(done, by=LEADER, now=NOW)


def test_an_id_is_named_by_its_beginning(town: Town) -> None:
    one = town.proposes().erasure.erasure_id
    other = town.proposes(BO).erasure.erasure_id
    named = town.eraser.deciding.named
    assert (named(str(one)[:8]), named(str(other).upper())) == (one, other)
    for text, refusal in (("", "no-such-erasure"), ("zz", "no-such-erasure"), ("%", "no-such-erasure")):
        with pytest.raises(ErasureRefused, match=refusal):
            named(text)


def test_who_still_tells_of_the_person_is_said(town: Town) -> None:
    assert town.proposes().tells_lately == ["liste", "uu-events"], "and not the extract of 200 days ago"
    late = NOW + timedelta(days=31)
    assert town.proposes(BO, now=late).tells_lately == ["liste"], "the last list still has Bo"
    assert town.proposes(ANE, now=late, group=SOCIAL).tells_lately == []


def test_what_is_said_around_the_person_counts_as_their_name(town: Town) -> None:
    with town.db.connection(Role.APPLICATION) as conn:
        add_relative(conn, town.log.keys, town.id_of(ANE), "Kirsten Kløft", Relation.PARENT, NOW)
    with pytest.raises(ErasureRefused, match="reference-names"):
        town.proposes(reference="efter aftale med Kirsten")
