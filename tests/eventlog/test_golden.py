"""What was ever stored is read back as what it was, and written as it was: no field or code changes its meaning."""

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from eventlog.codec import Unreadable, from_bytes, to_bytes
from eventlog.names import STORED
from tools import golden

NAMES = sorted(path.stem for path in golden.FOLDER.glob("*.txt") if path.name != golden.CODES)
CODES = (golden.FOLDER / golden.CODES).read_text("utf-8").splitlines()


def corpus(name: str) -> tuple[bytes, list[str]]:
    """The canonical bytes of the example, and what it says."""
    raw, *said = (golden.FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return raw.encode(), said


def test_every_stored_name_has_its_example_and_no_example_lost_its_name() -> None:
    assert sorted(STORED) == NAMES, "run: python tools/golden.py"


@pytest.mark.parametrize("name", NAMES)
def test_an_example_says_what_it_always_said(name: str) -> None:
    raw, said = corpus(name)
    event = from_bytes(raw)["event"]
    assert type(event) is STORED[name]
    assert golden.said(event) == said


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_written_with_the_bytes_that_it_always_had(name: str) -> None:
    raw, _ = corpus(name)
    assert to_bytes(**from_bytes(raw)) == raw


@pytest.mark.parametrize("name", NAMES)
def test_no_field_of_an_example_can_be_left_unread(name: str) -> None:
    raw, said = corpus(name)
    text = json.loads(raw)
    for field in text["event"]:
        renamed = {"renamed" if key == field else key: value for key, value in text["event"].items()}
        try:
            event = from_bytes(json.dumps(text | {"event": renamed}).encode())["event"]
        except Unreadable:
            continue
        assert golden.said(event) != said, field


@pytest.mark.parametrize("line", CODES)
def test_every_code_that_may_stand_in_the_log_can_be_read(line: str) -> None:
    name, field, code = line.split()
    raw, _ = corpus(name)
    text = json.loads(raw)
    of_many = isinstance(text["event"][field], list)
    text["event"][field] = [code] if of_many else code
    event = from_bytes(json.dumps(text).encode())["event"]
    assert getattr(event, field) == ((code,) if of_many else code)


def test_every_code_is_in_the_corpus_once() -> None:
    assert set(golden.codes()) <= set(CODES), "run: python tools/golden.py"
    assert len(set(CODES)) == len(CODES)


def test_no_two_fields_of_an_example_say_the_same() -> None:
    for name in NAMES:
        by_sort: dict[str, list[str]] = defaultdict(list)
        for line in corpus(name)[1][1:]:
            found = re.fullmatch(r"\w+: (code|day|id|number|text) (.*)", line)
            if found and found[1] != "code":
                by_sort[found[1]].append(found[2])
        for values in by_sort.values():
            assert len(values) == len(set(values)), name


def test_the_tool_adds_what_is_missing_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "contact-tried-1.txt").write_text("something else", "utf-8")
    (tmp_path / golden.CODES).write_text("contact-tried-1 way carrier-pigeon\n", "utf-8")
    added = golden.add_missing(tmp_path)
    assert "contact-tried-1" not in added
    assert (tmp_path / "contact-tried-1.txt").read_text("utf-8") == "something else"
    assert (tmp_path / golden.CODES).read_text("utf-8").startswith("contact-tried-1 way carrier-pigeon\n")
    assert (tmp_path / "contact-made-1.txt").read_bytes() == (golden.FOLDER / "contact-made-1.txt").read_bytes()
    assert golden.add_missing(tmp_path) == []
