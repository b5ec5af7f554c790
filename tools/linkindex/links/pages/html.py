"""Reading what a page says of itself: its title, headings and words. Pure.

The parser of the standard library takes a minute for some pages of 256 KB (``<!--`` over and over)
and fails on others, so the markup is walked through here: once, from the beginning to the end.
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

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
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*[01](?:px)?\s*(?:[;!]|$)|opacity\s*:\s*0(?![.\d])"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,}|height\s*:\s*[01](?:px)?\s*[;\"]?[^}]{0,40}overflow\s*:\s*hidden"
    r"|overflow\s*:\s*hidden\s*;[^}]{0,40}height\s*:\s*[01](?:px)?\s*(?:[;!]|$)",
    re.IGNORECASE,
)
"""Styles by which a page keeps words from its readers."""

_MOST_HIDDEN = 60
"""Styles that hide something of which account is taken."""

_STYLED = re.compile(r"[a-z]{0,8}([.#][\w-]{1,60})", re.IGNORECASE)
"""The one class or name for which a style of the page's own is."""

_SAID_TO_READERS_ALOUD = re.compile(r"sr-only|screen-?reader|visually-?hidden|skip", re.IGNORECASE)
"""Classes of words that are shown to nobody and meant for those whom a program reads to."""

_HIDERS = frozenset(
    {"a", "article", "aside", "center", "div", "font", "footer", "form", "header", "ins", "main"}
    | {"marquee", "nav", "ol", "section", "small", "span", "table", "ul"}
)
"""Tags that may hide words. Others hold nothing, need not be ended, or hold the whole page, which
some sites hide until it is drawn."""

_IN_LINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em"}
    | {"font", "i", "img", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike"}
    | {"strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)
"""Tags within a paragraph. All others begin or end one."""

_BESIDE = frozenset({"nav", "footer", "aside"})
_BESIDE_BY_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|mega\w*|foot(?:er)?|site-?footer|sidebar|widgets?|cookies?|consent|banner"
    r"|breadcrumbs?|crumbs?|related|recent|share|sharing|social|skip\w*|search\w*|login\w*|toolbar|topbar"
    r"|pagination|pager|comments?|tags?|gdpr|latest)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Tags, and names of divisions, of what stands around the text of a page."""

_ADVERTS_BY_NAME = re.compile(
    r"(?:^|[\s_-])(?:adsbygoogle|google_ads\w*|gpt-ad\w*|dfp-\w+|taboola\w*|outbrain\w*|ob-widget|mgid"
    r"|revcontent|criteo|ad-slot|adslot|ad-unit|mpu)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Names of divisions that a site lets to a network of advertisers: what these say, others say."""

_LONGEST_IN_A_MENU = 8
"""Words; a line that is all link and no longer is one of a menu."""

_QUOTED = re.compile(r"""["'`][^"'`]{0,500}["'`]""")
"""What a script has in quotation marks, such as an address."""

MOST_TEXT = 60_000
"""Characters of a page's text that are kept: more would change no verdict."""

LONGEST_TITLE = 300
"""Characters of a title, a heading or a name that are kept."""

MOST_SOURCES, LONGEST_SOURCE = 60, 200
"""How many addresses that a page loads from are kept, and how many characters of each."""

MOST_LINKS = 400
"""How many links of a page are kept."""

MOST_STYLES = 60_000
"""Characters of the styles of a page that are read."""

_FEWEST_SHOWN = 25
"""Words; a page that shows fewer and holds much more is one that a script draws."""

_MUCH_MORE = 3

SHORT_SCRIPT = 1_000
"""Characters; a page that shows nothing and whose scripts are no longer only leads on."""


class PageLink(NamedTuple):
    """Where a link of a page leads, as it is written there, and its words."""

    address: str
    text: str


@dataclass(frozen=True)
class PageText:
    """What a page says.

    ``names`` are what it calls itself and its site in its header, and ``description`` what it says
    there of itself. ``text`` is what it shows, which ``blocks`` has by paragraph, line of a list
    and the like; ``main`` are those of them that are not menus, footers or beside the point, and
    ``hidden`` is what it shows to nobody. ``links`` are where it leads when somebody follows it,
    ``sources`` where it loads from or sends to, and ``refresh`` is the page that it leads on to by
    itself.
    """

    title: str = ""
    headings: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    text: str = ""
    blocks: tuple[str, ...] = ()
    main: tuple[str, ...] = ()
    links: tuple[PageLink, ...] = ()
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
            most = MOST_STYLES if tag.begins == "style" else SHORT_SCRIPT + 1
            yield html[at : min(ended.start(), at + most)]
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
        self._blocks: list[str] = []
        self._main: list[str] = []
        self._block: list[str] = []
        self._linked = 0
        self._beside: list[str] = []
        self._let: list[str] = []
        self._length = 0
        self._language = ""
        self._scripts = 0
        self._password = False
        self._refresh = ""
        self._sources: list[str] = []
        self._links: list[PageLink] = []
        self._link: str | None = None
        self._link_text: list[str] = []
        self._hiding: list[str] = []
        self._hidden: list[str] = []
        self._hidden_styles: set[str] = set()
        self._script: list[str] = []
        self._script_length = 0

    def read(self, html: str) -> None:
        for part in _walk(html):
            if isinstance(part, str):
                self._take_text(part)
                continue
            if part.begins:
                self._begin(part.begins, part.attributes)
            if ended := part.ends or (part.is_whole and part.begins):
                self._end(ended)

    def page(self) -> PageText:
        self._end_block()
        self._end_link()
        text, hidden = _one_line(" ".join(self._blocks)), _one_line(" ".join(self._hidden))
        blocks = tuple(self._blocks)
        if len(text.split()) < _FEWEST_SHOWN and len(hidden) > _MUCH_MORE * len(text):
            text, blocks, hidden = f"{text} {hidden}".strip(), (*blocks, hidden), ""
        return PageText(
            title=_one_line("".join(self._title))[:LONGEST_TITLE].rstrip(),
            headings=tuple(
                filter(None, (_one_line(text)[:LONGEST_TITLE] for text in self._headings))
            ),
            names=tuple(dict.fromkeys(filter(None, self._names))),
            text=text,
            blocks=blocks,
            main=tuple(self._main),
            links=tuple(self._links),
            hidden=hidden,
            description=" . ".join(dict.fromkeys(filter(None, self._descriptions))),
            language=self._language,
            scripts=self._scripts,
            password_asked=self._password,
            refresh=self._refresh or self._leads_on(),
            sources=tuple(dict.fromkeys(self._sources)),
        )

    def _begin(self, tag: str, attributes: tuple[tuple[str, str], ...]) -> None:
        values = {name: value.strip() for name, value in attributes}
        if tag not in _IN_LINE:
            self._end_block()
        if tag == "html":
            self._language = values.get("lang", "").lower()[:20]
        elif tag == "script":
            self._scripts += 1
        elif tag == "meta" and "noscript" not in self._silent:
            self._meta(values)
        elif tag == "input":
            self._input(values)
        elif tag == "a":
            self._end_link()
            self._link = values.get("href", "")[:LONGEST_SOURCE]
        if (source := values.get(_LOADING.get(tag, ""), "")) and len(self._sources) < MOST_SOURCES:
            self._sources.append(source[:LONGEST_SOURCE])
        if tag in self._hiding[-1:] or (
            not self._hiding and tag in _HIDERS and self._is_hidden(values)
        ):
            self._hiding.append(tag)
        if tag in self._let[-1:] or (not self._let and _is_let(tag, values)):
            self._let.append(tag)
        if tag in self._beside[-1:] or (not self._beside and _is_beside(tag, values)):
            self._beside.append(tag)
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag == "title" and not self._title:
            self._inside = "title"
        elif tag in ("h1", "h2") and len(self._headings) < 12:
            self._inside = "heading"
            self._headings.append("")

    def _is_hidden(self, values: dict[str, str]) -> bool:
        if "hidden" in values or _HIDDEN.search(values.get("style", "")):
            return True
        if not self._hidden_styles:
            return False
        named = [f".{name}" for name in values.get("class", "").split()]
        return not self._hidden_styles.isdisjoint([*named, f"#{values.get('id', '')}"])

    def _input(self, values: dict[str, str]) -> None:
        kind = values.get("type", "").lower()
        if kind == "password":
            self._password = True
        elif kind in ("submit", "button"):
            self._take_text(values.get("value", ""))

    def _end(self, tag: str) -> None:
        if tag not in _IN_LINE:
            self._end_block()
        elif tag == "a":
            self._end_link()
        if self._hiding and tag == self._hiding[-1]:
            self._hiding.pop()
        if self._let and tag == self._let[-1]:
            self._let.pop()
        if self._beside and tag == self._beside[-1]:
            self._beside.pop()
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()
        elif tag in ("title", "h1", "h2"):
            self._inside = None

    def _end_block(self) -> None:
        if text := _one_line("".join(self._block)):
            self._blocks.append(text)
            in_menu = 2 * self._linked > len(text) and text.count(" ") < _LONGEST_IN_A_MENU
            if not self._beside and not in_menu:
                self._main.append(text)
        self._block.clear()
        self._linked = 0

    def _end_link(self) -> None:
        if self._link is not None and len(self._links) < MOST_LINKS:
            self._links.append(PageLink(self._link, _one_line("".join(self._link_text))))
        self._link = None
        self._link_text.clear()

    def _take_text(self, data: str) -> None:
        if self._silent:
            if self._silent[-1] == "script":
                self._script_length += len(data)
                if self._script_length <= SHORT_SCRIPT:
                    self._script.append(data)
            elif self._silent[-1] == "style":
                self._hidden_styles.update(_hidden_by(data))
            return
        if self._length > MOST_TEXT or self._let:
            return
        data = data[:MOST_TEXT]
        if self._inside == "title":
            self._title.append(data)
            return
        if self._hiding:
            self._hidden.append(data)
        else:
            if self._inside == "heading" and len(self._headings[-1]) < LONGEST_TITLE:
                self._headings[-1] += f" {data}"
            self._block.append(data)
            if self._link is not None:
                self._link_text.append(data)
                self._linked += len(data)
        self._length += len(data)

    def _leads_on(self) -> str:
        if self._script_length > SHORT_SCRIPT or self._blocks or self._hidden:
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


def _is_let(tag: str, values: dict[str, str]) -> bool:
    """Whether what begins here is filled by advertisers."""
    named = f"{values.get('class', '')} {values.get('id', '')}"
    return tag in _HIDERS and len(named) > 2 and _ADVERTS_BY_NAME.search(named) is not None


def _is_beside(tag: str, values: dict[str, str]) -> bool:
    """Whether what begins here stands around the text of a page."""
    if tag in _BESIDE:
        return True
    if tag not in _HIDERS or tag in _IN_LINE:
        return False
    named = f"{values.get('class', '')} {values.get('id', '')} {values.get('role', '')}"
    return len(named) > 2 and _BESIDE_BY_NAME.search(named) is not None


def _hidden_by(styles: str) -> Iterator[str]:
    """The classes and names that a page's own styles hide, whatever it is shown on."""
    for hidden in itertools.islice(_HIDDEN.finditer(styles), _MOST_HIDDEN):
        begin = styles.rfind("{", 0, hidden.start())
        depth = styles.count("{", 0, begin) - styles.count("}", 0, begin)
        if begin >= 0 and depth == 0:
            selectors = styles[styles.rfind("}", 0, begin) + 1 : begin]
            yield from _styled(selectors.rpartition("*/")[2])


def _styled(selectors: str) -> Iterator[str]:
    for selector in selectors.split(","):
        styled = _STYLED.fullmatch(selector.strip())
        if styled and not _SAID_TO_READERS_ALOUD.search(styled[1]):
            yield styled[1]


def _one_line(text: str) -> str:
    return " ".join(text.split())
