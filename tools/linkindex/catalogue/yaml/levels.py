"""How deep a line lies: the keys and lists that are open around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from linkindex.catalogue.yaml.lines import LIKELY_FIRST, Line
from linkindex.catalogue.yaml.shape import FILE, KNOWN_KEYS, Shape
from linkindex.catalogue.yaml.surroundings import OpenList, Surroundings


@dataclass
class Level:
    """``key: value`` lines that belong together, and what was last opened below one of them."""

    shape: Shape
    column: int
    entry_of: OpenList | None = None
    seen: set[str] = field(default_factory=set)
    entries: OpenList | None = None
    texts: int | None = None
    """The column of the dashes of an open list of texts."""
    shift: int = 0
    """By how much the lines around it were shifted, if they were read as they stand."""

    def lacks(self, key: str) -> bool:
        """Whether a key belongs here and has not come yet."""
        return key not in self.seen and key in self.shape.keys


class Levels:
    """The open levels, from the file itself to the innermost; depths count from 0."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._open = [Level(FILE, 0)]

    @property
    def innermost(self) -> Level:
        """The level to which the next line belongs, if it opens or closes none."""
        return self._open[-1]

    def open(self, level: Level) -> None:
        """Go one level deeper."""
        self._open.append(level)

    def close_below(self, depth: int) -> Level:
        """Close what lies deeper, and return the level at this depth."""
        del self._open[depth + 1 :]
        return self._open[depth]

    def inside(self, depth: int) -> Level | None:
        """The level just below a depth."""
        return self._open[depth + 1] if depth + 1 < len(self._open) else None

    def open_lists(self) -> Iterator[tuple[int, OpenList]]:
        """The lists of entries that are open, the innermost first, and how deep they lie."""
        for depth in reversed(range(len(self._open))):
            entries = self._open[depth].entries
            if entries is not None:
                yield depth, entries

    def list_for(self, line: Line) -> tuple[int, OpenList] | None:
        """The open list that an entry belongs to, by its keys, else by where it stands."""
        kind = self._around.kind(line)
        open_lists = list(self.open_lists())
        for depth, entries in open_lists:
            if entries.shape is kind:
                return depth, entries
        if kind is not None:
            return None
        with_key = [pair for pair in open_lists if line.key in pair[1].shape.keys]
        for depth, entries in with_key:
            if entries.dash == line.indent:
                return depth, entries
        return min(with_key, key=lambda pair: abs(pair[1].dash - line.indent), default=None)

    def goes_on_with(self, line: Line, depth: int, entries: OpenList) -> bool:
        """Whether the keys from a dash on are those that the entry above it still lacks."""
        inner = self.inside(depth)
        if inner is None or inner.shape is not entries.shape or line.key in LIKELY_FIRST:
            return False
        keys = {following.key for following in self._around.block(line)} & set(entries.shape.keys)
        return not keys & inner.seen and entries.shape.required <= keys | inner.seen

    def list_without_dash(self, line: Line) -> tuple[int, OpenList] | None:
        """The list to which an entry without its dash belongs."""
        kind = self._around.kind(line) if line.key in LIKELY_FIRST else None
        for depth, entries in self.open_lists():
            if kind is not None and entries.shape is not kind:
                continue
            if line.key not in entries.shape.keys:
                continue
            inner = self.inside(depth)
            if inner is None:
                begins = line.column > self._open[depth].column
            else:
                begins = line.key in (entries.first_keys or LIKELY_FIRST) and line.key in inner.seen
            if begins:
                return depth, entries
        return None

    def list_of_texts(self, line: Line, shift: int) -> int | None:
        """How deep the list of texts lies to which an entry belongs.

        By where it is, else the innermost: below a caution with keys lies the list of its evidence.
        """
        open_lists = [depth for depth, level in enumerate(self._open) if level.texts is not None]
        here = (line.indent, line.indent + shift)
        exact = [depth for depth in open_lists if self._open[depth].texts in here]
        likely = exact or open_lists
        return likely[-1] if likely else None

    def of_key(self, line: Line) -> int | None:
        """How deep the level lies in whose column a key stands, and in which it is new."""
        for depth in reversed(range(len(self._open))):
            level = self._open[depth]
            belongs = line.key in level.shape.keys or line.key not in KNOWN_KEYS
            if level.column == line.column and belongs:
                return depth if line.key not in level.seen else None
        return None

    def that_lacks(self, key: str) -> int | None:
        """How deep the innermost level lies to which a key belongs and in which it is new."""
        depths = reversed(range(len(self._open)))
        return next((depth for depth in depths if self._open[depth].lacks(key)), None)

    def of_bare_key(self, line: Line) -> int | None:
        """How deep the level lies to which a key without its colon belongs."""
        bare = self._around.bare_key(line)
        if bare is None:
            return None
        fitting = [
            depth
            for depth, level in enumerate(self._open)
            if level.lacks(bare["key"]) and line.column <= level.column
        ]
        exact = [depth for depth in fitting if self._open[depth].column == line.column]
        likely = exact or fitting
        return likely[-1] if likely else None
