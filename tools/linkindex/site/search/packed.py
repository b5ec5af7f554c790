"""What the search looks through, packed as ``assets/search/unpack.js`` unpacks it.

Words are spelt once: those of danger are spelt with its rules, and come first. Names that are shown
are words and a shape, which says what stands between them and where capitals do.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from linkindex.site.compiled import made_once
from linkindex.site.danger.packed import danger_forms
from linkindex.site.packing import Packed
from linkindex.site.search.words import words
from linkindex.site.spelling import rows_written, spelt

_TOKEN = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_a-zA-Z]+")
"""A word of a name, or a part of one that is of one case. Other letters stay as they are."""

SMALL, CAPITAL, CAPITALS = "l", "C", "U"
JOINED, END = "j", "e"
"""Signs of a shape: how a word is written, that nothing stands before it, and where a name ends."""


_TITLE, _NAMES, _ABOUT, _ASKED, _SAYING = range(5)
"""Kinds of sets: of a topic, a word is in many sayings, and seldom asked of more than one link."""


class _Sets:
    """Sets of words by section, and those of them whose order is told."""

    def __init__(self) -> None:
        self._sets: list[Sequence[str]] = []
        self._sections: list[int] = []
        self._kinds: list[int] = []
        self._phrases: list[Sequence[str]] = []

    def add(self, section: int, kind: int, names: Sequence[str], *, in_order: bool = False) -> None:
        self._sets.append(names)
        self._sections.append(section)
        self._kinds.append(kind)
        if in_order:
            self._phrases.append(names)

    def packed(self, columns: Mapping[str, Sequence[int]] | None = None) -> dict[str, Any]:
        """The words that are not among those of danger, and everything else as bits.

        :param columns: numbers of links, written last.
        """
        known = danger_forms()
        own = sorted({word for names in self._sets for word in names}.difference(known))
        number = {word: at for at, word in enumerate((*known, *own))}
        packed = Packed()
        sets = [{number[word] for word in names} for names in self._sets]
        packed.sets(sets, self._sections, len(number), self._kinds)
        packed.orders([[number[word] for word in phrase] for phrase in self._phrases])
        if columns:
            _write_columns(packed, columns)
        return {"spelt": spelt(own), "packed": packed.text()}


def packed_first(content: Mapping[str, Any], *, in_one_part: bool) -> dict[str, Any]:
    """The first file.

    The titles of an index of many parts stay text: an early question waits for them.
    """
    topics, pages, links = content["topics"], content["pages"], content["links"]
    sets = _Sets()
    of_language, of_pages, of_publishers = range(len(topics), len(topics) + 3)  # sections
    for told in (content["small"], content["common"]):
        sets.add(of_language, _TITLE, told.split())
    sets.add(of_language, _TITLE, [*content["vectors"]["words"]])
    for _, told in content["elsewhere"]:
        sets.add(of_language, _TITLE, told.split())
    for line in (*content["families"], *content["spellings"]):
        sets.add(of_language, _SAYING, line.split())
    for page in pages:
        sets.add(of_pages, _TITLE, page.get("names", "").split())
    sets.add(of_pages, _TITLE, content["several"].split())
    for at, topic in enumerate(topics):
        for name in _TITLES:
            sets.add(at, _TITLE, _tokens(topic[name]), in_order=True)
        sets.add(at, _ABOUT, topic.get("about", "").split())
        sets.add(at, _ASKED, topic["asked"].split())
        for saying in topic.get("sayings", ()):
            sets.add(at, _SAYING, saying.split())
        for name in topic.get("names", ()):
            sets.add(at, _NAMES, words(name), in_order=True)
    of_links = _add_words(sets, content["words"], links["topic"], content["several"])
    columns = {name: column for name, column in links.items() if name not in _NUMBERS}
    names = [topic[name] for topic in topics for name in _TITLES]
    if in_one_part:
        titles, publishers = columns.pop("title"), columns["publishers"]
        for section, title in zip(links["topic"], titles, strict=True):
            sets.add(section, _TITLE, _tokens(title), in_order=True)
        for publisher in publishers:
            sets.add(of_publishers, _TITLE, _tokens(publisher), in_order=True)
        names += [*titles, *publishers]
        columns["publishers"] = len(publishers)
    return {
        # First, so that they mix with no text where a server compresses them.
        **sets.packed({name: links[name] for name in _NUMBERS}),
        "ranking": content["ranking"],
        "meanings": content["meanings"],
        "elsewhere": [weight for weight, _ in content["elsewhere"]],
        "families": len(content["families"]),
        "spellings": len(content["spellings"]),
        "topics": [_told(topic) for topic in topics],
        "pages": [_without(page, "names") for page in pages],
        "links": columns,
        "parts": content["parts"],
        **of_links,
        "shapes": shapes(names),
    }


_TITLES = ("title", "full")
_NUMBERS = ("publisher", "nations", "audiences")
"""Columns of links that are written as bits."""


def _write_columns(packed: Packed, columns: Mapping[str, Sequence[int]]) -> None:
    """Publishers are numbered as they first come: most are told by that they are new."""
    met = 0
    packed.coded([int(value == met) for met, value in _met(columns["publisher"])])
    for met, value in _met(columns["publisher"]):
        if value < met:
            packed.number(value, met)
    packed.coded(columns["nations"])
    packed.coded(columns["audiences"])


def _met(values: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each number with how many came before it, counted once."""
    met = 0
    for value in values:
        yield met, value
        met = max(met, value + 1)


def packed_meanings(vectors: Mapping[str, Any]) -> dict[str, Any]:
    """Vectors as rows: those of words in the order in which the first file numbers these."""
    of_words = dict(zip(vectors["words"], vectors["rows"], strict=True))
    rows = tuple(tuple(of_words[word]) for word in _in_order(of_words))
    key = hashlib.sha256(repr(rows).encode()).hexdigest()
    return {
        "weights": vectors["weights"],
        "words": made_once().value(f"rows of vectors {key}", lambda: rows_written(rows)),
        "nothing": rows_written([vectors["nothing"]]),
        "topics": rows_written(vectors["topics"]),
        "links": rows_written(vectors["links"]),
    }


def _in_order(names: Iterable[str]) -> list[str]:
    """Words as the reader numbers them: those of danger first, then by the alphabet."""
    known = {word: at for at, word in enumerate(danger_forms())}
    return sorted(names, key=lambda word: (known.get(word, len(known)), word))


def packed_words(
    part: Mapping[str, Sequence[str]], topics: Sequence[int], several: str
) -> dict[str, Any]:
    """The words of the links of another part.

    :param topics: the topic of each of them.
    :param several: the names of languages, which some links are found by.
    """
    sets = _Sets()
    of_links = _add_words(sets, part, topics, several)
    return {**sets.packed(), **of_links}


def _add_words(
    sets: _Sets, part: Mapping[str, Sequence[Any]], topics: Sequence[int], several: str
) -> dict[str, Any]:
    """How many links there are, and which of them are found by the names of languages."""
    languages = {*several.split()}
    found_by = [{*text.split()} for text in part["names"]]
    in_several = [at for at, names in enumerate(found_by) if languages and languages <= names]
    for at in in_several:
        found_by[at] -= languages
    for topic, names in zip(topics, found_by, strict=False):
        sets.add(topic, _NAMES, sorted(names))
    for kind, name in ((_ABOUT, "about"), (_ASKED, "asked")):
        for topic, text in zip(topics, part[name], strict=False):
            sets.add(topic, kind, text.split())
    return {"count": len(found_by), "several": in_several}


def _told(topic: Mapping[str, Any]) -> dict[str, Any]:
    """A topic, with the count of its names and sayings instead of these."""
    counts = {name: len(topic[name]) for name in ("names", "sayings") if name in topic}
    return _without(topic, "about", "asked", *_TITLES) | counts


def _without(entry: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in names}


def _tokens(text: str) -> list[str]:
    return [word.lower() if word.isascii() else word for word in _TOKEN.findall(text)]


def shapes(texts: Iterable[str]) -> str:
    """Names without their words. One space between words goes without saying."""
    return "".join(_shape(text) for text in texts)


def _shape(text: str) -> str:
    signs = []
    end = 0
    for found in _TOKEN.finditer(text):
        between = text[end : found.start()]
        if found.start() and not between:
            signs.append(JOINED)
        elif not (end and between == " "):
            signs.append(between)
        signs.append(_case(found.group()))
        end = found.end()
    return "".join((*signs, text[end:], END))


def _case(word: str) -> str:
    if not word.isascii() or word == word.lower():
        return SMALL
    return CAPITAL if word == word.capitalize() else CAPITALS
