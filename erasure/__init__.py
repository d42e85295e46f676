"""Erasing a young person, or one group of what is known of them: decided by two people, and done for good.

The decision is a row of this room, the deed one transaction over the rooms below, and what must stay erased whatever
backup is restored a line in the ledger file beside the keys. docs/decisions/0012-erasure.md says why.
"""

from importlib.resources import files

from erasure.carrying_out import Eraser
from erasure.grounds import Archive, Ground
from erasure.intents import Intents
from erasure.refusals import ErasureRefused, ErasureStuck

__all__ = ["Archive", "Eraser", "ErasureRefused", "ErasureStuck", "Ground", "Intents", "schema"]


def schema() -> str:
    """The SQL of this room, for whoever installs several rooms at once."""
    return files("erasure").joinpath("schema.sql").read_text("utf-8")
