"""Looking at addresses of the web until each has a verdict or time is up.

The reader looks first, since it reads what it gets. It looks again, some seconds later, only where
one look says too little: at what failed, is suspect, or gave no answer. linkchecker looks at every
address beside it where somebody asks for that.
"""

from __future__ import annotations

import datetime
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from linkindex.links.asking import linkchecker
from linkindex.links.asking.addresses import for_linkchecker
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
from linkindex.links.judging.disturbance import Silence
from linkindex.links.judging.faults import Errors
from linkindex.links.judging.looks import (
    NOT_RECORDED,
    STALLED,
    Look,
    classify,
    classify_answer,
)
from linkindex.links.judging.settling import MOST_LOOKS, settled, unsettled
from linkindex.links.pages.identity import Identity, Seen

Progress = Callable[[int, int], None]
"""Is told how many addresses are settled, and how many there are."""

WITHOUT_RECORD = {
    Ending.COMPLETED: NOT_RECORDED,
    Ending.CRASHED: NOT_RECORDED,
    Ending.STALLED: STALLED,
}
"""What is known of an address of which linkchecker has no record, by how it ended."""


@dataclass(frozen=True)
class Means:
    """What a check asks with and judges by; tests put others in their place.

    ``run`` is how linkchecker is run, ``reader`` makes what reads the pages, ``classify`` and
    ``classify_answer`` judge what the two bring back, and ``now`` is the clock of the deadline.
    """

    run: Callable[..., Run] = linkchecker.run
    reader: Callable[..., Reader] = Reader
    classify: Callable[[Record, HostAnswer], Look] = classify
    classify_answer: Callable[
        [Answer, Identity | None, Seen | None, HostAnswer, datetime.date | None], Look
    ] = classify_answer
    now: Callable[[], float] = time.monotonic


USUAL_MEANS = Means()


class Looks:
    """The looks at some addresses.

    :param addresses: in the form that :func:`~linkindex.links.asking.addresses.requested` returns,
        in the order in which they are asked for.
    :param until: the moment of the clock at which the looking ends.
    :param judge: says what an answer means, by what became of the connection to its host.
    :param pause: seconds between two looks at one address; more after the second.
    """

    def __init__(
        self,
        addresses: Sequence[str],
        manners: Manners,
        until: float,
        guard: Guard,
        judge: Callable[[Answer, HostAnswer], Look],
        *,
        pause: float,
        progress: Progress | None,
        means: Means,
    ) -> None:
        self._looks: dict[str, list[Look]] = {address: [] for address in addresses}
        self._open = dict.fromkeys(addresses)
        self._to_be_read = set(addresses)
        self._manners = manners
        self._until = until
        self._guard = guard
        self._judge = judge
        self._pause = pause
        self._progress = progress
        self._means = means
        self._silence = Silence(addresses, since=means.now())
        self._one_at_a_time = threading.RLock()
        self._reader = means.reader(
            guard.address,
            manners.user_agent,
            manners.timeout,
            self._take_answer,
            now=means.now,
            answer_of=guard.answer,
        )
        self.errors = Errors()

    def verdicts(self, *, with_linkchecker: bool = False) -> dict[str, Look]:
        """One verdict an address.

        :param with_linkchecker: whether linkchecker looks at each before it is read.
        """
        self._report()
        with self._reader as reader:
            if with_linkchecker:
                self._ask_linkchecker(linkchecker.program())
            else:
                reader.submit(self._looks)
            reader.wait(self._until, self._is_cut_off)
        return {address: unsettled(looks) for address, looks in self._looks.items()}

    def _is_cut_off(self) -> bool:
        """Whether nobody answers, so that it is in vain to go on."""
        return self._silence.is_of_the_network(self._means.now())

    def _ask_linkchecker(self, program: Path) -> None:
        plain = [address for address in self._looks if for_linkchecker(address)]
        plain_ones = frozenset(plain)
        self._reader.submit(address for address in self._looks if address not in plain_ones)
        if not plain:
            return
        ended = self._means.run(
            program,
            plain,
            manners=self._manners,
            until=self._until,
            now=self._means.now,
            on_record=self._take_record,
            proxy=self._guard.address,
        )
        if ended.ending is Ending.OUT_OF_TIME:
            return
        for address in plain:
            if address not in ended.recorded:
                self._add(address, WITHOUT_RECORD[ended.ending])

    def _take_record(self, record: Record) -> None:
        look = self.errors.or_not_judged(record.address, lambda: self._look_of(record))
        if look.wait > LONGEST_WAIT:
            self._guard.leave_alone(record.host)
        self._add(record.address, look)

    def _look_of(self, record: Record) -> Look:
        host = doubtful_host(record)
        return self._means.classify(
            record, self._guard.answer(host) if host else HostAnswer.UNKNOWN
        )

    def _take_answer(self, answer: Answer) -> None:
        look = self.errors.or_not_judged(answer.address, lambda: self._judged(answer))
        if look.wait > LONGEST_WAIT:
            # Said before the reader asks this host for anything else.
            self._guard.leave_alone(answer.host)
        with self._one_at_a_time:
            self._to_be_read.discard(answer.address)
            self._add(answer.address, look)

    def _judged(self, answer: Answer) -> Look:
        if answer.error:
            raise answer.error
        return self._judge(answer, self._guard.answer(answer.host))

    def _add(self, address: str, look: Look) -> None:
        with self._one_at_a_time:
            looks = self._looks[address]
            looks.append(look)
            self._silence.heard(address, look)
            if look.wait > LONGEST_WAIT:
                self._to_be_read.discard(address)
            if address in self._to_be_read:
                self._reader.submit([address], after=look.wait)
            elif settled(looks) is not None:
                self._open.pop(address, None)
            elif len(looks) < MOST_LOOKS:
                self._reader.submit([address], after=self._rest(looks))
            self._report()

    def _rest(self, looks: Sequence[Look]) -> float:
        """Seconds until the next look: longer each time, and as long as the site asks for."""
        rest = max(self._pause * 2.0 ** (len(looks) - 1), looks[-1].wait)
        jitter = random.uniform(1.0, 1.2)  # noqa: S311 - no secret
        return rest * jitter

    def _report(self) -> None:
        if self._progress is not None:
            self._progress(len(self._looks) - len(self._open), len(self._looks))
