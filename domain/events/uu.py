"""What UU/KUI records: guidance, break-offs, contact, assessments, applications and education."""

from dataclasses import dataclass
from datetime import date

from domain.choices import ApplicationAnswer
from domain.codes import Activity, ContactWay, DataClass, Party, Programme
from domain.declaration import KUI, STU_ACT, Ask, Form, Subject, event
from domain.text import NOTHING_WRITTEN, FreeText, StaffId

_US = Party.UU
_EDUCATION = DataClass.EDUCATION
_WAY = {"way": Ask("Hvordan?")}


@event(
    "guidance-talk-held",
    _US,
    _EDUCATION,
    f"{KUI} § 2 c",
    title="Vejledningssamtale holdt",
    reads="Vejledningssamtale ({way})",
    form=Form(
        under=Subject.CONTACT,
        when="Hvornår var samtalen?",
        asks={**_WAY, "agreed": Ask("Hvad blev aftalt?")},
        own_doing=True,
        begins_today=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceTalkHeld:
    """A counsellor talked with the young person."""

    on: date
    way: ContactWay
    agreed: FreeText = NOTHING_WRITTEN


@event(
    "education-plan-made",
    _US,
    _EDUCATION,
    f"{KUI} § 2 c",
    title="Uddannelsesplan lavet",
    reads="Uddannelsesplanen blev lavet",
    form=Form(under=Subject.EDUCATION_PLAN, when="Hvornår blev planen lavet?", own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class EducationPlanMade:
    """The young person has an education plan that holds all efforts."""

    on: date


@event(
    "education-plan-revised",
    _US,
    _EDUCATION,
    f"{KUI} § 2 c",
    title="Uddannelsesplan revideret",
    reads="Uddannelsesplanen blev revideret",
    form=Form(under=Subject.EDUCATION_PLAN, when="Hvornår blev planen revideret?", own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class EducationPlanRevised:
    """The education plan was gone through again."""

    on: date


@event(
    "activity-duty-judged",
    _US,
    _EDUCATION,
    f"{KUI} § 2 a, stk. 1",
    title="15-17-åriges pligt vurderet",
    reads="Den unge opfylder pligten til uddannelse, job eller anden aktivitet: {met}",
    form=Form(
        under=Subject.EDUCATION_PLAN,
        when="Hvornår blev pligten vurderet?",
        asks={"met": Ask("Opfylder den unge pligten?")},
        own_doing=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityDutyJudged:
    """Whether a 15-17-year-old is in education, a job or another activity as the plan says."""

    on: date
    met: bool


@event(
    "activity-duty-exempted",
    _US,
    _EDUCATION,
    f"{KUI} § 2 a, stk. 2",
    title="Fritaget for pligten",
    reads="Den unge blev fritaget for pligten; fritagelsen tages op igen {review_on}",
    form=Form(
        under=Subject.EDUCATION_PLAN,
        when="Hvornår blev den unge fritaget?",
        asks={"review_on": Ask("Hvornår tages fritagelsen op igen?", "Skriv ikke grunden her.")},
        own_doing=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityDutyExempted:
    """The duty does not count for now. Why is health or social information, and does not stand here."""

    on: date
    review_on: date


@event(
    "told-of-drop-out-risk",
    _US,
    _EDUCATION,
    f"{KUI} § 12 c",
    title="Risiko for frafald meldt",
    reads="Uddannelsesstedet meldte risiko for frafald: {programme}",
    form=Form(
        under=Subject.BREAK_OFF,
        when="Hvornår så uddannelsesstedet risikoen?",
        asks={"programme": Ask("Hvilken uddannelse?")},
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOfDropOutRisk:
    """An institution sees an imminent risk that the young person drops out."""

    on: date
    programme: Programme


@event(
    "told-of-break-off",
    _US,
    _EDUCATION,
    f"{KUI} § 12 c",
    title="Afbrud meldt",
    reads="Afbrudt: {programme}",
    form=Form(under=Subject.BREAK_OFF, when="Hvornår blev det afbrudt?", asks={"programme": Ask("Hvad blev afbrudt?")}),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOfBreakOff:
    """An institution told that the young person broke off. `on` is the day it broke off."""

    on: date
    programme: Programme


@event(
    "contact-tried",
    _US,
    _EDUCATION,
    f"{KUI} § 2 a",
    title="Kontakt forsøgt",
    reads="Kontakt forsøgt ({way}), ikke opnået",
    form=Form(under=Subject.CONTACT, when="Hvornår blev kontakten forsøgt?", asks=_WAY, own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTried:
    """Somebody tried to reach the young person and did not. No clock stops."""

    on: date
    way: ContactWay


@event(
    "contact-made",
    _US,
    _EDUCATION,
    f"{KUI} § 2 a",
    title="Kontakt opnået",
    reads="Kontakt opnået ({way})",
    form=Form(under=Subject.CONTACT, when="Hvornår var der kontakt?", asks=_WAY, own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ContactMade:
    """The young person (and under 18 the parents) was reached."""

    on: date
    way: ContactWay


@event(
    "activity-offered",
    _US,
    _EDUCATION,
    f"{KUI} § 2 a",
    title="Aktivitet tilbudt",
    reads="Ny aktivitet tilbudt: {activity}",
    form=Form(
        under=Subject.BREAK_OFF,
        when="Hvornår blev det tilbudt?",
        asks={"activity": Ask("Hvad blev tilbudt?")},
        own_doing=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityOffered:
    """A new education, job or other activity was offered."""

    on: date
    activity: Activity


@event(
    "fgu-assessed",
    _US,
    _EDUCATION,
    f"{KUI} § 2 k",
    title="Målgruppe for FGU vurderet",
    reads="Den unge er i målgruppen for FGU: {in_target_group}",
    form=Form(
        under=Subject.FGU_AND_STU,
        when="Hvornår blev målgruppen vurderet?",
        asks={"in_target_group": Ask("Er den unge i målgruppen for FGU?")},
        own_doing=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class FguAssessed:
    """Whether preparatory basic education (FGU) is right, weighed against all offers."""

    on: date
    in_target_group: bool


@event(
    "stu-assessed",
    _US,
    _EDUCATION,
    f"{STU_ACT} § 2",
    title="Målgruppe for STU vurderet",
    reads="Den unge er i målgruppen for STU: {in_target_group}",
    form=Form(
        under=Subject.FGU_AND_STU,
        when="Hvornår blev målgruppen vurderet?",
        asks={"in_target_group": Ask("Er den unge i målgruppen for STU?")},
        own_doing=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class StuAssessed:
    """Whether the young person has a right to specially planned youth education (STU)."""

    on: date
    in_target_group: bool


@event(
    "stu-offered",
    _US,
    _EDUCATION,
    f"{STU_ACT} § 2 a",
    title="STU tilbudt",
    reads="STU blev tilbudt; den unge kunne vælge mellem flere steder: {choice_of_places}",
    form=Form(
        under=Subject.FGU_AND_STU,
        when="Hvornår blev STU tilbudt?",
        asks={"choice_of_places": Ask("Kunne den unge vælge mellem flere steder?")},
        own_doing=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class StuOffered:
    """STU was offered. The young person shall be able to choose between places (§ 2 a)."""

    on: date
    choice_of_places: bool


@event(
    "stu-course-plan-adjusted",
    _US,
    _EDUCATION,
    f"{STU_ACT} § 5",
    title="Forløbsplan i STU justeret",
    reads="Forløbsplanen i STU blev justeret",
    form=Form(under=Subject.FGU_AND_STU, when="Hvornår blev forløbsplanen justeret?", own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class StuCoursePlanAdjusted:
    """The plan of an STU was adjusted, at least once a year."""

    on: date


@event(
    "application-sent",
    _US,
    _EDUCATION,
    f"{KUI} § 2 c",
    title="Ansøgning sendt",
    reads="Søgte ind på {programme}",
    form=Form(
        under=Subject.EDUCATION,
        when="Hvornår blev ansøgningen sendt?",
        asks={"programme": Ask("Hvad søgte den unge ind på?")},
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationSent:
    """The young person applied, as a rule on Optagelse.dk."""

    on: date
    programme: Programme


@event(
    "application-answered",
    _US,
    _EDUCATION,
    f"{KUI} § 2 c",
    title="Svar på ansøgning",
    reads="Svar på ansøgning til {programme}: {answer}",
    form=Form(
        under=Subject.EDUCATION,
        when="Hvornår kom svaret?",
        asks={"programme": Ask("Hvad søgte den unge ind på?"), "answer": Ask("Hvad var svaret?")},
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationAnswered:
    """What came of the application."""

    on: date
    programme: Programme
    answer: ApplicationAnswer


@event(
    "education-started",
    _US,
    _EDUCATION,
    f"{KUI} § 12 c",
    title="Uddannelse begyndt",
    reads="Begyndte på {programme}",
    form=Form(
        under=Subject.EDUCATION,
        when="Hvornår begyndte den unge?",
        asks={"programme": Ask("Hvad begyndte den unge på?")},
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class EducationStarted:
    """The young person began an education."""

    on: date
    programme: Programme


@event(
    "education-interrupted",
    _US,
    _EDUCATION,
    f"{KUI} § 12 c",
    title="Uddannelse afbrudt",
    reads="Uddannelsen blev afbrudt: {programme}",
    form=Form(
        under=Subject.EDUCATION,
        when="Hvornår blev uddannelsen afbrudt?",
        asks={"programme": Ask("Hvilken uddannelse?")},
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class EducationInterrupted:
    """The register says that the education was left before its end. No clock starts: that takes a told break-off."""

    on: date
    programme: Programme


@event(
    "education-completed",
    _US,
    _EDUCATION,
    f"{KUI} § 12 c",
    title="Uddannelse gennemført",
    reads="Gennemførte {programme}",
    form=Form(
        under=Subject.EDUCATION,
        when="Hvornår blev uddannelsen gennemført?",
        asks={"programme": Ask("Hvilken uddannelse?")},
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class EducationCompleted:
    """The young person completed an education."""

    on: date
    programme: Programme


@event(
    "contact-person-named",
    _US,
    _EDUCATION,
    f"{KUI} § 2 d",
    title="Kontaktperson udpeget",
    reads="Den unge fik en kontaktperson",
    changes="Den unge står hos kontaktpersonen, og hos dennes afløser.",
    form=Form(
        under=Subject.CONTACT,
        when="Fra hvilken dag?",
        asks={"staff": Ask("Hvem er kontaktperson?")},
        own_doing=True,
        begins_today=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPersonNamed:
    """One counsellor is the young person's continuous contact person until another is named."""

    on: date
    staff: StaffId
