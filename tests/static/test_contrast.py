"""Contrast of every pair of colours we use, computed as WCAG does: no browser sees all of them."""

import re

import pytest

from tests.static import samples

CSS = (samples.ROOT / "static" / "app.css").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", CSS))
PARTIES = [
    "school",
    "uu",
    "child-social",
    "adult-social",
    "employment",
    "benefits",
    "health",
    "milepaelen",
    "education",
    "municipality",
]
GROUNDS = ["page", "soft", "overdue-soft", "soon", "ok-soft", "new-soft"]
READ = [
    *[("text", ground) for ground in [*GROUNDS, "demo"]],
    *[("link", ground) for ground in GROUNDS],
    *[("link-hover", ground) for ground in GROUNDS],
    *[("grey", ground) for ground in ["page", "soft", "overdue-soft", "new-soft"]],
    *[("page", ground) for ground in ["overdue", "new", "button", "button-hover", "text", *PARTIES]],
    ("overdue", "page"),
    ("overdue", "soft"),
    ("ok", "ok-soft"),
    ("guide", "guide-soft"),
    ("milepaelen", "page"),
]
SEEN = [
    *[("focus", ground) for ground in ["page", "soft"]],
    *[("edge", ground) for ground in ["page", "soft"]],
    ("soon-edge", "soon"),
    ("overdue", "overdue-soft"),
    *[(party, "soft") for party in PARTIES],
]


def light(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((light(TOKENS[one]), light(TOKENS[other])))
    return (bright + 0.05) / (dark + 0.05)


def test_the_arithmetic() -> None:
    assert contrast("grey", "page") == pytest.approx(6.7, abs=0.05)
    assert contrast("focus", "page") == pytest.approx(4.7, abs=0.05)


@pytest.mark.parametrize(("text", "ground"), READ)
def test_text_can_be_read(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize(("sign", "ground"), SEEN)
def test_signs_and_edges_can_be_seen(sign: str, ground: str) -> None:
    assert contrast(sign, ground) >= 3


def test_every_token_is_used() -> None:
    assert [name for name in TOKENS if f"var(--{name})" not in CSS] == []
