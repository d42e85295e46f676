"""Erasing a person: nothing of them is left anywhere, and everything of everybody else is as it was."""

import pytest

from database import Role
from domain.codes import KeyGroup
from erasure.refusals import ErasureRefused
from tests.erasure.town import ANE, BO, MARK, NOW, SOCIAL, Town


def everything_about(town: Town, cpr: str) -> object:
    person_id = town.id_of(cpr)
    with town.db.connection(Role.APPLICATION) as conn:
        who = town.register.identities(conn, [person_id])
    return town.another().log.history(person_id), town.left_of(person_id), who


def test_before_it_something_is_in_every_table(town: Town) -> None:
    left = town.left_of(town.id_of(ANE))
    assert {
        "log_events",
        "log_keys",
        "log_sources",
        "person",
        "person_name_prefix",
        "relative",
        "listed",
        "proposal",
    } <= (left.keys())
    assert {"worklist", "young"} <= left.keys()
    assert MARK in town.opened()
    assert town.count("set_aside") == 2


def test_nothing_of_them_is_left_and_everybody_else_stands(town: Town) -> None:
    ane, bo = town.id_of(ANE), everything_about(town, BO)
    town.erases()
    assert town.left_of(ane) == {}
    assert MARK not in town.opened()
    assert "ukendt hændelse om Bo" in town.opened()
    assert everything_about(town, BO) == bo
    assert town.count("set_aside") == 1
    stored = town.everything_stored()
    for mark in (MARK.encode(), ANE.encode(), ANE[:6].encode()):
        assert mark not in stored


def test_the_ids_times_and_codes_that_stay(town: Town) -> None:
    ane = town.id_of(ANE)
    erasure_id = town.erases()
    assert town.rows("select erasure_id, stream, key_group from log_erasures") == [(erasure_id, ane, None)]
    (row,) = town.rows("select person_id, ground, archive, reference, finished_at from erasure")
    assert row == (ane, "registered-in-error", "may-be-discarded", "Bestemmelse 7, stk. 2", NOW)
    (line,) = town.eraser.intents.read()
    assert (line.erasure_id, line.streams, line.group, line.at) == (erasure_id, (ane,), None, NOW)


def test_one_group_alone_ends(town: Town) -> None:
    ane = town.id_of(ANE)
    before = town.another().log.history(ane)
    town.erases(group=SOCIAL)
    after = town.another().log.history(ane)
    assert after.entries == [entry for entry in before.entries if entry.group is not KeyGroup.SOCIAL]
    assert {one.group for one in after.erased} == {KeyGroup.SOCIAL}
    left = town.left_of(ane)
    assert {"person", "relative", "young", "log_keys"} <= left.keys()
    assert {"listed", "proposal"} & left.keys() == set()
    assert town.count("set_aside") == 2, "the row of the UU's file says nothing of the group"
    assert MARK in town.opened()


def test_the_lists_know_of_it_at_once_and_a_follower_that_remembers_forgets(town: Town) -> None:
    ane = town.id_of(ANE)
    follower = town.follow()
    town.closes(ANE)
    assert follower.catch_up()
    assert ane in follower._people
    town.erases()
    assert town.left_of(ane) == {}
    town.closes(BO)
    while follower.catch_up():
        pass
    assert ane not in follower._people
    assert town.left_of(ane) == {}
    assert town.rows(f"select status from young where person_id = '{town.id_of(BO)}' and to_position is null")


def test_done_twice_it_is_done_once(town: Town) -> None:
    erasure_id = town.erases()
    again = town.eraser.carry_out(erasure_id, now=NOW)
    assert again.finished_at == NOW
    assert town.count("log_erasures") == 1
    assert len(town.eraser.intents.read()) == 1


def test_what_waited_about_the_same_person_is_withdrawn(town: Town) -> None:
    waits = town.decides(group=SOCIAL)
    town.erases()
    with pytest.raises(ErasureRefused, match="withdrawn"):
        town.eraser.carry_out(waits, now=NOW)
