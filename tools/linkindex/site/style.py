"""The style sheet of a site, made of parts in ``site/style``: small files, each about one thing.

It stands by itself, on no theme of an engine, and is one file since each request costs a reader on
a poor line half a second.
"""

from __future__ import annotations

import functools
from pathlib import Path

from linkindex.site.shortening import short_sheet

PATH = "assets/linkindex.css"
"""Where the style sheet is on the site."""

PARTS = (
    *("tokens", "text", "frame", "search", "home", "topic", "choices", "pass-on", "lists"),
    *("health", "print"),
)
"""The parts in the order in which they hold: a later one may say otherwise."""

_FOLDER = Path(__file__).parent / "style"


def style_sheet() -> str:
    """The style sheet of every page but the scan pages."""
    return "".join(map(_part, PARTS))


@functools.cache
def _part(name: str) -> str:
    return short_sheet((_FOLDER / f"{name}.css").read_text("utf-8"))
