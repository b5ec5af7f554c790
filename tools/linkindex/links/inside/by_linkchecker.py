"""Asking linkchecker for the addresses of a host of our own."""

from __future__ import annotations

from collections.abc import Sequence

from linkindex.links.asking import linkchecker
from linkindex.links.asking.answers import HostAnswer, Record
from linkindex.links.asking.linkchecker import Ending, Manners
from linkindex.links.judging.faults import Errors
from linkindex.links.judging.looks import Look
from linkindex.links.judging.settling import MOST_LOOKS, settled, unsettled
from linkindex.links.looking import USUAL_MEANS, WITHOUT_RECORD, Means, Progress


class Sweep:
    """The looks of linkchecker alone, at addresses of a host of our own."""

    def __init__(
        self,
        addresses: Sequence[str],
        manners: Manners,
        until: float,
        progress: Progress | None = None,
        means: Means = USUAL_MEANS,
    ) -> None:
        self._means = means
        self._looks: dict[str, list[Look]] = {address: [] for address in addresses}
        self._open = dict.fromkeys(addresses)
        self._manners = manners
        self._until = until
        self._progress = progress
        self._linkchecker = linkchecker.program()
        self.errors = Errors()

    def verdicts(self) -> dict[str, Look]:
        """One verdict an address."""
        self._report()
        for turn in range(MOST_LOOKS):
            if not self._open or self._means.now() >= self._until:
                break
            self._look_at(tuple(self._open), apart=turn > 0)
        return {address: unsettled(looks) for address, looks in self._looks.items()}

    def _look_at(self, addresses: Sequence[str], *, apart: bool) -> None:
        """Look once at each address.

        :param apart: whether the addresses that a crash left without a record are tried again in
            halves, so that the one that crashes linkchecker cannot take others with it.
        """
        ended = self._means.run(
            self._linkchecker,
            addresses,
            manners=self._manners,
            until=self._until,
            now=self._means.now,
            on_record=self._take,
        )
        missing = [address for address in addresses if address not in ended.recorded]
        if ended.ending is Ending.CRASHED and apart and len(missing) > 1:
            half = len(missing) // 2
            self._look_at(missing[:half], apart=True)
            self._look_at(missing[half:], apart=True)
        elif ended.ending is not Ending.OUT_OF_TIME:
            for address in missing:
                self._add(address, WITHOUT_RECORD[ended.ending])

    def _take(self, record: Record) -> None:
        look = self.errors.or_not_judged(
            record.address, lambda: self._means.classify(record, HostAnswer.UNKNOWN)
        )
        self._add(record.address, look)

    def _add(self, address: str, look: Look) -> None:
        self._looks[address].append(look)
        if settled(self._looks[address]) is not None:
            self._open.pop(address, None)
        self._report()

    def _report(self) -> None:
        if self._progress is not None:
            self._progress(len(self._looks) - len(self._open), len(self._looks))
