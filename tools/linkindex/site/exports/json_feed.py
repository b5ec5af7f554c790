"""What is new as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from typing import Any

from linkindex.site.exports.json_text import json_bytes
from linkindex.site.exports.news import Feed, about, added, feeds, timestamp
from linkindex.site.exports.public import PublicIndex, PublicLink
from linkindex.speaking import html_language

VERSION = "https://jsonfeed.org/version/1.1"


def path_of(name: str) -> str:
    """Where a feed lies below the address of the site."""
    return f"feeds/{name}.json"


def files(index: PublicIndex) -> dict[str, bytes]:
    """One JSON Feed of the whole index and one of each topic that may be named."""
    return {path_of(feed.name): json_bytes(_feed(index, feed)) for feed in feeds(index)}


def _feed(index: PublicIndex, feed: Feed) -> dict[str, Any]:
    return {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": f"{index.address}{path_of(feed.name)}",
        "language": html_language(),
        "authors": [{"name": index.organisation}],
        "items": [_item(link) for link in feed.entries],
    }


def _item(link: PublicLink) -> dict[str, Any]:
    item = {
        "id": link.page,
        "url": link.page,
        "title": link.title,
        "content_text": about(link),
        "date_published": timestamp(added(link)),
    }
    if link.url:
        item["external_url"] = link.url
    return item
