"""How Danes sort and spell: æ ø å last, aa as å, accents beside their letters (as CLDR's Danish rules)."""

import unicodedata
from functools import lru_cache

_DANISH_LETTERS = {"a\u030a": "å", "a\u0308": "æ", "o\u0308": "ø", "o\u030b": "ø", "u\u0308": "y", "u\u030b": "y"}
"""A letter with its ring or dots, as Danish reads it."""

_OTHER_LETTERS = str.maketrans({"œ": "ø", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ı": "i", "ʼ": "'"})
"""Letters that Unicode does not take apart."""

# The characters of ASCII between Z and a and after z make room for three letters after z.
_ORDER = str.maketrans({"æ": "{", "ø": "|", "å": "}"} | {mark: chr(n) for n, mark in enumerate("[\\]^_`{|}~", start=1)})

_APOSTROPHE = "'"
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´", _APOSTROPHE))
"""All that people type for one; some of them Unicode would take for an accent and a space."""


def sort_key(text: str) -> str:
    """Sort by this. Texts that differ only in case or accents are equal, and stay as they stood."""
    return fold(text).replace("aa", "å").translate(_ORDER)


def fold(text: str) -> str:
    """Small letters without accents; æ, ø and å stay, and ä ö ü become æ ø y as Danish sorts them."""
    return "".join(_fold(character) for character in _composed(text))


def words(text: str) -> tuple[str, ...]:
    """The words of a name or a question, folded for comparing beginnings.

    å is written aa here, so that typing "Aa" or "Å" finds both spellings, at every letter typed.
    """
    return _split(fold(text))


def spellings(text: str) -> frozenset[str]:
    """Every word of a name in each way it may be asked for: Müller as myller and as muller."""
    plain = "".join(_fold(character, plain=True) for character in _composed(text))
    return frozenset(words(text) + _split(plain))


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_APOSTROPHES)


def _split(folded: str) -> tuple[str, ...]:
    """Cut at spaces and signs; an apostrophe is no cut, because people leave it out."""
    kept = (" " if _is_cut(c) else c for c in folded if c != _APOSTROPHE)
    return tuple("".join(kept).replace("å", "aa").split())


def _is_cut(character: str) -> bool:
    return unicodedata.category(character)[0] in "ZPC"


@lru_cache(maxsize=4096)
def _fold(character: str, *, plain: bool = False) -> str:
    """Fold one character of a composed text, alone – so that the start of a text folds to the start."""
    apart = unicodedata.normalize("NFKD", character.casefold()).casefold()
    for pair, letter in _DANISH_LETTERS.items():
        if not plain or letter == "å":
            apart = apart.replace(pair, letter)
    bare = (c for c in apart if unicodedata.category(c) not in {"Mn", "Me", "Cf"})
    return "".join(bare).translate(_OTHER_LETTERS)
