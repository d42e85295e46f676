"""Two files about one young person: what is erased is the young person, whichever number is asked for."""

from datetime import date
from functools import partial
from uuid import UUID, uuid4

import pytest

from database import Role
from domain.codes import StartReason
from domain.decisions import start_journey
from erasure import ErasureRefused
from eventlog import journey
from people.cpr import Cpr, CprKind, fictional
from people.register import NewPerson
from tests.erasure.town import ANE, BO, LEADER, NOW, OTHER_LEADER, Archive, Ground, Town, placed_on

OTHER = fictional(date(2009, 3, 14), 9, CprKind.REPLACEMENT)


@pytest.fixture
def second(town: Town) -> UUID:
    """A second file about Ane, under a replacement number, with entries of its own; joined into the first."""
    with town.db.connection(Role.APPLICATION) as conn:
        [made] = town.register.register_people(conn, [NewPerson(OTHER, "Ane Erstatning")], NOW)
    decide = partial(
        start_journey, born_on=date(2009, 3, 14), on=date(2026, 1, 5), reason=StartReason.NEWCOMER, basis="§ 1"
    )
    from tests.erasure.town import BY

    for one in (decide, placed_on(date(2026, 2, 2))):
        town.log.record(journey(made.person_id), one, by=BY, known_at=NOW, command_id=uuid4(), recorded_at=NOW)
    town.follow()
    with town.db.connection(Role.APPLICATION) as conn:
        town.register.join(conn, made.person_id, town.id_of(ANE), NOW)
    return made.person_id


def number_of(town: Town, person_id: UUID) -> str:
    with town.db.connection(Role.APPLICATION) as conn:
        return town.register.identities(conn, [person_id])[person_id].case_number


@pytest.mark.parametrize("asked", ["first", "second"])
def test_both_files_go_whichever_number_is_given(town: Town, second: UUID, asked: str) -> None:
    first = town.id_of(ANE)
    proposed = town.eraser.deciding.propose(
        number_of(town, first if asked == "first" else second),
        ground=Ground.COURT_ORDER,
        archive=Archive.HANDED_OVER,
        reference="Aflevering 2",
        by=LEADER,
        now=NOW,
    )
    assert proposed.erasure.streams == (first, second)
    town.eraser.deciding.confirm(proposed.erasure.erasure_id, by=OTHER_LEADER, now=NOW)
    town.eraser.carry_out(proposed.erasure.erasure_id, now=NOW)
    assert town.left_of(first) == town.left_of(second) == {}
    assert {stream for (stream,) in town.rows("select stream from log_erasures")} == {first, second}
    with town.db.connection(Role.APPLICATION) as conn:
        assert town.register.find_by_cpr(conn, [Cpr(ANE), OTHER]) == {}
    assert town.left_of(town.id_of(BO))["young"]


def test_a_file_that_was_parted_or_joined_meanwhile_is_looked_at_again(town: Town, second: UUID) -> None:
    erasure_id = town.proposes().erasure.erasure_id
    with town.db.connection(Role.APPLICATION) as conn:
        town.register.part(conn, second, NOW)
    with pytest.raises(ErasureRefused, match="changed"):
        town.eraser.deciding.confirm(erasure_id, by=OTHER_LEADER, now=NOW)
    alone = town.decides()
    with town.db.connection(Role.APPLICATION) as conn:
        town.register.join(conn, second, town.id_of(ANE), NOW)
    with pytest.raises(ErasureRefused, match="changed"):
        town.eraser.carry_out(alone, now=NOW)
    assert town.count("log_erasures") == 0


def test_a_file_parted_from_it_stands_when_the_other_is_erased(town: Town, second: UUID) -> None:
    with town.db.connection(Role.APPLICATION) as conn:
        town.register.part(conn, second, NOW)
    town.erases()
    assert {"person", "log_events", "log_keys"} <= town.left_of(second).keys()
