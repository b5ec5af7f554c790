"""From what linkchecker recorded to a verdict. Pure.

Most of what a link checker calls broken is not: of 18 reported links that somebody opened by hand,
10 were fine, 6 refused robots and 2 were dead (public-api-lists/public-api-lists#649). So a look
says "broken" only where a browser would fail too, and two looks must agree on it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple
from urllib.parse import urlsplit

from linkindex.links.model import Verdict
from linkindex.links.plan import same_address

MOST_LOOKS = 3
"""Looks at one address at most: the third decides where the first two disagree."""

LONGEST_WAIT = 30.0
"""Seconds that a site may ask to be left alone within one check (``Retry-After``). A day has been
seen; checkers that obeyed it hung."""

_GONE = {404: "the page does not exist", 410: "the page was removed for good"}
_REFUSED = {
    401: "the site asks for a login",
    403: "the site refuses to answer robots",
    405: "the site refuses to answer robots",
    406: "the site refuses to answer robots",
    407: "a gateway asks for a login",
    451: "the site may not show the page where the check runs",
    999: "the site refuses to answer robots",
}
_PERMANENT = (301, 308)
_BAD_CERTIFICATE = {
    "certificate has expired": "the security certificate has expired",
    "certificate is not yet valid": "the security certificate is not valid yet",
    "self-signed certificate": "the security certificate is self-signed",
    "self signed certificate": "the security certificate is self-signed",
    "doesn't match": "the security certificate belongs to another site",
    "mismatch": "the security certificate belongs to another site",
}
"""What OpenSSL and urllib3 say when every browser warns the reader off, too. A missing
intermediate certificate ("unable to get local issuer") is not among them: browsers fetch it."""


class Host(NamedTuple):
    """The host and port to which a connection was tried."""

    name: str
    port: int


class HostAnswer(Enum):
    """What became of a connection to a host."""

    ANSWERS = "answers"
    MISSING = "its name does not exist"
    REFUSES = "it refuses the connection"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Hop:
    """One redirect: the address it led to and its HTTP status."""

    address: str
    status: int


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
        found = re.match(r"(\d{3})\b", self.result)
        return int(found[1]) if found else None

    @property
    def real_hops(self) -> tuple[Hop, ...]:
        """The redirects of this address itself.

        When A redirects to B and B is listed too, linkchecker reports A's redirects for B. So
        whatever leads to the address itself is dropped, with all that came before.
        """
        own = [same_address(hop.address, self.address) for hop in self.hops]
        return self.hops[len(own) - own[::-1].index(True) :] if any(own) else self.hops


@dataclass(frozen=True)
class Look:
    """The verdict of one look. ``wait`` is how long the site asked to be left alone, in seconds."""

    verdict: Verdict
    reason: str
    status: int | None = None
    final_address: str | None = None
    wait: float = 0.0


NOT_RECORDED = Look(Verdict.UNVERIFIED, "linkchecker failed before it had an answer")
STALLED = Look(Verdict.UNVERIFIED, "no answer came in time")
CUT_OFF = Look(
    Verdict.UNVERIFIED, "no website answered at all, so this computer may not be connected"
)
NOT_IN_TIME = Look(Verdict.UNVERIFIED, "not looked at in time")


def doubtful_host(record: Record) -> Host | None:
    """The host that did not answer, where the record leaves open why.

    linkchecker's text names the host three times before it says why, so the reason is cut off for
    most hosts. The host is that of the last redirect.
    """
    if not record.result.startswith("ConnectionError"):
        return None
    named = re.search(r"host='([^']+)', port=(\d{1,5})\b", record.result)
    return Host(named[1], int(named[2])) if named else None


def classify(record: Record, host: HostAnswer = HostAnswer.UNKNOWN) -> Look:
    """The verdict of one look. "Broken" is provisional until :func:`settled` confirms it.

    :param host: what became of a connection to the :func:`doubtful_host`, if there is one.
    """
    status = record.status
    if status is None:
        return _without_answer(record, host)
    if 200 <= status < 300 and status not in (202, 204, 205):
        return _arrived(record, status)
    if status in _GONE:
        return Look(Verdict.BROKEN, f"{_GONE[status]} ({status})", status, record.final_address)
    if status in _REFUSED:
        reason = f"{_REFUSED[status]} ({status}), so open it by hand"
        return Look(Verdict.BLOCKED, reason, status)
    if status == 429:
        return _too_many_requests(record.retry_after)
    if status >= 500:
        return Look(Verdict.UNVERIFIED, f"the site has a fault at the moment ({status})", status)
    return Look(Verdict.UNVERIFIED, f"the site gave an unusual answer ({status})", status)


def settled(looks: Sequence[Look]) -> Look | None:
    """The verdict on an address after some looks, or ``None`` when it must be looked at again.

    An answer that can be trusted settles it, whatever came before. Broken takes two looks that
    agree, and unverified two looks of which neither was broken.
    """
    for look in reversed(looks):
        if look.verdict not in (Verdict.BROKEN, Verdict.UNVERIFIED):
            return look
    if looks and looks[-1].wait > LONGEST_WAIT:
        return looks[-1]
    broken = [look for look in looks if look.verdict is Verdict.BROKEN]
    if len(broken) >= 2:
        return broken[-1]
    if len(looks) < (MOST_LOOKS if broken else 2):
        return None
    return _once_broken(broken[-1], looks[-1].reason) if broken else looks[-1]


def unsettled(looks: Sequence[Look]) -> Look:
    """The verdict on an address when time is up. Never broken after one look."""
    if not looks:
        return NOT_IN_TIME
    broken = [look for look in looks if look.verdict is Verdict.BROKEN]
    if verdict := settled(looks):
        return verdict
    return _once_broken(broken[-1], "there was no time to look again") if broken else looks[-1]


ENOUGH_HOSTS = 3
"""As many websites do not vanish at the same moment."""


def unless_cut_off(looks: Mapping[str, Look]) -> dict[str, Look]:
    """The verdicts by address; none is broken where not one of several websites answered at all.

    Then it is more likely that this computer is not connected than that every site is gone.
    """
    hosts = {urlsplit(address).hostname for address in looks}
    answered = any(look.status is not None for look in looks.values())
    if answered or len(hosts) < ENOUGH_HOSTS:
        return dict(looks)
    return {
        address: CUT_OFF if look.verdict is Verdict.BROKEN else look
        for address, look in looks.items()
    }


def _once_broken(look: Look, otherwise: str) -> Look:
    return Look(Verdict.UNVERIFIED, f"{look.reason}, but only once: {otherwise}", look.status)


def _arrived(record: Record, status: int) -> Look:
    hops = record.real_hops
    for_good = bool(hops) and all(hop.status in _PERMANENT for hop in hops)
    if for_good and not same_address(record.final_address, record.address):
        reason = f"the page has moved for good to {record.final_address}"
        return Look(Verdict.MOVED, reason, status, record.final_address)
    return Look(Verdict.WORKING, f"the page opens ({status})", status, record.final_address)


def _too_many_requests(retry_after: str) -> Look:
    """A moment given as a date is not worked out: such a site is not asked again."""
    seconds = re.fullmatch(r"\d{1,9}", retry_after)
    wait = float(seconds[0]) if seconds else math.inf if retry_after else 0.0
    return Look(Verdict.UNVERIFIED, "the site is too busy to answer (429)", 429, wait=wait)


def _without_answer(record: Record, host: HostAnswer) -> Look:
    result = record.result
    if doubtful_host(record) and host in _DEAD:
        return Look(Verdict.BROKEN, _DEAD[host])
    if result.startswith("TooManyRedirects"):
        return Look(Verdict.BROKEN, "the page leads round in a circle")
    if result.startswith("SSLError"):
        return _certificate(result)
    return Look(Verdict.UNVERIFIED, _unclear(result))


_DEAD = {
    HostAnswer.MISSING: "the website does not exist any more (its name is not known)",
    HostAnswer.REFUSES: "no website answers at this address (connection refused)",
}


def _certificate(result: str) -> Look:
    for said, reason in _BAD_CERTIFICATE.items():
        if said in result:
            return Look(Verdict.BROKEN, f"{reason}, so browsers refuse to open it")
    return Look(Verdict.UNVERIFIED, "a secure connection could not be made")


def _unclear(result: str) -> str:
    if result.startswith("ProxyError"):
        return "the proxy of this network did not let the check through"
    if "NameResolutionError" in result:
        return "the name of the website could not be looked up"
    if "imeout" in result or "timed out" in result:
        return "the site did not answer in time"
    if "ConnectionReset" in result or "RemoteDisconnected" in result:
        return "the site hung up without an answer"
    return "the site could not be reached"
