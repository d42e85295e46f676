from datetime import date

import pytest

from domain.rules import Kind, RuleFault, content_hash, parse, rule_set, shipped_rules

RULE = """
[[rule]]
id = "X-1"
version = 1
title = "T"
kind = "local"
certainty = "c"
source = "s"
valid_from = 2024-01-01
trigger = "told-of-break-off"
matter = "guidance"
data_class = "education"
giver = "education"
receiver = "uu"
holder = "uu"
cleared_by = ["contact-made"]
ends_at_age = 18
what_to_do = "w"
[[rule.reading]]
label = "l"
from = "known"
working_days = 5
"""


def test_the_shipped_rules_are_the_four_with_their_kind() -> None:
    kinds = {rule.id: rule.kind for rule in parse(shipped_rules())}
    assert kinds == {"OVG-05": Kind.HARD, "KUI-02": Kind.HARD, "KUI-03": Kind.HARD, "MIL-01": Kind.LOCAL}


def test_every_shipped_rule_says_source_certainty_and_validity() -> None:
    for rule in parse(shipped_rules()):
        assert rule.source
        assert rule.certainty
        assert rule.valid_from >= date(2017, 1, 1)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("title =", "titel ="), "titel"),
        (('kind = "local"', 'kind = "law"'), "law"),
        (('trigger = "told-of-break-off"', 'trigger = "told"'), "told"),
        (('cleared_by = ["contact-made"]', 'cleared_by = ["contact"]'), "contact"),
        (("working_days = 5", "weeks = 5"), "weeks"),
        (("working_days = 5", "working_days = 5\ndays = 3"), "præcis én længde"),
        (("working_days = 5", ""), "præcis én længde"),
        (('from = "known"', 'from = "whenever"'), "whenever"),
        (('from = "known"\n', ""), "from"),
        (('holder = "uu"', 'holder = "jobcenter"'), "jobcenter"),
        (("ends_at_age = 18\n", ""), "ends_at_age"),
        (("[[rule]]", "[[regel]]"), "regel"),
        (("version = 1", "version = "), "kan ikke læses"),
        (("version = 1", 'version = "1"'), "et helt tal"),
        (("version = 1", "version = true"), "et helt tal"),
        (("working_days = 5", "working_days = 5.5"), "et helt tal"),
        (("working_days = 5", "working_days = -5"), "mindre end nul"),
        (("valid_from = 2024-01-01", 'valid_from = "2024-01-01"'), "en dato"),
        (("valid_from = 2024-01-01", "valid_from = 2024-01-01T00:00:00"), "en dato"),
        (('title = "T"', "title = 3"), "en tekst"),
        (('label = "l"', "label = 3"), "en tekst"),
        (('cleared_by = ["contact-made"]', 'cleared_by = "contact-made"'), "en liste"),
        (("[[rule]]", "[rule]"), "en liste"),
    ],
)
def test_what_is_not_right_is_said_and_nothing_is_read(change: tuple[str, str], says: str) -> None:
    assert change[0] in RULE
    with pytest.raises(RuleFault, match=says):
        parse(RULE.replace(*change))


def test_a_rule_version_stands_once() -> None:
    with pytest.raises(RuleFault, match="flere gange"):
        parse(RULE + RULE)


def test_a_version_counts_from_its_first_to_its_last_day() -> None:
    (rule,) = parse(RULE.replace("valid_from = 2024-01-01", "valid_from = 2024-01-01\nvalid_until = 2024-12-31"))
    counts = [rule.held_on(date(*day)) for day in [(2023, 12, 31), (2024, 1, 1), (2024, 12, 31), (2025, 1, 1)]]
    assert counts == [False, True, True, False]


def test_the_hash_names_the_text_and_the_days_whatever_their_order() -> None:
    days = (date(2026, 12, 25), date(2026, 1, 1))
    assert content_hash("a", days) == content_hash("a", days[::-1])
    assert content_hash("a", days) != content_hash("a", days[:1])
    assert content_hash("a", days) != content_hash("b", days)
    assert rule_set(RULE, days).sha256 == content_hash(RULE, days)


def test_a_version_is_found_by_its_name() -> None:
    rules = rule_set(RULE, ())
    assert rules.rule("X-1", 1).title == "T"
    with pytest.raises(KeyError):
        rules.rule("X-1", 2)
