"""Words written letter by letter, and rows of numbers, in as few bits as how likely each is allows.

Every bit of a letter is told by what came before in the same surroundings: the more often it was
so, the less it takes to say that it is so again (arithmetic coding). Reader and writer count alike,
with sums, products, quotients and square roots alone, which are the same wherever they are made.

``wordsOf`` and ``rowsOf`` of ``assets/search/unpack.js`` read what is written here.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile
from math import sqrt

UNSEEN = 0.3
"""How often each bit is taken to have come before any came. With 0.4, the words of the index that
ships and those of danger were 0.2 % longer."""

COUNTS = 1 << 20
"""How many counts there are, which take 4 MB of a browser for a moment. What comes to the same
place among them is counted together."""

MOST_SHARED = 15
"""Letters that a word is said to share with the last."""

_LEAST_BITS = 4
"""Bits of a letter in the smallest alphabet: so many tell how much is shared."""

_SPREAD = 0x9E3779B1
"""A part of 2 to the power of 32, by the golden ratio: what is alike comes to places far apart."""

_KINDS = 8
"""More than there are kinds of surroundings, each of which is counted by itself."""

_LATE = 3
"""From so many letters on behind what is shared, how many there are tells nothing."""

Spelt = tuple[str, int, int, str]
"""The letters of the words, how many words there are, how many letters the longest has, and what
was written, in base 64. Whoever reads what was damaged could otherwise read on for ever."""


def spelt(words: Iterable[str]) -> Spelt:
    """Words in the order of the alphabet, each without what it shares with the last."""
    told = list(words)
    letters = "".join(sorted({*"".join(told)}))
    number = {letter: at for at, letter in enumerate(letters, start=1)}
    writer = _Writer(max(_LEAST_BITS, len(letters).bit_length()))
    shared_before = 0
    for last, word in pairwise(("", *told)):
        shared = min(_shared(last, word), MOST_SHARED)
        writer.number(shared, _around_share(len(last), shared_before))
        left = [number[letter] for letter in word] + [0]
        follows = number[last[shared]] if shared < len(last) else 0
        for at in range(shared, len(left)):
            around = _around_letter(left[:at], at - shared, follows, len(letters) + 1)
            writer.number(left[at], around)
        shared_before = shared
    return letters, len(told), max(map(len, told), default=0), writer.text()


def _around_share(length: int, before: int) -> tuple[int, int, int]:
    """What tells how much is shared: the length of the last word, and what that shared."""
    return _KINDS - 1, length * _KINDS + 3, before * _KINDS + 4


def _around_letter(before: Sequence[int], at: int, follows: int, many: int) -> tuple[int, int, int]:
    """What tells a letter: one and two before it, and what followed there in the last word."""
    last = before[-1] if before else 0
    other = before[-2] if len(before) > 1 else 0
    instead = 0 if at else follows
    return (
        (last * many + instead) * _KINDS,
        (last * many + other) * _KINDS + 1,
        (min(at, _LATE) if at else _LATE + 1 + follows) * _KINDS + 2,
    )


MOST = 15
"""No number of a row is further from 0."""

_WIDTH = (2 * MOST).bit_length()
_NEAR = 3
"""Of the two numbers before another, it tells no more that they are further from 0 than this."""

_PARTS, _LARGEST = 4, 15
"""How large the numbers of a row are in the mean is told in quarters, and to this many of them."""

Rows = tuple[int, int, str]
"""How many rows there are, how many numbers each has, and what was written, in base 64."""


def rows_written(rows: Sequence[Sequence[int]]) -> Rows:
    """Rows of small whole numbers, all as long as the first."""
    writer = _Writer(_WIDTH)
    for row in rows:
        size, before = 0, (0, 0)
        for at, number in enumerate(row):
            mean = min(_LARGEST, _PARTS * size // at) if at else _LARGEST + 1
            last, other = (max(-_NEAR, min(_NEAR, one)) + _NEAR for one in before)
            around = (
                at * _KINDS,
                mean * _KINDS + 1,
                ((2 * _NEAR + 1) * last + other) * _KINDS + 2,
            )
            writer.number(number + MOST, around)
            size, before = size + abs(number), (number, before[0])
    return len(rows), len(rows[0]) if rows else 0, writer.text()


class _Writer:
    """Numbers, each in a part of what is left of a range that is as large as it is likely."""

    def __init__(self, width: int) -> None:
        """:param width: bits of every number."""
        self._width = width
        self._low, self._high = 0, 0xFFFFFFFF
        self._bytes = bytearray()
        self._seen = [0] * COUNTS

    def number(self, value: int, around: tuple[int, int, int]) -> None:
        """The bits of a number, the highest first.

        It runs for each letter of thousands of words, so nothing is called for each bit.

        :param around: what tells it; what was written in the same surroundings is counted.
        """
        seen, low, high = self._seen, self._low, self._high
        one, two, three = ((told << self._width) * _SPREAD for told in around)
        node = 1
        for step in range(self._width - 1, -1, -1):
            # Where it is counted how often this bit was 0 there; the next place is for 1.
            spread = node * _SPREAD
            first = (one + spread & 0xFFFFFFFF) >> 13 << 1
            second = (two + spread & 0xFFFFFFFF) >> 13 << 1
            third = (three + spread & 0xFFFFFFFF) >> 13 << 1
            odds = (
                (seen[first + 1] + UNSEEN)
                / (seen[first] + UNSEEN)
                * ((seen[second + 1] + UNSEEN) / (seen[second] + UNSEEN))
                * ((seen[third + 1] + UNSEEN) / (seen[third] + UNSEEN))
            )
            # To the power of 3/8: surroundings that say the same must not count for all they say.
            root = sqrt(sqrt(odds))
            part = root * sqrt(root)
            middle = low + int((high - low) * (part / (1 + part)))
            bit = value >> step & 1
            if bit:
                high = middle
            else:
                low = middle + 1
            while (low ^ high) >> 24 == 0:
                self._bytes.append(low >> 24)
                low = low << 8 & 0xFFFFFFFF
                high = (high << 8 & 0xFFFFFFFF) | 0xFF
            seen[first + bit] += 1
            seen[second + bit] += 1
            seen[third + bit] += 1
            node = 2 * node + bit
        self._low, self._high = low, high

    def text(self) -> str:
        """All of it. Behind its end, the reader reads zeros."""
        if self._low:
            self._bytes.append(self._high >> 24)
        return base64.b64encode(self._bytes).decode()


def _shared(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda letters: letters[0] == letters[1], pairs))
