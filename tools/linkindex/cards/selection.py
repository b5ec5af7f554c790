"""Which cards of a deck are printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from linkindex.cards.deck import Card, Deck, why_without_a_card
from linkindex.cards.errors import CardError
from linkindex.catalogue import Category, ShownCatalogue
from linkindex.catalogue.kinds import Audience
from linkindex.catalogue.model import (
    EVERY_CARD,
    DeckPlan,
    Resource,
)
from linkindex.catalogue.problems import Fault, quoted, suggestion


@dataclass(frozen=True)
class Selection:
    """What somebody wants printed.

    :ivar deck: the id of a deck of the index, or ``all``; none means the one that it prints unless
        another is asked for.
    :ivar only: keys or ids of cards; none means all of the deck.
    :ivar audience: only what holds something for these readers.
    :ivar resources: a card for each link instead of each category.
    """

    only: tuple[str, ...] = ()
    audience: Audience | None = None
    resources: bool = False
    deck: str | None = None


EVERYTHING = Selection()


def chosen(
    catalogue: ShownCatalogue, whole: Deck, selection: Selection, plan: DeckPlan | None = None
) -> Deck:
    """The cards that were asked for, in the order and with the numbers of the whole deck.

    :param whole: the deck of the kind that the selection names.
    :param plan: what it was made by, unless it has every card.
    :raises CardError: when a card is not there, or none is left.
    """
    by_name = _names(catalogue, whole)
    cards = whole.cards
    if selection.only:
        wanted = {
            _card_called(catalogue, name, by_name, plan, links=selection.resources).key
            for name in selection.only
        }
        cards = tuple(card for card in cards if card.key in wanted)
    if selection.audience:
        suits = _suits(catalogue, selection.audience)
        cards = tuple(card for card in cards if suits(card))
    if not cards:
        wanted_by = selection.audience
        remedy = f"no link is for {wanted_by.value}" if wanted_by else "add links"
        raise CardError(Fault(None, "no card is left to print", remedy))
    return replace(whole, cards=cards)


def _names(catalogue: ShownCatalogue, deck: Deck) -> dict[str, Card]:
    """The cards by everything that a person may call them: code and id."""
    by_name = {card.key: card for card in deck.cards}
    pieces: tuple[Category | Resource, ...] = (
        *catalogue.current_categories,
        *catalogue.current_resources,
    )
    for piece in pieces:
        if piece.code in by_name:
            by_name.setdefault(piece.id, by_name[piece.code])
    return by_name


def _card_called(
    catalogue: ShownCatalogue,
    name: str,
    by_name: dict[str, Card],
    plan: DeckPlan | None,
    *,
    links: bool,
) -> Card:
    wanted = name.strip().lower()
    if wanted not in by_name:
        _refuse_for_a_reason(catalogue, wanted, links=links)
    if plan and wanted not in by_name and _is_elsewhere(catalogue, wanted):
        what = f"the card {quoted(name)} is not in the deck {quoted(plan.id)}"
        remedy = f"add `--deck {EVERY_CARD}`, which has every card, or name another deck"
        raise CardError(Fault(None, what, remedy))
    if wanted not in by_name:
        raise CardError(
            Fault(
                None,
                f"there is no card {quoted(name)}",
                suggestion(wanted, by_name, "name cards by their codes, such as those in /q/CODE"),
            )
        )
    return by_name[wanted]


def _refuse_for_a_reason(catalogue: ShownCatalogue, name: str, *, links: bool) -> None:
    """Refuse a name that means something else than a card of this kind, saying what.

    :param links: whether the cards are those of links.
    """
    every = [link for category in catalogue.categories for link in category.resources]
    link = next((link for link in every if name in (link.code, link.id)), None)
    topics = catalogue.current_categories
    if links and link:
        reason = why_without_a_card(catalogue, link)
    elif link:
        what = f"{quoted(name)} is a link, and these are the cards of topics"
        reason = Fault(None, what, "add `--resources`, which makes a card for each link")
    elif links and any(name in (topic.code, topic.id) for topic in topics):
        what = f"{quoted(name)} is a topic, and these are the cards of links"
        reason = Fault(None, what, "leave out `--resources`, or name links by their codes")
    else:
        return
    if reason:
        raise CardError(reason)


def _is_elsewhere(catalogue: ShownCatalogue, name: str) -> bool:
    """Whether a name is that of a category or a link, in whatever deck."""
    pieces: tuple[Category | Resource, ...] = (
        *catalogue.current_categories,
        *catalogue.current_resources,
    )
    return any(name in (piece.code, piece.id) for piece in pieces)


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
