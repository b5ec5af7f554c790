"""Saying something otherwise of what an index takes from another, as text. Pure.

What is taken is not written in the index, so it cannot be changed there: a change of it stands
below ``extends:``, with a reason. These functions write it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from linkindex.catalogue import Catalogue, Category, LinkIndexError, Resource
from linkindex.catalogue.problems import quoted
from linkindex.catalogue.rules.tree import text_of
from linkindex.catalogue.yaml.source import maps_in
from linkindex.upkeep import writing
from linkindex.upkeep.values import Path

_KEY = "extends"


def refusal(catalogue: Catalogue, piece: Category | Resource) -> LinkIndexError:
    """What is said where something that is taken would have to be changed itself."""
    name = catalogue.source_of(piece)
    return LinkIndexError(
        f"{catalogue.at(piece.line)}: {quoted(piece.id)} is taken from {quoted(name)}; tell those "
        f"who keep that, or say it otherwise below `change:` of {quoted(name)}"
    )


def with_room(text: str, catalogue: Catalogue, topic: str | None) -> str:
    """The text in which a topic has a place for links of one's own: one that is taken has none."""
    category = next((each for each in catalogue.categories if each.id == topic), None)
    source = catalogue.source_of(category) if category else None
    written = writing.tree_of(text, catalogue.file).get("categories")
    if source is None or any(text_of(each, "id") == topic for _, each in maps_in(written)):
        return text
    return writing.with_entry(text, "categories", {"id": topic, "from": source}, catalogue.file)


def with_change(
    text: str,
    catalogue: Catalogue,
    piece: Category | Resource,
    changes: Mapping[str, Any],
    reason: str,
) -> str:
    """The text in which some keys of what is taken are said otherwise, for a reason.

    :raises LinkIndexError: for a key that is to be taken away.
    """
    gone = [key for key, value in changes.items() if value is None]
    if gone:
        raise LinkIndexError(
            f"{quoted(piece.id)} is taken from {quoted(catalogue.source_of(piece))}; to take away "
            f"{', '.join(map(quoted, gone))}, write the key without a value below `change:`"
        )
    path, theirs = _upstream(text, catalogue, piece)
    tree = writing.tree_of(text, catalogue.file)
    node = tree["extends"][path[1]]  # type: ignore[index]
    for position, entry in maps_in(node.get("change")):
        if text_of(entry, "id") == theirs:
            there = (*path, "change", position)
            for key, value in {**changes, "reason": reason}.items():
                text = writing.with_key(text, there, key, value, (), catalogue.file)
            return text
    said: dict[str, Any] = {"id": theirs, **changes, "reason": reason}
    return writing.with_entry(text, "change", said, catalogue.file, path)


def with_hidden(
    text: str, catalogue: Catalogue, piece: Category | Resource, successor: str, reason: str
) -> str:
    """The text in which something that is taken is hidden, with what its code leads to."""
    path, theirs = _upstream(text, catalogue, piece)
    entry = {"id": theirs, "successor": successor, "reason": reason or None}
    return writing.with_entry(text, "hide", entry, catalogue.file, path)


def with_rung(text: str, name: str, called: str, day: datetime.date, role: str, file: str) -> str:
    """The text with a number of an upstream that somebody has rung.

    :param called: the number as it is listed, such as ``text 85258``.
    """
    path = _path(text, name, file)
    tree = writing.tree_of(text, file)
    node = tree["extends"][path[1]]  # type: ignore[index]
    said: dict[str, Any] = {"number_checked": day, "checked_by": role}
    for position, entry in maps_in(node.get("rung")):
        if "".join((text_of(entry, "number") or "").split()) == "".join(called.split()):
            for key, value in said.items():
                text = writing.with_key(text, (*path, "rung", position), key, value, (), file)
            return text
    return writing.with_entry(text, "rung", {"number": called, **said}, file, path)


def _upstream(text: str, catalogue: Catalogue, piece: Category | Resource) -> tuple[Path, str]:
    """Where the upstream of a piece stands, and what the piece is called there."""
    taken = catalogue.taken
    assert taken is not None  # noqa: S101 - the piece is taken
    path = _path(text, taken.names[piece.id], catalogue.file)
    return path, taken.theirs.get(piece.id, piece.id)


def _path(text: str, name: str, file: str) -> Path:
    for position, node in maps_in(writing.tree_of(text, file).get(_KEY)):
        if text_of(node, "name") == name:
            return (_KEY, position)
    raise LinkIndexError(f"{file}: nothing below `extends:` is called {quoted(name)}")
