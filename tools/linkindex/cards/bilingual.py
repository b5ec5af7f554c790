"""A ring in two languages: one on each side of a card, or both on each side.

What has one side, such as a poster or a sticker, has both there in either case.

Each language has the room that it would have alone: nothing is cut for the other. What then does
not fit a format is said, as ever, and that format is not made.
"""

from __future__ import annotations

import dataclasses

from linkindex.cards.deck import (
    BETWEEN,
    About,
    Behind,
    Beside,
    Card,
    Deck,
    Help,
    HelpLine,
    Index,
    Prompts,
    make_deck,
    make_resource_deck,
)
from linkindex.catalogue import Catalogue, ShownCatalogue
from linkindex.catalogue.kinds import CardLanguages
from linkindex.catalogue.model import (
    DeckPlan,
)
from linkindex.speaking.language import said_in


def ring_of(catalogue: Catalogue, plan: DeckPlan | None = None) -> Deck:
    """The deck of an index in its language, and in the next one where the deck has two.

    :param plan: of which categories; of all that are current by default.
    """
    with said_in(catalogue.language):
        deck = make_deck(catalogue, plan)
    other = _other(catalogue, plan)
    if other is None:
        return deck
    with said_in(other.language):
        second = make_deck(other, _same(plan, other))
    return _in_two(deck, second, _wanted(catalogue, plan))


def ring_of_links(catalogue: ShownCatalogue, plan: DeckPlan | None = None) -> Deck:
    """The same with a card for each link, which names one link and so has one language a side."""
    with said_in(catalogue.language):
        deck = make_resource_deck(catalogue, plan)
    other = _other(catalogue, plan)
    if other is None:
        return deck
    with said_in(other.language):
        second = make_resource_deck(catalogue.in_language(other.language), _same(plan, other))
    return _in_two(deck, second, CardLanguages.SIDE)


def _wanted(catalogue: Catalogue, plan: DeckPlan | None) -> CardLanguages:
    return (plan and plan.languages) or catalogue.settings.deck.languages


def _other(catalogue: Catalogue, plan: DeckPlan | None) -> Catalogue | None:
    """The index in the language after its own, if the deck has two."""
    if _wanted(catalogue, plan) is CardLanguages.RING or len(catalogue.languages) < 2:
        return None
    at = catalogue.languages.index(catalogue.language)
    return catalogue.in_language(catalogue.languages[(at + 1) % len(catalogue.languages)])


def _same(plan: DeckPlan | None, catalogue: Catalogue) -> DeckPlan | None:
    return next((each for each in catalogue.decks if plan and each.id == plan.id), None)


def _in_two(first: Deck, second: Deck, how: CardLanguages) -> Deck:
    others = {card.key: card for card in second.cards}
    join = _a_side_each if how is CardLanguages.SIDE else _on_both_sides
    cards = tuple(join(card, others.get(card.key, card), second) for card in first.cards)
    if how is CardLanguages.SIDE:
        # Posters and stickers have no back to hold the second language.
        without_back = _in_two(first, second, CardLanguages.TOGETHER)
        return dataclasses.replace(
            first, cards=cards, behind=second.language, without_back=without_back
        )
    return dataclasses.replace(
        first, cards=cards, beside=second.language, title_beside=second.title
    )


def _behind(card: Card, other: Card) -> Prompts | About | Index | Help:
    """The back in the other language; what of urgent help the front shows stays in the first."""
    if isinstance(card.back, Help) and isinstance(other.back, Help):
        return dataclasses.replace(other.back, beside=card.back.beside)
    return other.back


def _a_side_each(card: Card, other: Card, second: Deck) -> Card:
    return dataclasses.replace(
        card, back=_behind(card, other), behind=Behind(other.title, second.language)
    )


def _on_both_sides(card: Card, other: Card, second: Deck) -> Card:
    beside = Beside(other.front, second.language)
    return dataclasses.replace(
        card,
        title=_both(card.title, other.title),
        # What stands above the text gives its place to the second language.
        lead=card.lead if card.kind == "urgent" else None,
        beside=beside if other.front != card.front else None,
        back=_both_backs(card, other),
    )


def _both_backs(card: Card, other: Card) -> Prompts | About | Index | Help:
    match card.back, other.back:
        case Prompts() as here, Prompts() as there:
            return Prompts((*here.items, *(item for item in there.items if item not in here.items)))
        case Index() as here, Index() as there:
            entries = zip(here.entries, there.entries, strict=True)
            return Index(
                tuple(
                    dataclasses.replace(
                        one,
                        title=_both(one.title, same.title),
                        group=_both(one.group, same.group),
                    )
                    for one, same in entries
                )
            )
        case Help() as here, Help() as there:
            return dataclasses.replace(
                here,
                beside=_both_lines(here.beside, there.beside),
                lines=_both_lines(here.lines, there.lines),
            )
        case _:
            return card.back


def _both_lines(here: tuple[HelpLine, ...], there: tuple[HelpLine, ...]) -> tuple[HelpLine, ...]:
    return tuple(
        dataclasses.replace(
            one,
            name=_both(one.name, same.name),
            when=_both(one.when, same.when),
            number=one.number,
        )
        for one, same in zip(here, there, strict=True)
    )


def _both(here: str, there: str) -> str:
    return here if here == there else BETWEEN.join(filter(None, (here, there)))
