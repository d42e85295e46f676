"""What forms send besides dates: texts, the command they carry, and numbers that look like a CPR number."""

import re
from typing import Annotated
from uuid import UUID, uuid5

from fastapi import Depends, Request
from starlette.datastructures import FormData

from api.words import REFUSALS
from domain.text import MAX_FREE_TEXT

MAYBE_CPR = "Teksten ligner et CPR-nummer. Fjern det, eller bekræft at det ikke er et."

_LIKE_CPR = re.compile(r"(?<![0-9])[0-9]{6}[-‐‑–. ]?[0-9]{4}(?![0-9])")
_NO_ANSWERS = frozenset({"csrf", "command"})
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


async def _posted(request: Request) -> FormData:
    return await request.form()


TheForm = Annotated[FormData, Depends(_posted)]
"""The form as it was sent, for routes that are plain functions."""


def text_of(form: FormData, name: str) -> str:
    """What was written there, with the line ends of this system and without signs that cannot be seen."""
    value = form.get(name, "")
    # A file where a text should be is nobody's text.
    return _CONTROLS.sub("", value.replace("\r\n", "\n")).strip() if isinstance(value, str) else ""


def text_fault(text: str) -> str | None:
    """What is wrong with a text that must be there."""
    if not text:
        return REFUSALS["text-missing"]
    return REFUSALS["text-too-long"] if len(text) > MAX_FREE_TEXT else None


def like_cpr(text: str) -> bool:
    """Whether ten digits stand in it as a CPR number would."""
    return _LIKE_CPR.search(text) is not None


def command_of(form: FormData) -> UUID | None:
    """The command that this form with these answers is; None when it carries none.

    The same form with the same answers is the same command, so a double click is one event. Who goes back in
    the browser and changes the answers has sent something else, and it must not be lost as a double click.
    """
    carried = carried_command(form)
    answers = sorted((name, str(value)) for name, value in form.multi_items() if name not in _NO_ANSWERS)
    return carried and uuid5(carried, repr(answers))


def carried_command(form: FormData) -> UUID | None:
    """The command as the form carries it, to be carried again when the form is shown again."""
    try:
        return UUID(text_of(form, "command"))
    except ValueError:
        return None
