"""Reading every printed code back before a file is handed out.

Each page is drawn as a printer would draw it, every code on it is decoded, and what was read is
compared with what the card in that place should open.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import zxingcpp
from PIL import Image

from linkindex.cards.deck import Card, Deck
from linkindex.cards.errors import CardError
from linkindex.cards.layout import Layout
from linkindex.cards.rendering import rendered_pages
from linkindex.catalogue.problems import quoted

PROOF_DPI = 300
"""Dots per inch: as coarse as office printers get, so that what reads here reads on paper."""

TOLERANCE_MM = 1.0
"""How far the middle of a code may be from where it belongs."""

_MM_PER_INCH = 25.4


class Expected(NamedTuple):
    """A code that must be on a page, with its middle in millimetres from the top left corner."""

    card: Card
    x: float
    y: float


@dataclass(frozen=True)
class Found:
    """A code that was read, with its middle in millimetres from the top left corner."""

    text: str
    x: float
    y: float

    def is_at(self, expected: Expected) -> bool:
        """Whether this code is where the other should be."""
        return math.dist((self.x, self.y), (expected.x, expected.y)) <= TOLERANCE_MM


def sheet_codes(deck: Deck, layout: Layout) -> list[list[Expected]]:
    """The codes of each page of the sheets: fronts, then backs, which have none."""
    pages: list[list[Expected]] = []
    for first in range(0, len(deck.cards), layout.per_page):
        group = deck.cards[first : first + layout.per_page]
        fronts = [
            _expected(card, layout, *layout.front(position)) for position, card in enumerate(group)
        ]
        pages.extend((fronts, []))
    return pages


def single_codes(deck: Deck, layout: Layout) -> list[list[Expected]]:
    """The codes of each page of the file of single cards, whose corner is that of the bleed."""
    bleed = layout.card.bleed
    return [page for card in deck.cards for page in ([_expected(card, layout, bleed, bleed)], [])]


def prove(name: str, pdf: bytes, pages: list[list[Expected]]) -> None:
    """Read every code of a file and compare it with its card.

    :param name: the file's name, for the message.
    :raises CardError: naming each card whose code is missing, wrong, or in the wrong place.
    """
    faults: list[str] = []
    drawn = 0
    for number, picture in enumerate(rendered_pages(pdf, PROOF_DPI), start=1):
        drawn = number
        expected = pages[number - 1] if number <= len(pages) else []
        faults.extend(_faults(f"page {number} of {name}", read_codes(picture, PROOF_DPI), expected))
    if drawn != len(pages):
        faults.append(f"{name} has {drawn} pages where {len(pages)} belong; report this fault")
    if faults:
        raise CardError("\n".join(faults))


def read_codes(picture: Image.Image, dpi: float) -> list[Found]:
    """Every QR code in a picture."""
    mm = _MM_PER_INCH / dpi
    results = zxingcpp.read_barcodes(
        picture,
        formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]),
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
    )
    return [Found(result.text, *_middle(result.position, mm)) for result in results]


def _middle(position: zxingcpp.Position, mm: float) -> tuple[float, float]:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return sum(c.x for c in corners) / 4 * mm, sum(c.y for c in corners) / 4 * mm


def _expected(card: Card, layout: Layout, x: float, y: float) -> Expected:
    half = layout.code.side / 2
    return Expected(card, x + layout.code.x + half, y + layout.code.y + half)


def _faults(where: str, found: list[Found], expected: list[Expected]) -> Iterator[str]:
    left = list(found)
    for code in expected:
        card = code.card
        start = f"{card.where}: the code of the card {quoted(card.title)} on {where}"
        here = next((other for other in left if other.is_at(code)), None)
        if here is None:
            yield f"{start} cannot be read; no file was made, so please report this fault"
            continue
        left.remove(here)
        if here.text != card.address:
            yield (
                f"{start} opens {quoted(here.text)} instead of {quoted(card.address)}; "
                "no file was made, so please report this fault"
            )
    for other in left:
        yield f"{where} has a code that no card has, {quoted(other.text)}; report this fault"
