"""One group of a person's history ends: what is left is folded, listed and shown as if that group had never been."""

from datetime import date
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.access import level, open_groups
from domain.codes import KeyGroup, Party
from eventlog import Entry, Erased, History
from projections.person import person_view
from projections.rows import Row
from projections.spans import WORKLIST, YOUNG, Spans, changes_of, in_force
from tests.projections.histories import written_histories
from tests.projections.world import shipped

GROUPS = st.sampled_from([group for group in KeyGroup if group not in {KeyGroup.IDENTITY, KeyGroup.SYSTEM}])
TODAY = date(2026, 11, 20)


@settings(max_examples=150)
@given(entries=written_histories(), group=GROUPS)
def test_every_reader_goes_on_without_it(entries: list[Entry], group: KeyGroup) -> None:
    left = [entry for entry in entries if entry.group is not group]
    person = entries[0].stream
    spans = Spans()
    spans.add(changes_of(person, left, [(0, in_force(shipped()))]))
    standing = [span.row for span in spans.opened[WORKLIST.name] if span.to_position is None]
    assert len([span for span in spans.opened[YOUNG.name] if span.to_position is None]) <= 1
    rows = [row for row in standing if isinstance(row, Row)]
    for party in Party:
        opened = open_groups(party)
        history = History(
            entries=[entry for entry in left if entry.group in opened],
            erased=[_erased(entry) for entry in entries if entry.group is group],
        )
        view = person_view(history, rows, shipped(), party=party, may=partial(level, party), today=TODAY)
        assert set(view.erased) <= {group}


def _erased(entry: Entry) -> Erased:
    return Erased(
        stream=entry.stream,
        version=entry.version,
        kind=entry.kind,
        group=entry.group,
        position=entry.position,
        recorded_at=entry.recorded_at,
    )
