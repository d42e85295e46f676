"""What a form made from a declaration was answered with: read, checked, and put into an event."""

from datetime import date
from typing import Any

from starlette.datastructures import FormData

from api.form_answers import answer
from api.form_dates import read_date, read_optional_date
from api.form_texts import MAYBE_CPR, like_cpr, text_of
from api.house import House
from api.recordable import Kind
from api.visitor import Visitor
from api.words import REFUSALS
from database import Role
from domain.refused import Refused
from people.staff import staff_list

_WHEN_KNOWN = "Dagen, da kommunen fik det at vide,"


def colleagues(house: House, conn: Any, me: Visitor) -> list[tuple[str, str]]:
    """Who works for the visitor's party now: whom a worker of it can name."""
    return [(one.staff_id, one.name) for one in staff_list(conn, house.log.keys) if one.party is me.party]


def read_answers(
    kind: Kind, form: FormData, house: House, me: Visitor
) -> tuple[dict[str, str], dict[str, Any], date | None]:
    """What is wrong, by field and in the order of the page; what was answered; when the municipality knew."""
    today = house.today
    errors: dict[str, str] = {}
    answers: dict[str, Any] = {}

    def take(name: str, given: Any, fault: str | None) -> None:
        if fault:
            errors[name] = fault
        else:
            answers[name] = given

    on = read_date(form, "on", today)
    day = on if isinstance(on, date) else today
    for field in kind.fields:
        take(field.name, *answer(field, form, day, today))
    take("on", on, on if isinstance(on, str) else REFUSALS["in-the-future"] if on > today else None)
    errors |= {
        field.name: "Klokkeslættet ligger i fremtiden."
        for field in kind.fields
        if field.sort == "time" and isinstance(on, date) and answers.get(field.name, house.now) > house.now
    }
    if any(field.sort == "staff" for field in kind.fields) and not errors:
        with house.db.connection(Role.APPLICATION) as conn:
            known = {staff_id for staff_id, _ in colleagues(house, conn, me)}
        errors |= {
            field.name: f"Vælg et svar: {field.ask.label}"
            for field in kind.fields
            if field.sort == "staff" and answers[field.name] not in known
        }
    known_on = None if kind.form.shared else read_optional_date(form, "known_on", today, what=_WHEN_KNOWN)
    if isinstance(known_on, str):
        errors["known_on"] = known_on
    elif known_on is not None and known_on > today:
        errors["known_on"] = REFUSALS["in-the-future"]
    elif known_on is not None and isinstance(on, date) and known_on < on and kind.form.knew is None:
        errors["known_on"] = "Kommunen kan ikke have fået det at vide, før det skete."
    if not errors and says_number(kind, form) and not text_of(form, "ikke_cpr"):
        errors["ikke_cpr"] = MAYBE_CPR
    return errors, answers, known_on if isinstance(known_on, date) else None


def field_of(refusal: Refused, kind: Kind) -> str:
    """The field that a refusal is about, so that the summary leads there."""
    if refusal.reason in {"before-birth", "in-the-future"}:
        return "on"
    if refusal.reason == "due-before-agreed":
        return "due_on"
    texts = [field.name for field in kind.fields if field.sort == "text"]
    return texts[0] if refusal.reason.startswith("text-") and texts else "form"


def says_number(kind: Kind, form: FormData) -> bool:
    """Whether a text of the form looks like a CPR number."""
    return any(like_cpr(text_of(form, field.name)) for field in kind.fields if field.sort == "text")
