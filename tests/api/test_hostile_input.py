"""What nobody with good intentions sends: it is answered with a page of ours, with all headers, and told to no log."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI

from api.bodies import LONGEST
from api.headers import ALWAYS
from api.visitor import COOKIE
from database import Role, Unavailable
from domain.codes import Party, Programme
from domain.events import ToldOfBreakOff
from people.staff import demo_municipality, load_staff, read_municipality
from tests.api.conftest import ADDRESS, Browser, Clock, StillHouse, Youth
from tests.api.test_deadlines import key_of

UU = "mette-vejleder"
LEADER = "ulla-uddannelsesleder"
FORM = "application/x-www-form-urlencoded"
LONGEST_ADDRESS = 60_000  # what is longer never reaches us
A_YEAR = "public, max-age=31536000, immutable"
SECRET = "Ida har astma, 010190-1234"
TEXTS = {
    "nothing": "",
    "NUL": "\0",
    "NUL within": "a\0b",
    "no character": "\ufffe\uffff",
    "turned around": "\u202eabc\u2066",
    "nothing to see": "\u200b\u2060",
    "other digits": "١٢٣٤٥٦",
    "digits that are no numbers": "²³①",
    "many digits": "9" * 5_000,
    "below zero": "-1",
    "many letters": "å" * 6_000,
    "a combining tower": "a" + "\u0301" * 500,
    "half a pair": "%ED%A0%80",
    "lines": "a\r\nSet-Cookie: b=c",
    "markup": "</textarea><script>alert(1)</script>{{ 7*7 }}",
    "SQL": "' or 1=1; --",
    "a path": "../../../etc/passwd",
    "an address": "https://evil.example/",
}

AsStaff = Callable[..., Browser]


@pytest.fixture
def ida(youth: Callable[..., Youth]) -> Youth:
    return youth(events=[ToldOfBreakOff(on=date(2026, 10, 5), programme=Programme.VOCATIONAL)])


def must_be_ours(answer: Any, what: object) -> None:
    """A page with every header, kept by nobody, without a trace and without what was sent as markup."""
    assert answer.status_code < 500, what
    must_have_headers(answer, what)
    assert "Traceback" not in answer.text, what
    assert "<script>alert" not in answer.text, what
    assert "Set-Cookie" not in answer.headers.get("location", ""), what


def must_have_headers(answer: Any, what: object) -> None:
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS, what
    assert answer.headers["cache-control"] == "no-store", what


@contextmanager
def nothing_logged(caplog: pytest.LogCaptureFixture, *secrets: str) -> Iterator[None]:
    with caplog.at_level(logging.DEBUG, "overgang"):
        yield
    told = [record.getMessage() + str(record.exc_info or "") for record in caplog.records if record.name == "overgang"]
    assert [(secret, line) for secret in secrets for line in told if secret in line] == []


# Addresses


def test_odd_addresses_are_pages_of_ours(as_staff: AsStaff, ida: Youth) -> None:
    browser = as_staff(UU, raising=False)
    sent = ida.sends(Party.UU, Party.MILEPAELEN, on=date(2026, 11, 2), answer_by=date(2026, 12, 1))
    patterns = (
        "/unge/{}",
        "/unge/{}/haendelser/ny",
        "/unge/{}/overleveringer/ny",
        "/unge/{}/frister",
        f"{ida.path}/frister?side={{}}&liste={{}}",
        f"{ida.path}/frister/{{}}",
        "/unge/{}/plan",
        "/unge/{}/plan/udskrift",
        f"{ida.path}/plan?liste={{}}&pr_day={{}}&pr_month={{}}&pr_year={{}}",
        f"{ida.path}/plan/skridt/{{}}?liste={{}}",
        f"{ida.path}/plan/udskrift?liste={{}}",
        f"/unge/{{}}/overleveringer/{sent}",
        f"{ida.path}/overleveringer/{{}}",
        f"{ida.path}/overleveringer/{{}}/erstat",
        f"{ida.path}/overleveringer/{{}}/udskrift",
        "/unge/{}/overleveringer/planlaeg",
        f"{ida.path}?side={{}}",
        f"{ida.path}?alder={{}}&part={{}}&liste={{}}",
        f"{ida.path}/haendelser/ny?slags={{}}&liste=/{{}}",
        f"{ida.path}/overleveringer/ny?frist={{}}",
        "/moeder?side={}",
        "/moeder/{}",
        "/moeder/{}/sag/1",
        f"/moeder/{uuid4()}/sag/{{}}",
        f"{ida.path}/ansvar?liste={{}}",
        "/unge/{}/ansvar",
        "/moeder/{}/udskrift?navn={}",
        "/overleveringer?side={}&antal={}&vis={}&tilstand={}&fra={}&til={}&beskyttede={}",
        "/arbejdsliste?side={}&antal={}&sag={}&regel={}&alder={}&frist={}&fra={}&hvilende={}",
        "/unge?vis={}&dage={}&antal={}&side={}&beskyttede={}",
        "/unge?vis=stille&dage={}",
        "/profil/afloeser/{}/fjern",
        "/indlaesning?slags={}&grund={}&side={}&leverancer={}&vis={}",
        "/indlaesning?vis=lagt-vaek&side={}",
        "/indlaesning/forslag?side={}",
        "/indlaesning/raekker/{}",
        "/milepaelen/fremmoede?dag={}&gemt={}&fortrudt={}&dag_day={}",
        "/milepaelen/samtaler?uge={}",
        "/unge/{}/milepaelen",
        f"{ida.path}/milepaelen/progression?vis={{}}",
        "/regler/{}",
        "/regler/proev?udkast={}",
        "/log-ind?videre={}",
        "/static/{}",
        "/{}?besked={}",
    )
    for pattern in patterns:
        for name, text in TEXTS.items():
            for shown in (percent(text), "%FF%FE", "%00"):
                path = pattern.replace("{}", shown)
                if len(path) < LONGEST_ADDRESS:
                    must_be_ours(browser.get(path), (pattern, name))


def percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def test_who_calls_us_by_another_name_gets_nothing(app: FastAPI) -> None:
    stranger = Browser(app, lambda: None, raising=False)
    for host in ("evil.example", "testserver", "127.0.0.1@evil.example", "127.0.0.1:[", "127.0.0.1, evil", ""):
        answer = stranger.get("/arbejdsliste", headers={"host": host})
        assert answer.status_code == 400, host
        must_have_headers(answer, host)


def test_what_there_is_not_and_what_cannot_be_done_is_said_and_kept_nowhere(as_staff: AsStaff, ida: Youth) -> None:
    browser = as_staff(UU)
    for path in ("/nej", "/static/nej.css?v=1", "/static/vendor?v=1", "/static/..%2fpyproject.toml", "/unge/999999"):
        answer = browser.get(path)
        assert answer.status_code == 404
        must_have_headers(answer, path)
    for method in ("DELETE", "PUT", "PATCH", "OPTIONS", "HEAD"):
        answer = browser.request(method, ida.path)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
        must_have_headers(answer, method)
    answer = browser.post("/static/app.css?v=1")
    assert answer.status_code == 405
    must_have_headers(answer, "a form to a file")
    assert browser.get("/static/app.css?v=1").headers["cache-control"] == A_YEAR
    answer = browser.get(f"{ida.path}/")
    assert answer.status_code == 307
    must_have_headers(answer, "a slash too much")


# Forms


def test_odd_fields_are_pages_of_ours(as_staff: AsStaff, ida: Youth, caplog: pytest.LogCaptureFixture) -> None:
    browser = as_staff(UU, raising=False)
    csrf = browser.csrf
    held = {"held_on_day": "24", "held_on_month": "11", "held_on_year": "2026", "command": str(uuid4())}
    meeting = browser.submit("/moeder", **held).headers["location"].partition("?")[0]
    browser.submit(f"{meeting}/dagsorden", sagsnr=ida.case_number)
    sent = ida.sends(Party.UU, Party.MILEPAELEN, on=date(2026, 11, 2), answer_by=date(2026, 12, 1))
    key = key_of(ida, "KUI-02")
    forms: dict[str, list[str]] = {
        "/log-ind": ["staff_id", "videre"],
        "/soeg": ["q"],
        "/arbejdsliste/linje": ["sag", "linje", "handling", "maade", "liste", "command", "dag_day", "dag_month"],
        "/profil/afloeser": ["hvem", "afloeser", "fra_day", "til_month", "til_year", "command"],
        f"/profil/afloeser/{uuid4()}/fjern": ["command"],
        "/moeder": ["held_on_day", "held_on_month", "held_on_year", "command"],
        "/regler/proev": ["regler", "fra_day", "til_day", "som_om_day"],
        f"{meeting}/dagsorden": ["sagsnr", "grund"],
        f"{meeting}/sag/1": ["sag", "what", "who", "kind", "matter", "due_on_day", "command", "navn"],
        f"{ida.path}/haendelser/ny": ["slags", "way", "words", "what", "on_day", "known_on_day", "command", "liste"],
        f"{ida.path}/skridt/{uuid4()}/gjort": ["command", "liste", "fra"],
        f"{ida.path}/frister/{key}/pause": [f"grund-{key}", "command", "liste"],
        f"{ida.path}/frister/{key}/loeb-igen": ["command", "liste"],
        f"{ida.path}/plan": ["gem", "words", "what", "why", "view", "due_on_day", "command", "liste"],
        f"{ida.path}/plan/skridt/{uuid4()}": ["gem", "reason", "waits_for", "due_on_day", "command", "liste"],
        f"{ida.path}/overleveringer/ny": ["matter", "receiver", "note", "items", "answer_by_year", "command", "frist"],
        f"{ida.path}/overleveringer/{sent}/overtag": ["first_talk_on_day", "command"],
        f"{ida.path}/overleveringer/{sent}/returner": ["reason", "words", "command"],
        f"{ida.path}/overleveringer/{sent}/traek-tilbage": ["withdraw_words", "command"],
        f"/indlaesning/forslag/{uuid4()}/bekraeft": ["side"],
        f"/indlaesning/forslag/{uuid4()}/afvis": ["side"],
        f"/indlaesning/raekker/{uuid4()}": ["c0", "c1"],
        f"/indlaesning/raekker/{uuid4()}/laeg-vaek": ["grund"],
        f"/indlaesning/raekker/{uuid4()}/hent-frem": ["grund"],
    }
    with nothing_logged(caplog, *(text for text in TEXTS.values() if len(text) > 3), ida.name, ida.cpr.digits):
        for path, names in forms.items():
            for name, text in TEXTS.items():
                answer = browser.post(path, data={"csrf": csrf} | dict.fromkeys(names, text))
                must_be_ours(answer, (path, name))
    for name, text in TEXTS.items():
        must_be_ours(browser.post("/moeder", data={"csrf": text}), name)
    leader = as_staff(LEADER, raising=False)
    days = {f"{name}_{part}": "1" for name in ("fra", "til") for part in ("day", "month", "year")}
    for name, text in TEXTS.items():
        for rule in (text, f"[[off]]\nid = {text}", f'[[off]]\nid = "KUI-02"\nreason = "{text}"\n'):
            must_be_ours(leader.submit("/regler/proev", regler=rule, **days), name)


def test_files_and_other_alphabets_are_not_read(as_staff: AsStaff) -> None:
    browser = as_staff(UU, raising=False)
    parts = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n\\ud800+2AA-\r\n'
        for name in ("csrf", "q", "staff_id")
        for file in ("", '; filename="a.txt"')
    )
    for charset in ("utf-8", "utf-7", "unicode_escape", "undefined", "punycode", "idna", "hex", "x" * 999):
        headers = {"content-type": f"multipart/form-data; boundary=x; charset={charset}"}
        for path in ("/moeder", "/soeg", "/log-ind", "/log-ud"):
            answer = browser.post(path, content=f"{parts}--x--\r\n", headers=headers)
            assert answer.status_code == 415, (path, charset)
            must_be_ours(answer, (path, charset))


def test_what_is_no_form_is_not_read(as_staff: AsStaff) -> None:
    browser = as_staff(UU, raising=False)
    for kind in ("application/json", "text/plain", "multipart/form-data", "application/xml", "x", ""):
        for path in ("/moeder", "/soeg"):
            answer = browser.post(path, content=b'{"csrf": 1}', headers={"content-type": kind})
            assert answer.status_code in {400, 403, 415}, kind
            must_be_ours(answer, kind)


def test_a_form_of_ten_million_letters_is_not_kept(app: FastAPI) -> None:
    stranger, part = Browser(app, lambda: None, raising=False), b"a=" + b"x" * 50_000 + b"&"
    # Who must sign in first is told so before anything is read.
    for path, status in (("/log-ind", 413), ("/soeg", 413), ("/moeder", 303)):
        answer = stranger.post(path, content=iter([part] * 200), headers={"content-type": FORM})
        assert answer.status_code == status, path
        if status != 303:
            must_be_ours(answer, path)


def test_too_much_is_said_and_as_much_as_may_be_written_is_read(as_staff: AsStaff, ida: Youth) -> None:
    browser = as_staff(UU)
    answer = browser.submit(f"{ida.path}/haendelser/ny", slags="goal-in-own-words", words="å" * LONGEST)
    assert answer.status_code == 413
    assert "gør teksten kortere" in answer.text
    said = {"slags": "goal-in-own-words", "words": "😀" * 5_000, "on_day": "23", "on_month": "11", "on_year": "2026"}
    assert browser.submit(f"{ida.path}/haendelser/ny", **said).status_code == 303


def test_many_fields_are_refused(as_staff: AsStaff) -> None:
    fields = "&".join(f"a{number}=1" for number in range(5_000))
    answer = as_staff(UU, raising=False).post("/moeder", content=fields, headers={"content-type": FORM})
    assert answer.status_code == 400
    must_be_ours(answer, "many fields")


# What was written in the wrong place


def test_a_number_in_the_wrong_field_is_not_shown_again(as_staff: AsStaff, ida: Youth) -> None:
    browser = as_staff(UU)
    held = {"held_on_day": "24", "held_on_month": "11", "held_on_year": "2026"}
    meeting = browser.submit("/moeder", **held).headers["location"].partition("?")[0]
    answer = browser.submit(f"{meeting}/dagsorden", sagsnr=ida.cpr.digits)
    assert answer.status_code == 422
    assert ida.cpr.digits not in answer.text
    answer = browser.submit(f"{meeting}/dagsorden", sagsnr=ida.case_number, grund=SECRET)
    assert "astma" not in answer.headers["location"]


# Faults of ours


@pytest.mark.parametrize(("fault", "status"), [(ValueError(SECRET), 500), (Unavailable(SECRET), 503)])
def test_a_fault_of_ours_is_a_page_without_what_went_wrong(
    as_staff: AsStaff,
    house: StillHouse,
    ida: Youth,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: Exception,
    status: int,
) -> None:
    browser = as_staff(UU, raising=False)

    def breaks(*_: object) -> None:
        raise fault

    monkeypatch.setattr(house.register, "by_case_number", breaks)
    with nothing_logged(caplog, "astma", "010190", ida.case_number):
        answer = browser.get(ida.path)
    assert answer.status_code == status
    must_have_headers(answer, status)
    assert [word for word in ("astma", "010190", "ValueError", "Traceback", ida.name) if word in answer.text] == []


# Sessions


def test_signing_in_gives_a_session_that_nobody_could_know_before(
    app: FastAPI, house: StillHouse, clock: Clock
) -> None:
    browser = Browser(app, lambda: None)
    browser.cookies.set(COOKIE, "chosen-by-somebody-else")
    tokens = set()
    for _ in range(2):
        answer = browser.post("/log-ind", data={"staff_id": UU})
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert "SameSite=lax" in answer.headers["set-cookie"]
        tokens.add(answer.cookies[COOKIE])
        browser.cookies.set(COOKIE, answer.cookies[COOKIE])
    assert len(tokens | {"chosen-by-somebody-else"}) == 3
    with house.db.connection(Role.APPLICATION) as conn:
        assert conn.execute("select count(*) from session").fetchone() == (1,)  # the one before is over
    clock.forward(minutes=31)
    assert goes_to_sign_in(app, answer.cookies[COOKIE])


def test_a_session_is_over_when_its_owner_signs_out_or_leaves(
    as_staff: AsStaff, app: FastAPI, house: StillHouse
) -> None:
    first, second = as_staff(UU), as_staff(UU)
    token = first.cookies[COOKIE]
    first.submit("/log-ud")
    assert goes_to_sign_in(app, token)
    assert second.get("/moeder").status_code == 200
    without = demo_municipality().replace(
        '  { id = "mette-vejleder", name = "Mette Vejleder", function = "worker" },\n', ""
    )
    with house.db.connection(Role.APPLICATION) as conn:
        assert load_staff(conn, house.log.keys, read_municipality(without)).left == 1
    assert goes_to_sign_in(app, second.cookies[COOKIE])
    assert Browser(app, lambda: None).post("/log-ind", data={"staff_id": UU}).status_code == 404


def goes_to_sign_in(app: FastAPI, token: str) -> bool:
    browser = Browser(app, lambda: None)
    browser.cookies.set(COOKIE, token)
    answer = browser.get("/moeder")
    return answer.status_code == 303 and answer.headers["location"].startswith("/log-ind")


def test_signing_in_leads_nowhere_but_here(app: FastAPI) -> None:
    browser = Browser(app, lambda: None)
    elsewhere = ("//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "evil.example", "")
    for onward in elsewhere:
        answer = browser.post("/log-ind", data={"staff_id": UU, "videre": onward})
        assert answer.headers["location"] == "/arbejdsliste"
        assert f'value="{onward}"' not in browser.get("/log-ind", params={"videre": onward}).text


def test_no_line_of_an_address_becomes_a_header(app: FastAPI) -> None:
    onward = "/arbejdsliste\r\nSet-Cookie: a=b"
    answer = Browser(app, lambda: None).post("/log-ind", data={"staff_id": UU, "videre": onward})
    assert answer.headers["location"].startswith("/arbejdsliste%0D%0A")
    assert "a=b" not in answer.headers["set-cookie"]


def test_a_page_may_be_asked_for_from_anywhere_and_a_form_may_not(as_staff: AsStaff) -> None:
    elsewhere = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    browser = as_staff(UU)
    assert browser.get("/arbejdsliste", headers=elsewhere).status_code == 200
    assert browser.post("/log-ud", data={"csrf": browser.csrf}, headers=elsewhere).status_code == 403
    assert browser.post("/log-ud", data={"csrf": browser.csrf}, headers={"origin": ADDRESS}).status_code == 303
