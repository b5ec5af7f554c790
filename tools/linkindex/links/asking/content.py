"""What came from an address, by the beginning of it: a page, a file, data for programs. Pure.

A site says of what it sends what it is, and is often wrong; so what it sends is looked at, too.
"""

from __future__ import annotations

import json
import re
import unicodedata
from html import escape

from linkindex.links.asking.answers import Content
from linkindex.links.pages.html import decoded

_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "")
_XML = ("text/xml", "application/xml")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_ERROR = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:\w+:)?(?:error|errors|fault|exception|problem)\b",
    re.IGNORECASE,
)
_JSON = re.compile(r"\s*(?:\{\s*(?:[\"}]|$)|\[\s*(?:[\[\]{\"\d-]|null|true|false))")
_PDF = b"%PDF-"
_SAMPLE = 4096
_MOST_GARBAGE = 0.02
"""Share of signs that no text has from which something is none: of bytes by chance it is 10 %."""

_NO_TEXT = frozenset({"Cc", "Cn", "Co", "Cs"})


def is_never_read(kind: str) -> bool:
    """Whether a media type is that of a file, of which the beginning is enough."""
    return kind.startswith(("image/", "audio/", "video/", "font/")) or kind == "application/pdf"


def content_of(body: bytes, kind: str, charset: str | None) -> Content:
    """What a body is.

    :param body: as far as it was read.
    :param kind: the media type that the site named, in small letters; empty where it named none.
    """
    if not body.strip():
        return Content.NOTHING
    if _HTML.match(body[:_SAMPLE]):
        return Content.PAGE
    if kind == "application/pdf":
        return Content.FILE if _PDF in body else Content.GARBAGE
    if kind == "application/json" or kind.endswith("+json"):
        return Content.DATA
    if kind in _XML:
        return Content.DATA if _XML_ERROR.match(body) else Content.FILE
    if kind not in _PAGES or body.startswith(_PDF):
        return Content.FILE
    text = decoded(body, charset)
    if _is_garbage(text[:_SAMPLE]):
        return Content.GARBAGE
    return Content.DATA if _is_json(text) else Content.PAGE


def text_of(body: bytes, kind: str, charset: str | None) -> str:
    """The HTML of a page; a plain text becomes some."""
    text = decoded(body, charset)
    is_plain = kind == "text/plain" and not _HTML.match(body[:_SAMPLE])
    return escape(text) if is_plain else text


def _is_garbage(text: str) -> bool:
    if not text:
        return True
    odd = sum(letter not in "\t\n\r\f" and _is_odd(letter) for letter in text)
    return odd > _MOST_GARBAGE * len(text)


def _is_odd(letter: str) -> bool:
    return letter == "\ufffd" or unicodedata.category(letter) in _NO_TEXT


def _is_json(text: str) -> bool:
    if not _JSON.match(text):
        return False
    try:
        json.loads(text)
    except RecursionError:
        return True
    except ValueError:
        # What was cut at its beginning is no whole object any more.
        return re.match(r"\s*\{\s*\"[^\"]{1,100}\"\s*:", text) is not None
    return True
