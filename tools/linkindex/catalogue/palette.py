"""What a site is drawn with, made of the few colours that an organisation names.

Those of dark screens are made of those of light ones, so that nobody need think of them.
"""

from __future__ import annotations

from typing import NamedTuple

from linkindex.catalogue.colours import (
    LEAST_BAND,
    LEAST_TEXT,
    WHITE,
    contrast,
    mixed,
    nearest_readable,
)
from linkindex.catalogue.model import Colours

INK = "#23272e"
QUIET = "#4b535e"
PAPER = "#fbf8f2"
LINE = "#d9d2c4"
BRAND = "#0a4a58"
LEAVE = "#a3231f"
"""The way out and urgent help; nothing else is red."""

DARK_INK = "#ece8df"
DARK_QUIET = "#b9b6ad"
DARK_PAPER = "#1b1e23"
DARK_CARD = "#24282e"
DARK_LINE = "#3d424a"
DARK_BRAND = "#8fd3e0"

LIST_CARD = "#1f2f46"
"""The card that lists the ring, where an index names no colour of its own."""


class Scheme(NamedTuple):
    """The colours of the pages on a light or a dark screen, each ``#rrggbb``.

    :ivar card: what stands out of the page, such as a tile.
    :ivar link: links, buttons and the mark; a button has text in the colour of the paper.
    :ivar header: what the name of the index stands on.
    :ivar name: that name, and the signs beside it.
    :ivar mark: the mark beside it.
    """

    ink: str
    quiet: str
    paper: str
    card: str
    line: str
    link: str
    leave: str
    header: str
    name: str
    mark: str


class Pair(NamedTuple):
    """What a colour that an index names must be told from.

    :ivar key: the key of ``colours:`` that names it.
    :ivar beside: what the ground is, as a sentence says it.
    """

    key: str
    ground: str
    beside: str
    least: float


def light_scheme(colours: Colours) -> Scheme:
    """The colours of the pages on a light screen, and on paper."""
    paper = colours.paper or PAPER
    header = colours.header or paper
    return Scheme(
        ink=INK,
        quiet=QUIET,
        paper=paper,
        card=WHITE,
        line=mixed(INK, paper, 0.17) if colours.paper else LINE,
        link=colours.brand or BRAND,
        leave=LEAVE,
        header=header,
        name=_on(header),
        mark=_on(header) if colours.header else colours.brand or BRAND,
    )


def dark_scheme(colours: Colours) -> Scheme:
    """The colours of the pages on a dark screen."""
    grounds = (DARK_PAPER, DARK_CARD)
    brand = colours.brand
    header = colours.header or DARK_PAPER
    if contrast(header, DARK_INK) < LEAST_BAND:
        header = DARK_PAPER
    link = nearest_readable(brand, grounds, LEAST_BAND) if brand else DARK_BRAND
    return Scheme(
        ink=DARK_INK,
        quiet=DARK_QUIET,
        paper=DARK_PAPER,
        card=DARK_CARD,
        line=DARK_LINE,
        link=link,
        leave=LEAVE,
        header=header,
        name=DARK_INK,
        mark=link if header == DARK_PAPER else DARK_INK,
    )


def colour_on_cards(colours: Colours) -> str:
    """What the card that lists the ring and the head of a poster are in; it carries white text."""
    if not colours.brand:
        return LIST_CARD
    return nearest_readable(colours.brand, (WHITE,), LEAST_BAND)


def colour_pairs(
    brand: str | None = None, header: str | None = None, paper: str | None = None
) -> tuple[Pair, ...]:
    """What must be told apart on a light screen. On a dark one it is made so that it can be."""
    ground = paper or PAPER
    pairs = [
        Pair("paper", INK, f"the text on it (`{INK}`)", LEAST_BAND),
        Pair("paper", QUIET, f"the small text on it (`{QUIET}`)", LEAST_TEXT),
        Pair("paper", LEAVE, f"the way out (`{LEAVE}`)", LEAST_TEXT),
        Pair("brand", ground, f"the pages (`{ground}`)", LEAST_TEXT),
        Pair("brand", WHITE, f"what stands out of the pages (`{WHITE}`)", LEAST_TEXT),
    ]
    if not brand:
        pairs.append(Pair("paper", BRAND, f"the links on it (`{BRAND}`)", LEAST_TEXT))
    if header:
        name = _on(header)
        pairs.append(Pair("header", name, f"the name on it (`{name}`)", LEAST_TEXT))
    return tuple(pairs)


def _on(ground: str) -> str:
    """White or ink, whichever is read better."""
    return max((WHITE, INK), key=lambda colour: contrast(colour, ground))
