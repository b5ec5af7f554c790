"""Which decks an index has: those that it names, and the one of every card."""

from __future__ import annotations

from linkindex.cards.errors import CardError
from linkindex.cards.formats import MAIN
from linkindex.catalogue import Catalogue
from linkindex.catalogue.model import EVERY_CARD, DeckPlan
from linkindex.catalogue.problems import Fault, quoted, suggestion


def plan_of(catalogue: Catalogue, name: str | None) -> DeckPlan | None:
    """The deck with this id, or the one that is printed by default; none for every card.

    :raises CardError: when there is no such deck.
    """
    wanted = (name or catalogue.settings.deck.default or EVERY_CARD).strip().lower()
    if wanted == EVERY_CARD:
        return None
    plans = {plan.id: plan for plan in catalogue.decks}
    if wanted not in plans:
        what = f"there is no deck {quoted(wanted)}"
        known = (*plans, EVERY_CARD)
        raise CardError(
            Fault(None, what, suggestion(wanted, known, f"use one of: {', '.join(known)}"))
        )
    return plans[wanted]


def sheet_of(plan: DeckPlan | None) -> str:
    """The file of a deck that is not the default one, as a site offers it."""
    return f"{plan.id if plan else EVERY_CARD}/{MAIN.name}.pdf"


def other_decks(catalogue: Catalogue) -> tuple[DeckPlan | None, ...]:
    """The decks besides the one that is printed by default; none stands for every card."""
    default = plan_of(catalogue, None)
    return tuple(plan for plan in (*catalogue.decks, None) if plan != default)
