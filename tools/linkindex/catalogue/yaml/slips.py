"""What an editor meant, where the lines of ``resources.yaml`` say something else.

Once something is wrong, the file is gone through line by line, with the keys of the model for a
guide: a lost dash, a key or an entry that stands too far left or right, a text whose next line is
not indented, a mark that never closes. Each is one slip, told where the hand slipped, with the line
as it was probably meant; the file is then read again as meant, so that nothing is said of what only
followed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from linkindex.catalogue.problems import quoted
from linkindex.catalogue.yaml.lines import (
    BLOCK,
    LIKELY_FIRST,
    Line,
    from_key_on,
    is_stuck,
    parsed,
)
from linkindex.catalogue.yaml.quoting import Slip, not_read, read_value
from linkindex.catalogue.yaml.shape import FILE, KNOWN_KEYS, Shape
from linkindex.catalogue.yaml.surroundings import OpenList, Surroundings


@dataclass
class _Level:
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


def find_slips(text: str) -> list[Slip]:
    """Every slip of the hand that can be made out, in the order of lines."""
    return list(_Walk(text.split("\n")).slips())


class _Walk:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.around = Surroundings(lines)
        self.levels = [_Level(FILE, 0)]
        self.shift = 0
        """By how much the lines just above were shifted as one block."""
        self.text_above: int | None = None
        """The column that a text which may go on has to stand right of."""
        self.text_indent: int | None = None
        self.in_block = False

    @property
    def level(self) -> _Level:
        return self.levels[-1]

    def slips(self) -> Iterator[Slip]:
        number = 0
        while number < len(self.lines):
            line = self.around.parsed[number]
            stripped = self.lines[number].strip()
            if not stripped or (stripped.startswith("#") and not self._is_text(line)):
                number += 1
                continue
            yield from self._line(line)
            number = self._end + 1

    def _line(self, line: Line) -> Iterator[Slip]:
        self._end = line.number
        if self._is_text(line) and not self._swallowed(line):
            if self.text_indent is None:
                self.text_indent = line.indent
            if line.indent < self.text_indent:
                yield self._reindented(line, self.text_indent, *_TEXT_GOES_ON)
            return
        if line.dash and line.is_key and line.key in KNOWN_KEYS:
            yield from self._entry(line)
        elif line.dash:
            yield from self._text_entry(line)
        elif line.is_key:
            yield from self._key(line)
        else:
            yield from self._text(line)

    # Texts that go on

    def _is_text(self, line: Line) -> bool:
        """Whether a line belongs to the text in a block (`>-`) above it, by its indentation."""
        return self.in_block and self.text_above is not None and line.indent > self.text_above

    def _swallowed(self, line: Line) -> bool:
        """Whether a line that YAML takes for text was meant for a key or an entry."""
        if line.dash and line.is_key:
            return line.key in LIKELY_FIRST
        if line.dash:
            return self.level.texts is not None and BLOCK.match(line.value) is not None
        if BLOCK.fullmatch(line.value) and not line.is_key:
            return self.level.texts is not None
        return self._is_new_here(line)

    def _is_new_here(self, line: Line) -> bool:
        return line.is_key and self._is_new(line.key)

    def _is_new(self, key: str) -> bool:
        return key not in self.level.seen and key in self.level.shape.keys

    def _is_entry_of_texts(self, line: Line, dash: int) -> bool:
        """Whether a line was meant for an entry of the open list of texts."""
        near = self.level.column < line.indent and abs(line.indent - dash) <= 2
        above = self.text_above
        return near and (
            BLOCK.fullmatch(line.value) is not None or (above is not None and line.indent <= above)
        )

    def _text(self, line: Line) -> Iterator[Slip]:
        level = self.level
        if self.shift and self.text_above is not None:
            column = line.indent + self.shift
            if line.indent <= self.text_above < column:
                yield _silent(line.number, f"{' ' * column}{self.lines[line.number].lstrip(' ')}")
                return
        depth = self._without_its_colon(line)
        if depth is not None:
            del self.levels[depth + 1 :]
            yield from self._colon(line, " " * self.level.column)
            return
        above = self.text_above
        if level.texts is not None and self._is_entry_of_texts(line, level.texts):
            yield self._with_dash(line, level.texts, level.texts + 2)
            self._open_value(line, level.texts)
            return
        if above is not None and line.indent <= above and line.indent > 0:
            yield self._reindented(line, self.text_indent or above + 2, *_TEXT_GOES_ON)

    def _without_its_colon(self, line: Line) -> int | None:
        """How deep the level lies to which a key without its colon belongs."""
        bare = self.around.bare_key(line)
        if bare is None:
            return None
        fitting = [
            depth
            for depth, level in enumerate(self.levels)
            if bare["key"] in level.shape.keys
            and bare["key"] not in level.seen
            and line.column <= level.column
        ]
        exact = [depth for depth in fitting if self.levels[depth].column == line.column]
        likely = exact or fitting
        return likely[-1] if likely else None

    def _colon(self, line: Line, before: str) -> Iterator[Slip]:
        """A key that has lost its colon, or the space behind it."""
        bare = self.around.bare_key(line)
        assert bare is not None  # noqa: S101 - asked before
        meant = f"{before}{bare['key']}: {self.lines[line.number][bare.end() :]}"
        yield Slip(
            line.number,
            line.column,
            "a key without its colon stands here",
            "write `key: text`, with a space after the colon",
            {line.number: meant},
        )
        yield from self._opened(parsed(meant, line.number), meant)

    # Lists

    def _entry(self, line: Line) -> Iterator[Slip]:
        """An entry that begins with its dash."""
        found = self._list_for(line)
        if found is None:
            self.text_above = None
            return
        depth, entries = found
        if self._goes_on_with(line, depth, entries):
            del self.levels[depth + 2 :]
            meant = f"{' ' * entries.column}{from_key_on(self.lines[line.number], line)}"
            yield Slip(
                line.number,
                line.indent,
                f"this `{line.dash}` begins a new entry in the middle of one",
                f"remove it, and begin the line with {_spaces(entries.column)}",
                {line.number: meant},
            )
            yield from self._opened(parsed(meant, line.number), meant)
            return
        del self.levels[depth + 1 :]
        shift = entries.dash - line.indent
        meant = self._at(line, entries.dash, entries.column)
        if line.dash != "-" or is_stuck(self.lines[line.number]):
            yield self._odd_dash(line, meant)
        elif shift:
            if shift != self.shift:
                yield Slip(
                    line.number,
                    line.indent,
                    f"this {entries.shape.noun} does not line up with the others of its list",
                    f"give it {_spaces(entries.dash)} before its `-`",
                    {line.number: meant},
                )
            else:
                yield _silent(line.number, meant)
        self.shift = shift
        if line.indent == entries.dash and line.column != entries.column:
            entries = OpenList(entries.shape, entries.dash, line.column, entries.first_keys)
            if self.around.following_column(line, entries.shape) not in (None, line.column):
                entries.column = self.around.following_column(line, entries.shape) or line.column
                meant = self._at(line, entries.dash, entries.column)
                if entries.column > entries.dash + 1:
                    yield _silent(line.number, meant)
        self._begin_entry(entries, line.key)
        yield from self._opened(parsed(meant, line.number), meant)

    def _goes_on_with(self, line: Line, depth: int, entries: OpenList) -> bool:
        """Whether the keys from a dash on are those that the entry above it still lacks."""
        inner = self.levels[depth + 1] if depth + 1 < len(self.levels) else None
        if inner is None or inner.shape is not entries.shape or line.key in LIKELY_FIRST:
            return False
        keys = {following.key for following in self.around.block(line)} & set(entries.shape.keys)
        return not keys & inner.seen and entries.shape.required <= keys | inner.seen

    def _begin_entry(self, entries: OpenList, key: str) -> None:
        entries.first_keys.add(key)
        self.levels.append(_Level(entries.shape, entries.column, entries))

    def _open_lists(self) -> list[tuple[int, OpenList]]:
        """The lists of entries that are open, the innermost first, and how deep they lie."""
        pairs = [(depth, level.entries) for depth, level in enumerate(self.levels)]
        return [(depth, entries) for depth, entries in reversed(pairs) if entries is not None]

    def _list_for(self, line: Line) -> tuple[int, OpenList] | None:
        """The open list that an entry belongs to, by its keys, else by where it stands."""
        kind = self.around.kind(line)
        opened = self._open_lists()
        for depth, entries in opened:
            if entries.shape is kind:
                return depth, entries
        if kind is not None:
            return None
        for depth, entries in opened:
            if entries.dash == line.indent and line.key in entries.shape.keys:
                return depth, entries
        fitting = [pair for pair in opened if line.key in pair[1].shape.keys]
        return min(fitting, key=lambda pair: abs(pair[1].dash - line.indent), default=None)

    def _text_entry(self, line: Line) -> Iterator[Slip]:
        """An entry of a list of texts."""
        bare = self.around.bare_key(line)
        for depth, entries in self._open_lists():
            if bare and bare["key"] in entries.shape.keys and line.indent == entries.dash:
                del self.levels[depth + 1 :]
                self._begin_entry(entries, bare["key"])
                yield from self._colon(line, self.lines[line.number][: line.column])
                return
        level = self._texts_level(line)
        if level is None or level.texts is None:
            self.text_above = None
            return
        column = level.texts
        meant = self._at(line, column, column + 2)
        if line.dash != "-":
            yield self._odd_dash(line, meant)
        elif line.indent != column:
            if line.indent - column == -self.shift and self.shift:
                yield _silent(line.number, meant)
            else:
                yield Slip(
                    line.number,
                    line.indent,
                    "this entry does not line up with the others of its list",
                    f"give it {_spaces(column)} before its `-`",
                    {line.number: meant},
                )
        else:
            meant = self.lines[line.number]
        yield from self._value_slips(parsed(meant, line.number), meant, column)

    def _texts_level(self, line: Line) -> _Level | None:
        """The list of texts that an entry belongs to, by where it stands, else the innermost."""
        opened = [depth for depth, level in enumerate(self.levels) if level.texts is not None]
        where = (line.indent, line.indent + self.shift)
        at_its_place = [depth for depth in opened if self.levels[depth].texts in where]
        for depth in (at_its_place or opened)[-1:]:
            del self.levels[depth + 1 :]
            return self.levels[depth]
        return None

    def _odd_dash(self, line: Line, meant: str) -> Slip:
        if line.dash == "-":
            return Slip(
                line.number,
                line.indent,
                "there is no space after the `-`",
                "write `- ` and the key",
                {line.number: meant},
            )
        return Slip(
            line.number,
            line.indent,
            f"{quoted(line.dash)} stands where a list has its dash",
            "type a hyphen and a space: `- `",
            {line.number: meant},
        )

    # Keys

    def _key(self, line: Line) -> Iterator[Slip]:
        kind = self.around.kind(line) if line.key in LIKELY_FIRST else None
        for depth in range(len(self.levels) - 1, -1, -1):
            level = self.levels[depth]
            if level.column == line.column and (
                line.key in level.shape.keys or line.key not in KNOWN_KEYS
            ):
                if line.key not in level.seen:
                    del self.levels[depth + 1 :]
                    self.shift = level.shift
                    yield from self._opened(line, self.lines[line.number])
                    return
                break
        lost = self._lost_dash(line, kind)
        if lost is not None:
            depth, entries = lost
            del self.levels[depth + 1 :]
            yield self._with_dash(line, entries.dash, entries.column)
            self._begin_entry(entries, line.key)
            self.shift = entries.column - line.column
            meant = self._at(line, entries.dash, entries.column, "- ")
            yield from self._opened(parsed(meant, line.number), meant)
            return
        for depth in range(len(self.levels) - 1, -1, -1):
            level = self.levels[depth]
            if line.key in level.shape.keys and line.key not in level.seen:
                yield from self._misplaced(line, depth)
                return
        self.text_above = line.column
        self.in_block = BLOCK.fullmatch(line.value) is not None
        self.text_indent = None
        self._end = self._value_end(line)

    def _value_end(self, line: Line) -> int:
        return read_value(
            self.lines, line.number, line.value_column, self.around.begins_anew
        ).last_line

    def _lost_dash(self, line: Line, kind: Shape | None) -> tuple[int, OpenList] | None:
        """The list to which an entry without its dash belongs."""
        for depth, entries in self._open_lists():
            inner = self.levels[depth + 1] if depth + 1 < len(self.levels) else None
            if kind is not None and entries.shape is not kind:
                continue
            if line.key not in entries.shape.keys:
                continue
            first_of_list = inner is None and line.column >= self.levels[depth].column
            begins = (
                inner is not None
                and line.key in (entries.first_keys or LIKELY_FIRST)
                and line.key in inner.seen
            )
            if (first_of_list and line.column > self.levels[depth].column) or begins:
                return depth, entries
        return None

    def _misplaced(self, line: Line, depth: int) -> Iterator[Slip]:
        """A key that stands too far left or right."""
        del self.levels[depth + 1 :]
        shift = self.level.column - line.column
        meant = f"{' ' * self.level.column}{self.lines[line.number][line.column :]}"
        if shift == self.shift:
            yield _silent(line.number, meant)
        else:
            yield Slip(
                line.number,
                line.column,
                f"{quoted(line.key)} does not line up with the other keys beside it",
                f"give it {_spaces(self.level.column)} at the beginning of its line",
                {line.number: meant},
            )
        self.shift = shift
        yield from self._opened(parsed(meant, line.number), meant)

    def _opened(self, line: Line, meant: str) -> Iterator[Slip]:
        """Note a key of the present level, and what stands below it or behind its colon."""
        level = self.level
        level.seen.add(line.key)
        level.entries = level.texts = None
        if not line.value or line.value.startswith("#"):
            self.text_above, self.in_block, self.text_indent = line.column, False, None
            self._open_below(line, level)
            if line.value and self.level is level and level.entries is level.texts is None:
                yield from self._remark(line, meant)
            below = self.around.after(line.number)
            if (
                below
                and level is self.level
                and not below.is_key
                and not below.dash
                and below.indent > line.column
            ):
                yield from self._value_below(below)
            return
        yield from self._value_slips(line, meant, line.column)

    def _remark(self, line: Line, meant: str) -> Iterator[Slip]:
        """A value that YAML takes for a remark."""
        text = line.value if line.key == "colour" else line.value.lstrip("# ")
        yield Slip(
            line.number,
            line.value_column,
            *not_read(line.value),
            {line.number: f"{meant[: line.value_column]}{json.dumps(text, ensure_ascii=False)}"},
        )

    def _value_below(self, below: Line) -> Iterator[Slip]:
        """A value that begins on the line after its key."""
        if self.level.texts is not None:
            yield self._with_dash(below, self.level.texts, self.level.texts + 2)
            self._open_value(below, self.level.texts)
            self._end = below.number
            return
        value = read_value(self.lines, below.number, below.indent, self.around.begins_anew)
        self._end = value.last_line
        yield from value.slips

    def _open_below(self, line: Line, level: _Level) -> None:
        if line.key in level.shape.entries:
            shape = level.shape.entries[line.key]
            level.entries = self.around.usual_list(line, shape, level.column)
            if shape.or_text:
                self._open_mixed(line, level, level.entries)
        elif line.key in level.shape.parts and self.around.has_keys_below(
            line, level.shape.parts[line.key]
        ):
            shape = level.shape.parts[line.key]
            column = self.around.part_column(line, shape)
            self.levels.append(_Level(shape, column, shift=self.shift))
        else:
            level.texts = self.around.texts_column(line)

    def _open_mixed(self, line: Line, level: _Level, entries: OpenList) -> None:
        """A list of texts and of entries with keys: there are too few of either to trust where
        they stand in a part of the file that has moved as a whole."""
        usual = OpenList(entries.shape, level.column + 2, level.column + 4)
        moved = self.shift and entries.dash + self.shift == usual.dash
        level.entries = usual if moved else entries
        texts = None if moved else self.around.texts_column(line)
        level.texts = texts or level.entries.dash

    # Values

    def _value_slips(self, line: Line, meant: str, above: int) -> Iterator[Slip]:
        self._open_value(line, above)
        if self.in_block:
            return
        self.lines[line.number] = meant
        value = read_value(self.lines, line.number, line.value_column, self.around.begins_anew)
        self._end = value.last_line
        yield from value.slips

    def _open_value(self, line: Line, above: int) -> None:
        self.text_above = above
        self.in_block = BLOCK.fullmatch(line.value) is not None
        self.text_indent = None

    # Lines as meant

    def _at(self, line: Line, dash: int, column: int, sign: str = "-") -> str:
        rest = from_key_on(self.lines[line.number], line)
        gap = max(column - dash - 1, 1)
        return f"{' ' * dash}{sign.strip()}{' ' * gap}{rest}"

    def _with_dash(self, line: Line, dash: int, column: int) -> Slip:
        return Slip(
            line.number,
            line.column,
            "the `- ` with which an entry of a list begins is missing here",
            f"write {_spaces(dash)}, then `- ` before it" if dash else "write `- ` before it",
            {line.number: self._at(line, dash, column)},
        )

    def _reindented(self, line: Line, column: int, what: str, remedy: str) -> Slip:
        meant = f"{' ' * column}{self.lines[line.number].lstrip(' ')}"
        return Slip(
            line.number, line.indent, what, remedy.format(_spaces(column)), {line.number: meant}
        )


_TEXT_GOES_ON = (
    "the text above goes on here, but this line is not indented as its lines have to be",
    "give it {} at its beginning, or join it to the line above",
)


def _silent(number: int, meant: str) -> Slip:
    """What follows from a slip above: meant otherwise too, but not said."""
    return Slip(number, 0, "", "", {number: meant})


def _spaces(count: int) -> str:
    return "no space" if count == 0 else "1 space" if count == 1 else f"{count} spaces"
