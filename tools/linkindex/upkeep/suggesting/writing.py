"""Writing a link into the text of an index: few lines, in their place, in the style of the file."""

from __future__ import annotations

import datetime
import json
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.yaml.source import YamlList, YamlMap, maps_in, read_yaml
from linkindex.upkeep.values import LINE_WIDTH, value_at, with_value

Entry = Mapping[str, Any]

_ORDER = (
    *("id", "code", "title", "url", "publisher", "summary", "use_when", "minutes", "audiences"),
    *(
        "format",
        "nations",
        "language",
        "cost",
        "phone",
        "text",
        "email",
        "keywords",
        "also_in",
        "added",
    ),
)


def link_lines(entry: Entry, indent: int = 0) -> str:
    """The lines of a link, beginning with its dash."""
    lines: list[str] = []
    for key, value in entry.items():
        lines += _lines_of(key, value, indent + 2)
    first, *rest = lines
    return "\n".join([f"{' ' * indent}- {first.lstrip()}", *rest]) + "\n"


def with_link(text: str, category_id: str, entry: Entry, file: str) -> str:
    """The text with a link more, as the last one of its category.

    :raises LinkIndexError: when the category is not there, or is written on one line.
    """
    root = read_yaml(text.encode(), file).root
    path, category = _category(root, category_id, file)
    links = category.get("resources")
    lines = text.splitlines(keepends=True)
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    if isinstance(links, YamlList) and links.item_places:
        place = links.item_places[-1]
        before = lines[place.line - 1][: place.column - 1]
        if before.strip(" -"):
            raise _by_hand(file, place.line)
        indent = before.rindex("-")
        last = _end(lines, place.line - 1, indent)
        block = link_lines(entry, indent)
    else:
        raise LinkIndexError(
            f"{file}:{category.place.line}: this topic has no link yet, after which another could "
            "stand; write the first one by hand"
        )
    new = [line + ending for line in block.splitlines()]
    if not lines[last - 1].endswith("\n"):
        lines[last - 1] += ending
    after = "".join([*lines[:last], ending, *new, *lines[last:]])
    _make_sure(after, file, (*path, "resources", len(links)), entry)
    return after


def with_changes(text: str, resource_id: str, changes: Entry, file: str) -> str:
    """The text with other values for some keys of one link.

    :raises LinkIndexError: when there is no such link, or a line cannot be changed alone.
    """
    for key, value in changes.items():
        root = read_yaml(text.encode(), file).root
        for place, category in maps_in(
            root.get("categories") if isinstance(root, YamlMap) else None
        ):
            for position, entry in maps_in(category.get("resources")):
                if entry.get("id") == resource_id:
                    path = ("categories", place, "resources", position)
                    if key in entry:
                        text = with_value(text, (*path, key), value, file)
                    else:
                        text = _with_key(text, entry, path, key, value, file)
    return text


def lines_of_link(text: str, resource_id: str, file: str) -> range:
    """The lines, from 1, on which a link stands; none if there is no such link."""
    root = read_yaml(text.encode(), file).root
    for _, category in maps_in(root.get("categories") if isinstance(root, YamlMap) else None):
        for _, entry in maps_in(category.get("resources")):
            if entry.get("id") == resource_id:
                first = entry.place.line - 1
                indent = entry.place.column - 2
                return range(first + 1, _end(text.splitlines(), first, indent) + 1)
    return range(0)


def _with_key(
    text: str, entry: YamlMap, path: Sequence[str | int], key: str, value: Any, file: str
) -> str:
    """The text with a key more for one link, where that key usually stands."""
    earlier = [name for name in _ORDER[: _ORDER.index(key)] if name in entry] or ["id"]
    above = entry.key_places[earlier[-1]]
    lines = text.splitlines(keepends=True)
    column = above.column - 1
    if lines[above.line - 1][:column].strip(" -"):
        raise _by_hand(file, above.line)
    last = _end(lines, above.line - 1, column)
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    new = [line + ending for line in _lines_of(key, value, column)]
    after = "".join([*lines[:last], *new, *lines[last:]])
    _make_sure(after, file, path, {**entry, key: value})
    return after


def _category(root: object, category_id: str, file: str) -> tuple[tuple[str, int], YamlMap]:
    for place, category in maps_in(root.get("categories") if isinstance(root, YamlMap) else None):
        if category.get("id") == category_id:
            return ("categories", place), category
    raise LinkIndexError(f"{file} holds no topic with the id `{category_id}`; choose another")


def _end(lines: Sequence[str], first: int, indent: int) -> int:
    """The line after the last one that belongs to what begins on ``first``."""
    last = first + 1
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if line.strip() and len(line) - len(line.lstrip(" ")) <= indent:
            break
        if line.strip() and not line.lstrip().startswith("#"):
            last = number + 1
    return last


def _lines_of(key: str, value: Any, indent: int) -> list[str]:
    pad = " " * indent
    if isinstance(value, (list, tuple)):
        return [f"{pad}{key}: [{', '.join(_scalar(item, in_list=True) for item in value)}]"]
    if isinstance(value, datetime.date):
        return [f"{pad}{key}: {value.isoformat()}"]
    line = f"{pad}{key}: {_scalar(str(value))}"
    if len(line) <= LINE_WIDTH or " " not in str(value):
        return [line]
    folded = textwrap.wrap(
        str(value), LINE_WIDTH - indent - 2, break_long_words=False, break_on_hyphens=False
    )
    return [f"{pad}{key}: >-", *(f"{pad}  {part}" for part in folded)]


def _scalar(text: str, *, in_list: bool = False) -> str:
    """A text on one line, in quotes only where YAML would read it as something else."""
    try:
        plain = yaml.safe_load(f"[{text}]" if in_list else f"a: {text}") in ([text], {"a": text})
    except yaml.YAMLError:
        plain = False
    # The index reads a number as the text that it is.
    return text if plain or text.isdecimal() else json.dumps(text, ensure_ascii=False)


def _make_sure(after: str, file: str, path: Sequence[str | int], entry: Entry) -> None:
    """Refuse to change a file in which something else stands than what was meant."""
    try:
        read = value_at(read_yaml(after.encode(), file).root, path)
    except (KeyError, IndexError, TypeError):
        read = None
    wanted = {
        key: [str(item) for item in value] if isinstance(value, (list, tuple)) else value
        for key, value in entry.items()
    }
    wanted = {key: str(v) if isinstance(v, datetime.date) else v for key, v in wanted.items()}
    if read != wanted:
        raise LinkIndexError(
            f"{file}: this file is written in a way that no link can be added to it; add it by hand"
        )


def _by_hand(file: str, line: int) -> LinkIndexError:
    return LinkIndexError(
        f"{file}:{line}: several entries stand on this line; put each on lines of its own"
    )
