"""The signs of ``dangers.yaml``: what pages say that have fallen into other hands. Pure."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import yaml

from linkindex.links.pages.words import folded, plain_letters


class Said:
    """A text in which signs are looked for. ``|`` in it parts what stands in different blocks."""

    def __init__(self, text: str) -> None:
        self.text = folded(text)
        self.spaced = f" {_word_by_word(self.text)} "
        self.words = frozenset(self.spaced.split())
        self.is_latin = _OF_OTHER_SCRIPTS.search(self.text) is None
        self._found: dict[str, tuple[Sign, ...]] = {}
        self._meant: dict[str, tuple[Sign, ...]] = {}

    def found(self, kind: str) -> tuple[Sign, ...]:
        """The signs of a kind that it has."""
        if kind not in self._found:
            self._found[kind] = tuple(self._signs(kind, lambda _place: True))
        return self._found[kind]

    def meant(self, kind: str) -> tuple[Sign, ...]:
        """The signs of a kind that it has and does not warn of where they stand."""
        if kind not in self._meant:
            self._meant[kind] = tuple(self._signs(kind, self._is_meant)) if self.found(kind) else ()
        return self._meant[kind]

    def _signs(self, kind: str, counts: Callable[[int], bool]) -> Iterator[Sign]:
        """The signs of a kind of which one stands where it counts, by its place in the words."""
        listed = signs()[kind]
        found = set()
        for word in listed.phrases.keys() & self.words:
            for number, phrase in listed.phrases[word]:
                if number not in found and any(map(counts, _places(phrase, self.spaced))):
                    found.add(number)
        for number, pattern in listed.patterns:
            if number not in found and any(map(counts, pattern.places(self))):
                found.add(number)
        return (listed.signs[number] for number in sorted(found))

    def _is_meant(self, place: int) -> bool:
        """Whether nothing warns of what stands at a place (below 0: at an unknown one)."""
        if place < 0 or not self._warnings:
            return True
        begin = bisect.bisect_left(self._sentences, place)
        return begin not in self._warnings

    @functools.cached_property
    def _sentences(self) -> list[int]:
        """Where the sentences end, in :attr:`spaced`."""
        return [end.start() for end in _SENTENCE_END.finditer(self.spaced)]

    @functools.cached_property
    def _warnings(self) -> frozenset[int]:
        """The numbers of the sentences that warn, and of those beside them in one block."""
        if not self.found("warning"):
            return frozenset()
        warning = set()
        listed = signs()["warning"]
        places = [
            place
            for word in listed.phrases.keys() & self.words
            for _, phrase in listed.phrases[word]
            for place in _places(phrase, self.spaced)
        ]
        places += [place for _, pattern in listed.patterns for place in pattern.places(self)]
        ends = self._sentences
        for place in places:
            number = bisect.bisect_left(ends, place)
            warning.add(number)
            if number and self.spaced[ends[number - 1] + 1] != "|":
                warning.add(number - 1)
            if number < len(ends) and self.spaced[ends[number] + 1] != "|":
                warning.add(number + 1)
        return frozenset(warning)


_SENTENCE_END = re.compile(r" [.!?;|](?= )")
_MOST_PLACES = 20


def _places(phrase: str, spaced: str) -> Iterator[int]:
    """Where a phrase stands, the first times that it does."""
    place = spaced.find(phrase)
    for _ in range(_MOST_PLACES):
        if place < 0:
            return
        yield place
        place = spaced.find(phrase, place + 1)


@dataclass(frozen=True)
class Sign:
    """One thing that a page may say, in any of several ways."""

    kind: str
    number: int
    weight: float


@dataclass(frozen=True)
class Pattern:
    """A way of saying something that is more than a phrase.

    ``of_words`` is whether it is one of whole words. What it is only tried for, because it would
    find nothing in others, are texts with one of the words of ``needs``, or where ``is_latin`` is
    false, texts with letters that are not Latin.
    """

    pattern: re.Pattern[str]
    of_words: bool
    needs: frozenset[str] = frozenset()
    is_latin: bool = True

    def places(self, said: Said) -> Iterator[int]:
        """Where the text says it, in its words; -1 where that is not known."""
        if said.is_latin > self.is_latin or (self.needs and self.needs.isdisjoint(said.words)):
            return
        if self.of_words:
            for match in self.pattern.finditer(said.spaced):
                yield match.start()
        elif self.pattern.search(said.text) is not None:
            yield -1


@dataclass(frozen=True)
class Signs:
    """The signs of one kind.

    ``phrases`` are words that stand together, by the first of them, each with the number of its
    sign; ``patterns`` are all other ways.
    """

    signs: tuple[Sign, ...]
    phrases: Mapping[str, tuple[tuple[int, str], ...]]
    patterns: tuple[tuple[int, Pattern], ...]


def weight(kind: str, said: Said, expected: Said) -> float:
    """The weight of the signs of a kind in a text, without those that are expected there."""
    expected_signs = expected.found(kind)
    return sum(sign.weight for sign in said.found(kind) if sign not in expected_signs)


@functools.cache
def signs() -> Mapping[str, Signs]:
    """The signs of each kind."""
    written: dict[str, dict[int, list[str]]] = {}
    for name in ("dangers.yaml", "offers.yaml", "notices.yaml"):
        listed = yaml.load(files(__package__).joinpath(name).read_text("utf-8"), _LOADER)  # noqa: S506
        for kind, groups in listed.items():
            for weight, group in groups.items():
                written.setdefault(kind, {}).setdefault(weight, []).extend(group)
    return {kind: _signs(kind, groups) for kind, groups in written.items()}


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _signs(kind: str, groups: Mapping[int, Sequence[str]]) -> Signs:
    all_signs: list[Sign] = []
    phrases: dict[str, list[tuple[int, str]]] = {}
    patterns: list[tuple[int, Pattern]] = []
    known: set[str] = set()
    for weight, ways in _ways_of(groups):
        place = len(all_signs)
        all_signs.append(Sign(kind, place, float(weight)))
        anywhere: dict[bool, list[str]] = {True: [], False: []}
        for way in ways:
            is_of_words = way[0] not in "^[-" and not _NOT_OF_WORDS.search(way)
            spelled = _spelled_out(way) if is_of_words or _WORDS.fullmatch(way) else None
            if spelled is not None and not _UNSPACED.search(way):
                new = dict.fromkeys(f" {_word_by_word(text)} " for text in spelled)
                for phrase in new.keys() - known:
                    phrases.setdefault(phrase.split()[0], []).append((place, phrase))
                known.update(new)
            elif is_of_words:
                worded = Pattern(re.compile(f" (?:{way}) "), True, _needed_words(way))
                patterns.append((place, worded))
            else:
                spelled = _spelled_out(_GAP.sub("", way))
                is_latin = not (spelled and all(map(_OF_OTHER_SCRIPTS.search, spelled)))
                anywhere[is_latin].append(f"(?:{way})")
        for is_latin, joined in anywhere.items():
            if joined:
                pattern = Pattern(re.compile("|".join(joined)), False, is_latin=is_latin)
                patterns.append((place, pattern))
    return Signs(
        tuple(all_signs),
        {word: tuple(standing) for word, standing in phrases.items()},
        tuple(patterns),
    )


def _ways_of(groups: Mapping[int, Sequence[str]]) -> Iterator[tuple[int, list[str]]]:
    """The ways of each sign of a kind, each of them in the first sign alone that has it."""
    known: set[str] = set()
    for weight, group in groups.items():
        for written in group:
            ways = dict.fromkeys(plain_letters(way.strip()) for way in _split(written, "|"))
            yield weight, [way for way in ways if way not in known]
            known.update(ways)


_UNSPACED = re.compile(
    "[\u0590-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u9fff\uac00-\ud7af]"
)
"""Letters of scripts that join words to each other, or to what belongs to them."""

_OF_OTHER_SCRIPTS = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")
"""Letters that are not Latin."""

_WORDS = re.compile(r"[\w' -]+")

_WORD_OR_END = re.compile(r"\w+|[.!?:;|](?!\S)")
"""A word, or the sign that ends a sentence."""

_NOT_OF_WORDS = re.compile(f"{_UNSPACED.pattern}|[%£$€¥₺฿₫₩]")
"""What stands in a pattern that words alone cannot say."""


_PLAIN_WORD = re.compile(r"[^\W_]+")
_WORD_BEFORE_MORE = re.compile(r"([^\W_]+)(?:\( [^()]*\)[?*]?)*")
_GROUP = re.compile(r"\(([^()?*+{}\[\]\\]+)\)")


def _needed_words(way: str) -> frozenset[str]:
    """Words of which each text has one that a pattern of words finds; empty where none is sure."""
    parts = way.split(" ") if "(" not in way else list(_split(way, " "))
    best: frozenset[str] = frozenset()
    for place, part in enumerate(parts):
        if place + 1 < len(parts) and parts[place + 1][:1] in ("?", "*"):
            continue  # The space after it need not be there.
        if part[:1] in ("?", "*"):
            continue
        sure: frozenset[str] = frozenset()
        if word := _WORD_BEFORE_MORE.fullmatch(part):
            sure = frozenset({word[1]})
        elif (group := _GROUP.fullmatch(part)) and all(
            _PLAIN_WORD.fullmatch(choice.split(" ")[0]) for choice in group[1].split("|")
        ):
            sure = frozenset(choice.split(" ")[0] for choice in group[1].split("|"))
        if sure and (not best or len(sure) < len(best)):
            best = sure
    return best


_GAP = re.compile(r"\.\{\d,\d+\}")

_MOST_SPELLINGS = 400
"""Texts that one pattern may stand for, so that they are written down in place of it."""


def _spelled_out(way: str) -> list[str] | None:
    """Every text that a pattern finds; ``None`` where it finds more than can be written down."""
    texts = [""]
    for part in _parts(way):
        is_optional = part.endswith("?") and len(part) > 1
        bare = part[:-1] if is_optional else part
        if bare[0] == "(" and bare[-1:] == ")" and bare[1:2] != "?":
            choices = [_spelled_out(choice) for choice in _split(bare[1:-1], "|")]
            if any(choice is None for choice in choices):
                return None
            ways = [text for choice in choices for text in choice or []]
        elif bare[0] == "[" and re.fullmatch(r"\[[^\W_]+\]", bare):
            ways = list(bare[1:-1])
        elif re.fullmatch(r"[\w' -]", bare):
            ways = [bare]
        else:
            return None
        if is_optional:
            ways = ["", *ways]
        if len(texts) * len(ways) > _MOST_SPELLINGS:
            return None
        texts = [f"{text}{more}" for text in texts for more in ways]
    return texts


def _parts(way: str) -> Iterator[str]:
    """The letters, groups and sets of a pattern, each with what says how often it stands there."""
    part, depth = "", 0
    for letter in way:
        if part and depth == 0 and letter not in "?*+{":
            yield part
            part = ""
        depth += (letter in "([") - (letter in ")]")
        part += letter
    if part:
        yield part


def _split(written: str, separator: str) -> Iterator[str]:
    """The parts between separators that stand outside all brackets."""
    depth, part = 0, ""
    for letter in written:
        depth += (letter in "([") - (letter in ")]")
        if letter == separator and depth == 0:
            yield part
            part = ""
        else:
            part += letter
    yield part


def _word_by_word(text: str) -> str:
    return " ".join(_WORD_OR_END.findall(text.replace("'", "")))
