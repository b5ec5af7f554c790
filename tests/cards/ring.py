"""A small ring of cards for tests, and what can be read off a finished file."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path
from typing import NamedTuple, TypeVar
from unittest.mock import patch

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from linkindex.cards import MadeCards, Order, make_cards, proof
from linkindex.cards.hardships import Endured
from linkindex.catalogue import Catalogue, examine
from linkindex.catalogue.logo import read_logo
from linkindex.catalogue.model import Piece
from linkindex.icons import icon_names

PieceT = TypeVar("PieceT", bound=Piece)

RING = Path(__file__).parent / "data" / "ring.yaml"
TODAY = datetime.date(2026, 11, 25)
MM = 25.4 / 72
"""Millimetres in a point."""
DPI = 600
"""How fine a page is drawn on which places are measured."""
PX = DPI / 25.4
"""Pixels in a millimetre of such a page."""


def ring(*changes: tuple[str, str]) -> Catalogue:
    """The ring of ``data/ring.yaml`` with some of its text replaced."""
    source = RING.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in source, old
        source = source.replace(old, new)
    return catalogue_of(source)


def ring_of(count: int) -> Catalogue:
    """A ring of so many categories: the seven, repeated with other ids and codes."""
    seven = ring()
    categories = tuple(
        changed(
            seven.categories[number % 7],
            id=f"{seven.categories[number % 7].id}-{number}",
            written_code=f"card{number}",
        )
        for number in range(count)
    )
    return dataclasses.replace(seven, categories=categories)


def with_card(catalogue: Catalogue, number: int, **texts: object) -> Catalogue:
    """The ring with the card of one category (from 1) changed, whatever the limits of the file."""
    categories = list(catalogue.categories)
    category = categories[number - 1]
    categories[number - 1] = changed(category, card=changed(category.card, **texts))
    return dataclasses.replace(catalogue, categories=tuple(categories))


def changed(piece: PieceT, **values: object) -> PieceT:
    """A piece of the catalogue with other values, unchecked."""
    return piece.model_copy(update=values)


def catalogue_of(source: str) -> Catalogue:
    """The catalogue that a text describes; the test fails when the text has an error."""
    examined = examine(source.encode(), file="ring.yaml", icons=icon_names(), today=TODAY)
    assert examined.catalogue is not None, "\n".join(map(str, examined.errors))
    return examined.catalogue


WIDE_LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 10">'
    b'<rect width="60" height="10" fill="#00aa55"/></svg>'
)
"""As wide as a logo may be."""


def council() -> Catalogue:
    """The second deck: what shows only with an address that is no example.

    Its codes are of version 4 and its address runs below the text, every number is confirmed, it
    has a logo as wide as logos may be, and titles that are long or begin with letters that hang
    over.
    """
    confirmed = ("0800 1111", "0808 808 8000")
    catalogue = ring(
        ("https://example.org/", "https://family.westshire.gov.uk/"),
        *(
            (f"phone: {n}\n", f"phone: {{number: {n}, number_checked: 2026-11-20}}\n")
            for n in confirmed
        ),
        ("text: 85258\n", "text: {number: 85258, number_checked: 2026-11-20}\n"),
        (
            "  - name: Emergency services by text\n",
            "  - name: Emergency services, if you cannot speak\n"
            '    when: "From a mobile: call, listen, and press 55 when asked"\n'
            "    nations: [uk]\n    phone: 999\n"
            "  - name: Emergency services by text\n",
        ),
        ("    title: GCP2\n", "    title: Restorative justice\n"),
        ("    title: DDP\n", "    title: SEND and neurodiversity\n"),
        ("    title: ACEs\n", "    title: Finding a job\n"),
    )
    return dataclasses.replace(catalogue, logo=read_logo("logo.svg", lambda _: WIDE_LOGO))


PLAIN = Order(formats=("sheet", "single"), showcase=False)
"""The two files that most tests look at."""


def make_files(catalogue: Catalogue, order: Order = PLAIN) -> MadeCards:
    """The files without the hardships, which take the most time and have tests of their own."""
    with patch.object(proof, "endure", return_value=Endured({"tilt": 1}, {"tilt": 1})):
        return make_cards(catalogue, order)


class Letter(NamedTuple):
    """A letter on a page of single cards; millimetres from the corner of the trimmed card."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    points: float


def page_text(pdf: bytes, page: int) -> str:
    """What a page says, in reading order, with single spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(document[page].get_textpage().get_text_range().split())


def page_lines(pdf: bytes, page: int) -> list[str]:
    """The lines of a page as they are broken."""
    with pypdfium2.PdfDocument(pdf) as document:
        text: str = document[page].get_textpage().get_text_range()
    # pdfium marks a hyphen at the end of a line with a character of its own.
    return text.replace("\ufffe", "-\n").splitlines()


def all_text(pdf: bytes) -> str:
    """What a whole file says."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = range(len(document))
    return " ".join(page_text(pdf, page) for page in pages)


def letters(pdf: bytes, page: int) -> list[Letter]:
    """Every letter of a page of single cards that is not a space."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        trim_left, _, _, trim_top = document[page].get_trimbox()
        text = document[page].get_textpage()
        for index in range(text.count_chars()):
            character = text.get_text_range(index, 1)
            if not character.strip():
                continue
            left, bottom, right, top = text.get_charbox(index)
            found.append(
                Letter(
                    character,
                    (left - trim_left) * MM,
                    (trim_top - top) * MM,
                    (right - trim_left) * MM,
                    (trim_top - bottom) * MM,
                    pdfium.FPDFText_GetFontSize(text, index),
                )
            )
    return found


def cross_near(picture: Image.Image, x: float, y: float) -> tuple[float, float]:
    """The middle of the cross of a hole near a place, in millimetres."""
    left, top = round((x - 1.5) * PX), round((y - 1.5) * PX)
    around = picture.crop((left, top, round((x + 1.5) * PX), round((y + 1.5) * PX)))
    box = around.point(lambda shade: 255 if shade < 190 else 0).getbbox()
    assert box
    return (left + (box[0] + box[2]) / 2) / PX, (top + (box[1] + box[3]) / 2) / PX
