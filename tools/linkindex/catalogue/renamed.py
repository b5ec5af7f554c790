"""Keys that have another name now (``renamed.yaml``): they are read, and the new name is said."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata, resources

import yaml

from linkindex.catalogue.problems import Place, Problem, Severity, quoted
from linkindex.catalogue.yaml.shape import FILE, Shape
from linkindex.catalogue.yaml.source import YamlMap, maps_in

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Renamed:
    """A key that has another name now.

    :ivar part: where it stands, as the keys that lead there; nothing at the top of the file.
    :ivar since: the first version that knows the new name.
    :ivar until: the first version that no longer reads the old one.
    """

    part: str
    key: str
    write: str
    since: str
    until: str

    def is_read_by(self, version: str) -> bool:
        """Whether a version of the program still reads the old name."""
        return _numbers(version) < _numbers(self.until)


@dataclass(frozen=True)
class FoundOld:
    """A key that stands in a file by its old name.

    :ivar path: leads to the part that holds it.
    """

    renamed: Renamed
    path: KeyPath
    holder: YamlMap

    @property
    def place(self) -> Place:
        """Where the key stands."""
        return self.holder.key_places[self.renamed.key]

    @property
    def is_twice(self) -> bool:
        """Whether the new name stands beside it."""
        return self.renamed.write in self.holder


@functools.cache
def renamed_keys() -> tuple[Renamed, ...]:
    """Every key that has another name now."""
    text = resources.files("linkindex.catalogue").joinpath("renamed.yaml").read_text("utf-8")
    return tuple(
        Renamed(entry["in"], entry["key"], entry["write"], entry["since"], entry["until"])
        for entry in yaml.safe_load(text)
    )


@functools.cache
def program_version() -> str:
    """The version of this program, such as ``0.1.0``."""
    return metadata.version("linkindex")


def old_names(tree: YamlMap, renamed: Sequence[Renamed]) -> list[FoundOld]:
    """Every key of an index that stands by its old name, in the order of the file."""
    if not renamed:
        return []
    found = _parts(tree, FILE, "", ())
    wanted = {(each.part, each.key): each for each in renamed}
    return sorted(
        (
            FoundOld(wanted[part, key], path, holder)
            for part, path, holder in found
            for key in holder
            if (part, key) in wanted
        ),
        key=lambda old: old.place,
    )


def read_by_new_names(
    tree: YamlMap, file: str, renamed: Sequence[Renamed], version: str
) -> list[Problem]:
    """Put the new name in place of each old one in a tree, and say so.

    It is an error where the old name is read no longer, or the new one stands beside it.
    """
    problems = []
    for old in old_names(tree, renamed):
        key, write = quoted(old.renamed.key), quoted(old.renamed.write)
        what = f"{key} has been called {write} since version {old.renamed.since}"
        remedy, severity = f"write {write}", Severity.ERROR
        if old.is_twice:
            remedy = f"{write} stands beside it, so remove one of the two"
        elif old.renamed.is_read_by(version):
            severity = Severity.WARNING
            remedy += f", or run `linkindex upgrade`; it is read until version {old.renamed.until}"
        problems.append(Problem(file, *old.place, what, remedy, severity))
        _rename(old)
    return problems


def _rename(old: FoundOld) -> None:
    """Put the new name in place of the old one, which keeps its place among the others."""
    key, write = old.renamed.key, old.renamed.write
    held = dict(old.holder)
    places = dict(old.holder.key_places)
    old.holder.clear()
    old.holder.key_places.clear()
    for name, value in held.items():
        new = write if name == key else name
        if name != key or write not in held:
            old.holder[new] = value
            old.holder.key_places[new] = places[name]


def _parts(
    part: YamlMap, shape: Shape, name: str, path: KeyPath
) -> Iterator[tuple[str, KeyPath, YamlMap]]:
    yield name, path, part
    for key, below in shape.parts.items():
        value = part.get(key)
        if isinstance(value, YamlMap):
            yield from _parts(value, below, _joined(name, key), (*path, key))
    for key, below in shape.entries.items():
        for position, entry in maps_in(part.get(key)):
            yield from _parts(entry, below, _joined(name, key), (*path, key, position))


def _joined(name: str, key: str) -> str:
    return f"{name}.{key}" if name else key


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version)[:3])
