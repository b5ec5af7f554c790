"""A large index with texts of real length: 84 topics and 1,348 links, made of those that ship.

Topics and links are taken in turn until there are enough; a later copy has an id, a code, a title
and an address of its own and keeps all else, such as being sensitive or shown in other topics too.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from tests.bench.catalogue import free_code

TOPICS = 84
LINKS = 1_348
REPOSITORY = Path(__file__).parents[2]

_Entry = dict[str, Any]


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice: an index has no anchors."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


def large_catalogue_text() -> str:
    """The catalogue as YAML, in the settings of the index that ships."""
    index = yaml.safe_load((REPOSITORY / "resources.yaml").read_text("utf-8"))
    originals = index["categories"]
    ids = [_numbered(one["id"], at // len(originals)) for at, one in _in_turn(originals, TOPICS)]
    topics = [_topic(one, at // len(originals), ids) for at, one in _in_turn(originals, TOPICS)]
    links = [link for topic in originals for link in topic["resources"] if "retired" not in link]
    taken: set[str] = set()
    for at, link in _in_turn(links, LINKS):
        topic = topics[at * TOPICS // LINKS]
        copied = _link(link, at // len(links), [name for name in ids if name != topic["id"]])
        if free_code(copied["id"], taken):
            raise ValueError(f"the code of {copied['id']} is taken; give it another ending")
        topic["resources"].append(copied)
    for topic in topics:
        topic["start_here"] = _start_here(topic)
    index["categories"] = topics
    return yaml.dump(index, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=9_999)


def _in_turn(entries: list[_Entry], wanted: int) -> Iterator[tuple[int, _Entry]]:
    return ((at, entries[at % len(entries)]) for at in range(wanted))


def _numbered(text: str, copy: int, joint: str = "-") -> str:
    return f"{text}{joint}{copy + 1}" if copy else text


def _topic(original: _Entry, copy: int, ids: list[str]) -> _Entry:
    topic = {**original, "resources": []}
    topic["id"] = _numbered(topic["id"], copy)
    topic["code"] = _numbered(topic.get("code", topic["id"]), copy, "")
    for key in ("title", "full_title", "neutral_title"):
        if key in topic:
            topic[key] = _numbered(topic[key], copy, " ")
    if copy:
        topic.pop("aliases", None)
    return _with_others(topic, "related", copy, ids)


def _link(original: _Entry, copy: int, ids: list[str]) -> _Entry:
    link = {key: value for key, value in original.items() if key != "code"}
    link["id"] = _numbered(link["id"], copy)
    link["title"] = _numbered(link["title"], copy, " ")
    if copy:
        address = link["url"].partition("#")[0]
        link["url"] = f"{address}{'&' if '?' in address else '?'}copy={copy + 1}"
    return _with_others(link, "also_in", copy, ids)


def _with_others(entry: _Entry, key: str, copy: int, ids: list[str]) -> _Entry:
    """The entry with the topics that it names, those of its own copy."""
    named = [_numbered(name, copy) for name in entry.get(key, ())]
    kept = {name: value for name, value in entry.items() if name != key}
    wanted = [name for name in named if name in ids]
    return {**kept, key: wanted} if wanted else kept


def _start_here(topic: _Entry) -> dict[str, list[str]]:
    """The first links for each audience, as many as topics have."""
    chosen = {
        audience: [link["id"] for link in topic["resources"] if audience in link["audiences"]][:3]
        for audience in ("families", "practitioners", "young-people")
    }
    return {audience: links for audience, links in chosen.items() if links}
