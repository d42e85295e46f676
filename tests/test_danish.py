"""What people read is in the words of the glossary, in no word that it forbids, and in no code.

Here the sources are read; what the pages say when they are made is read by tests/api/test_what_is_read.py.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from api import words
from domain import choices, codes, journey, rules
from domain.catalogue import DECLARATIONS, Declaration
from domain.declaration import Subject
from domain.refused import REASONS
from domain.rules import law_file, parse, shipped_rules, together

ROOT = Path(__file__).parent.parent
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ENGLISH = re.compile(
    r"\b(?:the|handover|case|meeting|young person|entry|overdue|due|event|worklist|not found|please|error|unknown"
    r"|with|from|without|school|child|goal|staff|party|rule|step|name|submit|cancel|save|delete|employment|benefit"
    r"|none|true|false|null|undefined)\b",
    re.IGNORECASE,
)


def _forbidden() -> list[str]:
    """The words of the table, as they stand in it."""
    table = GLOSSARY.partition("## Words that are not used on pages")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)[1:]
    return [word.strip() for row in rows for word in row.split(",") if word.strip("- ")]


def _looked_for(word: str) -> str:
    return rf"\b{re.escape(word.removesuffix('…'))}" + (r"\w*" if word.endswith("…") else r"\b")


FORBIDDEN = re.compile("|".join(_looked_for(word) for word in _forbidden()), re.IGNORECASE)


def _codes() -> Iterator[str]:
    """Every code with a hyphen or an underscore: such a word is nobody's Danish."""
    for room in (codes, choices, journey, rules):
        for _, kind in inspect.getmembers(room, inspect.isclass):
            if issubclass(kind, StrEnum):
                yield from kind
    yield from (one.code for one in DECLARATIONS)
    yield from (*Subject, *REASONS)


CODES = sorted({str(code) for code in _codes() if re.search(r"[-_]", code)}, key=len, reverse=True)
CODE = re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, CODES))})(?![\w-])")


def faults(text: str) -> list[str]:
    """Whatever of this text nobody should have to read."""
    return [*FORBIDDEN.findall(text), *ENGLISH.findall(text), *CODE.findall(text)]


def _without_code(template: str) -> str:
    """What is read of a template: no comments, tags, expressions' code, or markup; the texts in expressions stay."""
    template = re.sub(r"\{#.*?#\}", " ", template, flags=re.DOTALL)
    said = re.findall(r'"([^"]*)"', " ".join(re.findall(r"\{\{.*?\}\}", template, flags=re.DOTALL)))
    said += re.findall(r'(?:aria-label|data-label|placeholder|title|alt)="([^"{]*)"', template)
    plain = re.sub(r"\{% block body_class %\}\w+|\{%.*?%\}|\{\{.*?\}\}", " ", template, flags=re.DOTALL)
    # Macros that write only attributes leave them outside any tag.
    plain = re.sub(r"<code>.*?</code>|<[^>]+>|[\w-]+=\"[^\"]*\"", " ", plain, flags=re.DOTALL)
    return "\n".join([plain, *(text for text in said if " " in text or text[:1].isupper())])


def _strings(path: Path) -> Iterator[str]:
    """The texts of a module that are not docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.value


def _pages() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "templates").rglob("*.html")):
        yield str(path.relative_to(ROOT)), _without_code(path.read_text(encoding="utf-8"))


def _declared(one: Declaration) -> list[str]:
    """Every Danish text of a declaration; fields in braces are filled in when it is read."""
    asks = one.form.asks.values() if one.form else ()
    texts = [one.title, one.reads, one.changes, one.form.when if one.form else ""]
    texts += [text for ask in asks for text in (ask.label, ask.hint)]
    return [re.sub(r"{\w+}", "…", text) for text in texts]


def _words() -> Iterator[tuple[str, str]]:
    yield from _pages()
    for folder in ("api", "demo", "intake"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), "\n".join(_strings(path))
    for path in sorted((ROOT / "docs" / "brugervejledning").glob("*.md")):
        yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
    yield "docs/sider.md", (ROOT / "docs" / "sider.md").read_text(encoding="utf-8")
    yield "declarations", "\n".join(text for one in DECLARATIONS for text in _declared(one))
    # A source is called what it calls itself.
    rules_text = shipped_rules() + together([("lemvig.toml", law_file("lemvig"))])
    yield "domain/law", re.sub(r"^(?:#|source = ).*$", "", rules_text, flags=re.MULTILINE)
    for path in sorted((ROOT / "static").glob("*.js")):
        yield path.name, path.read_text(encoding="utf-8")


PAGES, WORDS = dict(_pages()), dict(_words())


@pytest.mark.parametrize("where", list(WORDS))
def test_no_forbidden_word_is_read_anywhere(where: str) -> None:
    assert FORBIDDEN.findall(WORDS[where]) == []


@pytest.mark.parametrize("where", list(PAGES))
def test_no_page_speaks_english_or_code(where: str) -> None:
    assert faults(PAGES[where]) == []


@pytest.mark.parametrize("one", DECLARATIONS, ids=lambda one: one.code)
def test_a_declaration_speaks_danish(one: Declaration) -> None:
    for text in _declared(one):
        assert faults(text) == []
        assert "  " not in text


def test_the_rules_are_told_in_danish() -> None:
    for rule in parse(shipped_rules() + together([("lemvig.toml", law_file("lemvig"))])).rules:
        labels = (reading.label for reading in rule.readings)
        states = (state.title for state in rule.states)
        for text in (rule.title, rule.what_to_do, rule.certainty, rule.missing, rule.toward, *labels, *states):
            assert faults(text) == [], rule.name


def test_every_choice_stands_in_the_glossary() -> None:
    told = GLOSSARY.lower()
    for table in (
        words.PARTIES,
        words.MATTERS,
        words.STATES,
        words.STEP_STATES,
        words.MEASURES,
        words.BENEFITS,
        words.READINESS,
        words.ATTENDANCE,
        words.APPLICATION_ANSWERS,
        words.NEWCOMER_GROUNDS,
        words.CONSENT_SCOPES,
        words.VIEWS_ON_PLAN,
        words.PAUSE_REASONS,
        words.PLACEMENTS,
        words.PROGRAMMES,
        words.OUTSIDE,
        words.CONFIRMERS,
        words.RECEIPT_WAYS,
    ):
        for word in table.values():
            said = re.sub(r" \(.*\)", "", word.lower())
            assert said in told or said.startswith(("and", "et andet")), word


def test_the_table_of_forbidden_words_is_read() -> None:
    assert {"jobcent…", "deadline…", "efterværn…", "kvittér…", "modtag"} <= set(_forbidden())


@pytest.mark.parametrize(
    "text",
    ["Kvittér nu", "Vi har modtaget den", "Modtag ansvaret", "Jobcentret", "overdrages", "en Deadline", "borgerens"],
)
def test_a_forbidden_word_is_found_in_any_ending(text: str) -> None:
    assert FORBIDDEN.search(text)


@pytest.mark.parametrize(
    "text", ["Modtageren overtager", "tre modtagere", "Milepælens liste", "en ordning", "forfatter"]
)
def test_a_word_that_only_resembles_one_is_right(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize("text", ["told-of-break-off", "(child_social)", "Sat på: taken-over.", "not-the-holder"])
def test_a_code_is_found_wherever_it_stands(text: str) -> None:
    assert len(CODE.findall(text)) == 1
    assert CODE.findall("/unge/told-of-break-off-x og et not-the-holderisk ord") == []


def test_what_is_read_of_a_template_is_found() -> None:
    template = (
        '{# deadline #}<p data-label="En deadline">{{ box("Se jobcenter") }} {% if deadline %}og kvittér{% endif %}</p>'
    )
    assert FORBIDDEN.findall(_without_code(template)) == ["kvittér", "jobcenter", "deadline"]
