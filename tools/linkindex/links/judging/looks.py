"""From what was recorded of an address to the verdict of one look. Pure.

Most of what a link checker calls broken is not: of 18 reported links that somebody opened by hand,
10 were fine, 6 refused robots and 2 were dead (public-api-lists/public-api-lists#649). So a look
says "broken" only where a browser would fail too, and two looks must agree on it
(:mod:`~linkindex.links.judging.settling`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from linkindex.links.asking.addresses import same_address
from linkindex.links.asking.answers import (
    REFUSED_BY_GUARD,
    Answer,
    Failure,
    HostAnswer,
    Record,
    doubtful_host,
    seconds_in,
)
from linkindex.links.model import Hop, Verdict
from linkindex.links.pages.danger import Danger, danger, fits
from linkindex.links.pages.identity import Identity, Seen

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
