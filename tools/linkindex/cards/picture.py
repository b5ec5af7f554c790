"""A picture of the cards for a README or a web page."""

from __future__ import annotations

from linkindex.cards.deck import Deck
from linkindex.cards.layout import Layout


def draw_picture(single: bytes, deck: Deck, layout: Layout) -> bytes:
    """Some cards, as PNG."""
    return b""
