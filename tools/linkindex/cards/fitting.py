"""Whether every text fits its card, and at which size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from linkindex.cards.deck import Card, Deck, Help, Prompts
from linkindex.cards.errors import CardError, Fault
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
        _fault(deck.cards[fault["card"]], fault, sizes[-1], file) for fault in report["faults"]
    ]
    if report["address_size"] is None:
        faults.append(_long_addresses(deck, "below the codes", "use a shorter `site_url`"))
    if report["index"] is None:
        faults.append(_wide_for_index(deck))
    if report["help"] is None:
        faults.append(
            Fault(
                deck.where_help,
                "`urgent_help`",
                "`urgent_help` has more names than its card can hold",
                "remove or shorten some",
            )
        )
    if faults:
        raise CardError(faults)
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
        _label_fault(
            deck.cards[fault["card"]], f"the labels of {name} at {sizes[-1]:g} points", fault
        )
        for fault in report["too_long"]
    ]
    if report["address_size"] is None:
        remedy = "use a shorter `site_url`, or larger labels"
        faults.append(_long_addresses(deck, f"on the labels of {name}", remedy))
    if faults:
        raise CardError(faults)
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


def _long_addresses(deck: Deck, place: str, remedy: str) -> Fault:
    what = f"the addresses are too long to print {place}"
    return Fault(deck.where, "the addresses", what, remedy)


def _label_fault(card: Card, labels: str, fault: Mapping[str, Any]) -> Fault:
    title = f"the title {quoted(card.title)}"
    wrong = "has a word too wide for" if fault["word"] else "is too long for"
    remedy = "shorten it, or use larger labels"
    return Fault(card.where_of("title"), title, f"{title} {wrong} {labels}", remedy)


def _wide_for_index(deck: Deck) -> Fault:
    """That of the titles which most likely is too wide: the one with the longest word."""
    cards = [card for card in deck.cards if card.kind == "category"]
    widest = max(cards, key=lambda card: max(map(len, card.title.split()), default=0))
    title = f"the title {quoted(widest.title)}"
    what = f"{title} is too wide for the index card"
    return Fault(widest.where_of("title"), title, what, "use shorter words in it")


def _fault(card: Card, fault: Mapping[str, Any], smallest_size: float, file: str) -> Fault:
    """A text that does not fit, with the word that is too wide or how much to cut."""
    field = _field(card, fault)
    text = f"on the card {quoted(card.title)}{f' of {file}' if file else ''}, {field}"
    about = f"{field} {quoted(card.title)}"
    place = card.where_of(_line_key(card, fault))
    if fault["word"] is not None:
        what = f"{text} has a word wider than its column, {quoted(fault['word'])}"
        return Fault(place, about, what, "shorten it")
    what = f"{text} does not fit at {smallest_size:g} points"
    return Fault(place, about, what, f"cut about {fault['cut']} characters")


def _line_key(card: Card, fault: Mapping[str, Any]) -> str:
    """Whose line to name: of prompts, that which has the word, or the longest."""
    if not isinstance(card.back, Prompts) or fault["field"] != "prompts":
        return str(fault["field"])
    items = card.back.items
    if fault["word"] is not None:
        place = next((n for n, item in enumerate(items) if fault["word"] in item.split()), 0)
    else:
        place = max(range(len(items)), key=lambda number: len(items[number]))
    return f"prompt {place}"


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
