"""Names as they are kept: as written, but without what breaks pages or databases."""

import unicodedata

MAX_NAME = 200
"""Characters; the longest that CPR itself keeps is far shorter."""

_TURNERS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Signs that turn the direction of the text around them: a name must not turn the page it stands on."""


class NameFault(ValueError):  # noqa: N818 - the name is the word of the import reports
    """The text cannot be a name. The message is Danish and never holds the text."""


def clean_name(text: str) -> str:
    """Return the name composed (NFC), with single spaces. NameFault when it is empty, too long or unprintable."""
    name = unicodedata.normalize("NFC", " ".join(text.translate(_TURNERS).split()))
    if not name:
        raise NameFault("Navnet mangler.")
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in name):
        raise NameFault("Navnet indeholder et tegn, der ikke kan skrives, for eksempel et nul-tegn.")
    if len(name) > MAX_NAME:
        raise NameFault(f"Navnet er længere end {MAX_NAME} tegn.")
    return name
