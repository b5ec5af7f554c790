"""The formats PNG and SVG: each card and each code alone, for letters, slides and designers."""

from __future__ import annotations

import html
import io
from collections.abc import Iterator

from PIL import Image

from linkindex.cards.contract import Job, PrintRun
from linkindex.cards.deck import Card, Deck
from linkindex.cards.layout import CardLayout
from linkindex.cards.rendering import PageReader
from linkindex.cards.typesetting import typeset, typeset_svg
from linkindex.qr import QUIET_ZONE, Matrix, matrix

DPI = 300
CODE_MM = 30
"""How wide a bare code is when it is pasted into a document, quiet zone included."""


def card_names(deck: Deck) -> list[str]:
    """A name for each card that no other has: several index cards are numbered."""
    count: dict[str, int] = {}
    names = []
    for card in deck.cards:
        count[card.key] = count.get(card.key, 0) + 1
        names.append(card.key if count[card.key] == 1 else f"{card.key}-{count[card.key]}")
    return names


def png_files(
    deck: Deck, layout: CardLayout, run: PrintRun, job: Job
) -> Iterator[tuple[str, bytes, Card | None]]:
    """Each face of each card and each bare code, with the card whose code is in the picture."""
    single = typeset("single.typ", job)
    bleed, dots = layout.card.bleed, DPI / 25.4
    size = (round(layout.card.width * dots), round(layout.card.height * dots))
    corner = round(bleed * dots)
    with PageReader(single, DPI) as pages:
        for number, (name, card) in enumerate(zip(card_names(deck), deck.cards, strict=True)):
            for side, face in enumerate(("front", "back")):
                page = pages.colour(2 * number + side)
                trimmed = page.crop((corner, corner, corner + size[0], corner + size[1]))
                content = _png(trimmed.quantize(128, dither=Image.Dither.NONE))
                has_code = face == "front" and card.has_code
                yield f"png/{name}-{face}.png", content, card if has_code else None
    for card in _each_once(deck):
        yield f"png/{card.key}-code.png", code_png(_modules(card, run)), card


def svg_files(deck: Deck, run: PrintRun, job: Job) -> Iterator[tuple[str, bytes, Card | None]]:
    """Each face of each card and each bare code, with the card whose code is in the drawing."""
    drawn = typeset_svg("single.typ", job)
    for number, (name, card) in enumerate(zip(card_names(deck), deck.cards, strict=True)):
        front = _titled(drawn[2 * number], card.title)
        yield f"svg/{name}-front.svg", front, card if card.has_code else None
        back = _titled(drawn[2 * number + 1], f"{card.title}, back")
        yield f"svg/{name}-back.svg", back, None
    for card in _each_once(deck):
        yield f"svg/{card.key}-code.svg", code_svg(card, run), card


def code_png(modules: Matrix) -> bytes:
    """A bare code with its quiet zone, black on white, that pastes at 30 mm.

    The squares are whole dots, and there are enough of them for a press at 600 dots an inch; the
    resolution in the file is what makes Word insert it at the right size.
    """
    cells = len(modules) + 2 * QUIET_ZONE
    each = -(-round(CODE_MM / 25.4 * 600) // cells)
    small = Image.new("1", (cells, cells), 1)
    for y, row in enumerate(modules, start=QUIET_ZONE):
        for x, dark in enumerate(row, start=QUIET_ZONE):
            if dark:
                small.putpixel((x, y), 0)
    large = small.resize((cells * each, cells * each), Image.Resampling.NEAREST)
    return _png(large, dpi=large.width / CODE_MM * 25.4)


def code_svg(card: Card, run: PrintRun) -> bytes:
    """A bare code with its quiet zone, black on white, that says what it opens."""
    side = run.plan.modules + 2 * QUIET_ZONE
    title = html.escape(f"QR code. Opens {card.address}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{CODE_MM}mm" height="{CODE_MM}mm" '
        f'viewBox="-{QUIET_ZONE} -{QUIET_ZONE} {side} {side}" role="img">'
        f"<title>{title}</title>"
        f'<path fill="#fff" d="M-{QUIET_ZONE} -{QUIET_ZONE}h{side}v{side}h-{side}z"/>'
        f'<path d="{run.outlines[card.address]}"/></svg>\n'
    ).encode()


def _modules(card: Card, run: PrintRun) -> Matrix:
    return matrix(card.address, run.plan.version, run.plan.levels[card.address])


def _each_once(deck: Deck) -> list[Card]:
    return list({card.key: card for card in deck.cards}.values())


def _titled(svg: bytes, title: str) -> bytes:
    head, end, rest = svg.partition(b">")
    mark = f' role="img">\n<title>{html.escape(title)}</title>'
    return head + mark.encode() + rest if end else svg


def _png(picture: Image.Image, dpi: float = DPI) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", dpi=(dpi, dpi))
    return buffer.getvalue()
