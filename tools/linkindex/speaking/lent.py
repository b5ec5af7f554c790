"""English words on a page of another language, whose catalogue lacks them.

A screen reader says what it is not told of with the sounds of the page. So while a page is made,
English that stands for a translation is put between two signs that no text has; once the page is
whole, what is shown of it is marked as English. What cannot be marked, such as the name of a button
or the words of a script, is left, and the page says so.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from contextvars import ContextVar

from linkindex.speaking.language import SOURCE, direction, html_language

_BEGINS, _ENDS = "\ue000", "\ue001"
_HELD = "\ue002"
"""Stands for a part of a template, which an engine will fill in."""

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
    return _BEGINS + _PLACE.sub(rf"{_ENDS}\g<0>{_BEGINS}", message) + _ENDS


def has_lent_words(text: str) -> bool:
    """Whether a text that was made while they were noted has any."""
    return bool(_NOTE.search(text))


def without_notes(text: str) -> str:
    """A text that nobody is shown as HTML, such as a title, or one that is compared."""
    return _NOTE.sub("", text)


_NOTE = re.compile(r"[\ue000\ue001]|%EE%80%8[01]|\\ue00[01]")
"""Either sign as it is, within an address, or within JSON."""

_TOKEN = re.compile(
    r"<!--.*?-->"
    r"|<(?P<raw>title|script|style|textarea|option)\b.*?</(?P=raw)\s*>"
    r"|</?[a-z!](?:\"[^\"]*\"|'[^']*'|[^'\">])*>"
    r"|[\ue000\ue001]|[^<\ue000\ue001]+|<",
    re.DOTALL | re.IGNORECASE,
)
_LENT_OPTION = re.compile(r"<option\b(?=[^>]*>\ue000[^\ue001]*\ue001</)", re.IGNORECASE)


def marked_page(page: str) -> str:
    """HTML in which each lent text is marked as English, and has no notes any more."""
    if not has_lent_words(page):
        return page
    parts, is_lent = [], False
    for token in _TOKEN.finditer(page):
        text = token[0]
        if text in (_BEGINS, _ENDS):
            is_lent = text == _BEGINS
        elif text.startswith("<"):
            parts.append(without_notes(_LENT_OPTION.sub(rf"\g<0> {_mark()}", text)))
        elif is_lent and any(sign.isalnum() or sign == _HELD for sign in text):
            parts.append(f"<span {_mark()}>{text}</span>")
        else:
            parts.append(text)
    return "".join(parts)


def _mark() -> str:
    # Without quotes, so that it can stand in a text that a template has in quotes.
    way = " dir=ltr" if direction() == "rtl" else ""
    return f"lang={html_language(SOURCE)}{way}"


_IN_BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


def marked_template(template: str) -> str:
    """The same of a template of Jinja: what stands in its braces is marked as a whole."""
    if not has_lent_words(template):
        return template
    held: list[str] = []

    def hold(braces: re.Match[str]) -> str:
        held.append(without_notes(braces[0]))
        is_shown = braces[0].startswith("{{") and held[-1] != braces[0]
        return f"{_BEGINS}{_HELD}{_ENDS}" if is_shown else _HELD

    marked = marked_page(_IN_BRACES.sub(hold, template))
    return re.sub(_HELD, lambda _: held.pop(0), marked)
