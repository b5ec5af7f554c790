"""The style sheet of a site, made of parts in ``site/style``: small files, each about one thing.

It stands by itself, on no theme of an engine, and is one file since each request costs a reader on
a poor line half a second. The colours are those of the index (:mod:`linkindex.catalogue.palette`).
"""

from __future__ import annotations

import functools
from pathlib import Path

from linkindex.catalogue import Colours
from linkindex.catalogue.palette import Scheme, dark_scheme, light_scheme
from linkindex.site.shortening import short_sheet

PATH = "assets/linkindex.css"
"""Where the style sheet is on the site."""

PARTS = (
    *("tokens", "text", "frame", "search", "home", "topic", "choices", "pass-on", "lists"),
    *("suggest", "health", "touch", "print"),
)
"""The parts in the order in which they hold: a later one may say otherwise."""

ON_A_SCAN_PAGE = ("ink", "quiet", "paper", "line", "link", "leave")
"""The colours that a scan page uses; each has the room of a letter there."""

_FOLDER = Path(__file__).parent / "style"


def style_sheet(colours: Colours) -> str:
    """The style sheet of every page but the scan pages."""
    return _colours(colours, Scheme._fields, "--li-") + "".join(map(_part, PARTS))


def scan_colours(colours: Colours) -> str:
    """The colours of a scan page, as the beginning of its style."""
    return _colours(colours, ON_A_SCAN_PAGE, "--")


def _colours(colours: Colours, names: tuple[str, ...], prefix: str) -> str:
    light, dark = light_scheme(colours)._asdict(), dark_scheme(colours)._asdict()
    bright = ";".join(f"{prefix}{name}:{light[name]}" for name in names)
    dim = ";".join(f"{prefix}{name}:{dark[name]}" for name in names if dark[name] != light[name])
    return (
        f":root{{color-scheme:light dark;{bright}}}\n"
        f"@media(prefers-color-scheme:dark){{:root{{{dim}}}}}\n"
    )


@functools.cache
def _part(name: str) -> str:
    return short_sheet((_FOLDER / f"{name}.css").read_text("utf-8"))
