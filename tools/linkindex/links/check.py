"""Looking at addresses until each has a verdict or time is up."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence

from linkindex.links import linkchecker
from linkindex.links.hosts import knock
from linkindex.links.linkchecker import Ending, Manners
from linkindex.links.model import Link, LinkReport, Outcome, Verdict
from linkindex.links.plan import UnaskableError, interleaved, requested
from linkindex.links.verdicts import (
    LONGEST_WAIT,
    MOST_LOOKS,
    NOT_RECORDED,
    STALLED,
    HostAnswer,
    Look,
    Record,
    classify,
    doubtful_host,
    settled,
    unless_cut_off,
    unsettled,
)

Progress = Callable[[int, int], None]

_KNOCK_PATIENCE = 10.0


def check_links(
    links: Iterable[Link],
    *,
    contact: str,
    deadline: float = 900.0,
    timeout: float = 10.0,
    pause: float = 2.0,
    progress: Progress | None = None,
) -> LinkReport:
    """Check addresses of the web and say what was found of each link.

    Every address is asked for once, however many links lead to it, and again only where the first
    look was not plain: a link is broken when two looks agree. ``mailto:`` and ``tel:`` links are
    left out of the report, for nothing can be fetched.

    Addresses are taken as they are: that none leads into a private network is a rule of the
    catalogue (:func:`linkindex.catalogue.addresses.check`), which every link of it has passed.

    :param contact: an e-mail address or a page for the owners of the sites, sent with each request.
    :param deadline: seconds after which the check ends; what was found by then is kept, the rest
        is unverified.
    :param timeout: seconds of silence after which one request is given up.
    :param pause: seconds of rest between two looks at the same address.
    :param progress: called with the number of addresses that are settled and of all addresses.
    :raises LinksError: when linkchecker is missing or does not start.
    """
    links = tuple(link for link in links if not link.address.lower().startswith(_CONTACTS))
    asked: dict[str, str] = {}
    refused: dict[str, Look] = {}
    for link in links:
        try:
            asked[link.address] = requested(link.address)
        except UnaskableError as error:
            refused[link.address] = Look(Verdict.UNVERIFIED, str(error))
    manners = Manners(linkchecker.user_agent(contact), timeout)
    sweep = Sweep(interleaved(asked.values()), manners, time.monotonic() + deadline, progress)
    found = unless_cut_off(sweep.verdicts(pause))
    return LinkReport(
        tuple(
            outcome(link, refused.get(link.address) or found[asked[link.address]]) for link in links
        )
    )


_CONTACTS = ("mailto:", "tel:")


def outcome(link: Link, look: Look) -> Outcome:
    """A link together with what was found of its address."""
    return Outcome(link, look.verdict, look.reason, look.status, look.final_address)


class Sweep:
    """The looks at a set of addresses."""

    def __init__(
        self,
        addresses: Sequence[str],
        manners: Manners,
        until: float,
        progress: Progress | None = None,
    ) -> None:
        self._looks: dict[str, list[Look]] = {address: [] for address in addresses}
        self._open = dict.fromkeys(addresses)
        self._manners = manners
        self._until = until
        self._progress = progress
        self._linkchecker = linkchecker.program()

    def verdicts(self, pause: float) -> dict[str, Look]:
        """One verdict an address.

        :param pause: seconds of rest before each further look.
        """
        self._report()
        for turn in range(MOST_LOOKS):
            if self._open and turn:
                time.sleep(min(self._rest(pause), self._seconds_left()))
            if not self._open or not self._seconds_left():
                break
            self._look_at(tuple(self._open), apart=turn > 0)
        return {address: unsettled(looks) for address, looks in self._looks.items()}

    def _look_at(self, addresses: Sequence[str], *, apart: bool) -> None:
        """Look once at each address.

        :param apart: whether the addresses that a crash left without a record are tried again in
            halves, so that the one that crashes linkchecker cannot take others with it.
        """
        doubtful: list[Record] = []

        def take(record: Record) -> None:
            if doubtful_host(record):
                doubtful.append(record)
            else:
                self._add(record.address, classify(record))

        ended = linkchecker.run(
            self._linkchecker,
            addresses,
            manners=self._manners,
            until=self._until,
            on_record=take,
        )
        self._knock(doubtful)
        missing = [address for address in addresses if address not in ended.recorded]
        if ended.ending is Ending.CRASHED and apart and len(missing) > 1:
            half = len(missing) // 2
            self._look_at(missing[:half], apart=True)
            self._look_at(missing[half:], apart=True)
        elif ended.ending is not Ending.OUT_OF_TIME:
            for address in missing:
                self._add(address, _WITHOUT_RECORD[ended.ending])

    def _knock(self, records: Sequence[Record]) -> None:
        hosts = {record: doubtful_host(record) for record in records}
        patience = min(_KNOCK_PATIENCE, self._seconds_left())
        answers = knock({host for host in hosts.values() if host}, patience)
        for record, host in hosts.items():
            answer = answers[host] if host else HostAnswer.UNKNOWN
            self._add(record.address, classify(record, answer))

    def _add(self, address: str, look: Look) -> None:
        self._looks[address].append(look)
        if settled(self._looks[address]) is not None:
            self._open.pop(address, None)
        self._report()

    def _report(self) -> None:
        if self._progress is not None:
            self._progress(len(self._looks) - len(self._open), len(self._looks))

    def _rest(self, pause: float) -> float:
        looks = [self._looks[address][-1] for address in self._open if self._looks[address]]
        return max([pause, *(look.wait for look in looks if look.wait <= LONGEST_WAIT)])

    def _seconds_left(self) -> float:
        return max(0.0, self._until - time.monotonic())


_WITHOUT_RECORD = {
    Ending.COMPLETED: NOT_RECORDED,
    Ending.CRASHED: NOT_RECORDED,
    Ending.STALLED: STALLED,
}
