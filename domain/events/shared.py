"""What any party may record: the young person's own words, consent, and the steps of the common plan."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.choices import Consenter, ConsentScope, PauseReason, ViewOnPlan
from domain.codes import DataClass, Matter, Party
from domain.declaration import CHILD, COMMON, GDPR, Ask, Form, Subject, event
from domain.text import NOTHING_WRITTEN, FreeText, StaffId

_ALL = Party.MUNICIPALITY
_VOICE, _PLAN = DataClass.VOICE, DataClass.PLAN
_CONSENT = f"{GDPR} artikel 6 og 9; {CHILD} § 110"
_ABOUT = {"scope": Ask("Hvad handler samtykket om?")}


@event(
    "goal-in-own-words",
    _ALL,
    _VOICE,
    COMMON,
    title="Den unges mål",
    reads="Den unge sagde sit mål",
    changes="Målet står øverst i planen; det tidligere bliver i historikken.",
    form=Form(
        under=Subject.GOAL_AND_PLAN,
        when="Hvornår sagde den unge det?",
        asks={"words": Ask("Den unges mål med egne ord")},
        own_doing=True,
        begins_today=True,
        shared=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class GoalInOwnWords:
    """What the young person wants, as they said it. Earlier wordings stay in the history."""

    on: date
    words: FreeText


@event(
    "view-on-plan",
    _ALL,
    _VOICE,
    COMMON,
    title="Den unges syn på planen",
    reads="Den unge er enig i planen: {view}",
    changes="Svaret står ved planen.",
    form=Form(
        under=Subject.GOAL_AND_PLAN,
        when="Hvornår blev den unge spurgt?",
        asks={
            "view": Ask("Er den unge enig i planen?", "“Kunne ikke svare” er også et svar. Skriv så hvorfor."),
            "why": Ask("Hvad siger den unge om det?", "Med den unges egne ord. Skriv ikke diagnoser eller CPR-numre."),
        },
        own_doing=True,
        begins_today=True,
        shared=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ViewOnPlanGiven:
    """What the young person says of the plan. That they could not answer is an answer too, and says why."""

    on: date
    view: ViewOnPlan
    why: FreeText = NOTHING_WRITTEN


@event(
    "consent-given",
    _ALL,
    _PLAN,
    _CONSENT,
    title="Samtykke givet",
    reads="Samtykke givet af {by}: {scope}; gælder til: {until}",
    changes="En forælders samtykke ophører, når den unge fylder 18 år.",
    form=Form(
        under=Subject.CONSENT,
        when="Hvornår blev samtykket givet?",
        asks={
            "by": Ask("Hvem giver samtykket?"),
            **_ABOUT,
            "until": Ask("Hvad er den sidste dag, samtykket gælder?"),
        },
        own_doing=True,
        begins_today=True,
        shared=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven:
    """Somebody consented. `until` is the last day it counts; without it, until it is withdrawn."""

    on: date
    by: Consenter
    scope: ConsentScope
    until: date | None = None


@event(
    "consent-refused",
    _ALL,
    _PLAN,
    _CONSENT,
    title="Samtykke afslået",
    reads="Samtykke afslået af {by}: {scope}",
    form=Form(
        under=Subject.CONSENT,
        when="Hvornår blev samtykket afslået?",
        asks={"by": Ask("Hvem siger nej?"), **_ABOUT},
        own_doing=True,
        begins_today=True,
        shared=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRefused:
    """Somebody was asked and did not consent."""

    on: date
    by: Consenter
    scope: ConsentScope


@event(
    "consent-withdrawn",
    _ALL,
    _PLAN,
    _CONSENT,
    title="Samtykke trukket tilbage",
    reads="Samtykke trukket tilbage af {by}: {scope}",
    form=Form(
        under=Subject.CONSENT,
        when="Hvornår blev samtykket trukket tilbage?",
        asks={"by": Ask("Hvem trækker samtykket tilbage?"), **_ABOUT},
        own_doing=True,
        begins_today=True,
        shared=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawn:
    """A consent that was given does not count from this day."""

    on: date
    by: Consenter
    scope: ConsentScope


@event(
    "lead-coordinator-named",
    _ALL,
    _PLAN,
    COMMON,
    title="Tovholder udpeget",
    reads="Den unge fik en tovholder fra {party}",
    changes="Tovholderen står øverst på den unges side.",
    form=Form(
        under=Subject.GOAL_AND_PLAN,
        when="Fra hvilken dag?",
        asks={"staff": Ask("Hvem er tovholder?")},
        own_doing=True,
        begins_today=True,
        shared=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class LeadCoordinatorNamed:
    """One member of staff keeps the whole together until another is named. `party` is where they work."""

    on: date
    staff: StaffId
    party: Party


@event(
    "plan-step-agreed",
    _ALL,
    _PLAN,
    COMMON,
    title="Skridt aftalt",
    reads="Et skridt i planen blev aftalt; {responsible} er ansvarlig, frist {due_on}",
    changes="Skridtet står i den fælles plan.",
    form=Form(
        under=Subject.GOAL_AND_PLAN,
        when="Hvornår blev det aftalt?",
        asks={
            "what": Ask("Hvad skal der ske?"),
            "responsible": Ask("Hvem er ansvarlig?"),
            "matter": Ask("Hvad handler det om?"),
            "due_on": Ask("Hvornår skal det være gjort?"),
        },
        own_doing=True,
        begins_today=True,
        shared=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStepAgreed:
    """Somebody is to do something before a day."""

    on: date
    step_id: UUID
    what: FreeText
    responsible: Party
    matter: Matter
    due_on: date


@event(
    "plan-step-moved",
    _ALL,
    _PLAN,
    COMMON,
    title="Skridt flyttet",
    reads="Et skridt i planen fik ny frist {due_on}",
    changes="Skridtet har en ny frist; den gamle bliver i historikken.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStepMoved:
    """The step is to be done before another day, and why."""

    on: date
    step_id: UUID
    due_on: date
    reason: FreeText


@event(
    "plan-step-waits",
    _ALL,
    _PLAN,
    COMMON,
    title="Skridt venter",
    reads="Et skridt i planen venter på {waits_for}",
    changes="Planen viser, hvem der ventes på.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStepWaits:
    """Whoever is responsible for the step cannot go on before another party has done something."""

    on: date
    step_id: UUID
    waits_for: Party


@event(
    "plan-step-done",
    _ALL,
    _PLAN,
    COMMON,
    title="Skridt gjort",
    reads="Et skridt i planen blev gjort",
    changes="Skridtet er gjort.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStepDone:
    """The step was carried out."""

    on: date
    step_id: UUID


@event(
    "plan-step-dropped",
    _ALL,
    _PLAN,
    COMMON,
    title="Skridt fravalgt",
    reads="Et skridt i planen blev fravalgt",
    changes="Skridtet skal ikke gøres.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStepDropped:
    """The step is not to be carried out, and why."""

    on: date
    step_id: UUID
    reason: FreeText


@event(
    "checked",
    _ALL,
    None,
    COMMON,
    title="Set, spørg igen",
    reads="En frist blev set; spørg igen {ask_again_on}",
    changes="Fristen løber videre; den hviler på listen til den dag, der spørges igen.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Somebody looked at an open duty and will look again on a day. Nothing is cleared by looking.

    `rule` and `trigger` name the duty as its row does; it has the duty's class, because it says that there is one.
    `by` is the party that looked: the row rests on their list and on nobody else's.
    """

    on: date
    of_class: DataClass
    rule: str
    trigger: UUID
    by: Party
    ask_again_on: date


@event(
    "agenda-item-wished",
    _ALL,
    _PLAN,
    COMMON,
    title="Ønsket på dagsordenen",
    reads="{by} ønskede den unge taget op på et møde",
    changes="Den unge foreslås til det næste møde.",
    form=Form(
        under=Subject.GOAL_AND_PLAN,
        when="Hvornår blev det ønsket?",
        asks={"why": Ask("Hvad skal mødet tage stilling til?")},
        own_doing=True,
        begins_today=True,
        shared=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItemWished:
    """A party wants the young person to be spoken of at the next meeting."""

    on: date
    by: Party
    why: FreeText


@event(
    "clock-paused",
    _ALL,
    None,
    COMMON,
    title="Frist sat på pause",
    reads="En frist blev sat på pause: {reason}",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPaused:
    """The clock of a duty stands still, and why. It has the duty's class."""

    on: date
    of_class: DataClass
    rule: str
    trigger: UUID
    reason: PauseReason


@event(
    "clock-resumed",
    _ALL,
    None,
    COMMON,
    title="Frist løber igen",
    reads="En frist løber igen",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ClockResumed:
    """The clock of a duty runs again."""

    on: date
    of_class: DataClass
    rule: str
    trigger: UUID
