"""What is new as Atom feeds (RFC 4287).

The identifier of an entry is the permanent address of the link's page, which no rename, move or
retirement changes (section 4.2.6). Each element that the RFC asks for is there: ``id``, ``title``
and ``updated`` of feed and entry (4.1.1, 4.1.2), and an ``author`` of the feed for its entries.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from linkindex.site.exports.news import Feed, about, added, feeds, timestamp
from linkindex.site.exports.public import PublicIndex, PublicLink
from linkindex.site.exports.xml import document, element
from linkindex.speaking import html_language

NAMESPACE = "http://www.w3.org/2005/Atom"


def path_of(name: str) -> str:
    """Where a feed lies below the address of the site."""
    return f"feeds/{name}.xml"


def files(index: PublicIndex) -> dict[str, bytes]:
    """One Atom feed of the whole index and one of each topic that may be named."""
    return {path_of(feed.name): _feed(index, feed) for feed in feeds(index)}


def _feed(index: PublicIndex, feed: Feed) -> bytes:
    own = f"{index.address}{path_of(feed.name)}"
    root = ET.Element("feed", {"xmlns": NAMESPACE, "xml:lang": html_language()})
    element(root, "id", own)
    element(root, "title", feed.title)
    element(root, "updated", timestamp(feed.changed))
    element(root, "link", rel="self", type="application/atom+xml", href=own)
    element(root, "link", rel="alternate", href=feed.page)
    element(element(root, "author"), "name", index.organisation)
    for link in feed.entries:
        _entry(root, link)
    return document(root)


def _entry(root: ET.Element, link: PublicLink) -> None:
    entry = element(root, "entry")
    element(entry, "id", link.page)
    element(entry, "title", link.title)
    element(entry, "updated", timestamp(added(link)))
    element(entry, "published", timestamp(added(link)))
    element(entry, "link", rel="alternate", href=link.page)
    if link.url:
        element(entry, "link", rel="related", href=link.url)
    element(entry, "summary", about(link))
