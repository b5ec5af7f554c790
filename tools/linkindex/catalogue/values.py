"""What people write for the few values that an index knows (``values.yaml``)."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from importlib import resources

from linkindex.tables import table_of

_KEYS = {
    "audiences": "audiences",
    "format": "formats",
    "nations": "nations",
    "cost": "costs",
    "accessible_as": "access",
}
"""The keys of a link whose values are named otherwise, and where ``values.yaml`` has them."""


def meant(key: str, word: str) -> tuple[str, ...]:
    """The values that a word stands for under a key; none where that is not known.

    >>> meant("audiences", "Parents")
    ('families',)
    """
    return words_of(key).get(_folded(word), ()) if key in _KEYS else ()


@functools.cache
def words_of(key: str) -> Mapping[str, tuple[str, ...]]:
    """The values by each word for them, in small letters and without signs."""
    written = _written()[_KEYS[key]]
    everyone = tuple(value for value in written if value != "all")
    known: dict[str, tuple[str, ...]] = {}
    for value, words in written.items():
        for word in (value, *words):
            known.setdefault(_folded(word), everyone if value == "all" else (value,))
    return known


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+|_", " ", text.casefold()).split())


@functools.cache
def _written() -> dict[str, dict[str, list[str]]]:
    text = resources.files("linkindex.catalogue").joinpath("values.yaml").read_text("utf-8")
    written: dict[str, dict[str, list[str]]] = table_of(text)
    return written
