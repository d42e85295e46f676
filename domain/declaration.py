"""What is said of a type of event beside its fields, and the decorator that says it.

It stands on the class, so that a type is described in one place. `domain.catalogue` gathers them, and a type
without a declaration stops the start-up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from domain.codes import DataClass, Party, StreamKind

Kind = TypeVar("Kind", bound=type)

KUI = "Lov om kommunal indsats for unge under 25 år"
CHILD = "Barnets lov"
SCHOOL_ACT = "Folkeskoleloven"
STU_ACT = "Lov om særligt tilrettelagt ungdomsuddannelse"
SERVICE = "Lov om social service"
LAB = "Lov om en aktiv beskæftigelsesindsats"
ACTIVE = "Lov om aktiv socialpolitik"
INTEGRATION = "Integrationsloven"
HEALTH_ACT = "Sundhedsloven"
COMMON = "Forvaltningsloven § 28; retssikkerhedsloven § 5"
GDPR = "Databeskyttelsesforordningen"


class Subject(StrEnum):
    """Under which heading a form is found among those that somebody can fill in, in the order of the page."""

    CONTACT = "contact"
    BREAK_OFF = "break-off"
    EDUCATION_PLAN = "education-plan"
    EDUCATION = "education"
    FGU_AND_STU = "fgu-and-stu"
    SCHOOL = "school"
    ABSENCE = "absence"
    CONCERN = "concern"
    SUPPORT = "support"
    PLACEMENT = "placement"
    TRANSITION = "transition"
    BENEFIT = "benefit"
    INTERVIEW = "interview"
    WORK = "work"
    HEALTH = "health"
    MILEPAELEN = "milepaelen"
    GOAL_AND_PLAN = "goal-and-plan"
    CONSENT = "consent"
    RESIDENCE = "residence"


@dataclass(frozen=True, slots=True)
class Ask:
    """The Danish question for one field. `least` and `most` bound a number; both are allowed values.

    That a field may be left empty is said by the page; the question does not say it.
    """

    label: str
    hint: str = ""
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How the event is recorded on a page: the question for its day, and one question per field.

    `under`: the heading where it is found. `own_doing`: the municipality itself did it, and so knew it the same day;
    what others told of became known the day it is written down, unless another day is given. `begins_today`: the day
    is today unless changed. `knew`: asked in place of when the municipality was told, where it can have known of the
    need before it acted, and a clock runs from then. `shared`: every party that may see the class may record it.
    `also`: parties beside the declared one.
    """

    under: Subject
    when: str
    asks: Mapping[str, Ask] = field(default_factory=dict)
    own_doing: bool = False
    begins_today: bool = False
    knew: Ask | None = None
    shared: bool = False
    also: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One type of event.

    `code` is the stored name without its version. `party` is who records it. `data_class` is None for what is about
    another fact or duty: it has the class of that, in its own field `of_class`. `purpose` names act and section.
    `title` is the Danish word for it on pages; `reads` is the sentence on the timeline, with fields of the event in
    braces. `changes` says in Danish what it changes besides the clocks of rules. `form` is None where a page of its
    own, or only the program, records it.
    """

    code: str
    type: type
    stream: StreamKind
    party: Party
    data_class: DataClass | None
    purpose: str
    title: str
    reads: str
    changes: str = ""
    form: Form | None = None

    def may_be_recorded_by(self, party: Party) -> bool:
        """Whether this party's workers find it among what they can record (what they may see is another question)."""
        return self.form is not None and (self.form.shared or party == self.party or party in self.form.also)


def event(
    code: str,
    party: Party,
    data_class: DataClass | None,
    purpose: str,
    *,
    title: str,
    reads: str,
    changes: str = "",
    form: Form | None = None,
    stream: StreamKind = StreamKind.JOURNEY,
) -> Callable[[Kind], Kind]:
    """Declare this class as a type of event."""

    def declared(kind: Kind) -> Kind:
        kind.__declaration__ = Declaration(  # type: ignore[attr-defined]
            code=code,
            type=kind,
            stream=stream,
            party=party,
            data_class=data_class,
            purpose=purpose,
            title=title,
            reads=reads,
            changes=changes,
            form=form,
        )
        return kind

    return declared
