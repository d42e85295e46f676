"""Excel files whose bytes are the same whenever they are written: no time of day gets into them."""

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_CORE = "docProps/core.xml"
_MADE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"


def write_workbook(path: Path, sheet: str, heading: list[object], rows: Iterable[list[object]]) -> None:
    """One sheet of this name. Rows are taken one at a time."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.append(heading)
    for row in rows:
        page.append([None if cell == "" else cell for cell in row])
    draft = path.with_name(path.name + ".draft")
    book.save(draft)
    with ZipFile(draft) as made, ZipFile(path, "w", ZIP_DEFLATED) as final:
        for part in made.infolist():
            same = ZipInfo(part.filename, date_time=_ANY_TIME.timetuple()[:6])
            same.compress_type = ZIP_DEFLATED
            if part.filename == _CORE:
                # The only part that says when and by what it was made; a workbook may be without it all.
                final.writestr(same, f'<cp:coreProperties xmlns:cp="{_MADE}"/>')
                continue
            with made.open(part) as source, final.open(same, "w") as target:
                shutil.copyfileobj(source, target)
    draft.unlink()
