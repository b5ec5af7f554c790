"""Pictures that show the cards on a web page or in a README: a fan on its ring, and all fronts."""

from __future__ import annotations

import functools
import io
import itertools
import math
from typing import NamedTuple

from PIL import Image, ImageColor, ImageDraw, ImageFilter

from linkindex.cards.deck import Deck
from linkindex.cards.layout import CardLayout, Hole
from linkindex.cards.rendering import PageReader, rendered_page

WIDTH, HEIGHT = 1600, 930
"""Pixels."""

_SUPERSAMPLING = 2
_PX_PER_MM = 7.5 * _SUPERSAMPLING
_CORNER_MM = 3.18  # ISO/IEC 7810, ID-1
_MM_PER_INCH = 25.4
_BACKGROUND = "#ebe6dd"
_SHADOW = "#2b2118"
_STEEL = ("#7d8590", "#c9ced5")

_NO_HOLE = Hole(x=8, y=8, diameter=5, keep_out=6.5)
"""Where a card without a mark is hung up in the picture."""

_PIVOT = (222, 380)
_FAN = (13, -4, -21)
"""Degrees clockwise, the uppermost card first."""

_BACKS = ((935, 46), (935, 477))
_RING_RADIUS = 82


class _Face(NamedTuple):
    """A page of the file of single cards, and whether it is a back."""

    page: int
    is_back: bool


def draw_fan(single: bytes, deck: Deck, layout: CardLayout) -> bytes:
    """Some of the cards as they look when cut and punched, as PNG.

    :param single: the file of single cards, fronts and backs by turns.
    """
    canvas = Image.new("RGB", (WIDTH * _SUPERSAMPLING, HEIGHT * _SUPERSAMPLING), _BACKGROUND)
    cards = _showpieces(deck)
    draw = functools.partial(_cut_card, single, layout)
    index = next((n for n, card in enumerate(deck.cards) if card.kind == "index"), 0)
    for place, card in zip(_BACKS, (cards[0], index), strict=True):
        _lay(canvas, draw(_Face(2 * card + 1, is_back=True)), _scaled(place))
    _ring(canvas, 0, 360)
    for angle, card in reversed(list(zip(_FAN, cards, strict=False))):
        turned, corner = _turned(draw(_Face(2 * card, is_back=False)), layout, angle)
        _lay(canvas, turned, corner)
    _ring(canvas, 120, 405)
    small = canvas.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    return _png(_few_colours(small, deck))


CONTACT_WIDTH = 1600
"""Pixels."""

MOST_SHOWN = 60
"""Cards in the pictures: smaller ones could not be told apart."""


def draw_contact_sheet(single: bytes, deck: Deck, layout: CardLayout) -> bytes:
    """The fronts of all cards side by side, as PNG.

    :param single: the file of single cards, fronts and backs by turns.
    """
    count = len(deck.cards)
    columns = next(n for n in (3, 4, 5, 6, 7) if n * n * 1.3 >= count or n == 7)
    gap = 16
    width = (CONTACT_WIDTH - gap) // columns - gap
    card = layout.card
    height = round(width * card.height / card.width)
    rows = -(-count // columns)
    sheet = Image.new("RGB", (CONTACT_WIDTH, rows * (height + gap) + gap), _BACKGROUND)
    dots = width / card.width
    bleed = round(card.bleed * dots)
    corners = Image.new("L", (width * 2, height * 2), 0)
    ImageDraw.Draw(corners).rounded_rectangle(
        (0, 0, width * 2 - 1, height * 2 - 1), _CORNER_MM * dots * 2, fill=255
    )
    mask = corners.resize((width, height), Image.Resampling.BOX)
    with PageReader(single, dots * _MM_PER_INCH) as pages:
        for place in range(count):
            page = pages.colour(2 * place)
            face = page.crop((bleed, bleed, bleed + width, bleed + height))
            row, column = divmod(place, columns)
            corner = (gap + column * (width + gap), gap + row * (height + gap))
            sheet.paste(face, corner, mask)
    return _png(_few_colours(sheet, deck))


def _png(picture: Image.Image) -> bytes:
    # Packed as hard as can be, a twentieth goes for six times the time.
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _few_colours(picture: Image.Image, deck: Deck) -> Image.Image:
    """The picture in 256 colours, those of the cards exactly: small areas would else be off."""
    exact = list(dict.fromkeys(ImageColor.getrgb(card.colour)[:3] for card in deck.cards))[:64]
    # A quarter of the dots tells which colours there are.
    few = picture.reduce(2).quantize(256 - len(exact), dither=Image.Dither.NONE)
    usual = few.getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([*itertools.chain.from_iterable(exact), *usual][: 256 * 3])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


def _showpieces(deck: Deck) -> list[int]:
    """The places in the deck of the first categories, or of any cards where there are fewer."""
    places = range(len(deck.cards))
    return sorted(places, key=lambda place: deck.cards[place].kind != "category")[: len(_FAN)]


def _cut_card(single: bytes, layout: CardLayout, face: _Face) -> Image.Image:
    """One face without its bleed, with round corners and a real hole."""
    card, hole = layout.card, layout.hole or _NO_HOLE
    page = rendered_page(single, face.page, _PX_PER_MM * _MM_PER_INCH)
    bleed = round(card.bleed * _PX_PER_MM)
    size = (round(card.width * _PX_PER_MM), round(card.height * _PX_PER_MM))
    picture = page.crop((bleed, bleed, bleed + size[0], bleed + size[1])).convert("RGBA")
    mask = Image.new("L", size, 0)
    pen = ImageDraw.Draw(mask)
    pen.rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), _CORNER_MM * _PX_PER_MM, fill=255)
    x = (card.width - hole.x if face.is_back else hole.x) * _PX_PER_MM
    # The dotted line of the mark goes with the hole.
    radius = (hole.diameter / 2 + 0.2) * _PX_PER_MM
    pen.circle((x, hole.y * _PX_PER_MM), radius, fill=0)
    picture.putalpha(mask)
    return picture


def _turned(
    picture: Image.Image, layout: CardLayout, clockwise: float
) -> tuple[Image.Image, tuple[int, int]]:
    """A card turned about its hole, and where its corner goes so that the hole is on the ring."""
    turned = picture.rotate(-clockwise, Image.Resampling.BILINEAR, expand=True)
    hole_place = layout.hole or _NO_HOLE
    x = hole_place.x * _PX_PER_MM - picture.width / 2
    y = hole_place.y * _PX_PER_MM - picture.height / 2
    turn = math.radians(clockwise)
    hole = (
        turned.width / 2 + x * math.cos(turn) - y * math.sin(turn),
        turned.height / 2 + x * math.sin(turn) + y * math.cos(turn),
    )
    pivot = _scaled(_PIVOT)
    return turned, (round(pivot[0] - hole[0]), round(pivot[1] - hole[1]))


def _lay(canvas: Image.Image, picture: Image.Image, corner: tuple[int, int]) -> None:
    """Put a card on the canvas with a soft shadow below it."""
    alpha = picture.getchannel("A")
    spread, coarse = 24 * _SUPERSAMPLING, 8
    shade = Image.new("L", (alpha.width + 2 * spread, alpha.height + 2 * spread), 0)
    shade.paste(alpha.point(lambda value: value * 0.29), (spread, spread))
    soft = shade.reduce(coarse).filter(ImageFilter.GaussianBlur(spread / 3 / coarse))
    drop = 5 * _SUPERSAMPLING
    canvas.paste(_SHADOW, (corner[0] - spread, corner[1] - spread + drop), soft.resize(shade.size))
    canvas.paste(picture, corner, alpha)


def _ring(canvas: Image.Image, begin: float, end: float) -> None:
    """An arc of the key ring, in degrees clockwise from three o'clock."""
    pivot, radius = _scaled(_PIVOT), _RING_RADIUS * _SUPERSAMPLING
    # The ring hangs on the hole by its lower right.
    middle = (pivot[0] - radius * 0.72, pivot[1] - radius * 0.69)
    box = (middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius)
    pen = ImageDraw.Draw(canvas)
    dark, light = _STEEL
    pen.arc(box, begin, end, fill=dark, width=10 * _SUPERSAMPLING)
    inset = 3 * _SUPERSAMPLING
    inner = (box[0] + inset, box[1] + inset, box[2] - inset, box[3] - inset)
    pen.arc(inner, begin, end, fill=light, width=3 * _SUPERSAMPLING)


def _scaled(place: tuple[int, int]) -> tuple[int, int]:
    return place[0] * _SUPERSAMPLING, place[1] * _SUPERSAMPLING
