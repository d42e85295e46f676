"""A form that could not be saved: what was written is shown, and sent again it is saved once."""

import re
from html import unescape
from typing import Any

import pytest

from database import Role
from domain.events import GoalInOwnWords
from eventlog import Contended
from tests.api.test_recording import UU, entries, send, text_of

WORDS = "Jeg vil være tømrer,\nligesom min onkel."


def fields_of(page: Any) -> dict[str, str]:
    return {
        unescape(name): unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.text)
    }


def test_when_the_database_does_not_answer_what_was_written_is_kept_and_sent_again_once(
    as_staff: Any, youth: Any
) -> None:
    ida, uu = youth(), as_staff(UU)
    with ida.house.db.connection(Role.OWNER) as somebody:
        somebody.execute("select from log_head for update")
        answer = send(uu, ida, "goal-in-own-words", words=WORDS)
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert "Jeg vil være tømrer," in text_of(answer)
    assert entries(ida, GoalInOwnWords) == []

    for _ in range(2):
        again = uu.post(f"{ida.path}/haendelser/ny", data=fields_of(answer), headers={"origin": "http://127.0.0.1"})
        assert again.status_code in {200, 303}
    (goal,) = entries(ida, GoalInOwnWords)
    assert goal.event.words == WORDS


def test_when_others_kept_writing_both_can_be_read(as_staff: Any, youth: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ida, uu = youth(), as_staff(UU)

    def others_are_quicker(*_: Any, **__: Any) -> None:
        raise Contended("others kept writing to the same stream")

    with monkeypatch.context() as patch:
        patch.setattr(ida.house.log._appender, "append", others_are_quicker)
        answer = send(uu, ida, "goal-in-own-words", words=WORDS)
    assert answer.status_code == 409
    assert "Jeg vil være tømrer," in text_of(answer)
    assert f'href="{ida.path}">Se, hvad der står nu' in answer.text
    assert fields_of(answer)["words"].replace("\r\n", "\n") == WORDS


def test_a_page_that_was_only_read_keeps_nothing(as_staff: Any, youth: Any) -> None:
    ida, uu = youth(), as_staff(UU)
    with ida.house.db.connection(Role.OWNER) as somebody:
        somebody.execute("lock table worklist in access exclusive mode")
        answer = uu.get("/arbejdsliste")
    assert answer.status_code == 503
    assert "Send igen" not in answer.text
