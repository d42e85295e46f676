"""What was recorded wrongly is put right as entries, and every view follows."""

from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import UUID, uuid4

import pytest

from api.correction_steps import join
from domain.choices import WithdrawReason
from domain.codes import ContactWay, Matter, Party, PlacementForm, Programme
from domain.decisions import agree_step, take_over
from domain.events import (
    AddressProtectionLifted,
    AddressProtectionSet,
    ContactMade,
    ContactTried,
    EducationStarted,
    FactWithdrawn,
    GoalInOwnWords,
    JoinedIntoOtherFile,
    JourneyClosed,
    OtherFileJoined,
    PlacementStarted,
    ToldOfBreakOff,
)
from domain.facts import life_of
from domain.text import FreeText
from eventlog import Source, Step, journey
from projections.rebuild import rebuild
from tests.api.conftest import BY_IMPORT, Browser, StillHouse, Youth

MakeYouth = Callable[..., Youth]
AsStaff = Callable[..., Browser]
UU, LEADER, CHILD, BENEFITS = "mette-vejleder", "ulla-uddannelsesleder", "jens-raadgiver", "yrsa-ydelse"
BROKE_OFF = ToldOfBreakOff(on=date(2026, 10, 20), programme=Programme.VOCATIONAL)
TRIED = ContactTried(on=date(2026, 10, 22), way=ContactWay.PHONE)


def _entry(one: Youth, kind: type) -> UUID:
    """The first entry of this kind."""
    return next(entry.entry_id for entry in one.house.log.history(one.id).entries if isinstance(entry.event, kind))


def _standing(one: Youth) -> list[object]:
    return [fact.event for fact in life_of(entry.fact() for entry in one.house.log.history(one.id).entries).all()]


def _rules(one: Youth) -> set[str]:
    """The rules that ask something for this person today, as the table has it."""
    one.house.catch_up()
    with one.house.db.connection("overgang_application") as conn:  # type: ignore[arg-type]
        rows = conn.execute(
            "select rule_id from worklist where person_id = %s and to_position is null and kind <> 'handover'"
            " and stands_until > %s",
            [one.id, one.house.today],
        )
        return {rule for (rule,) in rows if rule}


def _nothing_differs_after_a_rebuild(house: StillHouse) -> None:
    house.catch_up()
    assert rebuild(house.db, house.log).differences == 0


def _on(day: date) -> dict[str, str]:
    return {"on_day": str(day.day), "on_month": str(day.month), "on_year": str(day.year)}


def test_the_form_holds_what_stands_and_the_correction_takes_its_place(as_staff: AsStaff, youth: MakeYouth) -> None:
    ida = youth(events=[BROKE_OFF, TRIED])
    uu = as_staff(UU)
    path = f"{ida.path}/haendelser/{_entry(ida, ContactTried)}/ret"
    page = uu.get(path).text
    assert '<option value="phone" selected>' in page
    assert 'value="22"' in page
    answer = uu.submit(path, way="letter", **_on(date(2026, 10, 23)))
    assert answer.status_code == 303
    assert ContactTried(on=date(2026, 10, 23), way=ContactWay.LETTER) in _standing(ida)
    assert TRIED not in _standing(ida)
    assert "Kontakt forsøgt (telefon)" in uu.get(path).text, "how it stood before can be read"
    assert "Rettelsen er gemt" in uu.get(answer.headers["location"]).text


def test_a_correction_that_is_sent_twice_is_one(as_staff: AsStaff, youth: MakeYouth, house: StillHouse) -> None:
    ida = youth(events=[TRIED])
    uu = as_staff(UU)
    path = f"{ida.path}/haendelser/{_entry(ida, ContactTried)}/ret"
    command = str(uuid4())
    before = house.log.position()
    for _ in range(2):
        assert uu.submit(path, command=command, way="letter", **_on(TRIED.on)).status_code == 303
    assert house.log.position() == before + 1


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"way": "", **_on(TRIED.on)}, "Vælg et svar"),
        ({"way": "phone", **_on(date(2027, 1, 1))}, "Datoen ligger i fremtiden"),
        ({"way": "phone", "on_day": "31", "on_month": "2", "on_year": "2026"}, "Datoen findes ikke"),
    ],
)
def test_a_wrong_correction_says_what_is_wrong_and_changes_nothing(
    as_staff: AsStaff, youth: MakeYouth, answers: dict[str, str], said: str
) -> None:
    ida = youth(events=[TRIED])
    answer = as_staff(UU).submit(f"{ida.path}/haendelser/{_entry(ida, ContactTried)}/ret", **answers)
    assert answer.status_code == 422
    assert said in answer.text
    assert TRIED in _standing(ida)


def test_a_step_keeps_its_place_in_the_plan_when_its_words_are_corrected(as_staff: AsStaff, youth: MakeYouth) -> None:
    ida = youth()
    step = uuid4()
    ida.record(
        partial(
            agree_step,
            step_id=step,
            what=FreeText("Ring til praktikstedet"),
            responsible=Party.UU,
            matter=Matter.GUIDANCE,
            due_on=date(2026, 12, 1),
            on=date(2026, 11, 20),
        )
    )
    (agreed,) = [event for event in _standing(ida) if getattr(event, "step_id", None) == step]
    path = f"{ida.path}/haendelser/{_entry(ida, type(agreed))}/ret"
    answer = as_staff(UU).submit(
        path,
        what="Besøg praktikstedet",
        responsible="uu",
        matter="guidance",
        due_on_day="1",
        due_on_month="12",
        due_on_year="2026",
        **_on(date(2026, 11, 20)),
    )
    assert answer.status_code == 303, answer.text
    (now,) = [event for event in _standing(ida) if getattr(event, "step_id", None) == step]
    assert now.what == "Besøg praktikstedet"  # type: ignore[attr-defined]


def test_what_is_withdrawn_asks_for_nothing_and_counting_again_asks_as_before(
    as_staff: AsStaff, youth: MakeYouth, house: StillHouse
) -> None:
    ida = youth(events=[BROKE_OFF])
    assert _rules(ida) == {"KUI-02", "KUI-03"}
    uu = as_staff(UU)
    place = f"{ida.path}/haendelser/{_entry(ida, ToldOfBreakOff)}"
    assert uu.submit(f"{place}/traek-tilbage", grund="did-not-happen").status_code == 303
    assert _rules(ida) == set()
    assert BROKE_OFF not in _standing(ida)
    _nothing_differs_after_a_rebuild(house)
    assert "det skete ikke" in uu.get(f"{place}/traek-tilbage").text
    assert uu.submit(f"{place}/tael-igen").status_code == 303
    assert _rules(ida) == {"KUI-02", "KUI-03"}
    assert BROKE_OFF in _standing(ida)
    _nothing_differs_after_a_rebuild(house)


def test_withdrawing_needs_a_reason(as_staff: AsStaff, youth: MakeYouth) -> None:
    ida = youth(events=[TRIED])
    answer = as_staff(UU).submit(f"{ida.path}/haendelser/{_entry(ida, ContactTried)}/traek-tilbage", grund="other")
    assert answer.status_code == 422
    assert TRIED in _standing(ida)


def test_a_fact_is_moved_to_the_right_person_and_both_lists_follow(
    as_staff: AsStaff, youth: MakeYouth, house: StillHouse
) -> None:
    ida, bo = youth(), youth("Bo Prøvesen")
    ida.happened(BROKE_OFF, known_on=date(2026, 10, 27))
    uu = as_staff(UU)
    place = f"{ida.path}/haendelser/{_entry(ida, ToldOfBreakOff)}/flyt"
    assert "Bo Prøvesen" in uu.submit(place, q="Bo").text
    asked = uu.submit(place, til=bo.case_number)
    assert asked.status_code == 200
    assert BROKE_OFF in _standing(ida), "nothing is moved before it is confirmed"
    assert uu.submit(place, til=bo.case_number, bekraeftet="1").status_code == 303
    assert BROKE_OFF not in _standing(ida)
    assert BROKE_OFF in _standing(bo)
    assert (_rules(ida), _rules(bo)) == (set(), {"KUI-02", "KUI-03"})
    (told,) = [entry for entry in house.log.history(bo.id).entries if entry.event == BROKE_OFF]
    assert told.known_at.date() == date(2026, 10, 27), "the day we knew goes along"
    assert str(bo.id) not in str(house.log.history(ida.id).entries), "the wrong file does not name the right one"
    _nothing_differs_after_a_rebuild(house)


def test_the_source_follows_what_was_moved(as_staff: AsStaff, youth: MakeYouth, house: StillHouse) -> None:
    ida, bo = youth(), youth("Bo Prøvesen")

    def deliver(one: Youth, event: object) -> tuple[str, str | None]:
        step = Step(stream=journey(one.id), decide=lambda _: [event], source=Source("uu", "17"))  # type: ignore[list-item]
        (outcome,) = house.log.record_many([step], by=BY_IMPORT, known_at=house.now)
        return outcome.kind.value, outcome.reason

    assert deliver(ida, TRIED) == ("appended", None)
    place = f"{ida.path}/haendelser/{_entry(ida, ContactTried)}/flyt"
    assert as_staff(UU).submit(place, til=bo.case_number, bekraeftet="1").status_code == 303
    assert deliver(ida, TRIED) == ("refused", "delivered-for-another"), "the source still names the wrong person"
    assert deliver(bo, TRIED) == ("nothing", None)
    later = ContactTried(on=date(2026, 10, 24), way=ContactWay.PHONE)
    assert deliver(bo, later) == ("corrected", None)
    assert [event for event in _standing(bo) if isinstance(event, ContactTried)] == [later]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"q": ""}, "Skriv sagsnr. eller navn"),
        ({"q": "Findesikke"}, "Der er ingen"),
        ({"til": "999999"}, "Der er ingen"),
    ],
)
def test_whom_it_is_moved_to_must_be_there(
    as_staff: AsStaff, youth: MakeYouth, fields: dict[str, str], said: str
) -> None:
    ida = youth(events=[TRIED])
    answer = as_staff(UU).submit(f"{ida.path}/haendelser/{_entry(ida, ContactTried)}/flyt", **fields)
    assert answer.status_code == 422
    assert said in answer.text


def test_nothing_is_moved_to_the_same_file_or_before_the_birth(as_staff: AsStaff, youth: MakeYouth) -> None:
    ida, baby = youth(events=[TRIED]), youth("Bo Prøvesen", born_on=date(2013, 1, 1))
    old = EducationStarted(on=date(2012, 1, 1), programme=Programme.OTHER)
    ida.happened(old)
    uu = as_staff(UU)
    own = uu.submit(f"{ida.path}/haendelser/{_entry(ida, ContactTried)}/flyt", til=ida.case_number)
    assert "Det er den samme sag" in own.text
    place = f"{ida.path}/haendelser/{_entry(ida, EducationStarted)}/flyt"
    answer = uu.submit(place, til=baby.case_number, bekraeftet="1")
    assert "før den unges fødsel" in answer.text
    assert old in _standing(ida)


def test_who_could_not_record_it_cannot_correct_it_and_learns_nothing(as_staff: AsStaff, youth: MakeYouth) -> None:
    ida = youth(events=[TRIED, PlacementStarted(on=date(2025, 1, 1), form=PlacementForm.OTHER)])
    benefits = as_staff(BENEFITS)
    unknown = benefits.get(f"{ida.path}/haendelser/{uuid4()}/ret")
    for kind in (ContactTried, PlacementStarted):
        for deed in ("ret", "traek-tilbage", "flyt"):
            answer = benefits.get(f"{ida.path}/haendelser/{_entry(ida, kind)}/{deed}")
            assert answer.status_code == 404
            assert answer.text == unknown.text


def test_what_belongs_to_a_protocol_is_not_corrected_here(as_staff: AsStaff, youth: MakeYouth) -> None:
    ida = youth()
    handover = ida.sends(Party.UU, Party.EMPLOYMENT, on=date(2026, 11, 2), answer_by=date(2026, 11, 9))
    sent = next(
        entry.entry_id
        for entry in ida.house.log.history(ida.id).entries
        if getattr(entry.event, "handover_id", None) == handover
    )
    assert as_staff(UU).get(f"{ida.path}/haendelser/{sent}/traek-tilbage").status_code == 404


def _two_files(youth: MakeYouth) -> tuple[Youth, Youth]:
    ida = youth(events=[GoalInOwnWords(on=date(2026, 9, 1), words=FreeText("Kok"))])
    old = youth("Ida Erstatningsen", events=[BROKE_OFF, TRIED])
    return ida, old


def test_two_files_become_one_and_both_numbers_lead_there(
    as_staff: AsStaff, youth: MakeYouth, house: StillHouse
) -> None:
    ida, old = _two_files(youth)
    leader = as_staff(LEADER)
    asked = leader.submit(f"{ida.path}/saml", til=old.case_number)
    assert old.name in asked.text
    assert BROKE_OFF in _standing(old), "nothing is joined before it is confirmed"
    assert leader.submit(f"{ida.path}/saml", til=old.case_number, bekraeftet="1").status_code == 303
    assert {BROKE_OFF, TRIED} <= set(_standing(ida))
    assert (_rules(ida), _rules(old)) == ({"KUI-02", "KUI-03"}, set())
    moved = leader.get(old.path)
    assert (moved.status_code, moved.headers["location"]) == (303, f"{ida.path}?besked=samlet")
    found = leader.submit("/soeg", q="Erstatningsen")
    assert found.headers["location"] == ida.path
    with house.db.connection("overgang_application") as conn:  # type: ignore[arg-type]
        assert house.register.find_by_cpr(conn, [old.cpr]) == {old.cpr: ida.id}
    _nothing_differs_after_a_rebuild(house)


def test_two_files_that_were_two_people_are_parted_again(
    as_staff: AsStaff, youth: MakeYouth, house: StillHouse
) -> None:
    ida, old = _two_files(youth)
    leader = as_staff(LEADER)
    leader.submit(f"{ida.path}/saml", til=old.case_number, bekraeftet="1")
    ida.happened(ContactMade(on=date(2026, 11, 20), way=ContactWay.VISIT))
    page = leader.get(f"{ida.path}/del").text
    assert old.case_number in page
    assert leader.submit(f"{ida.path}/del", fra=old.case_number).status_code == 303
    assert BROKE_OFF not in _standing(ida)
    assert any(isinstance(event, ContactMade) for event in _standing(ida)), "what was recorded here stays"
    assert {BROKE_OFF, TRIED} <= set(_standing(old))
    assert (_rules(ida), _rules(old)) == (set(), {"KUI-02", "KUI-03"})
    assert leader.get(old.path).status_code == 200
    _nothing_differs_after_a_rebuild(house)
    leader.submit(f"{ida.path}/saml", til=old.case_number, bekraeftet="1")
    assert {BROKE_OFF, TRIED} <= set(_standing(ida)), "and joined once more"
    _nothing_differs_after_a_rebuild(house)


def test_a_join_that_broke_off_after_the_log_is_finished_by_doing_it_again(
    as_staff: AsStaff, youth: MakeYouth, house: StillHouse
) -> None:
    ida, old = _two_files(youth)
    life = life_of(entry.fact() for entry in house.log.history(old.id).entries)
    steps = join(life, file=old.id, into=ida.id, today=house.today)
    house.log.record_together(steps, by=BY_IMPORT, known_at=house.now, command_id=uuid4())
    leader = as_staff(LEADER)
    assert leader.get(old.path).status_code == 200, "the register does not know yet"
    before = len(_standing(ida))
    assert leader.submit(f"{ida.path}/saml", til=old.case_number, bekraeftet="1").status_code == 303
    assert len(_standing(ida)) == before
    assert leader.get(old.path).status_code == 303


def test_a_file_with_a_handover_that_waits_is_not_joined_nor_closed(as_staff: AsStaff, youth: MakeYouth) -> None:
    ida, old = _two_files(youth)
    waiting = old.sends(Party.UU, Party.EMPLOYMENT, on=date(2026, 11, 2), answer_by=date(2026, 11, 9))
    leader = as_staff(LEADER)
    for answer in (
        leader.submit(f"{ida.path}/saml", til=old.case_number, bekraeftet="1"),
        leader.submit(f"{old.path}/afslut", grund="no-longer-needed"),
    ):
        assert answer.status_code == 422
        assert "En overlevering venter på svar" in answer.text
    assert BROKE_OFF in _standing(old)
    old.record(partial(take_over, handover_id=waiting, by=Party.EMPLOYMENT, on=date(2026, 11, 10)))
    assert leader.submit(f"{old.path}/afslut", grund="no-longer-needed").status_code == 303


@pytest.mark.parametrize("deed", ["saml", "del", "afslut", "genaabn", "beskyttelse"])
def test_only_coordinators_and_leaders_decide_about_files(as_staff: AsStaff, youth: MakeYouth, deed: str) -> None:
    ida = youth()
    assert as_staff(UU).get(f"{ida.path}/{deed}").status_code == 404
    assert as_staff(LEADER).get(f"{ida.path}/{deed}").status_code == 200


def test_a_closed_journey_asks_for_nothing_until_it_is_reopened(
    as_staff: AsStaff, youth: MakeYouth, house: StillHouse
) -> None:
    ida = youth(events=[BROKE_OFF])
    leader = as_staff(LEADER)
    assert leader.submit(f"{ida.path}/afslut", grund="moved-away").status_code == 303
    assert _rules(ida) == set()
    _nothing_differs_after_a_rebuild(house)
    nothing = leader.submit(f"{ida.path}/genaabn", hjemmel="")
    assert nothing.status_code == 422
    assert leader.submit(f"{ida.path}/genaabn", hjemmel="KUI-loven § 1").status_code == 303
    assert _rules(ida) == {"KUI-02", "KUI-03"}
    _nothing_differs_after_a_rebuild(house)


def test_protection_is_set_and_lifted_once_each(as_staff: AsStaff, youth: MakeYouth, house: StillHouse) -> None:
    ida = youth()
    leader = as_staff(LEADER)
    for answer in ("ja", "ja", "nej", "nej"):
        assert leader.submit(f"{ida.path}/beskyttelse", beskyttet=answer).status_code == 303
        with house.db.connection("overgang_application") as conn:  # type: ignore[arg-type]
            assert house.register.identities(conn, [ida.id])[ida.id].protected is (answer == "ja")
    told = [event for event in _standing(ida) if isinstance(event, AddressProtectionSet | AddressProtectionLifted)]
    assert [type(event) for event in told] == [AddressProtectionSet, AddressProtectionLifted]


def test_the_log_says_what_was_done(as_staff: AsStaff, youth: MakeYouth, house: StillHouse) -> None:
    ida, old = _two_files(youth)
    as_staff(LEADER).submit(f"{ida.path}/saml", til=old.case_number, bekraeftet="1")
    here = [entry.event for entry in house.log.history(ida.id).entries]
    there = [entry.event for entry in house.log.history(old.id).entries]
    assert OtherFileJoined(on=house.today, other=old.id) in here
    assert JoinedIntoOtherFile(on=house.today, into=ida.id) in there
    gone = [event for event in there if isinstance(event, FactWithdrawn)]
    assert {event.reason for event in gone} == {WithdrawReason.FILES_JOINED}
    assert not any(isinstance(event, JourneyClosed) for event in there)
