"""The straight way: school, an application, an education that is completed; or a short while on benefit and a job."""

from datetime import date, timedelta

from demo.days import grade_begins
from demo.handing import close_well, come_of_age
from demo.life import NO_LONGER_KUI, OF_AGE, Life
from demo.paths.benefit import job, on_benefit, work
from demo.paths.schooling import EIGHTH, SLOW, apply, guidance, school, study, youth_education
from demo.paths.together import goal
from domain.choices import CloseReason
from domain.codes import ContactWay, Party, Programme, StartReason
from domain.days import birthday
from domain.events import ActivityDutyJudged, GuidanceTalkHeld, MovedOut, ToldOfDropOutRisk

KUI_ACT = "Lov om kommunal indsats for unge under 25 år § 2 a"
LAB_ACT = "Lov om en aktiv beskæftigelsesindsats § 6"
CHILD_ACT = "Barnets lov § 32"


def straight(life: Life) -> None:
    """Of any age; those grown up came to us as pupils, or later for a short while."""
    life.born_when(life.until, 13.1, 29.9)
    grown_up = life.turns(OF_AGE) + timedelta(days=60) < life.until
    if grown_up and life.chance(0.5):
        _for_a_while_on_benefit(life)
    else:
        _pupil(life)


def _pupil(life: Life) -> None:
    """Not judged ready for an education in the 8th grade; becomes it, and is followed until that is well begun."""
    noticed_on = life.after(grade_begins(life.draw, life.born_on, EIGHTH), 60, 240)
    if noticed_on > life.until:
        noticed_on = life.day(birthday(life.born_on, 13), life.until)
    is_social = life.chance(0.2)
    reason, basis = (StartReason.SOCIAL_SUPPORT, CHILD_ACT) if is_social else (StartReason.EDUCATION_NEED, KUI_ACT)
    life.begin(noticed_on, reason, basis)
    left_on = school(life, trouble=0.12)
    guidance(life, life.since, left_on, talks=life.draw.randint(1, 3))
    if life.chance(0.3):
        goal(life, life.after(life.since, 10, 200))
    if life.chance(0.03) and _moves_away(life):
        return
    programme = youth_education(life)
    begun = apply(life, programme, left_on)
    done_on = study(life, programme, begun)
    if life.chance(0.2):
        _at_risk(life, programme, life.day(begun + timedelta(days=40), done_on))
    life.detail(ActivityDutyJudged(on=life.after(begun, 20, 60), met=True))
    if life.chance(0.6):
        close_well(life, life.after(begun, 100, 240))
        return
    come_of_age(life)
    if life.chance(0.85):
        life.close(max(life.after(done_on, 20, 90), life.turns(OF_AGE, 3)))
        return
    if life.chance(0.5):
        study(life, Programme.HIGHER, life.after(done_on, 30, 50))
    else:
        job(life, life.after(done_on, 10, 40))


def _at_risk(life: Life, programme: Programme, on: date) -> None:
    """The school fears a break-off; a counsellor talks with them, most often soon, and they stay."""
    if life.detail(ToldOfDropOutRisk(on=on, programme=programme), after=life.draw.randint(0, 3)):
        spoken_on = life.after(on, *((30, 60) if life.chance(SLOW) else (5, 25)))
        life.tell(GuidanceTalkHeld(on=spoken_on, way=life.pick(*ContactWay)))


def _moves_away(life: Life) -> bool:
    """To another municipality; answers whether it has come to that."""
    on = life.after(life.since, 60, 500)
    life.by_hand(MovedOut(on=on), Party.UU)
    return life.close(on, CloseReason.MOVED_AWAY)


def _for_a_while_on_benefit(life: Life) -> None:
    """Between an education and a job, with help from the employment service."""
    youngest = life.turns(OF_AGE) + timedelta(days=30)
    oldest = min(life.until, life.turns(28))
    applied_on = life.day(max(youngest, oldest - timedelta(days=2_500)), oldest)
    life.begin(applied_on, StartReason.CASH_BENEFIT, LAB_ACT)
    ended_on = life.after(life.since, 60, 260)
    on_benefit(life, life.since, ended_on)
    if life.chance(0.5):
        work(life, life.since, ended_on)
    job(life, life.after(ended_on, 0, 3))
    if life.chance(0.7) or life.age(life.until) >= NO_LONGER_KUI:
        life.close(life.after(ended_on, 60, 120))
