"""One row that was set aside, as it came: put it right, and let it be read again.

Opening it shows what another system says of a person, so it is logged whom, or that it is nobody we know.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from api.errors import NotForYou
from api.form_texts import TheForm, text_of
from api.house import House
from api.importing import office_of
from api.pages import Looking, Page, frame, looking, render, see_other
from api.policy import PEOPLE, policy
from api.set_aside import PATH as THE_LIST
from api.set_aside import PUT_AWAY, may_open
from api.visitor import Me, TheHouse, Visitor
from database import Role
from domain.facts import civil_date
from intake import putting_away
from intake.correcting import cells_of, correct_row, headings_of, person_in
from intake.profile import Profile
from intake.putting_away import PutAwayReason
from intake.waiting import SetAsideRow, open_row
from intake.words import only_what, sentence

router = APIRouter()
PATH = THE_LIST + "/raekker/{row_id}"
LONG = 60
"""Characters from which a cell is written in a box of several lines."""
MOST_WRITTEN = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell to be put right: `name` in the form, the heading above it, and what stands in it now."""

    name: str
    heading: str
    text: str
    is_used: bool
    is_long: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPage(Page):
    """The row. `besides` stood outside every column. `is_resolved`: it is in the log, and nothing of it is shown.

    `put_away`: in words why it is not to be used; then nothing of it is shown either.
    """

    template: ClassVar[str] = "intake/row.html"
    row_id: UUID
    kind: str
    came_on: date
    line: int
    column: str
    says: str
    cells: Sequence[Cell]
    besides: Sequence[str]
    is_resolved: bool
    put_away: str | None
    reasons: Sequence[tuple[str, str]] = tuple(PUT_AWAY.items())

    @property
    def path(self) -> str:
        return f"{THE_LIST}/raekker/{self.row_id}"

    @property
    def back(self) -> str:
        return THE_LIST


@router.get(PATH, name="set-aside-row")
@policy(PEOPLE)
def show(request: Request, house: TheHouse, me: Me, row_id: str) -> HTMLResponse:
    """The row as it came, in a form."""
    row, profile = _opened(request, house, me, row_id)
    cells, besides = cells_of(row.waiting)
    return _show(request, row, profile, cells, besides)


@router.post(PATH)
@policy(PEOPLE)
def put_right(request: Request, house: TheHouse, me: Me, row_id: str, form: TheForm) -> Response:
    """Read the row as it is written now. What came stays stored as it came."""
    row, profile = _opened(request, house, me, row_id, form)
    if row.resolved_at is not None:
        return see_other(f"{THE_LIST}?besked=raekke-loest")
    headings = headings_of(row.waiting)
    written = _written(form, len(headings))
    report = correct_row(office_of(house), profile, row.waiting, written, by=me.actor, now=house.now)
    if report.set_aside:
        errors: dict[str, str] = {}
        for wrong in report.set_aside:
            name = f"c{headings.index(wrong.column)}" if wrong.column in headings else "form"
            says = only_what(wrong.text)
            errors.setdefault(name, f"{wrong.column}: {says}" if name == "form" and wrong.column else says)
        return _show(request, row, profile, written, cells_of(row.waiting)[1], errors)
    house.wait_for_lists(house.log.position())
    return see_other(f"{THE_LIST}?besked=raekke-laest")


@router.post(PATH + "/laeg-vaek", name="put-row-away")
@policy(PEOPLE)
def put_away(request: Request, house: TheHouse, me: Me, row_id: str, form: TheForm) -> Response:
    """The row can never be used. It is counted, and can be fetched back."""
    row, profile = _opened(request, house, me, row_id)
    reason = text_of(form, "grund")
    if reason not in PUT_AWAY:
        cells, besides = cells_of(row.waiting)
        return _show(request, row, profile, cells, besides, {"grund": "Vælg, hvorfor rækken lægges væk."})
    with house.db.connection(Role.APPLICATION) as conn:
        done = putting_away.put_away(conn, row.row_id, PutAwayReason(reason), me.staff.staff_id, house.now)
    return see_other(f"{THE_LIST}?besked={'raekke-lagt-vaek' if done else 'raekke-venter-ikke'}")


@router.post(PATH + "/hent-frem", name="fetch-row-back")
@policy(PEOPLE)
def fetch_back(request: Request, house: TheHouse, me: Me, row_id: str) -> Response:
    """It was wrong to put it away: it waits again."""
    row, _ = _opened(request, house, me, row_id)
    with house.db.connection(Role.APPLICATION) as conn:
        done = putting_away.fetch_back(conn, row.row_id)
    return see_other(f"{THE_LIST}?besked={'raekke-hentet-frem' if done else 'raekke-venter-ikke'}")


def _opened(
    request: Request, house: House, me: Visitor, row_id: str, form: FormData | None = None
) -> tuple[SetAsideRow, Profile]:
    """The row, read and logged. NotForYou when there is none that the visitor looks after."""
    try:
        wanted = UUID(row_id)
    except ValueError:
        raise NotForYou from None
    office = office_of(house)
    with looking(request, me) as look:
        row = open_row(look.conn, house.log.keys, wanted, may_open(office, me))
        if row is None:
            raise NotForYou
        profile = next(one for one in office.profiles if one.name == row.profile)
        _log(look, house, row, profile, form)
    return row, profile


def _log(look: Looking, house: House, row: SetAsideRow, profile: Profile, form: FormData | None) -> None:
    """Whom the row is about, as it came and as it is written now; nobody when the number is nobody's we follow."""
    tellings = [cells_of(row.waiting)[0]]
    if form is not None:
        tellings.append(_written(form, len(headings_of(row.waiting))))
    named = [
        cpr for cells in tellings if (cpr := person_in(profile, row.waiting, cells, demo=house.log.is_demo)) is not None
    ]
    look.at(sorted(set(house.register.find_by_cpr(look.conn, named).values())), "set-aside")


def _written(form: FormData, width: int) -> list[str]:
    """What stands in the form's cells; line ends as this system has them."""
    found = [form.get(f"c{index}", "") for index in range(width)]
    # A file where a text should be is nobody's text.
    return [one.replace("\r\n", "\n").replace("\0", "")[:MOST_WRITTEN] if isinstance(one, str) else "" for one in found]


def _show(
    request: Request,
    row: SetAsideRow,
    profile: Profile,
    cells: Sequence[str],
    besides: Sequence[str],
    errors: dict[str, str] | None = None,
) -> HTMLResponse:
    headings, resolved = headings_of(row.waiting), row.resolved_at is not None
    used = [True] * len(headings) if row.waiting.place else _used(profile, headings)
    page = RowPage(
        **frame(request, "Ret en række", "intake") | {"errors": errors or {}},
        row_id=row.row_id,
        kind=profile.title,
        came_on=civil_date(row.came_at),
        line=row.waiting.line,
        column=row.column,
        says=only_what(sentence(row.waiting.reason)),
        cells=[]
        if resolved
        else [
            Cell(
                name=f"c{index}",
                heading=heading or f"Kolonne {index + 1}",
                text=text,
                is_used=is_used,
                is_long=len(text) > LONG or "\n" in text,
            )
            for index, (heading, text, is_used) in enumerate(zip(headings, cells, used, strict=True))
        ],
        besides=[] if resolved else [one for one in besides if one.strip()],
        is_resolved=resolved,
        put_away=PUT_AWAY[row.put_away] if row.put_away else None,
    )
    return render(request, page, 422 if errors else 200)


def _used(profile: Profile, headings: Sequence[str]) -> list[bool]:
    days = profile.days_in(headings)
    return [field is not None or is_day for field, is_day in zip(profile.fields_of(headings), days, strict=True)]
