"""The rows of which something could not be taken, as a table: what stood in them, and why."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Sequence
from pathlib import Path

from linkindex.cells import cell_text
from linkindex.importing.proposals import LeftOver

_NAME = "import-left-over"

_OWN = ("where", "why")


def free_path(folder: Path) -> Path:
    """A file that is not there yet: what earlier imports left may still be wanted."""
    names = itertools.chain([_NAME], (f"{_NAME}-{number}" for number in itertools.count(2)))
    return next(path for name in names if not (path := folder / f"{name}.csv").exists())


def as_csv(rows: Sequence[LeftOver]) -> bytes:
    """One line a row (UTF-8 with the mark by which Excel knows it)."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row.table.headings))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*_OWN, *map(cell_text, headings)])
    for left in rows:
        cells = dict(zip(left.table.headings, left.row.cells, strict=True))
        writer.writerow(
            [
                left.row.place,
                "; ".join(left.reasons),
                *(cell_text(cells.get(heading, "")) for heading in headings),
            ]
        )
    return out.getvalue().encode("utf-8-sig")
