"""Which topic of an index a folder, a heading or a word of a table means."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from linkindex.catalogue import Catalogue, Category
from linkindex.importing.reading.bookmarks import FOLDER_SEPARATOR

_LIKE = 0.86
"""The likeness of two names (difflib) from which one is the other misspelt."""


class Topics:
    """The topics of an index by everything they are called."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._ids: dict[str, str] = {}
        self._found: dict[str, str | None] = {}
        names = [
            (name, category.id)
            for level in (_first_names, _other_names)
            for category in catalogue.current_categories
            for name in level(category)
        ]
        names += [
            (saying, category_id)
            for category_id, sayings in catalogue.meanings.items()
            for saying in sayings
        ]
        for name, category_id in names:
            self._ids.setdefault(_folded(name), category_id)
        self._named = [
            (frozenset(_words(name)), category.id)
            for category in catalogue.current_categories
            for name in (category.title, category.full_title, *category.aliases)
        ]

    def meant(self, written: str) -> str | None:
        """The id of the topic that is meant, the innermost folder first; none if nobody can say."""
        if written not in self._found:
            folders = reversed(written.split(FOLDER_SEPARATOR))
            self._found[written] = next(filter(None, map(self._one, folders)), None)
        return self._found[written]

    def _one(self, name: str) -> str | None:
        folded = _folded(name)
        if not folded:
            return None
        if folded in self._ids:
            return self._ids[folded]
        near = difflib.get_close_matches(folded, self._ids, n=1, cutoff=_LIKE)
        return self._ids[near[0]] if near else self._by_words(folded)

    def _by_words(self, folded: str) -> str | None:
        """The one topic whose name has all of these words, or whose words all stand in them."""
        words = frozenset(_words(folded))
        held = {
            category
            for named, category in self._named
            if words and named and (words <= named or named <= words)
        }
        return held.pop() if len(held) == 1 else None


def _first_names(category: Category) -> Iterator[str]:
    yield from (category.id, category.code, category.title, category.full_title)


def _other_names(category: Category) -> Iterator[str]:
    yield from (*category.aliases, *category.keywords)


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+|_", " ", text.casefold().replace("&", " and ")).split())


_SMALL = frozenset(
    {"and", "the", "of", "for", "to", "in", "a", "with", "help", "support", "advice"}
)


def _words(text: str) -> Iterator[str]:
    for word in _folded(text).split():
        if word not in _SMALL:
            yield word.removesuffix("s") if len(word) > 3 else word
