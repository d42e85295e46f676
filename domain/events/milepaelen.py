"""What is recorded about Milepælen, the local offer for 18-30-year-olds."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.choices import Attendance, Destination, Proposal
from domain.codes import ContactWay, DataClass, Party
from domain.declaration import LAB, Ask, Form, Subject, event
from domain.text import NOTHING_WRITTEN, FreeText

_US = Party.MILEPAELEN
_WORK = DataClass.EMPLOYMENT
_LAW = f"{LAB} kap. 10-14"
LOWEST_SCORE, HIGHEST_SCORE = 1, 5


@event(
    "referred-to-milepaelen",
    Party.EMPLOYMENT,
    _WORK,
    _LAW,
    title="Henvist til Milepælen",
    reads="{by} henviste til Milepælen",
    form=Form(
        under=Subject.MILEPAELEN,
        when="Hvornår blev den unge henvist?",
        asks={"purpose": Ask("Hvad er formålet?")},
        own_doing=True,
        also=(Party.UU,),
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ReferredToMilepaelen:
    """`by` asks Milepælen to take the young person in."""

    on: date
    by: Party
    purpose: FreeText


@event(
    "milepaelen-started",
    _US,
    _WORK,
    _LAW,
    title="Begyndt på Milepælen",
    reads="Første dag på Milepælen",
    changes="Den unge står på listen over fremmøde.",
    form=Form(under=Subject.MILEPAELEN, when="Hvornår var den første dag?", own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class MilepaelenStarted:
    """The young person's first day at Milepælen."""

    on: date


@event(
    "attendance-marked",
    _US,
    _WORK,
    _LAW,
    title="Fremmøde",
    reads="Fremmøde: {attendance}",
    changes="Tre dage i træk uden fremmøde og uden aftale giver et tegn på Milepælens liste.",
    form=Form(
        under=Subject.MILEPAELEN,
        when="Hvilken dag gælder det?",
        asks={"attendance": Ask("Kom den unge?")},
        own_doing=True,
        begins_today=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceMarked:
    """Whether the young person came that day. Marked again for the same day is a correction of the first."""

    on: date
    attendance: Attendance


@event(
    "talk-held",
    _US,
    _WORK,
    _LAW,
    title="Individuel samtale",
    reads="Individuel samtale; næste samtale: {next_on}",
    form=Form(
        under=Subject.MILEPAELEN,
        when="Hvornår var samtalen?",
        asks={
            "next_on": Ask("Hvornår er den næste samtale?"),
            "agreed": Ask("Hvad blev aftalt?"),
        },
        own_doing=True,
        begins_today=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class TalkHeld:
    """A worker of Milepælen talked with the young person alone."""

    on: date
    next_on: date | None = None
    agreed: FreeText = NOTHING_WRITTEN


@event(
    "goal-set",
    _US,
    _WORK,
    _LAW,
    title="Mål sat",
    reads="Et mål blev sat",
    changes="Målet står på Milepælens side om den unge.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSet:
    """A goal for the time at Milepælen, in the young person's words."""

    on: date
    goal_id: UUID
    words: FreeText


@event(
    "sub-goal-set",
    _US,
    _WORK,
    _LAW,
    title="Delmål sat",
    reads="Et delmål blev sat",
    changes="Delmålet står under sit mål.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SubGoalSet:
    """A step towards a goal, in the young person's words. `goal_id` is its own; `part_of` the goal's."""

    on: date
    goal_id: UUID
    part_of: UUID
    words: FreeText


@event(
    "goal-reworded",
    _US,
    _WORK,
    _LAW,
    title="Mål formuleret om",
    reads="Et mål blev formuleret om",
    changes="Den tidligere ordlyd bliver stående i historikken.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class GoalReworded:
    """The young person says a goal or sub-goal in other words. Earlier wordings stay in the history."""

    on: date
    goal_id: UUID
    words: FreeText


@event(
    "goal-reached",
    _US,
    _WORK,
    _LAW,
    title="Mål nået",
    reads="Et mål blev nået",
    changes="Målet står som nået.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class GoalReached:
    """A goal or sub-goal was reached."""

    on: date
    goal_id: UUID


@event(
    "progression-measured",
    _US,
    _WORK,
    _LAW,
    title="Progression målt",
    reads="Progression blev målt: tro på egne evner {belief_in_own_ability}, helbredsmestring {health_mastery}, "
    "arbejdsmarkedsidentitet {labour_market_identity}, samarbejde {cooperation}, netværk {network}, "
    "medarbejderens vurdering {own_judgement}",
    changes="Kurverne på Milepælens side om den unge får et nyt punkt.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressionMeasured:
    """The five factors and the worker's own judgement, each a whole number from 1 (low) to 5 (high)."""

    on: date
    belief_in_own_ability: int
    health_mastery: int
    labour_market_identity: int
    cooperation: int
    network: int
    own_judgement: int
    remark: FreeText = NOTHING_WRITTEN


@event(
    "proposal-sent",
    _US,
    _WORK,
    _LAW,
    title="Indstilling sendt",
    reads="Milepælen indstillede til: {proposal}",
    form=Form(
        under=Subject.MILEPAELEN,
        when="Hvornår blev indstillingen sendt?",
        asks={"proposal": Ask("Hvad indstiller Milepælen til?"), "why": Ask("Hvad er grunden?")},
        own_doing=True,
        begins_today=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalSent:
    """Milepælen proposes to the employment service what comes next."""

    on: date
    proposal: Proposal
    why: FreeText


@event(
    "proposal-answered",
    Party.EMPLOYMENT,
    _WORK,
    _LAW,
    title="Indstilling besvaret",
    reads="Indstillingen bliver fulgt: {followed}",
    form=Form(
        under=Subject.MILEPAELEN,
        when="Hvornår blev indstillingen besvaret?",
        asks={"followed": Ask("Bliver indstillingen fulgt?")},
        own_doing=True,
        begins_today=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalAnswered:
    """The employment service answered the last proposal."""

    on: date
    followed: bool


@event(
    "milepaelen-ended",
    _US,
    _WORK,
    _LAW,
    title="Afsluttet på Milepælen",
    reads="Sidste dag på Milepælen; den unge går videre til: {destination}",
    changes="Den unge står ikke længere på listen over fremmøde.",
    form=Form(
        under=Subject.MILEPAELEN,
        when="Hvornår var den sidste dag?",
        asks={"destination": Ask("Hvad går den unge videre til?")},
        own_doing=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class MilepaelenEnded:
    """The young person's last day at Milepælen."""

    on: date
    destination: Destination


@event(
    "contact-after-milepaelen",
    _US,
    _WORK,
    _LAW,
    title="Kontakt efter Milepælen",
    reads="Kontakt efter tiden på Milepælen ({way})",
    form=Form(under=Subject.MILEPAELEN, when="Hvornår var der kontakt?", asks={"way": Ask("Hvordan?")}, own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAfterMilepaelen:
    """Milepælen got hold of the young person after the stay, to hear how it goes. A try in vain is none."""

    on: date
    way: ContactWay
