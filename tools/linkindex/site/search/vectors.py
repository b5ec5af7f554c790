"""What words mean to the search, as numbers: which links and topics they are asked for.

Every word of ``vectors.yaml`` has a vector of a few whole numbers, and so has every link and topic:
the sum of those of its title, its summary, its sayings and the questions that it answers, each
source with its weight. The nearer the vector of a question, the likelier an entry is meant, as in
any search by dense vectors. The words' were learnt from questions by
``tests/bench/word_vectors.py``; the entries' are made here from what an index says, so that a
question or a saying that an editor adds counts in the next build.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from math import sqrt
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from linkindex.site.compiled import made_once
from linkindex.site.search.documents import Document, texts_of
from linkindex.site.search.forms import forms_of
from linkindex.site.search.words import words
from linkindex.speaking.language import PSEUDO, SOURCE, spoken
from linkindex.tables import table_of

VECTORS = Path(str(files(__package__).joinpath("vectors.yaml")))

ZERO = "m"
"""The letter of a number that is 0; the next ones are 1, 2 ..., those before it less than 0."""

MOST = 12
"""No number of a vector is further from 0: there are 26 letters."""

MOST_WORDS = 40
"""Different words of a text that are counted. The rest of a longer one says little more."""

Vector = tuple[int, ...]
Sources = Mapping[str, Sequence[str]]
"""The texts of an entry by what they are: ``title``, ``about``, ``said`` and ``asked``."""


class Weights(BaseModel):
    """What each source of an entry's vector weighs, and what is made of products of vectors."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: float
    about: float
    said: float
    asked: float
    scale: float
    """What a product of two vectors weighs, in nats."""

    topic: float
    """What speaks for any topic, in nats."""

    elsewhere: float
    """What speaks for that nothing here is meant, in nats."""


@dataclass(frozen=True)
class WordVectors:
    """The vectors of words, that of what nothing here answers, and what is made of them.

    The first number of a row says how fine the others are: how many times their unit is halved.
    """

    rows: Mapping[str, Vector]
    nothing: Vector
    weights: Weights

    @functools.cached_property
    def words(self) -> Mapping[str, tuple[float, ...]]:
        """The vector of each word."""
        return {
            word: tuple(number / 2**fine for number in numbers)
            for word, (fine, *numbers) in self.rows.items()
        }

    def of_entry(self, sources: Sources) -> Vector:
        """The vector of an entry."""
        weights = self.weights.model_dump()
        counts: dict[str, float] = {}
        for name, texts in sources.items():
            for word, share in shares_of(texts, self.words).items():
                counts[word] = counts.get(word, 0.0) + share * weights[name]
        if not counts:
            return (0,) * len(self.nothing)
        columns = zip(*(self.words[word] for word in counts), strict=True)
        sums = [sum(map(operator.mul, counts.values(), column)) for column in columns]
        return tuple(max(-MOST, min(MOST, round(value))) for value in sums)


def shares_of(texts: Sequence[str], known: Collection[str]) -> dict[str, float]:
    """What each word comes to in the mean of the vectors of some texts.

    The vector of a text is the sum of those of its words, divided by the root of their number.
    """
    shares: dict[str, float] = {}
    for text in texts:
        told = told_words(text, known)
        share = 1 / sqrt(len(told)) / len(texts) if told else 0.0
        for word in told:
            shares[word] = shares.get(word, 0.0) + share
    return shares


def told_words(text: str, known: Collection[str]) -> list[str]:
    """The words of a text that have vectors, each once; or else other forms of them that have."""
    found = (known_form(word, known) for word in words(text))
    return list(dict.fromkeys(word for word in found if word))[:MOST_WORDS]


def known_form(word: str, known: Collection[str]) -> str | None:
    """A word that is known, or else the first of its other forms that is."""
    if word in known:
        return word
    return next((form for form in forms_of(word) if form in known), None)


def sources_of(document: Document, asked: Sequence[str]) -> dict[str, Sequence[str]]:
    """The texts of a topic or a link, and the questions that it answers."""
    called = [text for name in ("title", "full", "names") for text in texts_of(document, name)]
    return {
        "title": [" ".join(called)],
        "about": texts_of(document, "about"),
        "said": texts_of(document, "sayings"),
        "asked": asked,
    }


def told_of(known: WordVectors | None) -> dict[str, Any]:
    """What the search is told of the vectors of words; of a language that has none, nothing."""
    return {
        "words": [*known.rows] if known else [],
        "rows": [*known.rows.values()] if known else [],
        "nothing": known.nothing if known else (),
        "weights": known.weights.model_dump() if known else {},
    }


def entry_vectors(
    documents: Iterable[Document], asked: Iterable[Sequence[str]], known: WordVectors | None
) -> list[Vector]:
    """The vectors of topics or links.

    :param asked: the questions that each answers.
    """
    return [
        known.of_entry(sources_of(document, questions)) if known else ()
        for document, questions in zip(documents, asked, strict=True)
    ]


def word_vectors() -> WordVectors | None:
    """Those of the language that is spoken. Only English has any."""
    language = spoken()
    return _word_vectors() if language == SOURCE or language in PSEUDO else None


@functools.cache
def _word_vectors() -> WordVectors:
    read = made_once().value("vectors of words", _read)
    return WordVectors(read["words"], read["nothing"], Weights.model_validate(read["weights"]))


def _read() -> dict[str, Any]:
    read = table_of(VECTORS.read_text("utf-8"))
    lines = (line.split() for line in read["words"].splitlines())
    return {
        "words": {word: numbers_of(letters) for word, letters in lines},
        "nothing": numbers_of(read["nothing"]),
        "weights": read["weights"],
    }


def numbers_of(letters: str) -> Vector:
    """The numbers that letters stand for."""
    return tuple(ord(letter) - ord(ZERO) for letter in letters)
