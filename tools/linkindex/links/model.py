"""What is checked and what is found: links, verdicts, outcomes and the report of them all."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import KW_ONLY, dataclass, field, replace
from enum import StrEnum

from linkindex import clock
from linkindex.catalogue import LinkIndexError
from linkindex.links.causes import Cause, Danger, Disturbance, Fault, Told


class LinksError(LinkIndexError):
    """The check itself could not be made; the text says what to do."""


class Verdict(StrEnum):
    """What one check found. It is a measurement, not a fact about the link.

    >>> [verdict.value for verdict in linkindex.Verdict]
    ['working', 'moved', 'broken', 'blocked', 'unverified', 'suspect']
    """

    WORKING = "working"
    MOVED = "moved"
    BROKEN = "broken"
    BLOCKED = "blocked"
    UNVERIFIED = "unverified"
    SUSPECT = "suspect"

    @property
    def opens(self) -> bool:
        """Whether the page was there, as far as is known."""
        return self in (Verdict.WORKING, Verdict.MOVED)

    @property
    def fails(self) -> bool:
        """Whether readers would not find there what the index says."""
        return self in (Verdict.BROKEN, Verdict.SUSPECT)


@dataclass(frozen=True)
class Hop:
    """One redirect: the address it led to and its HTTP status (0 for one that a page asks for)."""

    address: str
    status: int


@dataclass(frozen=True)
class Link:
    """An address and where it is written. ``line`` counts from 1.

    ``owner_id`` and ``owner_title`` name what the address belongs to: a resource, the settings of
    the index, or a page of the built site.
    """

    address: str
    file: str
    line: int
    owner_id: str
    owner_title: str


@dataclass(frozen=True)
class Outcome:
    """The verdict on one link and the evidence for it.

    ``cause`` is why, which :func:`linkindex.links.wording.reason` says in words. ``status`` is the
    last HTTP status that was seen, ``final_address`` where the address leads in the end, if
    anywhere, ``hops`` the way there and ``title`` what the page calls itself. ``danger`` says what
    a suspect page turned out to be. ``fits`` says that the page was read and plainly is what the
    index says of it.
    """

    link: Link
    verdict: Verdict
    cause: Cause
    _: KW_ONLY
    status: int | None = None
    final_address: str | None = None
    hops: tuple[Hop, ...] = ()
    title: str = ""
    danger: Danger | None = None
    fits: bool = False

    @property
    def harmful(self) -> bool:
        """Whether the page must not be shown to anybody."""
        return self.danger is not None and self.danger.is_harmful


@dataclass(frozen=True)
class Part:
    """Which part of a check a report is: ``number`` (from 1) ``of`` so many.

    ``others`` are the addresses that the other parts look at, so that whoever joins the parts
    knows what a missing one leaves out.
    """

    number: int
    of: int
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class MissingParts:
    """The parts of a check that are not there: their ``numbers`` (from 1) ``of`` so many.

    ``disturbed`` are those of them that came, and had found their network broken; the others never
    came. ``links`` is how many links were not looked at for that.
    """

    numbers: tuple[int, ...]
    of: int
    links: int
    disturbed: tuple[int, ...] = ()


def _now() -> datetime.datetime:
    return clock.now().astimezone(datetime.UTC)


@dataclass(frozen=True)
class LinkReport:
    """Every outcome of a check, in the order of the links, and when it was made (UTC).

    >>> # report = linkindex.check_links(index)
    >>> [outcome.link.line for outcome in report.having(linkindex.Verdict.BROKEN)]
    [36]
    >>> report.has_failed
    True

    ``disturbance`` says that the network of the check looks broken rather than the web, and how;
    then it is the cause of every outcome that does not count. ``part`` says which part of a check
    it is, if it is one, and ``missing`` which parts were not there when the others were joined.
    ``fault`` says that pages could not be judged: what was found is true, and a danger may have
    been missed.
    """

    outcomes: tuple[Outcome, ...]
    checked_at: datetime.datetime = field(default_factory=_now)
    _: KW_ONLY
    disturbance: Disturbance | Told | None = None
    part: Part | None = None
    missing: MissingParts | None = None
    fault: Fault | None = None

    @property
    def counting(self) -> LinkReport:
        """The report of what counts, though the network was broken: of the site's own pages."""
        if self.disturbance is None:
            return self
        counted = tuple(outcome for outcome in self.outcomes if outcome.cause != self.disturbance)
        return replace(self, outcomes=counted, disturbance=None)

    def having(self, verdict: Verdict) -> tuple[Outcome, ...]:
        """The outcomes with one verdict."""
        return tuple(outcome for outcome in self.outcomes if outcome.verdict is verdict)

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many outcomes have each verdict; every verdict is there."""
        counts = Counter(outcome.verdict for outcome in self.outcomes)
        return {verdict: counts[verdict] for verdict in Verdict}

    @property
    def has_failed(self) -> bool:
        """Whether a link is broken or harmful, which alone makes a check fail."""
        return any(
            outcome.verdict is Verdict.BROKEN or outcome.harmful for outcome in self.outcomes
        )

    def followed_by(self, other: LinkReport) -> LinkReport:
        """One report of two checks, such as of the catalogue and of the built site."""
        fault = self.fault or other.fault
        return replace(self, outcomes=self.outcomes + other.outcomes, fault=fault)
