"""Whether every text fits its card, and at which size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from linkindex.cards.deck import Card, Deck, Help
from linkindex.cards.errors import CardError
from linkindex.cards.typesetting import Fit, measured
from linkindex.catalogue.problems import quoted

STEP = 0.5
"""Points from one size that is tried to the next. One size serves the whole deck."""


class Fitted(NamedTuple):
    """The deck arranged on its cards, its sizes, and what an editor may want to know."""

    deck: Deck
    fit: Fit
    advice: tuple[str, ...]


class FittedLabels(NamedTuple):
    """The sizes of a sheet of labels."""

    title: float
    address: float


def sizes_between(wished: float, floor: float) -> list[float]:
    """The sizes to try, in points, the wished one first."""
    steps = int((wished - floor) / STEP)
    return [wished - STEP * step for step in range(steps + 1)]


def fit_deck(deck: Deck, job: Mapping[str, Any], file: str = "") -> Fitted:
    """The largest sizes at which every card fits.

    :param file: what the cards are for where they are not those of the ring, for the message.
    :raises CardError: naming each card and text that is too long at the smallest size.
    """
    sort = job["layout"]["type"]
    sizes = sizes_between(sort["wished"], sort["floor"])
    report = measured("fit.typ", {**job, "text_sizes": sizes})
    faults = [
        _sentence(deck.cards[fault["card"]], fault, sizes[-1], file) for fault in report["faults"]
    ]
    if report["address_size"] is None:
        faults.append(
            f"{deck.where}: the addresses are too long to print below the codes; "
            "use a shorter `site_url`"
        )
    if report["index"] is None:
        faults.append(
            f"{_widest_title(deck)} is too wide for the index card; use shorter words in it"
        )
    if report["help"] is None:
        faults.append(
            f"{deck.where_help}: `urgent_help` has more names than its card can hold; "
            "remove or shorten some"
        )
    if faults:
        raise CardError("\n".join(faults))
    spread = deck.arranged(
        tuple(report["index"]["per_card"]),
        report["help"]["beside_fits"],
        report["help"]["lines"],
    )
    titles = zip(deck.cards, report["title_sizes"], strict=True)
    by_address = {card.address: size for card, size in titles}
    fit = Fit(
        text=report["text_size"],
        titles=tuple(by_address[card.address] for card in spread.cards),
        address=report["address_size"],
        index=report["index"]["size"],
        index_columns=report["index"]["columns"],
        foot=report["foot"]["size"],
        foot_stacked=report["foot"]["stacked"],
        help_front=report["help"]["front_size"],
        help_number=report["help"]["number_size"],
        help=report["help"]["size"],
        help_explained=report["help"]["explained"],
    )
    advice = (*_larger_type(deck, report), *_no_room(deck, spread))
    return Fitted(spread, fit, advice)


def fit_labels(deck: Deck, job: Mapping[str, Any], name: str) -> FittedLabels:
    """The largest sizes at which every title fits its label.

    :param name: what the sheet is called, for the message.
    :raises CardError: naming each title that is too long at the smallest size.
    """
    sort = job["layout"]["type"]
    sizes = sizes_between(sort["wished"], sort["floor"])
    report = measured("label-fit.typ", {**job, "text_sizes": sizes})
    faults = [
        f"{card.where_of('title')}: the title {quoted(card.title)} "
        + ("has a word too wide for" if fault["word"] else "is too long for")
        + f" the labels of {name} at {sizes[-1]:g} points; shorten it, or use larger labels"
        for fault in report["too_long"]
        for card in (deck.cards[fault["card"]],)
    ]
    if report["address_size"] is None:
        faults.append(
            f"{deck.where}: the addresses are too long to print on the labels of {name}; "
            "use a shorter `site_url`, or larger labels"
        )
    if faults:
        raise CardError("\n".join(faults))
    return FittedLabels(report["title_size"], report["address_size"])


def _no_room(whole: Deck, spread: Deck) -> Iterator[str]:
    """Which lines of urgent help are not printed although their numbers are confirmed."""
    before, after = (
        {
            name
            for card in deck.cards
            if isinstance(card.back, Help)
            for name in card.back.on_the_page
        }
        for deck in (whole, spread)
    )
    for name in sorted(after - before):
        yield f"Not printed, because the urgent-help card is full: {name}."


def _larger_type(deck: Deck, report: Mapping[str, Any]) -> Iterator[str]:
    """What to cut for the next larger size, where little is in the way."""
    cuts = [
        f"{fault['cut']} from {_field(card, fault)} of {quoted(card.title)}"
        for fault in report["in_the_way"]
        for card in (deck.cards[fault["card"]],)
        if fault["word"] is None
    ]
    if 0 < len(cuts) <= 3:
        yield f"For {report['larger']:g} points, cut about these characters: {', '.join(cuts)}."


def _widest_title(deck: Deck) -> str:
    """Where the title stands that most likely is too wide: the one with the longest word."""
    cards = [card for card in deck.cards if card.kind == "category"]
    widest = max(cards, key=lambda card: max(map(len, card.title.split()), default=0))
    return f"{widest.where_of('title')}: the title {quoted(widest.title)}"


def _sentence(card: Card, fault: Mapping[str, Any], smallest_size: float, file: str) -> str:
    where = f" of {file}" if file else ""
    place = card.where_of(fault["field"])
    start = f"{place}: on the card {quoted(card.title)}{where}, {_field(card, fault)}"
    if fault["word"] is not None:
        return f"{start} has a word wider than its column, {quoted(fault['word'])}; shorten it"
    smallest = f"{smallest_size:g} points"
    return f"{start} does not fit at {smallest}; cut about {fault['cut']} characters"


_FIELDS = {
    ("category", "title"): "the title",
    ("category", "lead"): "the full title",
    ("category", "front"): "the front text",
    ("category", "prompts"): "the longest of the prompts",
    ("resource", "title"): "the title",
    ("resource", "front"): "the `summary`",
    ("resource", "use_when"): "`use_when`",
    ("resource", "facts"): "the `publisher`",
    ("index", "title"): "the `name` of the index",
    ("index", "lead"): "the `tagline`",
    ("index", "front"): "the front text",
    ("urgent", "title"): "the title",
    ("urgent", "front"): "`when` of the emergency number",
}
"""What the editor calls the texts, by the kind of card."""


def _field(card: Card, fault: Mapping[str, Any]) -> str:
    return _FIELDS[card.kind, fault["field"]]
