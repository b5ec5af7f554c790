"""Changing one value of a YAML text, and nothing else.

Where a value stands is known from the tree that the catalogue is read from. Only the lines of the
smallest part that fills whole lines are written anew, by ruamel.yaml, which keeps their comments
and quotes; every other line stays as it is, with its wrapping, order and comments.
"""

from __future__ import annotations

import copy
import datetime
import io
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import Place
from linkindex.catalogue.yaml.source import YamlList, YamlMap, read_yaml

LINE_WIDTH = 100
"""At which long lines are wrapped, as in the index that ships with the program."""

Path = Sequence[str | int]
"""The keys and positions that lead to a value, from the top."""

Value = str | datetime.date | Sequence["Value"] | Mapping[str, "Value"]


def value_at(tree: object, path: Path) -> object:
    """What stands at a path (``KeyError`` or ``IndexError`` when nothing does)."""
    value: Any = tree
    for part in path:
        value = value[part]
    return value


def with_value(text: str, path: Path, value: Value, file: str = "resources.yaml") -> str:
    """The text with one value replaced.

    :param path: leads to the value that stands there now.
    :raises LinkIndexError: when ruamel.yaml would change more than this value.
    """
    tree = read_yaml(text.encode(), file).root
    lines = text.splitlines(keepends=True)
    part = _smallest_part(tree, lines, path)
    changed = "".join([*lines[: part.first], *_rewritten(lines, part, value), *lines[part.last :]])
    after = read_yaml(changed.encode(), file).root
    if after != _expected(tree, path, value):
        raise LinkIndexError(
            f"{file}:{part.first + 1}: this entry is written in a way that cannot be changed "
            "without changing more; change it by hand"
        )
    return changed


class _Part(NamedTuple):
    """Whole lines that hold a value.

    :ivar first: the line on which it begins, counted from 0; ``last`` is the one after its end.
    :ivar column: the column at which it begins, counted from 0; a dash may stand before it.
    :ivar inside: the path from the part to the value.
    """

    first: int
    last: int
    column: int
    inside: Path


def _smallest_part(tree: object, lines: list[str], path: Path) -> _Part:
    for length in range(len(path), 0, -1):
        parent = value_at(tree, path[: length - 1])
        key = path[length - 1]
        place = _place_of(parent, key)
        first, column = place.line - 1, place.column - 1
        before = lines[first][:column]
        if before.strip(" -") == "":
            # An item of a list begins with its dash, which is left where it is.
            inside = path[length - 1 :] if isinstance(key, str) else path[length:]
            indent = column if isinstance(key, str) else before.rindex("-")
            return _Part(first, _end(lines, first, indent), column, inside)
    raise LinkIndexError("the file is written on one line; put each entry on lines of its own")


def _place_of(parent: object, key: str | int) -> Place:
    if isinstance(parent, YamlMap) and isinstance(key, str):
        return parent.key_places[key]
    assert isinstance(parent, YamlList)  # noqa: S101 - paths are made from the tree
    assert isinstance(key, int)  # noqa: S101
    return parent.item_places[key]


def _end(lines: list[str], first: int, indent: int) -> int:
    """The line after the last one that belongs to what begins on ``first``."""
    last = first + 1
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if line.strip() and len(line) - len(line.lstrip(" ")) <= indent:
            break
        if line.strip() and not line.lstrip().startswith("#"):
            last = number + 1
    return last


def _rewritten(lines: list[str], part: _Part, value: Value) -> list[str]:
    own = lines[part.first : part.last]
    dash = own[0][: part.column]
    fragment = "".join([own[0][part.column :], *(line[part.column :] or "\n" for line in own[1:])])
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = LINE_WIDTH - part.column
    yaml.indent(mapping=2, sequence=4, offset=2)
    # Of a whole entry of a list, the part is the value itself.
    holder = ["", yaml.load(fragment)]
    inside = (1, *part.inside)
    _put(value_at(holder, inside[:-1]), inside[-1], value)
    document = holder[1]
    out = io.StringIO()
    yaml.dump(document, out)
    new = out.getvalue().splitlines(keepends=True)
    ending = "\r\n" if own[0].endswith("\r\n") else "\n"
    pad = " " * part.column
    return [
        f"{dash if number == 0 else pad if line.strip() else ''}{line.rstrip()}{ending}"
        for number, line in enumerate(new)
    ]


def _put(parent: Any, key: str | int, value: Value) -> None:
    """Set a value. A mapping that was there keeps its remarks, and its braces if it has some."""
    there = parent[key]
    if not isinstance(there, CommentedMap) or not isinstance(value, Mapping):
        parent[key] = _plain(value)
        return
    for gone in [name for name in there if name not in value]:
        del there[gone]
    for name, part in value.items():
        if name not in there or there[name] != _plain(part):
            there[name] = _plain(part)


def _plain(value: Value) -> object:
    """A value as ruamel.yaml writes it without quotes where none are needed."""
    if isinstance(value, Mapping):
        return CommentedMap((key, _plain(part)) for key, part in value.items())
    if isinstance(value, list):
        entries = CommentedSeq(_plain(part) for part in value)
        entries.fa.set_flow_style()
        return entries
    if isinstance(value, str) and value.isascii() and value.isdigit() and value[0] != "0":
        return int(value)
    return value


def _expected(tree: object, path: Path, value: Value) -> object:
    after = copy.deepcopy(tree)
    value_at(after, path[:-1])[path[-1]] = _as_read(value)  # type: ignore[index]
    return after


def _as_read(value: Value) -> object:
    """A value as the catalogue reads it: every scalar is text."""
    if isinstance(value, Mapping):
        return {key: _as_read(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_as_read(part) for part in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
