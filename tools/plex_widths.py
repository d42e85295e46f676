"""Write static/plex-widths.toml: how wide each letter of IBM Plex Sans is.

The timeline must know the width of a label before it draws it. The widths only change with the
font, so they are kept, and fontTools stays out of the service:

    python -m venv /tmp/fonts && /tmp/fonts/bin/pip install fonttools brotli
    /tmp/fonts/bin/python tools/plex_widths.py
"""

import json
from collections import defaultdict
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-not-found]  # see above

STATIC = Path(__file__).parent.parent / "static"
FACES = {"regular": "IBMPlexSans-Regular-Latin1.woff2", "semibold": "IBMPlexSans-SemiBold-Latin1.woff2"}
LATIN_1 = range(0x20, 0x100)
ALSO = "–—’“”„…•€"
HEAD = """\
# Advance widths of IBM Plex Sans, in thousandths of the text size: width = the letters that wide.
# Written by tools/plex_widths.py from the fonts in static/vendor.
"""


def table(face: str, file: str) -> str:
    font = TTFont(STATIC / "vendor" / file)
    thousandth = font["head"].unitsPerEm / 1000
    letters = defaultdict(str)
    for code, glyph in sorted(font.getBestCmap().items()):
        if (code in LATIN_1 or chr(code) in ALSO) and chr(code).isprintable():
            letters[round(font["hmtx"][glyph][0] / thousandth)] += chr(code)
    rows = [f"{width} = {json.dumps(text, ensure_ascii=False)}" for width, text in sorted(letters.items())]
    return "\n".join(["", f"[{face}]", *rows, ""])


def main() -> None:
    text = HEAD + "".join(table(face, file) for face, file in FACES.items())
    (STATIC / "plex-widths.toml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
