"""The net that weighs what the words of a question say together: see ``net.yaml``.

Every word is of a class, a row of a few numbers (``centres``). Filters go over the rows of the
words, ``WIDTH`` of them at a time: each sums what its numbers and theirs make, and counts what is
more than nothing. Of each filter counts the most that it says anywhere, and what it says in all,
over the root of the number of words and one. ``search/danger.js`` reckons in the same way.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from linkindex.site.packing import Packed
from linkindex.tables import table_of

NET = Path(__file__).with_name("net.yaml")

WIDTH = 3
"""Words that a filter looks at."""


class Net(BaseModel):
    """What is learnt, in whole numbers: see the head of ``net.yaml``.

    ``centres`` has a row for words of no class, then one a class of ``classes``. ``filters`` has
    for each word that a filter looks at a row a filter, as long as a centre.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    places: int
    classes: tuple[str, ...]
    centres: tuple[tuple[int, ...], ...]
    filters: tuple[tuple[tuple[int, ...], ...], ...]
    least: tuple[int, ...]
    largest: tuple[int, ...]
    total: tuple[int, ...]
    start: int
    unit: int

    @functools.cached_property
    def class_at(self) -> Mapping[int, int]:
        """The class of each place that words of one have, by place."""
        return {
            place_of(word, self.places): number
            for number, words in enumerate(self.classes, start=1)
            for word in words.split()
        }

    def weight(self, words: Sequence[str]) -> int:
        """What the words of a question weigh together, in fifths of a logit."""
        rows = [self.centres[self.class_at.get(place_of(word, self.places), 0)] for word in words]
        root = math.sqrt(len(rows) + 1)
        weight = float(self.start)
        for number, least in enumerate(self.least):
            kernels = [of_word[number] for of_word in self.filters]
            said = [max(0, least + _product(kernels, rows[at:])) for at in range(len(rows))]
            weight += self.largest[number] * max(said, default=0)
            weight += self.total[number] * sum(said) / root
        return math.floor(weight / self.unit + 0.5)

    def write(self, packed: Packed) -> None:
        """The class of each place, then all numbers, as ``search/unpack.js`` reads them."""
        packed.spread(self.class_at, self.places)
        for amount in (len(self.centres), len(self.centres[0]), len(self.least)):
            packed.amount(amount)
        rows = [*self.centres, *(row for of_word in self.filters for row in of_word)]
        small = [value for row in (*rows, self.largest, self.total) for value in row]
        packed.coded([_unsigned(value) for value in small])
        for value in (*self.least, self.start, self.unit):
            packed.amount(_unsigned(value))


def _product(kernels: Sequence[Sequence[int]], rows: Sequence[Sequence[int]]) -> int:
    """What a filter makes of the next words; at the end there may be fewer than it looks at."""
    return sum(
        one * other
        for kernel, row in zip(kernels, rows, strict=False)
        for one, other in zip(kernel, row, strict=True)
    )


def _unsigned(value: int) -> int:
    """0, -1, 1, -2, 2 … as 0, 1, 2, 3, 4 …"""
    return 2 * value if value >= 0 else -2 * value - 1


def place_of(mark: str, places: int) -> int:
    """The place of a word or a mark: a number made of its letters (FNV-1a), which is below that."""
    made = 0x811C9DC5
    units = mark.encode("utf-16-le")
    for low, high in zip(units[::2], units[1::2], strict=True):
        made = (made ^ (low | high << 8)) * 0x01000193 & 0xFFFFFFFF
    return (made ^ made >> 15) % places


@functools.cache
def net() -> Net:
    """The net as it is written."""
    return read_net(NET.read_text("utf-8"))


def read_net(text: str) -> Net:
    """The net of a file: numbers that stand in a row are one text there."""
    told: dict[str, object] = table_of(text)
    rows = {name: _rows(value) for name, value in told.items() if name != "classes"}
    return Net.model_validate({**told, **rows})


def _rows(value: object) -> object:
    if isinstance(value, list):
        return [_rows(one) for one in value]
    return [int(one) for one in value.split()] if isinstance(value, str) else value
