"""Packing what a browser fetches into few bits: sets of words, and their order.

A file for the search is mostly words. Each is spelt once (``spelling.py``), in the order of the
alphabet, and is a number from then on.

``assets/search/unpack.js`` reads with the same names, in the same order, what is written here.
"""

from __future__ import annotations

import base64
import heapq
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

LONGEST = 15
"""Bits of a code."""

MANY = 31
"""An amount from which on it is written as what is beyond."""

SEVERAL = 2
"""How many sets of a kind, among several, hold a number: from so many on, likewise."""

_SECTIONS, _SETS = 0, 1
"""The tables of codes for how many sections a number is in, and how many sets of one."""

Coded = tuple[int, int]
"""What is written by a code: which table of codes it belongs to, and its number there."""


class Packed:
    """Bits that are written one after the other."""

    def __init__(self) -> None:
        self._bits: list[str] = []

    def text(self) -> str:
        """All of it, as letters that stand in JSON as they are."""
        bits = "".join(self._bits)
        whole = bits + "0" * (-len(bits) % 8)
        return base64.b64encode(int("1" + whole, 2).to_bytes(len(whole) // 8 + 1)[1:]).decode()

    def number(self, value: int, below: int) -> None:
        """A number of which any is as likely, in as few bits as tell it from the others."""
        if below > 1:
            width = (below - 1).bit_length()
            short = (1 << width) - below
            if value >= short:
                self._bits.append(f"{value + short:0{width}b}")
            elif width > 1:
                self._bits.append(f"{value:0{width - 1}b}")

    def amount(self, value: int) -> None:
        """A number of which small ones are likelier."""
        written = f"{value + 1:b}"
        self._bits.append("0" * (len(written) - 1) + written)

    def increasing(self, values: Sequence[int], below: int, least: int = 0) -> None:
        """Numbers of a known count, each more than the last: the middle, then each side of it."""
        count = len(values)
        if not 0 < count < below - least:
            return
        half = count // 2
        middle = values[half]
        self.number(middle - least - half, below - least - count + 1)
        if count > 1:
            self.increasing(values[:half], middle, least)
            self.increasing(values[half + 1 :], below, middle + 1)

    def coded(self, values: Sequence[int]) -> None:
        """Numbers of which some come more often. The reader knows how many there are."""
        write = self._codes([(0, value) for value in values], 1)
        self._bits.extend(write[0, value] for value in values)

    def spread(self, values: Mapping[int, int], below: int) -> None:
        """Numbers at a few of so many places: how far each is from the last, then what they are."""
        places = sorted(values)
        self.amount(below)
        self.amount(len(places))
        self.coded([place - last for last, place in pairwise((0, *places))])
        self.coded([values[place] for place in places])

    def sets(
        self,
        sets: Sequence[Collection[int]],
        sections: Sequence[int],
        members: int,
        kinds: Sequence[int] = (),
    ) -> None:
        """Sets of numbers below ``members``: of each number, in which sets it is.

        :param sections: the section of each set, known to the reader. What is in one set of a
            section often is in others of it.
        :param kinds: the kind of each set, known to the reader: how many sets of each kind hold a
            number is told before which. Without, all are of one.
        """
        kinds = kinds or [0] * len(sets)
        order = sorted({*sections})
        every = range(max(kinds, default=0) + 1)
        number = {section: at for at, section in enumerate(order)}
        room: Counter[tuple[int, int]] = Counter()
        found: list[dict[int, list[list[int]]]] = [{} for _ in range(members)]
        for section, kind, of_set in zip(sections, kinds, sets, strict=True):
            for member in of_set:
                places = found[member].setdefault(section, [[] for _ in every])
                places[kind].append(room[section, kind])
            room[section, kind] += 1
        nowhere: list[list[int]] = [[] for _ in every]
        told = [sorted(by_section) if len(order) > 1 else order for by_section in found]
        counts = [(_SECTIONS, min(len(of_member), MANY)) for of_member in told if len(order) > 1]
        counts += [
            (_SETS, _many_of_each(by_section.get(section, nowhere)))
            for by_section, of_member in zip(found, told, strict=True)
            for section in of_member
        ]
        write = self._codes(counts, 2)
        for by_section, of_member in zip(found, told, strict=True):
            if len(order) > 1:
                self._bits.append(write[_SECTIONS, min(len(of_member), MANY)])
                self._beyond(len(of_member), MANY)
                self.increasing([number[section] for section in of_member], len(order))
            for section in of_member:
                by_kind = by_section.get(section, nowhere)
                self._bits.append(write[_SETS, _many_of_each(by_kind)])
                for kind, held in enumerate(by_kind):
                    self._beyond(len(held), SEVERAL if len(by_kind) > 1 else MANY)
                    self.increasing(held, room[section, kind])

    def _beyond(self, count: int, most: int) -> None:
        if count >= most:
            self.amount(count - most)

    def orders(self, phrases: Iterable[Sequence[int]]) -> None:
        """The order of the members of sets that the reader knows, and which of them come again."""
        again: list[tuple[int, int, int]] = []
        for at, phrase in enumerate(phrases):
            left = sorted(set(phrase))
            for where, member in enumerate(phrase):
                if member in left:
                    self.number(left.index(member), len(left))
                    left.remove(member)
                else:
                    again.append((at, where, sorted(set(phrase)).index(member)))
        self.amount(len(again))
        last = 0
        for at, where, which in again:
            self.amount(at - last)
            self.amount(where)
            self.amount(which)
            last = at

    def _codes(self, values: Iterable[Coded], tables: int) -> dict[Coded, str]:
        """The bits for each number of each table, which are told first."""
        counts: list[Counter[int]] = [Counter() for _ in range(tables)]
        for table, value in values:
            counts[table][value] += 1
        lengths = [_lengths(of_table) for of_table in counts]
        most = 1 + max((value for of_table in counts for value in of_table), default=0)
        told = [of_table.get(value, 0) for of_table in lengths for value in range(most)]
        of_lengths = _lengths(Counter(told))
        self.amount(most)
        for length in range(LONGEST + 1):
            self.number(of_lengths.get(length, 0), LONGEST + 1)
        write = _canonical(of_lengths)
        self._bits.extend(write[length] for length in told)
        return {
            (table, value): code
            for table, of_table in enumerate(lengths)
            for value, code in _canonical(of_table).items()
        }


def _many_of_each(by_kind: Sequence[Sequence[int]]) -> int:
    """How many there are of each kind, as one number."""
    if len(by_kind) == 1:
        return min(len(by_kind[0]), MANY)
    told = 0
    for places in reversed(by_kind):
        told = told * (SEVERAL + 1) + min(len(places), SEVERAL)
    return told


def _lengths(counts: Mapping[int, int]) -> dict[int, int]:
    """How many bits to write each number in, so that what comes often is short (Huffman)."""
    lengths = dict.fromkeys(counts, int(len(counts) == 1))
    heap: list[tuple[int, int, tuple[int, ...]]] = [
        (count, value, (value,)) for value, count in sorted(counts.items())
    ]
    heapq.heapify(heap)
    while len(heap) > 1:
        fewer, _, one = heapq.heappop(heap)
        more, _, other = heapq.heappop(heap)
        for value in (*one, *other):
            lengths[value] += 1
        heapq.heappush(heap, (fewer + more, min(*one, *other), one + other))
    if max(lengths.values(), default=0) > LONGEST:
        return _lengths({value: count // 2 + 1 for value, count in counts.items()})
    return lengths


def _canonical(lengths: Mapping[int, int]) -> dict[int, str]:
    """Codes of these lengths, in their order and then in that of the numbers."""
    codes: dict[int, str] = {}
    code = last = 0
    for length, value in sorted((length, value) for value, length in lengths.items()):
        code <<= length - last
        codes[value] = f"{code:0{length}b}"
        code += 1
        last = length
    return codes
