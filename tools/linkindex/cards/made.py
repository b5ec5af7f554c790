"""What was made of an index to print, and what is said of it.

A site without cards knows this much of them and loads no more: what typesets and reads back takes a
tenth of a second to load.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linkindex.cards.deck import Deck
    from linkindex.cards.edition import Edition
    from linkindex.cards.press import NotMade
    from linkindex.cards.proof import Proven
    from linkindex.cards.sentences import Changes, Printing


@dataclass(frozen=True)
class MadeCards:
    """The finished files by name, and what to tell the person who made them.

    :ivar changes: what is not as it was in the edition that was asked about.
    :ivar printing: what the files came to, where any was made.
    :ivar not_made: files that were asked for as well.
    :ivar printed: the whole deck and its edition, where cards of it were made.
    """

    files: Mapping[str, bytes]
    changes: Changes | None = None
    printing: Printing | None = None
    not_made: tuple[NotMade, ...] = ()
    printed: tuple[Deck, Edition] | None = None

    @property
    def proven(self) -> tuple[Proven, ...]:
        """The figures of every code, for a report."""
        return self.printing.proven if self.printing else ()

    @property
    def summary(self) -> tuple[str, ...]:
        """What to say of the files that were made."""
        if not self.changes and not self.printing:
            return ()
        from linkindex.cards import sentences

        return (
            *(sentences.of_changes(self.changes) if self.changes else ()),
            *(sentences.of_printing(self.printing) if self.printing else ()),
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """What to say of the files that were not made: which, and every reason once."""
        if not self.not_made:
            return ()
        from linkindex.cards import sentences

        return tuple(sentences.of_missing(self.not_made))
