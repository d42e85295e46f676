"""The text of docs/rules.md: how rules are written, and every shipped rule."""

from collections.abc import Iterator
from datetime import date

from domain.rules import AREAS, Condition, FieldTest, Kind, Reading, Rule, State, law_file, parse, shipped_rules

HEAD = """# Rules

When something must have happened, and who says so. The rules are data: `domain/law/*.toml`, a file for each area, read
strictly – an unknown, missing or wrong key is said with its file and line, and the rules in force stay in force. The
rules in force are themselves an entry of the log (`rules-loaded`), so that any past list can be explained. Nothing
here is legal advice; the certainty says how the source was read.

*Kind* says how binding a rule is, and the pages show it: **hard** a statutory date, **duty** a statutory duty (each
date says whose it is), **guide** guidance, **local** the municipality's own, **dormant** not in force or
lacking a fact, which `missing` names. 40 rules count and 37 are dormant.

## Which version judges

A rule is never edited: end it with `valid_until` and add the next version. A case is judged by the version that held
on its day: the day of the trigger, or of the deadline where the clock starts at birth. Where a new version moves an age
so that the day lies before the version itself, it binds from its own first day: nobody falls between two versions.

## Keys of a rule

| key | meaning |
|---|---|
| `id`, `version` | names the rule and its version for ever |
| `title`, `what_to_do` | Danish words on pages |
| `kind`, `certainty`, `source`, `missing` | how binding, how sure, where it stands, and what a dormant rule lacks |
| `valid_from`, `valid_until` | first and last day on which a case is judged by this version |
| `giver`, `receiver`, `holder`, `toward` | from whom, to whom, and who must see to it; giver `by` is whoever the trigger names; `toward` says in Danish who it is about where that is no department |
| `matter`, `data_class` | what is handed over, and which class decides who may see it |
| `[[rule.part]]` | a part with a `name` and conditions and dates of its own, perhaps a `kind`; what stands in the rule counts for all parts |
| `[[rule.due]]` | one way to read the deadline; several are all computed and the earliest warns |

## Conditions, in the rule or in a part

A condition is an event's code, or `{ event = "…", field = value }` – the value, one of a list, or
`{ least = …, most = … }`. Of a handover's later events `matter`, `giver` and `receiver` may be asked too.

| key | meaning |
|---|---|
| `when` | events that start it, any of them |
| `while` | states in which it counts, any of them; without `when` the beginning of a state starts it. A state that ends on or before the due date takes the duty away; of a duty without a day, whenever it ends |
| `unless` | what must not have happened; later it takes the duty away |
| `until` | what takes the duty away when it happens on the trigger's day or later |
| `only_after` | what must have happened on the trigger's day or before |
| `cleared_by` | what clears it, on the trigger's day or later |
| `same` | fields that must be the same in the trigger and in what clears it |
| `count` | how many such events are needed |
| `each_clears_one` | one such event clears one trigger, the first that waits |
| `once` | triggers that agree in `same` and are due on the same day are one duty, the first |
| `last_day_counts` | a state counts on the day it ends, too |
| `due_within_months` | a trigger whose day would come later than that starts nothing |
| `earlier_counts` | what happened before the trigger clears it too |
| `counts_months_before` | only what happened at most so many months before the due date clears it |
| `from_age`, `before_age` | the age on the trigger's day: at least the first, below the second |
| `ends_at_age` | the birthday on which it no longer counts |
| `shown_months_before` | how long before the due date it is shown; absent: from the trigger |

## Keys of a reading (`due`)

| key | meaning |
|---|---|
| `label` | Danish words for it |
| `basis` | whose date it is: `law` (default), `local` the municipality's, `proposal` ours |
| `from` | where the clock starts: `birth`, `on` (it happened), `at` (the instant), `known` (we knew), or a condition that must follow the trigger |
| `earlier_counts` | such an event before the trigger counts too; the clock then starts when the trigger was known |
| `later` | only what comes after the trigger's day starts the clock |
| `years`, `months`, `days`, `working_days`, `weekdays`, `hours` | how long; the day the clock starts is not counted. Years first: months are counted from the birthday. Months clamp to the month's last day, 29 February is the 28th in common years (the earlier day). Working days are Monday to Friday, weekdays (*hverdage*) Monday to Saturday, both without the closed days. Hours are elapsed hours, whatever the clocks do that night |
| `fixed` | the first such date on or after the start, as "03-01" |
| `quarter_end` | the last day of the quarter that the trigger is about |
| `soon` | no act says a day: never overdue; with `years` or `months` it is asked for from then |

## A clock that stands still

Whoever holds a duty can let its clock stand still from today, with a reason (`clock-paused`), until they let it run
again (`clock-resumed`): docs/decisions/0015. Readings of days, months, years from an event, working days, weekdays and
hours can; an age, a fixed date, a quarter and a duty without a day cannot. It is not possible once it is overdue. Days,
months and hours end later by as long as it stood still; of counted days those of the pause are skipped.

## A municipality's own file

`[municipality]` with `name` and `closing_days` ("12-24" comes every year, 2026-05-15 once); `[[add]]` a rule of its
own, local or guidance; `[[change]]` with `id`, perhaps `part`, and what it `says` about the rule, perhaps another
`holder`, `receiver`, `what_to_do`, `shown_months_before` or a date of its own (`[[change.due]]`, basis local) beside
the law's; `[[off]]` with the `reason`. It never moves a date of the law, and has neither `[[rule]]` nor `[[end]]`: those
are for the shipped files and for drafts, which can be tried and never loaded (docs/brugervejledning/regler.md). A file that is a draft says so in `[draft]`;
`[[end]]` ends a version (`id`, `version`, `valid_until`, `why`).

## States

"""


def rules() -> str:
    """The text of docs/rules.md."""
    areas = (f"\n## {area}.toml\n" + "".join(map(_rule, _of_area(area))) for area in AREAS if area != "states")
    return HEAD + "\n".join(map(_state, _states())) + "\n" + "".join(areas)


def _of_area(area: str) -> list[Rule]:
    mine = {line.split('"')[1] for line in law_file(area).splitlines() if line.startswith("id = ")}
    return [rule for rule in parse(shipped_rules()).rules if rule.id in mine]


def _states() -> list[State]:
    return list({state.name: state for rule in parse(shipped_rules()).rules for state in rule.states}.values())


def _state(state: State) -> str:
    ends = _conditions(state.ended) or "nothing"
    return f"- **{state.name}** ({state.title}): from {_conditions(state.began)} until {ends}"


def _rule(rule: Rule) -> str:
    return f"\n### {rule.name} version {rule.version} – {rule.title}\n\n" + "\n".join(_lines(rule)) + "\n"


def _lines(rule: Rule) -> Iterator[str]:
    yield f"- kind: **{rule.kind}**; certainty: {rule.certainty}"
    yield f"- source: {rule.source}"
    toward = f" ({rule.toward})" if rule.toward else ""
    yield (
        f"- held by {rule.holder}; {rule.giver or 'whoever referred'} → {rule.receiver}{toward};"
        f" matter {rule.matter}; class {rule.data_class}"
    )
    if rule.kind is Kind.DORMANT:
        yield f"- missing: {rule.missing}"
        return
    until = f" until {rule.valid_until}" if rule.valid_until != date.max else ""
    yield f"- valid from {rule.valid_from}{until}"
    starts = _conditions(rule.when) or "the state's beginning"
    states = f" while {' or '.join(state.name for state in rule.states)}" if rule.states else ""
    yield f"- starts with {starts}{states}; cleared by {_conditions(rule.clears)}"
    yield "- due: " + "; ".join(f"{one.label} ({_length(one)})" for one in rule.readings)
    yield f"- what to do: {rule.what_to_do}"


def _conditions(conditions: tuple[Condition, ...]) -> str:
    return ", ".join(f"`{one.code}`{_tests(one.tests)}" for one in conditions)


def _tests(tests: tuple[FieldTest, ...]) -> str:
    said = [f"{test.field} {'/'.join(map(str, test.values)) or ' '.join(_bounds(test))}".lower() for test in tests]
    return f" ({', '.join(said)})" if said else ""


def _bounds(test: FieldTest) -> Iterator[str]:
    yield from (f"{word} {bound}" for word, bound in (("≥", test.least), ("≤", test.most)) if bound is not None)


def _length(one: Reading) -> str:
    units = ("years", "months", "days", "working_days", "weekdays", "hours")
    said = [f"{getattr(one, unit)} {unit.replace('_', ' ')}" for unit in units if getattr(one, unit)]
    said += [f"{one.fixed[1]}.{one.fixed[0]}."] if one.fixed else []
    said += ["end of the quarter"] if one.quarter_end else []
    said += ["no day"] if one.soon else []
    return f"from {one.start_code}: {', '.join(said) or 'that day'}; {one.basis}"
