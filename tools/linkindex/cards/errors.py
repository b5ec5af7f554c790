"""What can stop the cards from being made."""

from __future__ import annotations

from dataclasses import dataclass

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import Fault


@dataclass(frozen=True)
class TextFault(Fault):
    """A text that cannot be printed as it stands.

    :ivar about: which text it is, such as ``the title `ACEs```; it may fail in several formats.
    """

    about: str


class CardError(LinkIndexError):
    """The cards cannot be made: one sentence a fault, saying where and what to do.

    :ivar faults: everything that must change.
    """

    def __init__(self, *faults: Fault) -> None:
        self.faults = tuple(dict.fromkeys(faults))
        super().__init__("\n".join(map(str, self.faults)))
