"""What is said of cards that were made, or were not: sentences from values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linkindex.cards.contract import PrintRun
from linkindex.cards.deck import Deck, Help, LeftOff
from linkindex.cards.edition import Change, Edition
from linkindex.cards.fitting import Fitted
from linkindex.cards.formats import MAIN
from linkindex.cards.layout import CardLayout, Flip
from linkindex.cards.manifest import MadeFile
from linkindex.cards.order import Sheet
from linkindex.cards.press import NotMade
from linkindex.cards.proof import GOOD_MODULE_MM, Proven
from linkindex.wording import counted


@dataclass(frozen=True)
class Changes:
    """What is not as it was in an earlier edition.

    :ivar edition: the present one.
    :ivar gone: the titles of cards that are no longer in the ring.
    """

    edition: Edition
    cards: tuple[Change, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True)
class Printing:
    """What a run came to.

    :ivar sheets: what was made, but for the pictures that show the cards.
    :ivar sizes: each design of card with the first file that has it.
    """

    deck: Deck
    run: PrintRun
    sheets: tuple[Sheet, ...]
    files: tuple[MadeFile, ...]
    sizes: tuple[tuple[str, Fitted], ...]
    proven: tuple[Proven, ...]


def of_missing(not_made: Sequence[NotMade]) -> Iterator[str]:
    """Which files were not made, and every reason once."""
    if not_made:
        yield f"Not made: {', '.join(left.file for left in not_made)}."
    reasons = dict.fromkeys(line for left in not_made for line in str(left.error).splitlines())
    yield from (f"  {line}" for line in reasons)


def of_changes(changes: Changes) -> Iterator[str]:
    """Which cards say something else, and which are gone."""
    if not changes.cards:
        yield f"No card has changed in edition {changes.edition}; there is nothing to print."
    for change in changes.cards:
        number = f"{change.card.number} " if change.card.number else ""
        yield f"Changed: {number}{change.card.title} ({change.what})."
    if changes.gone:
        yield f"No longer in the ring: {', '.join(changes.gone)}."


def of_printing(printing: Printing) -> Iterator[str]:
    """How many cards there are, how their codes read, and what is not on them."""
    deck = printing.deck
    name = f"{deck.name}: " if deck.name else ""
    yield f"{name}{_cards_and_sheets(printing)}, edition {printing.run.edition}."
    yield from _of_codes(printing)
    yield from _of_sizes(printing.sizes)
    yield from (f"Not on {made.name}: {made.left_out}." for made in printing.files if made.left_out)
    yield from _of_small_codes(printing.proven)
    if deck.kept_back:
        has, its = ("has", "its") if deck.kept_back == 1 else ("have", "their")
        yield f"{counted(deck.kept_back, 'sensitive link')} {has} no card of {its} own."
    if deck.withheld:
        kept = "1 link has" if deck.withheld == 1 else f"{deck.withheld} links have"
        yield f"{kept} no card while hidden: what is there now may be harmful."
    if deck.specimen:
        yield "Every card says SPECIMEN: `site_url` is a domain reserved for examples."
    if _prints_numbers(printing):
        yield from _of_left_off(deck)


def _cards_and_sheets(printing: Printing) -> str:
    """How many cards there are, and on how many sheets."""
    for made in printing.files:
        if made.sheet and made.sheet.format is MAIN and made.pages and made.cards:
            layout = made.sheet.layout
            if isinstance(layout, CardLayout) and layout.flip is Flip.NONE:
                sheets = f"{counted(made.pages, 'sheet')}, fronts and backs on sheets of their own"
            else:
                sheets = counted(made.pages // 2, "double-sided sheet")
            return f"{counted(made.cards, 'card')} on {sheets}"
    return counted(len(printing.deck.cards), "card")


def _of_codes(printing: Printing) -> Iterator[str]:
    plan, proven = printing.run.plan, printing.proven
    modules = [code.module_mm for code in proven]
    sizes = f"{min(modules):.2f} to {max(modules):.2f}" if proven else f"{plan.module_mm:.2f}"
    if len({round(module, 2) for module in modules}) == 1:
        sizes = f"{modules[0]:.2f}"
    yield (
        f"QR codes: version {plan.version}, level {plan.level} or better, squares of "
        f"{sizes} mm. Every one was read back."
    )
    if proven:
        worst = min(proven, key=lambda code: code.endured.rate)
        yield (
            f"Under hardships, every code was read in {worst.endured.rate:.0%} of the trials or "
            f"more (the least: {worst.card.title} in {worst.file})."
        )


def _of_sizes(sizes: Sequence[tuple[str, Fitted]]) -> Iterator[str]:
    """The size of the texts, said again only for files in which it is another."""
    known: set[tuple[float, float]] = set()
    told: set[str] = set()
    for file, fitted in sizes:
        front, back = fitted.sizes.front, fitted.sizes.back
        if (front, back) not in known:
            where = f"in {file}" if known else "on every card"
            both = f"{front:g} points on the fronts and {back:g} on the backs"
            yield f"Text: {f'{front:g} points' if front == back else both} {where}."
            yield from (line for line in fitted.advice if line not in told)
            told.update(fitted.advice)
        known.add((front, back))


def _of_small_codes(proven: Sequence[Proven]) -> Iterator[str]:
    small = sorted({code.file for code in proven if code.module_mm < GOOD_MODULE_MM})
    if small:
        yield (
            f"Warning: squares under {GOOD_MODULE_MM:.2f} mm are hard to scan on a worn card "
            f"({', '.join(small)}); a shorter `site_url` makes them larger."
        )


def _prints_numbers(printing: Printing) -> bool:
    """Whether the urgent-help card is among the cards, and not on a label without its back."""
    return any(sheet.format.product.has_backs for sheet in printing.sheets) and any(
        isinstance(card.back, Help) for card in printing.deck.cards
    )


def _of_left_off(deck: Deck) -> Iterator[str]:
    never = [left for left in deck.left_off if left.once_confirmed is None]
    ended = [left for left in deck.left_off if left.once_confirmed is not None]
    if never:
        yield f"Numbers left off, because nobody has confirmed them: {_named(never)}."
    if ended:
        yield f"Numbers left off, because they were confirmed too long ago: {_named(ended)}."
    if deck.left_off:
        yield "To confirm a number, ring it; then see `linkindex numbers`."


def _named(numbers: Sequence[LeftOff]) -> str:
    return ", ".join(
        f"{left.name} {left.number} ({left.place})"
        if left.once_confirmed is None
        else f"{left.name} {left.number} on {left.once_confirmed.isoformat()} ({left.place})"
        for left in numbers
    )
