"""Bookmarks that every browser imports: the 'Netscape bookmark file'.

The format is described in Microsoft's 'Netscape Bookmark File Format'
(https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/platform-apis/aa753582(v=vs.85)).
It is no page of the site, so its name does not end in ``.html``.
"""

from __future__ import annotations

import datetime
import html
from collections.abc import Iterator

from linkindex.site.exports.news import added
from linkindex.site.exports.public import PublicIndex, PublicLink, PublicTopic

PATH = "data/bookmarks.htm"

_HEAD = """\
<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
"""


def files(index: PublicIndex) -> dict[str, bytes]:
    """A folder of bookmarks with a folder for each topic."""
    lines = ["<DL><p>", f"<DT><H3>{_text(index.name)}</H3>", "<DL><p>"]
    for topic in index.topics:
        lines += _topic(topic)
    lines += ["</DL><p>", "</DL><p>"]
    return {PATH: f"{_HEAD}{chr(10).join(lines)}\n".encode()}


def _topic(topic: PublicTopic) -> Iterator[str]:
    if topic.neutral:
        yield f'<DT><A HREF="{_text(topic.page)}">{_text(topic.title)}</A>'
        return
    yield f"<DT><H3>{_text(topic.title)}</H3>"
    yield "<DL><p>"
    yield from (_bookmark(link) for link in topic.links if not link.neutral)
    yield "</DL><p>"


def _bookmark(link: PublicLink) -> str:
    day = datetime.datetime.combine(added(link), datetime.time(), datetime.UTC)
    seconds = int(day.timestamp())  # since 1970, as ADD_DATE counts
    address = _text(link.url or link.page)
    return f'<DT><A HREF="{address}" ADD_DATE="{seconds}">{_text(link.title)}</A>'


def _text(text: str) -> str:
    return html.escape(text)
