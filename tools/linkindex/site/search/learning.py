"""Which words speak for a link or a topic though it does not hold them: those that are asked of it.

Most words of questions have vectors (``vectors.py``), by which a question counts. Others are words
of one place or one trade that nobody taught. They are kept as words of an entry where several
questions that it answers hold them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from linkindex.site.search.documents import Document, texts_of
from linkindex.site.search.vectors import known_form
from linkindex.site.search.words import word_data, words

FEWEST_TIMES = 3
"""A word that fewer questions of an entry hold may be there by chance."""


def asked_words(
    documents: Iterable[Document], asked: Iterable[Sequence[str]], known: Collection[str]
) -> list[str]:
    """The words that are kept of each topic or link, in their order, with spaces between.

    :param asked: the questions that each answers.
    :param known: the words that have vectors.
    """
    return [
        _kept(document, questions, known)
        for document, questions in zip(documents, asked, strict=True)
    ]


def _kept(document: Document, questions: Sequence[str], known: Collection[str]) -> str:
    if len(questions) < FEWEST_TIMES:
        return ""
    left_out = word_data().left_out | _own_words(document)
    times = Counter(word for text in questions for word in {*words(text)})
    return " ".join(
        word
        for word, often in sorted(times.items())
        if often >= FEWEST_TIMES and word not in left_out
        if not _is_short(word) and not known_form(word, known)
    )


def _is_short(word: str) -> bool:
    """Numbers of one or two digits count as small words."""
    return len(word) < 3 and word.isdigit()


_SHOWN = ("title", "full", "publisher", "names", "about", "sayings")


def _own_words(entry: Document) -> set[str]:
    return {word for name in _SHOWN for text in texts_of(entry, name) for word in words(text)}
