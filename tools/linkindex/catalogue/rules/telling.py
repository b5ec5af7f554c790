"""Words and icons that tell a sensitive topic by themselves (``telling.yaml``)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from importlib import resources
from typing import NamedTuple
from urllib.parse import urlsplit

from linkindex.tables import table_of

LONG_ENOUGH = 5
"""Letters of a word that is found inside a code too: shorter ones stand in harmless words."""


LONG_ENOUGH_TO_BEGIN = 4
"""Letters of a word with which a name of a host begins."""


def telling_words(text: str) -> set[str]:
    """The words of a text that tell a topic."""
    known = _table().words
    return {word for word in _words(text) if word in known or word.removesuffix("s") in known}


def telling_parts(code: str) -> set[str]:
    """What tells a topic in a code: the whole of its letters, or a longer word inside them."""
    letters = re.sub(r"[^a-z]", "", code.lower())
    known = {form for word in _table().words for form in (word, f"{word}s")}
    inside = {word for word in known if len(word) >= LONG_ENOUGH and word in letters}
    longest = {word for word in inside if not any(word != o and word in o for o in inside)}
    return longest or telling_words(letters)


def telling_address(address: str) -> set[str]:
    """What tells a topic in the address of a page: its words, and how a name of its host begins.

    Words of a host are run together (``rapecrisis.org.uk``).
    """
    labels = _words(urlsplit(address).hostname or "")
    hosts = {name for name in labels if name.startswith(_table().beginnings)}
    return telling_words(address) | {host for host in hosts if not host.startswith(_table().alike)}


def telling_icon(name: str) -> set[str]:
    """The words in an icon's name whose picture tells a topic."""
    return set(_table().icons.intersection(_words(name)))


def pattern_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Finds any of the names as whole words, whatever stands between the words of one.

    Hyphens of an id count as spaces. Nothing where there is no name.
    """
    words = [re.findall(r"\w+", name) for name in names]
    spelt = sorted((r"[\W_]*".join(map(re.escape, parts)) for parts in words if parts), key=len)
    if not spelt:
        return None
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(reversed(spelt))})(?![^\W_])", re.IGNORECASE)


class _Table(NamedTuple):
    words: frozenset[str]
    icons: frozenset[str]
    beginnings: tuple[str, ...]
    alike: tuple[str, ...]


@functools.cache
def _table() -> _Table:
    text = resources.files("linkindex.catalogue.rules").joinpath("telling.yaml").read_text("utf-8")
    table = table_of(text)
    words = frozenset(table["words"])
    beginnings = tuple(word for word in words if len(word) >= LONG_ENOUGH_TO_BEGIN)
    return _Table(words, frozenset(table["icons"]), beginnings, tuple(table["alike"]))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())
