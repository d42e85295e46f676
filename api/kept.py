"""What somebody wrote in a form that could not be saved: shown again and sent again, so that it is never lost."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import FormData

_PERSON = re.compile(r"/unge/[1-9][0-9]{5,6}(?=/|$)")


@dataclass(frozen=True, slots=True)
class Kept:
    """A form as it was sent. `fields` carry its command too, so that sending them again can never save twice."""

    path: str
    fields: Sequence[tuple[str, str]]

    @property
    def texts(self) -> Sequence[str]:
        """What was written as text: choices and dates are quickly made again, sentences are not."""
        return [value for _, value in self.fields if " " in value.strip()]

    @property
    def stands_at(self) -> str | None:
        """The page that shows what others wrote meanwhile."""
        found = _PERSON.match(self.path)
        return found[0] if found else None


def keep(request: Request, form: FormData) -> None:
    """Remember the form for as long as the request lasts."""
    request.state.form = form


def kept(request: Request) -> Kept | None:
    """The form that this request sent; None when it sent none that was read."""
    form: FormData | None = getattr(request.state, "form", None)
    if form is None:
        return None
    fields = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    return Kept(request.url.path, fields)
