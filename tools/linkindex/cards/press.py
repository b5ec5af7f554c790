"""The press: from one deck to files, each of which is read back before it counts as made."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from linkindex.cards.contract import Drawings, Job, LabelSizes, PrintRun, job_of
from linkindex.cards.deck import Deck
from linkindex.cards.errors import CardError, TextFault
from linkindex.cards.fitting import Fitted, fit_deck, fit_labels
from linkindex.cards.formats import Product
from linkindex.cards.imposition import imposed
from linkindex.cards.inks import in_four_inks
from linkindex.cards.layout import CardLayout, Flip, LabelLayout, one_sided
from linkindex.cards.letters import refuse_missing
from linkindex.cards.manifest import MadeFile
from linkindex.cards.order import Order, Sheet
from linkindex.cards.png_and_svg import png_files, svg_files
from linkindex.cards.printers import Printer
from linkindex.cards.proof import (
    Expected,
    Proof,
    ProofError,
    Proven,
    Trials,
    imposed_codes,
    read_inks,
    single_codes,
)
from linkindex.cards.showcase import MOST_SHOWN, draw_contact_sheet, draw_fan
from linkindex.cards.typesetting import refuse_logo, typeset
from linkindex.cards.viewer import Duplex, with_print_settings

SHOWCASE = {"cards.png": draw_fan, "contact.png": draw_contact_sheet}
"""Pictures that show what the cards look like, and how each is drawn."""


NO_ADDRESSES = "the addresses, which have no room at 7 points, the smallest that can be read"


@dataclass(frozen=True)
class NotMade:
    """A file that could not be made, and why."""

    file: str
    error: CardError


class Press:
    """Makes one file after the other from the same deck, codes and sizes of type.

    Sizes are those at which the whole ring fits, so that a card that is printed again goes with the
    others.

    :ivar deck: the cards that were asked for.
    :ivar printed: the sheets that were made, in that order.
    :ivar sizes: what each design of card came to, and the first file that has it.
    """

    def __init__(
        self,
        order: Order,
        whole: Deck,
        deck: Deck,
        ring: CardLayout,
        run: PrintRun,
        tell: Callable[[str], None],
        trials: Trials,
    ) -> None:
        self.deck = deck
        self.run = run
        self.not_made: list[NotMade] = []
        self.printed: list[Sheet] = []
        self.sizes: dict[object, tuple[str, Fitted]] = {}
        self._whole = whole
        self._order = order
        self._ring = ring
        self._tell = tell
        self._proof = Proof(run.plan, trials)
        self._by_file: dict[str, list[MadeFile]] = {}
        self._misfits: dict[object, CardError] = {}

    @property
    def made(self) -> list[MadeFile]:
        """Every file that was made, and the pictures of a set one by one."""
        return [made for files in self._by_file.values() for made in files]

    def make(self, sheet: Sheet) -> None:
        """Make one file, or one set of pictures, and read its codes back; or note why not."""
        try:
            self._by_file[sheet.file] = list(_MAKERS[sheet.format.product](self, sheet))
        except CardError as error:
            self.not_made.append(NotMade(sheet.file, error))
        else:
            self.printed.append(sheet)

    def stop_if_nothing_is_made(self) -> None:
        """Refuse the whole order when no file is left of it.

        :raises CardError: with every text to mend, or what went wrong first.
        """
        if self.made:
            return
        faults = [fault for left in self.not_made for fault in left.error.faults]
        if all(isinstance(fault, TextFault) for fault in faults):
            raise CardError(*faults)
        raise self.not_made[0].error

    def show(self) -> None:
        """The pictures that show what the cards look like, where they can be drawn."""
        self._tell("Drawing pictures of the cards")
        try:
            refuse_missing(self.deck, self._ring)
            deck, job = self._fitted(next(iter(SHOWCASE)), self._ring)
        except CardError as error:
            self.not_made.extend(NotMade(name, error) for name in SHOWCASE)
            return
        # Where the list of the ring goes on, a card has no code to show.
        shown = [place for place, card in enumerate(deck.cards) if card.has_code][:MOST_SHOWN]
        deck = dataclasses.replace(deck, cards=tuple(deck.cards[place] for place in shown))
        single = typeset("single.typ", job.of(cards=tuple(job.cards[place] for place in shown)))
        for name, draw in SHOWCASE.items():
            self._by_file[name] = [MadeFile(name, draw(single, deck, self._ring))]

    def prove(self) -> tuple[Proven, ...]:
        """Try every code, and take back the files whose codes fall short.

        :raises ProofError: when no file is left.
        """

        def tell(tried: int, codes: int) -> None:
            self._tell(f"Trying every code under hardships: {tried} of {codes}")

        tell(0, self._proof.codes)
        try:
            return self._proof.finish(tell)
        except ProofError as error:
            for file, faults in error.shortcomings.items():
                del self._by_file[file]
                self.not_made.append(NotMade(file, CardError(*faults)))
            if self._by_file.keys() <= SHOWCASE.keys():
                raise
            return error.proven

    def _cards_or_labels(self, sheet: Sheet) -> Iterator[MadeFile]:
        refuse_missing(self.deck.printed_on(one_side=one_sided(sheet.layout)), sheet.layout)
        if isinstance(sheet.layout, CardLayout):
            yield self._cards(sheet, sheet.layout)
        else:
            yield self._labels(sheet, sheet.layout)

    def _cards(self, sheet: Sheet, layout: CardLayout) -> MadeFile:
        deck, job = self._fitted(sheet.file, layout, punch=sheet.format.punch)
        if sheet.format.single:
            codes = single_codes(deck, layout, one_sided=layout.one_sided)
            return self._file(sheet, "single.typ", job, codes)
        sides = imposed(
            layout,
            len(deck.cards),
            copies=1 if layout.one_sided else self._order.copies,
            start=1 if layout.one_sided else self._order.start,
            printer=self._order.printer,
        )
        codes = imposed_codes(deck, layout, sides)
        made = self._file(sheet, "sheet.typ", job.of(sides=sides), codes)
        return dataclasses.replace(made, cards=len(deck.cards) * self._order.copies)

    def _labels(self, sheet: Sheet, layout: LabelLayout) -> MadeFile:
        deck = self.deck.printed_on(one_side=True)
        job = job_of(deck, layout, self.run)
        self._tell(f"Measuring the titles of {sheet.file}")
        sizes = self._fit_labels(sheet, layout)
        left_out = NO_ADDRESSES if sizes.address is None else None
        if sheet.format.single:
            codes = single_codes(deck, layout, one_sided=True)
            made = self._file(sheet, "labels.typ", job.of(sizes=sizes), codes)
            return dataclasses.replace(made, left_out=left_out)
        alone = layout.head is not None
        sides = imposed(
            layout,
            len(deck.cards),
            copies=1 if alone else self._order.copies,
            start=1 if alone else self._order.start,
            evenly=alone,
        )
        codes = imposed_codes(deck, layout, sides)
        made = self._file(sheet, "labels.typ", job.of(sizes=sizes, sides=sides), codes)
        return dataclasses.replace(made, left_out=left_out)

    def _fit_labels(self, sheet: Sheet, layout: LabelLayout) -> LabelSizes:
        deck, whole = (each.printed_on(one_side=True) for each in (self.deck, self._whole))
        try:
            return fit_labels(whole, job_of(whole, layout, self.run), sheet.file)
        except CardError:
            if deck.cards == whole.cards:
                raise
            return fit_labels(deck, job_of(deck, layout, self.run), sheet.file)

    def _pngs(self, sheet: Sheet) -> Iterator[MadeFile]:
        deck, layout, job = self._drawn(sheet)
        for name, content, card in png_files(deck, layout, self.run, job):
            if card:
                self._proof.read_png(name, content, card)
            yield MadeFile(name, content, sheet)

    def _svgs(self, sheet: Sheet) -> Iterator[MadeFile]:
        deck, _, job = self._drawn(sheet)
        drawn = list(svg_files(deck, self.run, job))
        with_codes = [(name, content, card) for name, content, card in drawn if card]
        drawings = tuple(content.decode() for _, content, _ in with_codes)
        seen = typeset("drawings.typ", Drawings(drawings=drawings, width=85))
        self._proof.read_svgs(seen, [(name, card) for name, _, card in with_codes])
        yield from (MadeFile(name, content, sheet) for name, content, _ in drawn)

    def _drawn(self, sheet: Sheet) -> tuple[Deck, CardLayout, Job]:
        refuse_missing(self.deck, self._ring)
        self._tell(f"Drawing the cards as {sheet.format.name.upper()}")
        deck, job = self._fitted(sheet.file, self._ring, punch=False)
        return deck, self._ring, job

    def _calibration(self, sheet: Sheet) -> Iterator[MadeFile]:
        self._tell("Typesetting the calibration page")
        empty = dataclasses.replace(self.deck, cards=())
        job = job_of(empty, sheet.layout, self.run).of(
            title="How far does this printer move the backs?",
            printer=self._order.printer or Printer(),
        )
        content = typeset("calibration.typ", job, sheet.format.standards)
        content = with_print_settings(content, Duplex.LONG_EDGE)
        yield MadeFile(sheet.file, content, sheet, pages=2)

    def _file(self, sheet: Sheet, template: str, job: Job, codes: list[list[Expected]]) -> MadeFile:
        self._tell(f"Typesetting {sheet.file}")
        content = typeset(template, job, sheet.format.standards)
        content = with_print_settings(content, _duplex(sheet))
        self._tell(f"Reading back {sheet.file}")
        if sheet.format.ink == "cmyk":
            content = in_four_inks(content)
            read_inks(sheet.file, content, self.deck)
        self._proof.read_back(sheet.file, content, codes, sheet.layout)
        return MadeFile(sheet.file, content, sheet, pages=len(codes))

    def _fitted(self, file: str, layout: CardLayout, *, punch: bool = True) -> tuple[Deck, Job]:
        """The deck as it is spread over cards of this design, and the job with its sizes."""
        design = (layout.design, layout.one_sided)
        if design in self._misfits:
            raise self._misfits[design]
        if design not in self.sizes:
            self._tell("Measuring the text of the cards")
            named = file if layout.design != self._ring.design else ""
            refuse_logo(self.deck)
            try:
                fitted = self._fit(layout, named)
            except CardError as error:
                self._misfits[design] = error
                raise
            self.sizes[design] = (file, fitted)
        _, fitted = self.sizes[design]
        wanted = {card.key for card in self.deck.cards}
        cards = tuple(card for card in fitted.deck.cards if card.key in wanted)
        deck = dataclasses.replace(fitted.deck, cards=cards)
        job = job_of(deck, layout, self.run, punch=punch)
        return deck, job.of(sizes=fitted.sizes).with_titles(fitted.titles)

    def _fit(self, layout: CardLayout, named: str) -> Fitted:
        decks = (self.deck, self._whole)
        deck, whole = (each.printed_on(one_side=layout.one_sided) for each in decks)
        try:
            return fit_deck(whole, job_of(whole, layout, self.run), named)
        except CardError:
            # A card that cannot be printed does not keep back others.
            if deck.cards == whole.cards:
                raise
            return fit_deck(deck, job_of(deck, layout, self.run), named)


def _duplex(sheet: Sheet) -> Duplex | None:
    """On which sides a sheet is printed; a shop, or a printer of plastic cards, knows its own."""
    layout = sheet.layout
    if sheet.format.single:
        return None
    if isinstance(layout, LabelLayout) or layout.one_sided or layout.flip in _ONE_SIDE:
        return Duplex.ONE_SIDE
    return Duplex.SHORT_EDGE if layout.flip is Flip.SHORT else Duplex.LONG_EDGE


_ONE_SIDE = (Flip.FOLD, Flip.NONE)

_Maker = Callable[[Press, Sheet], Iterator[MadeFile]]

_MAKERS: Mapping[Product, _Maker] = {
    Product.CARDS: Press._cards_or_labels,
    Product.LABELS: Press._cards_or_labels,
    Product.PNG: Press._pngs,
    Product.SVG: Press._svgs,
    Product.CALIBRATION: Press._calibration,
}
"""How each kind of product is made."""
