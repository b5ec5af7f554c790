"""Everything that an index says of its links, for a spreadsheet or another program, and back again.

Unlike what a site publishes, it names what is sensitive and what editors keep to themselves, so it
is written where a person asks for it and stands on no page.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from linkindex.catalogue import Catalogue
from linkindex.cells import cell_text
from linkindex.importing.cleaning import Value
from linkindex.importing.tables import Column
from linkindex.importing.written import value_of

COLUMNS = tuple(column for column in Column if column is not Column.OUR_PAGE)
"""What is written of each link, in this order."""


def as_csv(catalogue: Catalogue) -> bytes:
    """One row a link (RFC 4180, UTF-8 with the mark by which Excel knows it)."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for row in _rows(catalogue):
        writer.writerow([cell_text(cell) for cell in row])
    return table.getvalue().encode("utf-8-sig")


def as_workbook(catalogue: Catalogue) -> bytes:
    """An Excel workbook in which every cell is text, so that no number loses its first zero."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Links")
    sheet.freeze_panes = "D2"
    heads = []
    for column in COLUMNS:
        head = WriteOnlyCell(sheet, value=str(column))
        head.font = Font(bold=True)
        heads.append(head)
    sheet.append(heads)
    for row in _rows(catalogue):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=text)
            # Said once more, since a text that begins with `=` is taken for a formula.
            cell.data_type, cell.number_format = "s", "@"
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_json(catalogue: Catalogue) -> bytes:
    """A list of links, each with the keys that it has."""
    links = [
        {
            column.value: value if isinstance(value, str) else list(value)
            for column in COLUMNS
            if (value := value_of(link, column, catalogue))
        }
        for category in catalogue.categories
        for link in category.resources
    ]
    return json.dumps({"links": links}, ensure_ascii=False, indent=2).encode() + b"\n"


def _rows(catalogue: Catalogue) -> list[list[str]]:
    return [
        [_as_cell(column, value_of(link, column, catalogue)) for column in COLUMNS]
        for category in catalogue.categories
        for link in category.resources
    ]


def _as_cell(column: Column, value: Value) -> str:
    if isinstance(value, str):
        return value
    return (", " if column in _WORDS else "\n").join(value)


_WORDS = frozenset(
    {Column.AUDIENCES, Column.NATIONS, Column.LANGUAGE, Column.ACCESSIBLE_AS, Column.ALSO_IN}
)
"""Lists whose entries hold no comma."""

WRITERS: Mapping[str, Callable[[Catalogue], bytes]] = {
    ".csv": as_csv,
    ".xlsx": as_workbook,
    ".json": as_json,
}
"""What writes a file, by its ending."""
