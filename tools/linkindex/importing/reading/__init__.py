"""From the bytes of a file to tables. Each format is a module with a function ``read``.

The format is told by what the file holds, and by its name only where several would do.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import PurePath

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import on_one_line
from linkindex.importing.reading import (
    bookmarks,
    delimited,
    document,
    json_data,
    lists,
    open_document,
    outline,
    workbook,
)
from linkindex.importing.reading.text import decoded
from linkindex.importing.tables import Table

LARGEST = 100_000_000
"""Bytes of a file, and of what is packed in it, that are read: 20,000 links take a tenth of it."""

FORMATS = (
    "CSV, Excel (.xlsx), LibreOffice (.ods), browser bookmarks (.html), OPML, Word (.docx), Open "
    "Referral (.json) or a list in Markdown"
)


def read(data: bytes, name: str) -> tuple[Table, ...]:
    """The tables of a file; those without a row are left out.

    :param name: of the file, with its ending.
    :raises LinkIndexError: when nothing can be read from it.
    """
    shown = on_one_line(name)
    if len(data) > LARGEST:
        raise LinkIndexError(f"{shown}: this file is too large to be read; divide it")
    if not data.strip(b"\0\t\r\n \xef\xbb\xbf"):
        raise LinkIndexError(f"{shown}: this file is empty; choose another")
    try:
        tables = _packed(data) if data.startswith(b"PK") else _as_text(data, name)
    except _UnfitError as error:
        raise LinkIndexError(f"{shown}: {error}") from None
    except Exception as error:  # a library's fault at what is no such file is said in our words
        raise LinkIndexError(
            f"{shown}: this cannot be read ({type(error).__name__}); open it in the program that "
            f"made it, and save it anew as {FORMATS}"
        ) from error
    found = tuple(table for table in tables if table.rows)
    if not found:
        raise LinkIndexError(f"{shown}: no links and no rows were found in it; choose another file")
    return found


class _UnfitError(Exception):
    """Why a file is none of the formats."""


def _packed(data: bytes) -> Sequence[Table]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
            raise _UnfitError("too much is packed in this file for it to be read; divide it")
        names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return workbook.read(data)
    if "word/document.xml" in names:
        return document.read(data)
    if "content.xml" in names:
        return open_document.read(data)
    raise _UnfitError(f"this is no format that can be read; save it as {FORMATS}")


def _as_text(data: bytes, name: str) -> Sequence[Table]:
    for beginning, remedy in _OLD.items():
        if data.startswith(beginning):
            raise _UnfitError(remedy)
    text = decoded(data)
    if "\0" in text:
        raise _UnfitError(f"this is no format that can be read; save it as {FORMATS}")
    return _reader(text, PurePath(name).suffix.lower())(text)


def _reader(text: str, suffix: str) -> Callable[[str], Sequence[Table]]:
    beginning = text.lstrip()[:2000].lower()
    if suffix in (".csv", ".tsv", ".tab"):
        return delimited.read
    if beginning.startswith(("{", "[{")):
        return json_data.read
    if "<opml" in beginning:
        return outline.read
    if "netscape-bookmark" in beginning or "<a " in beginning or "<html" in beginning:
        return bookmarks.read
    if beginning.startswith("<"):
        raise _UnfitError(f"this is no format that can be read; save it as {FORMATS}")
    if suffix not in (".md", ".markdown") and delimited.has_columns(text):
        return delimited.read
    return lists.read


_OLD = {
    b"\xd0\xcf\x11\xe0": "this is a file of an old Office; open it, and save it as .xlsx or .docx",
    b"%PDF": "this is a PDF file, whose links have no order; save what it was made from",
    b"{\\rtf": "this is an RTF file; open it, and save it as .docx",
}
"""How files begin that cannot be read, and what to do about each."""
