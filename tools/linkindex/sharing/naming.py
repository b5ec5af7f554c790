"""Which id and code each thing that is taken has here. Pure.

What is printed stays: an entry that was taken before keeps its id and its code, whatever becomes of
them in its own index. What is new gives way to what is here, and gets another code.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from linkindex.catalogue.codes import PAGE_NAMES, resource_code
from linkindex.catalogue.rules.kept_codes import likely_codes, reason_kept
from linkindex.catalogue.rules.tree import Entry, WrittenIndex, text_of
from linkindex.catalogue.shared.share import Share
from linkindex.catalogue.yaml.source import YamlMap, maps_in


class Name(NamedTuple):
    """What an entry is called: its id and its code."""

    id: str
    code: str


@dataclass(frozen=True)
class Names:
    """What is taken already.

    :ivar ids: the ids of topics and links, which share one pool.
    :ivar topics: the codes of topics, and ``links`` those of links.
    """

    ids: set[str] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)


def own_names(root: YamlMap, published: Iterable[str] = ()) -> Names:
    """The ids and codes that an index has by itself, without what it takes from others.

    :param root: the tree of its own text.
    :param published: the codes in its ledger, such as ``q/aces``.
    """
    names = Names()
    for entry in WrittenIndex(root, "", (), datetime.date.min).categories_and_resources:
        if entry.text("from") or not entry.id:
            continue
        names.ids.add(entry.id)
        (names.topics if entry.noun == "category" else names.links).add(entry.code or "")
    for code in published:
        kind, _, bare = code.partition("/")
        (names.topics if kind == "q" else names.links).add(bare)
    return names


def with_names(names: Names, entries: Iterable[Entry], called: Mapping[str, Name]) -> None:
    """Add what is taken from one more index to what is taken already."""
    for entry in entries:
        name = called.get(entry.id or "")
        if name:
            names.ids.add(name.id)
            (names.topics if entry.noun == "category" else names.links).add(name.code)


def entries_of(share: Share, topics: Collection[str]) -> Iterator[Entry]:
    """The topics that are taken of a shared file, in its order, each before its links."""
    for _, topic in maps_in(share.root.get("categories")):
        if text_of(topic, "id") in topics:
            yield Entry("category", topic)
            for _, link in maps_in(topic.get("resources")):
                if text_of(link, "id"):
                    yield Entry("resource", link, topic)


def named_here(
    entries: Collection[Entry], before: Mapping[str, Name], taken: Names
) -> dict[str, Name]:
    """What each entry is called here, by its id there.

    :param before: what it is called here already, by its id there.
    :param taken: what belongs to others.
    """
    ids = taken.ids | {name.id for name in before.values()}
    topics = taken.topics | {name.code for name in before.values()}
    links = taken.links | {name.code for name in before.values()}
    named: dict[str, Name] = {}
    for entry in entries:
        theirs = entry.id or ""
        if theirs in before:
            named[theirs] = before[theirs]
            continue
        here = _free_id(theirs, ids)
        codes = topics if entry.noun == "category" else links
        code = _free_code(entry, codes)
        named[theirs] = Name(here, code)
        ids.add(here)
        codes.add(code)
    return named


def here_of(entries: Collection[Entry], named: Mapping[str, Name]) -> list[dict[str, str]]:
    """What is written below ``here:``: each entry that is called otherwise than there."""
    written = []
    for entry in entries:
        theirs = entry.id or ""
        name = named[theirs]
        line = {"id": theirs}
        if name.id != theirs:
            line["as"] = name.id
        if name.code != entry.code:
            line["code"] = name.code
        if len(line) > 1:
            written.append(line)
    return written


def _free_id(theirs: str, taken: Collection[str]) -> str:
    if theirs not in taken:
        return theirs
    return next(
        name
        for number in range(2, len(taken) + 3)
        if (name := f"{theirs[:55]}-{number}") not in taken
    )


def _free_code(entry: Entry, taken: Collection[str]) -> str:
    theirs = entry.code
    if entry.noun == "resource":
        if theirs and theirs not in taken:
            return theirs
        tries = (resource_code(entry.id or "", attempt) for attempt in range(10_000))
        return next(code for code in tries if code not in taken)
    if theirs and theirs not in taken and theirs not in PAGE_NAMES and not reason_kept(theirs):
        return theirs
    other = _telling_nothing() if entry.sensitive else likely_codes(entry.id or "")
    return next(code for code in other if code not in taken)


def _telling_nothing() -> Iterator[str]:
    """Codes for a topic whose address must not tell what it is about."""
    return (f"help{number}" for number in range(2, 1000))


def was_called(share: Share, topics: Collection[str], here: object) -> dict[str, Name]:
    """What each entry of a shared file that is taken is called here now, by its id there.

    :param here: what stands below ``here:``.
    """
    lines: dict[str, YamlMap] = {
        name: line for _, line in maps_in(here) if (name := text_of(line, "id"))
    }
    called = {}
    for entry in entries_of(share, topics):
        theirs = entry.id or ""
        line = lines.get(theirs)
        code = text_of(line, "code") or entry.code
        if code:
            called[theirs] = Name(text_of(line, "as") or theirs, code)
    return called
