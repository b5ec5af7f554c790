"""LibreOffice spreadsheets (OpenDocument 1.3, part 3). ``content.xml`` is read by itself, since no
library that is kept up gives the addresses behind cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from linkindex.importing.reading.grid import tables_of
from linkindex.importing.reading.workbook import with_addresses_behind
from linkindex.importing.tables import Table

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"

_MOST_REPEATED = 50
"""Cells or rows that are written once and meant so often; more is the empty rest of the sheet."""


def read(data: bytes) -> list[Table]:
    """A table for each sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))
    sheets = list(root.iter(f"{_TABLE}table"))
    tables: list[Table] = []
    for sheet in sheets:
        name = sheet.get(f"{_TABLE}name", "")
        row_name = "row" if len(sheets) == 1 else f"sheet {name}, row"
        rows = with_addresses_behind(list(_rows(sheet)))
        tables += tables_of("" if len(sheets) == 1 else name, rows, row_name=row_name)
    return tables


def _rows(sheet: Element) -> Iterator[tuple[int, list[str], str]]:
    number = 1
    for row in sheet.iter(f"{_TABLE}table-row"):
        repeated = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        cells = _cells(row)
        behind = next((link.get(_HREF, "") for link in row.iter(f"{_TEXT}a")), "")
        for copy in range(repeated if repeated <= _MOST_REPEATED else 1):
            yield number + copy, cells, behind
        number += repeated


def _cells(row: Element) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        cells += [_text(cell)] * (repeated if repeated <= _MOST_REPEATED else 1)
    return cells


def _text(cell: Element) -> str:
    day = cell.get(f"{_OFFICE}date-value")
    if day:
        return day[:10]
    return "\n".join("".join(_written(part)) for part in cell.findall(f"{_TEXT}p"))


def _written(part: Element) -> Iterator[str]:
    """The text of a paragraph, with the spaces and line breaks that stand in it as elements."""
    yield part.text or ""
    for child in part:
        if child.tag == f"{_TEXT}s":
            yield " " * int(child.get(f"{_TEXT}c", "1"))
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        else:
            yield from _written(child)
        yield child.tail or ""
