"""What an editor meant, where the lines of ``resources.yaml`` say something else.

Once something is wrong, the file is gone through line by line, with the keys of the model for a
guide: a lost dash, a key or an entry that stands too far left or right, a text whose next line is
not indented, a mark that never closes. Each is one slip, told where the hand slipped, with the line
as it was probably meant; the file is then read again as meant, so that nothing is said of what only
followed.
"""

from __future__ import annotations

from collections.abc import Iterator

from linkindex.catalogue.yaml import meant as slip
from linkindex.catalogue.yaml.levels import Level, Levels
from linkindex.catalogue.yaml.lines import (
    BLOCK,
    LIKELY_FIRST,
    Line,
    is_stuck,
    parsed,
)
from linkindex.catalogue.yaml.quoting import Slip, Value, read_value
from linkindex.catalogue.yaml.shape import HOMES, KNOWN_KEYS
from linkindex.catalogue.yaml.surroundings import OpenList, Surroundings

_ENOUGH_KEYS = 4
"""Keys of one kind by which an entry is told wherever it stands."""


def find_slips(text: str) -> list[Slip]:
    """Every slip of the hand that can be made out, in the order of lines."""
    return list(_Walk(text.split("\n")).slips())


class _Walk:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.around = Surroundings(lines)
        self.levels = Levels(self.around)
        self.shift = 0
        """By how much the lines just above were shifted as one block."""
        self.text_above: int | None = None
        """The column that a text which may go on has to stand right of."""
        self.text_indent: int | None = None
        self.in_block = False
        self.last_line = 0
        """The last line of what was read, where a value goes on over several."""

    def slips(self) -> Iterator[Slip]:
        number = 0
        while number < len(self.lines):
            line = self.around.parsed[number]
            stripped = self.lines[number].strip()
            self.last_line = number
            if stripped and not (stripped.startswith("#") and not self._in_text(line)):
                yield from self._line(line)
            number = self.last_line + 1

    def _line(self, line: Line) -> Iterator[Slip]:
        if self._in_text(line) and not self._swallowed(line):
            yield from self._text_goes_on(line)
        elif line.dash and line.is_key and line.key in KNOWN_KEYS:
            yield from self._entry(line)
        elif line.dash:
            yield from self._entry_of_texts(line)
        elif line.is_key:
            yield from self._key(line)
        else:
            yield from self._text(line)

    # Texts that go on

    def _in_text(self, line: Line) -> bool:
        """Whether a line belongs to the text in a block (`>-`) above it, by its indentation."""
        return self.in_block and self.text_above is not None and line.indent > self.text_above

    def _swallowed(self, line: Line) -> bool:
        """Whether a line that YAML takes for text was meant for a key or an entry."""
        level = self.levels.innermost
        if line.dash and line.is_key:
            return line.key in LIKELY_FIRST
        if line.dash:
            return level.texts is not None and BLOCK.match(line.value) is not None
        if BLOCK.fullmatch(line.value) and not line.is_key:
            return level.texts is not None
        return line.is_key and level.lacks(line.key)

    def _text_goes_on(self, line: Line) -> Iterator[Slip]:
        if self.text_indent is None:
            self.text_indent = line.indent
        if line.indent < self.text_indent:
            yield slip.text_not_indented(self.lines[line.number], line, self.text_indent)

    def _text(self, line: Line) -> Iterator[Slip]:
        text, above = self.lines[line.number], self.text_above
        if self.shift and above is not None and line.indent <= above < line.indent + self.shift:
            yield slip.silent(line, f"{' ' * (line.indent + self.shift)}{text.lstrip(' ')}")
            return
        depth = self.levels.of_bare_key(line)
        if depth is not None:
            level = self.levels.close_below(depth)
            yield from self._colon(line, " " * level.column)
            return
        dash = self.levels.innermost.texts
        if dash is not None and self._begins_text(line, dash):
            yield slip.dash_missing(text, line, dash, dash + 2)
            self._open_value(line, dash)
            return
        if above is not None and 0 < line.indent <= above:
            yield slip.text_not_indented(text, line, self.text_indent or above + 2)

    def _begins_text(self, line: Line, dash: int) -> bool:
        """Whether a line was meant for an entry of the open list of texts."""
        near = self.levels.innermost.column < line.indent and abs(line.indent - dash) <= 2
        above = self.text_above
        return near and (
            BLOCK.fullmatch(line.value) is not None or (above is not None and line.indent <= above)
        )

    # Lists

    def _entry(self, line: Line) -> Iterator[Slip]:
        """An entry that begins with its dash."""
        place = self.levels.list_for(line)
        if place is None:
            self.text_above = None
            yield from self._entry_of_no_list(line)
            return
        depth, entries = place
        if self.levels.goes_on_with(line, depth, entries):
            self.levels.close_below(depth + 1)
            yield from self._read_as(
                line, slip.dash_amid_entry(self.lines[line.number], line, entries.column)
            )
            return
        self.levels.close_below(depth)
        shift = entries.dash - line.indent
        meant = self._with_dash(line, entries)
        if line.dash != "-" or is_stuck(self.lines[line.number]):
            yield slip.odd_dash(line, meant)
        elif shift and shift == self.shift:
            yield slip.silent(line, meant)
        elif shift:
            yield slip.entry_out_of_line(entries.shape.noun, line, entries.dash, meant)
        self.shift = shift
        if line.indent == entries.dash and line.column != entries.column:
            entries = self._own_column(line, entries)
            if entries.column != line.column:
                meant = self._with_dash(line, entries)
                if entries.column > entries.dash + 1:
                    yield slip.silent(line, meant)
        self._begin_entry(entries, line.key)
        yield from self._opened(parsed(meant, line.number), meant)

    def _entry_of_no_list(self, line: Line) -> Iterator[Slip]:
        """An entry, with its keys, where no list of its kind is open."""
        kind = self.around.kind(line)
        home = HOMES.get(kind) if kind else None
        own_keys = [key for key in self.around.block(line) if kind and key.key in kind.keys]
        if kind is None or home is None or len(own_keys) < _ENOUGH_KEYS:
            return
        self.last_line = self.around.last_line_of_entry(line)
        yield slip.entry_elsewhere(kind.noun, home, line, self.last_line)

    def _own_column(self, line: Line, entries: OpenList) -> OpenList:
        """The list, with its keys in the column in which this entry has them."""
        column = self.around.following_column(line, entries.shape) or line.column
        return OpenList(entries.shape, entries.dash, column, entries.first_keys)

    def _begin_entry(self, entries: OpenList, key: str) -> None:
        entries.first_keys.add(key)
        self.levels.open(Level(entries.shape, entries.column, entries))

    def _entry_of_texts(self, line: Line) -> Iterator[Slip]:
        bare = self.around.bare_key(line)
        for depth, entries in self.levels.open_lists():
            if bare and bare["key"] in entries.shape.keys and line.indent == entries.dash:
                self.levels.close_below(depth)
                self._begin_entry(entries, bare["key"])
                yield from self._colon(line, self.lines[line.number][: line.column])
                return
        if line.value.startswith("{") and line.dash != "-":
            yield from self._entry_in_braces(line)
            return
        inner = self.levels.list_of_texts(line, self.shift)
        dash = None if inner is None else self.levels.close_below(inner).texts
        if dash is None:
            self.text_above = None
            return
        meant = slip.line_with_dash(self.lines[line.number], line, dash, dash + 2)
        stands_alone = self.lines[line.number][line.indent + 1 : line.indent + 2] in ("", " ", "\t")
        if line.dash != "-" or not stands_alone:
            yield slip.odd_dash(line, meant)
        elif line.indent == dash:
            meant = self.lines[line.number]
        elif self.shift and line.indent - dash == -self.shift:
            yield slip.silent(line, meant)
        else:
            yield slip.entry_out_of_line("entry", line, dash, meant)
        yield from self._value_slips(parsed(meant, line.number), meant, dash)

    def _entry_in_braces(self, line: Line) -> Iterator[Slip]:
        """An entry with its keys on one line, behind another sign than a dash."""
        for depth, entries in self.levels.open_lists():
            if entries.dash <= line.indent:
                self.levels.close_below(depth)
                yield slip.odd_dash(line, self._with_dash(line, entries))
                return

    # Keys

    def _key(self, line: Line) -> Iterator[Slip]:
        depth = self.levels.of_key(line)
        if depth is not None:
            self.shift = self.levels.close_below(depth).shift
            yield from self._opened(line, self.lines[line.number])
            return
        place = self.levels.list_without_dash(line)
        if place is not None:
            depth, entries = place
            self.levels.close_below(depth)
            self._begin_entry(entries, line.key)
            self.shift = entries.column - line.column
            yield from self._read_as(
                line,
                slip.dash_missing(self.lines[line.number], line, entries.dash, entries.column),
            )
            return
        depth = self.levels.that_lacks(line.key)
        if depth is not None:
            yield from self._out_of_line(line, self.levels.close_below(depth))
            return
        self._open_value(line, line.column)
        self.last_line = self._value(line.number, line.value_column).last_line

    def _out_of_line(self, line: Line, level: Level) -> Iterator[Slip]:
        """A key that stands too far left or right."""
        shift = level.column - line.column
        meant = f"{' ' * level.column}{self.lines[line.number][line.column :]}"
        if shift == self.shift:
            slipped = slip.silent(line, meant)
        else:
            slipped = slip.key_out_of_line(line, level.column, meant)
        self.shift = shift
        yield from self._read_as(line, slipped)

    def _colon(self, line: Line, before: str) -> Iterator[Slip]:
        """A key that has lost its colon, or the space after it."""
        bare = self.around.bare_key(line)
        assert bare is not None  # noqa: S101 - asked before
        text = self.lines[line.number]
        yield from self._read_as(line, slip.colon_missing(text, line, bare, before))

    def _read_as(self, line: Line, slipped: Slip) -> Iterator[Slip]:
        """Tell a slip, and go on with the key as its line was meant."""
        yield slipped
        meant = slipped.meant[line.number]
        yield from self._opened(parsed(meant, line.number), meant)

    def _opened(self, line: Line, meant: str) -> Iterator[Slip]:
        """Note a key of the present level, and what stands below it or after its colon."""
        level = self.levels.innermost
        level.seen.add(line.key)
        level.entries = level.texts = None
        if line.value and not line.value.startswith("#"):
            yield from self._value_slips(line, meant, line.column)
            return
        self.text_above, self.in_block, self.text_indent = line.column, False, None
        self._open_below(line, level)
        if level is not self.levels.innermost:
            return
        if line.value and level.entries is level.texts is None:
            yield slip.value_as_remark(line, meant)
        below = self.around.after(line.number)
        if below and not below.is_key and not below.dash and below.indent > line.column:
            yield from self._value_below(below, level)

    def _open_below(self, line: Line, level: Level) -> None:
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
            self.levels.open(Level(shape, column, shift=self.shift))
        else:
            level.texts = self.around.texts_column(line)
            if level.texts is None and line.key in level.shape.lists:
                level.texts = self.around.bullets_column(line)

    def _open_mixed(self, line: Line, level: Level, entries: OpenList) -> None:
        """A list of texts and of entries with keys.

        It has too few of either to tell by them where they belong, if this part of the file has
        moved as a whole.
        """
        usual = OpenList(entries.shape, level.column + 2, level.column + 4)
        has_moved = self.shift != 0 and entries.dash + self.shift == usual.dash
        level.entries = usual if has_moved else entries
        texts = None if has_moved else self.around.texts_column(line)
        level.texts = texts or level.entries.dash

    # Values

    def _value_below(self, below: Line, level: Level) -> Iterator[Slip]:
        """A value that begins on the line after its key."""
        text = self.lines[below.number]
        is_whole_list = text.lstrip().startswith("[")
        if level.texts is not None and not is_whole_list:
            yield slip.dash_missing(text, below, level.texts, level.texts + 2)
            self._open_value(below, level.texts)
            self.last_line = below.number
            return
        value = self._value(below.number, below.indent)
        self.last_line = value.last_line
        yield from value.slips

    def _value_slips(self, line: Line, meant: str, above: int) -> Iterator[Slip]:
        self._open_value(line, above)
        if self.in_block:
            return
        self.lines[line.number] = meant
        value = self._value(line.number, line.value_column)
        self.last_line = value.last_line
        yield from value.slips

    def _value(self, number: int, column: int) -> Value:
        return read_value(self.lines, number, column, self.around.begins_anew)

    def _open_value(self, line: Line, above: int) -> None:
        self.text_above = above
        self.in_block = BLOCK.fullmatch(line.value) is not None
        self.text_indent = None

    def _with_dash(self, line: Line, entries: OpenList) -> str:
        return slip.line_with_dash(self.lines[line.number], line, entries.dash, entries.column)
