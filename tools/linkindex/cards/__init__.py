"""From a catalogue to print: a ring of double-sided cards, each with a QR code.

The phases, in the order in which :mod:`linkindex.cards.making` runs them: what each card says
(:mod:`~linkindex.cards.deck`) and which of them are wanted (:mod:`~linkindex.cards.selection`),
the code each carries (:mod:`linkindex.qr`), whether the text fits
(:mod:`~linkindex.cards.fitting`), which face stands where (:mod:`~linkindex.cards.imposition`),
the files (:mod:`~linkindex.cards.typesetting`, in the formats of :mod:`~linkindex.cards.formats`),
and reading every printed code back (:mod:`~linkindex.cards.proof`).
"""

from linkindex.cards.checking import card_problems
from linkindex.cards.errors import CardError
from linkindex.cards.making import MadeCards, NotMade, Order, card_version, make_cards
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
]
