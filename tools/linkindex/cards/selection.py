"""Which cards of a deck are printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from linkindex.cards.deck import Card, Deck, make_deck, make_resource_deck
from linkindex.cards.errors import CardError
from linkindex.catalogue import Category, ShownCatalogue
from linkindex.catalogue.model import Audience, Resource
from linkindex.catalogue.problems import quoted, suggestion


@dataclass(frozen=True)
class Selection:
    """What somebody wants printed.

    :ivar only: keys or ids of cards; none means all.
    :ivar audience: only what holds something for these readers.
    :ivar resources: a card for each link instead of each category.
    """

    only: tuple[str, ...] = ()
    audience: Audience | None = None
    resources: bool = False


EVERYTHING = Selection()


def whole_deck(catalogue: ShownCatalogue, selection: Selection) -> Deck:
    """Every card of the kind that was asked for."""
    return make_resource_deck(catalogue) if selection.resources else make_deck(catalogue)


def chosen(catalogue: ShownCatalogue, selection: Selection, whole: Deck | None = None) -> Deck:
    """The cards that were asked for, in the order and with the numbers of the whole ring.

    :param whole: every card of the kind that was asked for, where they are made already.
    :raises CardError: when a card is not there, or none is left.
    """
    whole = whole or whole_deck(catalogue, selection)
    by_name = _names(catalogue, whole)
    cards = whole.cards
    if selection.only:
        wanted = {_found(name, by_name).key for name in selection.only}
        cards = tuple(card for card in cards if card.key in wanted)
    if selection.audience:
        suits = _suits(catalogue, selection.audience)
        cards = tuple(card for card in cards if suits(card))
    if not cards:
        raise CardError(
            "no card is left to print; "
            + (f"no link is for {selection.audience.value}" if selection.audience else "add links")
        )
    return replace(whole, cards=cards)


def _names(catalogue: ShownCatalogue, deck: Deck) -> dict[str, Card]:
    """The cards by everything that a person may call them: code and id."""
    found = {card.key: card for card in deck.cards}
    pieces: tuple[Category | Resource, ...] = (
        *catalogue.current_categories,
        *catalogue.current_resources,
    )
    for piece in pieces:
        if piece.code in found:
            found.setdefault(piece.id, found[piece.code])
    return found


def _found(name: str, by_name: dict[str, Card]) -> Card:
    wanted = name.strip().lower()
    if wanted not in by_name:
        raise CardError(
            f"there is no card {quoted(name)}; "
            + suggestion(wanted, by_name, "name cards by their codes, such as those in /q/CODE")
        )
    return by_name[wanted]


def _suits(catalogue: ShownCatalogue, audience: Audience) -> Callable[[Card], bool]:
    categories = {
        category.code
        for category in catalogue.current_categories
        if any(audience in resource.audiences for resource in catalogue.resources_of(category))
    }
    resources = {
        resource.code for resource in catalogue.current_resources if audience in resource.audiences
    }

    def suits(card: Card) -> bool:
        if card.kind == "resource":
            return card.key in resources
        return card.kind != "category" or card.key in categories

    return suits
