"""How the pages look, made of parts in ``site/style``: small files, each about one thing.

They stand by themselves, on no theme of an engine. What the first screen needs is in the page,
since each request costs a reader on a poor line half a second, and of that no more than the very
page uses (:mod:`linkindex.site.used_style`); the rest is one file, asked for at the end of the
page. The colours are those of the index (:mod:`linkindex.catalogue.palette`).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path

from linkindex.catalogue import Colours
from linkindex.catalogue.palette import Scheme, dark_scheme, light_scheme
from linkindex.site.shortening import short_sheet
from linkindex.speaking.mirrored import spoken_style

PATH = "assets/linkindex.css"
"""Where the style sheet is on the site."""

IN_THE_PAGE = (
    *("tokens", "text", "written", "frame", "home", "shared", "topic", "lists"),
    *("touch", "forced"),
)
"""The parts that the first screen of a page needs."""

NOT_IN_A_TOPIC = frozenset({"written", "home", "lists"})
"""Parts of which the page of a topic shows nothing; of most pages that is a fourth of the style."""

IN_A_FILE = ("below", "search", "choices", "pass-on", "adding", "suggest", "health", "print")
"""The other parts. They hold in the order in which they stand: a later one may say otherwise."""

ON_A_SCAN_PAGE = ("ink", "quiet", "paper", "line", "link", "leave")
"""The colours that a scan page uses; each has the room of a letter there."""

_FOLDER = Path(__file__).parent / "style"


IN_SEVERAL_LANGUAGES = "languages"
"""The part that only an index in several languages needs, in the page."""


def first_style(colours: Colours, *, several_languages: bool = False) -> str:
    """What stands in every page but the scan pages and those of topics.

    :param several_languages: whether pages lead to themselves in another language.
    """
    return _first(colours, IN_THE_PAGE, several_languages=several_languages)


def first_style_of_a_topic(colours: Colours, *, several_languages: bool = False) -> str:
    """What stands in the page of a topic."""
    parts = [part for part in IN_THE_PAGE if part not in NOT_IN_A_TOPIC]
    return _first(colours, parts, several_languages=several_languages)


def _first(colours: Colours, parts: Iterable[str], *, several_languages: bool) -> str:
    own = (*parts, *([IN_SEVERAL_LANGUAGES] if several_languages else []))
    return _colours(colours, Scheme._fields, "--li-") + "".join(map(_spoken_part, own))


def style_sheet() -> str:
    """The file that every page but the scan pages asks for."""
    return "".join(map(_spoken_part, IN_A_FILE))


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


def _spoken_part(name: str) -> str:
    return spoken_style(_part(name))


@functools.cache
def _part(name: str) -> str:
    return short_sheet((_FOLDER / f"{name}.css").read_text("utf-8"))
