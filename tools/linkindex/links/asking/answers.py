"""What came back from an address, as the programs that asked recorded it.

Two programs look: a reader of our own, whose :class:`Answer` says what the page is, and, where it
is asked for, linkchecker, whose :class:`Record` says whether an address opens.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import NamedTuple
from urllib.parse import urlsplit

from linkindex import clock
from linkindex.links.asking.addresses import same_address
from linkindex.links.model import Hop
from linkindex.links.pages.html import PageText

LONGEST_WAIT = 30.0
"""Seconds for which a check waits where a site asks to be left alone (``Retry-After``). A day has
been seen; checkers that waited for it hung. A site that asks for more is not asked again at all."""


class Host(NamedTuple):
    """The host and port to which a connection was tried."""

    name: str
    port: int


REFUSED_BY_GUARD = 599
"""The status with which the guard answers where it made no connection."""


class HostAnswer(Enum):
    """What became of a connection to a host."""

    ANSWERS = "answers"
    MISSING = "missing"
    """Its name does not exist."""
    REFUSES = "refuses"
    PRIVATE = "private"
    """It lies inside a network."""
    UNRESOLVED = "unresolved"
    """Its name could not be looked up now."""
    SLOW = "slow"
    PROXY = "proxy"
    """The proxy of this network did not let the check through."""
    LEFT_ALONE = "left-alone"
    """It asked to be left alone for longer than the check can wait, so nothing was asked."""
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Record:
    """What linkchecker recorded about one address that it was given.

    ``result`` is its text, such as ``404 Not Found`` or the name and message of an exception, cut
    at 240 characters. ``final_address`` is where the redirects ended. ``retry_after`` is the
    header's text where a site answered 429.
    """

    address: str
    result: str
    final_address: str
    hops: tuple[Hop, ...] = ()
    retry_after: str = ""

    @property
    def status(self) -> int | None:
        """The last HTTP status, if the site answered."""
        number = re.match(r"(\d{3})\b", self.result)
        return int(number[1]) if number else None

    @property
    def host(self) -> Host:
        """The host that was asked last."""
        return host_of(self.final_address)


def own_hops(address: str, hops: Sequence[Hop]) -> Sequence[Hop]:
    """The redirects of an address itself, of all that were recorded for it.

    When A redirects to B and B is listed too, linkchecker reports A's redirects for B. So
    whatever leads to the address itself is dropped, with all that came before.
    """
    own = [same_address(hop.address, address) for hop in hops]
    return hops[len(own) - own[::-1].index(True) :] if any(own) else hops


class Failure(Enum):
    """Why a page could not be read, where a site was reached."""

    SLOW = "slow"
    HUNG_UP = "hung-up"
    CIRCLE = "circle"
    CERTIFICATE = "certificate"
    NOT_WEB = "not-web"
    GARBLED = "garbled"
    LEFT_ALONE = "left-alone"


class Content(Enum):
    """What an address gave, by its beginning."""

    PAGE = "page"
    FILE = "file"
    """Something that is not read, such as a PDF or a picture."""
    NOTHING = "nothing"
    DATA = "data"
    """What is meant for programs, such as an error in JSON."""
    GARBAGE = "garbage"
    LATE = "late"
    """It began, and did not come in time."""


@dataclass(frozen=True)
class Answer:
    """What the reader got for one address.

    ``status`` is the last HTTP status, ``None`` without one; then ``failure`` says why, with the
    words of the program in ``detail``. ``content`` is what came, ``page`` what a page says, and
    ``error`` is there where this program failed to read it, which is no fault of the page.
    """

    address: str
    final_address: str
    status: int | None = None
    hops: tuple[Hop, ...] = ()
    failure: Failure | None = None
    detail: str = ""
    retry_after: str = ""
    content: Content = Content.FILE
    page: PageText | None = None
    challenged: bool = False
    error: Exception | None = None

    @property
    def host(self) -> Host:
        """The host that was asked last."""
        return host_of(self.final_address)


def host_of(address: str) -> Host:
    """The host and port that an address is asked for at; no host where the address is none."""
    try:
        parts = urlsplit(address)
        return Host(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
    except ValueError:
        return Host("", 0)


def doubtful_host(record: Record) -> Host | None:
    """The host that did not answer, where the record leaves open why.

    linkchecker's text names the host three times before it says why, so the reason is cut off for
    most hosts. The host is that of the last redirect.
    """
    if record.status == REFUSED_BY_GUARD:
        return host_of(record.final_address)
    if not record.result.startswith(("ConnectionError", "ProxyError")):
        return None
    named = re.search(r"host='([^']+)', port=(\d{1,5})\b", record.result)
    return Host(named[1], int(named[2])) if named else None


def rest_asked(answer: Record | Answer) -> float:
    """Seconds for which a site asks to be left alone, which goes for all of its pages."""
    asks = answer.status == 429 or (answer.status or 0) >= 500
    return seconds_in(answer.retry_after) if asks and answer.retry_after else 0.0


def seconds_in(retry_after: str) -> float:
    """How long a site asks to be left alone: a number of seconds, or until a moment (RFC 9110)."""
    if re.fullmatch(r"\d{1,9}", retry_after):
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
        return max(0.0, (moment - clock.now()).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return math.inf
