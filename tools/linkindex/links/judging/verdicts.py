"""From what was recorded of an address to a verdict. Pure.

Two programs look: linkchecker, whose :class:`Record` says whether an address opens, and a reader of
our own, whose :class:`Answer` says what the page is.

Most of what a link checker calls broken is not: of 18 reported links that somebody opened by hand,
10 were fine, 6 refused robots and 2 were dead (public-api-lists/public-api-lists#649). So a look
says "broken" only where a browser would fail too, and two looks must agree on it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import NamedTuple
from urllib.parse import urlsplit

from linkindex import clock
from linkindex.links.asking.addresses import same_address
from linkindex.links.model import Hop, Verdict
from linkindex.links.pages.danger import Danger, danger, fits
from linkindex.links.pages.html import PageText
from linkindex.links.pages.identity import Identity, Seen

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


REFUSED_BY_GUARD = 599
"""The status with which the guard answers where it made no connection."""


class HostAnswer(Enum):
    """What became of a connection to a host."""

    ANSWERS = "answers"
    MISSING = "its name does not exist"
    REFUSES = "it refuses the connection"
    PRIVATE = "it lies inside a network"
    UNRESOLVED = "its name could not be looked up now"
    SLOW = "it did not answer in time"
    PROXY = "the proxy of this network did not let the check through"
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


class Failure(Enum):
    """Why a page could not be read, where a site was reached."""

    SLOW = "the site did not answer in time"
    HUNG_UP = "the site hung up without an answer"
    CIRCLE = "the page leads round in a circle"
    CERTIFICATE = "a secure connection could not be made"
    NOT_WEB = "the address leads to something that is not a web page"
    GARBLED = "the site gave an answer that cannot be read"


@dataclass(frozen=True)
class Answer:
    """What the reader got for one address.

    ``status`` is the last HTTP status, ``None`` without one; then ``failure`` says why, with the
    words of the program in ``detail``. ``page`` is there for a page of HTML that was read, and
    ``error`` where this program failed to read it, which is no fault of the page.
    """

    address: str
    final_address: str
    status: int | None = None
    hops: tuple[Hop, ...] = ()
    failure: Failure | None = None
    detail: str = ""
    retry_after: str = ""
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


@dataclass(frozen=True)
class Look:
    """The verdict of one look.

    ``wait`` is how long the site asked to be left alone, in seconds. ``read`` says that the page
    itself was read, which outweighs whether it opened, and ``fits`` that it plainly is what the
    index says.
    """

    verdict: Verdict
    reason: str
    status: int | None = None
    final_address: str | None = None
    wait: float = 0.0
    hops: tuple[Hop, ...] = ()
    title: str = ""
    danger: Danger | None = None
    read: bool = False
    fits: bool = False

    @property
    def is_unjudged(self) -> bool:
        """Whether the check could make nothing of what it got."""
        return self.reason == NOT_JUDGED.reason


NOT_RECORDED = Look(Verdict.UNVERIFIED, "linkchecker failed before it had an answer")
NOT_JUDGED = Look(Verdict.UNVERIFIED, "the check could not make sense of the answer")
STALLED = Look(Verdict.UNVERIFIED, "no answer came in time")
NOT_IN_TIME = Look(Verdict.UNVERIFIED, "not looked at in time")


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


def classify(record: Record, host: HostAnswer = HostAnswer.UNKNOWN) -> Look:
    """The verdict of one look. "Broken" is provisional until :func:`settled` confirms it.

    :param host: what became of a connection to the :func:`doubtful_host`, if there is one.
    """
    status = record.status
    if status is None or (status == REFUSED_BY_GUARD and host is not HostAnswer.ANSWERS):
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
        wait = seconds_in(record.retry_after) if record.retry_after else 0.0
        reason = f"the site has a fault at the moment ({status})"
        return Look(Verdict.UNVERIFIED, reason, status, wait=wait)
    return Look(Verdict.UNVERIFIED, f"the site gave an unusual answer ({status})", status)


def classify_answer(
    answer: Answer,
    identity: Identity | None,
    before: Seen | None = None,
    host: HostAnswer = HostAnswer.UNKNOWN,
) -> Look:
    """The verdict of a look that read the page.

    :param identity: what the index says of the link; without one, any page that opens will do.
    :param before: what was seen there when the link was last in order.
    :param host: what became of the connection to the host that was asked last.
    """
    if answer.challenged:
        return Look(Verdict.BLOCKED, _SENT_A_TEST, answer.status, read=True)
    if answer.status is None or answer.status == REFUSED_BY_GUARD:
        return replace(_unanswered(answer, host), hops=answer.hops)
    record = Record(
        answer.address,
        f"{answer.status} ",
        answer.final_address,
        answer.hops,
        answer.retry_after,
    )
    look = replace(classify(record, HostAnswer.ANSWERS), hops=answer.hops)
    if answer.page is None or not look.verdict.opens:
        return look
    fitting = identity is not None and fits(answer.page, answer.final_address, identity)
    look = replace(look, title=answer.page.title, read=True, fits=fitting)
    found = danger(answer.page, answer.final_address, identity, before) if identity else None
    if found is Danger.WALL:
        return replace(look, verdict=Verdict.BLOCKED, reason=_SENT_A_TEST)
    if found is not None:
        return replace(look, verdict=Verdict.SUSPECT, reason=found.sentence, danger=found)
    if identity and _leads_to_a_login(answer):
        reason = "the site asks for a login, so open it by hand"
        return replace(look, verdict=Verdict.BLOCKED, reason=reason)
    return look


_SENT_A_TEST = "the site tests whether a person is asking, so open it by hand"


def _leads_to_a_login(answer: Answer) -> bool:
    """Whether a redirect ended at a login. A page that was asked for and holds one is as meant."""
    if answer.page is None or not answer.page.password_asked or not answer.hops:
        return False
    return re.search(r"log-?in|sign-?in|auth|sso", answer.final_address, re.IGNORECASE) is not None


def _unanswered(answer: Answer, host: HostAnswer) -> Look:
    if host in _DEAD:
        return Look(Verdict.BROKEN, _DEAD[host])
    if host in _NO_WAY:
        return Look(Verdict.UNVERIFIED, _NO_WAY[host])
    if answer.failure is Failure.CERTIFICATE:
        return _certificate(answer.detail)
    if answer.failure is Failure.CIRCLE:
        return Look(Verdict.BROKEN, Failure.CIRCLE.value)
    failure = answer.failure or Failure.HUNG_UP
    return Look(Verdict.UNVERIFIED, failure.value)


def settled(looks: Sequence[Look]) -> Look | None:
    """The verdict on an address after some looks, or ``None`` when it must be looked at again.

    A page that was there and could not be judged is not known, however well it opened. Else an
    answer that can be trusted settles it, whatever came before; one that read the page counts
    for more than one that only saw it open. Broken takes two looks that agree, harmful too, and
    unverified two looks of which neither was broken.
    """
    if _is_unjudged(looks):
        return NOT_JUDGED if len(looks) >= MOST_LOOKS else None
    if trusted := _most_trusted(looks):
        harmful = [look for look in looks if look.danger and look.danger.is_harmful]
        alone = trusted in harmful and len(harmful) < 2
        return None if alone and len(looks) < MOST_LOOKS else trusted
    if looks and looks[-1].wait > LONGEST_WAIT:
        return looks[-1]
    broken = [look for look in looks if look.verdict is Verdict.BROKEN]
    if len(broken) >= 2:
        return broken[-1]
    if len(looks) < (MOST_LOOKS if broken else 2):
        return None
    return _once_broken(broken[-1], looks[-1].reason) if broken else looks[-1]


def _is_unjudged(looks: Sequence[Look]) -> bool:
    """Whether a look failed to judge the page, and none has judged it."""
    return any(look.is_unjudged for look in looks) and not any(look.read for look in looks)


def _most_trusted(looks: Sequence[Look]) -> Look | None:
    opened = [look for look in looks if look.verdict.opens]
    read = [look for look in looks if look.read]
    blocked = [look for look in looks if look.verdict is Verdict.BLOCKED]
    return next((group[-1] for group in (read, opened, blocked) if group), None)


def unsettled(looks: Sequence[Look]) -> Look:
    """The verdict on an address when time is up. Never broken after one look."""
    if not looks:
        return NOT_IN_TIME
    broken = [look for look in looks if look.verdict is Verdict.BROKEN]
    if verdict := settled(looks):
        return verdict
    if _is_unjudged(looks):
        return NOT_JUDGED
    if trusted := _most_trusted(looks):
        return trusted
    return _once_broken(broken[-1], "there was no time to look again") if broken else looks[-1]


ENOUGH_HOSTS = 3
"""As many websites do not vanish at the same moment."""

MANY_HOSTS = 10
"""As many websites do not fail at the same moment, most of them, nor show one and the same page."""


def disturbance(looks: Mapping[str, Look]) -> str:
    """A sentence where this computer's network looks broken rather than the web; empty otherwise.

    Either not one of several websites answered at all, or most of many did not, or most of many
    sent the reader to one and the same page, as a hotel's network does before its guests sign in.
    """
    by_host: dict[str, list[Look]] = {}
    for address, look in looks.items():
        by_host.setdefault(urlsplit(address).hostname or "", []).append(look)
    silent = sum(
        all(look.status is None and not look.is_unjudged for look in found)
        for found in by_host.values()
    )
    if len(by_host) >= ENOUGH_HOSTS and silent == len(by_host):
        return _CUT_OFF
    if len(by_host) >= MANY_HOSTS and silent > len(by_host) * 0.7:
        return _CUT_OFF
    pages = Counter(
        key for found in by_host.values() for key in {_shown(look) for look in found} if key
    )
    most = pages.most_common(1)
    if len(by_host) >= MANY_HOSTS and most and most[0][1] > len(by_host) * 0.5:
        return _CAPTIVE
    return ""


def _shown(look: Look) -> str:
    """What a look was shown, as far as it tells one page from another."""
    return look.title.strip().lower() if look.read else ""


_CUT_OFF = (
    "the network looks broken: most websites did not answer, so nothing that was found counts and "
    "nothing is changed; check again when it works"
)
_CAPTIVE = (
    "the network looks broken: most websites showed one and the same page, as before signing in "
    "to a network, so nothing that was found counts and nothing is changed; sign in and check again"
)


def unless_disturbed(looks: Mapping[str, Look]) -> tuple[dict[str, Look], str]:
    """The verdicts by address and the :func:`disturbance`, under which none of them counts."""
    trouble = disturbance(looks)
    if not trouble:
        return dict(looks), ""
    return {address: Look(Verdict.UNVERIFIED, trouble) for address in looks}, trouble


def _once_broken(look: Look, otherwise: str) -> Look:
    return Look(Verdict.UNVERIFIED, f"{look.reason}, but only once: {otherwise}", look.status)


def _arrived(record: Record, status: int) -> Look:
    hops = record.real_hops
    for_good = bool(hops) and all(hop.status in _PERMANENT for hop in hops)
    moved = for_good and not same_address(record.final_address, record.address)
    verdict = Verdict.MOVED if moved else Verdict.WORKING
    reason = how_it_opened(verdict, status, record.final_address)
    return Look(verdict, reason, status, record.final_address)


def how_it_opened(verdict: Verdict, status: int | None, final_address: str) -> str:
    """What is said of a page that opened."""
    if verdict is Verdict.MOVED:
        return f"the page has moved for good to {final_address}"
    return f"the page opens ({status})" if status else "the page opens"


def _too_many_requests(retry_after: str) -> Look:
    wait = seconds_in(retry_after) if retry_after else 0.0
    return Look(Verdict.UNVERIFIED, "the site is too busy to answer (429)", 429, wait=wait)


def seconds_in(retry_after: str) -> float:
    """How long a site asks to be left alone: a number of seconds, or until a moment (RFC 9110)."""
    if re.fullmatch(r"\d{1,9}", retry_after):
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
        return max(0.0, (moment - clock.now()).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return math.inf


def _without_answer(record: Record, host: HostAnswer) -> Look:
    result = record.result
    if doubtful_host(record) and host in _DEAD:
        return Look(Verdict.BROKEN, _DEAD[host])
    if doubtful_host(record) and host in _NO_WAY:
        return Look(Verdict.UNVERIFIED, _NO_WAY[host])
    if result.startswith("TooManyRedirects"):
        return Look(Verdict.BROKEN, "the page leads round in a circle")
    if result.startswith("SSLError"):
        return _certificate(result)
    return Look(Verdict.UNVERIFIED, _unclear(result))


_DEAD = {
    HostAnswer.MISSING: "the website does not exist any more (its name is not known)",
    HostAnswer.REFUSES: "no website answers at this address (connection refused)",
    HostAnswer.PRIVATE: "it leads into a private network, where the check does not go",
}
_NO_WAY = {
    HostAnswer.UNRESOLVED: "the name of the website could not be looked up",
    HostAnswer.SLOW: "the site did not answer in time",
    HostAnswer.PROXY: "the proxy of this network did not let the check through",
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
