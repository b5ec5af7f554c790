"""An index as it is before something is taken: what it has, and what is taken already."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.permalinks import ledger_name, published
from linkindex.catalogue.problems import UnfitError
from linkindex.catalogue.rules.tree import text_of, texts_of
from linkindex.catalogue.shared.share import Share, read_share
from linkindex.catalogue.shared.taking import EXTENDS, take
from linkindex.catalogue.taken import kept_name
from linkindex.catalogue.upstream import EVERY_TOPIC
from linkindex.catalogue.yaml.source import YamlMap, maps_in, read_yaml
from linkindex.sharing.naming import Name, Names, entries_of, own_names, was_called, with_names
from linkindex.upkeep.writing import tree_of


class Kept(NamedTuple):
    """What is taken from one index.

    :ivar node: what stands of it below ``extends:``, and ``position`` where.
    :ivar called: what each entry that is taken is called here, by its id there.
    """

    node: YamlMap
    position: int
    share: Share
    topics: tuple[str, ...]
    called: dict[str, Name]


class Present(NamedTuple):
    """An index before a change.

    :ivar root: the tree of its own text, and ``merged`` that with what it takes.
    :ivar names: every id and code that is its own, was published, or is taken already.
    :ivar kept: what it takes, by name.
    """

    root: YamlMap
    merged: YamlMap
    contact: str
    names: Names
    kept: dict[str, Kept]


def present(text: str, path: Path, but: str | None = None) -> Present:
    """An index as it is, which need not be whole.

    :param text: its own text.
    :param but: the name of an index that is left out of ``names``.
    :raises LinkIndexError: when it cannot be read, or what it takes is not as it is pinned.
    """
    root = tree_of(text, path.name)
    merged = read_yaml(text.encode(), path.name).root
    assert isinstance(merged, YamlMap)  # noqa: S101 - the same text
    settings = root.get("index")
    site_url = text_of(settings, "site_url") or ""
    codes = {entry.code for entry in published(_ledger(path.parent, site_url))}

    def read(name: str) -> bytes:
        return (path.parent / name).read_bytes()

    taking = take(merged, path.name, text.count("\n") + 1, read)
    if not taking.is_whole:
        raise LinkIndexError("\n".join(map(str, taking.problems)) or "`extends:` is not whole")
    kept = dict(_kept(root, path.parent))
    names = own_names(root, codes)
    for name, each in kept.items():
        if name != but:
            with_names(names, entries_of(each.share, each.topics), each.called)
    return Present(root, merged, text_of(settings, "contact") or "", names, kept)


def _ledger(folder: Path, site_url: str) -> str:
    try:
        return (folder / ledger_name(site_url.strip())).read_text("utf-8-sig", errors="replace")
    except (OSError, ValueError):
        return ""


def _kept(root: YamlMap, folder: Path) -> list[tuple[str, Kept]]:
    found = []
    for position, node in maps_in(root.get(EXTENDS)):
        name = text_of(node, "name")
        if name is None:
            continue
        file = kept_name(name)
        try:
            share = read_share((folder / file).read_bytes(), file)
        except UnfitError as error:
            raise LinkIndexError(str(error)) from None
        found.append((name, kept_of(node, position, share)))
    return found


def kept_of(node: YamlMap, position: int, share: Share) -> Kept:
    """What is taken of a shared file by what stands below ``extends:``."""
    every = [text_of(topic, "id") or "" for _, topic in maps_in(share.root.get("categories"))]
    is_every = text_of(node, "topics") == EVERY_TOPIC
    topics = every if is_every else [name for name, _ in texts_of(node, "topics")]
    return Kept(node, position, share, tuple(topics), was_called(share, topics, node.get("here")))


class Pinned(NamedTuple):
    """What stands below ``extends:`` of one index, as far as it can be read."""

    source: str
    digest: str
    contact: str


def pinned_in(text: str, file: str) -> dict[str, Pinned]:
    """What an index takes topics of, by name; the files that are kept need not be there."""
    root = tree_of(text, file)
    contact = text_of(root.get("index"), "contact") or ""
    return {
        name: Pinned(text_of(node, "from") or "", text_of(node, "hash") or "", contact)
        for _, node in maps_in(root.get(EXTENDS))
        if (name := text_of(node, "name"))
    }
