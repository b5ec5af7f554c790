"""Words that begin otherwise after others, as in Welsh: ``trais``, ``o drais``, ``fy nhrais``.

Which letters become which is in ``alphabets.yaml``.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from linkindex.speaking.language import Language, spoken
from linkindex.speaking.ordering import tables

SHORTEST = 4
"""Letters of a word that is looked up by another beginning: shorter ones would be anything."""

_VOWELS = "aeiouwy"


@functools.cache
def changes(language: Language) -> Mapping[str, tuple[str, ...]]:
    """What the first letters of a word may become in a language, by these letters."""
    written = tables().get(language, {}).get("begins", {})
    return {str(first): tuple(map(str, forms)) for first, forms in written.items()}


def changed(word: str, language: Language) -> set[str]:
    """The other beginnings that a word may have."""
    known = changes(language)
    starts = (first for first in known if word.startswith(first))
    letters = max(starts, key=len, default="")
    return {f"{new}{word[len(letters) :]}" for new in known.get(letters, ())}


def unchanged(word: str, language: Language | None = None) -> set[str]:
    """What a word may be in a dictionary, if it does not begin as it stands there."""
    if len(word) < SHORTEST:
        return set()
    found = set()
    for first, forms in changes(language or spoken()).items():
        for form in forms:
            if form and word.startswith(form):
                found.add(f"{first}{word[len(form) :]}")
            elif not form and word[0] in f"{_VOWELS}lr":
                found.add(f"{first}{word}")
    return found
