"""Misspelt keys and copies in what was read: said once, and mended for the rest of the reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from linkindex.catalogue.problems import Place, Problem, quoted
from linkindex.catalogue.yaml.shape import FILE, Shape, meant_key
from linkindex.catalogue.yaml.source import YamlList, YamlMap, maps_in


def mend(root: YamlMap, file: str) -> list[Problem]:
    """Rename misspelt keys and drop copies in the tree, and say so."""
    problems = [*_renamed(root, FILE, "", file)]
    problems.extend(_without_copies(root, file))
    return problems


_NOT_DECLARED = re.compile(r"there is no (?:group|category|resource|resource or category|icon) `")


def named_once(problems: list[Problem]) -> list[Problem]:
    """What is wrong in the same way in many places, said of the first of them.

    What is named and nowhere declared is said once however often it is named; any other slip once
    it comes more than :data:`MOST_ALIKE` times.
    """
    first: dict[tuple[str, str], list[Problem]] = {}
    for problem in sorted(problems):
        first.setdefault((problem.what, problem.remedy), []).append(problem)
    told: list[Problem] = []
    for (what, remedy), same in first.items():
        if len(same) > MOST_ALIKE or (len(same) > 1 and _NOT_DECLARED.match(what)):
            told.append(replace(same[0], remedy=f"{remedy} ({_more_lines(same)})"))
        else:
            told.extend(same)
    return told


MOST_ALIKE = 5
"""Lines with one and the same slip that are named one by one."""


def _more_lines(same: list[Problem]) -> str:
    lines = sorted({problem.line for problem in same[1:]})
    return f"also on line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines[:5]))}" + (
        f" and {len(lines) - 5} more" if len(lines) > 5 else ""
    )


def _renamed(value: YamlMap, shape: Shape, label: str, file: str) -> Iterator[Problem]:
    for key in [key for key in value if key not in shape.keys]:
        near = _meant(key, value, shape)
        if near is None:
            continue
        place = value.key_places[key]
        _rename(value, key, near)
        where = f" in {label}" if label else ""
        yield Problem(
            file, *place, f"unknown key {quoted(key)}{where}", f"did you mean {quoted(near)}?"
        )
    for key, below in shape.parts.items():
        part = value.get(key)
        if isinstance(part, YamlMap):
            owner = "the index" if key == "index" else f"{quoted(key)} of {label}"
            yield from _renamed(part, below, owner, file)
    for key, below in shape.entries.items():
        for _, entry in maps_in(value.get(key)):
            owner = f"{quoted(key)} of {label}" if key == "allow" else _label(entry, below)
            yield from _renamed(entry, below, owner, file)


def _meant(key: str, value: YamlMap, shape: Shape) -> str | None:
    """The key that another stands for: by what people call it, its letters, or what is below it."""
    missing = [known for known in shape.keys if known not in value]
    near = meant_key(key, shape.keys)
    has_keys = isinstance(value[key], YamlMap)
    if near in missing and (has_keys or near not in shape.parts):
        return near
    entries = [entry for _, entry in maps_in(value[key])]
    for known, below in shape.entries.items():
        fitting = [entry for entry in entries if len(set(entry) & below.required) > 1]
        if known in missing and entries and len(fitting) * 2 > len(entries):
            return known
    return None


def _rename(value: YamlMap, key: str, new: str) -> None:
    pairs = [(new if known == key else known, part) for known, part in value.items()]
    value.clear()
    value.update(pairs)
    value.key_places[new] = value.key_places.pop(key)


def _label(entry: YamlMap, shape: Shape) -> str:
    name = entry.get("id") or entry.get("title") or entry.get("name") or entry.get("term")
    return f"{shape.noun} {quoted(name)}" if isinstance(name, str) else f"this {shape.noun}"


def urgent_help_twice(root: YamlMap) -> bool:
    """Whether a line of urgent help is in the file twice, which breaks no other rule."""
    lines = [line for _, line in maps_in(root.get("urgent_help"))]
    return any(line in lines[:number] for number, line in enumerate(lines))


def _without_copies(root: YamlMap, file: str) -> Iterator[Problem]:
    for key, shape in FILE.entries.items():
        yield from _copies(root.get(key), shape, file)
    links: dict[str, tuple[YamlMap, YamlMap]] = {}
    for _, topic in maps_in(root.get("categories")):
        yield from _copied_links(topic, links, file)


def _copies(entries: object, shape: Shape, file: str) -> Iterator[Problem]:
    """Entries of a list that stand in it twice."""
    first: dict[str, YamlMap] = {}
    for entry in [entry for _, entry in maps_in(entries)]:
        name = entry.get("id") or entry.get("term") or entry.get("name")
        if not isinstance(name, str):
            continue
        other = first.setdefault(name, entry)
        if other is entry or not _is_copy(entry, other):
            continue
        _drop(entries, entry)
        yield Problem(
            file,
            *_start(entry),
            f"{_label(entry, shape)} is in here twice, first on line {_start(other).line}",
            f"remove one of the two, with all that belongs to it (lines {_start(entry).line} to "
            f"{_last_line(entry)})",
        )


def _copied_links(
    topic: YamlMap, links: dict[str, tuple[YamlMap, YamlMap]], file: str
) -> Iterator[Problem]:
    for entry in [entry for _, entry in maps_in(topic.get("resources"))]:
        name = entry.get("id")
        if not isinstance(name, str):
            continue
        other, home = links.setdefault(name, (entry, topic))
        if other is entry or not _is_copy(entry, other):
            continue
        _drop(topic.get("resources"), entry)
        also = ""
        if home is not topic and isinstance(topic.get("id"), str):
            also = f", and write `also_in: [{topic['id']}]` in the other"
        yield Problem(
            file,
            *_start(entry),
            f"resource {quoted(name)} is in here twice, first on line {_start(other).line}",
            f"remove one of the two{also}",
        )


def _is_copy(entry: YamlMap, other: YamlMap) -> bool:
    """Whether most of an entry is the same, word for word."""
    same = sum(1 for key in entry if entry[key] == other.get(key))
    return same * 3 > len(entry) * 2


def _drop(entries: object, entry: YamlMap) -> None:
    if isinstance(entries, YamlList):
        place = next(number for number, item in enumerate(entries) if item is entry)
        del entries[place]
        del entries.item_places[place]


def _start(entry: YamlMap) -> Place:
    return entry.place


def _last_line(value: object) -> int:
    """The line of the last key or entry of a value."""
    last = 0
    pending = [value]
    while pending:
        part = pending.pop()
        if isinstance(part, YamlMap):
            last = max(last, *(place.line for place in part.key_places.values()), 0)
            pending.extend(part.values())
        elif isinstance(part, YamlList):
            last = max(last, *(place.line for place in part.item_places), 0)
            pending.extend(part)
    return last
