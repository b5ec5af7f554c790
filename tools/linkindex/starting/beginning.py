"""The topics that a new index begins with, as far as they hold where it is for. Pure."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from linkindex.catalogue import Nation
from linkindex.catalogue.kinds import NATIONS_OF_THE_UK
from linkindex.catalogue.yaml.source import read_yaml
from linkindex.upkeep.written import written_entry, written_link

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Beginning:
    """What stands in a new index, as lines of ``resources.yaml``.

    :ivar topics: a topic and its links each.
    """

    groups: tuple[str, ...]
    urgent_help: tuple[str, ...]
    glossary: tuple[str, ...]
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class Topic:
    """A topic as lines: ``head`` from its id to ``resources:``, and each of its links."""

    id: str
    title: str
    head: str
    links: tuple[str, ...]


def sample(nations: Iterable[Nation], today: datetime.date) -> Beginning:
    """Three topics to begin with.

    :param nations: those that the index is for; none means all four.
    :param today: the day on which their links are added.
    """
    served = {*(nations or NATIONS_OF_THE_UK), Nation.UK, Nation.INTERNATIONAL}
    tree = _tree()
    topics = tuple(_topic(topic, served, today) for topic in tree["categories"])
    urgent_help = [written_entry(line, 2) for line in tree["urgent_help"] if _holds(line, served)]
    texts = (text for topic in topics for text in (topic.head, *topic.links))
    said = " ".join([*urgent_help, *texts])
    return Beginning(
        tuple(written_entry(group, 2) for group in tree["groups"]),
        tuple(urgent_help),
        tuple(written_entry(word, 2) for word in tree["glossary"] if _is_said(word["term"], said)),
        topics,
    )


def _is_said(term: str, texts: str) -> bool:
    return re.search(rf"\b{re.escape(term)}\b", texts) is not None


@functools.cache
def _tree() -> Any:
    file = resources.files("linkindex.starting") / "sample.yaml"
    return read_yaml(file.read_bytes(), "sample.yaml").root


def _holds(entry: Entry, served: set[Nation]) -> bool:
    return not served.isdisjoint(entry["nations"])


def _topic(topic: Entry, served: set[Nation], today: datetime.date) -> Topic:
    links = [link for link in topic["resources"] if _holds(link, served)]
    there = {link["id"] for link in links}
    first = {
        audience: [name for name in names if name in there]
        for audience, names in topic["start_here"].items()
    }
    head = {key: value for key, value in topic.items() if key != "resources"}
    head["start_here"] = {audience: names for audience, names in first.items() if names}
    return Topic(
        topic["id"],
        topic["title"],
        written_entry(head, 2),
        tuple(written_link({**link, "added": today.isoformat()}) for link in links),
    )
