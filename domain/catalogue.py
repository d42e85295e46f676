"""What is said of every type of event: who records it, what kind of information it is, why it may be kept.

A type that is not declared here stops the start-up (`eventlog.names` asks for every one).
"""

from dataclasses import dataclass

from domain import events
from domain.codes import DataClass, Party, StreamKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One type of event.

    `code` is the stored name without its version. `purpose` names act and section. `title` is the Danish
    word for it on pages; `reads` is the sentence on the timeline, with fields of the event in braces.
    """

    code: str
    type: type
    stream: StreamKind
    party: Party
    data_class: DataClass
    purpose: str
    title: str
    reads: str


def _journey(
    code: str, kind: type, party: Party, data_class: DataClass, purpose: str, title: str, reads: str
) -> Declaration:
    return Declaration(
        code=code,
        type=kind,
        stream=StreamKind.JOURNEY,
        party=party,
        data_class=data_class,
        purpose=purpose,
        title=title,
        reads=reads,
    )


_KUI = "Lov om kommunal indsats for unge under 25 år"
_CHILD = "Barnets lov"
_LAB = "Lov om en aktiv beskæftigelsesindsats"
_COMMON = "Forvaltningsloven § 28; retssikkerhedsloven § 5"

DECLARATIONS = (
    _journey(
        "journey-started",
        events.JourneyStarted,
        Party.MUNICIPALITY,
        DataClass.MASTER,
        f"{_KUI} § 1; {_CHILD} § 1",
        "Forløb begyndt",
        "Forløbet begyndte",
    ),
    _journey(
        "education-reason-given",
        events.EducationReasonGiven,
        Party.MUNICIPALITY,
        DataClass.EDUCATION,
        f"{_KUI} § 1",
        "Grund: uddannelse",
        "Grund til forløbet: {reason}",
    ),
    _journey(
        "social-reason-given",
        events.SocialReasonGiven,
        Party.MUNICIPALITY,
        DataClass.SOCIAL,
        f"{_CHILD} § 1",
        "Grund: sociale forhold",
        "Grund til forløbet: {reason}",
    ),
    _journey(
        "benefit-reason-given",
        events.BenefitReasonGiven,
        Party.MUNICIPALITY,
        DataClass.BENEFIT,
        "Lov om aktiv socialpolitik § 11",
        "Grund: ydelse",
        "Grund til forløbet: {reason}",
    ),
    _journey(
        "birth-date-corrected",
        events.BirthDateCorrected,
        Party.MUNICIPALITY,
        DataClass.MASTER,
        "Databeskyttelsesforordningen artikel 16",
        "Fødselsdato rettet",
        "Fødselsdatoen er rettet til {born_on}",
    ),
    _journey(
        "responsibility-established",
        events.ResponsibilityEstablished,
        Party.MUNICIPALITY,
        DataClass.HANDOVER,
        _COMMON,
        "Ansvar placeret",
        "{holder} har ansvaret for {matter}",
    ),
    _journey(
        "told-of-break-off",
        events.ToldOfBreakOff,
        Party.UU,
        DataClass.EDUCATION,
        f"{_KUI} § 12 c",
        "Afbrud meldt",
        "Afbrudt: {programme}",
    ),
    _journey(
        "contact-tried",
        events.ContactTried,
        Party.UU,
        DataClass.EDUCATION,
        f"{_KUI} § 2 a",
        "Kontakt forsøgt",
        "Kontakt forsøgt ({way}), ikke opnået",
    ),
    _journey(
        "contact-made",
        events.ContactMade,
        Party.UU,
        DataClass.EDUCATION,
        f"{_KUI} § 2 a",
        "Kontakt opnået",
        "Kontakt opnået ({way})",
    ),
    _journey(
        "activity-offered",
        events.ActivityOffered,
        Party.UU,
        DataClass.EDUCATION,
        f"{_KUI} § 2 a",
        "Aktivitet tilbudt",
        "Ny aktivitet tilbudt: {activity}",
    ),
    _journey(
        "education-started",
        events.EducationStarted,
        Party.UU,
        DataClass.EDUCATION,
        f"{_KUI} § 12 c",
        "Uddannelse begyndt",
        "Begyndte på {programme}",
    ),
    _journey(
        "placement-started",
        events.PlacementStarted,
        Party.CHILD_SOCIAL,
        DataClass.SOCIAL,
        f"{_CHILD} §§ 46 og 47",
        "Anbringelse begyndt",
        "Anbragt uden for hjemmet: {form}",
    ),
    _journey(
        "placement-ended",
        events.PlacementEnded,
        Party.CHILD_SOCIAL,
        DataClass.SOCIAL,
        f"{_CHILD} §§ 46 og 47",
        "Anbringelse ophørt",
        "Anbringelsen ophørte",
    ),
    _journey(
        "youth-support-decided",
        events.YouthSupportDecided,
        Party.CHILD_SOCIAL,
        DataClass.SOCIAL,
        f"{_CHILD} § 111",
        "Ungestøtte afgjort",
        "Afgørelse om ungestøtte: {granted}",
    ),
    _journey(
        "referred-to-milepaelen",
        events.ReferredToMilepaelen,
        Party.EMPLOYMENT,
        DataClass.EMPLOYMENT,
        f"{_LAB} kap. 10-14",
        "Henvist til Milepælen",
        "{by} henviste til Milepælen",
    ),
    _journey(
        "milepaelen-started",
        events.MilepaelenStarted,
        Party.MILEPAELEN,
        DataClass.EMPLOYMENT,
        f"{_LAB} kap. 10-14",
        "Begyndt på Milepælen",
        "Første dag på Milepælen",
    ),
    _journey(
        "goal-in-own-words",
        events.GoalInOwnWords,
        Party.MUNICIPALITY,
        DataClass.VOICE,
        _COMMON,
        "Den unges mål",
        "Den unge sagde sit mål",
    ),
    _journey(
        "plan-step-agreed",
        events.PlanStepAgreed,
        Party.MUNICIPALITY,
        DataClass.PLAN,
        _COMMON,
        "Skridt aftalt",
        "Et skridt i planen blev aftalt; {responsible} er ansvarlig, frist {due_on}",
    ),
    _journey(
        "plan-step-done",
        events.PlanStepDone,
        Party.MUNICIPALITY,
        DataClass.PLAN,
        _COMMON,
        "Skridt gjort",
        "Et skridt i planen blev gjort",
    ),
    _journey(
        "handover-sent",
        events.HandoverSent,
        Party.MUNICIPALITY,
        DataClass.HANDOVER,
        _COMMON,
        "Overlevering sendt",
        "{giver} sendte en overlevering til {receiver}: {matter}",
    ),
    _journey(
        "handover-seen",
        events.HandoverSeen,
        Party.MUNICIPALITY,
        DataClass.HANDOVER,
        _COMMON,
        "Overlevering set",
        "Overleveringen blev set",
    ),
    _journey(
        "handover-taken-over",
        events.HandoverTakenOver,
        Party.MUNICIPALITY,
        DataClass.HANDOVER,
        _COMMON,
        "Overtaget",
        "Overleveringen blev overtaget",
    ),
    _journey(
        "handover-returned",
        events.HandoverReturned,
        Party.MUNICIPALITY,
        DataClass.HANDOVER,
        _COMMON,
        "Returneret",
        "Overleveringen blev returneret: {reason}",
    ),
    _journey(
        "handover-withdrawn",
        events.HandoverWithdrawn,
        Party.MUNICIPALITY,
        DataClass.HANDOVER,
        _COMMON,
        "Overlevering trukket tilbage",
        "Overleveringen blev trukket tilbage",
    ),
    Declaration(
        code="meeting-called",
        type=events.MeetingCalled,
        stream=StreamKind.MEETING,
        party=Party.MUNICIPALITY,
        data_class=DataClass.SYSTEM,
        purpose=_COMMON,
        title="Møde indkaldt",
        reads="Mødet holdes {held_on}",
    ),
    Declaration(
        code="person-put-on-agenda",
        type=events.PersonPutOnAgenda,
        stream=StreamKind.MEETING,
        party=Party.MUNICIPALITY,
        data_class=DataClass.SYSTEM,
        purpose=_COMMON,
        title="Sat på dagsordenen",
        reads="En ung blev sat på dagsordenen",
    ),
    Declaration(
        code="decision-taken",
        type=events.DecisionTaken,
        stream=StreamKind.MEETING,
        party=Party.MUNICIPALITY,
        data_class=DataClass.SYSTEM,
        purpose=_COMMON,
        title="Beslutning",
        reads="Beslutning: {kind}; {responsible} er ansvarlig, frist {due_on}",
    ),
    Declaration(
        code="rules-loaded",
        type=events.RulesLoaded,
        stream=StreamKind.MUNICIPALITY,
        party=Party.MUNICIPALITY,
        data_class=DataClass.SYSTEM,
        purpose=_COMMON,
        title="Regler indlæst",
        reads="Regler indlæst",
    ),
)

BY_CODE = {declaration.code: declaration for declaration in DECLARATIONS}
BY_TYPE = {declaration.type: declaration for declaration in DECLARATIONS}
