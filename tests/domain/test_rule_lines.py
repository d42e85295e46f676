"""Where something stands in a TOML text, so that a fault can name its line."""

import pytest

from domain.rules import apart, together
from domain.rules.lines import Path, line_of

TEXT = """# what it is about
[[rule]]
id = "A"
cleared_by = [
  "x",  # and why
  { event = "y" },
]

[[rule.part]]
name = "first"

[[rule.part.due]]
days = 3

[[rule.part]]
[[rule.part.due]]
days = 4
[[rule]]
id = "# no comment"
[municipality]
name = '''two
lines'''
closing_days = []
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("rule", 0), 2),
        (("rule", 0, "id"), 3),
        (("rule", 0, "cleared_by"), 4),
        (("rule", 0, "part", 0, "name"), 10),
        (("rule", 0, "part", 0, "due", 0, "days"), 13),
        (("rule", 0, "part", 1), 15),
        (("rule", 0, "part", 1, "due", 0, "days"), 17),
        (("rule", 1, "id"), 19),
        (("municipality", "name"), 21),
        (("municipality", "closing_days"), 23),
        (("rule", 0, "cleared_by", "nothing deeper"), 4),
        (("rule", 1, "no such key"), 18),
        (("no such table",), None),
    ],
)
def test_everything_is_found_or_what_it_stands_in(path: Path, line: int | None) -> None:
    assert line_of(TEXT, path) == line


def test_files_that_were_put_together_come_apart_with_their_lines() -> None:
    files = [("a.toml", "x = 1\n\ny = 2"), ("b.toml", "z = 3")]
    assert apart(together(files)) == files
    assert apart("x = 1") == [("reglerne", "x = 1")]
    assert apart("") == []
