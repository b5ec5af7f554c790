"""English words on a page of another language, whose catalogue lacks them.

A screen reader says what it is not told of with the sounds of the page. So while a page is made,
English that stands for a translation is put between two signs that no text has; once the page is
whole, what is shown of it is marked as English, and so are elements that are named in English. What
cannot be marked, such as the words of a script, is left, and the page says so.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from contextvars import ContextVar

from linkindex.speaking.language import SOURCE, Language, direction, html_language

_BEGINS, _ENDS = "\ue000", "\ue001"
"""Around a lent message."""
_FILLED, _FULL = "\ue003", "\ue004"
"""Around what fills a place of it, which is not lent."""
_HELD, _DONE = "\ue002", "\ue005"
"""Stand for parts of a template: what an engine will fill in, and what it will do."""

_noted: ContextVar[bool] = ContextVar("lent words are noted", default=False)

_PLACE = re.compile(r"%\(\w+\)s|\{\w+\}")


@contextlib.contextmanager
def noting_lent_words() -> Iterator[None]:
    """Note all that is said in English for want of a translation; :func:`marked_page` ends it."""
    before = _noted.set(True)
    try:
        yield
    finally:
        _noted.reset(before)


def lent(message: str) -> str:
    """An English message that stands for a translation. What fills its places is not lent."""
    if not _noted.get():
        return message
    return _BEGINS + _PLACE.sub(rf"{_FILLED}\g<0>{_FULL}", message) + _ENDS


def has_lent_words(text: str) -> bool:
    """Whether a text that was made while they were noted has any."""
    # A pattern of alternatives takes many times as long where there is none, as on most pages.
    return any(begins in text for begins in _NOTES_BEGIN) and bool(_NOTE.search(text))


def without_notes(text: str) -> str:
    """A text that nobody is shown as HTML, such as a title, or one that is compared."""
    return _NOTE.sub("", text)


_NOTE = re.compile(r"[\ue000\ue001\ue003\ue004]|%EE%80%8[0134]|\\ue00[0134]")
"""Each sign as it is, within an address, or within JSON."""
_NOTES_BEGIN = ("\ue000", "\ue001", "\ue003", "\ue004", "%EE%80%8", "\\ue00")

_TOKEN = re.compile(
    r"<!--.*?-->"
    r"|<(?P<raw>title|script|style|textarea|option)\b.*?</(?P=raw)\s*>"
    r"|</?[a-z!](?:\"[^\"]*\"|'[^']*'|[^'\">])*>"
    r"|[\ue000\ue001\ue003\ue004]|[^<\ue000\ue001\ue003\ue004]+|<",
    re.DOTALL | re.IGNORECASE,
)
_LENT_OPTION = re.compile(r"<option\b(?=[^>]*>\ue000[^\ue001]*\ue001</)", re.IGNORECASE)


def marked_page(page: str) -> str:
    """HTML in which each lent text is marked as English, and has no notes any more."""
    if not has_lent_words(page):
        return page
    tokens = [token[0] for token in _TOKEN.finditer(page)]
    return _marked(_with_marked_names(tokens), is_lent=False)


_NAMED = re.compile(
    r"\s(?:aria-(?:label|description|roledescription|valuetext)|title|placeholder|alt)"
    r"=(?:\"[^\"\ue000]*\ue000|'[^'\ue000]*\ue000|\ue000)",
    re.IGNORECASE,
)
"""An attribute that is read out or shown, and begins in a lent message or holds one."""
_HAS_LANGUAGE = re.compile(r"\slang\s*=", re.IGNORECASE)
_START = re.compile(r"<([a-z][\w-]*)(?:\"[^\"]*\"|'[^']*'|[^'\">])*>", re.IGNORECASE)
_WITHOUT_END = frozenset(
    {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
)
_MAY_END = frozenset({"dd", "dt", "li", "td", "th", "tr"})
"""What ends where another begins, or what it stands in ends."""
_NEVER_READ = frozenset({"option", "script", "style", "template", "title"})


def _with_marked_names(tokens: Sequence[str]) -> list[str]:
    """The pieces of a page with each element marked that has a lent name.

    The language of an attribute is that of its element (HTML, the attribute ``lang``). So what is
    in the element is marked as the language of the page, unless it is lent or holds no word.
    """
    marked = list(tokens)
    for at in reversed(range(len(marked))):
        start = _START.match(marked[at])
        if start is None or not _NAMED.search(start[0]) or _HAS_LANGUAGE.search(start[0]):
            continue
        name = start[1].lower()
        if name in _NEVER_READ:
            continue
        is_whole = name in _WITHOUT_END or len(start[0]) < len(marked[at])
        ends = at if is_whole else _end_of_element(marked, at, name)
        if ends is None:
            continue
        has_own_words = _has_words(_outside(marked[at + 1 : ends]))
        children = _children(marked, at + 1, ends) if has_own_words else []
        if children is None:
            continue
        for child in children:
            marked[child] = _in_language(marked[child], None)
        marked[at] = _in_language(marked[at], SOURCE)
    return marked


def _end_of_element(tokens: Sequence[str], at: int, name: str) -> int | None:
    """Where an element ends that begins at a token; none if that cannot be told."""
    depth = 0
    same = re.compile(rf"</?{name}\b", re.IGNORECASE)
    for place in range(at, len(tokens)):
        if same.match(tokens[place]):
            depth += -1 if tokens[place].startswith("</") else 1
            if not depth:
                return place
    return None


def _children(tokens: Sequence[str], begins: int, ends: int) -> list[int] | None:
    """Where the elements right inside of another begin; none if words stand beside them."""
    found: list[int] = []
    open_ones: list[str] = []
    for at in range(begins, ends):
        start = _START.match(tokens[at])
        if start and len(start[0]) == len(tokens[at]):
            name = start[1].lower()
            if name in _MAY_END and open_ones[-1:] == [name]:
                open_ones.pop()
            if not open_ones:
                found.append(at)
            if name not in _WITHOUT_END and not start[0].endswith("/>"):
                open_ones.append(name)
        elif start:
            found += [] if open_ones else [at]
        elif tokens[at].startswith("</"):
            name = tokens[at][2:-1].strip().lower()
            while open_ones and open_ones[-1] != name and open_ones[-1] in _MAY_END:
                open_ones.pop()
            if not open_ones or open_ones.pop() != name:
                return None
        elif not open_ones and _has_words(tokens[at : at + 1]):
            return None
    return None if open_ones else found


def _in_language(element: str, language: Language | None) -> str:
    """The beginning of an element in a language; in the one that is spoken, if none is named.

    Without its direction, which would be that of what is typed into it, too.
    """
    start = _START.match(element)
    if start is None or start[1].lower() in _NEVER_READ or _HAS_LANGUAGE.search(start[0]):
        return element
    behind = start.end(1)
    return f"{element[:behind]} lang={html_language(language)}{element[behind:]}"


def _marked(tokens: Sequence[str], *, is_lent: bool) -> str:
    """Some pieces of a page as HTML.

    :param is_lent: whether they stand in what is marked as English already.
    """
    parts: list[str] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token in _CLOSED_BY:
            ends = _end(tokens, at)
            parts.append(_enclosed(token, tokens[at + 1 : ends], is_lent=is_lent))
            at = ends
        elif token.startswith("<"):
            parts.append(without_notes(_LENT_OPTION.sub(rf"\g<0> {_mark(SOURCE)}", token)))
        else:
            parts.append(without_notes(token))
        at += 1
    return "".join(parts)


_CLOSED_BY = {_BEGINS: _ENDS, _FILLED: _FULL}


def _end(tokens: Sequence[str], begins: int) -> int:
    """Where what begins at a token ends."""
    opening, closing = tokens[begins], _CLOSED_BY[tokens[begins]]
    depth = 0
    for at in range(begins, len(tokens)):
        depth += (tokens[at] == opening) - (tokens[at] == closing)
        if not depth:
            return at
    return len(tokens)


def _enclosed(opening: str, tokens: Sequence[str], *, is_lent: bool) -> str:
    """A lent message, or what fills a place of one, in its mark if it needs one here."""
    if opening == _BEGINS:
        html = _marked(tokens, is_lent=True)
        needs_mark = not is_lent and _has_words(tokens)
        return f"<span {_mark(SOURCE)}>{html}</span>" if needs_mark else html
    if not is_lent or not _has_words(_outside(tokens)):
        return _marked(tokens, is_lent=is_lent)
    return f"<span {_mark()}>{_marked(tokens, is_lent=False)}</span>"


def _outside(tokens: Sequence[str]) -> list[str]:
    """The pieces that do not belong to a lent message among them."""
    found, at = [], 0
    while at < len(tokens):
        if tokens[at] == _BEGINS:
            at = _end(tokens, at)
        else:
            found.append(tokens[at])
        at += 1
    return found


def _has_words(tokens: Sequence[str]) -> bool:
    texts = (token for token in tokens if not token.startswith("<"))
    return any(sign.isalpha() or sign == _HELD for text in texts for sign in text)


def _mark(language: Language | None = None) -> str:
    """The attributes of what is in a language; of the one that is spoken, if none is named."""
    # Without quotes, so that it can stand in a text that a template has in quotes.
    way = f" dir={direction(language)}" if direction() == "rtl" else ""
    return f"lang={html_language(language)}{way}"


_IN_BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


def marked_template(template: str) -> str:
    """The same of a template of Jinja: what stands in its braces is marked as a whole."""
    if not has_lent_words(template):
        return template
    held: list[str] = []

    def hold(braces: re.Match[str]) -> str:
        held.append(without_notes(braces[0]))
        if not braces[0].startswith("{{"):
            return _DONE
        return f"{_BEGINS}{_HELD}{_ENDS}" if held[-1] != braces[0] else _HELD

    marked = marked_page(_IN_BRACES.sub(hold, template))
    return re.sub(f"[{_HELD}{_DONE}]", lambda _: held.pop(0), marked)
