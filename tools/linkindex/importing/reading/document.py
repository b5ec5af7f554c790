"""Word documents: the links of their paragraphs and tables, under their headings."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import docx

from linkindex.importing.reading.bookmarks import FOLDER_SEPARATOR
from linkindex.importing.tables import Column, Row, Table, listed

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_FIELD = re.compile(r'HYPERLINK\s+"([^"]+)"')
_HEADING = re.compile(r"heading\s*(\d)", re.IGNORECASE)
_BARE = re.compile(r"(?:https?://|www\.)[^\s<>\"]+[^\s<>\".,;:!?)\]]", re.IGNORECASE)
_SAYS_NOTHING = re.compile(
    r"(?:please\s+)?(?:click\s+|see\s+|read\s+|find\s+out\s+)?"
    r"(?:here|more|link|this link|website|web ?page|this (?:page|website)|more information)\W*",
    re.IGNORECASE,
)
"""The text of a link that names nothing."""


def read(data: bytes) -> list[Table]:
    """One table with every link of the document, in its order."""
    document = docx.Document(io.BytesIO(data))
    styles = {style.style_id: style.name or "" for style in document.styles}
    targets = {
        name: relation.target_ref
        for name, relation in document.part.rels.items()
        if relation.is_external
    }
    rows = list(_rows(document.element.body, styles, targets))
    return [listed(rows, Column.TITLE, Column.URL, Column.TOPIC, Column.SUMMARY)]


def _rows(body: Any, styles: dict[str, str], targets: dict[str, str]) -> Iterator[Row]:
    headings: dict[int, str] = {}
    for number, paragraph in enumerate(body.iter(f"{_W}p"), start=1):
        text = " ".join("".join(_texts(paragraph)).split())
        level = _level(paragraph, styles)
        links = list(_links(paragraph, targets))
        if level is not None and text:
            headings = {at: name for at, name in headings.items() if at < level}
            headings[level] = text
        for title, address in links:
            says_something = not _BARE.fullmatch(title) and not _SAYS_NOTHING.fullmatch(title)
            about = _without(text, title, address)
            named = title if says_something else about if len(about) <= 80 else ""
            topic = FOLDER_SEPARATOR.join(headings.values())
            yield Row(
                f"paragraph {number}",
                (named, address, topic, "" if about == named else about),
            )


def _level(paragraph: Any, styles: dict[str, str]) -> int | None:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = styles.get(style.get(f"{_W}val"), "") if style is not None else ""
    if name.lower() == "title":
        return 0
    match = _HEADING.match(name)
    if match:
        return int(match[1])
    outline = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    return int(outline.get(f"{_W}val")) + 1 if outline is not None else None


def _links(paragraph: Any, targets: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The text and address of each link, whichever of Word's three ways it is written in."""
    found: list[str] = []
    for link in paragraph.iter(f"{_W}hyperlink"):
        address = targets.get(link.get(f"{_R}id"), "")
        anchor = link.get(f"{_W}anchor")
        if address:
            found.append(address)
            text = " ".join("".join(_texts(link)).split())
            yield text, f"{address}#{anchor}" if anchor and "#" not in address else address
    for instruction in paragraph.iter(f"{_W}instrText"):
        field = _FIELD.search(instruction.text or "")
        if field:
            found.append(field[1])
            yield " ".join("".join(_shown_by_field(instruction)).split()), field[1]
    if not found:
        for match in _BARE.finditer("".join(_texts(paragraph))):
            yield match[0], match[0]


def _texts(part: Any) -> Iterator[str]:
    for element in part.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        yield element.text or " " if element.tag == f"{_W}t" else " "


def _shown_by_field(instruction: Any) -> Iterator[str]:
    """What stands between the middle and the end of a field."""
    run = instruction.getparent()
    is_shown = False
    for following in run.itersiblings():
        sign = following.find(f"{_W}fldChar")
        kind = sign.get(f"{_W}fldCharType") if sign is not None else None
        if kind == "end":
            return
        if is_shown:
            yield from _texts(following)
        is_shown = is_shown or kind == "separate"


def _without(text: str, title: str, address: str) -> str:
    """What a paragraph says beside its link."""
    for part in (title, address):
        text = text.replace(part, " ", 1) if part else text
    return re.sub(r"^[\s:.,;()–—-]+|[\s:(–—-]+$", "", " ".join(text.split()))
