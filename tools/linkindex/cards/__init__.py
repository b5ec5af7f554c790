"""From a catalogue to print: a ring of double-sided cards, each with a QR code.

The phases, in the order in which :mod:`linkindex.cards.making` runs them: what each card says
(:mod:`~linkindex.cards.deck`) and which of them are wanted (:mod:`~linkindex.cards.selection`),
and the code each carries (:mod:`~linkindex.cards.codes`). Then :mod:`~linkindex.cards.press` makes
each file of the order (:mod:`~linkindex.cards.order`): whether the text fits
(:mod:`~linkindex.cards.fitting`), which face stands where (:mod:`~linkindex.cards.imposition`), the
pages (:mod:`~linkindex.cards.typesetting`), and every printed code read back
(:mod:`~linkindex.cards.proof`). What is said of it all is in :mod:`~linkindex.cards.sentences`.
"""

from linkindex.cards.checking import card_problems
from linkindex.cards.codes import card_version
from linkindex.cards.errors import CardError
from linkindex.cards.making import MadeCards, make_cards, make_offered
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
