"""What people read is in the words of the glossary, and in no word that it forbids."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.catalogue import DECLARATIONS
from domain.rules import parse, shipped_rules

ROOT = Path(__file__).parent.parent
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
FORBIDDEN = re.compile(
    r"kvittér|kvitter|efterværn|jobcenter|jobcentre|overdrag(?:else|et|er|es)|\bdeadlines?\b", re.IGNORECASE
)
ENGLISH = re.compile(
    r"\b(?:the|handover|case|meeting|young person|entry|overdue|due|event|worklist|not found|please|error|unknown)\b",
    re.IGNORECASE,
)
CODES = ("told-of-break-off", "child_social", "taken-over", "not-the-holder")


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


def _words() -> Iterator[tuple[str, str]]:
    yield from _pages()
    for path in [*sorted((ROOT / "api").glob("*.py")), ROOT / "intake" / "words.py"]:
        yield str(path.relative_to(ROOT)), "\n".join(_strings(path))
    yield "catalogue", "\n".join(f"{one.title}\n{one.reads}" for one in DECLARATIONS)
    yield "rules.toml", re.sub(r"^#.*$", "", shipped_rules(), flags=re.MULTILINE)
    for path in sorted((ROOT / "static").glob("*.js")):
        yield path.name, path.read_text(encoding="utf-8")


PAGES, WORDS = dict(_pages()), dict(_words())


@pytest.mark.parametrize("where", list(WORDS))
def test_no_forbidden_word_is_read_anywhere(where: str) -> None:
    assert FORBIDDEN.findall(WORDS[where]) == []


@pytest.mark.parametrize("where", list(PAGES))
def test_no_page_speaks_english_or_code(where: str) -> None:
    assert ENGLISH.findall(PAGES[where]) == []
    assert [code for code in CODES if code in PAGES[where]] == []


def test_the_rules_are_told_in_danish() -> None:
    for rule in parse(shipped_rules()):
        for text in (rule.title, rule.what_to_do, *(reading.label for reading in rule.readings)):
            assert ENGLISH.findall(text) == []


def test_every_word_that_the_glossary_forbids_is_looked_for() -> None:
    table = GLOSSARY.partition("## Words that are not used on pages")[2].partition("\n## ")[0]
    words = [word.strip() for row in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)[1:] for word in row.split(",")]
    words = [word for word in words if word.strip("-")]
    assert {"jobcenter", "deadline", "efterværn"} <= set(words)
    assert [word for word in words if not FORBIDDEN.search(word)] == []


def test_what_is_read_of_a_template_is_found() -> None:
    template = (
        '{# deadline #}<p data-label="En deadline">{{ box("Se jobcenter") }} {% if deadline %}og kvittér{% endif %}</p>'
    )
    assert FORBIDDEN.findall(_without_code(template)) == ["kvittér", "jobcenter", "deadline"]
