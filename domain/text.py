"""Free text is a type of its own, because it may not go where codes and dates go."""

from typing import NewType

FreeText = NewType("FreeText", str)
"""Words somebody wrote: never in lists, search, logs, addresses or mail. At most 5,000 characters."""

NOTHING_WRITTEN = FreeText("")

MAX_FREE_TEXT = 5_000

StaffId = NewType("StaffId", str)
"""A member of staff as the municipality's own file calls them; never a name."""
