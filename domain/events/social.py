"""What the child and the adult social departments record."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.choices import Measure, TargetGround, TransitionTopic
from domain.codes import DataClass, Party, PlacementForm
from domain.declaration import CHILD, COMMON, SERVICE, Ask, Form, Subject, event

_US = Party.CHILD_SOCIAL
_SOCIAL = DataClass.SOCIAL
_CONCERN = DataClass.CONCERN
_ALSO_ADULTS = (Party.ADULT_SOCIAL,)
_ALSO_CHILDREN = (Party.CHILD_SOCIAL,)
_WHICH = {"measure": Ask("Hvilken støtte?")}
_NEXT = {"next_on": Ask("Hvornår er den næste opfølgning?", "Kommunen skal selv fastsætte den.")}


@event(
    "concern-received",
    _US,
    _CONCERN,
    f"{CHILD} §§ 133-136",
    title="Underretning kommet",
    reads="Der kom en underretning",
    form=Form(
        under=Subject.CONCERN,
        when="Hvilken dag kom underretningen?",
        asks={"at": Ask("Hvad var klokken?", "For eksempel 14.30. De 24 timer regnes fra dette klokkeslæt.")},
        own_doing=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernReceived:
    """A notification of concern came in at this instant; within 24 hours it must be assessed (§ 136)."""

    on: date
    at: datetime


@event(
    "concern-assessed",
    _US,
    _CONCERN,
    f"{CHILD} § 136",
    title="Underretning vurderet",
    reads="Underretningen blev vurderet; behov for at handle akut: {acute}",
    form=Form(
        under=Subject.CONCERN,
        when="Hvilken dag blev den vurderet?",
        asks={"at": Ask("Hvad var klokken?", "For eksempel 14.30."), "acute": Ask("Er der behov for at handle akut?")},
        own_doing=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernAssessed:
    """Whether health or development is in danger, and something must be done at once."""

    on: date
    at: datetime
    acute: bool


@event(
    "concern-receipt-sent",
    _US,
    _CONCERN,
    f"{CHILD} § 137",
    title="Svar sendt til underretteren",
    reads="Den, der underrettede, fik at vide, at underretningen er kommet",
    form=Form(under=Subject.CONCERN, when="Hvornår blev svaret sendt?", own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernReceiptSent:
    """The notifier was told that the notification has arrived."""

    on: date


@event(
    "child-assessment-opened",
    _US,
    _SOCIAL,
    f"{CHILD} § 20",
    title="Børnefaglig undersøgelse begyndt",
    reads="En børnefaglig undersøgelse begyndte",
    form=Form(
        under=Subject.SUPPORT,
        when="Hvornår begyndte undersøgelsen?",
        own_doing=True,
        knew=Ask(
            "Hvornår blev kommunen opmærksom på et muligt behov?",
            "De 4 måneder regnes fra den dag. Lad feltet stå tomt, hvis det var samme dag.",
        ),
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ChildAssessmentOpened:
    """A full assessment of the child's needs began. `known_at` is when the municipality became aware (§ 20, stk. 3)."""

    on: date


@event(
    "child-assessment-finished",
    _US,
    _SOCIAL,
    f"{CHILD} § 20",
    title="Børnefaglig undersøgelse afsluttet",
    reads="Den børnefaglige undersøgelse blev afsluttet",
    form=Form(under=Subject.SUPPORT, when="Hvornår blev undersøgelsen afsluttet?", own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ChildAssessmentFinished:
    """The full assessment was finished."""

    on: date


@event(
    "preliminary-assessment-made",
    _US,
    _SOCIAL,
    f"{CHILD} § 20, stk. 3",
    title="Foreløbig vurdering skrevet",
    reads="En foreløbig vurdering blev skrevet, fordi den børnefaglige undersøgelse tager mere end fire måneder",
    form=Form(under=Subject.SUPPORT, when="Hvornår blev den foreløbige vurdering skrevet?", own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PreliminaryAssessmentMade:
    """A preliminary assessment was written because the full one takes more than 4 months. That is finished after."""

    on: date


@event(
    "measure-started",
    _US,
    _SOCIAL,
    f"{CHILD} § 32; {SERVICE} § 85",
    title="Støtte begyndt",
    reads="Støtte begyndte: {measure}",
    form=Form(under=Subject.SUPPORT, when="Hvornår begyndte støtten?", asks=_WHICH, own_doing=True, also=_ALSO_ADULTS),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureStarted:
    """Support began."""

    on: date
    measure: Measure


@event(
    "measure-followed-up",
    _US,
    _SOCIAL,
    f"{CHILD} § 95",
    title="Støtte fulgt op",
    reads="Støtten blev fulgt op: {measure}; næste opfølgning {next_on}",
    form=Form(
        under=Subject.SUPPORT,
        when="Hvornår blev støtten fulgt op?",
        asks={**_WHICH, **_NEXT},
        own_doing=True,
        also=_ALSO_ADULTS,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFollowedUp:
    """The support was gone through, and the day of the next follow-up decided (§ 95, stk. 3-5)."""

    on: date
    measure: Measure
    next_on: date


@event(
    "measure-ended",
    _US,
    _SOCIAL,
    f"{CHILD} § 32; {SERVICE} § 85",
    title="Støtte ophørt",
    reads="Støtte ophørte: {measure}",
    form=Form(under=Subject.SUPPORT, when="Hvornår ophørte støtten?", asks=_WHICH, own_doing=True, also=_ALSO_ADULTS),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureEnded:
    """Support ended."""

    on: date
    measure: Measure


@event(
    "placement-started",
    _US,
    _SOCIAL,
    f"{CHILD} §§ 46 og 47",
    title="Anbringelse begyndt",
    reads="Anbragt uden for hjemmet: {form}",
    form=Form(
        under=Subject.PLACEMENT,
        when="Hvornår begyndte anbringelsen?",
        asks={"form": Ask("Hvor bor den unge nu?")},
        own_doing=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementStarted:
    """The young person now lives outside the home (barnets lov §§ 46, 47)."""

    on: date
    form: PlacementForm


@event(
    "placement-followed-up",
    _US,
    _SOCIAL,
    f"{CHILD} § 95",
    title="Anbringelse fulgt op",
    reads="Anbringelsen blev fulgt op; næste opfølgning {next_on}",
    form=Form(under=Subject.PLACEMENT, when="Hvornår blev anbringelsen fulgt op?", asks=_NEXT, own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementFollowedUp:
    """The placement was gone through, and the day of the next follow-up decided (§ 95, stk. 3-5)."""

    on: date
    next_on: date


@event(
    "placement-ended",
    _US,
    _SOCIAL,
    f"{CHILD} §§ 46 og 47",
    title="Anbringelse ophørt",
    reads="Anbringelsen ophørte",
    form=Form(under=Subject.PLACEMENT, when="Hvornår ophørte anbringelsen?", own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementEnded:
    """The placement outside the home ended."""

    on: date


@event(
    "youth-plan-need-judged",
    _US,
    _SOCIAL,
    f"{CHILD} § 108, stk. 1",
    title="Behov for ungeplan vurderet",
    reads="Der er brug for en ungeplan: {needed}",
    form=Form(
        under=Subject.PLACEMENT,
        when="Hvornår blev behovet vurderet?",
        asks={"needed": Ask("Er der brug for en ungeplan?", "Kommunen skal tage stilling, når den unge fylder 16 år.")},
        own_doing=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class YouthPlanNeedJudged:
    """A position was taken on whether a youth plan is needed. A no is one too."""

    on: date
    needed: bool


@event(
    "youth-plan-made",
    _US,
    _SOCIAL,
    f"{CHILD} § 108",
    title="Ungeplan lavet",
    reads="Ungeplanen blev lavet",
    form=Form(under=Subject.PLACEMENT, when="Hvornår blev ungeplanen lavet?", own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class YouthPlanMade:
    """The young person of 16 or more has a youth plan."""

    on: date


@event(
    "youth-plan-revised",
    _US,
    _SOCIAL,
    f"{CHILD} §§ 108 og 111",
    title="Ungeplan revideret",
    reads="Ungeplanen blev revideret",
    form=Form(under=Subject.PLACEMENT, when="Hvornår blev ungeplanen revideret?", own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class YouthPlanRevised:
    """The youth plan was revised together with the young person."""

    on: date


@event(
    "target-group-assessed",
    _US,
    _SOCIAL,
    f"{CHILD} § 122",
    title="Målgruppe for forberedelse af overgangen vurderet",
    reads="I målgruppen for forberedelse af overgangen: {ground}",
    form=Form(
        under=Subject.TRANSITION,
        when="Hvornår blev målgruppen vurderet?",
        asks={"ground": Ask("Er den unge i målgruppen?")},
        own_doing=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class TargetGroupAssessed:
    """Whether the transition to adulthood is to be prepared from the 16th birthday, and on what ground."""

    on: date
    ground: TargetGround


@event(
    "transition-preparation-begun",
    _US,
    _SOCIAL,
    f"{CHILD} § 123, stk. 1",
    title="Forberedelse af overgangen begyndt",
    reads="Forberedelsen af overgangen til voksenlivet begyndte",
    form=Form(under=Subject.TRANSITION, when="Hvornår begyndte forberedelsen?", own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionPreparationBegun:
    """The young person and the parents were contacted, and the preparation began."""

    on: date


@event(
    "transition-preparation-finished",
    _US,
    _SOCIAL,
    f"{CHILD} § 123, stk. 2 og 3",
    title="Forberedelse af overgangen afsluttet",
    reads="Forberedelsen af overgangen blev afsluttet; taget stilling til: {topics}",
    form=Form(
        under=Subject.TRANSITION,
        when="Hvornår blev forberedelsen afsluttet?",
        asks={"topics": Ask("Hvad er der taget stilling til?", "Loven nævner alle seks.")},
        own_doing=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionPreparationFinished:
    """The preparation is done, so that support can begin on the 18th birthday. `topics` of the act's six."""

    on: date
    topics: tuple[TransitionTopic, ...]


@event(
    "transition-meeting-held",
    _US,
    _SOCIAL,
    f"{CHILD} § 123; {COMMON}",
    title="Overgangsmøde holdt",
    reads="Overgangsmøde holdt; den unge var med: {took_part}",
    form=Form(
        under=Subject.TRANSITION,
        when="Hvornår var overgangsmødet?",
        asks={
            "took_part": Ask(
                "Var den unge med?",
                "Samtykke til at udveksle oplysninger skal være givet før mødet. Der træffes ingen afgørelser på det.",
            )
        },
        own_doing=True,
        also=_ALSO_ADULTS,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionMeetingHeld:
    """Those who have the young person now and those who will from 18 met. `took_part`: whether the young person did.

    Consent to exchange was given first (`consent-given`), and nothing is decided there: a decision is its own event.
    """

    on: date
    took_part: bool


@event(
    "youth-support-decided",
    _US,
    _SOCIAL,
    f"{CHILD} § 111",
    title="Ungestøtte afgjort",
    reads="Afgørelse om ungestøtte: {granted}",
    form=Form(
        under=Subject.PLACEMENT,
        when="Hvornår blev der truffet afgørelse?",
        asks={"granted": Ask("Får den unge ungestøtte?", "Et nej er også en afgørelse.")},
        own_doing=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class YouthSupportDecided:
    """Ungestøtte was decided (barnets lov §§ 114-116, 120). A no is a decision too."""

    on: date
    granted: bool


@event(
    "adult-plan-offered",
    Party.ADULT_SOCIAL,
    _SOCIAL,
    f"{SERVICE} § 141",
    title="Handleplan tilbudt",
    reads="En handleplan blev tilbudt",
    form=Form(under=Subject.TRANSITION, when="Hvornår blev handleplanen tilbudt?", own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class AdultPlanOffered:
    """An action plan was offered to somebody of 18 or more."""

    on: date


@event(
    "adult-support-applied",
    Party.ADULT_SOCIAL,
    _SOCIAL,
    f"{SERVICE} §§ 85 og 100",
    title="Støtte som voksen søgt",
    reads="Den unge søgte om støtte som voksen",
    form=Form(under=Subject.TRANSITION, when="Hvornår søgte den unge?", also=_ALSO_CHILDREN),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class AdultSupportApplied:
    """The young person applied for support as an adult; what the parents were granted ends on the 18th birthday."""

    on: date


@event(
    "adult-support-decided",
    Party.ADULT_SOCIAL,
    _SOCIAL,
    f"{SERVICE} §§ 85 og 100",
    title="Støtte som voksen afgjort",
    reads="Afgørelse om støtte som voksen: {granted}",
    form=Form(
        under=Subject.TRANSITION,
        when="Hvornår blev der truffet afgørelse?",
        asks={"granted": Ask("Får den unge støtte som voksen?", "Et nej er også en afgørelse.")},
        own_doing=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class AdultSupportDecided:
    """Support as an adult was decided. A no is a decision too."""

    on: date
    granted: bool


@event(
    "new-municipality-notified",
    _US,
    _SOCIAL,
    f"{CHILD} § 132",
    title="Ny kommune orienteret",
    reads="Den nye kommune blev orienteret og fik det nødvendige materiale fra sagen",
    form=Form(under=Subject.RESIDENCE, when="Hvornår fik den nye kommune besked og materiale?", own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class NewMunicipalityNotified:
    """The municipality to which the family moved was told, and got the necessary material of the case."""

    on: date
