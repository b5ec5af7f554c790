"""Values as they stand on their lines: which quotation mark or bracket of theirs was forgotten.

YAML reads on to the next mark in the file and complains there. Here a value ends, at the latest,
where a new key or entry begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from linkindex.catalogue.problems import quoted
from linkindex.catalogue.yaml.pasted import CURLY, ENDS_CURLY


def not_read(remark: str) -> tuple[str, str]:
    """What is said of a value that begins with a sign that YAML takes for a remark."""
    return (
        f"{quoted(remark)} is not read, because YAML takes ` #` as the start of a remark",
        "put the text in quotes, or put the remark on a line of its own",
    )


class Slip(NamedTuple):
    """A slip of an editor's hand, and the lines as they were probably meant.

    Lines and columns count from 0.

    :ivar sign: what stands in place of the dash of a list, or the dash itself where it lacks its
        space; slips that have one are told together.
    """

    line: int
    column: int
    what: str
    remedy: str
    meant: dict[int, str]
    sign: str = ""


class Value(NamedTuple):
    """Where a value ends, and what was forgotten in it."""

    last_line: int
    slips: tuple[Slip, ...] = ()


Stops = Callable[[int], bool]
"""Whether something new begins on a line, counted from 0; also past the end of the file."""

NEVER_CLOSED = (
    "a quotation mark is opened here and never closed",
    "close it, or use the other kind of quotation mark",
)
NEVER_OPENED = (
    "a quotation mark ends this text, and none begins it",
    "put one at the beginning too, or put the whole text in the other kind",
)
_REMARK = re.compile(r"\s#")
_GOES_ON = re.compile(r"\s*(?:[,\]}:]|#|$)")
_REMARK_END = re.compile(r"[,\]}]|$")
_ITEM_END = re.compile(r"[,\]}]|\s#|$")
_PAIRS = {"[": "]", "{": "}"}

_MOST_SLIPS = 20
"""Slips in one pair of brackets: with more than that, nobody knows what was meant."""


def read_value(lines: list[str], number: int, start: int, stops: Stops) -> Value:
    """Read the value that begins at a column of a line."""
    sign = lines[number][start : start + 1]
    if sign in ('"', "'"):
        return _quotation(lines, number, start, stops)
    if sign in ("[", "{"):
        return _Brackets(lines, number, start, stops).read()
    if sign == "#" or not sign:
        return Value(number)
    last = number
    while not stops(last + 1) and lines[last + 1].strip():
        last += 1
    slips = _without_opening(lines[number], number, start, None)
    written = [lines[number][start:], *lines[number + 1 : last + 1]]
    if _without_remark(written[-1]).endswith("]") and not any("[" in line for line in written):
        meant = f"{lines[number][:start]}[{lines[number][start:]}"
        slips = (Slip(number, start, *BRACKET_NEVER_OPENED, {number: meant}),)
    return Value(number, slips)


def _without_remark(text: str) -> str:
    """A text without the remark at its end, and the spaces before that."""
    remark = _REMARK.search(text)
    return (text[: remark.start()] if remark else text).rstrip()


BRACKET_NEVER_OPENED = (
    "this list ends with `]`, and no `[` begins it",
    "write `[` before its first entry",
)


def _close(line: str, start: int, mark: str) -> int | None:
    """Where a quotation ends whose text begins at ``start``."""
    pattern = r'(?:\\.|[^"\\])*' if mark == '"' else r"(?:''|[^'])*"
    text = re.compile(pattern).match(line, start)
    end = text.end() if text else start
    return end if line[end : end + 1] == mark else None


def _quotation(lines: list[str], number: int, start: int, stops: Stops) -> Value:
    mark = lines[number][start]
    if _close(lines[number], start + 1, mark) is not None:
        return Value(number)
    last = number
    while not stops(last + 1):
        last += 1
        if _close(lines[last], 0, mark) is not None:
            return Value(last)
        if not lines[last].strip():
            break
    while not lines[last].strip():
        last -= 1
    fault = ENDS_CURLY if lines[number].rstrip()[-1:] in CURLY else NEVER_CLOSED
    meant = _without_remark(lines[last]) + mark
    return Value(last, (Slip(number, start, *fault, {last: meant}),))


def _without_opening(line: str, number: int, start: int, end: int | None) -> tuple[Slip, ...]:
    text = _without_remark(line[start:end])
    mark = text[-1:]
    alone = mark == '"' and text.count(mark) % 2 == 1
    alone = alone or (mark == "'" and ": " in text and text.count(mark) % 2 == 1)
    if not alone or text == mark:
        return ()
    return (Slip(number, start, *NEVER_OPENED, {number: f"{line[:start]}{mark}{line[start:]}"}),)


class _Brackets:
    """Reads a list or map in brackets, item by item."""

    def __init__(self, lines: list[str], number: int, start: int, stops: Stops) -> None:
        self.lines = list(lines[number : number + 1])
        self.all_lines = lines
        self.first = self.number = number
        self.column = start
        self.stops = stops
        self.opened: list[tuple[int, int]] = []
        self.slips: list[Slip] = []

    @property
    def line(self) -> str:
        return self.lines[-1]

    def read(self) -> Value:
        while True:
            if not self._rest_of_line():
                return self._value()
            if not self.opened:
                return self._value()
            if self.stops(self.number + 1):
                self._never_closed()
                return self._value()
            self.number += 1
            self.lines.append(self.all_lines[self.number])
            self.column = 0

    def _value(self) -> Value:
        return Value(self.number, tuple(self.slips))

    def _slip(self, fault: tuple[str, str], column: int, meant: str) -> None:
        """Note a slip, and read on in the line as it was meant; a second on a line is not told."""
        again = any(slip.line == self.number for slip in self.slips)
        what, remedy = ("", "") if again else fault
        self.slips.append(Slip(self.number, column, what, remedy, {self.number: meant}))
        self.lines[-1] = meant

    def _rest_of_line(self) -> bool:
        """Read to the end of the line or of the brackets; false where it cannot be made out."""
        while self.column < len(self.line):
            if len(self.slips) > _MOST_SLIPS:
                return False
            sign = self.line[self.column]
            if sign in _PAIRS:
                self.opened.append((self.number, self.column))
            elif sign in "]}":
                self.opened.pop()
                if not self.opened:
                    return True
            elif sign == "#":
                if not self._text_taken_for_remark():
                    return True
                continue
            elif sign in "\"'":
                if not self._quoted(sign):
                    return False
                continue
            elif sign not in " ,":
                self._plain()
                continue
            self.column += 1
        return True

    def _text_taken_for_remark(self) -> bool:
        """Put quotes around a text that YAML takes for a remark; false where it is one."""
        start = self.column
        ended = _REMARK_END.search(self.line, start)
        end = ended.start() if ended else len(self.line)
        if not self.line[start + 1 : start + 2].strip() or end == len(self.line):
            return False
        self._slip(
            not_read(self.line[start:].strip()),
            start,
            f'{self.line[:start]}"{self.line[start:end]}"{self.line[end:]}',
        )
        self.column = end + 2
        return True

    def _plain(self) -> None:
        ended = _ITEM_END.search(self.line, self.column)
        end = ended.start() if ended else len(self.line)
        for slip in _without_opening(self.line, self.number, self.column, end):
            self._slip((slip.what, slip.remedy), slip.column, slip.meant[self.number])
            end += 1
        self.column = end

    def _quoted(self, mark: str) -> bool:
        start = self.column
        close = _close(self.line, start + 1, mark)
        if close is not None and _GOES_ON.match(self.line, close + 1):
            self.column = close + 1
            return True
        if close is None and self._closed_on_next_line(mark):
            return True
        ended = _ITEM_END.search(self.line, start + 1)
        end = ended.start() if ended else len(self.line)
        if self.line.count(mark, start, end) > 1:
            return False
        text = self.line[:end].rstrip()
        fault = ENDS_CURLY if text[-1] in CURLY else NEVER_CLOSED
        self._slip(fault, start, f"{text}{mark}{self.line[end:]}")
        self.column = len(text) + 1
        return True

    def _closed_on_next_line(self, mark: str) -> bool:
        if self.stops(self.number + 1):
            return False
        following = self.all_lines[self.number + 1]
        close = _close(following, 0, mark)
        before = following[: close or 0].rstrip()
        if not before or before[-1] in ",[{" or not _GOES_ON.match(following, (close or 0) + 1):
            return False
        self.number += 1
        self.lines.append(following)
        self.column = len(following[: close or 0]) + 1
        return True

    def _never_closed(self) -> None:
        line, column = self.opened[0]
        ends = "".join(_PAIRS[self._sign(*place)] for place in reversed(self.opened))
        bare = _without_remark(self.line).rstrip(", ")
        opened = self._sign(line, column)
        self.slips.append(
            Slip(
                line,
                column,
                f"the bracket `{opened}` is opened here and never closed",
                f"close it with `{_PAIRS[opened]}`",
                {self.number: f"{bare}{ends}"},
            )
        )

    def _sign(self, line: int, column: int) -> str:
        return self.lines[line - self.first][column]
