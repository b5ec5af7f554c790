"""Acronyms in plain text: which there are, and which of them the text itself explains."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

_TOKEN = re.compile(r"[^\W_]+")
_HOST = re.compile(r"(?<![^\W_])[^\W_]++(?:\.[^\W_]++)+")
"""A name with dots inside, such as `GOV.UK`."""
_BRACKETS = re.compile(r"(?<![^\W_])([^\W_]++)\s*+\(([^()]*+)\)")
_SMALL_WORDS = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to"}
)

SHARE_OF_CAPITALS = 0.6
"""So that `DoLS` and `GCP2` count and names such as `YouTube` do not."""

SHORTEST_AS_A_PART = 3
"""Two letters are a part of the initials of too many names."""


def acronyms(text: str) -> list[str]:
    """Each acronym of a text once, without the `s` of a plural: `ACE` for `ACEs`."""
    tokens = _TOKEN.findall(_HOST.sub(" ", text))
    return list(dict.fromkeys(filter(None, map(_acronym, tokens))))


def explained(texts: Iterable[str], names: Iterable[str]) -> set[str]:
    """The acronyms that stand beside their meaning, or are the initials of a name.

    :param texts: sentences and names, where a meaning stands in brackets before or after.
    :param names: names alone, whose initials count: `GCP2` for `Graded Care Profile 2`.
    """
    explained: set[str] = set()
    for text in texts:
        explained.update(_beside_their_meaning(text))
    for name in names:
        explained.update(_initials(name))
    return explained


def spells(acronym: str, known: set[str]) -> bool:
    """Whether an acronym is known, is initials, or is a part of them that cannot be by chance."""
    if acronym in known or f"{_INITIALS}{acronym.upper()}" in known:
        return True
    return len(acronym) >= SHORTEST_AS_A_PART and any(
        acronym.upper() in word for word in known if word.startswith(_INITIALS)
    )


_INITIALS = "="
"""Marks initials among explained acronyms, since an acronym may be a part of them."""


def _acronym(token: str) -> str | None:
    if not token[:1].isupper() or token[1:].islower():  # most words; the rest is slow
        return None
    word = token[:-1] if len(token) > 2 and token.endswith("s") else token
    capitals = sum(letter.isupper() for letter in word)
    if capitals < 2 or capitals < SHARE_OF_CAPITALS * len(word):
        return None
    return word


def _beside_their_meaning(text: str) -> Iterator[str]:
    first_two = [token.end() for token in itertools.islice(_TOKEN.finditer(text), 2)]
    for match in _BRACKETS.finditer(text):
        before, inside = match[1], match[2]
        outer = _acronym(before)
        if outer and sum(any(map(str.islower, word)) for word in inside.split()) >= 2:
            yield outer
        inner = _acronym(inside.partition(",")[0].strip())
        if inner and match.end(1) >= first_two[-1] and len(first_two) == 2:
            yield inner


def _initials(name: str) -> Iterator[str]:
    words = _TOKEN.findall(name)
    for chosen in (words, [word for word in words if word.lower() not in _SMALL_WORDS]):
        if len(chosen) > 1:
            letters = (word if word.isdigit() else word[0] for word in chosen)
            yield _INITIALS + "".join(letters).upper()
