"""The one place that reads the clock. Everywhere else time is an argument."""

from datetime import UTC, datetime


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this is the one place
