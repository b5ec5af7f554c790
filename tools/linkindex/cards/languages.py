"""In which language a text of the cards is written, for whoever has it read out.

A PDF that says a wrong language is read out with the wrong sounds. What the catalogue says of a
link is taken as it is; other texts show their language by letters and common words.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import NamedTuple

from linkindex.cards.deck import BETWEEN, Deck
from linkindex.cards.texts import ADDRESS, texts_of
from linkindex.catalogue.yaml.source import YamlMap, read_yaml

FILE = Path(__file__).parent / "languages.yaml"

ENGLISH = "en"

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENOUGH_WORDS = 2


class _Signs(NamedTuple):
    letters: frozenset[str]
    words: frozenset[str]


def languages_of(deck: Deck) -> dict[str, str]:
    """The language of each text of a deck that is not in that of the deck (ISO 639)."""
    usual = None if deck.language == ENGLISH else deck.language
    languages = {}
    for text in texts_of(deck):
        # Of a text in two languages, that of the first is the one in which it runs.
        words = text.words.partition(BETWEEN)[0] if deck.beside else text.words
        language = language_of(words, text.language or usual)
        if language != deck.language and text.name != ADDRESS:
            languages[text.words] = language
    return languages


@functools.lru_cache(maxsize=8192)
def language_of(words: str, catalogued: str | None = None) -> str:
    """The language of a text.

    :param catalogued: what the catalogue says of the link that it describes. Words about the link,
        such as the summary, may be in English all the same.
    """
    by_letters = next(
        (code for code, signs in _signs().items() if signs.letters.intersection(words)), None
    )
    if by_letters and by_letters != ENGLISH:
        may_be = catalogued and _share_script(catalogued, by_letters)
        return catalogued if catalogued and may_be else by_letters
    known = _words_of(words)
    counts = {code: len(known & signs.words) for code, signs in _signs().items()}
    most = max(counts.values())
    english = counts[ENGLISH]
    if catalogued in _FROM_RIGHT and words.isascii():
        return ENGLISH  # A name, most likely.
    if catalogued and catalogued != ENGLISH:
        return ENGLISH if english >= _ENOUGH_WORDS and english == most else catalogued
    if most < _ENOUGH_WORDS or english == most:
        return ENGLISH
    return next(code for code, count in counts.items() if count == most)


def _words_of(words: str) -> set[str]:
    return {word.replace("’", "'") for word in _WORD.findall(words.casefold())}


def _share_script(language: str, other: str) -> bool:
    """Whether both are written in Arabic script, or neither is."""
    return (language in _FROM_RIGHT) == (other in _FROM_RIGHT)


_FROM_RIGHT = frozenset({"ar", "ckb", "fa", "ps", "sd", "ug", "ur"})


@functools.cache
def _signs() -> dict[str, _Signs]:
    root = read_yaml(FILE.read_bytes(), FILE.name).root
    assert isinstance(root, YamlMap)  # noqa: S101 - a file of ours
    return {
        str(code): _Signs(frozenset(str(signs["letters"])), frozenset(map(str, signs["words"])))
        for code, signs in root.items()
        if isinstance(signs, dict)
    }
