"""Whether every text fits its card, and at which size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from linkindex.cards.contract import (
    CardFit,
    CardSizes,
    FittedTitle,
    Job,
    LabelFit,
    LabelSizes,
    LongTitle,
    Misfit,
)
from linkindex.cards.deck import Card, Deck, Help, Prompts
from linkindex.cards.errors import CardError, TextFault
from linkindex.cards.typesetting import measured
from linkindex.catalogue.problems import quoted

STEP = 0.5
"""Points from one size that is tried to the next. One size serves the whole deck."""


class Fitted(NamedTuple):
    """The deck arranged on its cards, its sizes, and what an editor may want to know.

    :ivar titles: how the title of each card stands, by the address of the card.
    """

    deck: Deck
    sizes: CardSizes
    titles: Mapping[str, FittedTitle]
    advice: tuple[str, ...]


def sizes_between(wished: float, floor: float) -> tuple[float, ...]:
    """The sizes to try, in points, the wished one first."""
    steps = int((wished - floor) / STEP)
    return tuple(wished - STEP * step for step in range(steps + 1))


def _sizes_to_try(job: Job) -> tuple[float, ...]:
    return sizes_between(job.layout.type.wished, job.layout.type.floor)


def fit_deck(deck: Deck, job: Job, file: str = "") -> Fitted:
    """The largest sizes at which every card fits.

    :param file: what the cards are for where they are not those of the ring, for the message.
    :raises CardError: naming each card and text that is too long at the smallest size.
    """
    tried = _sizes_to_try(job)
    fit = measured("fit.typ", job.of(text_sizes=tried), CardFit)
    if fit.sizes is None or fit.spread is None:
        raise CardError(*_misfits(deck, fit, tried[-1], file))
    spread = deck.arranged(fit.spread.entries, fit.spread.help_on_front, fit.spread.help_on_back)
    titles = {
        card.address: title
        for card, title in zip(deck.cards, fit.titles, strict=True)
        if title is not None
    }
    # A poster has no back, so it never holds all of urgent help.
    no_room = () if job.one_sided else _no_room(deck, spread)
    advice = (*_larger_type(deck, fit), *no_room)
    return Fitted(spread, fit.sizes, titles, advice)


def fit_labels(deck: Deck, job: Job, name: str) -> LabelSizes:
    """The largest sizes at which every title fits its label.

    :param name: what the sheet is called, for the message.
    :raises CardError: naming each title that is too long at the smallest size.
    """
    tried = _sizes_to_try(job)
    fit = measured("label-fit.typ", job.of(text_sizes=tried), LabelFit)
    if fit.sizes is None:
        raise CardError(*_label_misfits(deck, fit, tried[-1], name))
    return fit.sizes


def _misfits(deck: Deck, fit: CardFit, smallest_size: float, file: str) -> Iterator[TextFault]:
    for misfit in fit.misfits:
        yield _fault(deck.cards[misfit.card], misfit, smallest_size, file)
    if "keeper" in fit.lacking:
        what = f"the organisation {quoted(deck.keeper)} is too long for the backs of the cards"
        remedy = "add a short name as `organisation_short`, or a logo"
        yield TextFault(deck.keeper_place, what, remedy, "the organisation")
    if "address" in fit.lacking:
        yield _long_addresses(deck, "below the codes", "use a shorter `site_url`")
    if "index" in fit.lacking:
        yield _wide_for_index(deck)
    if "help" in fit.lacking:
        what = "`urgent_help` has more names than its card can hold"
        yield TextFault(deck.help_place, what, "remove or shorten some", "`urgent_help`")


def _label_misfits(
    deck: Deck, fit: LabelFit, smallest_size: float, name: str
) -> Iterator[TextFault]:
    for long in fit.too_long:
        labels = f"the labels of {name} at {smallest_size:g} points"
        yield _label_fault(deck.cards[long.card], labels, long)


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


def _larger_type(deck: Deck, fit: CardFit) -> Iterator[str]:
    """What to cut for the next larger size, where little is in the way."""
    cuts = [
        f"{misfit.cut} from {_field(card, misfit)} of {quoted(card.title)}"
        for misfit in fit.in_the_way
        for card in (deck.cards[misfit.card],)
        if misfit.word is None
    ]
    if 0 < len(cuts) <= 3:
        where = f"For {fit.larger:g} points on the fronts"
        yield f"{where}, cut about these characters: {', '.join(cuts)}."


def _long_addresses(deck: Deck, where: str, remedy: str) -> TextFault:
    what = f"the addresses are too long to print {where}"
    return TextFault(deck.place, what, remedy, ADDRESSES)


ADDRESSES = "the addresses"
"""What a fault is about that a shorter ``site_url`` would mend."""


def _label_fault(card: Card, labels: str, long: LongTitle) -> TextFault:
    title = f"the title {quoted(card.title)}"
    wrong = "has a word too wide for" if long.has_wide_word else "is too long for"
    remedy = "shorten it, or use larger labels"
    return TextFault(card.place_of("title"), f"{title} {wrong} {labels}", remedy, title)


def _wide_for_index(deck: Deck) -> TextFault:
    """That of the titles which most likely is too wide: the one with the longest word."""
    cards = [card for card in deck.cards if card.kind == "category"]
    widest = max(cards, key=lambda card: max(map(len, card.title.split()), default=0))
    title = f"the title {quoted(widest.title)}"
    what = f"{title} is too wide for the index card"
    return TextFault(widest.place_of("title"), what, "use shorter words in it", title)


def _fault(card: Card, misfit: Misfit, smallest_size: float, file: str) -> TextFault:
    """A text that does not fit, with the word that is too wide or how much to cut."""
    field = _field(card, misfit)
    text = f"on the card {quoted(card.title)}{f' of {file}' if file else ''}, {field}"
    about = f"{field} {quoted(card.title)}"
    place = card.place_of(_line_key(card, misfit))
    if misfit.word is not None:
        what = f"{text} has a word wider than its column, {quoted(misfit.word)}"
        return TextFault(place, what, "shorten it", about)
    what = f"{text} does not fit at {smallest_size:g} points"
    return TextFault(place, what, f"cut about {misfit.cut} characters", about)


def _line_key(card: Card, misfit: Misfit) -> str:
    """Whose line to name: of prompts, that which has the word, or the longest."""
    if not isinstance(card.back, Prompts) or misfit.field != "prompts":
        return misfit.field
    items = card.back.items
    if misfit.word is not None:
        number = next((n for n, item in enumerate(items) if misfit.word in item.split()), 0)
    else:
        number = max(range(len(items)), key=lambda place: len(items[place]))
    return f"prompt {number}"


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


def _field(card: Card, misfit: Misfit) -> str:
    return _FIELDS[card.kind, misfit.field]
