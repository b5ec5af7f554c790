"""Excel workbooks. Addresses that stand behind cells, as hyperlinks, get their own column."""

from __future__ import annotations

import datetime
import io
import warnings
from collections.abc import Iterator
from typing import Any

import openpyxl

from linkindex.importing.reading.grid import tables_of
from linkindex.importing.tables import Table

BEHIND = "address behind the text"
"""The heading of the addresses that cells lead to and do not show."""


def read(data: bytes) -> list[Table]:
    """A table for each sheet that can be seen."""
    with warnings.catch_warnings():
        # It warns of what it leaves out, such as pictures and lists to choose from.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    tables: list[Table] = []
    for sheet in sheets:
        row_name = "row" if len(sheets) == 1 else f"sheet {sheet.title}, row"
        rows = with_addresses_behind(list(_rows(sheet)))
        tables += tables_of("" if len(sheets) == 1 else sheet.title, rows, row_name=row_name)
    return tables


def _rows(sheet: Any) -> Iterator[tuple[int, list[str], str]]:
    """Each row with its number, its texts, and the address behind one of them."""
    for row in sheet.iter_rows():
        behind = next(
            (
                f"{cell.hyperlink.target}{_fragment(cell.hyperlink.location)}"
                for cell in row
                if cell.hyperlink is not None and cell.hyperlink.target
            ),
            "",
        )
        yield row[0].row, [_text(cell.value) for cell in row], behind


def _fragment(location: str | None) -> str:
    return f"#{location}" if location else ""


def with_addresses_behind(
    rows: list[tuple[int, list[str], str]],
) -> list[tuple[int, list[str]]]:
    """The rows with one column more if cells lead to addresses that no cell shows."""
    rows = [(number, _without_end(cells), behind) for number, cells, behind in rows]
    hidden = [
        behind if behind and behind.rstrip("/") not in {cell.rstrip("/") for cell in cells} else ""
        for _, cells, behind in rows
    ]
    if not any(hidden):
        return [(number, cells) for number, cells, _ in rows]
    width = max(len(cells) for _, cells, _ in rows)
    heading = _heading_row(rows)
    return [
        (
            number,
            [*cells, *[""] * (width - len(cells)), BEHIND if place == heading else address],
        )
        for place, ((number, cells, _), address) in enumerate(zip(rows, hidden, strict=True))
    ]


def _without_end(cells: list[str]) -> list[str]:
    """The cells without the empty ones at the end, of which some programs write thousands."""
    filled = max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    return cells[:filled]


def _heading_row(rows: list[tuple[int, list[str], str]]) -> int | None:
    """The last row with several texts above the first that leads to an address."""
    first = next(place for place, (_, _, behind) in enumerate(rows) if behind)
    above = (
        place
        for place in range(first - 1, -1, -1)
        if sum(bool(cell.strip()) for cell in rows[place][1]) > 1
    )
    return next(above, None)


def _text(value: object) -> str:
    """A cell as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
