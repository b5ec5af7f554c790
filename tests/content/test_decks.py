"""The decks of the index that ships: a dozen cards or so, and their list on one card."""

from __future__ import annotations

from dataclasses import replace

from linkindex.cards import card_problems, card_version
from linkindex.cards.contract import PrintRun, job_of
from linkindex.cards.deck import make_deck
from linkindex.cards.edition import edition_of
from linkindex.cards.fitting import fit_deck
from linkindex.cards.order import ring_layout
from linkindex.cards.plans import plan_of
from linkindex.cards.themes import theme_named
from linkindex.catalogue import Catalogue
from linkindex.catalogue.model import DeckPlan
from linkindex.catalogue.palette import LIST_CARD

FEWEST, MOST = 7, 14


def test_each_deck_has_a_dozen_cards_or_so_whose_list_one_card_holds(catalogue: Catalogue) -> None:
    counts = {plan.id: len(plan.cards) for plan in catalogue.decks}
    assert len(counts) == 6
    assert [deck for deck, count in counts.items() if not FEWEST <= count <= MOST] == []
    assert [plan.id for plan in catalogue.decks if _cards_of_list(catalogue, plan) != 1] == []
    assert [str(problem) for problem in card_problems(catalogue)] == []


def _cards_of_list(catalogue: Catalogue, plan: DeckPlan) -> int:
    """How many cards the list of a deck takes."""
    whole = make_deck(catalogue, plan)
    index = next(card for card in whole.cards if card.kind == "index")
    edition = edition_of(catalogue, whole)
    run = PrintRun(
        card_version(catalogue), {index.address: ""}, theme_named("colour", LIST_CARD), edition
    )
    deck = replace(whole, cards=(index,))
    return len(fit_deck(deck, job_of(deck, ring_layout(catalogue), run)).deck.cards)


def test_the_classic_deck_is_printed_unless_another_is_asked_for(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, None)
    assert plan is not None
    assert plan.id == "classic"
    assert len(plan.cards) == 7
