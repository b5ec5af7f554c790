"""What would keep cards from being made, found without making a file.

Every format is measured, since a text that fits the ring may be too wide for a label. What keeps
back the sheet of the deck is an error. What keeps back other files alone is a warning: all else is
made without them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from linkindex.cards.bilingual import ring_of, ring_of_links
from linkindex.cards.codes import card_version, refuse_fine
from linkindex.cards.contract import PrintRun, job_of
from linkindex.cards.deck import Deck, Index
from linkindex.cards.edition import edition_of
from linkindex.cards.errors import CardError, TextFault
from linkindex.cards.fitting import ADDRESSES, fit_deck, fit_labels
from linkindex.cards.formats import ALL, MAIN, OFFERED
from linkindex.cards.layout import CardLayout, one_sided
from linkindex.cards.letters import missing_letters
from linkindex.cards.order import Order, Sheet, ring_layout, sheets_of
from linkindex.cards.themes import theme_named
from linkindex.cards.typesetting import refuse_logo
from linkindex.catalogue import Catalogue, Problem, Severity, ShownCatalogue
from linkindex.catalogue.palette import LIST_CARD
from linkindex.catalogue.problems import Fault, Location
from linkindex.speaking import SOURCE
from linkindex.wording import listed


def card_problems(catalogue: Catalogue) -> tuple[Problem, ...]:
    """Everything in the catalogue that some card or label cannot be printed with, by its line."""
    try:
        deck = ring_of(catalogue)
        sheets = sheets_of(catalogue, Order(formats=ALL))
        problems = (*_problems(deck, sheets, catalogue), *_problems_of_plans(catalogue))
        return tuple(sorted(problems))
    except CardError as error:
        return tuple(sorted(fault.problem() for fault in error.faults))


def _problems(deck: Deck, sheets: Sequence[Sheet], catalogue: Catalogue) -> Iterator[Problem]:
    letters = missing_letters(deck)
    yield from (fault.problem() for fault in letters)
    yield from _letters_of_links(catalogue, letters)
    # A text that is too long for one format is often too long for others: it is said once.
    errors = {_text_of(fault) for fault in letters}
    kept_back: dict[_Text, list[tuple[Sheet, Fault]]] = {}
    try:
        for sheet, fault in _misfits(deck, sheets, catalogue):
            kept_back.setdefault(_text_of(fault), []).append((sheet, fault))
    except CardError as error:
        yield from (fault.problem() for fault in error.faults)
    for text, misfits in kept_back.items():
        stops_the_deck = [fault for sheet, fault in misfits if sheet.format is MAIN]
        if stops_the_deck and text not in errors:
            yield stops_the_deck[0].problem()
        elif text not in errors:
            yield _warning(text, misfits)


def _letters_of_links(catalogue: Catalogue, known: Sequence[TextFault]) -> Iterator[Problem]:
    """Texts of links that no card can be printed with: their links are on the site all the same."""
    for fault in missing_letters(ring_of_links(ShownCatalogue.of(catalogue, ()))):
        if fault not in known:
            what = f"{fault.what}, so `linkindex cards --resources` cannot print its card"
            remedy = "do without that card, or write the text in other letters"
            yield Fault(fault.place, what, remedy).problem(Severity.WARNING)


_MOST_LISTS = 2
"""Cards that the list of a ring may take: more are in the way of the others."""


def _problems_of_plans(catalogue: Catalogue) -> Iterator[Problem]:
    """What each deck of the index says besides: the first card, with its title and its list."""
    ring = ring_layout(catalogue)
    for plan in catalogue.decks:
        whole = ring_of(catalogue, plan)
        index = next(card for card in whole.cards if card.kind == "index")
        deck = replace(whole, cards=(index,))
        run = PrintRun(
            card_version(catalogue),
            {card.address: "" for card in deck.cards},
            theme_named("colour", LIST_CARD),
            edition_of(catalogue, whole),
        )
        try:
            lists = fit_deck(deck, job_of(deck, ring, run)).deck.cards
        except CardError as error:
            own = {index.place_of(text) for text in ("lead", "index")}
            yield from (fault.problem() for fault in error.faults if fault.place in own)
            continue
        if len(lists) > _MOST_LISTS:
            place = catalogue.at(plan.line_of("cards"))
            backs = [card.back for card in lists[:_MOST_LISTS] if isinstance(card.back, Index)]
            most = sum(len(back.entries) + len(back.on_front) for back in backs)
            what = f"the list of this deck takes {len(lists)} cards for {len(plan.cards)} names"
            remedy = f"keep about {most} of them, so that {_MOST_LISTS} cards list them all"
            yield Fault(place, what, remedy).problem(Severity.WARNING)


class _Text(NamedTuple):
    """Which text a fault is about, in whatever format it fails."""

    place: Location | None
    about: str


def _text_of(fault: Fault) -> _Text:
    return _Text(fault.place, fault.about if isinstance(fault, TextFault) else fault.what)


def _misfits(
    deck: Deck, sheets: Sequence[Sheet], catalogue: Catalogue
) -> Iterator[tuple[Sheet, Fault]]:
    """Every fault with each sheet that it keeps back.

    :raises CardError: for what keeps back all of them.
    """
    # Texts are measured without their codes, which take longer to draw than to leave out.
    outlines = {card.address: "" for card in deck.cards}
    run = PrintRun(
        card_version(catalogue),
        outlines,
        theme_named("colour", LIST_CARD),
        edition_of(catalogue, deck),
    )
    refuse_logo(deck)
    ring = ring_layout(catalogue)
    designs: dict[object, tuple[Fault, ...]] = {}
    for sheet in sheets:
        if not sheet.format.product.holds_cards:
            continue
        design = _design(sheet)
        if design not in designs:
            named = "" if design == (ring.design, False) else sheet.file
            designs[design] = tuple(_faults_of(sheet, deck, run, named, catalogue))
        yield from ((sheet, fault) for fault in designs[design])


def _design(sheet: Sheet) -> object:
    """What decides whether the deck fits: sheets of the same card need measuring once."""
    layout = sheet.layout
    return (layout.design, layout.one_sided) if isinstance(layout, CardLayout) else sheet.file


def _faults_of(
    sheet: Sheet, deck: Deck, run: PrintRun, named: str, catalogue: Catalogue
) -> Iterator[Fault]:
    printed = deck.printed_on(one_side=one_sided(sheet.layout))
    job = job_of(printed, sheet.layout, run)
    try:
        if isinstance(sheet.layout, CardLayout):
            fit_deck(printed, job, named)
        else:
            fit_labels(printed, job, sheet.file)
    except CardError as error:
        yield from error.faults
    try:
        refuse_fine(run.plan, catalogue, sheet.layout.code.side, named)
    except CardError as error:
        yield from error.faults


def _warning(text: _Text, misfits: Sequence[tuple[Sheet, Fault]]) -> Problem:
    """A text that keeps back some files alone: which, and what to do."""
    files = listed([sheet.file for sheet, _ in misfits], SOURCE)
    offered = [fault for sheet, fault in misfits if sheet.format.name in OFFERED]
    if offered:
        what = f"{offered[0].what}, so {files} cannot be made"
        return Fault(text.place, what, offered[0].remedy).problem(Severity.WARNING)
    several = text.about == ADDRESSES
    what = (
        f"{text.about} {'do' if several else 'does'} not fit {files}, which `linkindex cards` "
        "makes on request"
    )
    remedy = f"{'use a shorter `site_url`' if several else 'shorten it'}, or do without"
    return Fault(text.place, what, remedy).problem(Severity.WARNING)
