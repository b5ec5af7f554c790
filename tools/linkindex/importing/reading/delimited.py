"""Tables with commas, semicolons, tabs or bars between their cells (RFC 4180 and its kin)."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from linkindex.importing.reading.grid import tables_of
from linkindex.importing.tables import Table

_DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 200
"""Rows that say which sign divides the cells."""

# A cell may hold a whole document that somebody pasted; it is refused later, and by name.
csv.field_size_limit(10_000_000)


class _Record(NamedTuple):
    """A row of the file: its cells, and why they are not sure; empty if they are."""

    cells: list[str]
    fault: str = ""


def read(text: str) -> list[Table]:
    """The table, whichever sign divides its cells."""
    records = dict(enumerate(_records(_without_sign(text), _delimiter(text)), start=1))
    return tables_of(
        "",
        [(number, record.cells) for number, record in records.items()],
        row_name="row",
        faults={number: record.fault for number, record in records.items() if record.fault},
    )


def has_columns(text: str) -> bool:
    """Whether a text is likelier a table than a list."""
    return _width(text, _delimiter(text)) > 1


def _without_sign(text: str) -> str:
    """The text without Excel's own first line, which names the sign and is no row."""
    return text.partition("\n")[2] if text[:4].lower() == "sep=" else text


def _records(text: str, delimiter: str) -> Iterator[_Record]:
    """The rows; where a quotation mark never closes, it alone is unsure, and not all after it."""
    lines = list(io.StringIO(text))
    widths: Counter[int] = Counter()
    start = 0
    while start < len(lines):
        rows = csv.reader(islice(lines, start, None), delimiter=delimiter, strict=True)
        read = 0
        try:
            for row in rows:
                read = rows.line_num
                widths[len(row)] += 1
                yield _Record(row)
            return
        except csv.Error:
            start += read
        sure, used = _leniently(lines, start, delimiter)
        if sure is not None:
            widths[len(sure)] += 1
            yield _Record(sure)
        else:
            width = widths.most_common(1)[0][0] if widths else 0
            used = 1 + _going_on(lines, start + 1, delimiter, width)
            yield _unsure("".join(lines[start : start + used]), delimiter, width)
        start += used


def _leniently(lines: Sequence[str], start: int, delimiter: str) -> tuple[list[str] | None, int]:
    """A row with signs behind a mark that closes, and its lines; no row if it stays open."""
    rows = csv.reader(islice(lines, start, None), delimiter=delimiter)
    row = next(rows)
    used = rows.line_num
    if used == 1 and not _stays_open(lines[start], delimiter):
        return row, used
    ends = re.escape(delimiter)
    neat = re.sub(rf'" +(?={ends}|\r?$)', '"', "".join(lines[start : start + used]), flags=re.M)
    try:
        return next(csv.reader(io.StringIO(neat), delimiter=delimiter, strict=True)), used
    except csv.Error:
        return None, used


def _stays_open(line: str, delimiter: str) -> bool:
    """Whether a line alone is no whole row, as one that opens a mark and does not close it."""
    rows = csv.reader([line.rstrip("\r\n") + "\n", "\n"], delimiter=delimiter)
    next(rows)
    return rows.line_num > 1


def _going_on(lines: Sequence[str], start: int, delimiter: str, width: int) -> int:
    """How many lines after an unsure row may belong to it: those that are no row of the table."""
    for count, line in enumerate(islice(lines, start, None)):
        if (
            _stays_open(line, delimiter)
            or len(next(csv.reader([line], delimiter=delimiter))) == width
        ):
            return count
    return len(lines) - start


def _unsure(text: str, delimiter: str, width: int) -> _Record:
    """A row as it is written, with what nobody can divide in its last cell."""
    after = text.count("\n", 0, -1)
    more = (
        f", nor of the {after} lines after it"
        if after > 1
        else ", nor of the line after it"
        if after
        else ""
    )
    return _Record(
        text.rstrip("\r\n").split(delimiter, max(width - 1, 0)) if width > 1 else [text],
        "a quotation mark is opened in this row and never closed, so nothing of it was taken"
        + more,
    )


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
    widths: Counter[int] = Counter()
    for record in _records(text[:400_000], delimiter):
        if not record.fault and any(cell.strip() for cell in record.cells):
            widths[len(record.cells)] += 1
        if widths.total() >= _LOOKED_AT:
            break
    return widths
