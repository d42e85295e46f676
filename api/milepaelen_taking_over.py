"""Overtag: read why somebody is sent to Milepælen, and take them over with a first day, in one form.

The handover that waits is taken over and the first day is written in one command: both or neither. Where nobody sent
a handover, the referral is answered by the first day alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, ClassVar
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from api.errors import NotForYou
from api.form_dates import day_fault, read_date, written
from api.form_texts import TheForm, carried_command, command_of
from api.house import House
from api.milepaelen_room import TOO_OLD, must_write
from api.pages import Page, frame, looking, render, see_other
from api.people_pages import who_is
from api.policy import PEOPLE, policy
from api.sentences import in_words
from api.visitor import Me, TheHouse, Visitor
from domain.access import Level, level
from domain.codes import DataClass, Party
from domain.decisions import begin_at_milepaelen, see_handover, take_over
from domain.events import HandoverSent, JourneyEvent, ReferredToMilepaelen
from domain.journey import Journey
from domain.refused import Refused
from domain.text import FreeText
from eventlog import journey
from people.register import Identity
from projections.milepaelen import Stay, StayState, stays_of
from projections.reading import seen_in, shown_to
from projections.rows import NO_RULES

router = APIRouter()

PATH = "/unge/{case_number}/milepaelen/overtag"
LATEST_REFERRALS = 3
_TOO_LATE = {"handover-closed", "already-at-milepaelen"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingOverPage(Page):
    """Why somebody is sent, and the form. `stay` None: nobody asks for a place, or it was asked for no longer.

    `first_day` is what was written; `conflict`: somebody answered before.
    """

    template: ClassVar[str] = "milepaelen/taking_over.html"
    who: Identity
    stay: Stay | None
    referrals: Sequence[ReferredToMilepaelen]
    handovers: Sequence[HandoverSent]
    goal: FreeText | None
    today: date
    first_day: Any
    command: str
    conflict: bool

    @property
    def path(self) -> str:
        return f"/unge/{self.who.case_number}"

    @property
    def may_take_over(self) -> bool:
        """Whether there is something to take over, and no first day yet."""
        return self.stay is not None and self.stay.is_waited_for and not self.stay.is_there

    @staticmethod
    def matter(sent: HandoverSent) -> str:
        return in_words(sent.matter)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whom it is about, as the visitor saw it."""

    who: Identity
    stay: Stay | None
    referrals: Sequence[ReferredToMilepaelen]
    handovers: Sequence[HandoverSent]
    goal: FreeText | None


@router.get(PATH, name="milepaelen-take-over")
@policy(PEOPLE)
def show(request: Request, house: TheHouse, me: Me, case_number: str) -> HTMLResponse:
    """The purpose, the handover's words, and the form for the first day."""
    return _show(request, house, _asked(request, house, me, case_number))


@router.post(PATH)
@policy(PEOPLE)
def take(request: Request, house: TheHouse, me: Me, case_number: str, form: TheForm) -> Response:
    """Take over and begin. Who comes second is told so, also when both wanted the same."""
    asked = _asked(request, house, me, case_number)
    first_day, command = read_date(form, "first_day", house.today, what="Den første dag"), command_of(form)
    fault = day_fault(first_day, house.today, "Den første dag")
    if fault or isinstance(first_day, str) or command is None:
        errors = {"first_day": fault} if fault else {"form": TOO_OLD}
        return _show(request, house, asked, form, errors)
    if asked.stay is None or asked.stay.state is StayState.ENDED:
        return _show(request, house, asked, form, conflict=True)
    try:
        recorded = house.log.record(
            journey(asked.who.person_id),
            partial(_taken_over, handovers=_handovers(form), first_day=first_day, today=house.today),
            by=me.actor,
            known_at=house.now,
            command_id=command,
        )
    except Refused as refusal:
        if refusal.reason not in _TOO_LATE:
            raise
        return _show(request, house, _asked(request, house, me, case_number), form, conflict=True)
    caught_up = house.wait_for_lists(recorded.position)
    return see_other(f"/unge/{case_number}/milepaelen?besked={'begynder' if caught_up else 'paa-vej'}")


def _handovers(form: FormData) -> list[UUID]:
    """Those that the form shows. That one is open, and Milepælen's to answer, is for the decision to say."""
    try:
        return sorted({UUID(str(one)) for one in form.getlist("handover")})
    except ValueError:
        raise NotForYou from None


def _taken_over(so_far: Journey, handovers: Sequence[UUID], first_day: date, today: date) -> Sequence[JourneyEvent]:
    """Who takes over has seen it. One that somebody answered meanwhile refuses everything."""
    events: list[JourneyEvent] = []
    for one in handovers:
        answers = take_over(so_far, handover_id=one, by=Party.MILEPAELEN, on=today)
        if not answers:
            raise Refused("handover-closed")
        events += [*see_handover(so_far, handover_id=one, by=Party.MILEPAELEN, on=today), *answers]
    return [*events, *begin_at_milepaelen(so_far, on=first_day)]


def _asked(request: Request, house: House, me: Visitor, case_number: str) -> _Asked:
    """Read and logged. NotForYou to whom Milepælen's records are not."""
    must_write(me)
    with looking(request, me) as look:
        who = who_is(look, house, me, case_number)
        look.at([who.person_id], "milepaelen")
        history = house.log.history(who.person_id, me.groups, conn=look.conn)
    seen = seen_in(shown_to(history, partial(level, me.party)))
    stay, so_far = next(iter(stays_of(seen.life, seen.journey, NO_RULES)), None), seen.journey
    referrals = [fact.event for fact in seen.life.of(ReferredToMilepaelen)]
    reads_goal = level(me.party, DataClass.VOICE) >= Level.FULL
    return _Asked(
        who,
        stay,
        [one for one in reversed(referrals) if isinstance(one, ReferredToMilepaelen)][:LATEST_REFERRALS],
        [one.sent for one in so_far.handovers.values() if one.state.is_open and one.sent.receiver is Party.MILEPAELEN],
        so_far.goal.words if so_far.goal and reads_goal else None,
    )


def _show(
    request: Request,
    house: House,
    asked: _Asked,
    form: FormData | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    conflict: bool = False,
) -> HTMLResponse:
    if asked.stay is None and not asked.referrals:
        raise NotForYou
    page = TakingOverPage(
        **frame(request, "Overtag til Milepælen", "milepaelen") | {"errors": errors or {}},
        who=asked.who,
        stay=asked.stay,
        referrals=asked.referrals,
        handovers=asked.handovers,
        goal=asked.goal,
        today=house.today,
        first_day=written(form, "first_day") if form is not None else house.today,
        command=str((form and not conflict and carried_command(form)) or uuid4()),
        conflict=conflict,
    )
    return render(request, page, 409 if conflict else 422 if errors else 200)
