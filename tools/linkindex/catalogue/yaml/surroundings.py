"""What stands around a line: to which kind of entry it belongs, and where its neighbours stand.

A line that slipped is told by the others, which stand where most of their kind do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from linkindex.catalogue.yaml.lines import (
    DASH_LIKE,
    LIKELY_FIRST,
    NO_COLON,
    Line,
    parsed,
    unstuck,
)
from linkindex.catalogue.yaml.shape import FILE, KNOWN_KEYS, TELLING_KEYS, Shape

_ENOUGH = 60
"""Entries after which it is clear where those of a list stand."""


@dataclass
class OpenList:
    """An open list of entries: where its dashes and keys are, as most of its entries have it."""

    shape: Shape
    dash: int
    column: int
    first_keys: set[str] = field(default_factory=set)


class Surroundings:
    """The lines of a file, asked from one of them."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.parsed = [parsed(line, number) for number, line in enumerate(lines)]

    def bare_key(self, line: Line) -> re.Match[str] | None:
        """The word with which a line without a colon begins, as a key would."""
        return NO_COLON.match(self.lines[line.number], line.column)

    def kind(self, line: Line) -> Shape | None:
        """What an entry is, by the keys that only one kind has; by its first if that is one."""
        first = TELLING_KEYS.get(line.key)
        if first is not None:
            return first
        votes: Counter[Shape] = Counter()
        for following in self.block(line):
            shape = TELLING_KEYS.get(following.key)
            if shape is not None:
                votes[shape] += 1
        return votes.most_common(1)[0][0] if votes else None

    def block(self, line: Line) -> Iterator[Line]:
        """The key lines from one that begins an entry to the next that does."""
        seen: set[str] = set()
        for following in self.parsed[line.number : line.number + 40]:
            if not following.is_key or following.key not in KNOWN_KEYS:
                continue
            if following.indent == 0 and following.key in FILE.keys:
                return
            begins = following.key in LIKELY_FIRST or following.dash
            if following is not line and (following.key in seen or (begins and seen)):
                return
            seen.add(following.key)
            yield following

    def last_line_of_entry(self, line: Line) -> int:
        """The last line that stands right of the dash of an entry."""
        last = line.number
        for following in self.parsed[line.number + 1 :]:
            if self.lines[following.number].strip():
                if following.indent <= line.indent:
                    break
                last = following.number
        return last

    def following_column(self, line: Line, shape: Shape) -> int | None:
        """Where the next keys of an entry stand, as most of them do."""
        columns = [
            following.column
            for following in self.block(line)
            if following is not line and following.key in shape.keys
        ]
        return Counter(columns).most_common(1)[0][0] if len(columns) > 1 else None

    def has_keys_below(self, line: Line, shape: Shape) -> bool:
        """Whether the keys of a part stand below its own, rather than a text or a list."""
        below = self.after(line.number)
        if below is None or below.dash:
            return False
        bare = self.bare_key(below)
        return below.is_key or (bare is not None and bare["key"] in shape.keys)

    def after(self, number: int) -> Line | None:
        """The next line that is neither empty nor a remark."""
        for following in self.parsed[number + 1 : number + 20]:
            text = self.lines[following.number].strip()
            if text and not text.startswith("#"):
                return following
        return None

    def part_column(self, line: Line, shape: Shape) -> int:
        """Where the keys below a key stand, as most of them do."""
        columns: Counter[int] = Counter()
        seen: set[str] = set()
        for following in self.parsed[line.number + 1 : line.number + 40]:
            if not following.is_key or following.dash:
                if following.dash and following.is_key:
                    break
                continue
            if following.key in shape.keys and following.key not in seen:
                seen.add(following.key)
                if following.column > line.column:
                    columns[following.column] += 1
            elif following.column <= line.column:
                break
        usual = line.column + 2
        return max(columns, key=lambda at: (columns[at], at == usual), default=usual)

    def usual_list(self, line: Line, shape: Shape, parent: int) -> OpenList:
        """Where the entries of a list stand, as most of them do."""
        places: Counter[tuple[int, int]] = Counter()
        for following in self.parsed[line.number + 1 :]:
            if following.is_key and following.indent == 0 and following.key in FILE.keys:
                break
            if following.is_key and not following.dash and following.key == line.key:
                break
            if following.dash and following.is_key and following.key in shape.keys:
                kind = self.kind(following)
                if kind is not None and kind is not shape:
                    continue
                places[following.indent, following.column] += 1
                below = self.following_column(following, shape)
                if below is not None and below > 1:
                    places[below - 2, below] += 1
            if sum(places.values()) > _ENOUGH:
                break
        at = [place for place in places if place[0] >= parent]
        usual = (parent + 2, parent + 4)
        best = max(at, key=lambda place: (places[place], place == usual), default=usual)
        return OpenList(shape, *best)

    def texts_column(self, line: Line) -> int | None:
        """Where the dashes of a list of texts stand, as most of them do."""
        columns: Counter[int] = Counter()
        for following in self.parsed[line.number + 1 : line.number + 60]:
            if following.is_key and following.key in KNOWN_KEYS:
                break
            if following.dash == "-" and not following.is_key:
                columns[following.indent] += 1
        at = [column for column in columns if column >= line.column]
        return max(at, key=lambda column: columns[column], default=None)

    def bullets_column(self, line: Line) -> int | None:
        """Where another sign stands below a key in place of the dash of its list."""
        below = self.after(line.number)
        if below is None or below.is_key or below.indent < line.column:
            return None
        if not below.dash:
            self._read_stuck_signs(below)
        return below.indent if self.parsed[below.number].dash else None

    def _read_stuck_signs(self, first: Line) -> None:
        """Read the entries of a list of texts as such where no space stands behind their signs."""
        for line in self.parsed[first.number : first.number + 60]:
            text = self.lines[line.number]
            sign = text[line.indent : line.indent + 1]
            if line.indent != first.indent or not sign or sign not in f"-{DASH_LIKE}":
                return
            self.parsed[line.number] = unstuck(text, line)

    def begins_anew(self, number: int) -> bool:
        """Whether a new key or entry begins on a line."""
        if number >= len(self.lines):
            return True
        line = self.parsed[number]
        return (line.is_key and line.key in KNOWN_KEYS) or (
            bool(line.dash) and line.dash in f"-{DASH_LIKE}"
        )
