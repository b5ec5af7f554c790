"""What would keep cards from being made, found without making a file.

Every format is measured, since a text that fits the ring may be too wide for a label. What keeps
back a file that the website offers is an error; what keeps back another is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from linkindex.cards.deck import Deck, make_deck
from linkindex.cards.edition import edition_of
from linkindex.cards.errors import CardError, Fault
from linkindex.cards.fitting import fit_deck, fit_labels
from linkindex.cards.formats import ALL
from linkindex.cards.layout import CardLayout
from linkindex.cards.letters import missing_letters
from linkindex.cards.making import (
    Order,
    SheetJob,
    card_version,
    refuse_fine,
    ring_layout,
    sheets_of,
)
from linkindex.cards.themes import theme_named
from linkindex.cards.typesetting import Look, job_of, refuse_logo
from linkindex.catalogue import Catalogue, Problem, Severity


def card_problems(catalogue: Catalogue) -> tuple[Problem, ...]:
    """Everything in the catalogue that some card or label cannot be printed with, by its line.

    :raises CardError: when the ring has a layout that there is not.
    """
    ring_layout(catalogue)
    offered = {sheet.file for sheet in sheets_of(catalogue, Order())}
    # A text that is too long for one format is often too long for others: it is said once.
    errors: dict[tuple[str, str], Fault] = {}
    others: dict[tuple[str, str], list[str]] = {}
    for file, fault in _faults(catalogue):
        text = (fault.where, fault.about)
        if file is None or file in offered:
            errors.setdefault(text, fault)
        else:
            others.setdefault(text, []).append(file)
    warnings = [_warning(*text, files) for text, files in others.items() if text not in errors]
    return tuple(sorted([*(fault.problem() for fault in errors.values()), *warnings]))


def _faults(catalogue: Catalogue) -> Iterator[tuple[str | None, Fault]]:
    """Every fault with the file that it keeps back; with none, it keeps back all."""
    deck = make_deck(catalogue)
    missing = missing_letters(deck)
    yield from ((None, fault) for fault in missing)
    try:
        # Texts are measured without their codes, which take longer to draw than to leave out.
        outlines = {card.address: "" for card in deck.cards}
        edition = edition_of(catalogue, deck)
        look = Look(card_version(catalogue), outlines, theme_named("colour"), edition)
        refuse_logo(deck)
    except CardError as error:
        yield from ((None, fault) for fault in error.faults)
        return
    ring, known = ring_layout(catalogue), set()
    for sheet in sheets_of(catalogue, Order(formats=ALL)):
        design = _design(sheet)
        if design in known:
            continue
        known.add(design)
        named = "" if design == (ring.design, False) else sheet.file
        try:
            _fit(sheet, deck, look, named)
            refuse_fine(look.plan, catalogue, sheet.layout.code.side, named)
        except CardError as error:
            yield from ((sheet.file, fault) for fault in error.faults)


def _design(sheet: SheetJob) -> object:
    """What decides whether the deck fits: sheets of the same card need one look."""
    layout = sheet.layout
    return (layout.design, layout.one_sided) if isinstance(layout, CardLayout) else sheet.file


def _fit(sheet: SheetJob, deck: Deck, look: Look, named: str) -> None:
    if sheet.format.kind == "calibration":
        return
    job = job_of(deck, sheet.layout, look)
    if isinstance(sheet.layout, CardLayout):
        fit_deck(deck, job, named)
    else:
        fit_labels(deck, job, sheet.file)


def _warning(where: str, about: str, files: list[str]) -> Problem:
    file, _, line = where.rpartition(":")
    verb = "do" if about.startswith("the addresses") else "does"
    return Problem(
        file,
        int(line),
        1,
        f"{about} {verb} not fit {_listed(files)}, which `linkindex cards` makes on request",
        "shorten it, or do without"
        if verb == "does"
        else "use a shorter `site_url`, or do without",
        Severity.WARNING,
    )


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
