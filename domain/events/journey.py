"""What is recorded about the journey itself: why somebody is followed, who is responsible, and what was wrong."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.choices import CloseReason, NewcomerGround, WithdrawReason
from domain.codes import DataClass, Matter, Party, StartReason
from domain.declaration import ACTIVE, CHILD, COMMON, GDPR, INTEGRATION, KUI, Ask, Form, Subject, event

_WE = Party.MUNICIPALITY
_MASTER = DataClass.MASTER


@event(
    "journey-started",
    _WE,
    _MASTER,
    f"{KUI} § 1; {CHILD} § 1",
    title="Forløb begyndt",
    reads="Forløbet begyndte",
    changes="Den unge følges, og alle aldersbestemte frister regnes fra fødselsdatoen.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyStarted:
    """The young person is now followed. Why is an entry of its own, because not everybody may know it."""

    on: date
    born_on: date


@event(
    "education-reason-given",
    _WE,
    DataClass.EDUCATION,
    f"{KUI} § 1",
    title="Grund: uddannelse",
    reads="Grund til forløbet: {reason}",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class EducationReasonGiven:
    """They are followed for the sake of their education. `basis` names the act and section that allow it."""

    on: date
    reason: StartReason
    basis: str


@event(
    "social-reason-given",
    _WE,
    DataClass.SOCIAL,
    f"{CHILD} § 1",
    title="Grund: sociale forhold",
    reads="Grund til forløbet: {reason}",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SocialReasonGiven:
    """They are followed for a social reason. `basis` names the act and section that allow it."""

    on: date
    reason: StartReason
    basis: str


@event(
    "benefit-reason-given",
    _WE,
    DataClass.BENEFIT,
    f"{ACTIVE} § 11",
    title="Grund: ydelse",
    reads="Grund til forløbet: {reason}",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitReasonGiven:
    """They are followed because of a benefit. `basis` names the act and section that allow it."""

    on: date
    reason: StartReason
    basis: str


@event(
    "birth-date-corrected",
    _WE,
    _MASTER,
    f"{GDPR} artikel 16",
    title="Fødselsdato rettet",
    reads="Fødselsdatoen er rettet til {born_on}",
    changes="Alle aldersbestemte frister flytter med.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class BirthDateCorrected:
    """The date of birth was wrong; every deadline of age moves with it."""

    on: date
    born_on: date


@event(
    "moved-in",
    _WE,
    _MASTER,
    COMMON,
    title="Flyttet til kommunen",
    reads="Flyttede til kommunen",
    form=Form(under=Subject.RESIDENCE, when="Hvornår flyttede den unge til kommunen?", shared=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class MovedIn:
    """The young person now lives in the municipality."""

    on: date


@event(
    "moved-out",
    _WE,
    _MASTER,
    f"{CHILD} § 132",
    title="Flyttet fra kommunen",
    reads="Flyttede fra kommunen",
    form=Form(under=Subject.RESIDENCE, when="Hvornår flyttede den unge fra kommunen?", shared=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class MovedOut:
    """The young person now lives in another municipality, which must be told (barnets lov § 132)."""

    on: date


@event(
    "newcomer-arrived",
    _WE,
    DataClass.EDUCATION,
    f"{INTEGRATION} § 16",
    title="Nytilkommen",
    reads="Kom til kommunen som nytilkommen: {ground}",
    form=Form(
        under=Subject.RESIDENCE,
        when="Hvornår kom den unge til kommunen?",
        asks={"ground": Ask("På hvilket grundlag?")},
        also=(Party.UU, Party.EMPLOYMENT, Party.CHILD_SOCIAL),
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class NewcomerArrived:
    """The municipality took over the integration of a young person who is new in the country."""

    on: date
    ground: NewcomerGround


@event(
    "address-protection-set",
    _WE,
    _MASTER,
    "CPR-loven § 28",
    title="Adressebeskyttelse sat",
    reads="Navn og adresse blev beskyttet",
    changes="Navnet skjules på lister.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class AddressProtectionSet:
    """Name and address are protected from this day (CPR-loven § 28)."""

    on: date


@event(
    "address-protection-lifted",
    _WE,
    _MASTER,
    "CPR-loven § 28",
    title="Adressebeskyttelse ophævet",
    reads="Beskyttelsen af navn og adresse blev ophævet",
    changes="Navnet vises igen på lister.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class AddressProtectionLifted:
    """Name and address are no longer protected."""

    on: date


@event(
    "responsibility-established",
    _WE,
    DataClass.HANDOVER,
    COMMON,
    title="Ansvar placeret",
    reads="{holder} har ansvaret for {matter}",
    changes="Fra den dag er det den nævnte afdeling, der har ansvaret.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibilityEstablished:
    """From this day `holder` is responsible for the matter."""

    on: date
    matter: Matter
    holder: Party


@event(
    "journey-closed",
    _WE,
    _MASTER,
    f"{GDPR} artikel 5, stk. 1, litra e",
    title="Forløb afsluttet",
    reads="Forløbet blev afsluttet: {reason}",
    changes="Ingen frister løber længere.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyClosed:
    """The young person is no longer followed. Duties that were open end that day."""

    on: date
    reason: CloseReason


@event(
    "journey-reopened",
    _WE,
    _MASTER,
    f"{KUI} § 1; {CHILD} § 1",
    title="Forløb genåbnet",
    reads="Forløbet blev genåbnet",
    changes="Fristerne løber igen.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyReopened:
    """The young person is followed again. `basis` names the act and section that allow it."""

    on: date
    basis: str


@event(
    "other-file-joined",
    _WE,
    _MASTER,
    f"{GDPR} artikel 5, stk. 1, litra d",
    title="To sager samlet",
    reads="En anden sag om den samme unge blev lagt ind i denne",
    changes="Hændelserne fra den anden sag står nu her.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class OtherFileJoined:
    """The same young person had another file; what stood there now stands here."""

    on: date
    other: UUID


@event(
    "joined-into-other-file",
    _WE,
    _MASTER,
    f"{GDPR} artikel 5, stk. 1, litra d",
    title="Lagt ind i en anden sag",
    reads="Sagen blev lagt ind i en anden sag om den samme unge",
    changes="Ingen frister løber her længere.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedIntoOtherFile:
    """This file was about somebody who has another one; everything goes on there."""

    on: date
    into: UUID


@event(
    "other-file-parted",
    _WE,
    _MASTER,
    f"{GDPR} artikel 5, stk. 1, litra d",
    title="To sager delt igen",
    reads="Den anden sag blev skilt ud igen",
    changes="Hændelserne fra den anden sag står igen dér.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class OtherFileParted:
    """The two files were about two people after all; what came from the other one is there again."""

    on: date
    other: UUID


@event(
    "parted-from-other-file",
    _WE,
    _MASTER,
    f"{GDPR} artikel 5, stk. 1, litra d",
    title="Skilt ud af en anden sag",
    reads="Sagen står igen for sig selv",
    changes="Fristerne løber igen.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PartedFromOtherFile:
    """This file stands by itself again."""

    on: date
    from_file: UUID


@event(
    "fact-withdrawn",
    _WE,
    None,
    f"{GDPR} artikel 16",
    title="Trukket tilbage",
    reads="En hændelse blev trukket tilbage: {reason}",
    changes="Hændelsen tæller ikke længere.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class FactWithdrawn:
    """What the entry is about does not count. It has the class of that, and so the same readers.

    A correction of a withdrawn fact lets it count again, as it is corrected.
    """

    on: date
    of_class: DataClass
    reason: WithdrawReason
