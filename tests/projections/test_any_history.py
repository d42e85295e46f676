"""Whatever happens, however the log is cut into batches, wherever the follower falls: the tables are the fold."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from unittest.mock import patch

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from database import Role
from domain.codes import StreamKind
from domain.events import AgendaItemWished, ContactTried
from domain.facts import Life
from domain.rules import RuleSet
from eventlog import Entry
from projections import follow
from projections.again import work_out_again
from projections.clear import unreadable_at
from projections.follow import Follower
from projections.rebuild import rebuild
from projections.spans import TABLES, Person, Span, Spans, changes_of, in_force, person_of, step, under
from tests.projections.histories import histories, written_histories
from tests.projections.poison import faulty, spoil
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


def many_facts(life: Life, _: RuleSet) -> bool:
    return len(life.stands_for) > 2


def no_closed_days(life: Life, rules: RuleSet) -> bool:
    return len(life.stands_for) > 2 and not rules.closed_days


def has_wished_or_tried(life: Life, _: RuleSet) -> bool:
    return AgendaItemWished in life.by_type or ContactTried in life.by_type


def nothing_at_all(life: Life, _: RuleSet) -> bool:
    return not life.stands_for


FAULTS = st.fixed_dictionaries(
    {
        table: st.sampled_from([None, many_facts, no_closed_days, has_wished_or_tried, nothing_at_all])
        for table in TABLES
    }
)


@contextlib.contextmanager
def something_wrong(world: World, places: set[int], faults: dict) -> Iterator[None]:
    """The entries there cannot be read, and these tables cannot make some rows. Decisions never meet it."""
    undo = [spoil(world, place) for place in places]
    with contextlib.ExitStack() as all_of_them:
        for table, cannot in faults.items():
            if cannot is not None:
                all_of_them.enter_context(faulty(table, cannot))
        try:
            yield
        finally:
            for put_right in undo:
                put_right()


def is_about_somebody(world: World, place: int) -> bool:
    with world.db.connection(Role.FOLLOWER) as conn:
        found = unreadable_at(conn, place, "")
    return found is not None and found.kind is not StreamKind.MUNICIPALITY


@REAL
@given(history=histories(), faults=FAULTS, data=st.data())
def test_whoever_is_parked_is_parked_at_the_same_place_however_the_log_is_cut(
    world: World, history: list, faults: dict, data: st.DataObject
) -> None:
    world.begin_again()
    follower, rival = Follower(world.db, world.log, kept=2), Follower(world.db, world.log)
    places: set[int] = set()
    for happening in history:
        before = world.log.position()
        happening.happen(world)
        end = world.log.position()
        if end > before and data.draw(st.integers(0, 11)) == 0 and is_about_somebody(world, end):
            places.add(end)
        with something_wrong(world, places, faults):
            match data.draw(MOMENTS):
                case "batch":
                    follower.catch_up(data.draw(st.integers(1, 7)))
                case "rival":
                    rival.catch_up(data.draw(st.integers(1, 7)))
                case "restart":
                    follower = Follower(world.db, world.log, kept=2)
                case "crash":
                    fall(world, follower, data.draw(st.integers(1, 7)))
    with something_wrong(world, places, faults):
        while follower.catch_up(data.draw(st.integers(1, 7))) or follower.catch_up():
            pass
        assert follower.position == world.log.position()
        live = world.spans(), world.parked()
        figures = rebuild(world.db, world.log, chunk=2)
        assert (world.spans(), world.parked()) == live
        assert figures.differences == 0
        left_out = {one for one, *_ in world.parked()}
        event(f"{len(left_out)} people parked in {len(world.parked())} places")
        still = work_out_again(world.db, world.log, world.people, chunk=data.draw(st.integers(1, 4)))
        assert (world.spans(), world.parked()) == live, "it fails where it failed before"
        assert still.parked == len(left_out)

    gone = work_out_again(world.db, world.log, left_out, chunk=data.draw(st.integers(1, 4)))
    assert (gone.people, gone.parked) == (len(left_out), 0)
    for position in range(world.log.position() + 1):
        assert without_positions(world.rows(as_of=position)) == world.folded(position)
    whole = world.spans()
    assert rebuild(world.db, world.log).differences == 0
    assert world.spans() == whole


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
