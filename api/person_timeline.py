"""Forløb 13-30: a person's bars and handovers as a drawing, and the same as rows in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from api import timeline_svg
from api.person_lines import title_of
from api.sentences import capital, in_words
from api.words import MATTERS, PARTIES, STATES
from domain.choices import Benefit, Measure
from domain.codes import Matter, Party, PlacementForm, Programme
from domain.journey import HandoverState
from domain.rules import RuleSet
from projections.person import PersonView
from projections.timeline import Bar, BarKind, Diamond, Ended, Work

LANES = (Party.SCHOOL, Party.UU, Party.CHILD_SOCIAL, Party.EMPLOYMENT, Party.MILEPAELEN)
"""Those that are always there; the others where something lasted that the reader may see."""
ZOOMS = ("13-18", "16-25", "18-30")
WHOLE = (13, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """One bar or one handover, in words."""

    lane: str
    label: str
    start: date
    end: date | None
    state: str


def drawing(view: PersonView, born_on: date, rules: RuleSet, today: date, zoom: str, *, text_size: int = 14) -> str:
    """The drawing from 13 to 30, or of the years of `zoom`; letters of 16 are read from across a room."""
    first, last = map(int, zoom.split("-")) if zoom in ZOOMS else WHOLE
    shown = [bar for bar in view.bars if not _is_coordination(bar)]
    used = {*LANES, *(bar.lane for bar in shown)}
    return timeline_svg.timeline_svg(
        born_on=born_on,
        today=today,
        lanes=[(lane, PARTIES[lane]) for lane in Party if lane in used],
        bars=[
            timeline_svg.Bar(
                lane=bar.lane, label=label_of(bar), start=bar.start, end=bar.end, ended=_ENDED[bar.ended][0]
            )
            for bar in shown
        ],
        diamonds=[
            timeline_svg.Diamond(
                from_lane=one.from_lane,
                to_lane=one.to_lane,
                on=one.on,
                label=_sign(one, view, rules),
                state=one.state,
            )
            for one in view.diamonds
        ],
        title=f"Forløb fra {first} til {last} år",
        description=_message(view, rules, today),
        from_age=first,
        to_age=last,
        text_size=text_size,
    )


def in_rows(view: PersonView, rules: RuleSet, today: date) -> list[TimelineRow]:
    """All of it in words, also what lies outside the drawing. The earliest first."""
    rows = [*_bar_rows(view.bars, today), *_diamond_rows(view.diamonds, view, rules)]
    return sorted(rows, key=lambda row: (row.start, row.lane, row.label))


def _bar_rows(bars: Iterable[Bar], today: date) -> Iterator[TimelineRow]:
    for bar in bars:
        if bar.start > today:
            state = "Planlagt"
        else:
            state = "I gang" if bar.end is None or bar.end > today else _ENDED[bar.ended][1]
        yield TimelineRow(lane=PARTIES[bar.lane], label=label_of(bar), start=bar.start, end=bar.end, state=state)


def _diamond_rows(diamonds: Sequence[Diamond], view: PersonView, rules: RuleSet) -> Iterator[TimelineRow]:
    states = {one.handover_id: one.state for one in view.handovers}
    for one in diamonds:
        late = ", frist overskredet" if one.state == "overdue" else ""
        if one.handover_id is None:
            label, state = _title(one, view, rules), "Frist" if one.state == "open" else "Frist overskredet"
        else:
            label = f"Overlevering: {MATTERS[one.matter]}"
            state = STATES[states.get(one.handover_id, HandoverState.SENT)] + late
        lane = f"{PARTIES[one.from_lane]} til {PARTIES[one.to_lane]}"
        yield TimelineRow(lane=lane, label=label, start=one.on, end=None, state=state)


def _is_coordination(bar: Bar) -> bool:
    # Somebody always coordinates, and the top of the page says who: the bar would only take up a row.
    return bar.kind is BarKind.RESPONSIBILITY and bar.code == Matter.COORDINATION


_ENDED: Mapping[Ended | None, tuple[Literal["completed", "broken-off"] | None, str]] = {
    None: (None, "Afsluttet"),
    Ended.COMPLETED: ("completed", "Gennemført"),
    Ended.BROKEN_OFF: ("broken-off", "Afbrudt"),
}
"""How an end is drawn, and what it is called."""
_CODES: Mapping[BarKind, type[Matter | Programme | Measure | Benefit]] = {
    BarKind.RESPONSIBILITY: Matter,
    BarKind.EDUCATION: Programme,
    BarKind.MEASURE: Measure,
    BarKind.BENEFIT: Benefit,
}
_NAMES = {
    BarKind.MENTOR: "Mentor",
    BarKind.MILEPAELEN: PARTIES[Party.MILEPAELEN],
    BarKind.PSYCHIATRY: "Forløb i psykiatrien",
}
_WORK = {
    Work.JOB: "Job",
    Work.ORDINARY_HOURS: "Ordinære timer",
    Work.SMALL_JOB: "Småjob",
    Work.WORK_PLACEMENT: "Virksomhedspraktik",
}


def label_of(bar: Bar) -> str:
    """What a bar is called."""
    match bar.kind:
        case BarKind.SCHOOL:
            first, _, last = bar.code.partition("-")
            return f"Skole, {first}.–{last}. klasse" if last else f"Skole, {first}. klasse"
        case BarKind.PLACEMENT:
            return f"Anbragt: {in_words(PlacementForm(bar.code))}"
        case BarKind.WORK:
            return _WORK[Work(bar.code)]
        case kind if kind in _CODES:
            return capital(in_words(_CODES[kind](bar.code)))
    return _NAMES[bar.kind]


def _sign(one: Diamond, view: PersonView, rules: RuleSet) -> str:
    """What is written beside a diamond: short, and without colour it still says how it stands."""
    if one.handover_id is None:
        return _title(one, view, rules)
    if one.state == "taken":
        return f"{PARTIES[one.from_lane]} til {PARTIES[one.to_lane]}: {MATTERS[one.matter]}"
    return "Ikke overtaget"


def _title(one: Diamond, view: PersonView, rules: RuleSet) -> str:
    for row in view.rows:
        if row.handover_id is None and (row.rule_id, row.due_on) == (one.rule_id, one.on):
            return title_of(row, rules)
    return "Frist"


def _message(view: PersonView, rules: RuleSet, today: date) -> str:
    late = [row for row in view.rows if row.is_overdue(today)]
    if not late:
        return "Ingen frister er overskredet."
    return f"Overskredet: {title_of(late[0], rules)}, frist {late[0].due_on:%d.%m.%Y}."
