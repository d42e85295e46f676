"""Min profil: who stands in for the visitor, for whom the visitor stands in, and until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from api.form_dates import read_date, written
from api.form_texts import TheForm, carried_command, command_of, text_of
from api.house import House
from api.pages import Page, frame, render, see_other
from api.policy import SIGNED_IN, policy
from api.visitor import Me, TheHouse, Visitor
from database import Role
from people.absences import Absence, AlreadyAway, absences, name_substitute, take_away
from people.staff import Function, Staff, staff_list

router = APIRouter()

PATH = "/profil"
_OVERLAPS = "Der er allerede en afløser på en af de dage. Fjern den først, eller vælg andre dage."


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Somebody is away, in words."""

    absence_id: UUID
    who: str
    substitute: str
    first: date
    last: date
    lasts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePage(Page):
    """The visitor's own page. `absent` may be asked for where there is more than one to choose from: by leaders."""

    template: ClassVar[str] = "profile/profile.html"
    me: Staff
    ours: Sequence[Line]
    covered: Sequence[Line]
    absent: Sequence[tuple[str, str]]
    substitutes: Sequence[tuple[str, str]]
    form: Mapping[str, Any]
    today: date
    command: UUID = field(default_factory=uuid4)

    @property
    def example(self) -> str:
        """How a date is written, with a date of today's year."""
        return f"For eksempel {self.today.day} {self.today.month} {self.today.year}"


@router.get(PATH, name="profile")
@policy(SIGNED_IN)
def show(request: Request, house: TheHouse, me: Me) -> HTMLResponse:
    """Who stands in for whom."""
    return _page(request, house, me)


@router.post(f"{PATH}/afloeser", name="substitute")
@policy(SIGNED_IN)
def name(request: Request, house: TheHouse, me: Me, form: TheForm) -> Response:
    """Name a substitute from a day to a day, both counted in."""
    staff = _staff(house)
    errors, absence = _read(form, house, me, staff)
    if absence is None:
        return _page(request, house, me, form=form, errors=errors)
    try:
        with house.db.connection(Role.APPLICATION) as conn:
            name_substitute(conn, absence, by=me.staff.staff_id, at=house.now)
    except AlreadyAway:
        return _page(request, house, me, form=form, errors={"fra": _OVERLAPS})
    return see_other(f"{PATH}?besked=gemt")


@router.post(PATH + "/afloeser/{absence_id}/fjern", name="substitute-away")
@policy(SIGNED_IN)
def remove(house: TheHouse, me: Me, absence_id: UUID) -> Response:
    """There is no substitute after all, or no longer."""
    with house.db.connection(Role.APPLICATION) as conn:
        take_away(conn, absence_id, [one.staff_id for one in _absent(me, _staff_in(conn, house))])
    return see_other(f"{PATH}?besked=gemt")


def _page(
    request: Request,
    house: House,
    me: Visitor,
    *,
    form: FormData | None = None,
    errors: dict[str, str] | None = None,
) -> HTMLResponse:
    with house.db.connection(Role.APPLICATION) as conn:
        staff = _staff_in(conn, house)
        absent = _absent(me, staff)
        ours = absences(conn, house.today, of=[one.staff_id for one in absent])
        covered = absences(conn, house.today, covered_by=me.staff.staff_id)
    names = {one.staff_id: one.name for one in staff}
    fields: dict[str, Any] = {"hvem": me.staff.staff_id, "afloeser": "", "fra": house.today, "til": None}
    if form is not None:
        fields = {one: text_of(form, one) for one in ("hvem", "afloeser")}
        fields |= {one: written(form, one) for one in ("fra", "til")}
    return render(
        request,
        ProfilePage(
            **frame(request, "Min profil", "profile") | {"errors": errors or {}},
            me=me.staff,
            ours=_lines(ours, names, house.today),
            covered=_lines(covered, names, house.today),
            absent=[(one.staff_id, one.name) for one in absent],
            substitutes=[(one.staff_id, one.name) for one in _substitutes(me, staff, absent)],
            form=fields,
            today=house.today,
            # Nothing was written, so the form keeps its command: sent twice it is still one absence.
            command=(form and carried_command(form)) or uuid4(),
        ),
        422 if errors else 200,
    )


def _read(form: FormData, house: House, me: Visitor, staff: Sequence[Staff]) -> tuple[dict[str, str], Absence | None]:
    """What is wrong, by field and in the order of the page; the absence when nothing is."""
    errors: dict[str, str] = {}
    absent = _absent(me, staff)
    who = text_of(form, "hvem") or me.staff.staff_id
    substitute = text_of(form, "afloeser")
    if who not in {one.staff_id for one in absent}:
        errors["hvem"] = "Vælg en, der arbejder i din enhed."
    if substitute not in {one.staff_id for one in _substitutes(me, staff, absent)}:
        errors["afloeser"] = "Vælg en kollega som afløser."
    elif substitute == who:
        errors["afloeser"] = "Den, der er fraværende, kan ikke være sin egen afløser."
    first = read_date(form, "fra", house.today, what="Den første dag")
    last = read_date(form, "til", house.today, what="Den sidste dag")
    if isinstance(first, str):
        errors["fra"] = first
    if isinstance(last, str):
        errors["til"] = last
    elif last < house.today:
        errors["til"] = "Den sidste dag er forbi."
    elif isinstance(first, date) and last < first:
        errors["til"] = "Den sidste dag ligger før den første."
    absence_id = command_of(form)
    if absence_id is None:
        errors["form"] = "Formularen var for gammel. Se den igennem, og gem igen."
    if errors or absence_id is None or isinstance(first, str) or isinstance(last, str):
        return errors, None
    return {}, Absence(absence_id=absence_id, staff_id=who, substitute_id=substitute, first=first, last=last)


def _staff(house: House) -> list[Staff]:
    with house.db.connection(Role.APPLICATION) as conn:
        return _staff_in(conn, house)


def _staff_in(conn: Any, house: House) -> list[Staff]:
    return staff_list(conn, house.log.keys)


def _absent(me: Visitor, staff: Sequence[Staff]) -> list[Staff]:
    """For whom the visitor may name a substitute: for themselves, and a leader for the unit – who is ill cannot."""
    leads = me.staff.function is Function.LEADER
    return [one for one in staff if one.staff_id == me.staff.staff_id or (leads and one.unit_id == me.staff.unit_id)]


def _substitutes(me: Visitor, staff: Sequence[Staff], absent: Sequence[Staff]) -> list[Staff]:
    """Colleagues of the same department: they may see what the absent one may see."""
    alone = len(absent) == 1
    return [one for one in staff if one.party is me.party and not (alone and one.staff_id == me.staff.staff_id)]


def _lines(found: Sequence[Absence], names: Mapping[str, str], today: date) -> list[Line]:
    return [
        Line(
            absence_id=one.absence_id,
            who=names.get(one.staff_id, "En, der har forladt kommunen"),
            substitute=names.get(one.substitute_id, "En, der har forladt kommunen"),
            first=one.first,
            last=one.last,
            lasts=one.first <= today,
        )
        for one in found
    ]
