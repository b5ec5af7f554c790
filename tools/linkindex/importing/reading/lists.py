"""Lists of links in Markdown, or in plain text with an address a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from linkindex.importing.reading.bookmarks import FOLDER_SEPARATOR
from linkindex.importing.tables import Column, Row, Table, listed

_BARE = re.compile(r"(?:https?://|www\.)[^\s<>\"]+[^\s<>\".,;:!?)\]]", re.IGNORECASE)
_STRUCTURED = re.compile(r"^\s{0,3}(?:#{1,6}\s|[-*+]\s|[0-9]+[.)]\s|\|)|\]\(", re.MULTILINE)
"""What plain text has not, whose lines each stand for themselves."""

_SAYS_NOTHING = re.compile(r"(?:and|or|also|see|see also|&)\W*", re.IGNORECASE)
_BETWEEN = re.compile(r"^[\s:.,;()\[\]–—-]+|[\s:(\[–—-]+$")
"""What stands between a link and what is said of it."""


def read(text: str) -> list[Table]:
    """One table with every link."""
    apart = 1 if _STRUCTURED.search(text) else 2
    text = text.replace("\n", "\n" * apart)
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    return [
        listed(list(_rows(tokens, apart)), Column.TITLE, Column.URL, Column.TOPIC, Column.SUMMARY)
    ]


def _rows(tokens: list[Token], apart: int) -> Iterator[Row]:
    """The links, of a text whose lines were set so many lines apart."""
    headings: dict[int, str] = {}
    level: int | None = None
    line = 0
    for token in tokens:
        line = token.map[0] // apart + 1 if token.map else line
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = None
        elif token.type == "inline":
            links = list(_links(token.children or []))
            if level is not None and not links:
                headings = {at: name for at, name in headings.items() if at < level}
                headings[level] = _plain(token.children or [])
            topic = FOLDER_SEPARATOR.join(headings.values())
            for title, address, about in links:
                yield Row(f"line {line}", (title, address, topic, about))


def _links(tokens: list[Token]) -> Iterator[tuple[str, str, str]]:
    """The title, address and surroundings of each link of a paragraph."""
    written = [(address, text) for address, text in _pieces(tokens) if text.strip()]
    found = [place for place, (address, _) in enumerate(written) if address]
    for number, place in enumerate(found):
        end = found[number + 1] if number + 1 < len(found) else len(written)
        address, title = written[place]
        about = _trimmed(" ".join(text for _, text in written[place + 1 : end]))
        before = _trimmed(" ".join(text for _, text in written[:place])) if number == 0 else ""
        if _BARE.fullmatch(title.strip()):
            # An address alone: what stands before it on the line is what it is called.
            title, before = (before, "") if before else ("", "")
        yield _trimmed(title), address, " ".join(filter(None, (before, about)))


def _pieces(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Texts, each with the address that it leads to, if any."""
    address = ""
    words: list[str] = []
    for token in tokens:
        if token.type == "link_open":
            address, words = str(token.attrGet("href") or ""), []
        elif token.type == "link_close":
            yield address, "".join(words)
            address = ""
        elif token.type in ("text", "code_inline"):
            if address:
                words.append(token.content)
            else:
                yield from _bare(token.content)
        elif token.type in ("softbreak", "hardbreak") and not address:
            yield "", " "


def _bare(text: str) -> Iterator[tuple[str, str]]:
    end = 0
    for match in _BARE.finditer(text):
        yield "", text[end : match.start()]
        yield match[0], match[0]
        end = match.end()
    yield "", text[end:]


def _plain(tokens: list[Token]) -> str:
    return _trimmed("".join(token.content for token in tokens if token.type == "text"))


def _trimmed(text: str) -> str:
    bare = _BETWEEN.sub("", " ".join(text.split()))
    if _SAYS_NOTHING.fullmatch(bare):
        return ""
    return bare.removesuffix(")") if bare.count(")") > bare.count("(") else bare
