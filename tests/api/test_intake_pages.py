"""Indlæsning: what came and what waits, a row put right by hand, and what may have ended."""

import html
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

import intake
from api.importing import office_of
from database import Role
from domain.events import PlacementEnded, PlacementStarted, ToldOfBreakOff
from eventlog import ActorKind
from intake.putting_away import count_put_away
from people.cpr import fictional
from people.read_log import reads_of
from tests.api.conftest import Browser, StillHouse, Youth
from tests.intake.office import UU, break_off

UU_LEADER, UU_WORKER, CHILD_LEADER, CHILD_WORKER = (
    "ulla-uddannelsesleder",
    "mette-vejleder",
    "finn-familiechef",
    "birgit-boerneraadgiver",
)
LIST = "Sagens CPR,Foranstaltning,Støtteart,Anbringelsessted,Iværksat"
AsStaff = Callable[..., Browser]


@pytest.fixture
def take(house: StillHouse, tmp_path: Path) -> Callable[..., intake.Report]:
    """Import a file of these lines."""

    def took(name: str, *lines: str, encoding: str = "utf-8") -> intake.Report:
        path = tmp_path / name
        path.write_bytes("".join(f"{line}\r\n" for line in lines).encode(encoding))
        return intake.import_file(office_of(house), path, now=house.now)

    return took


def waiting(house: StillHouse) -> list[str]:
    with house.db.connection(Role.APPLICATION) as conn:
        rows = conn.execute("select row_id from set_aside where resolved_at is null order by line").fetchall()
    return [f"/indlaesning/raekker/{row_id}" for (row_id,) in rows]


def cells(page: str) -> dict[str, str]:
    """What stands in the form's cells."""
    found = re.findall(r'<input id="(c\d+)" name="c\d+" type="text" value="([^"]*)"', page)
    return {name: html.unescape(text) for name, text in found}


def placed(cpr: str, on: str = "2026-01-05") -> str:
    return f"{cpr},Anbringelse,,Familiepleje,{on}"


# What came, and what waits


def test_before_anything_came_the_page_says_how_files_come(as_staff: AsStaff) -> None:
    page = as_staff(UU_WORKER).get("/indlaesning").text
    assert "Ingen rækker venter." in page
    assert "Der er ikke kommet nogen filer endnu." in page


def test_rows_that_wait_are_told_by_reason_and_place_and_never_by_what_stands_in_them(
    as_staff: AsStaff, take: Callable[..., intake.Report], youth: Callable[..., Youth]
) -> None:
    ida = youth("Ida Demogaard")
    stranger = fictional(date(2008, 1, 1), 3999).digits
    take(
        "uu.csv",
        UU,
        break_off(stranger, "1"),
        break_off(stranger, "2"),
        break_off(ida.cpr.digits, "3", on="31-02-2026"),
    )
    page = as_staff(UU_WORKER).get("/indlaesning").text
    assert "3 rækker venter." in page
    assert page.index("Ukendt person") < page.index("Datoen findes ikke i kalenderen")
    for secret in (stranger, ida.cpr.digits, "31-02-2026", "Ida"):
        assert secret not in page
    assert "Ret og prøv igen" not in page


def test_a_long_group_is_shown_whole_by_itself(as_staff: AsStaff, take: Callable[..., intake.Report]) -> None:
    stranger = fictional(date(2008, 1, 1), 3999).digits
    take("uu.csv", UU, *(break_off(stranger, str(number)) for number in range(60)))
    browser = as_staff(UU_WORKER)
    page = browser.get("/indlaesning").text
    assert page.count('data-label="Linje"') == 10
    href = re.search(r'href="(/indlaesning\?slags[^"]+)">Vis alle 60', page)
    assert href
    whole = html.unescape(href[1])
    assert browser.get(whole).text.count('data-label="Linje"') == 50
    assert browser.get(f"{whole}&side=2").text.count('data-label="Linje"') == 10
    assert browser.get(f"{whole}&side=99").text.count('data-label="Linje"') == 10


def test_deliveries_are_counted_and_one_that_broke_off_says_so(
    as_staff: AsStaff, take: Callable[..., intake.Report], house: StillHouse
) -> None:
    take("uu.csv", UU, break_off(fictional(date(2008, 1, 1), 3999).digits, "1"))
    with house.db.connection(Role.APPLICATION) as conn:
        conn.execute("update delivery set finished_at = null")
    page = as_staff(UU_WORKER).get("/indlaesning").text
    assert "23.11.2026" in page
    assert "kl. 09.00" in page
    assert "Blev afbrudt. Læs filen ind igen." in page


# One row


def test_a_leader_of_the_party_that_sends_the_file_opens_a_row_and_puts_it_right(
    as_staff: AsStaff, take: Callable[..., intake.Report], youth: Callable[..., Youth], house: StillHouse
) -> None:
    ida = youth("Ida Demogaard")
    take("uu.csv", UU, break_off(ida.cpr.digits, on="31-02-2026"))
    browser = as_staff(UU_LEADER)
    assert "Ret og prøv igen" in browser.get("/indlaesning").text
    (path,) = waiting(house)
    page = browser.get(path).text
    there = cells(page)
    assert (there["c0"], there["c3"]) == (ida.cpr.digits, "31-02-2026")
    answer = browser.submit(path, **(there | {"c3": "28-02-2026"}))
    assert (answer.status_code, answer.headers["location"]) == (303, "/indlaesning?besked=raekke-laest")
    entry = house.log.after(0)[-1]
    assert isinstance(entry.event, ToldOfBreakOff)
    assert (entry.event.on, entry.actor.kind, entry.actor.id) == (date(2026, 2, 28), ActorKind.STAFF, UU_LEADER)
    assert "Rækken er læst ind" in browser.get(path).text
    assert ida.cpr.digits not in browser.get(path).text
    assert browser.submit(path, **there).headers["location"] == "/indlaesning?besked=raekke-loest"
    assert "Ingen rækker venter." in browser.get("/indlaesning").text


def test_what_is_still_wrong_is_told_at_its_cell_and_what_was_written_stays(
    as_staff: AsStaff, take: Callable[..., intake.Report], youth: Callable[..., Youth], house: StillHouse
) -> None:
    ida = youth("Ida Demogaard")
    take("uu.csv", UU, break_off(ida.cpr.digits, on="31-02-2026"))
    browser = as_staff(UU_LEADER)
    (path,) = waiting(house)
    there = cells(browser.get(path).text)
    answer = browser.submit(path, **(there | {"c3": "28-02-2026", "c5": "Noget helt andet"}))
    assert answer.status_code == 422
    assert 'id="c5-error"' in answer.text
    assert cells(answer.text) == there | {"c3": "28-02-2026", "c5": "Noget helt andet"}
    assert len(waiting(house)) == 1


def test_who_is_looked_at_is_written_down_also_when_it_is_nobody_we_know(
    as_staff: AsStaff, take: Callable[..., intake.Report], youth: Callable[..., Youth], house: StillHouse
) -> None:
    ida = youth("Ida Demogaard")
    take(
        "uu.csv",
        UU,
        break_off(ida.cpr.digits, on="31-02-2026"),
        break_off(fictional(date(2008, 1, 1), 3999).digits, "2"),
    )
    browser = as_staff(UU_LEADER)
    for path in waiting(house):
        assert browser.get(path).status_code == 200
    with house.db.connection(Role.APPLICATION) as conn:
        assert [(one.staff_id, one.category) for one in reads_of(conn, ida.id)] == [(UU_LEADER, "set-aside")]
        rows = conn.execute(
            "select person_id, staff_id, route from read_log where category = 'set-aside' and person_id is null"
        ).fetchall()
    assert rows == [(None, UU_LEADER, "/indlaesning/raekker/{row_id}")]


@pytest.mark.parametrize("staff_id", [UU_WORKER, CHILD_LEADER, "katrine-koordinator", "dorte-databeskytter"])
def test_nobody_else_can_tell_the_row_from_one_that_is_not_there(
    as_staff: AsStaff, take: Callable[..., intake.Report], youth: Callable[..., Youth], house: StillHouse, staff_id: str
) -> None:
    ida = youth("Ida Demogaard")
    take("uu.csv", UU, break_off(ida.cpr.digits, on="31-02-2026"))
    browser = as_staff(staff_id)
    (path,) = waiting(house)
    unknown = browser.get(f"/indlaesning/raekker/{uuid4()}")
    for answer in (browser.get(path), browser.submit(path, c0="x"), browser.get("/indlaesning/raekker/x")):
        assert (answer.status_code, answer.text) == (404, unknown.text)
    assert "Ret og prøv igen" not in browser.get("/indlaesning").text


def test_a_file_of_the_municipality_itself_is_looked_after_by_its_coordinator(
    as_staff: AsStaff, take: Callable[..., intake.Report], house: StillHouse
) -> None:
    heading = "CPR-nummer;Fornavn;Efternavn;Adressebeskyttelse;Årsag;Hjemmel"
    take("cpr.csv", heading, f"{fictional(date(2009, 1, 1), 7).digits};Åse;Prøvesen;Nej;Uddannelsesbehov;")
    (path,) = waiting(house)
    coordinator = as_staff("katrine-koordinator")
    there = cells(coordinator.get(path).text)
    assert coordinator.submit(path, **(there | {"c5": "KUI-loven § 1"})).status_code == 303
    assert as_staff("dorte-databeskytter").get(path).status_code == 404


# A row that can never be used


def away(house: StillHouse) -> int:
    with house.db.connection(Role.APPLICATION) as conn:
        return count_put_away(conn)


def test_a_row_is_put_away_with_a_reason_stays_away_when_its_file_comes_again_and_is_fetched_back(
    as_staff: AsStaff, take: Callable[..., intake.Report], house: StillHouse
) -> None:
    stranger, other = (fictional(date(2008, 1, 1), number).digits for number in (3999, 3998))
    take("uu.csv", UU, break_off(stranger, "1"), break_off(other, "2"))
    leader = as_staff(UU_LEADER)
    path, waits = waiting(house)
    answer = leader.submit(f"{path}/laeg-vaek", grund="not-followed")
    assert answer.headers["location"] == "/indlaesning?besked=raekke-lagt-vaek"
    assert waiting(house) == [waits]
    page = leader.get("/indlaesning").text
    assert "1 række venter." in page
    assert "Lagt væk: 1 række" in page

    again = take("uu.csv", UU, break_off(stranger, "1"), break_off(other, "2"))
    assert again.adds_up
    more = take("mere.csv", UU, break_off(stranger, "1"), break_off(other, "2"), break_off(other, "3"))
    assert (more.adds_up, more.unchanged, len(more.set_aside)) == (True, 1, 2)
    assert path not in waiting(house)
    assert away(house) == 1

    assert "Rækken er lagt væk: den handler om en, kommunen ikke skal følge." in leader.get(path).text
    assert stranger not in leader.get(path).text
    listed = leader.get("/indlaesning?vis=lagt-vaek").text
    assert f'href="{path}">Hent frem' in listed
    assert "Den handler om en, kommunen ikke skal følge" in listed
    answer = leader.submit(f"{path}/hent-frem")
    assert answer.headers["location"] == "/indlaesning?besked=raekke-hentet-frem"
    assert path in waiting(house)
    assert away(house) == 0
    assert stranger in leader.get(path).text
    assert "Ingen rækker er lagt væk." in leader.get("/indlaesning?vis=lagt-vaek").text


@pytest.mark.parametrize("form", [{}, {"grund": ""}, {"grund": "nej"}])
def test_a_row_is_not_put_away_without_a_reason(
    as_staff: AsStaff, take: Callable[..., intake.Report], house: StillHouse, form: dict[str, str]
) -> None:
    take("uu.csv", UU, break_off(fictional(date(2008, 1, 1), 3999).digits, "1"))
    (path,) = waiting(house)
    answer = as_staff(UU_LEADER).submit(f"{path}/laeg-vaek", **form)
    assert answer.status_code == 422
    assert "Vælg, hvorfor rækken lægges væk." in answer.text
    assert '<a href="#grund">' in answer.text
    assert waiting(house) == [path]


def test_what_does_not_wait_is_not_put_away_and_what_waits_is_not_fetched_back(
    as_staff: AsStaff, take: Callable[..., intake.Report], youth: Callable[..., Youth], house: StillHouse
) -> None:
    ida = youth("Ida Demogaard")
    take("uu.csv", UU, break_off(ida.cpr.digits, on="31-02-2026"))
    leader = as_staff(UU_LEADER)
    (path,) = waiting(house)
    nothing = "/indlaesning?besked=raekke-venter-ikke"
    assert leader.submit(f"{path}/hent-frem").headers["location"] == nothing
    assert leader.submit(path, **(cells(leader.get(path).text) | {"c3": "28-02-2026"})).status_code == 303
    assert leader.submit(f"{path}/laeg-vaek", grund="other").headers["location"] == nothing
    assert away(house) == 0


@pytest.mark.parametrize("staff_id", [UU_WORKER, CHILD_LEADER, "katrine-koordinator"])
def test_nobody_else_puts_a_row_away_or_fetches_it_back(
    as_staff: AsStaff, take: Callable[..., intake.Report], house: StillHouse, staff_id: str
) -> None:
    take("uu.csv", UU, break_off(fictional(date(2008, 1, 1), 3999).digits, "1"))
    browser = as_staff(staff_id)
    (path,) = waiting(house)
    assert browser.submit(f"{path}/laeg-vaek", grund="other").status_code == 404
    assert waiting(house) == [path]
    as_staff(UU_LEADER).submit(f"{path}/laeg-vaek", grund="other")
    assert browser.submit(f"{path}/hent-frem").status_code == 404
    assert "Hentes frem af den, der sender filen" in browser.get("/indlaesning?vis=lagt-vaek").text
    assert away(house) == 1


def test_a_look_at_a_row_to_put_it_away_is_written_down(
    as_staff: AsStaff, take: Callable[..., intake.Report], youth: Callable[..., Youth], house: StillHouse
) -> None:
    ida = youth("Ida Demogaard")
    take("uu.csv", UU, break_off(ida.cpr.digits, on="31-02-2026"))
    (path,) = waiting(house)
    as_staff(UU_LEADER).submit(f"{path}/laeg-vaek", grund="other")
    with house.db.connection(Role.APPLICATION) as conn:
        assert [(one.staff_id, one.category) for one in reads_of(conn, ida.id)] == [(UU_LEADER, "set-aside")]


# What may have ended


@pytest.fixture
def gone(take: Callable[..., intake.Report], youth: Callable[..., Youth]) -> Youth:
    """Somebody whose placement is no longer on the list."""
    ida, bo = youth("Ida Demogaard"), youth("Bo Enestående")
    take("a.csv", LIST, placed(ida.cpr.digits), placed(bo.cpr.digits), encoding="cp1252")
    assert take("b.csv", LIST, placed(bo.cpr.digits), encoding="cp1252").proposed == 1
    return ida


def proposal_in(page: str) -> str:
    found = re.search(r'action="/indlaesning/forslag/([0-9a-f-]+)/bekraeft"', page)
    assert found, page
    return found[1]


def day(proposal: str, day: int, month: int, year: int) -> dict[str, str]:
    return {f"on-{proposal}_day": str(day), f"on-{proposal}_month": str(month), f"on-{proposal}_year": str(year)}


def test_what_is_gone_from_a_list_is_asked_with_the_day_of_the_list_and_confirmed(
    as_staff: AsStaff, gone: Youth, house: StillHouse
) -> None:
    browser = as_staff(CHILD_WORKER)
    assert "Forslag om afslutning (1)" in browser.get("/indlaesning").text
    page = browser.get("/indlaesning/forslag").text
    assert "Ida Demogaard" in page
    assert "Bo Enestående" not in page
    assert "05.01.2026" in page
    proposal = proposal_in(page)
    assert [
        re.search(rf'name="on-{proposal}_{part}"[^>]* value="(\d+)"', page)[1] for part in ("day", "month", "year")
    ] == [  # type: ignore[index]
        "23",
        "11",
        "2026",
    ]
    answer = browser.submit(f"/indlaesning/forslag/{proposal}/bekraeft", **day(proposal, 20, 11, 2026))
    assert answer.headers["location"] == "/indlaesning/forslag?besked=forslag-bekraeftet"
    entry = house.log.after(0)[-1]
    assert (entry.stream, entry.event, entry.actor.id) == (gone.id, PlacementEnded(on=date(2026, 11, 20)), CHILD_WORKER)
    assert "Ingen forslag venter på jer." in browser.get("/indlaesning/forslag").text


def test_it_does_not_fit_needs_a_reason_and_records_nothing(as_staff: AsStaff, gone: Youth, house: StillHouse) -> None:
    browser, before = as_staff(CHILD_WORKER), house.log.position()
    proposal = proposal_in(browser.get("/indlaesning/forslag").text)
    path = f"/indlaesning/forslag/{proposal}/afvis"
    answer = browser.submit(path)
    assert answer.status_code == 422
    assert f'id="grund-{proposal}-error"' in answer.text
    answer = browser.submit(path, **{f"grund-{proposal}": "goes-on"})
    assert answer.headers["location"] == "/indlaesning/forslag?besked=forslag-afvist"
    assert house.log.position() == before
    assert gone.name not in browser.get("/indlaesning/forslag").text


@pytest.mark.parametrize(
    ("written", "says"),
    [((31, 2, 2026), "findes ikke"), ((1, 1, 2026), "før begyndelsen"), ((24, 11, 2026), "fremtiden")],
)
def test_a_day_that_cannot_be_is_told_at_its_proposal(
    as_staff: AsStaff, gone: Youth, house: StillHouse, written: tuple[int, int, int], says: str
) -> None:
    browser, before = as_staff(CHILD_WORKER), house.log.position()
    proposal = proposal_in(browser.get("/indlaesning/forslag").text)
    answer = browser.submit(f"/indlaesning/forslag/{proposal}/bekraeft", **day(proposal, *written))
    assert answer.status_code == 422
    found = re.search(
        rf'id="on-{proposal}-error"[^>]*>(.*?)</span></span>|id="on-{proposal}-error">(.*?)<div', answer.text, re.DOTALL
    )
    assert found
    assert says in found[0]
    assert house.log.position() == before
    assert gone.name in answer.text


def test_other_parties_are_not_asked_and_cannot_answer(as_staff: AsStaff, gone: Youth, house: StillHouse) -> None:
    proposal = proposal_in(as_staff(CHILD_WORKER).get("/indlaesning/forslag").text)
    before = house.log.position()
    for staff_id in (UU_LEADER, "katrine-koordinator", "laila-laerer"):
        browser = as_staff(staff_id)
        assert gone.name not in browser.get("/indlaesning/forslag").text
        for asked in (proposal, str(uuid4()), "nej"):
            answer = browser.submit(f"/indlaesning/forslag/{asked}/bekraeft", **day(asked, 20, 11, 2026))
            assert answer.headers["location"] == "/indlaesning/forslag?besked=forslag-vaek"
    assert house.log.position() == before


def test_somebody_protected_stands_there_without_a_name(
    as_staff: AsStaff, take: Callable[..., intake.Report], youth: Callable[..., Youth]
) -> None:
    ida, bo = youth("Ida Demogaard", protected=True), youth("Bo Enestående")
    take("a.csv", LIST, placed(ida.cpr.digits), placed(bo.cpr.digits), encoding="cp1252")
    take("b.csv", LIST, placed(bo.cpr.digits), encoding="cp1252")
    page = as_staff(CHILD_WORKER).get("/indlaesning/forslag").text
    assert "Navnet er beskyttet" in page
    assert ida.case_number in page
    assert ida.name not in page


def test_who_was_shown_among_the_proposals_is_written_down(as_staff: AsStaff, gone: Youth, house: StillHouse) -> None:
    as_staff(CHILD_WORKER).get("/indlaesning/forslag")
    with house.db.connection(Role.APPLICATION) as conn:
        assert [(one.staff_id, one.category) for one in reads_of(conn, gone.id)] == [(CHILD_WORKER, "proposals")]


def test_a_proposal_answered_by_somebody_faster_is_told(as_staff: AsStaff, gone: Youth, house: StillHouse) -> None:
    first, second = as_staff(CHILD_WORKER), as_staff(CHILD_LEADER)
    proposal = proposal_in(first.get("/indlaesning/forslag").text)
    first.submit(f"/indlaesning/forslag/{proposal}/bekraeft", **day(proposal, 20, 11, 2026))
    answer = second.submit(f"/indlaesning/forslag/{proposal}/afvis", **{f"grund-{proposal}": "goes-on"})
    assert answer.headers["location"] == "/indlaesning/forslag?besked=forslag-vaek"
    assert [event for event in _events(house, gone) if isinstance(event, PlacementStarted | PlacementEnded)] == [
        PlacementStarted(on=date(2026, 1, 5), form=_form(house, gone)),
        PlacementEnded(on=date(2026, 11, 20)),
    ]


def _events(house: StillHouse, one: Youth) -> list[object]:
    return [entry.event for entry in house.log.history(one.id).entries]


def _form(house: StillHouse, one: Youth) -> object:
    return next(event.form for event in _events(house, one) if isinstance(event, PlacementStarted))
