"""What can stop the cards from being made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from linkindex.catalogue import LinkIndexError, Problem, Severity


@dataclass(frozen=True)
class Fault:
    """One thing that keeps cards from being made.

    :ivar where: the ``file:line`` of what must change.
    :ivar about: what it is about, such as ``the title `ACEs```.
    """

    where: str
    about: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.remedy}"

    def problem(self, severity: Severity = Severity.ERROR) -> Problem:
        """The same as ``linkindex check`` says it."""
        file, _, line = self.where.rpartition(":")
        return Problem(file, int(line), 1, self.what, self.remedy, severity)


class CardError(LinkIndexError):
    """The cards cannot be made: one sentence a fault, saying where and what to do.

    :ivar faults: what must change in the catalogue, where that is the reason.
    """

    def __init__(self, reason: str | Iterable[Fault]) -> None:
        self.faults = () if isinstance(reason, str) else tuple(dict.fromkeys(reason))
        super().__init__(reason if isinstance(reason, str) else "\n".join(map(str, self.faults)))
