"""The files of rules: what is wrong with one is said with file and line; what the shipped ones hold."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from domain.rules import (
    AREAS,
    Basis,
    Kind,
    Rule,
    RuleFault,
    apart,
    content_hash,
    law_file,
    parse,
    rule_set,
    shipped_rules,
    together,
)

RULE = """[[state]]
name = "placed"
title = "anbragt"
began = ["placement-started"]
ended = ["placement-ended"]

[[rule]]
id = "X-1"
version = 1
title = "T"
kind = "local"
certainty = "c"
source = "s"
valid_from = 2024-01-01
giver = "education"
receiver = "uu"
holder = "uu"
matter = "guidance"
data_class = "education"
when = ["told-of-break-off"]
while = ["placed"]
cleared_by = ["contact-made"]
ends_at_age = 18
what_to_do = "w"

[[rule.due]]
label = "l"
from = "known"
working_days = 5
"""
LINES = {text: number for number, text in enumerate(RULE.splitlines(), start=1)}
NEXT = RULE.partition("[[rule]]")[2].join(["[[rule]]", ""])
"""The same rule again, without the state."""
SHIPPED = parse(shipped_rules())
COUNTING = [rule for rule in SHIPPED.rules if rule.kind is not Kind.DORMANT]
DORMANT = [rule for rule in SHIPPED.rules if rule.kind is Kind.DORMANT]


def fault_of(*files: tuple[str, str]) -> str:
    with pytest.raises(RuleFault) as caught:
        parse(together(files))
    return str(caught.value)


def line_of(text: str) -> int:
    """Where the line stands in RULE."""
    return LINES[text]


# What is wrong, where and why


@pytest.mark.parametrize(
    ("was", "now", "at", "says"),
    [
        ('title = "T"', 'titel = "T"', 'title = "T"', "Nøglen “titel” findes ikke."),
        ('source = "s"', "", "[[rule]]", "Nøglen “source” mangler."),
        ('certainty = "c"', "", "[[rule]]", "Nøglen “certainty” mangler."),
        ("valid_from = 2024-01-01", "", "[[rule]]", "Nøglen “valid_from” mangler."),
        ('what_to_do = "w"', "", "[[rule]]", "Reglen X-1 mangler “what_to_do”."),
        ('cleared_by = ["contact-made"]', "", "[[rule]]", "Reglen X-1 mangler “cleared_by”."),
        ('from = "known"', "", "[[rule.due]]", "Nøglen “from” mangler."),
        ('title = "T"', "title = 3", 'title = "T"', "“title” skal være en tekst."),
        ('title = "T"', 'title = " "', 'title = "T"', "“title” skal være en tekst."),
        ("version = 1", 'version = "1"', "version = 1", "“version” skal være et helt tal"),
        ("version = 1", "version = true", "version = 1", "“version” skal være et helt tal"),
        ("working_days = 5", "working_days = 5.5", "working_days = 5", "“working_days” skal være et helt tal"),
        ("working_days = 5", "working_days = -5", "working_days = 5", "ikke er mindre end nul"),
        ("valid_from = 2024-01-01", 'valid_from = "2024-01-01"', "valid_from = 2024-01-01", "uden anførselstegn"),
        ("valid_from = 2024-01-01", "valid_from = 2024-01-01T00:00:00", "valid_from = 2024-01-01", "skal være en dato"),
        ("valid_from = 2024-01-01", "valid_from = 2024-02-30", "valid_from = 2024-01-01", "TOML kan ikke læses"),
        ("working_days = 5", 'fixed = "02-29"', "working_days = 5", "som kommer hvert år"),
        ("working_days = 5", 'fixed = "13-01"', "working_days = 5", "som kommer hvert år"),
        ("working_days = 5", 'fixed = "1. marts"', "working_days = 5", "som kommer hvert år"),
        ('kind = "local"', 'kind = "law"', 'kind = "local"', "“law” kendes ikke; det skal være en af: hard, duty"),
        ('holder = "uu"', 'holder = "jobcenter"', 'holder = "uu"', "“jobcenter” kendes ikke"),
        ('giver = "education"', 'giver = "gymnasiet"', 'giver = "education"', "“gymnasiet” kendes ikke"),
        ('matter = "guidance"', 'matter = "money"', 'matter = "guidance"', "“money” kendes ikke"),
        ('when = ["told-of-break-off"]', 'when = ["told"]', 'when = ["told-of-break-off"]', "“told” findes ikke."),
        (
            'cleared_by = ["contact-made"]',
            'cleared_by = [\n  "contact-made",\n  { event = "contact-made", weather = "rain" },\n]',
            'cleared_by = ["contact-made"]',
            "Hændelsen “contact-made” har intet felt “weather”.",
        ),
        (
            'cleared_by = ["contact-made"]',
            'cleared_by = [{ event = "contact-made", way = "pigeon" }]',
            'cleared_by = ["contact-made"]',
            "“pigeon” kendes ikke; det skal være en af: phone",
        ),
        (
            'when = ["told-of-break-off"]',
            'when = [{ event = "told-of-break-off", programme = { least = 3 } }]',
            'when = ["told-of-break-off"]',
            "hvis det er et tal",
        ),
        ('while = ["placed"]', 'while = ["lost"]', 'while = ["placed"]', "Tilstanden “lost” findes ikke."),
        ('cleared_by = ["contact-made"]', 'cleared_by = "x"', 'cleared_by = ["contact-made"]', "skal være en liste"),
        ('from = "known"', 'from = "whenever"', 'from = "known"', "Hændelsen “whenever” findes ikke."),
        ("working_days = 5", "working_days = 5\ndays = 3", "[[rule.due]]", "Læsningen “l” skal have præcis én længde."),
        ("working_days = 5", "", "[[rule.due]]", "Læsningen “l” skal have præcis én længde."),
        ("working_days = 5", "days = 5\nsoon = true", "[[rule.due]]", "kan ikke have både en dag og “soon”"),
        ("working_days = 5", "hours = 5", "[[rule.due]]", "timer regnes fra et klokkeslæt, altså fra “at”"),
        ('from = "known"\nworking_days', 'from = "at"\nhours', "[[rule.due]]", "hændelsen har intet klokkeslæt"),
        ("ends_at_age = 18", "ends_at_age = 18\nfrom_age = 18", "ends_at_age = 18", "skal være højere end “from_age”"),
        ("ends_at_age = 18", "valid_until = 2023-12-31", "ends_at_age = 18", "ophører, før den begynder"),
        ('while = ["placed"]', 'unless = ["told-of-break-off"]', 'while = ["placed"]', "en kreds"),
        ('began = ["placement-started"]', 'began = ["placement-ended"]', 'ended = ["placement-ended"]', "en kreds"),
        ("[[rule]]", "[[regel]]", "[[rule]]", "Tabellen “regel” findes ikke."),
        ("[[rule]]\n", "[rule]\n", "[[rule]]", "“rule” skal være en liste af tabeller: [[rule]]."),
        ("version = 1", "version = ", "version = 1", "TOML kan ikke læses"),
        ("version = 1", "version = 1\nversion = 2", "version = 1", "TOML kan ikke læses"),
    ],
)
def test_what_is_not_right_is_said_with_its_file_and_line(was: str, now: str, at: str, says: str) -> None:
    assert was in RULE
    told = fault_of(("skole.toml", law_file("school")), ("ny.toml", RULE.replace(was, now)))
    name, _, rest = told.partition(", linje ")
    number, _, said = rest.partition(": ")
    assert name == "ny.toml"
    assert says in said
    # What stands twice, or in place of something else, is told of its own line: one of the next.
    assert 0 <= int(number) - line_of(at) <= (2 if "\n" in now else 0)


def test_programs_are_told_file_and_line_too() -> None:
    with pytest.raises(RuleFault) as caught:
        parse(together([("ny.toml", RULE.replace('kind = "local"', 'kind = "law"'))]))
    assert (caught.value.file, caught.value.line) == ("ny.toml", line_of('kind = "local"'))


def test_a_text_that_breaks_off_is_said_of_its_last_line() -> None:
    text = RULE + "[[rule"
    assert fault_of(("ny.toml", text)).startswith(f"ny.toml, linje {len(text.splitlines())}: TOML kan ikke læses ved")


def test_two_versions_at_once_are_refused_where_the_second_stands() -> None:
    second = NEXT.replace("version = 1", "version = 2").replace("2024-01-01", "2025-01-01")
    told = fault_of(("a.toml", RULE), ("b.toml", "# to linjer\n\n" + second))
    assert told == "b.toml, linje 3: Reglen X-1 version 1 og 2 gælder på samme tid."
    ended = RULE.replace("valid_from = 2024-01-01", "valid_from = 2024-01-01\nvalid_until = 2024-12-31")
    assert len(parse(together([("a.toml", ended), ("b.toml", second)])).rules) == 2


def test_a_version_stands_once_and_later_ones_have_higher_numbers() -> None:
    told = fault_of(("a.toml", RULE), ("b.toml", NEXT))
    assert told == "b.toml, linje 1: Reglen X-1 version 1 står der flere gange, eller i forkert orden."
    ended = RULE.replace("version = 1", "version = 2").replace("2024-01-01", "2024-01-01\nvalid_until = 2024-12-31")
    earlier = NEXT.replace("2024-01-01", "2025-01-01")
    assert "i forkert orden" in fault_of(("a.toml", ended), ("b.toml", earlier))


def test_a_state_stands_once() -> None:
    told = fault_of(("a.toml", RULE), ("b.toml", RULE.partition("[[rule]]")[0]))
    assert told == "b.toml, linje 1: Tilstanden “placed” står der flere gange."


def test_a_rule_with_parts_has_its_dates_in_them() -> None:
    text = RULE + '\n[[rule.part]]\nname = "a"\n'
    assert fault_of(("a.toml", text)).endswith("[[rule.part.due]].")


# A municipality's own file


CHANGE = '[[change]]\nid = "OVG-05"\nsays = "Vi siger det."\n'
ADD = NEXT.replace("[[rule]]", "[[add]]").replace("[[rule.due]]", "[[add.due]]")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (
            CHANGE + '[[change.due]]\nlabel = "l"\nfrom = "on"\ndays = 3\n',
            4,
            'En dato, som kommunen sætter, har basis = "local".',
        ),
        (CHANGE + "valid_from = 2020-01-01\n", 4, "Nøglen “valid_from” findes ikke."),
        (CHANGE + 'kind = "local"\n', 4, "Nøglen “kind” findes ikke."),
        (CHANGE.replace("OVG-05", "OVG-99"), 2, "Reglen OVG-99 findes ikke."),
        (CHANGE + 'part = "x"\n', 2, "Reglen OVG-05 (x) findes ikke."),
        ('[[change]]\nid = "OVG-05"\n', 1, "Nøglen “says” mangler."),
        ('[[off]]\nid = "OVG-05"\n', 1, "Nøglen “reason” mangler."),
        ('[[off]]\nid = "OVG-05"\nreason = ""\n', 3, "“reason” skal være en tekst."),
        ('[[off]]\nid = "OVG-99"\nreason = "x"\n', 2, "Reglen OVG-99 findes ikke."),
        (ADD.replace('"local"', '"hard"'), 5, "Kommunens egne regler er lokale (local) eller vejledning (guide)."),
        (ADD.replace('"local"', '"duty"'), 5, "Kommunens egne regler er lokale (local) eller vejledning (guide)."),
        ('[municipality]\nname = "X"\nclosing_days = ["02-29"]\n', 3, "som kommer hvert år"),
        ('[municipality]\nname = "X"\nclosing_days = [2026-13-01]\n', 3, "TOML kan ikke læses"),
        ("[municipality]\nclosing_days = []\n", 1, "Nøglen “name” mangler."),
        ('[[end]]\nid = "OVG-05"\nversion = 9\nvalid_until = 2026-12-31\nwhy = "x"\n', 2, "version 9 findes ikke."),
    ],
)
def test_what_a_municipality_may_not_say_is_refused_with_its_line(text: str, line: int, says: str) -> None:
    told = fault_of(*apart(shipped_rules()), ("lemvig.toml", text))
    assert told.startswith(f"lemvig.toml, linje {line}: ")
    assert says in told


def test_a_date_of_the_municipality_stands_beside_the_laws() -> None:
    text = CHANGE + '[[change.due]]\nlabel = "vores"\nfrom = "birth"\nyears = 17\nbasis = "local"\n'
    [before] = [rule for rule in SHIPPED.rules if rule.id == "OVG-05"]
    [after] = [rule for rule in parse(shipped_rules() + together([("l.toml", text)])).rules if rule.id == "OVG-05"]
    assert after.readings[:-1] == before.readings
    assert [reading.basis for reading in after.readings] == [Basis.LAW, Basis.LOCAL]
    assert (after.municipal, after.kind) == ("Vi siger det.", Kind.HARD)


def test_a_rule_that_is_off_is_still_read_and_no_longer_owed() -> None:
    text = '[[off]]\nid = "OVG-05"\nreason = "Vi har ingen anbragte."\n'
    rules = rule_set(shipped_rules() + together([("l.toml", text)]), ())
    assert rules.off == {"OVG-05": "Vi har ingen anbragte."}
    assert "OVG-05" not in {versions[0].id for _, versions in rules.families}
    assert "OVG-05" in {rule.id for rule in rules.rules}


# The shipped files


def test_forty_rules_count_and_thirty_seven_wait() -> None:
    assert len({rule.id for rule in SHIPPED.rules}) == 77
    assert len({rule.id for rule in COUNTING}) == 40
    assert len({rule.id for rule in DORMANT}) == 37
    core = {
        "SKO": (1, 2, 5, 6, 7),
        "BAR": (2, 3, 5, 6, 8, 9, 12),
        "OVG": (1, 3, 4, 5, 7, 8, 12),
        "KUI": (1, 2, 3, 6, 7, 9, 10, 12, 13, 16, 17, 18, 21),
        "BES": (1, 2, 5, 7, 9),
        "MIL": (1, 2, 4),
    }
    assert {rule.id for rule in COUNTING} == {f"{area}-{one:02}" for area, ones in core.items() for one in ones}


def test_every_rule_says_where_it_stands_and_how_sure_that_is() -> None:
    for rule in SHIPPED.rules:
        assert rule.source, rule.id
        assert rule.certainty, rule.id
        assert rule.what_to_do, rule.id


def test_every_dormant_rule_names_what_is_missing_and_can_be_owed_by_nobody() -> None:
    for rule in DORMANT:
        assert len(rule.missing) > 10, rule.id
    owed = {versions[0].id for _, versions in rule_set(shipped_rules(), ()).families}
    assert owed.isdisjoint(rule.id for rule in DORMANT)


def test_nothing_local_is_presented_as_law() -> None:
    for rule in COUNTING:
        bases = {reading.basis for reading in rule.readings if not reading.soon}
        if rule.kind is Kind.LOCAL:
            assert Basis.LAW not in bases, rule.name
        if rule.kind is Kind.HARD:
            assert Basis.LAW in bases, rule.name
        for reading in rule.readings:
            if "forslag" in reading.label:
                assert reading.basis is Basis.PROPOSAL, rule.name


def test_no_two_versions_of_a_rule_count_on_one_day() -> None:
    by_name: dict[str, list[Rule]] = {}
    for rule in COUNTING:
        by_name.setdefault(rule.name, []).append(rule)
    for versions in by_name.values():
        versions.sort(key=lambda rule: rule.version)
        for before, after in pairwise(versions):
            assert before.valid_until < after.valid_from, after.name


def test_every_area_has_rules_of_its_own_and_lemvigs_file_can_be_read() -> None:
    ids = Counter(line.split('"')[1] for area in AREAS for line in law_file(area).splitlines() if line[:5] == "id = ")
    assert len(ids) == 77
    lemvig = parse(shipped_rules() + together([("lemvig.toml", law_file("lemvig"))]))
    counting = {rule.id for rule in lemvig.rules if rule.kind is not Kind.DORMANT}
    assert counting - {rule.id for rule in COUNTING} == {"BES-06", "INT-02"}
    added = [rule for rule in lemvig.rules if rule.id in ("BES-06", "INT-02") and rule.kind is not Kind.DORMANT]
    assert {(rule.kind, reading.basis) for rule in added for reading in rule.readings} == {(Kind.LOCAL, Basis.LOCAL)}


# Sets


def test_a_version_counts_from_its_first_to_its_last_day() -> None:
    (rule,) = parse(RULE.replace("valid_from = 2024-01-01", "valid_from = 2024-01-01\nvalid_until = 2024-12-31")).rules
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


def test_several_files_are_one_text_and_come_apart_again() -> None:
    files = [("a.toml", "x = 1\n\ny = 2"), ("b.toml", "# z")]
    assert apart(together(files)) == files
    assert [name for name, _ in apart(shipped_rules())] == [f"{area}.toml" for area in AREAS]
    assert apart("x = 1") == [("reglerne", "x = 1")]
