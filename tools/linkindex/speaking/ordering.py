"""The order of titles in the language that is spoken, and the letters they stand under.

Languages whose alphabet is not that of English are in ``alphabets.yaml``.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping
from importlib import resources
from typing import Any, NamedTuple

from linkindex.speaking.language import Language, spoken
from linkindex.tables import table_of

OTHERWISE = "0-9"
"""Under what titles stand that begin with no letter."""

Key = tuple[tuple[int, str], ...]
"""The place of each letter of a title in the alphabet; what is no letter stands before all."""


class _Alphabet(NamedTuple):
    """How a language orders words.

    :ivar places: the place of each letter, by its signs; none where that of English is meant.
    :ivar longest: signs of the longest letter.
    """

    places: Mapping[str, int]
    longest: int
    articles: tuple[str, ...]


def sort_key(title: str) -> Key:
    """The key by which titles stand in an A to Z: case, quotes and a leading article left out."""
    return _key(title, spoken())


def letter(title: str) -> str:
    """Under which letter a title stands, as a heading; :data:`OTHERWISE` for what begins with none.

    In Welsh ``Chwarae`` stands under ``Ch``.
    """
    return _letter(title, spoken())


@functools.lru_cache(maxsize=8192)
def _key(title: str, language: Language) -> Key:
    alphabet = _alphabet(language)
    return tuple(
        (alphabet.places.get(part, ord(part[0])), part) if part[0].isalpha() else (-1, part)
        for part in _parts(_bare(title, alphabet), alphabet)
    )


@functools.lru_cache(maxsize=8192)
def _letter(title: str, language: Language) -> str:
    alphabet = _alphabet(language)
    parts = _parts(_bare(title, alphabet), alphabet)
    if not parts or not parts[0][0].isalpha():
        return OTHERWISE
    return parts[0][:1].upper() + parts[0][1:]


def _bare(title: str, alphabet: _Alphabet) -> str:
    folded = title.casefold().lstrip("'\"“‘")
    for article in alphabet.articles:
        if folded.startswith(f"{article} "):
            folded = folded[len(article) :].lstrip(" '\"“‘")
            break
    return folded


def _parts(text: str, alphabet: _Alphabet) -> list[str]:
    """A text as letters of an alphabet, without accents that it does not know."""
    whole = unicodedata.normalize("NFC", text)
    plain = (
        whole
        if whole.isascii()
        else "".join(
            sign if sign.isascii() or sign in alphabet.places else _without_accent(sign)
            for sign in whole
        )
    )
    if alphabet.longest == 1:
        return list(plain)
    parts, at = [], 0
    while at < len(plain):
        length = next(
            (n for n in range(alphabet.longest, 1, -1) if plain[at : at + n] in alphabet.places), 1
        )
        parts.append(plain[at : at + length])
        at += length
    return parts


def _without_accent(sign: str) -> str:
    parts = unicodedata.normalize("NFD", sign)
    return "".join(part for part in parts if not unicodedata.combining(part)) or sign


@functools.cache
def _alphabet(language: Language) -> _Alphabet:
    known = tables()
    table = known.get(language, known["en"] if language.startswith("en") else {})
    places = {signs: number for number, signs in enumerate(table.get("letters", ()))}
    longest = max(map(len, places), default=1)
    return _Alphabet(places, longest, tuple(table.get("articles", ())))


@functools.cache
def tables() -> dict[str, dict[str, Any]]:
    """What is known of each language."""
    text = resources.files("linkindex.speaking").joinpath("alphabets.yaml").read_text("utf-8")
    read: dict[str, dict[str, Any]] = table_of(text)
    return read
