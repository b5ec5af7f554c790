"""What is new: the feeds that there are and what stands in each, whatever their format."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from linkindex import wording
from linkindex.site.exports.public import PublicIndex, PublicLink, PublicTopic
from linkindex.speaking import _

LONGEST_FEED = 50
"""Entries. A reader asks for the whole file each time, and needs only what it has not seen."""

WHOLE = "all"
"""The name of the feed of the whole index. No topic can have it: it is the address of a page."""

NOTHING_YET = datetime.date(1970, 1, 1)
"""When a feed without entries changed: both formats are made from the catalogue's dates alone."""


@dataclass(frozen=True)
class Feed:
    """The newest links of a topic or of the whole index, newest first."""

    name: str
    title: str
    page: str
    entries: tuple[PublicLink, ...]

    @property
    def changed(self) -> datetime.date:
        """The day the newest link was added."""
        return added(self.entries[0]) if self.entries else NOTHING_YET


def feeds(index: PublicIndex) -> Iterator[Feed]:
    """The feed of the whole index, then one of each topic that may be named."""
    title = _("{index}: what is new").format(index=index.name)
    yield Feed(WHOLE, title, index.address, _newest(index.all_named_links))
    for topic in feed_topics(index):
        title = _("{index}: what is new on {topic}").format(index=index.name, topic=topic.title)
        yield Feed(topic.code, title, topic.page, _newest(index.named_links(topic)))


def feed_topics(index: PublicIndex) -> tuple[PublicTopic, ...]:
    """The topics that have a feed of their own."""
    return tuple(topic for topic in index.topics if not topic.neutral)


def added(link: PublicLink) -> datetime.date:
    """The day a link was added to the index."""
    return link.added or NOTHING_YET


def timestamp(day: datetime.date) -> str:
    """A day as RFC 3339 writes the moment at which it begins."""
    return f"{day.isoformat()}T00:00:00Z"


def about(link: PublicLink) -> str:
    """What a reader gets and from whom, in one line, and how it is reached without a page."""
    ways = "" if link.url else wording.listed(link.ways).capitalize()
    return " · ".join(text for text in (link.publisher, link.summary, ways) if text)


def _newest(links: tuple[PublicLink, ...]) -> tuple[PublicLink, ...]:
    return tuple(sorted(links, key=added, reverse=True)[:LONGEST_FEED])
