"""What a finished file of cards measures: its smallest type, and how near to the cut its ink is.

Run as a program it prints a table of every file of a folder that ``linkindex cards`` has filled:
``python -m tests.cards.measure cards 3``, where 3 is the version of the codes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from linkindex.cards.formats import BY_NAME, CardFormat
from linkindex.cards.layout import CardLayout, Corner, Layout, named_layout
from linkindex.qr import QUIET_ZONE, modules_along

MM = 25.4 / 72
"""Millimetres in a point."""


class Ink(NamedTuple):
    """Something printed, in millimetres from the top left corner of the page.

    :ivar what: the letter, or ``picture`` for an icon or a logo.
    :ivar points: the size of type; none for a picture.
    """

    what: str
    left: float
    top: float
    right: float
    bottom: float
    points: float | None = None


class Measures(NamedTuple):
    """What a file measures, with what was measured: the least of each.

    :ivar type: the smallest type on a card or label, in points.
    :ivar cut: from ink to the nearest cut, in millimetres.
    :ivar edge: from ink to the edge of the paper, in millimetres; none for single cards.
    :ivar note: the smallest type beside the cards, in points; none where there is none.
    """

    type: tuple[float, str]
    cut: tuple[float, str]
    edge: tuple[float, str] | None
    note: float | None


def measures(pdf: bytes, layout: Layout, *, single: bool, modules: int) -> Measures:
    """Measure a file.

    :param modules: along one side of a code.
    :param single: whether each page is one card, else a sheet of them.
    """
    types: list[tuple[float, str]] = []
    cuts: list[tuple[float, str]] = []
    edges: list[tuple[float, str]] = []
    notes: list[float] = []
    size = layout.piece
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            page = document[number]
            corners = [Corner(0, 0)] if single else list(_corners(layout))
            for ink in _ink(page):
                where = f"{ink.what!r} on page {number + 1}"
                piece = next(
                    (c for c in corners if _is_within(ink, c, size.width, size.height)), None
                )
                if not single:
                    edges.append(
                        (_to_edge(ink, 0, 0, layout.page.width, layout.page.height), where)
                    )
                if piece is None:
                    if ink.points:
                        notes.append(ink.points)
                    continue
                cuts.append((_to_edge(ink, *piece, size.width, size.height), where))
                if ink.points:
                    types.append((ink.points, where))
            page.close()
    code, quiet = layout.code, layout.code.side * QUIET_ZONE / (modules + 2 * QUIET_ZONE)
    clear = (code.x, code.y, size.width - code.x - code.side, size.height - code.y - code.side)
    cuts.append((min(clear) + quiet, "the code"))
    return Measures(min(types), min(cuts), min(edges) if edges else None, min(notes, default=None))


def _corners(layout: Layout) -> Iterator[Corner]:
    """Where cards stand on the fronts and on the backs."""
    for place in range(layout.per_page):
        yield layout.front(place)
        if isinstance(layout, CardLayout):
            yield layout.back(place)


def _is_within(ink: Ink, corner: Corner, width: float, height: float) -> bool:
    x, y = (ink.left + ink.right) / 2, (ink.top + ink.bottom) / 2
    return corner.x <= x <= corner.x + width and corner.y <= y <= corner.y + height


def _to_edge(ink: Ink, x: float, y: float, width: float, height: float) -> float:
    return min(ink.left - x, ink.top - y, x + width - ink.right, y + height - ink.bottom)


def _ink(page: pypdfium2.PdfPage) -> Iterator[Ink]:
    left, _, _, top = page.get_trimbox()

    def ink(what: str, box: tuple[float, float, float, float], points: float | None) -> Ink:
        edges = ((box[0] - left), (top - box[3]), (box[2] - left), (top - box[1]))
        return Ink(what, *(edge * MM for edge in edges), points)

    text = page.get_textpage()
    for index in range(text.count_chars()):
        letter = text.get_text_range(index, 1)
        if letter.strip():
            points = pdfium.FPDFText_GetFontSize(text, index)
            yield ink(letter, text.get_charbox(index), round(points, 2))
    for thing in page.get_objects(max_depth=1):
        if thing.type in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            box = thing.get_bounds()
            if (box[2] - box[0]) * MM < 14:  # codes are measured by their layout
                yield ink("picture", box, None)


def structure(document: pypdfium2.PdfDocument, number: int) -> list[str]:
    """The types of a page's elements, in the order in which a screen reader meets them."""
    types: list[str] = []

    def visit(element: object) -> None:
        size = pdfium.FPDF_StructElement_GetType(element, None, 0)
        buffer = (pdfium.c_char * size)()
        pdfium.FPDF_StructElement_GetType(element, buffer, size)
        types.append(bytes(buffer).decode("utf-16-le").rstrip("\0"))
        for child in range(max(pdfium.FPDF_StructElement_CountChildren(element), 0)):
            below = pdfium.FPDF_StructElement_GetChildAtIndex(element, child)
            if below:
                visit(below)

    tree = pdfium.FPDF_StructTree_GetForPage(document[number])
    for child in range(pdfium.FPDF_StructTree_CountChildren(tree)):
        visit(pdfium.FPDF_StructTree_GetChildAtIndex(tree, child))
    pdfium.FPDF_StructTree_Close(tree)
    return types


def layout_of(entry: dict[str, str]) -> tuple[Layout, CardFormat] | None:
    """With what a file of a manifest was made, if it holds cards or labels."""
    made_as = BY_NAME.get(entry["format"])
    if made_as is None or not made_as.product.takes_layouts:
        return None
    stem = entry["name"].removesuffix(".pdf")
    names = made_as.layouts or ("a4-8up",)
    name = next(name for name in names if len(names) == 1 or stem.endswith(name))
    return named_layout(name), made_as


def main(folder: Path, version: int) -> None:
    """Print the table of a folder.

    :param version: of its codes, as ``linkindex cards`` says.
    """
    for entry in json.loads((folder / "manifest.json").read_text())["files"]:
        known = layout_of(entry)
        if known:
            layout, made_as = known
            pdf = (folder / entry["name"]).read_bytes()
            found = measures(pdf, layout, single=made_as.single, modules=modules_along(version))
            print(f"{entry['name']:34} {found}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
