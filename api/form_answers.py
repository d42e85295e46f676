"""One answer of a form made from declarations: what the field says, or what is wrong with it."""

import re
from datetime import UTC, date, datetime, time
from typing import Any

from starlette.datastructures import FormData

from api.form_dates import read_date, read_optional_date, written
from api.form_texts import text_fault, text_of
from api.recordable import Field
from domain.facts import COPENHAGEN
from domain.text import NOTHING_WRITTEN

_TIME = re.compile(r"([01]?[0-9]|2[0-3])[.:]?([0-5][0-9])")
_WHOLE = re.compile(r"[0-9]{1,6}")


def answer(field: Field, form: FormData, on: date, today: date) -> tuple[Any, str | None]:  # noqa: PLR0911
    """What the field says, and in Danish what is wrong with it. `on` is the event's day, for a time of that day."""
    given = text_of(form, field.name)
    match field.sort:
        case "date":
            read = read_optional_date if field.optional else read_date
            day = read(form, field.name, today, what=f"Svaret på “{field.ask.label}”")
            return day, day if isinstance(day, str) else None
        case "text":
            if field.optional and not given:
                return NOTHING_WRITTEN, None
            return given, text_fault(given)
        case "choices":
            return _ticked(field, form)
        case "number":
            return _number(field, given)
        case "time":
            return _moment(given, on)
        case "staff":
            return given, None if given else f"Vælg et svar: {field.ask.label}"
    if given not in {code for code, _ in field.options}:
        return None, f"Vælg et svar: {field.ask.label}"
    return (given == "ja" if field.codes is None else field.codes(given)), None


def written_answer(field: Field, form: FormData) -> Any:
    """What was written, to be shown again."""
    if field.sort == "date":
        return written(form, field.name)
    if field.sort == "choices":
        return [str(one) for one in form.getlist(field.name)]
    return text_of(form, field.name)


def empty(field: Field) -> Any:
    """The field before anything is written."""
    return ("", "", "") if field.sort == "date" else [] if field.sort == "choices" else ""


def _ticked(field: Field, form: FormData) -> tuple[Any, str | None]:
    ticked = [str(one) for one in form.getlist(field.name)]
    if field.codes is None or not set(ticked) <= set(field.codes) or not (ticked or field.optional):
        return None, f"Vælg mindst ét svar: {field.ask.label}"
    return tuple(code for code in field.codes if code in ticked), None


def _moment(given: str, on: date) -> tuple[datetime | None, str | None]:
    found = _TIME.fullmatch(given)
    if found is None:
        return None, "Skriv klokkeslættet som timer og minutter, for eksempel 14.30."
    at = datetime.combine(on, time(int(found[1]), int(found[2])), COPENHAGEN)
    return at.astimezone(UTC), None


def _number(field: Field, given: str) -> tuple[int | None, str | None]:
    least, most = field.ask.least or 0, field.ask.most if field.ask.most is not None else 999_999
    if _WHOLE.fullmatch(given) and least <= int(given) <= most:
        return int(given), None
    return None, f"Skriv et helt tal fra {least} til {most}: {field.ask.label}"
