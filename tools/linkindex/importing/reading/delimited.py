"""Tables with commas, semicolons, tabs or bars between their cells (RFC 4180 and its kin)."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from linkindex.importing.reading.grid import tables_of
from linkindex.importing.tables import Table

_DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 200
"""Rows that say which sign divides the cells."""

# A cell may hold a whole document that somebody pasted; it is refused later, and by name.
csv.field_size_limit(10_000_000)


def read(text: str) -> list[Table]:
    """The table, whichever sign divides its cells."""
    rows = list(_numbered_rows(text, _delimiter(text)))
    return tables_of("", rows, row_name="row")


def has_columns(text: str) -> bool:
    """Whether a text is likelier a table than a list."""
    return _width(text, _delimiter(text)) > 1


def _numbered_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    # Excel's own first line, which names the sign and is no row.
    if text[:4].lower() == "sep=":
        text = text.partition("\n")[2]
    yield from enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1)


def _delimiter(text: str) -> str:
    if text[:4].lower() == "sep=" and text[4:5] in _DELIMITERS:
        return text[4]
    return max(_DELIMITERS, key=lambda sign: _agreement(text, sign))


def _agreement(text: str, delimiter: str) -> tuple[float, int]:
    """How many of the rows have as many cells as most, if that is more than one."""
    widths = _widths(text, delimiter)
    width, rows = widths.most_common(1)[0] if widths else (1, 0)
    return (rows / widths.total(), width) if width > 1 else (0.0, 0)


def _width(text: str, delimiter: str) -> int:
    agreeing, width = _agreement(text, delimiter)
    return width if agreeing > 0.6 else 1


def _widths(text: str, delimiter: str) -> Counter[int]:
    rows = csv.reader(io.StringIO(text[:400_000]), delimiter=delimiter)
    widths: Counter[int] = Counter()
    for row in rows:
        if any(cell.strip() for cell in row):
            widths[len(row)] += 1
        if widths.total() >= _LOOKED_AT:
            break
    return widths
