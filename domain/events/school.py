"""What schools record."""

from dataclasses import dataclass
from datetime import date

from domain.codes import DataClass, Party
from domain.declaration import KUI, SCHOOL_ACT, Ask, Form, Subject, event

_US = Party.SCHOOL
_GRADE = Ask("Hvilken klasse?", "Et tal fra 0 til 10.", least=0, most=10)
_QUARTERS = {
    "year": Ask("Hvilket år?", least=2010, most=2100),
    "quarter": Ask("Hvilket kvartal?", "1, 2, 3 eller 4.", least=1, most=4),
}


@event(
    "enrolled",
    _US,
    DataClass.SCHOOLING,
    f"{SCHOOL_ACT} § 36",
    title="Indskrevet i skole",
    reads="Indskrevet i {grade}. klasse",
    form=Form(under=Subject.SCHOOL, when="Hvornår blev den unge indskrevet?", asks={"grade": _GRADE}, own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """The young person became a pupil."""

    on: date
    grade: int


@event(
    "school-changed",
    _US,
    DataClass.SCHOOLING,
    f"{SCHOOL_ACT} § 36",
    title="Skoleskift",
    reads="Skiftede skole i {grade}. klasse",
    form=Form(under=Subject.SCHOOL, when="Hvornår skiftede den unge skole?", asks={"grade": _GRADE}, own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolChanged:
    """The pupil goes to another school now."""

    on: date
    grade: int


@event(
    "grade-reached",
    _US,
    DataClass.SCHOOLING,
    f"{SCHOOL_ACT} § 36",
    title="Nyt klassetrin",
    reads="Begyndte i {grade}. klasse",
    form=Form(
        under=Subject.SCHOOL, when="Hvornår begyndte den unge i klassen?", asks={"grade": _GRADE}, own_doing=True
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class GradeReached:
    """The pupil began a new grade."""

    on: date
    grade: int


@event(
    "unlawful-absence",
    _US,
    DataClass.ABSENCE,
    f"{SCHOOL_ACT} § 39",
    title="Ulovligt fravær i et kvartal",
    reads="Ulovligt fravær i {quarter}. kvartal {year}: {percent} %",
    form=Form(
        under=Subject.ABSENCE,
        when="Hvornår blev fraværet gjort op?",
        asks={**_QUARTERS, "percent": Ask("Hvor mange procent?", "Et helt tal fra 0 til 100.", least=0, most=100)},
        own_doing=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class UnlawfulAbsence:
    """Unlawful absence in whole percent of one calendar quarter. Sick leave is never unlawful."""

    on: date
    year: int
    quarter: int
    percent: int


@event(
    "worrying-absence",
    _US,
    DataClass.ABSENCE,
    f"{SCHOOL_ACT} § 39",
    title="Bekymrende fravær",
    reads="Bekymrende fravær i {quarter}. kvartal {year}; antal dage: {days}",
    form=Form(
        under=Subject.ABSENCE,
        when="Hvornår blev fraværet gjort op?",
        asks={**_QUARTERS, "days": Ask("Hvor mange dage med sygdom eller ulovligt fravær?", least=1, most=92)},
        own_doing=True,
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class WorryingAbsence:
    """Days of sick leave and unlawful absence together in one calendar quarter."""

    on: date
    year: int
    quarter: int
    days: int


@event(
    "parents-warned",
    _US,
    DataClass.ABSENCE,
    f"{SCHOOL_ACT} § 39",
    title="Forældre advaret om ulovligt fravær",
    reads="Forældrene fik at vide, at ulovligt fravær kan koste dem børneydelsen: {quarter}. kvartal {year}",
    form=Form(under=Subject.ABSENCE, when="Hvornår blev forældrene advaret?", asks=_QUARTERS, own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ParentsWarned:
    """The leader warned the parents that unlawful absence in this calendar quarter may cost them child benefit."""

    on: date
    year: int
    quarter: int


@event(
    "absence-notified",
    _US,
    DataClass.ABSENCE,
    f"{SCHOOL_ACT} § 39",
    title="Ulovligt fravær meldt til kommunen",
    reads="Skolens leder meldte ulovligt fravær på 15 % eller mere i {quarter}. kvartal {year} til kommunen",
    form=Form(under=Subject.ABSENCE, when="Hvornår blev fraværet meldt?", asks=_QUARTERS, own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceNotified:
    """The leader told the municipality that unlawful absence reached 15 % in this calendar quarter.

    It is no notification of concern: that is `concern-received`, with a clock of its own.
    """

    on: date
    year: int
    quarter: int


@event(
    "special-effort-needed",
    _US,
    DataClass.SCHOOLING,
    f"{KUI} § 6, stk. 1",
    title="Behov for særlig målrettet indsats",
    reads="Den unge har brug for en særlig målrettet skole- og vejledningsindsats",
    form=Form(under=Subject.SCHOOL, when="Hvornår blev behovet vurderet?", own_doing=True, also=(Party.UU,)),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialEffortNeeded:
    """A pupil (from the 8th grade) was found to need a special effort; what is done is agreed in writing after it."""

    on: date


@event(
    "targeted-effort-agreed",
    _US,
    DataClass.SCHOOLING,
    f"{KUI} § 6, stk. 1",
    title="Særlig målrettet indsats aftalt",
    reads="En særlig målrettet skole- og vejledningsindsats blev aftalt",
    form=Form(under=Subject.SCHOOL, when="Hvornår blev indsatsen aftalt?", own_doing=True, also=(Party.UU,)),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class TargetedEffortAgreed:
    """School, pupil, parents and UU agreed on a special effort in writing (from the 8th grade)."""

    on: date


@event(
    "ppr-involved",
    _US,
    DataClass.SCHOOLING,
    f"{SCHOOL_ACT} § 12",
    title="PPR inddraget",
    reads="PPR blev inddraget",
    form=Form(under=Subject.SCHOOL, when="Hvornår blev PPR inddraget?", own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PprInvolved:
    """The educational psychology service was brought in."""

    on: date


@event(
    "left-school",
    _US,
    DataClass.SCHOOLING,
    f"{SCHOOL_ACT} § 34",
    title="Udskrevet af skolen",
    reads="Gik ud af skolen efter {grade}. klasse",
    form=Form(under=Subject.SCHOOL, when="Hvornår var den sidste skoledag?", asks={"grade": _GRADE}, own_doing=True),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class LeftSchool:
    """The last school day."""

    on: date
    grade: int
