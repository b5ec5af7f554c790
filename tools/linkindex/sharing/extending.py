"""Taking topics of another index for the first time. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from linkindex.catalogue import LinkIndexError, addresses
from linkindex.catalogue.problems import nearest, on_one_line, quoted
from linkindex.catalogue.rules.names import same_title_key
from linkindex.catalogue.rules.tree import Entry, WrittenIndex, text_of
from linkindex.catalogue.shared.share import Share
from linkindex.catalogue.shared.taking import EXTENDS
from linkindex.catalogue.upstream import EVERY_TOPIC
from linkindex.catalogue.yaml.source import YamlMap, maps_in
from linkindex.sharing.naming import Names, entries_of, here_of, named_here
from linkindex.upkeep.writing import with_entry


class Extended(NamedTuple):
    """An index with one more upstream.

    :ivar remarks: what was settled: codes and ids that were taken, links that are there already.
    """

    text: str
    remarks: tuple[str, ...]


def extended(
    text: str,
    file: str,
    root: YamlMap,
    share: Share,
    *,
    name: str,
    source: str,
    topics: Sequence[str] | None,
    names: Names,
    listed: Iterable[Entry],
) -> Extended:
    """The text of an index that takes topics of another.

    :param root: the tree of the text.
    :param topics: the ids of the topics, in their order here; all without.
    :param names: what is taken already.
    :param listed: the links that are here already.
    :raises LinkIndexError: for a topic that is not there, or a name that is taken.
    """
    if any(text_of(each, "name") == name for _, each in maps_in(root.get(EXTENDS))):
        raise LinkIndexError(
            f"{file} takes topics of {quoted(name)} already; change its `topics:`, take what is "
            f"new with `linkindex update {name}`, or give this one another name with --name"
        )
    known = [text_of(topic, "id") or "" for _, topic in maps_in(share.root.get("categories"))]
    topics = None if topics is None else chosen_topics(share, source, topics)
    entries = list(entries_of(share, known if topics is None else topics))
    named = named_here(entries, {}, names)
    hidden = dict(_listed_already(entries, listed))
    written: dict[str, Any] = {
        "name": name,
        "from": source,
        "version": share.head.version,
        "hash": share.digest,
        "topics": EVERY_TOPIC if topics is None else list(topics),
        "hide": [
            {"id": theirs, "successor": ours, "reason": "It is listed here already."}
            for theirs, ours in hidden.items()
        ],
        "here": here_of(entries, named),
    }
    kept = {key: value for key, value in written.items() if value}
    after = with_entry(text, EXTENDS, kept, file)
    return Extended(after, tuple(_remarks(entries, named, hidden, name)))


def _listed_already(entries: Iterable[Entry], listed: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """The ids of links that are here already under the same title, each with the id here."""
    ours = {key: entry.id for entry in listed if entry.id and (key := _page_of(entry))}
    for entry in entries:
        key = _page_of(entry)
        if entry.noun == "resource" and entry.id and key in ours:
            yield entry.id, str(ours[key])


def _page_of(entry: Entry) -> tuple[str, str] | None:
    url = entry.text("url")
    if url is None or entry.retired:
        return None
    try:
        return addresses.same_page_key(url), same_title_key(entry.text("title") or "")
    except ValueError:
        return None


def _remarks(
    entries: Iterable[Entry],
    named: Mapping[str, Any],
    hidden: Mapping[str, str],
    name: str,
) -> Iterator[str]:
    for entry in entries:
        theirs = entry.id or ""
        here = named[theirs]
        noun = "topic" if entry.noun == "category" else "link"
        if here.code != entry.code:
            yield (
                f"The {noun} {quoted(theirs)} has the code {quoted(here.code)} here, since "
                f"{quoted(entry.code)} belongs to something else."
            )
        if here.id != theirs:
            yield (
                f"The {noun} {quoted(theirs)} of {quoted(name)} is called {quoted(here.id)} here, "
                "since that id is taken."
            )
    for theirs, ours in hidden.items():
        yield f"{quoted(theirs)} is hidden, since {quoted(ours)} is the same page."


def links_of(root: YamlMap) -> list[Entry]:
    """Every link in a tree."""
    return list(WrittenIndex(root, "", (), datetime.date.min).resources)


def chosen_topics(share: Share, source: str, names: Iterable[str]) -> tuple[str, ...]:
    """The ids of the topics of a shared file that somebody names by id or title.

    :param source: by what the command `linkindex extend` finds that file.
    :raises LinkIndexError: for a name that no topic has.
    """
    ids: dict[str, str] = {}
    for _, topic in maps_in(share.root.get("categories")):
        for key in ("id", "title", "full_title"):
            ids.setdefault((text_of(topic, key) or "").casefold(), text_of(topic, "id") or "")
    for name in names:
        if name.casefold() not in ids:
            near = nearest(name, ids)
            raise LinkIndexError(
                f"{quoted(share.head.name)} has no topic {quoted(name)}; "
                + (
                    f"did you mean {quoted(ids[near])}?"
                    if near
                    else f"`linkindex extend {on_one_line(source)}` lists them"
                )
            )
    return tuple(dict.fromkeys(ids[name.casefold()] for name in names))


def topic_lines(share: Share, topics: Collection[str] = ()) -> Iterator[str]:
    """Each topic of a shared file with what it holds, for people to choose from."""
    for _, topic in maps_in(share.root.get("categories")):
        name = text_of(topic, "id") or ""
        if topic.get("retired") is not None or (topics and name not in topics):
            continue
        count = sum(1 for _, link in maps_in(topic.get("resources")) if not link.get("retired"))
        yield f"{name}: {text_of(topic, 'full_title') or name} ({count})"
