"""From a catalogue to finished files, phase by phase. Nothing is written to disk here."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from linkindex.cards.deck import Deck, Help, LeftOff, deck_addresses
from linkindex.cards.edition import Change, Edition, Kept, changes, edition_of, gone
from linkindex.cards.errors import CardError, Fault
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
from linkindex.cards.letters import refuse_missing
from linkindex.cards.manifest import NAME as MANIFEST
from linkindex.cards.manifest import Made, manifest
from linkindex.cards.pictures import png_files, svg_files
from linkindex.cards.printers import Printer, refuse_other_paper
from linkindex.cards.proof import (
    GOOD_MODULE_MM,
    Expected,
    Proof,
    ProofError,
    Proven,
    imposed_codes,
    limits,
    single_codes,
)
from linkindex.cards.selection import EVERYTHING, Selection, chosen, whole_deck
from linkindex.cards.showcase import MOST_SHOWN, draw_contact_sheet, draw_picture
from linkindex.cards.themes import theme_named
from linkindex.cards.typesetting import (
    Look,
    fitted,
    job_of,
    look_of,
    refuse_logo,
    typeset,
)
from linkindex.catalogue import Catalogue, ShownCatalogue
from linkindex.catalogue.problems import quoted
from linkindex.qr import QrPlan, TooLongError, plan

SHOWCASE = ("cards.png", "contact.png")
"""Pictures that show what the cards look like."""


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
class NotMade:
    """A file that could not be made, and why: one sentence a fault."""

    file: str
    error: CardError


@dataclass(frozen=True)
class MadeCards:
    """The finished files by name, and what to tell the person who made them.

    :ivar proven: the figures of every code, for a report.
    :ivar not_made: files that were asked for as well.
    :ivar printed: the whole deck and its edition, where cards of it were made.
    """

    files: Mapping[str, bytes]
    summary: tuple[str, ...]
    proven: tuple[Proven, ...] = ()
    not_made: tuple[NotMade, ...] = ()
    printed: tuple[Deck, Edition] | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """What to say of the files that were not made: which, and every reason once."""
        if not self.not_made:
            return ()
        names = ", ".join(left.file for left in self.not_made)
        reasons = [line for left in self.not_made for line in str(left.error).splitlines()]
        return (f"Not made: {names}.", *(f"  {line}" for line in dict.fromkeys(reasons)))


def make_cards(
    catalogue: ShownCatalogue,
    order: Order | None = None,
    *,
    progress: Callable[[str], None] | None = None,
) -> MadeCards:
    """Every file that was asked for, each code in it read back, compared and tried.

    What cannot be made of one format is left out, and said. The same catalogue and order give the
    same bytes.

    :param progress: told what is being done, in a few words.
    :raises CardError: when no file can be made, because of a text, an address or a code, or when
        the order asks for what there is not.
    """
    order = order or Order()
    tell = progress or _silent
    sheets = sheets_of(catalogue, order)
    whole = whole_deck(catalogue, order.selection)
    edition = edition_of(catalogue, whole)
    deck = chosen(catalogue, order.selection, whole)
    changed: tuple[Change, ...] | None = None
    if order.former is not None:
        changed = changes(deck, order.former)
        deck = dataclasses.replace(deck, cards=tuple(change.card for change in changed))
    said = tuple(_about_changes(whole, changed, order, edition))
    if not deck.cards:
        return MadeCards(MappingProxyType({}), said)
    qr_plan = _qr_plan(catalogue, resources=order.selection.resources)
    tell("Drawing the codes")
    look = look_of(deck, qr_plan, theme_named(order.theme), edition)
    press = _Press(order, deck, ring_layout(catalogue), look, tell)
    for sheet in sheets:
        press.make(sheet)
    press.stop_if_nothing_is_made()
    if order.showcase:
        press.show(press.ring)
    tell("Trying every code under hardships")
    proven = press.prove()
    made = {made.name: made.content for made in press.made}
    made[MANIFEST] = manifest(press.made, edition)
    summary = (*said, *_summary(press, edition, proven))
    printed = (whole, edition) if press.kinds - {"calibration"} else None
    return MadeCards(MappingProxyType(made), summary, proven, tuple(press.not_made), printed)


def card_version(catalogue: Catalogue) -> QrPlan:
    """The version, levels and module size of the deck's codes, from its addresses alone.

    :raises CardError: when the addresses are too long for a code that phones can read.
    """
    return refuse_fine(_qr_plan(catalogue), catalogue, ring_layout(catalogue).code.side)


@dataclass(frozen=True)
class SheetJob:
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
        self.by_file: dict[str, list[Made]] = {}
        self.not_made: list[NotMade] = []
        self.kinds: set[str] = set()
        self.fits: dict[object, tuple[str, Fitted]] = {}
        self.misfits: dict[object, CardError] = {}
        self.cards_on_sheets = 0

    @property
    def made(self) -> list[Made]:
        """Every file that was made, and the pictures of a set one by one."""
        return [made for files in self.by_file.values() for made in files]

    @property
    def prints_numbers(self) -> bool:
        """Whether the urgent-help card is among the cards, and not on a label without its back."""
        with_backs = {"cards", "pictures"} & self.kinds
        return bool(with_backs) and any(isinstance(card.back, Help) for card in self.deck.cards)

    def make(self, sheet: SheetJob) -> None:
        """Make one file, or one set of pictures, and read its codes back; or note why not."""
        try:
            self.by_file[sheet.file] = list(self._made_of(sheet))
        except CardError as error:
            self.not_made.append(NotMade(sheet.file, error))
        else:
            self.kinds.add(sheet.format.kind)

    def stop_if_nothing_is_made(self) -> None:
        """Refuse the whole order when no file is left of it.

        :raises CardError: with every reason.
        """
        if self.made:
            return
        errors = [left.error for left in self.not_made]
        if all(error.faults for error in errors):
            raise CardError(fault for error in errors for fault in error.faults)
        raise errors[0]

    def prove(self) -> tuple[Proven, ...]:
        """Try every code, and take back the files whose codes fall short.

        :raises ProofError: when no file is left.
        """
        try:
            return self.proof.finish()
        except ProofError as error:
            for file, sentences in error.shortcomings.items():
                del self.by_file[file]
                self.not_made.append(NotMade(file, CardError("\n".join(sentences))))
            if self.by_file.keys() <= set(SHOWCASE):
                raise
            return error.proven

    def _made_of(self, sheet: SheetJob) -> Iterator[Made]:
        if sheet.format.kind == "calibration":
            yield self._calibration(sheet)
            return
        refuse_missing(self.deck, sheet.layout)
        if sheet.format.kind == "pictures":
            yield from self._pictures(sheet)
        elif isinstance(sheet.layout, CardLayout):
            yield self._cards(sheet, sheet.layout)
        else:
            yield self._labels(sheet, sheet.layout)

    def show(self, layout: CardLayout) -> None:
        """The pictures that show what the cards look like, where they can be drawn."""
        self.tell("Drawing pictures of the cards")
        try:
            refuse_missing(self.deck, layout)
            deck, job = self._fitted(SHOWCASE[0], layout)
        except CardError as error:
            self.not_made.extend(NotMade(name, error) for name in SHOWCASE)
            return
        # The fronts of several index cards are the same.
        shown = list({card.key: place for place, card in enumerate(deck.cards)}.values())
        shown = shown[:MOST_SHOWN]
        deck = dataclasses.replace(deck, cards=tuple(deck.cards[place] for place in shown))
        cards = [job["cards"][place] for place in shown]
        single = typeset("single.typ", {**job, "cards": cards}, ())
        for name, draw in zip(SHOWCASE, (draw_picture, draw_contact_sheet), strict=True):
            content = draw(single, deck, layout)
            how = "A picture for a web page or a talk; its codes are not for scanning."
            self.by_file[name] = [Made(name, content, "picture", None, None, how)]

    def _cards(self, sheet: SheetJob, layout: CardLayout) -> Made:
        deck, job = self._fitted(sheet.file, layout, ink=sheet.format.ink, punch=sheet.format.punch)
        if sheet.format.single:
            codes = single_codes(deck, layout, one_sided=layout.one_sided)
            return self._file(sheet, "single.typ", job, codes)
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
        return self._file(sheet, "sheet.typ", job, imposed_codes(deck, layout, pages))

    def _labels(self, sheet: SheetJob, layout: LabelLayout) -> Made:
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
        return self._file(sheet, "labels.typ", job, codes)

    def _file(
        self,
        sheet: SheetJob,
        template: str,
        job: Mapping[str, Any],
        codes: list[list[Expected]],
    ) -> Made:
        self.tell(f"Typesetting {sheet.file}")
        content = typeset(template, job, sheet.format.standards)
        self.tell(f"Reading back {sheet.file}")
        self.proof.read_back(sheet.file, content, codes, sheet.layout)
        how = sheet.format.how
        if isinstance(sheet.layout, CardLayout):
            how = _with_flip(how, sheet.layout)
        if sheet.layout.product:
            how = f"{how} Sheet: {sheet.layout.product}."
        paper = _trimmed(sheet.layout) if sheet.format.single else sheet.layout.page.paper
        return Made(sheet.file, content, sheet.format.name, len(codes), paper, how)

    def _pictures(self, sheet: SheetJob) -> Iterator[Made]:
        assert isinstance(sheet.layout, CardLayout)  # noqa: S101 - for the type checker
        self.tell(f"Drawing the cards as {sheet.format.name.upper()}")
        deck, job = self._fitted(sheet.file, sheet.layout, punch=False)
        how = sheet.format.how
        if sheet.format.name == "png":
            for name, content, card in png_files(deck, sheet.layout, self.look, job):
                if card:
                    self.proof.read_picture(name, content, card)
                yield Made(name, content, "png", None, None, how)
            return
        drawn = list(svg_files(deck, self.look, job))
        with_codes = [(name, content, card) for name, content, card in drawn if card]
        seen = typeset(
            "drawings.typ",
            {"drawings": [content.decode() for _, content, _ in with_codes], "width": 85},
            (),
        )
        self.proof.read_drawings(seen, [(name, card) for name, _, card in with_codes])
        yield from (Made(name, content, "svg", None, None, how) for name, content, _ in drawn)

    def _calibration(self, sheet: SheetJob) -> Made:
        self.tell("Typesetting the calibration page")
        empty = dataclasses.replace(self.deck, cards=())
        job = job_of(empty, sheet.layout, self.look)
        title = {"title": "How far does this printer move the backs?"}
        printer = {"printer": (self.order.printer or Printer()).model_dump()}
        content = typeset("calibration.typ", {**job, **title, **printer}, ("ua-1", "a-2a"))
        paper = sheet.layout.page.paper
        return Made(sheet.file, content, "calibration", 2, paper, sheet.format.how)

    def _fitted(
        self, file: str, layout: CardLayout, *, ink: str = "grey", punch: bool = True
    ) -> tuple[Deck, dict[str, Any]]:
        """The deck as it is spread over cards of this design, and the job with its sizes."""
        design = (layout.design, layout.one_sided)
        if design in self.misfits:
            raise self.misfits[design]
        if design not in self.fits:
            self.tell("Measuring the text of the cards")
            named = file if layout.design != self.ring.design else ""
            refuse_logo(self.deck)
            try:
                fit = fit_deck(self.deck, job_of(self.deck, layout, self.look), named)
            except CardError as error:
                self.misfits[design] = error
                raise
            self.fits[design] = (file, fit)
        _, fit = self.fits[design]
        job = job_of(fit.deck, layout, self.look, ink=ink, punch=punch)
        return fit.deck, fitted(job, fit.fit)


def sheets_of(catalogue: Catalogue, order: Order) -> tuple[SheetJob, ...]:
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
) -> Iterator[SheetJob]:
    if entry.kind in ("pictures", "calibration"):
        yield SheetJob(entry, ring_layout(catalogue), f"{entry.name}.pdf")
        return
    if own and order.layout:
        refuse_unsuitable(entry, own, order.layout)
        yield SheetJob(entry, _flipped(own, order.flip), f"{entry.name}.pdf")
        return
    if not entry.layouts:
        layout = _flipped(ring_layout(catalogue), order.flip)
        yield SheetJob(entry, layout, f"{entry.name}.pdf")
        return
    for name in entry.layouts:
        layout = named_layout(name, "formats")
        usual = layout if entry.name == "fold" else _flipped(layout, order.flip)
        yield SheetJob(entry, usual, _file_name(entry, name))


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


def ring_layout(catalogue: Catalogue) -> CardLayout:
    """The layout of the ring that the catalogue names.

    :raises CardError: when there is none, or it is not for a ring.
    """
    where = f"{catalogue.file}:{catalogue.settings.line_of('deck.layout')}"
    layout = named_layout(catalogue.settings.deck.layout, where)
    if not isinstance(layout, CardLayout) or layout.one_sided:
        raise CardError(
            f"{where}: the layout {quoted(catalogue.settings.deck.layout)} is not for a ring of "
            "cards; use one for cards, such as `a4-8up`"
        )
    return layout


def _qr_plan(catalogue: Catalogue, *, resources: bool = False) -> QrPlan:
    layout = ring_layout(catalogue)
    try:
        return plan(deck_addresses(catalogue, resources=resources), layout.code.side)
    except TooLongError as error:
        what = f"{quoted(error)} is too long for a QR code"
        raise CardError([_about_site_url(catalogue, what)]) from None


def refuse_fine(found: QrPlan, catalogue: Catalogue, side: float, file: str = "") -> QrPlan:
    """The plan, unless its squares are too small to scan in a code of this size.

    :param side: that of the code with its quiet zone, in millimetres.
    :param file: what the code is in where it is not on the ring, for the message.
    :raises CardError: naming the address of the index.
    """
    smallest, printed = limits()["module"].at_least, found.printed(side).module_mm
    if printed < smallest - 0.001:
        codes = f"codes of {file}" if file else "codes"
        what = (
            f"the addresses are so long that the squares of the {codes} "
            f"would be {printed:.2f} mm, under {smallest:.2f} mm"
        )
        raise CardError([_about_site_url(catalogue, what)])
    return found


def _about_site_url(catalogue: Catalogue, what: str) -> Fault:
    where = f"{catalogue.file}:{catalogue.settings.line_of('site_url')}"
    return Fault(where, "the addresses", what, "use a shorter `site_url`")


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
