"""All tables of the law together."""

from importlib import import_module
from pathlib import Path

from tests.domain.law.story import Case, Said

TABLES = [
    import_module(f"tests.domain.law.{path.stem}")
    for path in sorted(Path(__file__).parent.glob("test_*.py"))
    if "\nCASES" in path.read_text("utf-8")
]
"""The files that name their `CASES` and what is `SAID` of their rules."""

CASES: list[Case] = [case for table in TABLES for case in table.CASES]
SAID: list[Said] = [said for table in TABLES for said in table.SAID]
