"""How a link stands after all looks at it, this one included. Pure.

A check is a measurement. A link is called broken only once it has failed on several days, and is in
order again the first time that it opens. What became harmful stays out of reach until a page that
fits is seen there again, or somebody has looked and says that it is right.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import KW_ONLY, dataclass, replace

from linkindex.links.causes import (
    DAYS_TO_BREAK,
    Cause,
    Danger,
    NotYetBroken,
    OpenedByHand,
    OpenedOn,
    Why,
)
from linkindex.links.history.lines import (
    KEPT_LOOKS,
    History,
    Opened,
    PastLook,
    page_key,
    since_it_opened,
)
from linkindex.links.model import Link, LinkReport, Outcome, Verdict
from linkindex.links.pages.hosts import registrable
from linkindex.links.pages.identity import Seen
from linkindex.links.pages.words import folded

WAIVER_DAYS = 90
"""For how long an editor's word, or a look that got through, answers for a link whose site then
refuses the check."""

RELIABLE_DAYS = 35
"""For how long a link that opened is expected to open again: a month of weekly checks."""

FLAPS = 3
"""So many changes between opening and failing within the looks that are kept make a link flap."""

OVERDUE_DAYS = 15
"""After so long without a sweep something is wrong: it is due every week."""


@dataclass(frozen=True)
class LinkStanding:
    """What is known of one address.

    ``verdict`` and ``cause`` are what to say of it; ``failing_days`` on how many days it has failed
    since it last worked, counted up to :data:`~linkindex.links.causes.DAYS_TO_BREAK`; ``opened``
    the editor's word that answers for it, if there is one; ``ended`` whether such a word has ended,
    so that it is due; ``refused`` whether the site refused the last look.
    """

    address: str
    verdict: Verdict
    cause: Cause
    _: KW_ONLY
    last_look: datetime.date | None = None
    last_worked: datetime.date | None = None
    failing_days: int = 0
    flapping: bool = False
    danger: Danger | None = None
    opened: Opened | None = None
    ended: bool = False
    title: str = ""
    refused: bool = False

    @property
    def harmful(self) -> bool:
        """Whether readers must be kept away."""
        return self.danger is not None and self.danger.is_harmful


def standings(
    history: History, addresses: Iterable[str], today: datetime.date
) -> list[LinkStanding]:
    """How each address stands; one that was never looked at is unverified."""
    return [
        standing(address, history.looks_at(address), history.opened_at(address), today)
        for address in dict.fromkeys(addresses)
    ]


def standing(
    address: str, looks: Sequence[PastLook], opened: Opened | None, today: datetime.date
) -> LinkStanding:
    """How one address stands after looks at it, oldest first.

    An editor's word answers for what was there when it was given, for :data:`WAIVER_DAYS`. A and B
    are harmful pages, told apart by danger, title and owner of the host (:func:`_failure`):

    =================  ===========================  ==============================================
    before the word    after it                     so it is
    =================  ===========================  ==============================================
    A                  A, or nothing yet            working, opened by hand
    A                  blocked, unverified          working, opened by hand
    A                  fits, then A                 working, opened by hand
    A                  B, of any kind               suspect and hidden, at once
    A                  B, then A, or then blocked   suspect and hidden, until it fits or a new word
    A                  fits, then B                 suspect and hidden
    A                  missing                      suspect
    A                  broken on three days         broken, and nothing else any more
    A, then fits       A                            suspect and hidden: the word was on no danger
    blocked            blocked                      working, opened by hand
    blocked            A                            suspect and hidden
    blocked            missing                      suspect
    blocked            broken on one day, on three  working, opened by hand; then broken
    broken             broken                       working, opened by hand
    broken             opens, broken on three days  broken
    missing            missing                      working, opened by hand
    anything           its days are over            as if there were no word, and due again
    =================  ===========================  ==============================================
    """
    judged = _judged(address, looks)
    if opened is None or judged.verdict.opens:
        return judged
    if (today - opened.at.date()).days > WAIVER_DAYS:
        return replace(judged, ended=True)
    news = _judged(address, _news(looks, opened))
    if news.verdict.fails:
        return replace(
            judged,
            verdict=news.verdict,
            cause=news.cause,
            failing_days=news.failing_days,
            danger=news.danger,
        )
    return replace(
        judged,
        verdict=Verdict.WORKING,
        cause=OpenedByHand(opened.at.date(), opened.by),
        danger=None,
        opened=opened,
    )


def is_unsettled(standing: LinkStanding) -> bool:
    """Whether a link should be looked at again soon: it failed, or nothing is known of it."""
    return standing.opened is None and (
        standing.verdict.fails or standing.verdict is Verdict.UNVERIFIED
    )


def lately_opened(
    history: History, addresses: Iterable[str], today: datetime.date
) -> frozenset[str]:
    """The addresses that opened at the last look, at most :data:`RELIABLE_DAYS` ago."""

    def is_reliable(address: str) -> bool:
        last = history.looks_at(address)[-1:]
        return any(
            look.verdict.opens and (today - look.at.date()).days <= RELIABLE_DAYS for look in last
        )

    return frozenset(filter(is_reliable, addresses))


def seen_before(history: History, addresses: Iterable[str] | None = None) -> dict[str, Seen]:
    """What was seen at each address when it last worked.

    A look that only saw a page open says nothing of it, and hides nothing that was read before.

    :param addresses: as they are written now; by default as they were when they were looked at.
    """
    seen: dict[str, Seen] = {}
    for look in history.looks:
        page = page_key(look.address)
        if look.verdict.opens and (look.title or not seen.get(page, _UNREAD).title):
            seen[page] = Seen(look.title, look.final_address or look.address)
    wanted = (look.address for look in history.looks) if addresses is None else addresses
    return {address: seen[page_key(address)] for address in wanted if page_key(address) in seen}


_UNREAD = Seen("", "")


def stood_by(report: LinkReport, history: History, today: datetime.date) -> LinkReport:
    """The report in the light of the history, which already holds its looks.

    What failed for the first time is not yet broken, and what an editor answers for is working.
    """
    if report.disturbance:
        return report

    def stood(outcome: Outcome) -> Outcome:
        address = outcome.link.address
        looks, opened = history.looks_at(address), history.opened_at(address)
        if not looks and not opened:
            return outcome
        now = standing(address, looks, opened, today)
        return replace(
            outcome,
            verdict=now.verdict,
            cause=now.cause if now.verdict is not outcome.verdict or now.ended else outcome.cause,
            danger=now.danger,
        )

    return replace(report, outcomes=tuple(stood(outcome) for outcome in report.outcomes))


def standing_report(links: Iterable[Link], history: History, now: datetime.datetime) -> LinkReport:
    """A report of all links as they stand, also of those that the last check did not look at."""

    def stood(link: Link) -> Outcome:
        looks = history.looks_at(link.address)
        known = standing(link.address, looks, history.opened_at(link.address), now.date())
        return Outcome(
            link,
            known.verdict,
            known.cause,
            status=looks[-1].status if looks else None,
            final_address=looks[-1].final_address or link.address if looks else None,
            title=known.title,
            danger=known.danger,
        )

    at = history.looks[-1].at if history.looks else now
    return LinkReport(tuple(stood(link) for link in links), at)


def last_sweep(history: History) -> datetime.datetime | None:
    """When the whole index was last swept."""
    return history.sweeps[-1].at if history.sweeps else None


def is_overdue(history: History, now: datetime.datetime) -> bool:
    """Whether the last sweep is too long ago, or there was none."""
    last = last_sweep(history)
    return last is None or (now - last).days >= OVERDUE_DAYS


def _judged(address: str, looks: Sequence[PastLook]) -> LinkStanding:
    if not looks:
        return LinkStanding(address, Verdict.UNVERIFIED, Why.NEVER_LOOKED_AT)
    last = looks[-1]
    good = [place for place, look in enumerate(looks) if look.verdict.opens]
    since = since_it_opened(looks)
    days = {look.at.date() for look in since if look.verdict is Verdict.BROKEN}
    told = next((look for look in reversed(looks) if look.verdict is not Verdict.UNVERIFIED), last)
    suspect = [look for look in since if look.verdict is Verdict.SUSPECT]
    harmful = [look for look in _since_it_fitted(looks) if look.is_harmful]
    shown = harmful[-1] if harmful else told
    base = LinkStanding(
        address,
        shown.verdict,
        shown.cause,
        last_look=last.at.date(),
        last_worked=looks[good[-1]].at.date() if good else None,
        failing_days=min(len(days), DAYS_TO_BREAK),
        flapping=_changes(looks[-KEPT_LOOKS:]) >= FLAPS,
        danger=shown.danger,
        title=next((looks[place].title for place in reversed(good) if looks[place].title), ""),
        refused=told.verdict is Verdict.BLOCKED,
    )
    if shown.verdict is Verdict.BROKEN and len(days) < DAYS_TO_BREAK:
        cause = NotYetBroken(shown.cause, len(days))
        return replace(base, verdict=Verdict.UNVERIFIED, cause=cause)
    if shown.verdict is Verdict.BLOCKED and good and not days and not suspect:
        opened = looks[good[-1]].at.date()
        if (shown.at.date() - opened).days <= WAIVER_DAYS:
            # Another look got through, perhaps from another computer.
            return replace(base, verdict=Verdict.WORKING, cause=OpenedOn(opened))
    if last.verdict is Verdict.UNVERIFIED and (
        shown.verdict.opens or shown.verdict is Verdict.BLOCKED
    ):
        return replace(base, verdict=Verdict.UNVERIFIED, cause=last.cause)
    return base


def _since_it_fitted(looks: Sequence[PastLook]) -> Sequence[PastLook]:
    """The looks after the last that read the page and found it to be what the index says."""
    fitting = [place for place, look in enumerate(looks) if look.fits and look.verdict.opens]
    return looks[fitting[-1] + 1 :] if fitting else looks


def _changes(looks: Sequence[PastLook]) -> int:
    """How often a link changed between opening and failing."""
    states = [look.verdict.opens for look in looks if look.verdict.opens or look.verdict.fails]
    return sum(before != after for before, after in itertools.pairwise(states))


def _news(looks: Sequence[PastLook], opened: Opened) -> list[PastLook]:
    """The looks since an editor opened a link that tell what the editor cannot have seen."""
    before = [look for look in looks if look.at <= opened.at]
    failures = {_failure(look) for look in since_it_opened(before) if not look.is_harmful}
    pages = {_failure(look) for look in [*filter(_is_harmful, _since_it_fitted(before))][-1:]}
    news = []
    for look in looks[len(before) :]:
        if look.verdict.opens:
            # Now the check gets through, so what fails after that is new.
            failures = set()
            news.append(look)
        elif look.verdict.fails and _failure(look) not in failures | pages:
            news.append(look)
    return news


def _is_harmful(look: PastLook) -> bool:
    return look.is_harmful


def _failure(look: PastLook) -> tuple[str | None, ...]:
    """What two failures share that are one: where they are harmful, the page, too."""
    if not look.is_harmful:
        return (look.verdict, look.danger)
    owner = registrable(look.final_address or look.address)
    return (look.verdict, look.danger, folded(look.title), owner)
