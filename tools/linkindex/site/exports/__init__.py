"""The index for other programs: feeds, files and what they may say of sensitive topics.

Each format is a module with a function ``files`` from :class:`PublicIndex` to ``{path: content}``.
Other packages add theirs by entry points (:mod:`~linkindex.site.exports.added`).
Feeds are written with the standard library: feedgen 1.0 knows no JSON Feed, and brings lxml.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from linkindex.site.exports import (
    atom,
    bookmarks,
    csv_export,
    editor_schema,
    json_export,
    json_feed,
    linked_data,
    manifest,
    neutrality,
    offline,
    opml,
    plain_text,
)
from linkindex.site.exports.added import AddedExport, added_exports, added_files
from linkindex.site.exports.discretion import Discretion, public_index
from linkindex.site.exports.news import feed_topics
from linkindex.site.exports.public import PublicIndex

__all__ = [
    "AddedExport",
    "Discretion",
    "PublicIndex",
    "added_exports",
    "exports",
    "feed_topics",
    "linked_data",
    "public_index",
]

Files = Callable[[PublicIndex], Mapping[str, bytes]]

BUILT_IN: dict[str, Files] = {
    "atom": atom.files,
    "json-feed": json_feed.files,
    "json": json_export.files,
    "csv": csv_export.files,
    "opml": opml.files,
    "bookmarks": bookmarks.files,
    "plain-text": plain_text.files,
    "schema": editor_schema.files,
    "manifest": manifest.files,
    "offline": offline.files,
}
"""The exports that come with LinkIndex. What each shows is said in :mod:`.neutrality`."""


def exports(
    index: PublicIndex, added: Sequence[AddedExport] = (), taken: Iterable[str] = ()
) -> dict[str, bytes]:
    """Every feed and file by its path below the address of the site, and what is neutral in them.

    :param added: exports of other packages.
    :param taken: the paths of all other files of the site, which no added export may make.
    :raises ExtensionError: for an added export that fails, takes the place of another file, or
        shows more than it says.
    """
    made = {path: content for files in BUILT_IN.values() for path, content in files(index).items()}
    more, outputs = added_files(index, added, (*taken, *made, neutrality.PATH))
    return made | more | neutrality.files((*neutrality.OUTPUTS, *outputs))
