"""What the proxy understands of PostgreSQL's protocol, however its bytes are cut into blocks."""

from struct import pack

import pytest

from faults.wire import Statements, whole_answer

TLS_QUESTION = pack("!II", 8, 80_877_103)
START = pack("!IHH", 22, 3, 0) + b"user\0anna\0\0\0\0\0"


def message(kind: str, body: bytes) -> bytes:
    return kind.encode() + pack("!I", len(body) + 4) + body


SAID = b"".join(
    [
        TLS_QUESTION,
        START,
        message("Q", b"begin\0"),
        message("P", b"s1\0select log_append($1)\0\0\0"),
        message("B", b"\0s1\0\0\0\0\0"),
        message("S", b""),
        message("B", b"\0s1\0\0\0\0\0"),
        message("B", b"\0unknown\0\0\0\0\0"),
    ]
)


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_a_prepared_statement_is_known_each_time_it_is_executed(size: int) -> None:
    statements = Statements()
    found = [one for at in range(0, len(SAID), size) for one in statements.sent_in(SAID[at : at + size])]
    assert found == ["begin", "select log_append($1)", "select log_append($1)", ""]


def test_an_answer_is_whole_when_the_server_waits_again() -> None:
    answer = message("D", b"a row") + message("C", b"SELECT 1\0") + message("Z", b"I")
    assert whole_answer(answer)
    assert not any(whole_answer(answer[:length]) for length in range(len(answer)))
    assert not whole_answer(answer + message("D", b"the next row"))
