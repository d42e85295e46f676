"""Rules written down again, laid over each other, compared, and counted as if they had come earlier."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from domain.rules import (
    Became,
    RuleFault,
    RuleSet,
    apart,
    as_if,
    changed_names,
    differences,
    draft_of,
    is_own,
    laid_over,
    law_file,
    must_be_own,
    only,
    own_files,
    parse,
    rule_set,
    rule_text,
    shipped_rules,
    together,
)
from tests.four import FOUR

DRAFT = law_file("draft-2027-01-01")
LEMVIG = law_file("lemvig")
OWN = '[municipality]\nname = "X"\nclosing_days = ["12-24"]\n'
CHANGE = OWN + '[[change]]\nid = "KUI-02"\nsays = "Vi ringer."\nholder = "school"\n'
FOUR_RULES = rule_set(FOUR, ())
SHIPPED = rule_set(shipped_rules(), ())


def with_four(text: str, days: tuple[date, ...] = ()) -> RuleSet:
    return rule_set(laid_over(FOUR, "ny.toml", text), days)


def next_version(rule_id: str, since: str, until: str, change: tuple[str, str] = ("", "")) -> str:
    """An `[[end]]` of version 1 and a version 2 of one of the four."""
    [text] = [one for one in FOUR.split("[[rule]]") if f'"{rule_id}"' in one]
    text = text.replace("version = 1", "version = 2").replace(*change)
    begins = next(line for line in text.splitlines() if line.startswith("valid_from"))
    end = f'[[end]]\nid = "{rule_id}"\nversion = 1\nvalid_until = {until}\nwhy = "x"\n\n[[rule]]'
    return end + text.replace(begins, f"valid_from = {since}")


# Written down again


def test_every_shipped_rule_written_down_again_is_the_same_rule() -> None:
    rules = parse(shipped_rules()).rules
    ids = dict.fromkeys(rule.id for rule in rules)
    text = "\n".join(rule_text([rule for rule in rules if rule.id == one]) for one in ids)
    again = parse(together([("states.toml", law_file("states")), ("again.toml", text)])).rules
    assert set(again) == set(rules)
    assert len(again) == len(rules)


def test_what_the_municipality_says_is_a_comment_in_it() -> None:
    [rule] = [one for one in with_four(CHANGE).rules if one.id == "KUI-02"]
    assert "# Kommunen: Vi ringer." in rule_text([rule])
    assert 'holder = "school"' in rule_text([rule])


# Laid over


def names_of(text: str) -> list[str]:
    return [name for name, _ in apart(text)]


def test_a_municipalitys_own_file_takes_the_place_of_its_last() -> None:
    once = laid_over(shipped_rules(), "lemvig.toml", LEMVIG)
    twice = laid_over(once, "nyt.toml", OWN)
    assert names_of(twice) == [*names_of(shipped_rules()), "nyt.toml"]
    assert own_files(once) == [("lemvig.toml", LEMVIG.rstrip())]
    assert own_files(shipped_rules()) == []


def test_a_draft_is_laid_over_all_there_is() -> None:
    once = laid_over(shipped_rules(), "lemvig.toml", LEMVIG)
    assert names_of(laid_over(once, "d.toml", DRAFT)) == [*names_of(once), "d.toml"]


def test_an_area_takes_the_place_of_that_area_by_its_name_or_by_its_rules() -> None:
    text = law_file("school").replace("[[rule]]", "# ny\n[[rule]]", 1)
    for name in ("school.toml", "forslag.toml"):
        whole = laid_over(shipped_rules(), name, text)
        assert names_of(whole) == names_of(shipped_rules())
        assert dict(apart(whole))["school.toml"] == text.rstrip()


def test_what_is_whole_in_itself_stands_alone() -> None:
    assert names_of(laid_over(shipped_rules(), "f.toml", FOUR)) == ["f.toml"]
    assert laid_over(FOUR, "x", shipped_rules()) == shipped_rules()


def test_what_cannot_be_read_is_laid_over_so_that_its_line_is_told() -> None:
    with pytest.raises(RuleFault, match=r"ny\.toml, linje 2: TOML kan ikke læses"):
        parse(laid_over(FOUR, "ny.toml", '[off]\nid = "'))


# Whose a file is


@pytest.mark.parametrize("text", [LEMVIG, OWN, '[[off]]\nid = "KUI-02"\nreason = "x"\n'])
def test_a_municipality_says_what_is_its_own(text: str) -> None:
    assert is_own(text)
    must_be_own("l.toml", text)
    assert draft_of("l.toml", text) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (DRAFT, "l.toml, linje {draft}: Filen er et udkast og kan ikke indlæses."),
        (OWN + FOUR, "l.toml, linje 12: Kommunens fil kan ikke sætte regler i kraft som lov."),
        (OWN + next_version("KUI-02", "2026-01-01", "2025-12-31").split("[[rule]]")[0], "linje 4: Kommunens fil kan"),
        ("", "l.toml: Filen siger intet om kommunens regler."),
        ("[[off", "l.toml, linje 1: TOML kan ikke læses"),
    ],
)
def test_a_municipality_makes_no_law_and_ends_none(text: str, says: str) -> None:
    line = DRAFT.splitlines().index("[draft]") + 1
    with pytest.raises(RuleFault) as caught:
        must_be_own("l.toml", text)
    assert says.format(draft=line) in str(caught.value)
    assert not is_own(text)


def test_the_shipped_draft_says_that_it_is_none_of_the_law() -> None:
    draft = draft_of("d.toml", DRAFT)
    assert draft
    assert (draft.valid_from, draft.read_by_lawyer) == (date(2027, 1, 1), False)
    assert draft.source
    assert "IKKE I KRAFT" in DRAFT.splitlines()[0]
    with pytest.raises(RuleFault, match="linje 2"):
        draft_of("d.toml", "\n[draft]\n")


def test_the_shipped_draft_changes_nothing_before_its_day() -> None:
    after = rule_set(laid_over(shipped_rules(), "d.toml", DRAFT), ())
    before = {(rule.name, rule.version): rule for rule in SHIPPED.rules}
    for rule in after.rules:
        was = before.get((rule.name, rule.version))
        if was is None:
            assert rule.valid_from >= date(2027, 1, 1), rule.name
        elif rule != was:
            assert rule == replace(was, valid_until=rule.valid_until), rule.name
            assert rule.valid_until == date(2026, 12, 31), rule.name
    assert changed_names(SHIPPED, after)


# Compared


def told(before: RuleSet, after: RuleSet) -> list[tuple[str, Became]]:
    return [(one.id, one.became) for one in differences(before, after)]


def test_the_same_rules_do_not_differ() -> None:
    assert told(FOUR_RULES, with_four("# intet\n")) == []
    assert changed_names(FOUR_RULES, with_four("# intet\n")) == frozenset()


def test_a_difference_shows_the_lines_and_little_else() -> None:
    [one] = differences(FOUR_RULES, with_four(CHANGE))
    assert (one.id, one.title, one.became) == ("KUI-02", "Kontakt efter afbrud", Became.CHANGED)
    assert '-holder = "uu"' in one.lines
    assert '+holder = "school"' in one.lines
    assert "+# Kommunen: Vi ringer." in one.lines
    assert len(one.lines) < 20


def test_new_gone_and_switched_off_are_told() -> None:
    added = FOUR.split("[[rule]]")[4].replace('"MIL-01"', '"XYZ-01"').replace("[[rule.due]]", "[[add.due]]")
    assert told(FOUR_RULES, with_four(f"[[add]]{added}")) == [("XYZ-01", Became.NEW)]
    assert told(with_four(f"[[add]]{added}"), FOUR_RULES) == [("XYZ-01", Became.GONE)]
    off = with_four('[[off]]\nid = "MIL-01"\nreason = "Lukket."\n')
    [one] = differences(FOUR_RULES, off)
    assert one.lines[0] == "+# Slået fra af kommunen: Lukket."
    assert changed_names(FOUR_RULES, off) == {"MIL-01"}


def test_words_alone_move_no_deadline() -> None:
    words = with_four(CHANGE.replace('holder = "school"\n', 'what_to_do = "Ring."\n'))
    assert told(FOUR_RULES, words) == [("KUI-02", Became.CHANGED)]
    assert changed_names(FOUR_RULES, words) == frozenset()


def test_other_closing_days_change_what_counts_days() -> None:
    assert changed_names(FOUR_RULES, rule_set(FOUR, (date(2026, 12, 24),))) == {"KUI-02", "MIL-01"}


def test_some_of_the_rules_alone() -> None:
    few = only(FOUR_RULES, ["KUI-02", "XYZ"])
    assert [rule.id for rule in few.rules] == ["KUI-02"]
    assert few.closed_days == FOUR_RULES.closed_days


# As if


def spans(rules: RuleSet, rule_id: str) -> Sequence[tuple[int, date, date]]:
    return [(rule.version, rule.valid_from, rule.valid_until) for rule in rules.rules if rule.id == rule_id]


def test_a_version_to_come_counts_from_the_day_that_is_asked_for() -> None:
    after = with_four(next_version("KUI-02", "2027-01-01", "2026-12-31"))
    tried = as_if(FOUR_RULES, after, date(2025, 3, 1))
    assert spans(tried, "KUI-02") == [
        (1, date(2017, 1, 1), date(2025, 2, 28)),
        (2, date(2025, 3, 1), date.max),
    ]
    assert spans(tried, "KUI-03") == spans(FOUR_RULES, "KUI-03")


def test_what_ends_has_ended_the_day_before_and_what_had_not_begun_never_does() -> None:
    draft = '[[end]]\nid = "BES-02"\nversion = 2\nvalid_until = 2026-12-31\nwhy = "x"\n'
    after = rule_set(laid_over(shipped_rules(), "d.toml", draft), ())
    assert spans(as_if(SHIPPED, after, date(2025, 1, 1)), "BES-02") == [(1, date(2024, 3, 1), date(2024, 12, 31))]
    assert [one[0] for one in spans(as_if(SHIPPED, after, date(2026, 9, 1)), "BES-02")] == [1, 2]


def test_what_counts_already_is_not_moved() -> None:
    after = with_four(next_version("KUI-02", "2020-01-01", "2019-12-31"))
    assert as_if(FOUR_RULES, after, date(2025, 1, 1)).rules == tuple(
        replace(rule, valid_until=date(2019, 12, 31)) if (rule.id, rule.version) == ("KUI-02", 1) else rule
        for rule in after.rules
    )
