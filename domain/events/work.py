"""What the employment service and the benefits office record."""

from dataclasses import dataclass
from datetime import date

from domain.choices import Benefit, Readiness
from domain.codes import DataClass, Party
from domain.declaration import ACTIVE, LAB, Ask, Form, Subject, event

_US = Party.EMPLOYMENT
_WORK = DataClass.EMPLOYMENT
_PAYS = Party.BENEFITS
_BENEFIT = DataClass.BENEFIT
_WHICH = {"benefit": Ask("Hvilken ydelse?")}
_HOURS = Ask("Hvor mange timer om ugen?", "Et helt tal.", least=1, most=60)


@event(
    "benefit-applied",
    _PAYS,
    _BENEFIT,
    f"{ACTIVE} § 11",
    title="Ydelse søgt",
    reads="Søgte om {benefit}",
    form=Form(under=Subject.BENEFIT, when="Hvornår henvendte den unge sig?", asks=_WHICH),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitApplied:
    """The young person asked for a benefit; `on` is the day of the first contact."""

    on: date
    benefit: Benefit


@event(
    "benefit-started",
    _PAYS,
    _BENEFIT,
    f"{ACTIVE} § 11",
    title="Ydelse begyndt",
    reads="Begyndte at få {benefit}",
    form=Form(under=Subject.BENEFIT, when="Hvornår begyndte ydelsen?", asks=_WHICH, own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitStarted:
    """The first day on the benefit."""

    on: date
    benefit: Benefit


@event(
    "benefit-changed",
    _PAYS,
    _BENEFIT,
    f"{ACTIVE} § 11",
    title="Ydelse ændret",
    reads="Ydelsen blev ændret til {benefit}",
    form=Form(under=Subject.BENEFIT, when="Hvornår blev ydelsen ændret?", asks=_WHICH, own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitChanged:
    """From this day the young person lives on another benefit, or on another rate of the same."""

    on: date
    benefit: Benefit


@event(
    "benefit-ended",
    _PAYS,
    _BENEFIT,
    f"{ACTIVE} § 11",
    title="Ydelse ophørt",
    reads="Ydelsen ophørte: {benefit}",
    form=Form(under=Subject.BENEFIT, when="Hvornår ophørte ydelsen?", asks=_WHICH, own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitEnded:
    """The last day on the benefit."""

    on: date
    benefit: Benefit


@event(
    "interview-held",
    _US,
    _WORK,
    f"{LAB} § 31",
    title="Jobsamtale holdt",
    reads="Jobsamtale; andre deltagere: {also_there}",
    form=Form(
        under=Subject.INTERVIEW,
        when="Hvornår var samtalen?",
        asks={"also_there": Ask("Hvem deltog, ud over den unge og Beskæftigelse?")},
        own_doing=True,
        begins_today=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewHeld:
    """An interview of the contact programme. `also_there`: the other parties who took part."""

    on: date
    also_there: tuple[Party, ...] = ()


@event(
    "readiness-judged",
    _US,
    _WORK,
    f"{LAB} § 6",
    title="Visitation",
    reads="Visiteret som {readiness}",
    form=Form(
        under=Subject.INTERVIEW,
        when="Hvornår blev det vurderet?",
        asks={"readiness": Ask("Hvad er vurderingen?")},
        own_doing=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessJudged:
    """How near to education or work somebody on cash benefit is judged to be."""

    on: date
    readiness: Readiness


@event(
    "skills-test-taken",
    _US,
    _WORK,
    "Bekendtgørelse om en aktiv beskæftigelsesindsats § 48",
    title="Læse-, skrive- og regnetest taget",
    reads="Læse-, skrive- og regnetesten blev taget",
    form=Form(under=Subject.INTERVIEW, when="Hvornår blev testen taget?", own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SkillsTestTaken:
    """The test of reading, writing and mathematics. Its result does not stand here."""

    on: date


@event(
    "work-placement-started",
    _US,
    _WORK,
    f"{LAB} kap. 11",
    title="Virksomhedspraktik begyndt",
    reads="Begyndte i virksomhedspraktik",
    form=Form(under=Subject.WORK, when="Hvornår begyndte praktikken?", own_doing=True, also=(Party.MILEPAELEN,)),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPlacementStarted:
    """An unpaid placement at a company began."""

    on: date


@event(
    "work-placement-ended",
    _US,
    _WORK,
    f"{LAB} kap. 11",
    title="Virksomhedspraktik ophørt",
    reads="Virksomhedspraktikken ophørte",
    form=Form(under=Subject.WORK, when="Hvornår ophørte praktikken?", own_doing=True, also=(Party.MILEPAELEN,)),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPlacementEnded:
    """The placement at a company ended."""

    on: date


@event(
    "small-job-started",
    _US,
    _WORK,
    f"{LAB} kap. 10",
    title="Småjob begyndt",
    reads="Begyndte i et småjob; timer om ugen: {hours_per_week}",
    form=Form(
        under=Subject.WORK,
        when="Hvornår begyndte småjobbet?",
        asks={"hours_per_week": _HOURS},
        own_doing=True,
        also=(Party.MILEPAELEN,),
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SmallJobStarted:
    """A paid job of few hours began."""

    on: date
    hours_per_week: int


@event(
    "small-job-ended",
    _US,
    _WORK,
    f"{LAB} kap. 10",
    title="Småjob ophørt",
    reads="Småjobbet ophørte",
    form=Form(under=Subject.WORK, when="Hvornår ophørte småjobbet?", own_doing=True, also=(Party.MILEPAELEN,)),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SmallJobEnded:
    """The small job ended."""

    on: date


@event(
    "ordinary-hours-started",
    _US,
    _WORK,
    f"{LAB} kap. 10",
    title="Ordinære timer begyndt",
    reads="Begyndte med ordinære timer; timer om ugen: {hours_per_week}",
    form=Form(
        under=Subject.WORK,
        when="Hvornår begyndte de ordinære timer?",
        asks={"hours_per_week": _HOURS},
        own_doing=True,
        also=(Party.MILEPAELEN,),
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class OrdinaryHoursStarted:
    """Hours with ordinary pay began beside the benefit."""

    on: date
    hours_per_week: int


@event(
    "ordinary-hours-ended",
    _US,
    _WORK,
    f"{LAB} kap. 10",
    title="Ordinære timer ophørt",
    reads="De ordinære timer ophørte",
    form=Form(under=Subject.WORK, when="Hvornår ophørte de ordinære timer?", own_doing=True, also=(Party.MILEPAELEN,)),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class OrdinaryHoursEnded:
    """The ordinary hours ended."""

    on: date


@event(
    "mentor-granted",
    _US,
    _WORK,
    f"{LAB} kap. 26",
    title="Mentor bevilget",
    reads="En mentor blev bevilget",
    form=Form(under=Subject.WORK, when="Hvornår blev mentoren bevilget?", own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class MentorGranted:
    """Mentor support was granted."""

    on: date


@event(
    "mentor-ended",
    _US,
    _WORK,
    f"{LAB} kap. 26",
    title="Mentor ophørt",
    reads="Mentorstøtten ophørte",
    form=Form(under=Subject.WORK, when="Hvornår ophørte mentorstøtten?", own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class MentorEnded:
    """Mentor support ended."""

    on: date


@event(
    "special-review-held",
    _US,
    _WORK,
    "Lemvigs beskæftigelsesplan (lokal politik)",
    title="Særlig gennemgang af forløbet",
    reads="Forløbet blev gennemgået særligt efter lang tid på ydelse",
    form=Form(under=Subject.INTERVIEW, when="Hvornår blev forløbet gennemgået?", own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialReviewHeld:
    """The special review after two and a half years on cash benefit (Lemvig's own policy)."""

    on: date


@event(
    "overall-description-made",
    _US,
    _WORK,
    "Lov nr. 1750 af 29. december 2025",
    title="Samlet beskrivelse lavet",
    reads="Den samlede beskrivelse blev lavet",
    form=Form(under=Subject.INTERVIEW, when="Hvornår blev beskrivelsen lavet?", own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class OverallDescriptionMade:
    """The overall description of the citizen's preconditions was made (from 2026, instead of a rehabilitation plan)."""

    on: date


@event(
    "job-started",
    _US,
    _WORK,
    f"{LAB} § 1",
    title="Job begyndt",
    reads="Begyndte i job; timer om ugen: {hours_per_week}",
    form=Form(under=Subject.WORK, when="Hvornår begyndte jobbet?", asks={"hours_per_week": _HOURS}, also=(Party.UU,)),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class JobStarted:
    """An ordinary job began."""

    on: date
    hours_per_week: int


@event(
    "job-ended",
    _US,
    _WORK,
    f"{LAB} § 1",
    title="Job ophørt",
    reads="Jobbet ophørte",
    form=Form(under=Subject.WORK, when="Hvornår ophørte jobbet?", also=(Party.UU,)),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class JobEnded:
    """The ordinary job ended."""

    on: date
