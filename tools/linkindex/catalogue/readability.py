"""How old a reader must be to read a category's texts, as far as a formula can tell.

The formula is the Automated Readability Index (Smith and Senter 1967, AMRL-TR-66-220), as counted
by textstat: it needs letters, words and sentences only. Those that count syllables would make
textstat fetch a dictionary from the net. A formula knows nothing of meaning: it compares categories
and finds what to look at, and says of no text that it is good.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from linkindex.catalogue.catalogue import Catalogue
from linkindex.catalogue.model import Category
from linkindex.catalogue.problems import LinkIndexError

YEARS_BEFORE_SCHOOL = 5
"""A school year of the US, in which the index counts, begins at about this age plus its number."""

YOUNGEST = 5
"""Very short texts come out below any age at which people read."""


@dataclass(frozen=True)
class ReadingAge:
    """The reading age of one category.

    :ivar age: in years, of everything the category says in its own words.
    :ivar hardest: the line of the entry that is hardest to read, and its own age.
    """

    category: Category
    words: int
    age: int
    hardest: tuple[int, int]


def reading_ages(catalogue: Catalogue) -> list[ReadingAge]:
    """The reading age of each category that is shown, the hardest first.

    :raises LinkIndexError: when textstat is not installed.
    """
    index = _index()
    return sorted(
        (_of_category(category, index) for category in catalogue.current_categories),
        key=lambda one: (-one.age, one.category.line),
    )


def _of_category(category: Category, index: Callable[[str], float]) -> ReadingAge:
    texts = [(line, text) for line, text in _texts(category) if text]
    hardest = max((_age(index(text)), -line) for line, text in texts)
    whole = " ".join(text for _, text in texts)
    return ReadingAge(category, len(whole.split()), _age(index(whole)), (-hardest[1], hardest[0]))


def _texts(category: Category) -> Iterator[tuple[int, str]]:
    """What readers read of an entry, with its line."""
    card = (category.card.front, *category.card.prompts)
    yield category.line, " ".join((category.summary, *category.cautions, *card))
    for resource in category.resources:
        if resource.retired is None:
            yield resource.line, " ".join(filter(None, (resource.summary, resource.use_when)))


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
    found: Callable[[str], float] = textstat.automated_readability_index
    return found
