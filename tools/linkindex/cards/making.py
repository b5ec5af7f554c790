"""From a catalogue to finished files, phase by phase. Nothing is written to disk here."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from linkindex.cards.deck import Deck, Help, LeftOff, deck_addresses, make_deck, make_resource_deck
from linkindex.cards.edition import (
    FOLDER,
    Change,
    Edition,
    Printed,
    changes,
    edition_of,
    gone,
    record,
)
from linkindex.cards.errors import CardError
from linkindex.cards.fitting import Fitted, fit_deck, fit_labels
from linkindex.cards.formats import (
    OFFERED,
    Format,
    formats_named,
    refuse_unsuitable,
    suiting,
)
from linkindex.cards.imposition import imposed
from linkindex.cards.layout import CardLayout, Flip, LabelLayout, Layout, named_layout
from linkindex.cards.manifest import NAME as MANIFEST
from linkindex.cards.manifest import Made, manifest
from linkindex.cards.picture import MOST_SHOWN, draw_contact_sheet, draw_picture
from linkindex.cards.pictures import png_files, svg_files
from linkindex.cards.printers import Printer, refuse_other_paper
from linkindex.cards.proof import (
    GOOD_MODULE_MM,
    Expected,
    Proof,
    Proven,
    imposed_codes,
    limits,
    single_codes,
)
from linkindex.cards.selection import EVERYTHING, Selection, chosen
from linkindex.cards.themes import theme_named
from linkindex.cards.typesetting import Look, fitted, job_of, look_of, typeset
from linkindex.catalogue import Catalogue, ShownCatalogue
from linkindex.catalogue.problems import quoted
from linkindex.qr import QrPlan, TooLongError, plan


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
    former: Mapping[str, Printed] | None = None
    showcase: bool = True


@dataclass(frozen=True)
class MadeCards:
    """The finished files by name, and what to tell the person who made them.

    :ivar proven: the figures of every code, for a report.
    """

    files: Mapping[str, bytes]
    summary: tuple[str, ...]
    proven: tuple[Proven, ...] = ()


def make_cards(
    catalogue: ShownCatalogue,
    order: Order | None = None,
    *,
    progress: Callable[[str], None] | None = None,
) -> MadeCards:
    """Every file that was asked for, each code in it read back, compared and tried.

    The same catalogue and order give the same bytes.

    :param progress: told what is being done, in a few words.
    :raises CardError: when a text does not fit, an address is too long, a code does not read, or
        the order asks for what there is not.
    """
    order = order or Order()
    tell = progress or _silent
    sheets = _sheets(catalogue, order)
    whole = _whole_deck(catalogue, order)
    edition = edition_of(catalogue, whole)
    deck = chosen(catalogue, order.selection)
    changed: tuple[Change, ...] | None = None
    if order.former is not None:
        changed = changes(deck, order.former)
        deck = dataclasses.replace(deck, cards=tuple(change.card for change in changed))
    said = tuple(_about_changes(whole, changed, order, edition))
    if not deck.cards:
        return MadeCards(MappingProxyType({}), said)
    qr_plan = _plan(catalogue, resources=order.selection.resources)
    tell("Drawing the codes")
    look = look_of(deck, qr_plan, theme_named(order.theme), edition)
    press = _Press(order, deck, _card_layout(catalogue), look, tell)
    for sheet in sheets:
        press.make(sheet)
    if order.showcase:
        press.show(press.ring)
    tell("Trying every code under hardships")
    proven = press.proof.finish()
    made = {made.name: made.content for made in press.made}
    made[MANIFEST] = manifest(press.made, edition)
    made[f"{FOLDER}/{edition.hash}.json"] = record(whole, edition)
    summary = (*said, *_summary(press, edition, proven))
    return MadeCards(MappingProxyType(made), summary, proven)


def fit_cards(catalogue: Catalogue) -> Fitted:
    """The ring arranged so that every text fits its card, without making a file.

    Looks at every format that the site offers, since building it makes them all.

    :raises CardError: naming each card and text that does not fit.
    """
    deck = make_deck(catalogue)
    # Texts are measured without their codes, which take longer to draw than to leave out.
    outlines = {card.address: "" for card in deck.cards}
    edition = edition_of(catalogue, deck)
    look = Look(card_version(catalogue), outlines, theme_named("colour"), edition)
    ring = _card_layout(catalogue)
    fit = fit_deck(deck, job_of(deck, ring, look))
    known = {ring.design}
    for sheet in _sheets(catalogue, Order()):
        if isinstance(sheet.layout, CardLayout) and sheet.layout.design not in known:
            fit_deck(deck, job_of(deck, sheet.layout, look), sheet.file)
            known.add(sheet.layout.design)
    return fit


def card_version(catalogue: Catalogue) -> QrPlan:
    """The version, levels and module size of the deck's codes, from its addresses alone.

    :raises CardError: when the addresses are too long for a code that phones can read.
    """
    return _readable(_plan(catalogue), catalogue, _card_layout(catalogue).code.side)


@dataclass(frozen=True)
class _SheetJob:
    """One file to make: a format with one of its layouts."""

    format: Format
    layout: Layout
    file: str


class _Press:
    """Makes one file after the other from the same deck, codes and sizes of type."""

    def __init__(
        self,
        order: Order,
        deck: Deck,
        ring: CardLayout,
        look: Look,
        tell: Callable[[str], None],
    ) -> None:
        self.order = order
        self.deck = deck
        self.ring = ring
        self.look = look
        self.tell = tell
        self.proof = Proof(look.plan)
        self.made: list[Made] = []
        self.kinds: set[str] = set()
        self.fits: dict[object, tuple[str, Fitted]] = {}
        self.cards_on_sheets = 0

    @property
    def prints_numbers(self) -> bool:
        """Whether the urgent-help card is among the cards, and not on a label without its back."""
        with_backs = {"cards", "pictures"} & self.kinds
        return bool(with_backs) and any(isinstance(card.back, Help) for card in self.deck.cards)

    def make(self, sheet: _SheetJob) -> None:
        """Make one file, or one set of pictures, and read its codes back."""
        self.kinds.add(sheet.format.kind)
        if sheet.format.kind == "calibration":
            self._calibration(sheet)
        elif sheet.format.kind == "pictures":
            self._pictures(sheet)
        elif isinstance(sheet.layout, CardLayout):
            self._cards(sheet, sheet.layout)
        else:
            self._labels(sheet, sheet.layout)

    def show(self, layout: CardLayout) -> None:
        """The pictures that show what the cards look like."""
        self.tell("Drawing pictures of the cards")
        deck, job = self._fitted("cards.png", layout)
        # The fronts of several index cards are the same.
        shown = list({card.key: place for place, card in enumerate(deck.cards)}.values())
        shown = shown[:MOST_SHOWN]
        deck = dataclasses.replace(deck, cards=tuple(deck.cards[place] for place in shown))
        cards = [job["cards"][place] for place in shown]
        single = typeset("single.typ", {**job, "cards": cards}, deck, ())
        for name, draw in (("cards.png", draw_picture), ("contact.png", draw_contact_sheet)):
            content = draw(single, deck, layout)
            how = "A picture for a web page or a talk; its codes are not for scanning."
            self.made.append(Made(name, content, "picture", None, None, how))

    def _cards(self, sheet: _SheetJob, layout: CardLayout) -> None:
        deck, job = self._fitted(sheet.file, layout, ink=sheet.format.ink, punch=sheet.format.punch)
        if sheet.format.single:
            codes = single_codes(deck, layout, one_sided=layout.one_sided)
            self._file(sheet, deck, "single.typ", job, codes)
            return
        pages = imposed(
            layout,
            len(deck.cards),
            copies=1 if layout.one_sided else self.order.copies,
            start=1 if layout.one_sided else self.order.start,
            printer=self.order.printer,
        )
        if sheet.format.name == "sheet":
            self.cards_on_sheets = len(deck.cards) * self.order.copies
        job = {**job, "pages": [dataclasses.asdict(page) for page in pages]}
        self._file(sheet, deck, "sheet.typ", job, imposed_codes(deck, layout, pages))

    def _labels(self, sheet: _SheetJob, layout: LabelLayout) -> None:
        deck = self.deck
        alone = sheet.format.single or layout.head is not None
        pages = imposed(
            layout,
            len(deck.cards),
            copies=1 if alone else self.order.copies,
            start=1 if alone else self.order.start,
        )
        if sheet.format.single:
            pages = ()
        job = job_of(deck, layout, self.look, pages, ink=sheet.format.ink)
        self.tell(f"Measuring the titles of {sheet.file}")
        fit = fit_labels(deck, job, sheet.file)
        job = {**job, "title_size": fit.title, "address_size": fit.address}
        codes = imposed_codes(deck, layout, pages) or single_codes(deck, layout, one_sided=True)
        self._file(sheet, deck, "labels.typ", job, codes)

    def _file(
        self,
        sheet: _SheetJob,
        deck: Deck,
        template: str,
        job: Mapping[str, Any],
        codes: list[list[Expected]],
    ) -> None:
        self.tell(f"Typesetting {sheet.file}")
        content = typeset(template, job, deck, sheet.format.standards)
        self.tell(f"Reading back {sheet.file}")
        self.proof.read_back(sheet.file, content, codes, sheet.layout)
        how = sheet.format.how
        if isinstance(sheet.layout, CardLayout):
            how = _with_flip(how, sheet.layout)
        if sheet.layout.product:
            how = f"{how} Sheet: {sheet.layout.product}."
        paper = _trimmed(sheet.layout) if sheet.format.single else sheet.layout.page.paper
        self.made.append(Made(sheet.file, content, sheet.format.name, len(codes), paper, how))

    def _pictures(self, sheet: _SheetJob) -> None:
        assert isinstance(sheet.layout, CardLayout)  # noqa: S101 - for the type checker
        self.tell(f"Drawing the cards as {sheet.format.name.upper()}")
        deck, job = self._fitted(sheet.file, sheet.layout, punch=False)
        how = sheet.format.how
        if sheet.format.name == "png":
            for name, content, card in png_files(deck, sheet.layout, self.look, job):
                if card:
                    self.proof.read_picture(name, content, card)
                self.made.append(Made(name, content, "png", None, None, how))
            return
        drawn = list(svg_files(deck, self.look, job))
        with_codes = [(name, content, card) for name, content, card in drawn if card]
        seen = typeset(
            "drawings.typ",
            {"drawings": [content.decode() for _, content, _ in with_codes], "width": 85},
            deck,
            (),
        )
        self.proof.read_drawings(seen, [(name, card) for name, _, card in with_codes])
        self.made.extend(Made(name, content, "svg", None, None, how) for name, content, _ in drawn)

    def _calibration(self, sheet: _SheetJob) -> None:
        self.tell("Typesetting the calibration page")
        empty = dataclasses.replace(self.deck, cards=())
        job = job_of(empty, sheet.layout, self.look)
        title = {"title": "How far does this printer move the backs?"}
        printer = {"printer": (self.order.printer or Printer()).model_dump()}
        content = typeset("calibration.typ", {**job, **title, **printer}, empty, ("ua-1", "a-2a"))
        paper = sheet.layout.page.paper
        self.made.append(Made(sheet.file, content, "calibration", 2, paper, sheet.format.how))

    def _fitted(
        self, file: str, layout: CardLayout, *, ink: str = "grey", punch: bool = True
    ) -> tuple[Deck, dict[str, Any]]:
        """The deck as it is spread over cards of this design, and the job with its sizes."""
        design = (layout.design, layout.one_sided)
        if design not in self.fits:
            self.tell("Measuring the text of the cards")
            named = file if layout.design != self.ring.design else ""
            fit = fit_deck(self.deck, job_of(self.deck, layout, self.look), named)
            self.fits[design] = (file, fit)
        _, fit = self.fits[design]
        job = job_of(fit.deck, layout, self.look, ink=ink, punch=punch)
        return fit.deck, fitted(job, fit.fit)


def _sheets(catalogue: Catalogue, order: Order) -> tuple[_SheetJob, ...]:
    """The files to make.

    :raises CardError: when a format or layout is unknown, or the two do not go together.
    """
    own = named_layout(order.layout, "--layout") if order.layout else None
    if order.formats:
        formats = formats_named(order.formats)
    else:
        formats = (suiting(own),) if own else formats_named(OFFERED)
    sheets = [sheet for entry in formats for sheet in _sheets_of(catalogue, order, entry, own)]
    for sheet in sheets:
        refuse_other_paper(order.printer, sheet.layout, sheet.file)
    most = max(sheet.layout.per_page for sheet in sheets)
    if order.start > most:
        raise CardError(
            f"--start {order.start}: the sheet has only {most} places; use a number up to {most}"
        )
    return tuple(sheets)


def _sheets_of(
    catalogue: Catalogue, order: Order, entry: Format, own: Layout | None
) -> Iterator[_SheetJob]:
    if entry.kind in ("pictures", "calibration"):
        yield _SheetJob(entry, _card_layout(catalogue), f"{entry.name}.pdf")
        return
    if own and order.layout:
        refuse_unsuitable(entry, own, order.layout)
        yield _SheetJob(entry, _flipped(own, order.flip), f"{entry.name}.pdf")
        return
    if not entry.layouts:
        layout = _flipped(_card_layout(catalogue), order.flip)
        yield _SheetJob(entry, layout, f"{entry.name}.pdf")
        return
    for name in entry.layouts:
        layout = named_layout(name, "formats")
        usual = layout if entry.name == "fold" else _flipped(layout, order.flip)
        yield _SheetJob(entry, usual, _file_name(entry, name))


def _file_name(entry: Format, layout: str) -> str:
    if len(entry.layouts) == 1:
        return f"{entry.name}.pdf"
    return f"{layout}.pdf" if layout.startswith(entry.name) else f"{entry.name}-{layout}.pdf"


def _flipped(layout: Layout, flip: Flip | None) -> Layout:
    if flip is None or isinstance(layout, LabelLayout):
        return layout
    return layout.model_copy(update={"flip": flip})


def _with_flip(how: str, layout: CardLayout) -> str:
    if layout.flip is Flip.SHORT:
        return how.replace("flip on long edge", "flip on short edge")
    if layout.flip is Flip.NONE:
        return how.replace("on both sides, flip on long edge", "fronts and backs on their own")
    return how


def _trimmed(layout: Layout) -> str:
    piece = layout.card if isinstance(layout, CardLayout) else layout.label
    return f"{piece.width:g} x {piece.height:g} mm"


def _card_layout(catalogue: Catalogue) -> CardLayout:
    where = f"{catalogue.file}:{catalogue.settings.line_of('deck.layout')}"
    layout = named_layout(catalogue.settings.deck.layout, where)
    if not isinstance(layout, CardLayout) or layout.one_sided:
        raise CardError(
            f"{where}: the layout {quoted(catalogue.settings.deck.layout)} is not for a ring of "
            "cards; use one for cards, such as `a4-8up`"
        )
    return layout


def _whole_deck(catalogue: ShownCatalogue, order: Order) -> Deck:
    if order.selection.resources:
        return make_resource_deck(catalogue)
    return make_deck(catalogue)


def _plan(catalogue: Catalogue, *, resources: bool = False) -> QrPlan:
    layout = _card_layout(catalogue)
    try:
        return plan(deck_addresses(catalogue, resources=resources), layout.code.side)
    except TooLongError as error:
        where = f"{catalogue.file}:{catalogue.settings.line_of('site_url')}"
        raise CardError(
            f"{where}: {quoted(error)} is too long for a QR code; use a shorter `site_url`"
        ) from None


def _readable(found: QrPlan, catalogue: Catalogue, side: float) -> QrPlan:
    smallest = limits()["module"].at_least
    if found.printed(side).module_mm < smallest:
        raise CardError(
            f"{catalogue.file}:{catalogue.settings.line_of('site_url')}: the addresses are so long "
            f"that the squares of the codes would be {found.printed(side).module_mm:.2f} mm, under "
            f"{smallest:.2f} mm; use a shorter `site_url`"
        )
    return found


def _about_changes(
    whole: Deck, changed: tuple[Change, ...] | None, order: Order, edition: Edition
) -> Iterator[str]:
    if changed is None:
        return
    if not changed:
        yield f"No card says anything else in edition {edition}; nothing to print."
    for change in changed:
        number = f"{change.card.number} " if change.card.number else ""
        yield f"Changed: {number}{change.card.title} ({change.what})."
    missing = gone(whole, order.former or {})
    if missing:
        yield f"No longer in the ring: {', '.join(missing)}."


def _summary(press: _Press, edition: Edition, proven: tuple[Proven, ...]) -> Iterator[str]:
    deck, qr_plan = press.deck, press.look.plan
    yield f"{_counted(press)}, edition {edition}."
    modules = [code.module_mm for code in proven]
    sizes = f"{min(modules):.2f} to {max(modules):.2f}" if proven else f"{qr_plan.module_mm:.2f}"
    if len({round(module, 2) for module in modules}) == 1:
        sizes = f"{modules[0]:.2f}"
    yield (
        f"QR codes: version {qr_plan.version}, level {qr_plan.level} or better, squares of "
        f"{sizes} mm. Every one was read back."
    )
    if proven:
        worst = min(proven, key=lambda code: code.endured.rate)
        yield (
            f"Under hardships, every code was read in {worst.endured.rate:.0%} of the trials or "
            f"more (the least: {worst.card.title} in {worst.file})."
        )
    yield from _sizes(press)
    if proven and min(modules) < GOOD_MODULE_MM:
        small = sorted({code.file for code in proven if code.module_mm < GOOD_MODULE_MM})
        yield (
            f"Warning: squares under {GOOD_MODULE_MM:.2f} mm are hard to scan on a worn card "
            f"({', '.join(small)}); a shorter `site_url` makes them larger."
        )
    if deck.kept_back:
        yield f"{deck.kept_back} links of sensitive topics have no card of their own."
    if deck.withheld:
        kept = "1 link has" if deck.withheld == 1 else f"{deck.withheld} links have"
        yield f"{kept} no card while hidden: what is there now may be harmful."
    if deck.specimen:
        yield "Every card says SPECIMEN: `site_url` is a domain reserved for examples."
    if press.prints_numbers:
        yield from _left_off(deck)


def _left_off(deck: Deck) -> Iterator[str]:
    never = [left for left in deck.left_off if left.once_confirmed is None]
    ended = [left for left in deck.left_off if left.once_confirmed is not None]
    if never:
        yield f"Numbers left off, because nobody has confirmed them: {_named(never)}."
    if ended:
        yield f"Numbers left off, because they were confirmed too long ago: {_named(ended)}."
    if deck.left_off:
        yield "To confirm a number, ring it; then see `linkindex numbers`."


def _counted(press: _Press) -> str:
    """How many cards there are, and on how many sheets."""
    made = next((made for made in press.made if made.format == "sheet"), None)
    count = len(press.deck.cards)
    if made is None:
        return "1 card" if count == 1 else f"{count} cards"
    count = press.cards_on_sheets
    sheets = (made.pages or 0) // 2
    return (
        f"{count} {'card' if count == 1 else 'cards'} on {sheets} double-sided "
        f"{'sheet' if sheets == 1 else 'sheets'}"
    )


def _sizes(press: _Press) -> Iterator[str]:
    """The size of the texts, said again only for files in which it is another."""
    known: set[float] = set()
    for file, fit in press.fits.values():
        if fit.fit.text not in known:
            where = f"in {file}" if known else "on every card"
            yield f"Text: {fit.fit.text:g} points {where}."
            yield from fit.advice
        known.add(fit.fit.text)


def _named(numbers: list[LeftOff]) -> str:
    return ", ".join(
        f"{left.name} {left.number} ({left.where})"
        if left.once_confirmed is None
        else f"{left.name} {left.number} on {left.once_confirmed.isoformat()} ({left.where})"
        for left in numbers
    )


def _silent(_: str) -> None:
    return None
