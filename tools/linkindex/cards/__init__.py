"""From a catalogue to print: a ring of double-sided cards, each with a QR code.

The phases, in the order in which :mod:`linkindex.cards.making` runs them: what each card says
(:mod:`~linkindex.cards.deck`) and which of them are wanted (:mod:`~linkindex.cards.selection`),
and the code each carries (:mod:`~linkindex.cards.codes`). Then :mod:`~linkindex.cards.press` makes
each file of the order (:mod:`~linkindex.cards.order`): whether the text fits
(:mod:`~linkindex.cards.fitting`), which face stands where (:mod:`~linkindex.cards.imposition`), the
pages (:mod:`~linkindex.cards.typesetting`), and every printed code read back
(:mod:`~linkindex.cards.proof`). What is said of it all is in :mod:`~linkindex.cards.sentences`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from linkindex.cards.checking import card_problems
    from linkindex.cards.codes import card_version
    from linkindex.cards.errors import CardError
    from linkindex.cards.made import MadeCards
    from linkindex.cards.making import make_cards, make_offered
    from linkindex.cards.order import Order
    from linkindex.cards.press import NotMade
    from linkindex.cards.proof import ProofError
    from linkindex.cards.selection import Selection
    from linkindex.qr import QrPlan

__all__ = [
    "CardError",
    "MadeCards",
    "NotMade",
    "Order",
    "ProofError",
    "QrPlan",
    "Selection",
    "card_problems",
    "card_version",
    "make_cards",
    "make_offered",
]

_HOMES = {
    "linkindex.cards.checking": ("card_problems",),
    "linkindex.cards.codes": ("card_version",),
    "linkindex.cards.errors": ("CardError",),
    "linkindex.cards.made": ("MadeCards",),
    "linkindex.cards.making": ("make_cards", "make_offered"),
    "linkindex.cards.order": ("Order",),
    "linkindex.cards.press": ("NotMade",),
    "linkindex.cards.proof": ("ProofError",),
    "linkindex.cards.selection": ("Selection",),
    "linkindex.qr": ("QrPlan",),
}
"""Where each name is. A site without cards loads nothing that typesets or reads back."""


def __getattr__(name: str) -> Any:
    home = next((home for home, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = getattr(importlib.import_module(home), name)
    return globals()[name]
