"""The web app manifest (https://www.w3.org/TR/appmanifest/): a name and icons for a shortcut.

``display`` is ``browser``: no browser then offers to install the site. An icon that appears on the
phone of a family can be seen by whoever looks at it.
"""

from __future__ import annotations

from linkindex.site.exports.json_text import json_bytes
from linkindex.site.exports.public import PublicIndex
from linkindex.speaking import direction, html_language

PATH = "manifest.webmanifest"
ICON_SIZES = (192, 512)
"""Pixels: the two sizes that Chromium asks for (https://web.dev/articles/add-manifest)."""

PAPER = "#fbf8f2"
"""The colour of the pages, as in ``site/style/tokens.css``."""


def files(index: PublicIndex) -> dict[str, bytes]:
    """The manifest. Its addresses are relative, so it holds in any folder of a host."""
    content = {
        "name": index.name,
        "description": index.tagline,
        "lang": html_language(),
        **({"dir": "rtl"} if direction() == "rtl" else {}),
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": f"assets/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
            for size in ICON_SIZES
        ],
    }
    return {PATH: json_bytes(content)}
