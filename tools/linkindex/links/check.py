"""Looking at addresses until each has a verdict or time is up."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from linkindex.links.asking import linkchecker
from linkindex.links.asking.addresses import UnaskableError, for_linkchecker, interleaved, requested
from linkindex.links.asking.answers import (
    LONGEST_WAIT,
    Answer,
    HostAnswer,
    Record,
    doubtful_host,
)
from linkindex.links.asking.guard import Guard
from linkindex.links.asking.linkchecker import Ending, Manners, Run
from linkindex.links.asking.reader import Reader
from linkindex.links.judging.disturbance import unless_disturbed
from linkindex.links.judging.faults import Errors, too_many_unjudged
from linkindex.links.judging.looks import (
    NOT_OF_THE_WEB,
    NOT_RECORDED,
    STALLED,
    Look,
    classify,
    classify_answer,
)
from linkindex.links.judging.settling import MOST_LOOKS, settled, unsettled
from linkindex.links.model import Link, LinkReport, Outcome, Verdict
from linkindex.links.pages.identity import Identity, Seen

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Expectations:
    """What is expected at an address: what the index says of it, and what was seen there before.

    Both are by address as the catalogue writes it. An address without either may hold any page.
    """

    identities: Mapping[str, Identity] = field(default_factory=dict)
    seen: Mapping[str, Seen] = field(default_factory=dict)


@dataclass(frozen=True)
class Means:
    """What a check asks with and judges by; tests put others in their place.

    ``run`` is how linkchecker is run, ``reader`` makes what reads the pages, ``classify`` and
    ``classify_answer`` judge what the two bring back, and ``now`` is the clock of the deadline.
    """

    run: Callable[..., Run] = linkchecker.run
    reader: Callable[..., Reader] = Reader
    classify: Callable[[Record, HostAnswer], Look] = classify
    classify_answer: Callable[[Answer, Identity | None, Seen | None, HostAnswer], Look] = (
        classify_answer
    )
    now: Callable[[], float] = time.monotonic


USUAL_MEANS = Means()


def check_links(
    links: Iterable[Link],
    *,
    contact: str,
    expectations: Expectations | None = None,
    deadline: float = 900.0,
    timeout: float = 10.0,
    pause: float = 2.0,
    progress: Progress | None = None,
    guard: Guard | None = None,
    means: Means = USUAL_MEANS,
) -> LinkReport:
    """Check addresses of the web and say what was found of each link.

    Every address is looked at twice, however many links lead to it: linkchecker says whether it
    opens, and a reader of our own reads the page. Where the two leave a doubt it is read once more
    at the end. A link is broken when two looks agree. ``mailto:`` and ``tel:`` links are left out
    of the report, for nothing can be fetched.

    No request goes to an address inside a network, whatever an entry, a redirect or a name says.

    :param contact: an e-mail address or a page for the owners of the sites, sent with each request.
    :param expectations: what the pages should be; without them, whatever opens is working.
    :param deadline: seconds after which the check ends; what was found by then is kept, the rest
        is unverified.
    :param timeout: seconds of silence after which one request is given up.
    :param pause: seconds of rest before the look at the end.
    :param progress: called with the number of addresses that are settled and of all addresses.
    :param guard: lets tests, whose sites are on this computer, through to it.
    :param means: what it asks with and judges by.
    :raises LinksError: when linkchecker is missing or does not start.
    """
    links = tuple(link for link in links if not link.address.lower().startswith(_CONTACTS))
    asked, refused = _to_ask(links)
    expected = expectations or Expectations()
    written = {sent: address for address, sent in asked.items()}
    # As many threads as hosts: with more, linkchecker makes them all wait for one host.
    hosts = {urlsplit(address).netloc for address in asked.values()}
    threads = max(1, min(len(hosts), _MOST_THREADS))
    manners = Manners(linkchecker.user_agent(contact), timeout, threads=threads)
    with guard or Guard() as gate:
        looks = _Looks(
            interleaved(asked.values()),
            manners,
            means.now() + deadline,
            gate,
            lambda answer, host: means.classify_answer(
                answer,
                expected.identities.get(written[answer.address]),
                expected.seen.get(written[answer.address]),
                host,
            ),
            progress,
            means,
        )
        verdicts, trouble = unless_disturbed(looks.verdicts(pause))
        fault = looks.errors.fault or too_many_unjudged(verdicts.values())
    outcomes = (
        outcome(link, refused.get(link.address) or verdicts[asked[link.address]]) for link in links
    )
    return LinkReport(tuple(outcomes), disturbance=trouble, fault=fault)


_CONTACTS = ("mailto:", "tel:")
_MOST_THREADS = 100


def _to_ask(links: Sequence[Link]) -> tuple[dict[str, str], dict[str, Look]]:
    """The address to send for each that is written, and why some cannot be sent."""
    asked: dict[str, str] = {}
    refused: dict[str, Look] = {}
    for link in links:
        try:
            asked[link.address] = requested(link.address)
        except UnaskableError:
            refused[link.address] = NOT_OF_THE_WEB
    return asked, refused


def outcome(link: Link, look: Look) -> Outcome:
    """A link together with what was found of its address."""
    return Outcome(
        link,
        look.verdict,
        look.cause,
        status=look.status,
        final_address=look.final_address,
        hops=look.hops,
        title=look.title,
        danger=look.danger,
        fits=look.fits,
    )


class _Looks:
    """The looks at addresses of the web: linkchecker's, and the reader's beside it."""

    def __init__(
        self,
        addresses: Sequence[str],
        manners: Manners,
        until: float,
        guard: Guard,
        judge: Callable[[Answer, HostAnswer], Look],
        progress: Progress | None,
        means: Means,
    ) -> None:
        self._looks: dict[str, list[Look]] = {address: [] for address in addresses}
        self._open = dict.fromkeys(addresses)
        self._unread = set(addresses)
        self._manners = manners
        self._until = until
        self._guard = guard
        self._judge = judge
        self._means = means
        self._progress = progress
        self._linkchecker = linkchecker.program()
        self._one_at_a_time = threading.RLock()
        self.errors = Errors()

    def verdicts(self, pause: float) -> dict[str, Look]:
        """One verdict an address.

        :param pause: seconds of rest before each further look.
        """
        self._report()
        with self._means.reader(
            self._guard.address,
            self._manners.user_agent,
            self._manners.timeout,
            self._take_answer,
            now=self._means.now,
        ) as reader:
            self._sweep(reader)
            reader.wait(self._until)
            for turn in range(MOST_LOOKS):
                again = self._worth_another()
                if not again or not self._seconds_left():
                    break
                time.sleep(min(self._rest(pause * 2**turn), self._seconds_left()))
                reader.submit(interleaved(again))
                reader.wait(self._until)
        return {address: unsettled(looks) for address, looks in self._looks.items()}

    def _sweep(self, reader: Reader) -> None:
        """Let linkchecker look, and read each page as soon as it has."""
        plain = [address for address in self._looks if for_linkchecker(address)]
        plain_ones = frozenset(plain)
        reader.submit(address for address in self._looks if address not in plain_ones)
        if not plain:
            return

        def take(record: Record) -> None:
            look = self.errors.or_not_judged(record.address, lambda: self._look_of(record))
            if look.wait <= LONGEST_WAIT:
                self._add(record.address, look)
                self._read_after(look.wait, record.address, reader)
            else:
                self._unread.discard(record.address)
                self._add(record.address, look)

        ended = self._means.run(
            self._linkchecker,
            plain,
            manners=self._manners,
            until=self._until,
            now=self._means.now,
            on_record=take,
            proxy=self._guard.address,
        )
        missing = [address for address in plain if address not in ended.recorded]
        if ended.ending is not Ending.OUT_OF_TIME:
            for address in missing:
                self._add(address, _WITHOUT_RECORD[ended.ending])
            reader.submit(missing)

    def _look_of(self, record: Record) -> Look:
        host = doubtful_host(record)
        return self._means.classify(
            record, self._guard.answer(host) if host else HostAnswer.UNKNOWN
        )

    def _read_after(self, wait: float, address: str, reader: Reader) -> None:
        """Read now, or leave it to the end where the site asked to be left alone."""
        if wait:
            self._unread.discard(address)
        else:
            reader.submit([address])

    def _worth_another(self) -> list[str]:
        with self._one_at_a_time:
            return [a for a in self._open if len(self._looks[a]) < MOST_LOOKS]

    def _take_answer(self, answer: Answer) -> None:
        look = self.errors.or_not_judged(answer.address, lambda: self._judged(answer))
        with self._one_at_a_time:
            self._unread.discard(answer.address)
            self._add(answer.address, look)

    def _judged(self, answer: Answer) -> Look:
        if answer.error:
            raise answer.error
        return self._judge(answer, self._guard.answer(answer.host))

    def _add(self, address: str, look: Look) -> None:
        with self._one_at_a_time:
            self._looks[address].append(look)
            if address not in self._unread and self._is_settled(address):
                self._open.pop(address, None)
            self._report()

    def _is_settled(self, address: str) -> bool:
        """Whether no further look is worth it.

        A page that opened but could not be read is read again: it may be something else by now.
        """
        looks = self._looks[address]
        last = looks[-1]
        unread = last.verdict is Verdict.UNVERIFIED and last.wait <= LONGEST_WAIT
        if unread and len(looks) < MOST_LOOKS and any(look.verdict.opens for look in looks):
            return False
        return settled(looks) is not None

    def _report(self) -> None:
        if self._progress is not None:
            self._progress(len(self._looks) - len(self._open), len(self._looks))

    def _rest(self, pause: float) -> float:
        """The longest wait that a site asked for, with some jitter so as not to come in step."""
        looks = [self._looks[address][-1] for address in self._open if self._looks[address]]
        longest = max([pause, *(look.wait for look in looks if look.wait <= LONGEST_WAIT)])
        return longest * random.uniform(1.0, 1.2)  # noqa: S311 - no secret

    def _seconds_left(self) -> float:
        return max(0.0, self._until - self._means.now())


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
                self._add(address, _WITHOUT_RECORD[ended.ending])

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


_WITHOUT_RECORD = {
    Ending.COMPLETED: NOT_RECORDED,
    Ending.CRASHED: NOT_RECORDED,
    Ending.STALLED: STALLED,
}
