"""What nobody with good intentions sends to Milepælen: pages of ours, nothing written, nothing in a log."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest

from domain.codes import Party
from domain.events import MilepaelenStarted, ReferredToMilepaelen
from domain.text import FreeText
from projections.progression import FACTORS
from tests.api.conftest import Browser, Youth
from tests.api.test_hostile_input import TEXTS, must_be_ours, nothing_logged, percent

MAJA = "maja-mentor"


def test_odd_fields_and_addresses_are_pages_of_ours_and_write_nothing(
    as_staff: Callable[..., Browser], youth: Callable[..., Youth], caplog: pytest.LogCaptureFixture
) -> None:
    ida = youth("Ida Demogaard", born_on=date(2006, 5, 1), events=[MilepaelenStarted(on=date(2026, 9, 1))])
    referral = ReferredToMilepaelen(on=date(2026, 11, 2), by=Party.UU, purpose=FreeText("x"))
    bo = youth("Bo Fiktivholm", born_on=date(2006, 5, 1), events=[referral])
    browser, number, goal = as_staff(MAJA, raising=False), ida.case_number, uuid4()
    forms = {
        "/milepaelen/fremmoede": ["command", "dag", f"m_{number}", f"v_{number}", "m_", "v_"],
        "/milepaelen/fremmoede/fortryd": ["dag", "gemt"],
        f"{ida.path}/milepaelen/samtale": ["command", "agreed", "on_day", "on_month", "next_on_year"],
        f"{ida.path}/milepaelen/maal": ["command", "part_of", "words-maal"],
        f"{ida.path}/milepaelen/maal/{goal}/ordlyd": ["command", f"words-ordlyd-{goal}"],
        f"{ida.path}/milepaelen/maal/{goal}/naaet": ["command"],
        f"{ida.path}/milepaelen/progression": ["command", "remark", "on_day", *FACTORS],
        f"{bo.path}/milepaelen/overtag": ["command", "handover", "first_day_day", "first_day_year"],
    }
    csrf, before = browser.csrf, ida.house.log.position()
    with nothing_logged(caplog, *(text for text in TEXTS.values() if len(text) > 3), ida.name, ida.cpr.digits):
        for path, names in forms.items():
            for name, text in TEXTS.items():
                answer = browser.post(path, data={"csrf": csrf} | dict.fromkeys(names, text))
                must_be_ours(answer, (path, name))
        for pattern in ("/milepaelen/fremmoede?dag={}&gemt={}", "/milepaelen/samtaler?uge={}"):
            for name, text in TEXTS.items():
                answer = browser.get(pattern.replace("{}", percent(text)[:20_000]))
                must_be_ours(answer, (pattern, name))
    assert ida.house.log.position() == before
