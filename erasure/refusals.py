"""What an erasure is refused with."""

from erasure.words import REFUSALS


class ErasureRefused(Exception):  # noqa: N818 - an answer, not an error
    """It may not be done, for these reasons: codes of `erasure.words.REFUSALS`. Nothing was changed."""

    def __init__(self, *reasons: str) -> None:
        unknown = [reason for reason in reasons if reason not in REFUSALS]
        if unknown or not reasons:
            raise ValueError(f"undeclared reasons {unknown}")
        super().__init__(", ".join(reasons))
        self.reasons = reasons

    @property
    def text(self) -> str:
        """The reasons in Danish."""
        return " ".join(REFUSALS[reason] for reason in self.reasons)


class ErasureStuck(Exception):  # noqa: N818 - the program refuses to start
    """An erasure that was begun cannot be finished now. The text says what to do, in Danish."""
