"""The words people type for what an entry is called: other spellings, plurals, run together.

Words are cut here as the search cuts what is typed (assets/search.js).
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator

_APOSTROPHES = "'`\u00b4\u02bb\u02bc\u2018\u2019\u201b\u2032\uff07"
_HYPHENS = "\\-\u00ad\u2010-\u2015\u2212"
_JOINERS = "\u200b-\u200d\u2060"
"""Unseen signs within a word, which few people can type."""

_SIGN = re.compile(r"[^\w\s]|_")
_WITHIN = re.compile(rf"(?<=\S)[{_APOSTROPHES}{_JOINERS}](?=\S)")
_JOINED = re.compile(rf"[^\s{_HYPHENS}]+(?:[{_HYPHENS}][^\s{_HYPHENS}]+)+")

_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
)
"""What is written over or under a Latin, Greek, Cyrillic, Hebrew or Arabic letter, and is often
left out. The vowel signs of other scripts are as much a part of a word as a letter is."""

_OTHER_LETTERS = str.maketrans(
    {
        **{"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"},
        **{"ı": "i", "ħ": "h", "ŋ": "n"},
        **{"\u0643": "\u06a9", "\u064a": "\u06cc", "\u0649": "\u06cc"},  # kaf and yeh
        **{"\u0629": "\u0647", "\u06c1": "\u0647", "\u06be": "\u0647"},  # teh marbuta and heh
    }
)
"""What is typed for a letter that a keyboard lacks. Keyboards for Arabic, Persian and Urdu write
some letters by other signs; here each has one."""

_LAST_OF_LATIN = "\u024f"

_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]{3,40}"
)
"""Thai, Lao, Tibetan, Burmese, Khmer, Japanese and Chinese leave no space between words."""

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

_PHRASES = 10_000
"""Phrases whose words are kept: publishers, topics and keywords stand under many links."""

LONGEST_RUN = 5
"""Words that are indexed as one as well: people write `traumainformed`, and the search asks for a
phrase as one word besides (assets/search.js), so that whole phrases come first."""


def variants(phrases: Iterable[str]) -> list[str]:
    """Words to search by besides the phrases themselves, each once, in a fixed order."""
    return list(dict.fromkeys(word for phrase in phrases for word in _variants_of(phrase)))


def plain_forms(phrases: Iterable[str]) -> list[str]:
    """How words are typed by who leaves out what is not a letter: `childrens`, `selfharm`, `cafe`.

    Of writing without spaces, the rest from each letter on: a search finds words by how they begin.
    """
    return list(dict.fromkeys(form for phrase in phrases for form in _plain_forms_of(phrase)))


@functools.lru_cache(maxsize=_PHRASES)
def _variants_of(phrase: str) -> tuple[str, ...]:
    words = _words(phrase)
    spellings = (spelling for word in words for spelling in _other_spellings(word))
    return (*_plain_forms_of(phrase), *spellings, *_run_together(words))


@functools.lru_cache(maxsize=_PHRASES)
def _plain_forms_of(phrase: str) -> tuple[str, ...]:
    as_indexed = _as_indexed(phrase)
    compounds = (re.sub(f"[{_HYPHENS}]", "", part) for part in _JOINED.findall(phrase))
    words = (*_words(phrase), *(word for part in compounds for word in _words(part)))
    forms = (form for word in words for form in (word, _without_marks(word), *_endings(word)))
    return tuple(form for form in forms if form not in as_indexed)


def _words(phrase: str) -> list[str]:
    """The words of a phrase in small letters, each with its vowel signs, without apostrophes."""
    whole = _WITHIN.sub("", unicodedata.normalize("NFC", phrase))
    return _SIGN.sub(_vowel_sign_or_space, whole).lower().split()


def _vowel_sign_or_space(sign: re.Match[str]) -> str:
    return sign.group() if unicodedata.category(sign.group()).startswith("M") else " "


def _as_indexed(phrase: str) -> set[str]:
    """The words as the search has them already: cut at apostrophes too."""
    cut = re.sub(f"[{_APOSTROPHES}{_HYPHENS}]", " ", unicodedata.normalize("NFC", phrase))
    return set(_SIGN.sub(_vowel_sign_or_space, cut).lower().split())


def _without_marks(word: str) -> str:
    if word.isascii():
        return word
    bare = _MARKS.sub("", unicodedata.normalize("NFD", word))
    return unicodedata.normalize("NFC", bare).translate(_OTHER_LETTERS) or word


def _endings(word: str) -> Iterator[str]:
    for run in _WITHOUT_SPACES.findall(word):
        yield from (
            run[start:]
            for start in range(len(run) - 1)
            if not unicodedata.category(run[start]).startswith("M")
        )


def _other_spellings(word: str) -> Iterator[str]:
    if len(word) < 3 or not word.isalpha() or max(word) > _LAST_OF_LATIN:
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


_ARTICLES = ("a", "an", "the")


def _run_together(words: list[str]) -> Iterator[str]:
    if words[:1] and words[0] in _ARTICLES:
        yield from _run_together(words[1:])
    if 2 <= len(words) <= LONGEST_RUN:
        yield "".join(words)
