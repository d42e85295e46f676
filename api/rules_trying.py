"""Regler → Prøv en ændring: what a change would have done to the cases there are, before it is in force.

Nothing is written but who looked. Only leaders and coordinators try; each is told of the classes they may read.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import Any, ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData

from api.errors import NotForYou
from api.form_dates import read_date, read_optional_date, written
from api.form_texts import TheForm
from api.house import House
from api.pages import Page, frame, looking, render
from api.policy import PEOPLE, SIGNED_IN, policy
from api.rule_trial import OfRule, Trial, TrialRefused, start_of_year_before, try_change
from api.rules_in_words import BECAME, FATES
from api.rules_page import PATH, may_try
from api.visitor import Me, TheHouse, Visitor
from api.words import CLASSES, PARTIES
from domain.access import Level, level
from domain.codes import DataClass, Party
from domain.rules import Became, RuleFault, law_file
from people.case_numbers import case_numbers_of
from projections.preview import Fate, TookTooLong

router = APIRouter()

NAME = "forslag.toml"
"""What a text without a name is called when something is wrong with it."""
DRAFTS = {"2027-01-01": "draft-2027-01-01"}
"""The drafts that come with the program, by the word in the address."""
SHOWN = 20
"""So many case numbers stand at each line; the command tells them all."""
AROUND = 3
"""So many lines are shown before and after the one that is wrong."""
LONGEST = 6.0
"""Seconds, well within what a request may take."""

_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What happens to one rule in one way: how many, and the case numbers of the first of them."""

    rule: OfRule
    fate: str
    count: int
    numbers: Sequence[str]

    @property
    def more(self) -> int:
        return self.count - len(self.numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class TryPage(Page):
    """The form, and after it was sent the result or what is wrong. `place` are the lines round a fault."""

    template: ClassVar[str] = "rules/try.html"
    text: str
    fields: Mapping[str, Any]
    today: date
    draft: str = ""
    place: Sequence[tuple[int, str, bool]] = ()
    trial: Trial | None = None
    lines: Sequence[Line] = ()
    hidden: Sequence[str] = ()
    drafts: Mapping[str, str] = field(default_factory=lambda: DRAFTS)
    became: Mapping[Became, str] = field(default_factory=lambda: BECAME)
    fates: Mapping[Fate, str] = field(default_factory=lambda: FATES)
    party_names: Mapping[Party, str] = field(default_factory=lambda: PARTIES)

    @property
    def has_people(self) -> bool:
        """Young people are seen in a result alone."""
        return self.trial is not None


@router.get(f"{PATH}/proev", name="try-rules")
@policy(SIGNED_IN)
def ask(request: Request, house: TheHouse, me: Me, udkast: str = "") -> HTMLResponse:
    """The form, empty or with a draft that comes with the program."""
    _must_try(me)
    draft = udkast if udkast in DRAFTS else ""
    today = house.today
    page = TryPage(
        **frame(request, "Prøv en ændring af reglerne", "rules"),
        text=law_file(DRAFTS[draft]) if draft else "",
        fields={
            "fra": start_of_year_before(today),
            "til": today,
            "som_om": start_of_year_before(today) if draft else None,
        },
        today=today,
        draft=draft,
    )
    return render(request, page)


@router.post(f"{PATH}/proev", name="try-rules-now")
@policy(PEOPLE)
def try_it(request: Request, house: TheHouse, me: Me, form: TheForm) -> HTMLResponse:
    """What it would do, or what is wrong with it, beside the text as it was sent."""
    _must_try(me)
    asked, errors = _read(form, house.today)
    place: Sequence[tuple[int, str, bool]] = ()
    trial: Trial | None = None
    if asked is not None:
        try:
            trial = _tried(house, me, asked)
        except RuleFault as fault:
            errors["regler"] = str(fault)
            place = _around(asked.text, fault)
        except TrialRefused as refusal:
            errors["regler"] = str(refusal)
        except TookTooLong:
            errors["regler"] = "Der er for mange unge til, at siden kan nå det. Kør overgang regler proev i stedet."
    page = TryPage(
        **frame(request, "Prøv en ændring af reglerne", "rules") | {"errors": errors},
        text=_text_of(form),
        fields={name: written(form, name) for name in ("fra", "til", "som_om")},
        today=house.today,
        place=place,
        trial=trial,
        lines=_lines(request, me, trial) if trial else (),
        hidden=sorted(CLASSES[one] for one in trial.hidden) if trial else (),
    )
    return render(request, page, 200 if trial else 422)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    text: str
    first: date
    last: date
    as_if: date | None


def _read(form: FormData, today: date) -> tuple[_Asked | None, dict[str, str]]:
    """What is asked, or what is wrong, by field and in the order of the page."""
    errors: dict[str, str] = {}
    text = _text_of(form)
    if not text.strip():
        errors["regler"] = "Indsæt en ændring, eller vælg en fil."
    first = read_date(form, "fra", today, what="Den første dag")
    last = read_date(form, "til", today, what="Den sidste dag")
    as_if = read_optional_date(form, "som_om", today, what="Dagen")
    errors |= {name: day for name, day in (("fra", first), ("til", last), ("som_om", as_if)) if isinstance(day, str)}
    if errors or isinstance(first, str) or isinstance(last, str) or isinstance(as_if, str):
        return None, errors
    if last < first:
        return None, {"til": "Den sidste dag ligger før den første."}
    return _Asked(text=text, first=first, last=last, as_if=as_if), {}


def _tried(house: House, me: Visitor, asked: _Asked) -> Trial:
    with _alone():
        return try_change(
            house,
            NAME,
            asked.text,
            first=asked.first,
            last=asked.last,
            as_if_from=asked.as_if,
            shown=_readable(me.party),
            give_up=monotonic() + LONGEST,
        )


def _must_try(me: Visitor) -> None:
    if not may_try(me):
        raise NotForYou


def _readable(party: Party) -> frozenset[DataClass]:
    """The classes of which this party may read what a deadline is about."""
    return frozenset(one for one in DataClass if level(party, one) >= Level.SUMMARY)


def _lines(request: Request, me: Visitor, trial: Trial) -> list[Line]:
    """The result, with the case numbers that this visitor may see; who is seen is logged."""
    may_see = level(me.party, DataClass.MASTER) >= Level.SUMMARY
    groups = [(rule, fate, each) for rule in trial.by_rule for fate, each in rule.fates]
    chosen = [list(dict.fromkeys(one.person_id for one in each))[: SHOWN if may_see else 0] for _, _, each in groups]
    people = list(dict.fromkeys(person for few in chosen for person in few))
    with looking(request, me) as look:
        numbers = case_numbers_of(look.conn, people)
        look.at(people, "rule-trial")
    return [
        Line(
            rule=rule,
            fate=FATES[fate],
            count=len({one.person_id for one in each}),
            numbers=sorted(numbers[person] for person in few if person in numbers),
        )
        for (rule, fate, each), few in zip(groups, chosen, strict=True)
    ]


def _around(text: str, fault: RuleFault) -> list[tuple[int, str, bool]]:
    """The lines round the fault, where it is in this text: number, line, and whether it is the one."""
    if fault.line is None or fault.file != NAME:
        return []
    numbered = list(enumerate(text.splitlines(), start=1))
    return [(number, line, number == fault.line) for number, line in numbered if abs(number - fault.line) <= AROUND]


def _text_of(form: FormData) -> str:
    """The text as it was sent, line by line: a fault names its line, so none may be taken away."""
    value = form.get("regler", "")
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


@contextmanager
def _alone() -> Iterator[None]:
    """One trial at a time: each takes seconds of the processor that everybody's pages need. Raises TrialRefused."""
    if not _one_at_a_time.acquire(blocking=False):
        raise TrialRefused("En anden prøver en ændring lige nu. Prøv igen om lidt.")
    try:
        yield
    finally:
        _one_at_a_time.release()
