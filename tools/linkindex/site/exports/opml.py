"""Outlines (OPML 2.0, http://opml.org/spec2.opml): the feeds to follow, and the links themselves.

Two files, because programs that read feeds import the first and show every outline of it.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from linkindex.site.exports.atom import path_of
from linkindex.site.exports.news import feeds
from linkindex.site.exports.public import PublicIndex
from linkindex.site.exports.xml import document, element

FEEDS_PATH = "feeds/all.opml"
LINKS_PATH = "data/links.opml"


def files(index: PublicIndex) -> dict[str, bytes]:
    """The list of feeds, and the outline of topics and links."""
    return {FEEDS_PATH: _feeds(index), LINKS_PATH: _links(index)}


def _feeds(index: PublicIndex) -> bytes:
    root, body = _outline(index, f"{index.name}: feeds")
    for feed in feeds(index):
        # `rss` is the type of every feed that can be followed, whatever its format.
        element(
            body,
            "outline",
            type="rss",
            text=feed.title,
            title=feed.title,
            xmlUrl=f"{index.address}{path_of(feed.name)}",
            htmlUrl=feed.page,
        )
    return document(root)


def _links(index: PublicIndex) -> bytes:
    root, body = _outline(index, index.name)
    for topic in index.topics:
        folder = element(body, "outline", type="link", text=topic.title, url=topic.page)
        for link in topic.links:
            if not link.neutral:
                address = link.url or link.page
                element(folder, "outline", type="link", text=link.title, url=address)
    return document(root)


def _outline(index: PublicIndex, title: str) -> tuple[ET.Element, ET.Element]:
    root = ET.Element("opml", {"version": "2.0"})
    head = element(root, "head")
    element(head, "title", title)
    element(head, "ownerName", index.organisation)
    element(head, "docs", "http://opml.org/spec2.opml")
    return root, element(root, "body")
