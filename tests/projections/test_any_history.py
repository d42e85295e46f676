"""Whatever happens, however the log is cut into batches, wherever the follower falls: the tables are the fold."""

import contextlib
from dataclasses import replace
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventlog import Entry
from projections import follow
from projections.follow import Follower
from projections.rebuild import rebuild
from projections.spans import Person, Span, Spans, changes_of, in_force, person_of, step, under
from tests.projections.histories import histories, written_histories
from tests.projections.world import World, shipped, without_positions

REAL = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class Crashed(Exception):
    """The process ended here."""


def crash_before_commit(*arguments: object) -> None:
    WRITE(*arguments)  # type: ignore[arg-type]
    raise Crashed


WRITE = follow.write


def fall(world: World, follower: Follower, limit: int) -> None:
    """The process ends after the rows are written and before they are committed."""
    before = world.rows()
    # A rival may have been before us: then nothing is written, and nothing falls.
    with patch.object(follow, "write", crash_before_commit), contextlib.suppress(Crashed):
        follower.catch_up(limit)
    assert world.rows() == before


MOMENTS = st.sampled_from(["nothing", "nothing", "batch", "batch", "crash", "restart", "rival"])


@REAL
@given(history=histories(), data=st.data())
def test_live_rows_are_the_fold_at_every_position(world: World, history: list, data: st.DataObject) -> None:
    world.begin_again()
    follower, rival = Follower(world.db, world.log, kept=2), Follower(world.db, world.log)
    seen: dict[int, object] = {}
    for happening in history:
        happening.happen(world)
        match data.draw(MOMENTS):
            case "batch":
                follower.catch_up(data.draw(st.integers(1, 7)))
            case "rival":
                rival.catch_up(data.draw(st.integers(1, 7)))
            case "restart":
                follower = Follower(world.db, world.log, kept=2)
            case "crash":
                fall(world, follower, data.draw(st.integers(1, 7)))
        seen[Follower(world.db, world.log).position] = world.rows()
    while follower.catch_up(data.draw(st.integers(1, 7))) or follower.catch_up():
        seen[follower.position] = world.rows()

    end = world.log.position()
    assert follower.position == end
    for position, rows in seen.items():
        assert world.rows(as_of=position) == rows
    for position in range(end + 1):
        assert without_positions(world.rows(as_of=position)) == world.folded(position)

    live = world.spans()
    figures = rebuild(world.db, world.log, chunk=2)
    assert world.spans() == live
    assert (figures.differences, figures.position) == (0, end)


@settings(max_examples=300, deadline=None)
@given(entries=written_histories())
def test_after_every_entry_the_rows_are_those_of_the_facts(entries: list[Entry]) -> None:
    rules = in_force(shipped())
    person = Person(entries[0].stream)
    for number, entry in enumerate(entries, start=1):
        person, _ = step(person, entry, rules)
        assert person.standing == person_of(person.person_id, entries[:number], rules).standing


@settings(max_examples=150, deadline=None)
@given(entries=written_histories(), data=st.data())
def test_spans_do_not_depend_on_how_the_log_is_cut(entries: list[Entry], data: st.DataObject) -> None:
    person = entries[0].stream
    middle = len(entries) // 2
    rules = [(0, in_force(shipped())), (middle, in_force(shipped(())))]
    entries = [entry for entry in entries if entry.position != middle]
    at_once = Spans()
    at_once.add(changes_of(person, entries, rules))

    table: dict[tuple[str, str, int], Span] = {}
    state, (_, now) = Person(person), rules[0]
    while entries:
        batch, entries = entries[: (here := data.draw(st.integers(1, len(entries))))], entries[here:]
        spans = Spans()
        for entry in batch:
            if entry.position > rules[1][0] and now is not rules[1][1]:
                now = rules[1][1]
                state, changes = under(state, now, rules[1][0])
                spans.add(changes)
            state, changes = step(state, entry, now)
            spans.add(changes)
        for name, closed in spans.closed.items():
            for _, key, position in closed:
                (place,) = [one for one, span in table.items() if one[:2] == (name, key) and _stands(span)]
                table[place] = replace(table[place], to_position=position)
        for name, opened in spans.opened.items():
            table |= {(name, span.row.row_key, span.from_position): span for span in opened}

    expected = {
        (name, span.row.row_key, span.from_position): span for name, opened in at_once.opened.items() for span in opened
    }
    assert table == expected


def _stands(span: Span) -> bool:
    return span.to_position is None
