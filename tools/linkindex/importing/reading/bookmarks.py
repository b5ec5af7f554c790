"""Bookmarks of a browser ('Netscape bookmark file'), and lists of links on any saved page.

Folders and headings name the topic of what stands below them.
"""

from __future__ import annotations

import datetime
from html.parser import HTMLParser

from linkindex.importing.tables import Column, Row, Table, listed

_NOT_TEXT = frozenset({"script", "style", "title", "template", "noscript"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

FOLDER_SEPARATOR = " > "


def read(text: str) -> list[Table]:
    """One table with every link."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end_link()
    return [
        listed(reader.rows, Column.TITLE, Column.URL, Column.TOPIC, Column.SUMMARY, Column.ADDED)
    ]


class _Reader(HTMLParser):
    """Tags are counted and never matched: bookmark files close few of theirs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[Row] = []
        self._is_bookmarks = False
        self._folders: list[str] = []
        self._lists = 0
        self._headings: dict[int, str] = {}
        self._heading: int | None = None
        self._pending_folder = ""
        self._link: dict[str, str] | None = None
        self._words: list[str] = []
        self._description = False
        self._ignored = 0

    def handle_decl(self, decl: str) -> None:
        self._is_bookmarks |= "netscape-bookmark" in decl.lower()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _NOT_TEXT:
            self._ignored += 1
        elif tag == "a" and values.get("href"):
            self.end_link()
            self._link = values
            self._words = []
        elif tag in _HEADINGS:
            self.end_link()
            self._heading = int(tag[1])
            self._words = []
        elif tag == "dl":
            self._folders.append(self._pending_folder)
            self._pending_folder = ""
        elif tag == "dd":
            self._description = bool(self.rows)
            self._words = []
        elif tag in ("dt", "p", "li"):
            self._end_description()

    def handle_endtag(self, tag: str) -> None:
        if tag in _NOT_TEXT:
            self._ignored = max(0, self._ignored - 1)
        elif tag == "a":
            self.end_link()
        elif tag in _HEADINGS and self._heading is not None:
            self._end_heading()
        elif tag == "dl":
            self._end_description()
            if self._folders:
                self._folders.pop()

    def handle_data(self, data: str) -> None:
        if not self._ignored:
            self._words.append(data)

    def end_link(self) -> None:
        """Note the link that has begun, if one has."""
        self._end_description()
        if self._link is None:
            return
        href = self._link["href"].strip()
        if href.lower().startswith(("http:", "https:", "tel:", "mailto:", "www.")):
            self.rows.append(
                Row(
                    f"bookmark {len(self.rows) + 1}"
                    if self._is_bookmarks
                    else f"link {len(self.rows) + 1}",
                    (self._text(), href, self._topic(), "", _day(self._link.get("add_date", ""))),
                )
            )
        self._link = None
        self._words = []

    def _end_heading(self) -> None:
        assert self._heading is not None  # noqa: S101 - asked by the caller
        if self._is_bookmarks:
            self._pending_folder = self._text()
        else:
            kept = {level: text for level, text in self._headings.items() if level < self._heading}
            self._headings = {**kept, self._heading: self._text()}
        self._heading = None
        self._words = []

    def _end_description(self) -> None:
        if not self._description:
            return
        last = self.rows[-1]
        title, url, topic, _, added = last.cells
        self.rows[-1] = Row(last.place, (title, url, topic, self._text(), added))
        self._description = False
        self._words = []

    def _topic(self) -> str:
        names = self._folders if self._is_bookmarks else self._headings.values()
        return FOLDER_SEPARATOR.join(name for name in names if name)

    def _text(self) -> str:
        return " ".join("".join(self._words).split())


_EPOCH = datetime.date(1970, 1, 1)


def _day(seconds: str) -> str:
    """The day of a number of seconds since 1970; browsers have written other numbers, too."""
    try:
        return (_EPOCH + datetime.timedelta(seconds=int(seconds))).isoformat()
    except (ValueError, OverflowError):
        return ""
