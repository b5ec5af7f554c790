"""The shared file of an index, for those who keep another. Pure.

It holds the whole index as its editors know it, in each of its languages, sensitive topics in plain
words and all: it is for maintainers, and no part of a site. What concerns only those who keep this
index stays out: its settings, who reviews what, answers to warnings, drafts, and words by which
evidence is noted.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import yaml

from linkindex.catalogue import Catalogue
from linkindex.catalogue.model import Category, Resource
from linkindex.catalogue.questions import Question
from linkindex.catalogue.shared.share import FORMAT, HEAD
from linkindex.catalogue.yaml.shape import FILE, LINK, TOPIC, Shape
from linkindex.catalogue.yaml.source import YamlMap, maps_in

ABOUT = """\
# {name}, for other indexes to take topics from: see "Sharing" in the handbook of LinkIndex.
# `linkindex share` has written this file. It is pinned by its hash, so nobody should change it.
"""

_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

_AT_HOME = frozenset({"allow", "steward", "review_every", "from", "draft", "code"})
"""Keys that say something to those who keep this index alone; the code is written for all."""

_PARTS = ("groups", "urgent_help", "glossary", "decks")


def share_text(
    catalogue: Catalogue,
    tree: YamlMap,
    *,
    withheld: Collection[str] = (),
    opened: Mapping[str, datetime.date] | None = None,
    version: str | None = None,
) -> str:
    """The shared file of an index. The same index makes the same text.

    :param tree: what the catalogue was made of.
    :param withheld: the ids of links that are kept from readers, since their pages became harmful.
    :param opened: the day on which a check last opened the page of a link, by its id. It changes
        with every check, so it is left out unless somebody wants it.
    :param version: what this state of the index is called; the day of its newest entry by default.
    """
    settings = catalogue.settings
    content: dict[str, Any] = {
        HEAD: {
            "format": FORMAT,
            "name": settings.name,
            "organisation": settings.organisation,
            "site_url": settings.site_url,
            "version": version or newest_day(catalogue),
            "language": settings.plain_language,
        }
    }
    for key in _PARTS:
        content[key] = [_written(each, FILE.entries[key]) for _, each in maps_in(tree.get(key))]
    content["meanings"] = {topic: list(said) for topic, said in catalogue.meanings.items()}
    content["questions"] = _by_answers(catalogue.questions)
    topics = (topic for _, topic in maps_in(tree.get("categories")))
    hidden = frozenset(category.id for category in catalogue.categories if category.sensitive)
    known = _Known(withheld, opened or {}, hidden)
    content["categories"] = [
        _topic(category, topic, known)
        for category, topic in zip(catalogue.categories, topics, strict=True)
    ]
    kept = {key: value for key, value in content.items() if value}
    # Each text on one line: so that what has changed can be seen, and is read as it was written.
    body = yaml.dump(kept, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1_000_000)
    return ABOUT.format(name=settings.name) + str(body)


def _by_answers(questions: Iterable[Question]) -> dict[str, list[str]]:
    """Questions below the ids of what answers them, with spaces between."""
    asked: dict[str, list[str]] = {}
    for question in questions:
        asked.setdefault(" ".join(question.answers), []).append(question.text)
    return asked


def newest_day(catalogue: Catalogue) -> str:
    """The day of the newest entry of an index, as it is written."""
    return max(_days(catalogue), default=catalogue.day.isoformat())


def _days(catalogue: Catalogue) -> Iterator[str]:
    for category in catalogue.categories:
        if category.retired:
            yield category.retired.on.isoformat()
        for resource in category.resources:
            retired = resource.retired.on if resource.retired else None
            yield from (
                day.isoformat() for day in (resource.added, resource.reviewed, retired) if day
            )


class _Known(NamedTuple):
    """What is known of links besides their own lines.

    :ivar withheld: by checks, as ``opened``; and ``sensitive`` the ids of sensitive topics.
    """

    withheld: Collection[str]
    opened: Mapping[str, datetime.date]
    sensitive: frozenset[str]


def _topic(category: Category, node: YamlMap, known: _Known) -> dict[str, Any]:
    links = (link for _, link in maps_in(node.get("resources")))
    resources = [
        _link(resource, link, known)
        for resource, link in zip(category.resources, links, strict=True)
    ]
    bare = YamlMap(node.place)
    bare.update({key: value for key, value in node.items() if key != "resources"})
    written = _coded(_written(bare, TOPIC), category.code)
    return {**written, **({"resources": resources} if resources else {})}


def _link(resource: Resource, node: YamlMap, known: _Known) -> dict[str, Any]:
    """A link, which says by itself that it is sensitive where a sensitive topic shows it too.

    Whoever leaves that topic out would else name it in public, as it is not named here.
    """
    whole = YamlMap(node.place)
    whole.update(node)
    if known.sensitive.intersection(resource.also_in):
        whole["sensitive"] = "true"
    written = _coded(_written(whole, LINK), resource.code)
    if resource.id in known.withheld:
        written["withheld"] = True
    elif resource.id in known.opened:
        written["opened"] = known.opened[resource.id].isoformat()
    return written


def _coded(written: dict[str, Any], code: str) -> dict[str, Any]:
    """With the code below the id."""
    return {"id": written["id"], "code": code, **written}


def _written(node: YamlMap, shape: Shape) -> dict[str, Any]:
    """The keys of a part that have a value, in the order of the handbook."""
    written: dict[str, Any] = {}
    for key in shape.keys:
        value = _plain(node.get(key), key)
        if key not in _AT_HOME and value not in (None, []):
            written[key] = value
    return written


def _plain(value: object, key: str = "") -> Any:
    """A value without its places; of evidence, the addresses alone."""
    if isinstance(value, dict):
        kept = {name: _plain(part, name) for name, part in value.items() if name not in _AT_HOME}
        return {name: part for name, part in kept.items() if part not in (None, [])}
    if isinstance(value, list):
        parts = [_plain(part) for part in value]
        return [part for part in parts if key != "evidence" or _is_address(part)]
    return " ".join(value.split()) if isinstance(value, str) else value


def _is_address(evidence: object) -> bool:
    return isinstance(evidence, str) and evidence.startswith(("https://", "http://"))
