"""How old a reader must be to read a category's texts, as far as a formula can tell.

The formula is the Automated Readability Index (Smith and Senter 1967, AMRL-TR-66-220), as counted
by textstat: it needs letters, words and sentences only. Those that count syllables would make
textstat fetch a dictionary from the net. A formula knows nothing of meaning: it compares categories
and finds what to look at, and says of no text that it is good.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from linkindex.catalogue.catalogue import Catalogue
from linkindex.catalogue.kinds import Audience
from linkindex.catalogue.model import (
    Category,
)
from linkindex.catalogue.problems import LinkIndexError
from linkindex.catalogue.rules.style import sentences, words

YEARS_BEFORE_SCHOOL = 5
"""A school year of the US, in which the index counts, begins at about this age plus its number."""

YOUNGEST = 5
"""Very short texts come out below any age at which people read."""


LONG_WORD = 9
"""Letters from which a word is named as long: letters are what the formula counts."""

MOST_LONG_WORDS = 4
"""How many long words of an entry are named."""

_FAMILIES = frozenset({Audience.FAMILIES, Audience.YOUNG_PEOPLE})


@dataclass(frozen=True)
class Hard:
    """An entry that is hard to read, and what makes it so.

    :ivar age: the reading age of all that it says.
    :ivar line: where its longest sentence begins.
    :ivar sentence: its longest sentence; ``words`` is how many words that has.
    :ivar long_words: its longest words, the longest first.
    """

    age: int
    title: str
    line: int
    sentence: str
    words: int
    long_words: tuple[str, ...]


@dataclass(frozen=True)
class ReadingAge:
    """The reading age of one category.

    :ivar age: in years, of everything the category says in its own words.
    :ivar for_families: in years, of what it says to all and of its links for families and young
        people; none where it has no such link.
    :ivar hardest: the line of the entry that is hardest to read, and its own age.
    """

    category: Category
    words: int
    age: int
    for_families: int | None
    hardest: tuple[int, int]


def reading_ages(catalogue: Catalogue) -> list[ReadingAge]:
    """The reading age of each category that is shown, the hardest first.

    :raises LinkIndexError: when textstat is not installed.
    """
    index = _index()
    return sorted(
        (_of_category(category, index) for category in catalogue.current_categories),
        key=lambda age: (-age.age, age.category.line),
    )


def hardest_entries(catalogue: Catalogue, most: int = 5) -> list[Hard]:
    """The entries of the whole index that are hardest to read, the hardest first.

    :raises LinkIndexError: when textstat is not installed.
    """
    index = _index()
    entries = [entry for category in catalogue.current_categories for entry in _entries(category)]
    hardest = sorted(entries, key=lambda entry: (-index(entry.text), entry.line))
    return [_hard(entry, _age(index(entry.text))) for entry in hardest[:most]]


class _Entry(NamedTuple):
    """What readers read of one entry: texts with the lines on which they begin.

    :ivar audiences: whom a link is for; empty for what the category says to all.
    """

    title: str
    line: int
    texts: tuple[tuple[int, str], ...]
    audiences: tuple[Audience, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(text for _, text in self.texts)


def _entries(category: Category) -> Iterator[_Entry]:
    yield _Entry(
        category.title,
        category.line,
        (
            (category.line_of("summary"), category.summary),
            *((caution.line, caution.text) for caution in category.cautions),
            (category.line_of("card.front"), category.card.front),
            *((category.line_of("card.prompts"), prompt) for prompt in category.card.prompts),
        ),
    )
    for resource in category.resources:
        if resource.retired is None:
            texts = [(resource.line_of("summary"), resource.summary)]
            if resource.use_when:
                texts.append((resource.line_of("use_when"), resource.use_when))
            yield _Entry(resource.title, resource.line, tuple(texts), resource.audiences)


def _of_category(category: Category, index: Callable[[str], float]) -> ReadingAge:
    entries = list(_entries(category))
    hardest = max((_age(index(entry.text)), -entry.line) for entry in entries)
    whole = _joined(entries)
    return ReadingAge(
        category,
        len(whole.split()),
        _age(index(whole)),
        _for_families(entries, index),
        (-hardest[1], hardest[0]),
    )


def _for_families(entries: list[_Entry], index: Callable[[str], float]) -> int | None:
    own, *links = entries
    for_them = [link for link in links if _FAMILIES.intersection(link.audiences)]
    return _age(index(_joined([own, *for_them]))) if for_them else None


def _joined(entries: list[_Entry]) -> str:
    return " ".join(entry.text for entry in entries)


def _hard(entry: _Entry, age: int) -> Hard:
    in_lines = [(line, sentence) for line, text in entry.texts for sentence in sentences(text)]
    line, longest = max(in_lines, key=lambda pair: len(words(pair[1])))
    # A compound is as hard as its parts, and names cannot be said more plainly.
    parts = {part for word in words(entry.text) for part in re.split(r"[-'’]", word)}
    long_words = [part for part in parts if len(part) >= LONG_WORD and part.islower()]
    long_words.sort(key=lambda part: (-len(part), part))
    return Hard(
        age, entry.title, line, longest, len(words(longest)), tuple(long_words[:MOST_LONG_WORDS])
    )


def _age(index: float) -> int:
    return max(YOUNGEST, round(index) + YEARS_BEFORE_SCHOOL)


def _index() -> Callable[[str], float]:
    try:
        import textstat
    except ImportError:
        raise LinkIndexError(
            "reading ages are counted by textstat, which is not installed; run "
            "`pip install textstat`"
        ) from None
    index: Callable[[str], float] = textstat.automated_readability_index
    return index
