"""Saying something: a message in the language that is spoken."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping
from typing import TypeVar

from linkindex.speaking.language import direction, spoken
from linkindex.speaking.translations import translations_of

K = TypeVar("K", bound=Hashable)


def gettext(message: str) -> str:
    """A message. Placeholders such as ``{name}`` stay in it, to be filled by ``format``."""
    return translations_of(spoken()).text(message)


def pgettext(context: str, message: str) -> str:
    """A message of which English has one word for two meanings: the context tells which."""
    return translations_of(spoken()).text(message, context)


def ngettext(one: str, other: str, count: int) -> str:
    """The form of a message for a count, which it shows as ``{n}``."""
    return translations_of(spoken()).plurals(one, other).chosen(count).replace("{n}", str(count))


def npgettext(context: str, one: str, other: str, count: int) -> str:
    """The same with a context."""
    forms = translations_of(spoken()).plurals(one, other, context)
    return forms.chosen(count).replace("{n}", str(count))


def N_(message: str) -> str:  # noqa: N802 - its name in the field
    """A message that is looked up later: this only marks it."""
    return message


_QUOTED = str.maketrans({'"': "&quot;"})
_AMPERSAND = re.compile(r"&(?!#?\w+;)")


def html_text(text: str) -> str:
    """A message as HTML, also within an attribute. Its tags have no attributes, and stay."""
    return _AMPERSAND.sub("&amp;", text).translate(_QUOTED)


def isolated(text: str) -> str:
    """What fills a place, so that it keeps its own direction within a sentence that runs otherwise.

    Numbers and addresses are read from left to right in every language (UAX 9, first strong
    isolate).
    """
    return f"{FIRST_STRONG}{text}{POP}" if direction() == "rtl" else text


FIRST_STRONG, POP = "\u2068", "\u2069"


class Sayings(Mapping[K, str]):
    """What values are called: looked up when they are said.

    :ivar english: the same in English, whatever is spoken.
    """

    def __init__(self, english: Mapping[K, str]) -> None:
        self.english = english

    def __getitem__(self, key: K) -> str:
        return gettext(self.english[key])

    def __iter__(self) -> Iterator[K]:
        return iter(self.english)

    def __len__(self) -> int:
        return len(self.english)
