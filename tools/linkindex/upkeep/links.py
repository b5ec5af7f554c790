"""Changing what an index says of a link: its address, or the day it was reviewed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import quoted, suggestion
from linkindex.catalogue.yaml.source import YamlMap, maps_in, read_yaml
from linkindex.upkeep.values import Path, value_at, with_value


def with_address(
    text: str, resource_id: str, address: str, file: str, old: str | None = None
) -> str:
    """The text with another address for one link.

    :param old: the one that it replaces, where a link has one in each language.
    :raises LinkIndexError: when there is no such link, or the line cannot be changed safely.
    """
    path = (*_path_of(text, resource_id, file), "url")
    there = value_at(read_yaml(text.encode(), file).root, path)
    if isinstance(there, YamlMap):
        for language in [tag for tag, written in there.items() if written == old]:
            text = with_value(text, (*path, language), address, file)
        return text
    return with_value(text, path, address, file)


def with_review(text: str, resource_id: str, day: datetime.date, file: str) -> str:
    """The text with the day on which a person read a link and signed it off.

    :raises LinkIndexError: when there is no such link, or the line cannot be changed safely.
    """
    path = _path_of(text, resource_id, file)
    entry = value_at(read_yaml(text.encode(), file).root, path)
    assert isinstance(entry, YamlMap)  # noqa: S101 - that is what the path was made of
    if "reviewed" in entry:
        return with_value(text, (*path, "reviewed"), day, file)
    return _with_line_below(text, entry, path, day, file)


def _path_of(text: str, resource_id: str, file: str) -> Path:
    root = read_yaml(text.encode(), file).root
    categories = root.get("categories") if isinstance(root, YamlMap) else None
    known = []
    for place, category in maps_in(categories):
        for position, entry in maps_in(category.get("resources")):
            if entry.get("id") == resource_id:
                return ("categories", place, "resources", position)
            known.append(str(entry.get("id")))
    raise no_such_link(resource_id, known, file)


def no_such_link(name: str, known: Iterable[str], file: str) -> LinkIndexError:
    """What is said of a name that no link has.

    :param known: the ids of the links.
    """
    where = f"write what follows `id:` of the link in {file} (`linkindex review` lists every link)"
    return LinkIndexError(
        f"{file} holds no link with the id or code {quoted(name)}; {suggestion(name, known, where)}"
    )


def _with_line_below(text: str, entry: YamlMap, path: Path, day: datetime.date, file: str) -> str:
    """The text with a new line below the one that says when the link was added."""
    place = entry.key_places["added"]
    lines = text.splitlines(keepends=True)
    line = lines[place.line - 1]
    ending = line[len(line.rstrip("\r\n")) :]
    new = f"{' ' * (place.column - 1)}reviewed: {day.isoformat()}{ending or chr(10)}"
    if not ending:
        lines[place.line - 1] += "\n"
    changed = "".join([*lines[: place.line], new, *lines[place.line :]])
    after = read_yaml(changed.encode(), file).root
    try:
        is_right = value_at(after, path) == {**entry, "reviewed": day.isoformat()}
    except (KeyError, IndexError, TypeError):
        is_right = False
    if not is_right:
        raise LinkIndexError(
            f"{file}:{place.line}: this entry is written in a way that cannot be changed without "
            f"changing more; add `reviewed: {day.isoformat()}` by hand"
        )
    return changed
