"""What somebody wants printed, and the files that this comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from linkindex.cards.edition import Kept
from linkindex.cards.errors import CardError
from linkindex.cards.formats import (
    OFFERED,
    CardFormat,
    formats_named,
    refuse_unsuitable,
    suiting,
)
from linkindex.cards.layout import CardLayout, Flip, LabelLayout, Layout, named_layout
from linkindex.cards.printers import Printer, refuse_other_paper
from linkindex.cards.selection import EVERYTHING, Selection
from linkindex.catalogue import Catalogue
from linkindex.catalogue.problems import Fault, Location, quoted
from linkindex.speaking import SOURCE
from linkindex.wording import counted, listed


@dataclass(frozen=True)
class Order:
    """What is to be made.

    :ivar formats: names of formats; none means those that the site offers, or with a layout the
        one that suits it.
    :ivar layout: the name or file of a layout to use in place of the usual ones.
    :ivar copies: how many decks stand on the sheets.
    :ivar start: the first free place of a part-used sheet, from 1.
    :ivar flip: how the printer turns the sheet, if not as the layout says.
    :ivar former: what an earlier edition said, to print only what has changed since.
    :ivar showcase: whether the pictures for the website are drawn too.
    """

    formats: tuple[str, ...] = ()
    selection: Selection = EVERYTHING
    layout: str | None = None
    copies: int = 1
    start: int = 1
    flip: Flip | None = None
    printer: Printer | None = None
    theme: str = "colour"
    former: Mapping[str, Kept] | None = None
    showcase: bool = True


@dataclass(frozen=True)
class Sheet:
    """One file to make: a format with one of its layouts."""

    format: CardFormat
    layout: Layout
    file: str

    @property
    def has_places(self) -> bool:
        """Whether several cards or labels stand on one page, of which some may be used already."""
        if self.format.single or not self.format.product.takes_layouts:
            return False
        is_poster = isinstance(self.layout, LabelLayout) and self.layout.head is not None
        return self.layout.per_page > 1 and not is_poster


def sheets_of(catalogue: Catalogue, order: Order) -> tuple[Sheet, ...]:
    """The files to make.

    :raises CardError: when a format or layout is unknown, or the two do not go together.
    """
    own = named_layout(order.layout, Location("--layout")) if order.layout else None
    if order.formats:
        formats = formats_named(order.formats)
    else:
        formats = (suiting(own),) if own else formats_named(OFFERED)
    ring = ring_layout(catalogue)
    sheets = [sheet for each in formats for sheet in _sheets_of(each, order, ring, own)]
    for sheet in sheets:
        refuse_other_paper(order.printer, sheet.layout, sheet.file)
    if order.start > 1:
        _refuse_start(order.start, sheets)
    return tuple(sheets)


def _refuse_start(start: int, sheets: Sequence[Sheet]) -> None:
    """Refuse a first place where it is not clear of which sheet, or the sheet has it not.

    :raises CardError: saying which sheets there are, or how many places.
    """
    place = Location(f"--start {start}")
    with_places = [sheet for sheet in sheets if sheet.has_places]
    if not with_places:
        raise CardError(
            Fault(place, "nothing that is to be made has places to begin at", "leave it out")
        )
    if len(with_places) > 1:
        files = listed([sheet.file for sheet in with_places], SOURCE)
        what = f"it holds for one part-used sheet, and several are to be made ({files})"
        raise CardError(Fault(place, what, "name one with --format, and its --layout"))
    most = with_places[0].layout.per_page
    if start > most:
        what = f"the sheet has only {counted(most, 'place')}"
        raise CardError(Fault(place, what, f"use a number up to {most}"))


def ring_layout(catalogue: Catalogue) -> CardLayout:
    """The layout of the ring that the catalogue names.

    :raises CardError: when there is none, or it is not for a ring.
    """
    settings = catalogue.settings
    place = catalogue.at(settings.line_of("deck.layout"))
    layout = named_layout(settings.deck.layout, place)
    if not isinstance(layout, CardLayout) or layout.one_sided:
        what = f"the layout {quoted(settings.deck.layout)} is not for a ring of cards"
        raise CardError(Fault(place, what, "use one for cards, such as `a4-8up`"))
    return layout


def _sheets_of(
    card_format: CardFormat, order: Order, ring: CardLayout, own: Layout | None
) -> Iterator[Sheet]:
    file = f"{card_format.name}.pdf"
    if not card_format.product.takes_layouts:
        yield Sheet(card_format, ring, file)
    elif own and order.layout:
        refuse_unsuitable(card_format, own, order.layout)
        yield Sheet(card_format, _flipped(own, order.flip), file)
    elif not card_format.layouts:
        yield Sheet(card_format, _flipped(ring, order.flip), file)
    else:
        for name in card_format.layouts:
            layout = named_layout(name)
            folded = isinstance(layout, CardLayout) and layout.flip is Flip.FOLD
            usual = layout if folded else _flipped(layout, order.flip)
            yield Sheet(card_format, usual, _file_name(card_format, name))


def _file_name(card_format: CardFormat, layout: str) -> str:
    name = card_format.name
    if len(card_format.layouts) == 1:
        return f"{name}.pdf"
    return f"{layout}.pdf" if layout.startswith(name) else f"{name}-{layout}.pdf"


def _flipped(layout: Layout, flip: Flip | None) -> Layout:
    if flip is None or isinstance(layout, LabelLayout):
        return layout
    return layout.model_copy(update={"flip": flip})
