"""Which language is spoken, and how it runs."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator
from contextvars import ContextVar
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from babel import Locale

Language = str
"""A tag of BCP 47, such as ``en`` or ``cy``."""

SOURCE: Language = "en"
"""The language in which messages are written."""

LONGER: Language = "en-XA"
"""English with accents, longer and between marks: for tests, as in CLDR."""

MIRRORED: Language = "ar-XB"
"""English that runs from right to left, between the same marks: for tests, as in CLDR."""

PSEUDO = (LONGER, MIRRORED)

_IN_FULL = {SOURCE: "en-GB"}
"""Where a page says more of its language than its tag."""

_spoken: ContextVar[Language] = ContextVar("language", default=SOURCE)


@contextlib.contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Say everything within in one language."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


@contextlib.contextmanager
def said_in(language: Language) -> Iterator[None]:
    """The same, but for a language that is made for tests: what is spoken then stays so."""
    with speaking(spoken() if spoken() in PSEUDO else language):
        yield


def spoken() -> Language:
    """The language that is spoken here."""
    return _spoken.get()


def html_language(language: Language | None = None) -> str:
    """The attribute ``lang`` of a page: that of the spoken language, if none is named."""
    language = language or spoken()
    return _IN_FULL.get(language, language)


def direction(language: Language | None = None) -> Literal["ltr", "rtl"]:
    """Which way a language runs: the spoken one, if none is named."""
    return _direction(language or spoken())


@functools.cache
def _direction(language: Language) -> Literal["ltr", "rtl"]:
    if language in PSEUDO:
        return "rtl" if language == MIRRORED else "ltr"
    return "rtl" if locale_of(language).text_direction == "rtl" else "ltr"


@functools.cache
def locale_of(language: Language) -> Locale:
    """What CLDR knows of a language; of one that it does not know, what it knows of English."""
    # Only where something is said with it: importing it takes a tenth of a second.
    from babel import Locale, UnknownLocaleError

    if language in PSEUDO:
        language = SOURCE
    try:
        return Locale.parse(html_language(language), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(html_language(SOURCE), sep="-")
