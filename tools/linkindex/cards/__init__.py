"""From a catalogue to print: a ring of double-sided cards, each with a QR code.

The phases, in the order in which :mod:`linkindex.cards.making` runs them: what each card says
(:mod:`~linkindex.cards.deck`), the code it carries (:mod:`linkindex.qr`), whether the text
fits (:mod:`~linkindex.cards.fitting`), the PDF files (:mod:`~linkindex.cards.typesetting`), and
reading every printed code back (:mod:`~linkindex.cards.proof`).
"""

from linkindex.cards.errors import CardError
from linkindex.cards.making import MadeCards, card_version, fit_cards, make_cards
from linkindex.qr import QrPlan

__all__ = ["CardError", "MadeCards", "QrPlan", "card_version", "fit_cards", "make_cards"]
