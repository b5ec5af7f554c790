"""From what was recorded of an address to the verdict of one look. Pure.

Most of what a link checker calls broken is not: of 18 reported links that somebody opened by hand,
10 were fine, 6 refused robots and 2 were dead (public-api-lists/public-api-lists#649). So a look
says "broken" only where a browser would fail too, and two looks must agree on it
(:mod:`~linkindex.links.judging.settling`).
"""

from __future__ import annotations

import datetime
import math
import re
from dataclasses import KW_ONLY, dataclass, replace

from linkindex.links.asking.addresses import same_address
from linkindex.links.asking.answers import (
    REFUSED_BY_GUARD,
    Answer,
    Content,
    Failure,
    HostAnswer,
    Record,
    doubtful_host,
    own_hops,
    rest_asked,
)
from linkindex.links.causes import Answered, Cause, Danger, MovedTo, Opens, Why
from linkindex.links.model import Hop, Verdict
from linkindex.links.pages.danger import cause as cause_of
from linkindex.links.pages.danger import danger, fits
from linkindex.links.pages.fingerprint import fingerprint
from linkindex.links.pages.identity import Identity, Seen
from linkindex.links.pages.unread import unread

_GONE = (404, 410)
_REFUSED = (401, 403, 405, 406, 407, 451, 999)
_NO_PAGE = (202, 204, 205)
_PERMANENT = (301, 308)
_BAD_CERTIFICATE = {
    "certificate has expired": Why.CERTIFICATE_EXPIRED,
    "certificate is not yet valid": Why.CERTIFICATE_NOT_YET_VALID,
    "self-signed certificate": Why.CERTIFICATE_SELF_SIGNED,
    "self signed certificate": Why.CERTIFICATE_SELF_SIGNED,
    "doesn't match": Why.CERTIFICATE_OF_ANOTHER,
    "mismatch": Why.CERTIFICATE_OF_ANOTHER,
}
"""What OpenSSL and urllib3 say when every browser warns the reader off, too. A missing
intermediate certificate ("unable to get local issuer") is not among them: browsers fetch it."""


@dataclass(frozen=True)
class Look:
    """The verdict of one look, and why.

    ``wait`` is how long the site asked to be left alone, in seconds. ``read`` says that what came
    was looked into, which outweighs whether it opened, and ``fits`` that it plainly is what the
    index says. ``shown`` is the fingerprint of the page, where something was expected of it.
    """

    verdict: Verdict
    cause: Cause
    _: KW_ONLY
    status: int | None = None
    final_address: str | None = None
    wait: float = 0.0
    hops: tuple[Hop, ...] = ()
    title: str = ""
    danger: Danger | None = None
    read: bool = False
    fits: bool = False
    shown: str = ""

    @property
    def is_unjudged(self) -> bool:
        """Whether the check could make nothing of what it got."""
        return self.cause is Why.NOT_JUDGED


NOT_RECORDED = Look(Verdict.UNVERIFIED, Why.NOT_RECORDED)
NOT_JUDGED = Look(Verdict.UNVERIFIED, Why.NOT_JUDGED)
STALLED = Look(Verdict.UNVERIFIED, Why.STALLED)
LEFT_ALONE = Look(Verdict.UNVERIFIED, Why.ASKED_TO_WAIT, wait=math.inf)
NOT_IN_TIME = Look(Verdict.UNVERIFIED, Why.NOT_IN_TIME)
NOT_OF_THE_WEB = Look(Verdict.UNVERIFIED, Why.NOT_OF_THE_WEB)


def classify(record: Record, host: HostAnswer = HostAnswer.UNKNOWN) -> Look:
    """The verdict of one look. "Broken" is provisional until two looks agree.

    :param host: what became of a connection to the :func:`doubtful_host`, if there is one.
    """
    status = record.status
    if status is None or (status == REFUSED_BY_GUARD and host is not HostAnswer.ANSWERS):
        return _without_answer(record, host)
    return _of_status(status, record)


def classify_answer(
    answer: Answer,
    identity: Identity | None,
    before: Seen | None = None,
    host: HostAnswer = HostAnswer.UNKNOWN,
    today: datetime.date | None = None,
) -> Look:
    """The verdict of a look that read the page.

    :param identity: what the index says of the link; without one, any page that opens will do.
    :param before: what was seen there when the link last worked.
    :param host: what became of the connection to the host that was asked last.
    :param today: the day of the check; without it, work that is announced for a day has not ended.
    """
    if answer.challenged:
        return Look(Verdict.BLOCKED, Why.WANTS_A_PERSON, status=answer.status, read=True)
    if answer.status is None or answer.status == REFUSED_BY_GUARD:
        return replace(_unanswered(answer, host), hops=answer.hops)
    look = replace(_of_status(answer.status, answer), hops=answer.hops)
    if not look.verdict.opens:
        return look
    if answer.content in _UNREAD:
        return replace(look, verdict=Verdict.UNVERIFIED, cause=_UNREAD[answer.content], read=True)
    if answer.page is None:
        return look
    fitting = identity is not None and fits(answer.page, answer.final_address, identity)
    shown = fingerprint(answer.page, answer.address) if identity else ""
    look = replace(look, title=answer.page.title, read=True, fits=fitting, shown=shown)
    kind = danger(answer.page, answer.final_address, identity, before, today) if identity else None
    if kind is Danger.WALL:
        return replace(look, verdict=Verdict.BLOCKED, cause=Why.WANTS_A_PERSON)
    if identity and kind is not None:
        why = cause_of(kind, answer.page, answer.final_address, identity, before)
        return replace(look, verdict=Verdict.SUSPECT, cause=why, danger=kind)
    if identity and _leads_to_a_login(answer):
        return replace(look, verdict=Verdict.BLOCKED, cause=Why.WANTS_LOGIN)
    if unshown := unread(answer.page, identity):
        verdict = Verdict.UNVERIFIED if unshown is Why.EMPTY_PAGE else Verdict.BLOCKED
        return replace(look, verdict=verdict, cause=unshown, fits=False)
    return look


_UNREAD = {
    Content.NOTHING: Why.EMPTY_PAGE,
    Content.DATA: Why.DATA_NOT_A_PAGE,
    Content.GARBAGE: Why.UNREADABLE_ANSWER,
    Content.LATE: Why.TOO_SLOW,
}
"""What opened and could not be read, so that nothing is known of it."""


def _leads_to_a_login(answer: Answer) -> bool:
    """Whether a redirect ended at a login. A page that was asked for and holds one is as meant."""
    if answer.page is None or not answer.page.password_asked or not answer.hops:
        return False
    return re.search(r"log-?in|sign-?in|auth|sso", answer.final_address, re.IGNORECASE) is not None


def _of_status(status: int, answer: Record | Answer) -> Look:
    """What an HTTP status says by itself."""
    if 200 <= status < 300 and status not in _NO_PAGE:
        return _arrived(status, answer)
    cause = Answered(status)
    if status in _GONE:
        return Look(Verdict.BROKEN, cause, status=status, final_address=answer.final_address)
    if status in _REFUSED:
        return Look(Verdict.BLOCKED, cause, status=status)
    return Look(Verdict.UNVERIFIED, cause, status=status, wait=rest_asked(answer))


def _arrived(status: int, answer: Record | Answer) -> Look:
    hops = own_hops(answer.address, answer.hops)
    final = answer.final_address
    for_good = bool(hops) and all(hop.status in _PERMANENT for hop in hops)
    if for_good and not same_address(final, answer.address):
        return Look(Verdict.MOVED, MovedTo(final), status=status, final_address=final)
    return Look(Verdict.WORKING, Opens(status), status=status, final_address=final)


_OF_THE_HOST = {
    HostAnswer.MISSING: Look(Verdict.BROKEN, Why.NO_SUCH_HOST),
    HostAnswer.REFUSES: Look(Verdict.BROKEN, Why.CONNECTION_REFUSED),
    HostAnswer.PRIVATE: Look(Verdict.BROKEN, Why.PRIVATE_NETWORK),
    HostAnswer.UNRESOLVED: Look(Verdict.UNVERIFIED, Why.NAME_NOT_LOOKED_UP),
    HostAnswer.SLOW: Look(Verdict.UNVERIFIED, Why.TOO_SLOW),
    HostAnswer.LEFT_ALONE: LEFT_ALONE,
    HostAnswer.PROXY: Look(Verdict.UNVERIFIED, Why.STOPPED_BY_PROXY),
}
"""What is known of a link whose host was not reached."""

_OF_A_FAILURE = {
    Failure.SLOW: Look(Verdict.UNVERIFIED, Why.TOO_SLOW),
    Failure.HUNG_UP: Look(Verdict.UNVERIFIED, Why.HUNG_UP),
    Failure.CIRCLE: Look(Verdict.BROKEN, Why.REDIRECTS_IN_A_CIRCLE),
    Failure.NOT_WEB: Look(Verdict.UNVERIFIED, Why.LEADS_OUT_OF_THE_WEB),
    Failure.LEFT_ALONE: LEFT_ALONE,
    Failure.GARBLED: Look(Verdict.UNVERIFIED, Why.UNREADABLE_ANSWER),
}


def _unanswered(answer: Answer, host: HostAnswer) -> Look:
    if host in _OF_THE_HOST:
        return _OF_THE_HOST[host]
    if answer.failure is Failure.CERTIFICATE:
        return _certificate(answer.detail)
    return _OF_A_FAILURE[answer.failure or Failure.HUNG_UP]


def _without_answer(record: Record, host: HostAnswer) -> Look:
    if doubtful_host(record) and host in _OF_THE_HOST:
        return _OF_THE_HOST[host]
    if record.result.startswith("TooManyRedirects"):
        return _OF_A_FAILURE[Failure.CIRCLE]
    if record.result.startswith("SSLError"):
        return _certificate(record.result)
    return Look(Verdict.UNVERIFIED, _unclear(record.result))


def _certificate(error: str) -> Look:
    """What is known of a link from the error of the program that did not trust its site."""
    for words, cause in _BAD_CERTIFICATE.items():
        if words in error:
            return Look(Verdict.BROKEN, cause)
    return Look(Verdict.UNVERIFIED, Why.NOT_SECURE)


def _unclear(result: str) -> Why:
    """What linkchecker's text leaves to say, which names the exception that it met."""
    if result.startswith("ProxyError"):
        return Why.STOPPED_BY_PROXY
    if "NameResolutionError" in result:
        return Why.NAME_NOT_LOOKED_UP
    if "imeout" in result or "timed out" in result:
        return Why.TOO_SLOW
    if "ConnectionReset" in result or "RemoteDisconnected" in result:
        return Why.HUNG_UP
    return Why.UNREACHABLE
