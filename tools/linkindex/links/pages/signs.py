"""The signs of ``dangers.yaml``: what pages say that have fallen into other hands. Pure."""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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

    def found(self, kind: str) -> tuple[Sign, ...]:
        """The signs of a kind that it has."""
        return tuple(self._places.get(kind, ()))

    def meant(self, kind: str) -> tuple[Sign, ...]:
        """The signs of a kind that it has and does not warn of where they stand."""
        of_kind = self._places.get(kind, {})
        return tuple(sign for sign, places in of_kind.items() if any(map(self._is_meant, places)))

    def places_of(self, sign: Sign) -> list[int]:
        """Where a sign stands in :attr:`spaced`."""
        return self._places.get(sign.kind, {}).get(sign, [])

    def times(self, wanted: Iterable[Sign]) -> int:
        """How many different places have a sign that is wanted, those that it warns of left out."""
        places = {
            place // _ONE_PLACE
            for sign in wanted
            for place in self._places.get(sign.kind, {}).get(sign, ())
            if self._is_meant(place)
        }
        return len(places)

    def _is_meant(self, place: int) -> bool:
        """Whether the page says something itself, and does not warn of it, or quote it."""
        if self.sentence(place) in self._warnings:
            return False
        quote = bisect.bisect_right(self._quotes, (place, self._end)) - 1
        return quote < 0 or place >= self._quotes[quote][1]

    @property
    def _end(self) -> int:
        return len(self.spaced)

    @functools.cached_property
    def _quotes(self) -> list[tuple[int, int]]:
        """Where quotations begin and end."""
        return [quote.span() for quote in _QUOTE.finditer(self.spaced)]

    def block_of(self, place: int) -> int:
        """The number of the block in which a place lies."""
        return bisect.bisect_left(self._block_ends, place)

    def begin_of_block(self, number: int) -> int:
        """Where a block begins; where there are fewer, where the last does."""
        number = min(number, len(self._block_ends))
        return self._block_ends[number - 1] + _BLOCK_SIGN if number else 0

    @functools.cached_property
    def _block_ends(self) -> list[int]:
        return [end.start() for end in _BLOCK_END.finditer(self.spaced)]

    def blocks_with(self, wanted: Iterable[Sign]) -> frozenset[int]:
        """The numbers of the blocks in which a sign that is wanted stands, and is meant."""
        return frozenset(
            self.block_of(place)
            for sign in wanted
            for place in self._places.get(sign.kind, {}).get(sign, ())
            if self._is_meant(place)
        )

    def sentences_with(self, kind: str) -> frozenset[int]:
        """The numbers of the sentences in which a sign of a kind stands."""
        places = itertools.chain.from_iterable(self._places.get(kind, {}).values())
        return frozenset(map(self.sentence, places))

    def sentence(self, place: int) -> int:
        """The number of the sentence in which a place in :attr:`spaced` lies."""
        return bisect.bisect_left(self.sentence_ends, place)

    @functools.cached_property
    def sentence_ends(self) -> list[int]:
        """Where the sentences end, in :attr:`spaced`."""
        return [end.start() for end in _SENTENCE_END.finditer(self.spaced)]

    @functools.cached_property
    def _places(self) -> dict[str, dict[Sign, list[int]]]:
        """Where the signs stand, by kind, in :attr:`spaced`."""
        index = _index()
        places: dict[str, dict[Sign, list[int]]] = {}
        for word in index.phrases.keys() & self.words:
            for sign, phrase in index.phrases[word]:
                if standing := _places_of(phrase, self.spaced):
                    places.setdefault(sign.kind, {}).setdefault(sign, []).extend(standing)
        at_hand = {*self.words, *(f"{word[:_BEGINNING]}*" for word in self.words)}
        tried = {number for word in index.needs.keys() & at_hand for number in index.needs[word]}
        is_latin = _OF_OTHER_SCRIPTS.search(self.text) is None
        for number in itertools.chain(index.always if is_latin else index.everywhere, tried):
            sign, pattern = index.patterns[number]
            if standing := pattern.places(self):
                places.setdefault(sign.kind, {}).setdefault(sign, []).extend(standing)
        return {kind: dict(sorted(found.items())) for kind, found in places.items()}

    @functools.cached_property
    def _warnings(self) -> frozenset[int]:
        """The numbers of the sentences that warn, and of those beside them in one block."""
        warning, ends = set(self.sentences_with("warning")), self.sentence_ends
        for number in tuple(warning):
            if number and self.spaced[ends[number - 1] + 1] != "|":
                warning.add(number - 1)
            if number < len(ends) and self.spaced[ends[number] + 1] != "|":
                warning.add(number + 1)
        return frozenset(warning)


_BLOCK_SIGN = len(" |")
_QUOTE = re.compile(r' " [^"|]{3,400} "(?= )')
_BLOCK_END = re.compile(r" \|(?= )")
_SENTENCE_END = re.compile(r" [.!?;|](?= )")
_MOST_PLACES = 20

_ONE_PLACE = 16
"""Characters within which several signs say one thing."""


def _places_of(phrase: str, spaced: str) -> list[int]:
    """Where a phrase stands, the first times that it does."""
    places: list[int] = []
    place = spaced.find(phrase)
    while place >= 0 and len(places) < _MOST_PLACES:
        places.append(place)
        place = spaced.find(phrase, place + 1)
    return places


@dataclass(frozen=True, order=True)
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

    def places(self, said: Said) -> list[int]:
        """Where the text says it, in its words; where that is not known, where its block begins."""
        if self.of_words:
            found = self.pattern.finditer(said.spaced)
            return [match.start() for match in itertools.islice(found, _MOST_PLACES)]
        found = itertools.islice(self.pattern.finditer(said.text), _MOST_PLACES)
        return [said.begin_of_block(said.text.count("|", 0, match.start())) for match in found]


@dataclass(frozen=True)
class Signs:
    """The signs of one kind.

    ``phrases`` are words that stand together, by the first of them, each with its sign;
    ``patterns`` are all other ways.
    """

    signs: tuple[Sign, ...]
    phrases: Mapping[str, tuple[tuple[Sign, str], ...]]
    patterns: tuple[tuple[Sign, Pattern], ...]


@dataclass(frozen=True)
class _Index:
    """The ways of all kinds: ``needs`` are the numbers of patterns by the words that they need.

    ``always`` are those that need none, and ``everywhere`` these and those of other scripts.
    """

    phrases: Mapping[str, list[tuple[Sign, str]]]
    patterns: list[tuple[Sign, Pattern]]
    needs: Mapping[str, list[int]]
    always: list[int]
    everywhere: list[int]


@functools.cache
def _index() -> _Index:
    phrases: dict[str, list[tuple[Sign, str]]] = {}
    needs: dict[str, list[int]] = {}
    patterns = [standing for of_kind in signs().values() for standing in of_kind.patterns]
    for of_kind in signs().values():
        for word, listed in of_kind.phrases.items():
            phrases.setdefault(word, []).extend(listed)
    for number, (_, pattern) in enumerate(patterns):
        for word in pattern.needs:
            needs.setdefault(word, []).append(number)
    free = [number for number, (_, pattern) in enumerate(patterns) if not pattern.needs]
    latin = [number for number in free if patterns[number][1].is_latin]
    return _Index(phrases, patterns, needs, latin, free)


def loads_parking(addresses: str) -> bool:
    """Whether among addresses is one of which only pages of parking services load."""
    return any(pattern.pattern.search(addresses) for _, pattern in signs()["loading"].patterns)


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
    phrases: dict[str, list[tuple[Sign, str]]] = {}
    patterns: list[tuple[Sign, Pattern]] = []
    known: set[str] = set()
    for weight, ways in _ways_of(groups):
        sign = Sign(kind, len(all_signs), float(weight))
        all_signs.append(sign)
        anywhere: dict[bool, list[str]] = {True: [], False: []}
        for way in ways:
            is_of_words = way[0] not in "^[-" and not _NOT_OF_WORDS.search(way)
            spelled = _spelled_out(way) if is_of_words or _WORDS.fullmatch(way) else None
            if spelled is not None and not _UNSPACED.search(way):
                new = dict.fromkeys(f" {_word_by_word(text)} " for text in spelled)
                for phrase in new.keys() - known:
                    phrases.setdefault(phrase.split()[0], []).append((sign, phrase))
                known.update(new)
            elif is_of_words:
                worded = Pattern(re.compile(f" (?:{way}) "), True, _needed_words(way))
                patterns.append((sign, worded))
            else:
                spelled = _spelled_out(_GAP.sub("", way))
                is_latin = not (spelled and all(map(_OF_OTHER_SCRIPTS.search, spelled)))
                whole = _IN_ARABIC_WORDS.format(way) if _OF_ARABIC.search(way) else f"(?:{way})"
                anywhere[is_latin].append(whole)
        for is_latin, joined in anywhere.items():
            if joined:
                pattern = Pattern(re.compile("|".join(joined)), False, is_latin=is_latin)
                patterns.append((sign, pattern))
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

_OF_ARABIC = re.compile("[\u0621-\u06d3]")
_IN_ARABIC_WORDS = (
    "(?<![\u0621-\u06d3])[\u0648\u0628\u0641\u0643\u0644]?(?:\u0627\u0644|\u0644)?"
    "(?:{})(?![\u0621-\u06d3])"
)
"""How a word stands in Arabic letters: whole, after short words that are written as one with it."""

_OF_OTHER_SCRIPTS = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")
"""Letters that are not Latin."""

_WORDS = re.compile(r"[\w' -]+")

_WORD_OR_END = re.compile(r"\w+|[.!?:;|](?!\S)|\"")
"""A word, the sign that ends a sentence, or that of a quotation."""

_NOT_OF_WORDS = re.compile(f"{_UNSPACED.pattern}|[%£$€¥₺฿₫₩]")
"""What stands in a pattern that words alone cannot say."""


_BEGINNING = 4
"""Letters by which words are looked up of which a pattern leaves the end open."""

_OPEN_END = re.compile(r"([^\W_]{4,})\\[wS][*+]")
_ANY_WORDS = re.compile(r"(?:\( \\w\+\)|\( [^()]*\))(?:\{\d,\d+\}|[?*])$")
_ANY_WORDS_FIRST = re.compile(r"^\((?:[^()]* \|)*[^()]* \)[?*]")
"""What may stand after a part of a pattern, or before it, and need not."""


def _needed_words(way: str) -> frozenset[str]:
    """Words of which each text has one that a pattern of words finds; empty where none is sure.

    One that ends with ``*`` is the beginning of a word.
    """
    parts = list(_split(way, " "))
    best: frozenset[str] = frozenset()
    for place, part in enumerate(parts):
        is_joined = place + 1 < len(parts) and parts[place + 1][:1] in ("?", "*")
        if is_joined or part[:1] in ("?", "*"):
            continue  # The space beside it need not be there.
        sure = _words_of(part)
        if sure and (not best or len(sure) < len(best)):
            best = sure
    return best


def _words_of(part: str) -> frozenset[str]:
    """The words one of which begins a part of a pattern; empty where that is not sure."""
    while (shorter := _ANY_WORDS_FIRST.sub("", _ANY_WORDS.sub("", part))) != part and shorter:
        part = shorter
    is_group = part[:1] == "(" and part[-1:] == ")" and list(_split(part, ")")) == [part]
    choices = _split(part[1:-1], "|") if is_group else [part]
    found: set[str] = set()
    for choice in choices:
        spelled = _spelled_out(choice)
        if spelled is not None and all(text.strip() for text in spelled):
            found.update(_word_by_word(text).split()[0] for text in spelled)
        elif open_end := _OPEN_END.match(choice):
            found.add(f"{open_end[1][:_BEGINNING]}*")
        else:
            return frozenset()
    return frozenset(found)


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
