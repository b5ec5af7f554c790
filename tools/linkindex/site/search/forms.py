"""Forms of an English word that differ by an ending, as ``assets/search/engine.js`` makes them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

_PLAIN = re.compile("[a-z]+")
_DOUBLED = re.compile("[aeiou][bdgmnprt]$")
_SHORTEST = 3

_ENDINGS = (
    ("ies", ("y", "ie")),
    ("es", ("e",)),
    ("s", ()),
    ("ing", ("e",)),
    ("ed", ("e",)),
    ("ied", ("y",)),
    ("d", ()),
)
"""Endings, and what may have stood in their place."""


@functools.cache
def forms_of(word: str) -> tuple[str, ...]:
    """Its other forms in a fixed order, among them many that are no words: plural, and verbs."""
    if len(word) < _SHORTEST or not _PLAIN.fullmatch(word):
        return ()
    forms: dict[str, None] = {}
    for stem in dict.fromkeys((word, *_stems(word))):
        if len(stem) >= _SHORTEST:
            forms.update(dict.fromkeys(_bent(stem)))
    forms.pop(word, None)
    return tuple(forms)


def _stems(word: str) -> Iterator[str]:
    for ending, instead in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _SHORTEST:
            continue
        yield from (stem + end for end in ("", *instead))
        if stem[-1] == stem[-2] and stem[-1] not in "aeiou":
            yield stem[:-1]


def _bent(stem: str) -> Iterator[str]:
    yield stem
    yield from (stem + end for end in ("s", "es", "ing", "ed", "d"))
    if stem.endswith("e"):
        yield from (stem[:-1] + end for end in ("ing", "ed"))
    if stem.endswith("y"):
        yield from (stem[:-1] + end for end in ("ies", "ied"))
    if _DOUBLED.search(stem):
        yield from (stem + stem[-1] + end for end in ("ing", "ed"))
