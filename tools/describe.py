"""Writes the documents that are made from the code: events, rules and profiles. A test asks that they are up to date.

python tools/describe.py          write them
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from domain.rules import Reading, Rule, parse, shipped_rules  # noqa: E402 - the project lies one folder up
from tools.describe_events import events  # noqa: E402
from tools.describe_profiles import profiles  # noqa: E402

RULES_HEAD = """# Rules

When something must have happened, and who says so. The rules are data: `domain/rules.toml`, read strictly – an
unknown, missing or repeated key stops the program with a message. A rule is never edited: end it with `valid_until`
and add the next version below it. A case is judged by the version that held on its day: the day of the trigger, or of
the deadline where the clock starts at birth. The rules in force are themselves an entry of the log (`rules-loaded`),
so that any past list can be explained.

*Kind* says how binding it is, and the pages show it: **hard** a statutory date, **duty** a statutory duty without a
date, **guide** guidance, **local** the municipality's own, **dormant** not in force. Nothing here is legal advice; the
certainty says how the source was read.

## Keys of a rule

| key | meaning |
|---|---|
| `id`, `version` | names the rule and its version for ever |
| `title`, `what_to_do` | Danish words on pages |
| `kind`, `certainty`, `source` | how binding, how sure, and where it stands |
| `valid_from`, `valid_until` | first and last day on which a case is judged by this version |
| `trigger` | the code of the event that starts it |
| `while_not` | the event that ends the state it is about; on or before the due date it takes the duty away. It has not ended on a day when it also begins |
| `from_age`, `ends_at_age` | youngest age at the trigger; the birthday on which it no longer counts |
| `giver`, `receiver`, `holder` | from whom, to whom, and who must see to it; giver `by` is whoever the trigger names |
| `matter`, `data_class` | what is handed over, and which class decides who may see it |
| `cleared_by` | events on or after the trigger's day that clear it; a handover only when the receiver took over the matter |
| `shown_months_before` | how long before the due date it is shown; absent: from the trigger |
| `[[rule.reading]]` | one way to read the deadline; several are all computed and the earliest warns |

## Keys of a reading

| key | meaning |
|---|---|
| `label` | Danish words for it |
| `from` | where the clock starts: `birth`, `on` (it happened), `known` (we knew), or an event that must follow the trigger |
| `years`, `months`, `days`, `working_days` | how long; the day the clock starts is not counted. Months clamp to the month's last day, 29 February is the 28th in common years (the earlier day). Working days are Monday to Friday without the closed days |

## The shipped rules
"""


def rules() -> str:
    """The text of docs/rules.md."""
    return RULES_HEAD + "\n".join(_rule(rule) for rule in parse(shipped_rules())) + "\n"


def _rule(rule: Rule) -> str:
    readings = "; ".join(f"{one.label} ({_length(one)})" for one in rule.readings)
    return (
        f"\n### {rule.id} version {rule.version} – {rule.title}\n\n"
        f"- kind: **{rule.kind}**; certainty: {rule.certainty}\n- source: {rule.source}\n"
        f"- valid from {rule.valid_from}\n- starts with `{rule.trigger}`; cleared by "
        + ", ".join(f"`{code}`" for code in rule.cleared_by)
        + f"\n- due: {readings}\n- held by {rule.holder}; {rule.giver or 'whoever referred'} → {rule.receiver};"
        f" matter {rule.matter}; class {rule.data_class}\n- what to do: {rule.what_to_do}"
    )


def _length(one: Reading) -> str:
    units = [("years", one.years), ("months", one.months), ("days", one.days), ("working days", one.working_days)]
    return ", ".join(f"{count} {unit}" for unit, count in units if count)


def main() -> None:
    """Write them."""
    (ROOT / "docs" / "events.md").write_text(events(), "utf-8")
    (ROOT / "docs" / "rules.md").write_text(rules(), "utf-8")
    (ROOT / "docs" / "profiler.md").write_text(profiles(), "utf-8")


if __name__ == "__main__":
    main()
