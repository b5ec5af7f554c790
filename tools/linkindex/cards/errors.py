"""What can stop the cards from being made."""

from __future__ import annotations

from linkindex.catalogue import LinkIndexError


class CardError(LinkIndexError):
    """The cards cannot be made: one sentence a fault, saying where and what to do."""
