"""Which face stands where on which page: from a number of cards to pages. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from linkindex.cards.layout import CardLayout, Cut, Flip, LabelLayout, Layout
from linkindex.cards.printers import Printer

FaceName = Literal["front", "back"]


@dataclass(frozen=True)
class Item:
    """One face on a page, by the top left corner of its trim in millimetres.

    :ivar card: the place of the card in the deck, from 0.
    """

    card: int
    face: FaceName
    x: float
    y: float


@dataclass(frozen=True)
class Marks:
    """Where the sheet is cut and folded, in millimetres."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    fold: float | None


@dataclass(frozen=True)
class Side:
    """One side of a sheet.

    :ivar turned: whether the whole page stands on its head; places are those before it is turned.
    :ivar dx: by how much the page is moved to the right, in millimetres.
    :ivar note: what its footer says.
    """

    items: tuple[Item, ...]
    marks: Marks
    turned: bool
    dx: float
    dy: float
    scale: float
    note: str


@dataclass(frozen=True)
class Footer:
    """Where the note stands, in millimetres from the top, and how long the line above it is.

    :ivar ruler: none where there is no room for a line.
    """

    y: float
    ruler: float | None


RULER_MM = 100
"""A line to lay a ruler on: viewers that fit pages to the paper shrink cards."""


def imposed(
    layout: Layout,
    cards: int,
    *,
    copies: int = 1,
    start: int = 1,
    printer: Printer | None = None,
    evenly: bool = False,
) -> tuple[Side, ...]:
    """The pages of all sheets, fronts and backs by turns.

    :param evenly: whether all pages hold about as many, as posters do that hang side by side.
    :param cards: how many cards the deck has.
    :param copies: how many decks; each is complete before the next begins.
    :param start: the first free place of the first sheet, from 1.
    """
    order = [card for _ in range(copies) for card in range(cards)]
    places = list(enumerate(order, start=start - 1))
    each = _evenly(len(order), layout) if evenly else layout.per_page
    sheets = [
        [(place % each, card) for place, card in places if place // each == number]
        for number in range(-(-(start - 1 + len(order)) // each))
    ]
    pages: list[Side] = []
    for number, sheet in enumerate(sheets, start=1):
        name = f"Sheet {number} of {len(sheets)}"
        if isinstance(layout, LabelLayout):
            pages.append(_page(layout, _fronts(layout, sheet), f"{name}. Print at 100 %."))
        else:
            pages.extend(_card_pages(layout, sheet, name, printer or Printer()))
    return tuple(pages)


def _evenly(count: int, layout: Layout) -> int:
    """How many go on a page, in whole rows, so that no page is nearly empty."""
    pages = max(-(-count // layout.per_page), 1)
    rows = -(-count // (pages * layout.grid.columns))
    return max(rows, 1) * layout.grid.columns


def footer(layout: Layout) -> Footer | None:
    """Where a footer has room below the cards; at least 6 mm from the edge, as printers need."""
    ends = layout.front(layout.per_page - 1).y + layout.piece.height
    marks = layout.crop_marks
    ends += marks.offset + marks.length if marks else layout.bleed.y
    room = layout.page.height - ends
    if room >= 15.5:
        return Footer(layout.page.height - 14, RULER_MM)
    return Footer(layout.page.height - 11, None) if room >= 9.5 else None


def _card_pages(
    layout: CardLayout, sheet: list[tuple[int, int]], name: str, printer: Printer
) -> list[Side]:
    fronts = _fronts(layout, sheet)
    if layout.one_sided:
        return [_page(layout, fronts, f"{name}. Print at 100 %.")]
    backs = tuple(_back(layout, place, card) for place, card in sheet)
    ruler = f" The line is {RULER_MM} mm long."
    if layout.flip is Flip.FOLD:
        faces = tuple(face for pair in zip(fronts, backs, strict=True) for face in pair)
        note = f"{name}. Print at 100 %, fold on the dashed line, glue, then cut.{ruler}"
        return [_page(layout, faces, note)]
    how = "print the backs on their own" if layout.flip is Flip.NONE else f"flip on {layout.flip}"
    how += "" if layout.flip is Flip.NONE else " edge"
    return [
        _page(layout, fronts, f"{name}, fronts. Print at 100 %, {how}.{ruler}"),
        _page(layout, backs, f"{name}, backs. Print at 100 %, {how}.{ruler}", printer),
    ]


def _fronts(layout: Layout, sheet: list[tuple[int, int]]) -> tuple[Item, ...]:
    return tuple(Item(card, "front", *layout.front(place)) for place, card in sheet)


def _back(layout: CardLayout, place: int, card: int) -> Item:
    x, y = layout.back(place)
    if layout.turned:
        x = layout.page.width - x - layout.card.width
        y = layout.page.height - y - layout.card.height
    return Item(card, "back", x, y)


def _page(
    layout: Layout, items: tuple[Item, ...], note: str, printer: Printer | None = None
) -> Side:
    piece = layout.piece
    folded = isinstance(layout, CardLayout) and layout.flip is Flip.FOLD
    edges = [item for item in items if not folded or item.face == "front"]
    width = piece.width * (2 if folded else 1)
    marks = Marks(
        tuple(sorted({x for item in edges for x in (item.x, item.x + width)})),
        tuple(sorted({y for item in edges for y in (item.y, item.y + piece.height)})),
        edges[0].x + piece.width if folded and layout.cut is not Cut.NONE and edges else None,
    )
    backs = bool(items) and all(item.face == "back" for item in items)
    moved = printer or Printer()
    return Side(
        items=items,
        marks=marks,
        turned=backs and isinstance(layout, CardLayout) and layout.turned,
        dx=moved.dx,
        dy=moved.dy,
        scale=moved.scale,
        note=note,
    )
