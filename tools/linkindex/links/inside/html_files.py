"""Reading the pages of a built site: what they link to and what can be linked to in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

_LINKING = frozenset({"href", "src", "poster", "data", "action", "xlink:href"})
_HINTS = frozenset({"preconnect", "dns-prefetch"})


@dataclass(frozen=True)
class Mention:
    """An address as a page writes it, and the line (from 1) on which its element begins."""

    address: str
    line: int


@dataclass
class HtmlFile:
    """What was read from one HTML file.

    :ivar begun: with what the fragments begin that a script of the page reads (``data-fragments``).
    """

    mentions: list[Mention] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    begun: set[str] = field(default_factory=set)
    base: str = ""


def read_html_file(file: Path) -> HtmlFile:
    """Read an HTML file. Never fails for what stands in it, for browsers do not either."""
    reader = _Reader()
    reader.feed(file.read_text(encoding="utf-8", errors="replace"))
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = HtmlFile()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value.strip() for name, value in attrs if value is not None}
        self.page.anchors.update(self._anchors(tag, values))
        self.page.begun.update(values.get("data-fragments", "").split())
        if tag == "base":
            self.page.base = self.page.base or values.get("href", "")
        elif tag == "meta":
            self._mention(_refresh(values))
        elif not (tag == "link" and _HINTS & set(values.get("rel", "").split())):
            for name in _LINKING & values.keys():
                self._mention(values[name])
            for candidate in values.get("srcset", "").split(","):
                self._mention(candidate.strip().partition(" ")[0])

    @staticmethod
    def _anchors(tag: str, values: dict[str, str]) -> set[str]:
        named = {values["id"]} if "id" in values else set()
        return named | ({values["name"]} if tag == "a" and "name" in values else set())

    def _mention(self, address: str) -> None:
        if address and not address.startswith("data:"):
            self.page.mentions.append(Mention(address, self.getpos()[0]))


def _refresh(values: dict[str, str]) -> str:
    if values.get("http-equiv", "").lower() != "refresh":
        return ""
    address = re.search(r"url\s*=\s*['\"]?([^'\"]+)", values.get("content", ""), re.IGNORECASE)
    return address[1].strip() if address else ""
