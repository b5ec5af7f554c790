"""A grid of cells as a table: where its headings are, and which of its rows say something."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from linkindex.importing.tables import Row, Table

_ADDRESS = re.compile(r"(?:https?://|www\.)\S", re.IGNORECASE)
_BEFORE_HEADINGS = 12
"""Rows that may stand above the headings: what the sheet is called, and when it was made."""


def tables_of(
    name: str,
    rows: Sequence[tuple[int, Sequence[str]]],
    *,
    row_name: str,
    faults: Mapping[int, str] = MappingProxyType({}),
) -> list[Table]:
    """The table of a grid; none where it is empty.

    :param rows: each with its number in the file.
    :param row_name: what a row is called, such as ``row`` or ``sheet Helplines, row``.
    :param faults: why the cells of some rows are not sure, by number.
    """
    filled = [
        (number, [cell.strip() for cell in cells])
        for number, cells in rows
        if any(cell.strip() for cell in cells)
    ]
    if not filled:
        return []
    width = max(len(cells) for _, cells in filled)
    top = _headings_at([row for row in filled if row[0] not in faults])
    headings = filled[top][1] if top is not None else []
    named = tuple(
        (headings[place] if place < len(headings) else "") or f"column {place + 1}"
        for place in range(width)
    )
    return [
        Table(
            name,
            named,
            tuple(
                Row(
                    f"{row_name} {number}",
                    (*cells, *[""] * (width - len(cells))),
                    faults.get(number, ""),
                )
                for number, cells in filled[0 if top is None else top + 1 :]
            ),
        )
    ]


def _headings_at(rows: Sequence[tuple[int, Sequence[str]]]) -> int | None:
    """The first row with several short texts, most of them different, and no address among them."""
    for place, (_, cells) in enumerate(rows[:_BEFORE_HEADINGS]):
        texts = [cell for cell in cells if cell]
        if any(_ADDRESS.match(text) for text in texts):
            return None
        if (
            len(texts) > 1
            and len({text.casefold() for text in texts}) > max(1, len(texts) / 2)
            and all(len(text) <= 60 for text in texts)
        ):
            return place
    return None
