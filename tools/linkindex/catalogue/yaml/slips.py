"""What an editor meant, where the lines of ``resources.yaml`` say something else.

Once something is wrong, the file is gone through line by line, with the keys of the model for a
guide: a lost dash, a key or an entry that stands too far left or right, a text whose next line is
not indented, a mark that never closes. Each is one slip, told where the hand slipped, with the line
as it was probably meant; the file is then read again as meant, so that nothing is said of what only
followed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from linkindex.catalogue.problems import quoted
from linkindex.catalogue.yaml.quoting import Slip, not_read, read_value
from linkindex.catalogue.yaml.shape import FILE, KNOWN_KEYS, TELLING_KEYS, Shape

DASH_LIKE = "–—―−‒‐‑•·‣▪●*+"
"""Signs that are typed, or that Word makes, in place of the dash of a list."""

_LINE = re.compile(
    rf"(?P<indent> *)(?:(?P<dash>[-{DASH_LIKE}])(?P<gap> +|$))?"
    r"(?:(?P<key>\w[\w-]*) *:(?=\s|$))?(?P<rest>.*)"
)
_STUCK_DASH = re.compile(rf" *(?P<dash>[-{DASH_LIKE}])(?P<key>[a-z][\w-]*):(?:\s|$)")
_BLOCK = re.compile(r"[>|][-+0-9]{0,2}\s*(?:#.*)?$")
_NO_COLON = re.compile(r"(?P<key>[a-z][\w-]*)(?:\s*[;=.：﹕∶]\s*|\s*:(?=\S)|\s+|$)")
_LIKELY_FIRST = frozenset({"id", "name", "term", "rule"})


class _Line(NamedTuple):
    number: int
    indent: int
    dash: str
    key: str
    column: int
    """Of the key or text behind the dash."""
    value: str
    value_column: int

    @property
    def is_key(self) -> bool:
        return bool(self.key)


def _parsed(text: str, number: int) -> _Line:
    stuck = _STUCK_DASH.match(text)
    if stuck and stuck["key"] in KNOWN_KEYS:
        place = stuck.end("dash")
        text = f"{text[:place]} {text[place:]}"
    found = _LINE.match(text)
    assert found is not None  # noqa: S101 - every part of the pattern may be missing
    rest = found["rest"]
    value = rest.lstrip(" ")
    return _Line(
        number,
        len(found["indent"]),
        found["dash"] or "",
        found["key"] or "",
        found.start("key") if found["key"] else found.start("rest"),
        value.rstrip(),
        len(text) - len(value),
    )


@dataclass
class _List:
    """An open list of entries: where its dashes and keys are, as most of its entries have it."""

    shape: Shape
    dash: int
    column: int
    first_keys: set[str] = field(default_factory=set)


@dataclass
class _Level:
    """``key: value`` lines that belong together, and what was last opened below one of them."""

    shape: Shape
    column: int
    entry_of: _List | None = None
    seen: set[str] = field(default_factory=set)
    entries: _List | None = None
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
        self.parsed = [_parsed(line, number) for number, line in enumerate(lines)]
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
            line = self.parsed[number]
            stripped = self.lines[number].strip()
            if not stripped or (stripped.startswith("#") and not self._is_text(line)):
                number += 1
                continue
            yield from self._line(line)
            number = self._end + 1

    def _line(self, line: _Line) -> Iterator[Slip]:
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

    def _is_text(self, line: _Line) -> bool:
        """Whether a line belongs to the text in a block (`>-`) above it, by its indentation."""
        return self.in_block and self.text_above is not None and line.indent > self.text_above

    def _swallowed(self, line: _Line) -> bool:
        """Whether a line that YAML takes for text was meant for a key or an entry."""
        if line.dash and line.is_key:
            return line.key in _LIKELY_FIRST
        if line.dash:
            return self.level.texts is not None and _BLOCK.match(line.value) is not None
        if _BLOCK.fullmatch(line.value) and not line.is_key:
            return self.level.texts is not None
        return self._is_new_here(line)

    def _is_new_here(self, line: _Line) -> bool:
        return line.is_key and self._is_new(line.key)

    def _is_new(self, key: str) -> bool:
        return key not in self.level.seen and key in self.level.shape.keys

    def _is_entry_of_texts(self, line: _Line, dash: int) -> bool:
        """Whether a line was meant for an entry of the open list of texts."""
        near = self.level.column < line.indent and abs(line.indent - dash) <= 2
        above = self.text_above
        return near and (
            _BLOCK.fullmatch(line.value) is not None or (above is not None and line.indent <= above)
        )

    def _text(self, line: _Line) -> Iterator[Slip]:
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

    def _bare_key(self, line: _Line) -> re.Match[str] | None:
        """The word with which a line without a colon begins, as a key would."""
        return _NO_COLON.match(self.lines[line.number], line.column)

    def _without_its_colon(self, line: _Line) -> int | None:
        """How deep the level lies to which a key without its colon belongs."""
        bare = self._bare_key(line)
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

    def _colon(self, line: _Line, before: str) -> Iterator[Slip]:
        """A key that has lost its colon, or the space behind it."""
        bare = self._bare_key(line)
        assert bare is not None  # noqa: S101 - asked before
        meant = f"{before}{bare['key']}: {self.lines[line.number][bare.end() :]}"
        yield Slip(
            line.number,
            line.column,
            "a key without its colon stands here",
            "write `key: text`, with a space after the colon",
            {line.number: meant},
        )
        yield from self._opened(_parsed(meant, line.number), meant)

    # Lists

    def _entry(self, line: _Line) -> Iterator[Slip]:
        """An entry that begins with its dash."""
        found = self._list_for(line)
        if found is None:
            self.text_above = None
            return
        depth, entries = found
        if self._goes_on_with(line, depth, entries):
            del self.levels[depth + 2 :]
            meant = f"{' ' * entries.column}{_parsed_text(self.lines[line.number], line)}"
            yield Slip(
                line.number,
                line.indent,
                f"this `{line.dash}` begins a new entry in the middle of one",
                f"remove it, and begin the line with {_spaces(entries.column)}",
                {line.number: meant},
            )
            yield from self._opened(_parsed(meant, line.number), meant)
            return
        del self.levels[depth + 1 :]
        shift = entries.dash - line.indent
        meant = self._at(line, entries.dash, entries.column)
        if line.dash != "-" or _is_stuck(self.lines[line.number]):
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
            entries = _List(entries.shape, entries.dash, line.column, entries.first_keys)
            if self._following_column(line, entries.shape) not in (None, line.column):
                entries.column = self._following_column(line, entries.shape) or line.column
                meant = self._at(line, entries.dash, entries.column)
                if entries.column > entries.dash + 1:
                    yield _silent(line.number, meant)
        self._begin_entry(entries, line.key)
        yield from self._opened(_parsed(meant, line.number), meant)

    def _goes_on_with(self, line: _Line, depth: int, entries: _List) -> bool:
        """Whether the keys from a dash on are those that the entry above it still lacks."""
        inner = self.levels[depth + 1] if depth + 1 < len(self.levels) else None
        if inner is None or inner.shape is not entries.shape or line.key in _LIKELY_FIRST:
            return False
        keys = {following.key for following in self._block(line)} & set(entries.shape.keys)
        return not keys & inner.seen and entries.shape.required <= keys | inner.seen

    def _begin_entry(self, entries: _List, key: str) -> None:
        entries.first_keys.add(key)
        self.levels.append(_Level(entries.shape, entries.column, entries))

    def _open_lists(self) -> list[tuple[int, _List]]:
        """The lists of entries that are open, the innermost first, and how deep they lie."""
        pairs = [(depth, level.entries) for depth, level in enumerate(self.levels)]
        return [(depth, entries) for depth, entries in reversed(pairs) if entries is not None]

    def _list_for(self, line: _Line) -> tuple[int, _List] | None:
        """The open list that an entry belongs to, by its keys, else by where it stands."""
        kind = self._kind(line)
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

    def _kind(self, line: _Line) -> Shape | None:
        """What an entry is, by the keys that only one kind has."""
        votes: Counter[Shape] = Counter()
        for following in self._block(line):
            shape = TELLING_KEYS.get(following.key)
            if shape is not None:
                votes[shape] += 1
        return votes.most_common(1)[0][0] if votes else None

    def _block(self, line: _Line) -> Iterator[_Line]:
        """The key lines from one that begins an entry to the next that does."""
        seen: set[str] = set()
        for following in self.parsed[line.number : line.number + 40]:
            if not following.is_key or following.key not in KNOWN_KEYS:
                continue
            if following.indent == 0 and following.key in FILE.keys:
                return
            begins = following.key in _LIKELY_FIRST or following.dash
            if following is not line and (following.key in seen or (begins and seen)):
                return
            seen.add(following.key)
            yield following

    def _following_column(self, line: _Line, shape: Shape) -> int | None:
        """Where the next keys of an entry stand, as most of them do."""
        columns = [
            following.column
            for following in self._block(line)
            if following is not line and following.key in shape.keys
        ]
        return Counter(columns).most_common(1)[0][0] if len(columns) > 1 else None

    def _text_entry(self, line: _Line) -> Iterator[Slip]:
        """An entry of a list of texts."""
        bare = self._bare_key(line)
        for depth, entries in self._open_lists():
            if bare and bare["key"] in entries.shape.keys and line.indent == entries.dash:
                del self.levels[depth + 1 :]
                self._begin_entry(entries, bare["key"])
                yield from self._colon(line, self.lines[line.number][: line.column])
                return
        level = self._texts_level()
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
        yield from self._value_slips(_parsed(meant, line.number), meant, column)

    def _texts_level(self) -> _Level | None:
        for depth in range(len(self.levels) - 1, -1, -1):
            if self.levels[depth].texts is not None:
                del self.levels[depth + 1 :]
                return self.levels[depth]
        return None

    def _odd_dash(self, line: _Line, meant: str) -> Slip:
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

    def _key(self, line: _Line) -> Iterator[Slip]:
        kind = self._kind(line) if line.key in _LIKELY_FIRST else None
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
            yield from self._opened(_parsed(meant, line.number), meant)
            return
        for depth in range(len(self.levels) - 1, -1, -1):
            level = self.levels[depth]
            if line.key in level.shape.keys and line.key not in level.seen:
                yield from self._misplaced(line, depth)
                return
        self.text_above = line.column
        self.in_block = _BLOCK.fullmatch(line.value) is not None
        self.text_indent = None
        self._end = self._value_end(line)

    def _value_end(self, line: _Line) -> int:
        return read_value(self.lines, line.number, line.value_column, self._stops).last_line

    def _lost_dash(self, line: _Line, kind: Shape | None) -> tuple[int, _List] | None:
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
                and line.key in (entries.first_keys or _LIKELY_FIRST)
                and line.key in inner.seen
            )
            if (first_of_list and line.column > self.levels[depth].column) or begins:
                return depth, entries
        return None

    def _misplaced(self, line: _Line, depth: int) -> Iterator[Slip]:
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
        yield from self._opened(_parsed(meant, line.number), meant)

    def _opened(self, line: _Line, meant: str) -> Iterator[Slip]:
        """Note a key of the present level, and what stands below it or behind its colon."""
        level = self.level
        level.seen.add(line.key)
        level.entries = level.texts = None
        if not line.value or line.value.startswith("#"):
            self.text_above, self.in_block, self.text_indent = line.column, False, None
            self._open_below(line, level)
            if line.value and self.level is level and level.entries is level.texts is None:
                yield from self._remark(line, meant)
            below = self._next(line.number)
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

    def _remark(self, line: _Line, meant: str) -> Iterator[Slip]:
        """A value that YAML takes for a remark."""
        text = line.value if line.key == "colour" else line.value.lstrip("# ")
        yield Slip(
            line.number,
            line.value_column,
            *not_read(line.value),
            {line.number: f"{meant[: line.value_column]}{json.dumps(text, ensure_ascii=False)}"},
        )

    def _value_below(self, below: _Line) -> Iterator[Slip]:
        """A value that begins on the line after its key."""
        if self.level.texts is not None:
            yield self._with_dash(below, self.level.texts, self.level.texts + 2)
            self._open_value(below, self.level.texts)
            self._end = below.number
            return
        value = read_value(self.lines, below.number, below.indent, self._stops)
        self._end = value.last_line
        yield from value.slips

    def _open_below(self, line: _Line, level: _Level) -> None:
        if line.key in level.shape.entries:
            shape = level.shape.entries[line.key]
            level.entries = self._usual_list(line, shape, level.column)
        elif line.key in level.shape.parts and self._has_keys_below(
            line, level.shape.parts[line.key]
        ):
            shape = level.shape.parts[line.key]
            column = self._part_column(line, shape)
            self.levels.append(_Level(shape, column, shift=self.shift))
        else:
            level.texts = self._texts_column(line)

    def _has_keys_below(self, line: _Line, shape: Shape) -> bool:
        below = self._next(line.number)
        if below is None or below.dash:
            return False
        bare = self._bare_key(below)
        return below.is_key or (bare is not None and bare["key"] in shape.keys)

    def _next(self, number: int) -> _Line | None:
        for following in self.parsed[number + 1 : number + 20]:
            text = self.lines[following.number].strip()
            if text and not text.startswith("#"):
                return following
        return None

    def _part_column(self, line: _Line, shape: Shape) -> int:
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

    def _usual_list(self, line: _Line, shape: Shape, parent: int) -> _List:
        """Where the entries of a list stand, as most of them do."""
        places: Counter[tuple[int, int]] = Counter()
        for following in self.parsed[line.number + 1 :]:
            if following.is_key and following.indent == 0 and following.key in FILE.keys:
                break
            if following.is_key and not following.dash and following.key == line.key:
                break
            if following.dash and following.is_key and following.key in shape.keys:
                kind = self._kind(following)
                if kind is not None and kind is not shape:
                    continue
                places[following.indent, following.column] += 1
                below = self._following_column(following, shape)
                if below is not None and below > 1:
                    places[below - 2, below] += 1
            if sum(places.values()) > _ENOUGH:
                break
        at = [place for place in places if place[0] >= parent]
        usual = (parent + 2, parent + 4)
        best = max(at, key=lambda place: (places[place], place == usual), default=usual)
        return _List(shape, *best)

    def _texts_column(self, line: _Line) -> int | None:
        columns: Counter[int] = Counter()
        for following in self.parsed[line.number + 1 : line.number + 60]:
            if following.is_key and following.key in KNOWN_KEYS:
                break
            if following.dash == "-" and not following.is_key:
                columns[following.indent] += 1
        at = [column for column in columns if column >= line.column]
        return max(at, key=lambda column: columns[column], default=None)

    # Values

    def _value_slips(self, line: _Line, meant: str, above: int) -> Iterator[Slip]:
        self._open_value(line, above)
        if self.in_block:
            return
        self.lines[line.number] = meant
        value = read_value(self.lines, line.number, line.value_column, self._stops)
        self._end = value.last_line
        yield from value.slips

    def _open_value(self, line: _Line, above: int) -> None:
        self.text_above = above
        self.in_block = _BLOCK.fullmatch(line.value) is not None
        self.text_indent = None

    def _stops(self, number: int) -> bool:
        """Whether a new key or entry begins on a line."""
        if number >= len(self.lines):
            return True
        line = self.parsed[number]
        return (line.is_key and line.key in KNOWN_KEYS) or (
            bool(line.dash) and line.dash in f"-{DASH_LIKE}"
        )

    # Lines as meant

    def _at(self, line: _Line, dash: int, column: int, sign: str = "-") -> str:
        rest = _parsed_text(self.lines[line.number], line)
        gap = max(column - dash - 1, 1)
        return f"{' ' * dash}{sign.strip()}{' ' * gap}{rest}"

    def _with_dash(self, line: _Line, dash: int, column: int) -> Slip:
        return Slip(
            line.number,
            line.column,
            "the `- ` with which an entry of a list begins is missing here",
            f"write {_spaces(dash)}, then `- ` before it" if dash else "write `- ` before it",
            {line.number: self._at(line, dash, column)},
        )

    def _reindented(self, line: _Line, column: int, what: str, remedy: str) -> Slip:
        meant = f"{' ' * column}{self.lines[line.number].lstrip(' ')}"
        return Slip(
            line.number, line.indent, what, remedy.format(_spaces(column)), {line.number: meant}
        )


_TEXT_GOES_ON = (
    "the text above goes on here, but this line is not indented as its lines have to be",
    "give it {} at its beginning, or join it to the line above",
)
_ENOUGH = 60


def _parsed_text(text: str, line: _Line) -> str:
    """A line from its key or text on."""
    stuck = _STUCK_DASH.match(text)
    if stuck and stuck["key"] in KNOWN_KEYS and line.dash:
        return text[stuck.start("key") :]
    return text[line.column :]


def _is_stuck(text: str) -> bool:
    stuck = _STUCK_DASH.match(text)
    return stuck is not None and stuck["key"] in KNOWN_KEYS


def _silent(number: int, meant: str) -> Slip:
    """What follows from a slip above: meant otherwise too, but not said."""
    return Slip(number, 0, "", "", {number: meant})


def _spaces(count: int) -> str:
    return "no space" if count == 0 else "1 space" if count == 1 else f"{count} spaces"
