"""Every refusal has a code that is declared, is given somewhere, and is proven by a test."""

import ast
from pathlib import Path

import pytest

from api.words import REFUSALS
from domain.refused import REASONS, Refused

ROOT = Path(__file__).parents[2]


def _texts(*folders: str) -> set[str]:
    found = set()
    for path in (path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        if path.name in {"refused.py", "words.py", Path(__file__).name}:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        found |= {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    return found


GIVEN, PROVEN = _texts("domain", "eventlog", "api"), _texts("tests")


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_a_declared_reason_is_given_and_is_proven_by_a_test(reason: str) -> None:
    assert reason in GIVEN
    told, _, _ = REFUSALS[reason].partition(".")
    assert reason in PROVEN or any(told in text for text in PROVEN)


def test_an_undeclared_reason_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="undeclared reason because"):
        Refused("because")
    assert Refused("too-old").reason == "too-old"
