"""The decks of the index that ships: a dozen cards or so, and their list on one card."""

from __future__ import annotations

from linkindex.cards import card_problems
from linkindex.cards.plans import plan_of
from linkindex.catalogue import Catalogue

FEWEST, MOST = 7, 14


def test_each_deck_has_a_dozen_cards_or_so_whose_list_one_card_holds(catalogue: Catalogue) -> None:
    counts = {plan.id: len(plan.cards) for plan in catalogue.decks}
    assert len(counts) == 6
    assert [deck for deck, count in counts.items() if not FEWEST <= count <= MOST] == []
    assert [str(problem) for problem in card_problems(catalogue)] == []


def test_the_classic_deck_is_printed_unless_another_is_asked_for(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, None)
    assert plan is not None
    assert plan.id == "classic"
    assert len(plan.cards) == 7
