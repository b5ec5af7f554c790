"""Slips of the hand in single lines: what is wrong, what to do, and the line as it was meant."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from linkindex.catalogue.problems import quoted
from linkindex.catalogue.yaml.lines import Line, from_key_on
from linkindex.catalogue.yaml.quoting import Slip, not_read


def line_with_dash(text: str, line: Line, dash: int, column: int) -> str:
    """A line that begins an entry, with its dash and its key or text in these columns."""
    gap = max(column - dash - 1, 1)
    return f"{' ' * dash}-{' ' * gap}{from_key_on(text, line)}"


def silent(line: Line, meant: str) -> Slip:
    """What follows from a slip above: meant otherwise too, but not told."""
    return Slip(line.number, 0, "", "", {line.number: meant})


def dash_missing(text: str, line: Line, dash: int, column: int) -> Slip:
    """An entry of a list without its dash."""
    return Slip(
        line.number,
        line.column,
        "the `- ` with which an entry of a list begins is missing here",
        f"write {_spaces(dash)}, then `- ` before it" if dash else "write `- ` before it",
        {line.number: line_with_dash(text, line, dash, column)},
    )


def dash_amid_entry(text: str, line: Line, column: int) -> Slip:
    """A dash before a key that belongs to the entry above."""
    return Slip(
        line.number,
        line.indent,
        f"this `{line.dash}` begins a new entry in the middle of one",
        f"remove it, and begin the line with {_spaces(column)}",
        {line.number: f"{' ' * column}{from_key_on(text, line)}"},
    )


def odd_dash(line: Line, meant: str) -> Slip:
    """A dash without its space, or another sign in its place."""
    if line.dash == "-":
        what = "there is no space after the `-`"
        remedy = f"write `- ` and the {'key' if line.is_key else 'text'}"
    else:
        what = f"{quoted(line.dash)} stands where a list has its dash"
        remedy = "type a hyphen and a space: `- `"
    return Slip(line.number, line.indent, what, remedy, {line.number: meant}, line.dash)


def told_once(slips: Iterable[Slip]) -> list[Slip]:
    """The slips that are told: of signs in place of dashes the first, with their number."""
    told: dict[object, list[Slip]] = {}
    for place, slip in enumerate(slips):
        if slip.what:
            told.setdefault((slip.sign == "-",) if slip.sign else place, []).append(slip)
    return [_together(alike) for alike in told.values()]


def _together(alike: Sequence[Slip]) -> Slip:
    first, more = alike[0], len(alike) - 1
    if not more:
        return first
    signs = [quoted(sign) for sign in dict.fromkeys(slip.sign for slip in alike)]
    what = first.what
    if len(signs) > 1:
        what = f"{', '.join(signs[:-1])} and {signs[-1]} stand where a list has its dash"
    lines = "one more line" if more == 1 else f"{more} more lines"
    return first._replace(what=f"{what}, here and on {lines} below")


def entry_out_of_line(noun: str, line: Line, dash: int, meant: str) -> Slip:
    """An entry whose dash stands elsewhere than the other dashes of its list."""
    return Slip(
        line.number,
        line.indent,
        f"this {noun} does not line up with the others of its list",
        f"give it {_spaces(dash)} before its `-`",
        {line.number: meant},
    )


def entry_elsewhere(noun: str, home: str, line: Line, last_line: int) -> Slip:
    """An entry in the list of another kind, or in none; it is read as if it were not there."""
    return Slip(
        line.number,
        line.indent,
        f"this {noun} stands where none can be",
        f"move lines {line.number + 1} to {last_line + 1} below {home}",
        dict.fromkeys(range(line.number, last_line + 1), ""),
    )


def key_out_of_line(line: Line, column: int, meant: str) -> Slip:
    """A key that stands further left or right than those beside it."""
    return Slip(
        line.number,
        line.column,
        f"{quoted(line.key)} does not line up with the other keys beside it",
        f"give it {_spaces(column)} at the beginning of its line",
        {line.number: meant},
    )


def colon_missing(text: str, line: Line, bare: re.Match[str], before: str) -> Slip:
    """A key that has lost its colon, or the space after it; ``before`` is what comes before it."""
    what, remedy = "this key has lost its colon", "write `key: text`, with a space after the colon"
    if bare["bold"]:
        what, remedy = "this key is in bold, as Markdown has it", f"write `{bare['key']}:` alone"
    return Slip(
        line.number,
        line.column,
        what,
        remedy,
        {line.number: f"{before}{bare['key']}: {text[bare.end() :]}"},
    )


def text_not_indented(text: str, line: Line, column: int) -> Slip:
    """A line of a text that stands too far left to belong to it."""
    return Slip(
        line.number,
        line.indent,
        "the text above goes on here, but this line is not indented as its lines have to be",
        f"give it {_spaces(column)} at its beginning, or join it to the line above",
        {line.number: f"{' ' * column}{text.lstrip(' ')}"},
    )


def value_as_remark(line: Line, meant: str) -> Slip:
    """A value that YAML takes for a remark."""
    value = line.value if line.key == "colour" else line.value.lstrip("# ")
    in_quotes = json.dumps(value, ensure_ascii=False)
    return Slip(
        line.number,
        line.value_column,
        *not_read(line.value),
        {line.number: f"{meant[: line.value_column]}{in_quotes}"},
    )


def _spaces(count: int) -> str:
    return "no space" if count == 0 else "1 space" if count == 1 else f"{count} spaces"
