"""Killed after any step, and whatever backup comes back: it ends erased, and nobody else loses anything."""

import pytest

from database import Role
from erasure import ErasureRefused, ErasureStuck
from erasure.carrying_out import STEPS
from erasure.lists import READ_TABLES
from projections.turns import alone
from tests.erasure.town import ANE, BO, LEADER, MARK, NOW, SOCIAL, Killed, Town, placed_on

BEFORE = STEPS[: STEPS.index("intent")]


def die_after(step: str) -> object:
    def die(done: str) -> None:
        if done == step:
            raise Killed

    return die


@pytest.mark.parametrize("group", [None, SOCIAL])
@pytest.mark.parametrize("last", STEPS)
def test_killed_after_any_step_it_is_finished_by_the_next_start(town: Town, last: str, group: object) -> None:
    ane = town.id_of(ANE)
    erasure_id = town.decides(group=group)
    with pytest.raises(Killed):
        town.eraser.carry_out(erasure_id, now=NOW, done=die_after(last))  # type: ignore[arg-type]
    finished = town.eraser.finish_begun(now=NOW)
    if last in BEFORE:
        assert finished == 0
        assert town.count("log_erasures") == 0
        assert town.left_of(ane)["young"]
        assert town.eraser.waiting(NOW) == [erasure_id]
        town.eraser.carry_out(erasure_id, now=NOW)
    else:
        assert finished == (last != "finished")
    assert town.eraser.waiting(NOW) == []
    assert town.eraser.finish_begun(now=NOW) == 0
    assert town.count("log_erasures") == 1
    left = town.left_of(ane)
    assert (left == {}) is (group is None)
    assert {"listed", "proposal"} & left.keys() == set()
    assert [one.stage(NOW) for one in town.eraser.deciding.all()] == ["finished"]
    assert (MARK in town.opened()) is (group is not None)
    assert town.another().log.history(town.id_of(BO)).erased == []


def test_what_has_begun_cannot_be_regretted(town: Town) -> None:
    erasure_id = town.decides()
    with pytest.raises(Killed):
        town.eraser.carry_out(erasure_id, now=NOW, done=die_after("intent"))  # type: ignore[arg-type]
    with pytest.raises(ErasureRefused, match="begun"):
        town.eraser.deciding.withdraw(erasure_id, by=LEADER, now=NOW)
    with pytest.raises(ErasureRefused, match="already-proposed"):
        town.proposes()
    town.eraser.carry_out(erasure_id, now=NOW)
    assert town.count("person") == 1


def test_it_waits_for_a_rebuild_and_says_so(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("erasure.carrying_out.PATIENCE", 0.1)
    erasure_id = town.decides()
    with alone(town.db), pytest.raises(ErasureStuck, match="udfoer"):
        town.eraser.carry_out(erasure_id, now=NOW)
    assert town.eraser.intents.read() == []
    town.eraser.carry_out(erasure_id, now=NOW)


def test_what_a_rebuild_left_behind_when_it_broke_off_is_erased_too(town: Town) -> None:
    from projections.rebuild import _make_room

    _make_room(town.db)
    with town.db.connection(Role.FOLLOWER) as conn:
        conn.execute("insert into young_next select * from young")
    ane = town.id_of(ANE)
    town.erases()
    assert town.rows(f"select 1 from young_next where person_id = '{ane}'") == []
    assert town.rows("select 1 from young_next")


def test_a_torn_last_line_is_no_intent_and_the_next_one_is_whole(town: Town) -> None:
    town.erases()
    path = town.eraser.intents.path
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:40])
    assert len(town.eraser.intents.read()) == 1
    town.erases(BO)
    assert len(town.eraser.intents.read()) == 2
    assert path.read_bytes().startswith(whole)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("damage", [b"{}\n", b"x\n", b"\n", b'{"log": 3}\n', b"\xff\n"])
def test_a_line_that_cannot_be_read_stops_the_start(town: Town, damage: bytes) -> None:
    town.erases()
    path = town.eraser.intents.path
    path.write_bytes(damage + path.read_bytes())
    with pytest.raises(ErasureStuck, match="Linje 1"):
        town.eraser.finish_begun(now=NOW)


def test_lines_of_another_log_are_left_alone(town: Town) -> None:
    town.erases()
    path = town.eraser.intents.path
    path.write_text(path.read_text("utf-8").replace(str(town.log.log_id), str(town.id_of(BO))), "utf-8")
    assert town.eraser.finish_begun(now=NOW) == 0


def test_nothing_in_the_ledger_file_says_who(town: Town) -> None:
    number = town.case_number(ANE)
    town.erases()
    text = town.eraser.intents.path.read_text("utf-8")
    for forbidden in (MARK, ANE, number, "Bestemmelse"):
        assert forbidden not in text


@pytest.mark.parametrize("group", [None, SOCIAL])
def test_from_the_commit_on_no_list_tells_of_them(town: Town, group: object) -> None:
    ane, follower = town.id_of(ANE), town.follow()
    town.happens(ANE, placed_on(NOW.date()))
    follower.catch_up()
    erasure_id = town.decides(group=group)
    with pytest.raises(Killed):
        town.eraser.carry_out(erasure_id, now=NOW, done=die_after("committed"))  # type: ignore[arg-type]
    left = town.left_of(ane).keys()
    assert not left & set(READ_TABLES)
    assert group is not None or not left
    town.happens(BO, placed_on(NOW.date()))
    while follower.catch_up():
        pass
    assert not town.left_of(ane).keys() & set(READ_TABLES), "the follower does not remember them"
