"""Free text is a type of its own, because it may not go where codes and dates go."""

from typing import NewType

FreeText = NewType("FreeText", str)
"""Words somebody wrote: never in lists, search, logs, addresses or mail. At most 5,000 characters."""

MAX_FREE_TEXT = 5_000
