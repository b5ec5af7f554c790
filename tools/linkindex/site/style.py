"""How the pages look, made of parts in ``site/style``: small files, each about one thing.

They stand by themselves, on no theme of an engine. What the first screen needs is in the page,
since each request costs a reader on a poor line half a second, and of that no more than the very
page uses (:mod:`linkindex.site.used_style`); the rest is one file, asked for at the end of the
page. The colours are those of the index (:mod:`linkindex.catalogue.palette`).
"""

from __future__ import annotations

import functools
import re
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

IN_A_FILE = (
    *("pointed", "below", "search", "choices", "pass-on", "adding", "suggest", "health", "print"),
)
"""The other parts. They hold in the order in which they stand: a later one may say otherwise."""

ON_A_SCAN_PAGE = ("quiet", "paper", "line", "link")
"""The colours that a scan page uses more than once; each has the room of a letter there."""

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
    return _colours(colours, Scheme._fields, "--li-") + "".join(map(_spelt_out, own))


def style_sheet() -> str:
    """The file that every page but the scan pages asks for."""
    steady = ";".join(f"{name}:{value}" for name, value in _steady().items())
    return f":root{{{steady}}}\n" + "".join(map(_spoken_part, IN_A_FILE))


def _spelt_out(name: str) -> str:
    """A part with the value itself wherever it is the same on every page.

    ``.5rem`` is half as long as ``var(--li-2)``, and this stands in every page. The names are for
    what is fetched once: the other parts, and style sheets of an index.
    """
    steady = _steady()
    text = _spoken_part(name)
    if name == "tokens":
        text = _SET.sub(lambda found: "" if found[1] in steady else found[0], text)
    return _USED.sub(lambda used: steady.get(used[1], used[0]), text)


@functools.cache
def _steady() -> dict[str, str]:
    """Values of ``tokens.css`` that nothing sets again, neither a part nor a script."""
    again = {name for found in _SET_AGAIN.findall(_part("tokens")) for name in _NAME.findall(found)}
    return {
        name: value
        for name, value in _SET.findall(_part("tokens"))
        if name not in again | set(_SET_BY_SCRIPTS)
    }


_NAME = re.compile(r"--li-[\w-]+(?=:)")
_SET = re.compile(r"(--li-[\w-]+):([^;}]+);?")
_SET_AGAIN = re.compile(r"@media[^{]*\{:root\{([^}]*)\}")
_USED = re.compile(r"var\((--li-[\w-]+)\)")
_SET_BY_SCRIPTS = ("--li-bar-height", "--li-header-height")
"""Or by a part that is about what they measure (``frame.css``, ``overrides/assets/header.js``)."""


def scan_colours(colours: Colours) -> str:
    """The colours of a scan page, as the beginning of its style."""
    light, dark = light_scheme(colours), dark_scheme(colours)
    named = _colours(colours, ON_A_SCAN_PAGE, "--")
    room = "scroll-padding-top:6rem;"  # for the bar that stays in view
    return named.replace("{--", f"{{color:{dark.ink};--").replace(
        "light dark;", f"light dark;{room}color:{light.ink};"
    )


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
