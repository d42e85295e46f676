"""Writes the documents that are made from the code: events, rules, profiles, handovers. A test asks for it.

python tools/describe.py          write them
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.describe_events import events  # noqa: E402 - the project lies one folder up
from tools.describe_handovers import handovers  # noqa: E402
from tools.describe_profiles import profiles  # noqa: E402
from tools.describe_rules import rules  # noqa: E402


def main() -> None:
    """Write them."""
    (ROOT / "docs" / "events.md").write_text(events(), "utf-8")
    (ROOT / "docs" / "rules.md").write_text(rules(), "utf-8")
    (ROOT / "docs" / "profiler.md").write_text(profiles(), "utf-8")
    (ROOT / "docs" / "overlevering.md").write_text(handovers(), "utf-8")


if __name__ == "__main__":
    main()
