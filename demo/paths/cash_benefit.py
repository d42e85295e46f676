"""On cash benefit from 18 on: interviews, test, readiness, a placement at a company, and out again – or not yet."""

from datetime import timedelta

from demo.life import NO_LONGER_KUI, Life
from demo.paths.benefit import job, on_benefit, work
from demo.paths.schooling import study, talk
from demo.paths.straight import LAB_ACT
from demo.paths.together import plan_together
from domain.codes import Party, Programme, StartReason


def cash_benefit(life: Life) -> None:
    """Applied in the last four years, between 18 and 28."""
    applied_on = life.until - timedelta(days=int(life.draw.triangular(0, 1_460, 200)))
    life.born_when(applied_on, 18.05, 28.5)
    life.begin(applied_on, StartReason.CASH_BENEFIT, LAB_ACT)
    ended_on = life.after(life.since, 150, 1_300)
    on_benefit(life, life.since, ended_on)
    work(life, life.since, ended_on)
    is_young = life.age(life.since) < NO_LONGER_KUI
    if is_young and life.chance(0.7):
        for _ in range(life.draw.randint(1, 3)):
            talk(life, life.day(life.since, ended_on))
    if life.chance(0.4):
        plan_together(life, life.after(life.since, 30, 150), Party.EMPLOYMENT)
    if is_young and life.chance(0.5):
        study(life, Programme.VOCATIONAL, life.after(ended_on, 0, 3))
        life.close(life.after(ended_on, 200, 400))
    else:
        job(life, life.after(ended_on, 0, 3))
        life.close(life.after(ended_on, 90, 180))
