"""What any party may record: the young person's own words, and the steps of the common plan."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.codes import Matter, Party
from domain.text import FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalInOwnWords:
    """What the young person wants, as they said it. Earlier wordings stay in the history."""

    on: date
    words: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStepAgreed:
    """Somebody is to do something before a day."""

    on: date
    step_id: UUID
    what: FreeText
    responsible: Party
    matter: Matter
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStepDone:
    """The step was carried out."""

    on: date
    step_id: UUID
