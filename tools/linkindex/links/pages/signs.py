"""The signs of ``dangers.yaml``: what pages say that have fallen into other hands. Pure."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

import yaml

from linkindex.links.pages.words import folded, plain_letters


class Said:
    """A text in which signs are looked for."""

    def __init__(self, text: str) -> None:
        self.text = folded(text)
        self.spaced = f" {_word_by_word(self.text)} "
        self.words = frozenset(self.spaced.split())
        self._found: dict[str, tuple[Sign, ...]] = {}

    def found(self, kind: str) -> tuple[Sign, ...]:
        """The signs of a kind that it has."""
        if kind not in self._found:
            self._found[kind] = tuple(sign for sign in signs()[kind] if sign.is_in(self))
        return self._found[kind]


@dataclass(frozen=True)
class Sign:
    """One thing that a page may say, in any of several ways.

    ``phrases`` are words that stand together, by the first of them (``first_words``), and
    ``worded`` is a pattern of words. ``parts`` stand anywhere, for scripts that put no spaces
    between words, and so does what ``pattern`` finds.
    """

    weight: float
    phrases: Mapping[str, tuple[str, ...]] = field(hash=False)
    first_words: frozenset[str]
    worded: re.Pattern[str] | None
    parts: tuple[str, ...]
    pattern: re.Pattern[str] | None

    def is_in(self, said: Said) -> bool:
        """Whether the text says it."""
        return (
            any(
                phrase in said.spaced
                for word in self.first_words & said.words
                for phrase in self.phrases[word]
            )
            or (self.worded is not None and self.worded.search(said.spaced) is not None)
            or any(part in said.text for part in self.parts)
            or (self.pattern is not None and self.pattern.search(said.text) is not None)
        )


def weight(kind: str, said: Said, expected: Said) -> float:
    """The weight of the signs of a kind in a text, without those that are expected there."""
    expected_signs = expected.found(kind)
    return sum(sign.weight for sign in said.found(kind) if sign not in expected_signs)


@functools.cache
def signs() -> Mapping[str, tuple[Sign, ...]]:
    """The signs of each kind."""
    written = yaml.safe_load(files(__package__).joinpath("dangers.yaml").read_text("utf-8"))
    return {
        kind: tuple(_sign(float(weight), ways) for weight, ways in _ways_of(groups) if ways)
        for kind, groups in written.items()
    }


def _ways_of(groups: Mapping[int, Sequence[str]]) -> Iterator[tuple[int, list[str]]]:
    """The ways of each sign of a kind, each of them in the first sign alone that has it."""
    known: set[str] = set()
    for weight, group in groups.items():
        for written in group:
            ways = dict.fromkeys(plain_letters(way.strip()) for way in _ways(written))
            yield weight, [way for way in ways if way not in known]
            known.update(ways)


_UNSPACED = re.compile(
    "[\u0590-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u9fff\uac00-\ud7af]"
)
"""Letters of scripts that join words to each other, or to what belongs to them."""

_WORDS = re.compile(r"[\w' -]+")

_WORD_OR_END = re.compile(r"\w+|[.!?:;|](?!\S)")
"""A word, or the sign that ends a sentence."""

_NOT_OF_WORDS = re.compile(f"{_UNSPACED.pattern}|[%£$€¥₺฿₫₩]")
"""What stands in a pattern that words alone cannot say."""


def _sign(weight: float, ways: Sequence[str]) -> Sign:
    plain = [way for way in ways if _WORDS.fullmatch(way)]
    phrases: dict[str, tuple[str, ...]] = {}
    for phrase in (_word_by_word(way) for way in plain if not _UNSPACED.search(way)):
        first = phrase.split()[0]
        phrases[first] = (*phrases.get(first, ()), f" {phrase} ")
    others = [way for way in ways if way not in plain]
    anywhere = [way for way in others if way[0] in "^[-" or _NOT_OF_WORDS.search(way)]
    worded = [way for way in others if way not in anywhere]
    return Sign(
        weight,
        phrases,
        frozenset(phrases),
        re.compile(f" (?:{'|'.join(worded)}) ") if worded else None,
        tuple(way for way in plain if _UNSPACED.search(way)),
        re.compile("|".join(f"(?:{way})" for way in anywhere)) if anywhere else None,
    )


def _ways(written: str) -> Iterator[str]:
    """The parts between the bars that stand outside all brackets."""
    depth, way = 0, ""
    for letter in written:
        depth += (letter in "([") - (letter in ")]")
        if letter == "|" and depth == 0:
            yield way
            way = ""
        else:
            way += letter
    yield way


def _word_by_word(text: str) -> str:
    return " ".join(_WORD_OR_END.findall(text.replace("'", "")))
