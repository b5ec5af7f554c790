"""Outlines (OPML 2.0): what stands below an outline has it as its topic."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from linkindex.importing.reading.bookmarks import FOLDER_SEPARATOR
from linkindex.importing.tables import Column, Row, Table, listed

_ADDRESSES = ("url", "htmlUrl", "xmlUrl", "href")
_DEEPEST = 60
"""Levels of outlines that are followed."""


def read(text: str) -> list[Table]:
    """One table with every outline that leads somewhere."""
    body = ElementTree.fromstring(_without_declaration(text)).find("body")
    found = enumerate([] if body is None else _links(body, ()), start=1)
    rows = [Row(f"outline {number}", cells) for number, cells in found]
    return [listed(rows, Column.TITLE, Column.URL, Column.TOPIC, Column.SUMMARY)]


def _links(parent: Element, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for outline in parent.findall("outline"):
        name = outline.get("title") or outline.get("text") or ""
        address = next((value for key in _ADDRESSES if (value := outline.get(key))), "")
        below = outline.findall("outline")
        if address and not below:
            about = outline.get("description") or outline.get("_note") or ""
            yield name, address, FOLDER_SEPARATOR.join(above), about
        if below and len(above) < _DEEPEST:
            yield from _links(outline, (*above, name))


def _without_declaration(text: str) -> str:
    """The text without what it says of its encoding, which holds no more once it is text."""
    text = text.lstrip()
    return text.partition("?>")[2] if text.startswith("<?xml") else text
