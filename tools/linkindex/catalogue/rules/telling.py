"""Words and icons that tell a sensitive topic by themselves (``telling.yaml``)."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import NamedTuple
from urllib.parse import urlsplit

from linkindex.speaking.beginnings import changed
from linkindex.tables import table_of

ENGLISH = "en"

LONG_ENOUGH = 5
"""Letters of a word that is found inside a code too: shorter ones stand in harmless words."""


LONG_ENOUGH_TO_BEGIN = 4
"""Letters of a word with which a name of a host begins."""


class Words:
    """What tells a sensitive topic in texts of one language, or of an index in one language.

    English words tell in every language: everybody here knows them.
    """

    def __init__(self, language: str, own: Iterable[str] = ()) -> None:
        """Take the words of a language, and further ones that an index gives.

        :param language: an ISO code; of one that has no words here, those of English stay.
        """
        table = _table().languages
        english, here = table[ENGLISH], table.get(language, _NOTHING)
        plain = english.words - here.harmless
        added = {*here.words, *map(_folded, own)} if language != ENGLISH else set(map(_folded, own))
        every = {form for word in added for form in (word, *changed(word, language))}
        self._plurals = plain
        self._words = frozenset({*plain, *(word for word in every if " " not in word)})
        self._phrases = _by_first_word(word for word in every if " " in word)
        self._beginnings = tuple(w for w in self._words if len(w) >= LONG_ENOUGH_TO_BEGIN)
        self._language = language
        self._common = english.common | {
            form for word in here.common for form in (word, *changed(word, language))
        }

    def words(self, text: str) -> set[str]:
        """The words of a text that tell a topic."""
        parts = words_of(text)
        joined = f" {' '.join(parts)} "
        each = set(parts)
        plurals = {word for word in each if word[-1] == "s" and word[:-1] in self._plurals}
        begun = (phrase for word in each & self._phrases.keys() for phrase in self._phrases[word])
        phrases = {phrase for phrase in begun if f" {phrase} " in joined}
        return each & self._words | plurals | phrases

    def parts(self, code: str) -> set[str]:
        """What tells a topic in a code: the whole of its letters, or a longer word inside them."""
        letters = re.sub(r"[^a-z]", "", code.lower())
        known = {*self._words, *(f"{word}s" for word in self._plurals)}
        inside = {word for word in known if len(word) >= LONG_ENOUGH and word in letters}
        longest = {word for word in inside if not any(word != o and word in o for o in inside)}
        return longest or self.words(letters)

    def address(self, address: str) -> set[str]:
        """What tells a topic in an address: its words, and how a name of its host begins.

        Words of a host are run together (``rapecrisis.org.uk``).
        """
        labels = words_of(urlsplit(address).hostname or "")
        hosts = {name for name in labels if name.startswith(self._beginnings)}
        alike = _table().alike
        return self.words(address) | {host for host in hosts if not host.startswith(alike)}

    def names(self, names: Iterable[str]) -> set[str]:
        """The words by which a topic is called, in every form: what tells it, and it alone."""
        called = {word for name in names for word in words_of(name)}
        told = {word for word in called if len(word) > 1 and word not in self._common}
        forms = (form for word in told for form in (word, *changed(word, self._language)))
        return {form for form in forms if len(form) > 1}


def _by_first_word(phrases: Iterable[str]) -> Mapping[str, list[str]]:
    by_word: dict[str, list[str]] = {}
    for phrase in phrases:
        by_word.setdefault(phrase.partition(" ")[0], []).append(phrase)
    return by_word


@functools.lru_cache(maxsize=64)
def words_in(language: str, own: tuple[str, ...] = ()) -> Words:
    """What tells in a language, with the words that an index gives for it."""
    return Words(language, own)


def has_words(language: str) -> bool:
    """Whether it is known here what tells a sensitive topic in a language."""
    return language in _table().languages


def tells_in_any_language(text: str) -> bool:
    """Whether a word of a text tells a topic in a language that is known here."""
    return any(words_in(language).words(text) for language in _table().languages)


def telling_words(text: str) -> set[str]:
    """The words of an English text that tell a topic."""
    return words_in(ENGLISH).words(text)


def telling_parts(code: str) -> set[str]:
    """What tells a topic in a code, in English."""
    return words_in(ENGLISH).parts(code)


def telling_address(address: str) -> set[str]:
    """What tells a topic in the address of a page, in English."""
    return words_in(ENGLISH).address(address)


def telling_icon(name: str) -> set[str]:
    """The words in an icon's name whose picture tells a topic."""
    return set(_table().icons.intersection(words_of(name)))


def pattern_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Finds any of the names as whole words, whatever stands between the words of one.

    Hyphens of an id count as spaces. Nothing where there is no name.
    """
    words = [re.findall(r"\w+", name) for name in names]
    spelt = sorted((r"[\W_]*".join(map(re.escape, parts)) for parts in words if parts), key=len)
    if not spelt:
        return None
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(reversed(spelt))})(?![^\W_])", re.IGNORECASE)


class _Language(NamedTuple):
    """The words of one language.

    :ivar harmless: English words that mean something else in it.
    :ivar common: words that tell nothing of a topic whose name holds them.
    """

    words: frozenset[str]
    harmless: frozenset[str]
    common: frozenset[str]


_NOTHING = _Language(frozenset(), frozenset(), frozenset())


class _Table(NamedTuple):
    languages: Mapping[str, _Language]
    icons: frozenset[str]
    alike: tuple[str, ...]


@functools.cache
def _table() -> _Table:
    text = resources.files("linkindex.catalogue.rules").joinpath("telling.yaml").read_text("utf-8")
    table = table_of(text)
    languages = {
        tag: _Language(
            words=frozenset(map(_folded, part["words"])),
            harmless=frozenset(part.get("not", ())),
            common=frozenset(map(_folded, part["common"])),
        )
        for tag, part in table["languages"].items()
    }
    return _Table(languages, frozenset(table["icons"]), tuple(table["languages"][ENGLISH]["alike"]))


def _folded(words: str) -> str:
    return " ".join(words_of(words))


def words_of(text: str) -> list[str]:
    """The words of a text in small letters without accents; vowel signs belong to their word."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return _without_accents(text).casefold().translate(_ONLY_LETTERS).split()


class _OnlyLetters(dict[int, int]):
    """What becomes of each sign: what is in no word becomes a space. Each is looked at once."""

    def __missing__(self, sign: int) -> int:
        self[sign] = sign if _is_letter(chr(sign)) else ord(" ")
        return self[sign]


_ONLY_LETTERS = _OnlyLetters()
_ASCII_WORD = re.compile(r"[a-z0-9]+")


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or (not sign.isascii() and unicodedata.category(sign)[0] == "M")


def _without_accents(text: str) -> str:
    """A text without the accents of Latin, Greek and Cyrillic, and the vowel points of Arabic."""
    return re.sub("[\u0300-\u036f\u064b-\u065f\u0670]", "", unicodedata.normalize("NFKD", text))
