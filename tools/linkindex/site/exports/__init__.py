"""The index for other programs: feeds, files and what they may say of sensitive topics.

Each format is a module with a function ``files`` from :class:`PublicIndex` to ``{path: content}``.
Feeds are written with the standard library: feedgen 1.0 knows no JSON Feed, and brings lxml.
"""

from __future__ import annotations

from linkindex.site.exports import (
    atom,
    bookmarks,
    csv_export,
    json_export,
    json_feed,
    linked_data,
    manifest,
    neutrality,
    offline,
    opml,
    plain_text,
)
from linkindex.site.exports.discretion import Discretion, public_index
from linkindex.site.exports.news import feed_topics
from linkindex.site.exports.public import PublicIndex

__all__ = ["Discretion", "PublicIndex", "exports", "feed_topics", "linked_data", "public_index"]

_FORMATS = (
    atom,
    json_feed,
    json_export,
    csv_export,
    opml,
    bookmarks,
    plain_text,
    manifest,
    offline,
    neutrality,
)


def exports(index: PublicIndex) -> dict[str, bytes]:
    """Every feed and file by its path below the address of the site. Pure."""
    return {path: content for one in _FORMATS for path, content in one.files(index).items()}
