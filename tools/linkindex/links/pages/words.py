"""Text made comparable: without capitals, accents and endings, and its telling words. Pure."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from importlib.resources import files

from linkindex.tables import table_of

_ACCENTS = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]")
"""Combining accents of Latin, Greek and Cyrillic letters, and characters that show nothing."""

_ALIKE = str.maketrans(
    {
        **{"ı": "i", "đ": "d", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe"},
        **dict.fromkeys("‘’ʼ′", "'"),
        **dict.fromkeys("‐‑‒–—", "-"),
        **dict.fromkeys("“”„«»", '"'),
    }
)

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")

_STEM = 6
"""Letters in which the words of one family agree: `erection`, `erectile`."""

_FEWEST_FOREIGN, _LEAST_FOREIGN = 3, 0.08
"""How many of the commonest words of a language make a text of it, and what share of its words; in
sentences of any language it is far more."""


def folded(text: str) -> str:
    """Text in lower case with single spaces, without accents and look-alike letters."""
    return " ".join(plain_letters(text.lower()).lower().split())


def plain_letters(text: str) -> str:
    """Text without accents and look-alike letters (NFKC)."""
    if text.isascii():
        return text
    # Some signs are as long as a sentence when they are taken apart.
    apart = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))[: 4 * len(text)]
    return unicodedata.normalize("NFC", apart).translate(_ALIKE)


def words(text: str) -> frozenset[str]:
    """The words of a text that tell something, without their commonest endings."""
    return words_of_folded(folded(text))


def words_of_folded(text: str) -> frozenset[str]:
    """The same of a text that is :func:`folded` already."""
    found = set(_WORD.findall(text)) - _list("common")
    return frozenset(_stem(word) for word in found if len(word) > 1)


def of_the_field() -> frozenset[str]:
    """The telling words that any page for families may have."""
    return _telling("field")


def vague() -> frozenset[str]:
    """Words that any page may have."""
    return _telling("vague")


def of_helping() -> frozenset[str]:
    """The telling words of pages that help families, or those who help them."""
    return _telling("helping")


def of_trading() -> frozenset[str]:
    """The telling words of pages that sell, rank or advertise."""
    return _telling("trading")


def languages() -> frozenset[str]:
    """The telling words by which an entry says that its page is in another language."""
    return _telling("languages")


def is_foreign(text: str) -> bool:
    """Whether a text in Latin letters is in no language of these islands."""
    tokens = _tokens(text)
    at_home = sum(1 for token in tokens if token in _list("english") or token in _list("celtic"))
    foreign = sum(1 for token in tokens if token in _foreign())
    return (
        foreign >= _FEWEST_FOREIGN and foreign >= _LEAST_FOREIGN * len(tokens) and foreign > at_home
    )


def is_celtic(text: str) -> bool:
    """Whether a text is in Welsh, Irish or Gaelic."""
    tokens = _tokens(text)
    celtic = sum(1 for token in tokens if token in _list("celtic"))
    english = sum(1 for token in tokens if token in _list("english"))
    return celtic >= max(_FEWEST_FOREIGN, _LEAST_FOREIGN * len(tokens)) and celtic > english


def is_latin(letter: str) -> bool:
    """Whether a letter is of the Latin script."""
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")


def share(wanted: frozenset[str], found: frozenset[str]) -> float:
    """How much of what is wanted is there: from 0 to 1, and 0 where nothing is wanted."""
    return len(wanted & found) / len(wanted) if wanted else 0.0


def _tokens(text: str) -> list[str]:
    return [token.strip(".,:;!?()") for token in folded(text).split()]


@functools.lru_cache(maxsize=32_768)
def _stem(word: str) -> str:
    word = re.sub(r"'s?$", "", word)
    for ending in ("ings", "ing", "ies", "es", "ed", "s", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)][:_STEM]
    return word[:_STEM]


@functools.cache
def _foreign() -> frozenset[str]:
    return _list("foreign") - _list("english") - _list("celtic")


@functools.cache
def _telling(name: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _list(name))


def _list(name: str) -> frozenset[str]:
    return _lists()[name]


@functools.cache
def _lists() -> Mapping[str, frozenset[str]]:
    written = table_of(files(__package__).joinpath("words.yaml").read_text("utf-8"))
    return {name: frozenset(folded(listed).split()) for name, listed in written.items()}
