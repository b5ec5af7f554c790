"""The words people type for what an entry is called: other spellings, plurals, run together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_PAIRS = (
    ("aesthetic", "esthetic"),
    ("ageing", "aging"),
    ("behaviour", "behavior"),
    ("centre", "center"),
    ("cheque", "check"),
    ("colour", "color"),
    ("counselling", "counseling"),
    ("counsellor", "counselor"),
    ("defence", "defense"),
    ("enrol", "enroll"),
    ("favourite", "favorite"),
    ("fulfil", "fulfill"),
    ("grey", "gray"),
    ("honour", "honor"),
    ("judgement", "judgment"),
    ("labelling", "labeling"),
    ("labour", "labor"),
    ("learnt", "learned"),
    ("licence", "license"),
    ("mum", "mom"),
    ("neighbour", "neighbor"),
    ("orthopaedic", "orthopedic"),
    ("paediatric", "pediatric"),
    ("practise", "practice"),
    ("programme", "program"),
    ("rumour", "rumor"),
    ("sceptical", "skeptical"),
    ("skilful", "skillful"),
    ("theatre", "theater"),
    ("traveller", "traveler"),
    ("travelling", "traveling"),
    ("tumour", "tumor"),
    ("focussed", "focused"),
)
"""British and American spellings of words met in this field."""

_TO_AMERICAN = dict(_PAIRS)
_TO_BRITISH = {american: british for british, american in _PAIRS}

LONGEST_RUN = 5
"""Words that are indexed as one as well: people write `traumainformed`, and the search asks for a
phrase as one word besides (assets/search.js), so that whole phrases come first."""


def variants(phrases: Iterable[str]) -> list[str]:
    """Words to search by besides the phrases themselves, each once, in a fixed order."""
    found: dict[str, None] = {}
    for phrase in phrases:
        words = [word.casefold() for word in _WORD.findall(phrase)]
        for word in words:
            found.update(dict.fromkeys(_other_spellings(word)))
        found.update(dict.fromkeys(_run_together(words)))
    return list(found)


def _other_spellings(word: str) -> Iterator[str]:
    if len(word) < 3 or not word.isalpha():
        return
    for spelling in dict.fromkeys((word, *_across_the_atlantic(word))):
        if spelling != word:
            yield spelling
        yield from _numbers(spelling)


def _across_the_atlantic(word: str) -> Iterator[str]:
    stem, plural = (word[:-1], "s") if word.endswith("s") and len(word) > 4 else (word, "")
    for table in (_TO_AMERICAN, _TO_BRITISH):
        if stem in table:
            yield table[stem] + plural
    for british, american in (
        ("isation", "ization"),
        ("ising", "izing"),
        ("ised", "ized"),
        ("ise", "ize"),
        ("yse", "yze"),
    ):
        if stem.endswith(british) and len(stem) > len(british) + 3:
            yield stem.removesuffix(british) + american + plural
        if stem.endswith(american) and len(stem) > len(american) + 3:
            yield stem.removesuffix(american) + british + plural


def _numbers(word: str) -> Iterator[str]:
    """The plural of a singular. A singular is found by the start of its plural anyway."""
    if word.endswith("s"):
        return
    if word.endswith("y") and word[-2] not in "aeiou":
        yield word.removesuffix("y") + "ies"
    elif word.endswith(("x", "z", "ch", "sh")):
        yield word + "es"
    else:
        yield word + "s"


def _run_together(words: list[str]) -> Iterator[str]:
    if 2 <= len(words) <= LONGEST_RUN:
        yield "".join(words)
