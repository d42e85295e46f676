"""As much of PostgreSQL's protocol as tells which statement is sent, and when an answer is whole."""

from struct import unpack_from

_LENGTH = 4  # bytes of a message's length, which counts itself
_VERSION_3 = b"\0\3"  # of a start; anything else before it (a question for TLS) is followed by another


class Statements:
    """Reads what a client sends, in blocks cut anywhere, and says which statements it asks for."""

    def __init__(self) -> None:
        self._rest = b""
        self._started = False
        self._prepared: dict[bytes, str] = {}

    def sent_in(self, block: bytes) -> list[str]:
        """The statements whose message ends in this block: simple ones, and prepared ones when they are executed."""
        self._rest += block
        found: list[str] = []
        while (message := self._next()) is not None:
            kind, body = message
            if kind == b"Q":
                found.append(body.rstrip(b"\0").decode(errors="replace"))
            elif kind == b"P":
                name, query, _ = body.split(b"\0", 2)
                self._prepared[name] = query.decode(errors="replace")
            elif kind == b"B":
                _, name, _ = body.split(b"\0", 2)
                found.append(self._prepared.get(name, ""))
        return found

    def _next(self) -> tuple[bytes, bytes] | None:
        head = 1 if self._started else 0
        if len(self._rest) < head + _LENGTH:
            return None
        (length,) = unpack_from("!I", self._rest, head)
        if len(self._rest) < head + length:
            return None
        message, self._rest = self._rest[: head + length], self._rest[head + length :]
        if not self._started:
            self._started = message[_LENGTH : _LENGTH + 2] == _VERSION_3
        return message[:head], message[head + _LENGTH :]


def whole_answer(answer: bytes) -> bool:
    """Whether these messages end with the server's waiting for the next statement."""
    at, kind = 0, b""
    while at + 1 + _LENGTH <= len(answer):
        kind = answer[at : at + 1]
        at += 1 + unpack_from("!I", answer, at + 1)[0]
    return kind in (b"Z", b"G") and at == len(answer)
