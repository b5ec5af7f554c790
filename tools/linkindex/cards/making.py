"""From a catalogue to finished files, phase by phase. Nothing is written to disk here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from linkindex.cards import proof
from linkindex.cards.deck import Deck, LeftOff, deck_addresses, make_deck
from linkindex.cards.errors import CardError
from linkindex.cards.fitting import Fitted, fit_deck
from linkindex.cards.layout import Layout, named_layout
from linkindex.cards.picture import draw_picture
from linkindex.cards.typesetting import Fit, fitted, job_of, typeset
from linkindex.catalogue import Catalogue
from linkindex.catalogue.problems import quoted
from linkindex.qr import QrPlan, TooLongError, plan

MIN_MODULE_MM = 0.40
"""GS1 asks for modules of at least 0.396 mm in retail."""

GOOD_MODULE_MM = 0.50
"""Below this, a worn card at arm's length begins to fail."""


@dataclass(frozen=True)
class MadeCards:
    """The finished files by name, and what to tell the person who made them."""

    files: Mapping[str, bytes]
    summary: tuple[str, ...]


def make_cards(catalogue: Catalogue, *, progress: Callable[[str], None] | None = None) -> MadeCards:
    """Every file of the ring, each code in it read back and compared.

    The files are ``sheet.pdf`` (PDF/UA-1 and PDF/A-2a, to print at home or in the office),
    ``single.pdf`` (PDF/UA-1 with bleed, for a print shop) and ``cards.png`` (a picture of some
    of them). The same catalogue gives the same bytes.

    :param progress: told what is being done, in a few words.
    :raises CardError: when a text does not fit, an address is too long, or a code does not read.
    """
    tell = progress or _silent
    layout = _layout(catalogue)
    qr_plan = card_version(catalogue)
    tell("Measuring the text of the cards")
    deck, fit, advice = fit_cards(catalogue)
    job = fitted(job_of(deck, layout, qr_plan), fit)
    tell(f"Typesetting {len(deck.cards)} cards")
    sheet = typeset("sheet.typ", job, deck, ("ua-1", "a-2a"))
    single = typeset("single.typ", job, deck, ("ua-1",))
    tell("Reading every code back")
    proof.prove("sheet.pdf", sheet, proof.sheet_codes(deck, layout))
    proof.prove("single.pdf", single, proof.single_codes(deck, layout))
    tell("Drawing a picture of the cards")
    picture = draw_picture(single, deck, layout)
    files = {"sheet.pdf": sheet, "single.pdf": single, "cards.png": picture}
    return MadeCards(MappingProxyType(files), tuple(_summary(deck, layout, qr_plan, fit, advice)))


def fit_cards(catalogue: Catalogue) -> Fitted:
    """The deck arranged so that every text fits its card, without making a file.

    :raises CardError: naming each card and text that does not fit.
    """
    whole = make_deck(catalogue)
    return fit_deck(whole, job_of(whole, _layout(catalogue), card_version(catalogue)))


def card_version(catalogue: Catalogue) -> QrPlan:
    """The version, levels and module size of the deck's codes, from its addresses alone.

    :raises CardError: when the addresses are too long for a code that phones can read.
    """
    layout = _layout(catalogue)
    where = f"{catalogue.file}:{catalogue.settings.line}"
    try:
        found = plan(deck_addresses(catalogue), layout.code.side)
    except TooLongError as error:
        raise CardError(
            f"{where}: {quoted(error)} is too long for a QR code; use a shorter `site_url`"
        ) from None
    if found.module_mm < MIN_MODULE_MM:
        raise CardError(
            f"{where}: the addresses are so long that the squares of the codes would be "
            f"{found.module_mm:.2f} mm, under {MIN_MODULE_MM:.2f} mm; use a shorter `site_url`"
        )
    return found


def _layout(catalogue: Catalogue) -> Layout:
    deck = catalogue.settings.deck
    return named_layout(deck.layout, f"{catalogue.file}:{catalogue.settings.line}")


def _summary(
    deck: Deck, layout: Layout, qr_plan: QrPlan, fit: Fit, advice: tuple[str, ...]
) -> list[str]:
    sheets = -(-len(deck.cards) // layout.per_page)
    lines = [
        f"{len(deck.cards)} cards on {sheets} double-sided {'sheet' if sheets == 1 else 'sheets'}.",
        f"QR codes: version {qr_plan.version}, level {qr_plan.level} or better, "
        f"squares of {qr_plan.module_mm:.2f} mm. Every one was read back.",
        f"Text: {fit.text:g} points on every card.",
        *advice,
    ]
    if qr_plan.module_mm < GOOD_MODULE_MM:
        lines.append(
            f"Warning: squares under {GOOD_MODULE_MM:.2f} mm are hard to scan on a worn card; "
            "a shorter `site_url` makes them larger."
        )
    if deck.specimen:
        lines.append("Every card says SPECIMEN: `site_url` is a domain reserved for examples.")
    never = [left for left in deck.left_off if left.once_confirmed is None]
    ended = [left for left in deck.left_off if left.once_confirmed is not None]
    if never:
        lines.append(f"Numbers left off, because nobody has confirmed them: {_named(never)}.")
    if ended:
        lines.append(
            f"Numbers left off, because they were confirmed too long ago: {_named(ended)}."
        )
    if deck.left_off:
        lines.append("To confirm a number, ring it; then see `linkindex numbers`.")
    return lines


def _named(numbers: list[LeftOff]) -> str:
    return ", ".join(
        f"{left.name} {left.number} ({left.where})"
        if left.once_confirmed is None
        else f"{left.name} {left.number} on {left.once_confirmed.isoformat()} ({left.where})"
        for left in numbers
    )


def _silent(_: str) -> None:
    return None
