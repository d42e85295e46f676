"""The rules of deadlines as data, read strictly from TOML. What each key means stands in docs/rules.md."""

from domain.rules.comparing import Became, Difference, as_if, changed_names, differences, only
from domain.rules.fault import RuleFault
from domain.rules.laying import Draft, draft_of, is_own, laid_over, must_be_own, own_files
from domain.rules.municipal import OwnDays
from domain.rules.reading import (
    AREAS,
    Content,
    apart,
    content_hash,
    law_file,
    parse,
    rule_set,
    shipped_rules,
    together,
)
from domain.rules.rule import Basis, Condition, FieldTest, Kind, Reading, Rule, RuleSet, State
from domain.rules.writing import rule_text

__all__ = [
    "AREAS",
    "Basis",
    "Became",
    "Condition",
    "Content",
    "Difference",
    "Draft",
    "FieldTest",
    "Kind",
    "OwnDays",
    "Reading",
    "Rule",
    "RuleFault",
    "RuleSet",
    "State",
    "apart",
    "as_if",
    "changed_names",
    "content_hash",
    "differences",
    "draft_of",
    "is_own",
    "laid_over",
    "law_file",
    "must_be_own",
    "only",
    "own_files",
    "parse",
    "rule_set",
    "rule_text",
    "shipped_rules",
    "together",
]
