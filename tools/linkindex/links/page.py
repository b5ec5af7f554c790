"""Reading what a page says of itself: its title, headings and words. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

_SILENT = frozenset({"script", "style", "template", "noscript", "svg", "iframe"})
_NAMES = frozenset({"og:title", "og:site_name", "description", "og:description", "twitter:title"})
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)

MOST_TEXT = 60_000
"""Characters of a page's text that are kept: more would change no verdict."""


@dataclass(frozen=True)
class PageText:
    """What a page says. ``names`` are what it calls itself and its site in its header."""

    title: str = ""
    headings: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    text: str = ""
    language: str = ""
    scripts: int = 0
    password_asked: bool = False
    refresh: str = ""


def read_text(html: str) -> PageText:
    """What stands in an HTML document. Never fails for what is in it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page()


def decoded(body: bytes, charset: str | None) -> str:
    """The body as text, in the character set of the header, else of the page, else UTF-8.

    A wrong or unknown character set spoils some letters and nothing else.
    """
    declared = _CHARSET.search(body[:2048])
    for name in (charset, declared[1].decode("ascii", "replace") if declared else None, "utf-8"):
        if name:
            try:
                return body.decode(name)
            except (LookupError, UnicodeError, ValueError):
                continue
    return body.decode("cp1252", errors="replace")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._silent: list[str] = []
        self._inside: str | None = None
        self._title: list[str] = []
        self._headings: list[str] = []
        self._names: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self._language = ""
        self._scripts = 0
        self._password = False
        self._refresh = ""

    def page(self) -> PageText:
        return PageText(
            title=_one_line("".join(self._title))[:300],
            headings=tuple(filter(None, (_one_line(text)[:300] for text in self._headings))),
            names=tuple(dict.fromkeys(filter(None, self._names))),
            text=_one_line(" ".join(self._text)),
            language=self._language,
            scripts=self._scripts,
            password_asked=self._password,
            refresh=self._refresh,
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: (value or "").strip() for name, value in attrs}
        if tag == "html":
            self._language = values.get("lang", "").lower()[:20]
        elif tag == "script":
            self._scripts += 1
        elif tag == "meta":
            self._meta(values)
        elif tag == "input" and values.get("type", "").lower() == "password":
            self._password = True
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag == "title" and not self._title:
            self._inside = "title"
        elif tag in ("h1", "h2") and len(self._headings) < 12:
            self._inside = "heading"
            self._headings.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _SILENT:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()
        elif tag in ("title", "h1", "h2"):
            self._inside = None

    def handle_data(self, data: str) -> None:
        if self._silent or self._length > MOST_TEXT:
            return
        if self._inside == "title":
            self._title.append(data)
            return
        if self._inside == "heading":
            self._headings[-1] += f" {data}"
        self._text.append(data)
        self._length += len(data)

    def _meta(self, values: dict[str, str]) -> None:
        name = (values.get("property") or values.get("name") or "").lower()
        if name in _NAMES:
            self._names.append(_one_line(values.get("content", ""))[:300])
        if values.get("http-equiv", "").lower() == "refresh":
            found = re.search(r"url\s*=\s*['\"]?([^'\"]+)", values.get("content", ""), re.I)
            self._refresh = found[1].strip() if found else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
