"""Reading what a page says of itself: its title, headings and words. Pure.

The parser of the standard library takes a minute for some pages of 256 KB (``<!--`` over and over)
and fails on others, so the markup is walked through here: once, from the beginning to the end.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_SILENT = frozenset({"script", "style", "template", "noscript", "svg", "iframe"})
_NAMES = frozenset({"og:title", "og:site_name", "twitter:title"})
_DESCRIPTIONS = frozenset({"description", "og:description"})
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)

_NOT_OF_THE_WEB = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})
"""Character sets of Python that no browser knows; a page can make the first two take minutes."""

_MARKUP = re.compile(r"<(?=[a-zA-Z/!?])")
_NAME = re.compile(r"[a-zA-Z][^\s/>]*+")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s>]*+)))?+"""
)
_TAG_END = re.compile(r"[\s/]*+>")
_RAW_ENDS = {
    name: re.compile(f"</(?={name}[\\s/>])", re.IGNORECASE | re.ASCII)
    for name in ("script", "style")
}
"""Where what is no markup ends."""

_LOADING = {
    **{"script": "src", "iframe": "src", "frame": "src", "embed": "src", "img": "src"},
    **{"link": "href", "form": "action"},
}
"""The tags by which a page loads or sends something, and the attribute that says where."""

_LEADS_ON = re.compile(
    r"""(?<!var )(?<!let )(?<!const )\blocation(?:\.href)?\s*=\s*["'`]([^"'`\s]{1,300})["'`]"""
    r"""|\blocation\.(?:replace|assign)\(\s*["'`]([^"'`\s]{1,300})["'`]""",
)
"""How a script sends its reader to another page."""

_IF = re.compile(r"\bif\b|\?|&&|\|\||\bcookie\b|\bnavigator\b|\bcase\b")
"""What a script says that sends only some of its readers, or tests them."""

_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,}|height\s*:\s*[01](?:px)?\s*[;\"]?[^}]{0,40}overflow\s*:\s*hidden",
    re.IGNORECASE,
)
"""Styles by which a page keeps words from its readers."""

_HIDERS = frozenset(
    {"a", "aside", "center", "div", "font", "footer", "ins", "marquee", "nav", "ol", "section"}
    | {"small", "span", "table", "ul"}
)
"""Tags that may hide words. Others hold nothing, need not be ended, or hold the whole page, which
some sites hide until it is drawn."""

_QUOTED = re.compile(r"""["'`][^"'`]{0,500}["'`]""")
"""What a script has in quotation marks, such as an address."""

MOST_TEXT = 60_000
"""Characters of a page's text that are kept: more would change no verdict."""

LONGEST_TITLE = 300
"""Characters of a title, a heading or a name that are kept."""

MOST_SOURCES, LONGEST_SOURCE = 60, 200
"""How many addresses that a page loads from are kept, and how many characters of each."""

SHORT_SCRIPT = 1_000
"""Characters; a page that shows nothing and whose scripts are no longer only leads on."""


@dataclass(frozen=True)
class PageText:
    """What a page says.

    ``names`` are what it calls itself and its site in its header, ``description`` what it says
    there of itself, and ``hidden`` the part of its text that it shows to nobody; ``sources`` are
    where it loads from or sends to, and ``refresh`` is the page that it leads on to by itself.
    """

    title: str = ""
    headings: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    text: str = ""
    hidden: str = ""
    description: str = ""
    language: str = ""
    scripts: int = 0
    password_asked: bool = False
    refresh: str = ""
    sources: tuple[str, ...] = ()


def read_text(html: str) -> PageText:
    """What stands in an HTML document. Never fails for what is in it, in a time linear in it."""
    reader = _Reader()
    reader.read(html)
    return reader.page()


_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
          (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
"""With which a text says what it is written in; browsers believe them before any header."""


_LONGEST_LETTER = 4
"""Bytes of it in any character set."""


def decoded(body: bytes, charset: str | None) -> str:
    """The body as text: as its mark says, else its header, else the page itself, else as UTF-8.

    A wrong or unknown character set spoils some letters and nothing else.
    """
    for mark, marked in _MARKS:
        if body.startswith(mark):
            return body.removeprefix(mark).decode(marked, errors="replace")
    declared = _CHARSET.search(body[:2048])
    named = declared[1].decode("ascii", "replace") if declared else ""
    if named.lower().startswith("utf-16"):
        named = ""  # a page whose header can be read byte by byte is written in something else
    for name in (charset, named, "utf-8"):
        if name:
            try:
                if codecs.lookup(name).name.replace("_", "-") not in _NOT_OF_THE_WEB:
                    return body.decode(name)
            except UnicodeDecodeError as error:
                if error.start >= len(body) - _LONGEST_LETTER:  # it was cut within a letter
                    return body[: error.start].decode(name, errors="replace")
            except (LookupError, UnicodeError, ValueError):
                continue
    return body.decode("cp1252", errors="replace")


@dataclass(frozen=True)
class _Tag:
    """A piece of markup: a tag that begins, one that ends, or neither (a comment)."""

    end: int
    begins: str = ""
    ends: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    is_whole: bool = False


def _tag_at(html: str, begin: int) -> _Tag | None:
    """The markup that begins here, or ``None`` where it never ends: browsers show nothing of it."""
    if html.startswith("<!--", begin):
        end = html.find("-->", begin + 2)
        return _Tag(end + 3) if end >= 0 else None
    if name := _NAME.match(html, begin + 1):
        return _beginning_tag(html, name)
    end = html.find(">", begin)
    ended = _NAME.match(html, begin + 2) if html.startswith("</", begin) else None
    return _Tag(end + 1, ends=ended[0].lower() if ended else "") if end >= 0 else None


def _beginning_tag(html: str, name: re.Match[str]) -> _Tag | None:
    found = []
    at = name.end()
    while attribute := _ATTRIBUTE.match(html, at):
        value = attribute[2] or attribute[3] or attribute[4] or ""
        found.append((attribute[1].lower(), unescape(value)))
        at = attribute.end()
    end = _TAG_END.match(html, at)
    if end is None:
        return None
    return _Tag(end.end(), name[0].lower(), "", tuple(found), "/" in end[0])


def _walk(html: str) -> Iterator[str | _Tag]:
    """The text and the tags of a document. Each of its letters is looked at a few times at most."""
    at = 0
    while begin := _MARKUP.search(html, at):
        if begin.start() > at:
            yield unescape(html[at : begin.start()])
        tag = _tag_at(html, begin.start())
        if tag is None:
            return
        yield tag
        at = tag.end
        if tag.begins in _RAW_ENDS and not tag.is_whole:
            ended = _RAW_ENDS[tag.begins].search(html, at)
            if ended is None:
                return
            yield html[at : min(ended.start(), at + SHORT_SCRIPT + 1)]
            at = ended.start()
    yield unescape(html[at:])


class _Reader:
    def __init__(self) -> None:
        self._silent: list[str] = []
        self._inside: str | None = None
        self._title: list[str] = []
        self._headings: list[str] = []
        self._names: list[str] = []
        self._descriptions: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self._language = ""
        self._scripts = 0
        self._password = False
        self._refresh = ""
        self._sources: list[str] = []
        self._hiding: list[str] = []
        self._hidden: list[str] = []
        self._script: list[str] = []
        self._script_length = 0

    def read(self, html: str) -> None:
        for part in _walk(html):
            if isinstance(part, str):
                self._take_text(part)
            elif part.begins:
                self._begin(part.begins, part.attributes)
            if isinstance(part, _Tag) and (ended := part.ends or (part.is_whole and part.begins)):
                self._end(ended)

    def page(self) -> PageText:
        return PageText(
            title=_one_line("".join(self._title))[:LONGEST_TITLE].rstrip(),
            headings=tuple(
                filter(None, (_one_line(text)[:LONGEST_TITLE] for text in self._headings))
            ),
            names=tuple(dict.fromkeys(filter(None, self._names))),
            text=_one_line(" ".join(self._text)),
            hidden=_one_line(" ".join(self._hidden)),
            description=" . ".join(dict.fromkeys(filter(None, self._descriptions))),
            language=self._language,
            scripts=self._scripts,
            password_asked=self._password,
            refresh=self._refresh or self._leads_on(),
            sources=tuple(dict.fromkeys(self._sources)),
        )

    def _begin(self, tag: str, attributes: tuple[tuple[str, str], ...]) -> None:
        values = {name: value.strip() for name, value in attributes}
        if tag == "html":
            self._language = values.get("lang", "").lower()[:20]
        elif tag == "script":
            self._scripts += 1
        elif tag == "meta" and "noscript" not in self._silent:
            self._meta(values)
        elif tag == "input" and values.get("type", "").lower() == "password":
            self._password = True
        if (source := values.get(_LOADING.get(tag, ""), "")) and len(self._sources) < MOST_SOURCES:
            self._sources.append(source[:LONGEST_SOURCE])
        hides = not self._hiding and tag in _HIDERS and _HIDDEN.search(values.get("style", ""))
        if hides or tag in self._hiding[-1:]:
            self._hiding.append(tag)
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag == "title" and not self._title:
            self._inside = "title"
        elif tag in ("h1", "h2") and len(self._headings) < 12:
            self._inside = "heading"
            self._headings.append("")

    def _end(self, tag: str) -> None:
        if self._hiding and tag == self._hiding[-1]:
            self._hiding.pop()
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()
        elif tag in ("title", "h1", "h2"):
            self._inside = None

    def _take_text(self, data: str) -> None:
        if self._silent and self._silent[-1] == "script":
            self._script_length += len(data)
            if self._script_length <= SHORT_SCRIPT:
                self._script.append(data)
        if self._silent or self._length > MOST_TEXT:
            return
        data = data[:MOST_TEXT]
        if self._inside == "title":
            self._title.append(data)
            return
        if self._inside == "heading" and len(self._headings[-1]) < LONGEST_TITLE:
            self._headings[-1] += f" {data}"
        if self._hiding:
            self._hidden.append(data)
        self._text.append(data)
        self._length += len(data)

    def _leads_on(self) -> str:
        if self._script_length > SHORT_SCRIPT or _one_line("".join(self._text)):
            return ""
        script = " ".join(self._script)
        found = _LEADS_ON.search(script)
        if found is None or _IF.search(_QUOTED.sub("", script)):
            return ""
        return found[1] or found[2]

    def _meta(self, values: dict[str, str]) -> None:
        name = (values.get("property") or values.get("name") or "").lower()
        if name in _NAMES:
            self._names.append(_one_line(values.get("content", ""))[:LONGEST_TITLE])
        elif name in _DESCRIPTIONS:
            self._descriptions.append(_one_line(values.get("content", ""))[:LONGEST_TITLE])
        if values.get("http-equiv", "").lower() == "refresh":
            found = re.search(r"url\s*=\s*['\"]?([^'\"]+)", values.get("content", ""), re.I)
            self._refresh = found[1].strip() if found else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
