"""Every format that the cards come in: one deck goes in, files come out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from linkindex.cards.errors import CardError
from linkindex.cards.layout import Flip, LabelLayout, Layout
from linkindex.catalogue.problems import Fault, quoted, suggestion
from linkindex.speaking import N_

Standard = Literal["ua-1", "a-2a"]
Ink = Literal["grey", "cmyk"]

ARCHIVE: tuple[Standard, ...] = ("ua-1", "a-2a")
PRESS: tuple[Standard, ...] = ("ua-1",)
"""A file in the four inks of a press cannot be PDF/A without a profile of that press."""


class Product(StrEnum):
    """What comes out: cards and labels have layouts, the rest has a form of its own."""

    CARDS = "cards"
    LABELS = "labels"
    PNG = "png"
    SVG = "svg"
    CALIBRATION = "calibration"

    @property
    def takes_layouts(self) -> bool:
        """Whether it is printed with a layout that can be chosen."""
        return self in (Product.CARDS, Product.LABELS)

    @property
    def holds_cards(self) -> bool:
        """Whether anything of the deck is on it."""
        return self is not Product.CALIBRATION

    @property
    def has_backs(self) -> bool:
        """Whether the backs of the cards are on it, with the numbers of urgent help."""
        return self.holds_cards and self is not Product.LABELS


@dataclass(frozen=True)
class CardFormat:
    """One way to print or use the cards.

    :ivar purpose: what it is for, in a few words.
    :ivar layouts: the layouts that are made; none means that which the catalogue names.
    :ivar single: whether each face is a page of its own; else they stand on sheets.
    :ivar ink: what black and colours are made of.
    :ivar punch: whether the place of the hole is marked.
    :ivar how: what to tell the printer, in plain words.
    """

    name: str
    purpose: str
    product: Product
    how: str
    layouts: tuple[str, ...] = ()
    single: bool = False
    standards: tuple[Standard, ...] = ARCHIVE
    ink: Ink = "grey"
    punch: bool = True


FORMATS = (
    CardFormat(
        "sheet",
        N_("for an office printer: A4, both sides"),
        Product.CARDS,
        N_("Print at 100 %, on both sides, flip on long edge, cut on the marks, punch 5 mm."),
    ),
    CardFormat(
        "fold",
        N_("for a printer that prints one side: front and back side by side"),
        Product.CARDS,
        N_(
            "Print at 100 %, on one side. Fold on the dashed line, glue, cut on the marks, "
            "punch 5 mm."
        ),
        ("a4-fold",),
    ),
    CardFormat(
        "single",
        N_("for a print shop: one face a page, 3 mm bleed, four inks"),
        Product.CARDS,
        N_(
            "Trim to the TrimBox, which leaves 3 mm of bleed. Fronts and backs come by turns. "
            "Every colour is mixed of the four inks, without a profile, and black is black ink "
            "alone; ask the shop for a proof of the colours. Drill 5 mm at the mark."
        ),
        single=True,
        standards=PRESS,
        ink="cmyk",
    ),
    CardFormat(
        "cr80",
        N_("for a plastic card printer: 85.60 x 53.98 mm"),
        Product.CARDS,
        N_(
            "Print edge to edge, on both sides; fronts and backs come by turns. "
            "Punch 5 mm, 8 mm from the left and the upper edge of the front."
        ),
        ("cr80",),
        single=True,
        punch=False,
    ),
    CardFormat(
        "clear-print",
        N_("for easier reading: A6, 14 points, four on A4"),
        Product.CARDS,
        N_(
            "Print at 100 %, on both sides, flip on long edge, cut on the lines into quarters, "
            "punch 5 mm."
        ),
        ("a4-clear-print",),
    ),
    CardFormat(
        "large-print",
        N_("for people with low vision: A5, 18 points, two on A4"),
        Product.CARDS,
        N_(
            "Print at 100 %, on both sides, flip on long edge, cut on the line in half, punch 5 mm."
        ),
        ("a4-large-print",),
    ),
    CardFormat(
        "fob",
        N_("for a plastic card shop: key fobs of 54 x 29 mm"),
        Product.LABELS,
        N_(
            "Trim to the TrimBox, which leaves 3 mm of bleed. One side, in the four inks; drill "
            "4 mm at the mark."
        ),
        ("fob",),
        single=True,
        standards=PRESS,
        ink="cmyk",
    ),
    CardFormat(
        "sticker",
        N_("for sheets of labels from Avery and others"),
        Product.LABELS,
        N_("Print at 100 %, on one side, on the sheet of labels that the file names."),
        ("avery-l7160", "avery-l7163", "avery-l7165", "endisch-50x50"),
    ),
    CardFormat(
        "poster",
        N_("for a wall: every category at a glance, and one page each"),
        Product.LABELS,
        N_("Print at 100 %, on one side."),
        ("poster-a4", "poster-a3", "poster-topic-a4", "poster-topic-a3"),
    ),
    CardFormat(
        "png",
        N_("for letters and slides: each card and each code as a picture"),
        Product.PNG,
        N_("Insert the picture; a code is 30 mm wide and must not be made smaller than 20 mm."),
    ),
    CardFormat(
        "svg",
        N_("for designers: each card and each code as a drawing"),
        Product.SVG,
        N_("Scale as you like, but keep the white edge of a code and 20 mm of width."),
    ),
    CardFormat(
        "calibration",
        N_("to measure by how much a printer moves the backs"),
        Product.CALIBRATION,
        N_("Print at 100 %, on both sides, and read the two numbers as the page says."),
    ),
)

BY_NAME = {each.name: each for each in FORMATS}

MAIN = BY_NAME["sheet"]
"""The sheet of the deck itself: without it, the cards of an index cannot be made."""

ALL = tuple(BY_NAME)

EVERY = "all"
"""Stands for every format."""

OFFERED = ("sheet", "single", "fold", "clear-print", "large-print")
"""What `make` and the site offer: the rest is made by ``linkindex cards --format``."""


def formats_named(names: tuple[str, ...]) -> tuple[CardFormat, ...]:
    """The formats of these names, each once; ``all`` stands for every one.

    :raises CardError: when there is no such format.
    """
    wanted = ALL if EVERY in names else tuple(dict.fromkeys(names))
    for name in wanted:
        if name not in BY_NAME:
            raise CardError(
                Fault(
                    None,
                    f"there is no format {quoted(name)}",
                    suggestion(name, (*ALL, EVERY), f"use one of: {', '.join((*ALL, EVERY))}"),
                )
            )
    return tuple(BY_NAME[name] for name in wanted)


def suiting(layout: Layout) -> CardFormat:
    """The format in which a layout is printed when none is named."""
    if isinstance(layout, LabelLayout):
        return BY_NAME["poster" if layout.head else "sticker"]
    if layout.one_sided:
        return BY_NAME["poster"]
    return BY_NAME["fold" if layout.flip is Flip.FOLD else "sheet"]


def refuse_unsuitable(card_format: CardFormat, layout: Layout, name: str) -> None:
    """Refuse a layout that a format cannot be printed with.

    :raises CardError: naming both.
    """
    suits = layout.kind == card_format.product or suiting(layout) is card_format
    if not suits:
        raise CardError(
            Fault(
                None,
                f"the layout {quoted(name)} is for {layout.kind}, and the format "
                f"{quoted(card_format.name)} needs one for {card_format.product}",
                f"write --format {suiting(layout).name}, or name another layout",
            )
        )
