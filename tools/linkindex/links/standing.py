"""How a link stands after all looks at it, this one included. Pure.

A check is a measurement. A link is called broken only once it has failed on several days, and is in
order again the first time that it opens. What became harmful stays out of reach until a page that
fits is seen there again, or somebody has looked and says that it is in order.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from linkindex.links.danger import Seen
from linkindex.links.history import DAYS_TO_BREAK, KEPT_LOOKS, OPENS, History, Opened, PastLook
from linkindex.links.model import Link, LinkReport, Outcome, Verdict

WAIVER_DAYS = 90
"""For how long an editor's word, or a look that got through, answers for a link whose site then
refuses the check."""

FLAPS = 3
"""So many changes between opening and failing within the looks that are kept make a link flap."""

OVERDUE_DAYS = 15
"""After so long without a sweep something is wrong: it is due every week."""

_FAILS = (Verdict.BROKEN, Verdict.SUSPECT)


@dataclass(frozen=True)
class LinkStanding:
    """What is known of one address.

    ``verdict`` is what to say of it; ``failing_days`` on how many days it has failed since it was
    last in order, counted up to :data:`DAYS_TO_BREAK`; ``harmful`` whether readers must be kept
    away; ``opened`` the editor's word that answers for it, if there is one; ``ended`` whether such
    a word has ended, so that it is due; ``refused`` whether the site refused the last look.
    """

    address: str
    verdict: Verdict
    reason: str
    last_look: datetime.date | None = None
    last_in_order: datetime.date | None = None
    failing_days: int = 0
    flapping: bool = False
    danger: str = ""
    harmful: bool = False
    opened: Opened | None = None
    ended: bool = False
    title: str = ""
    refused: bool = False


def standings(
    history: History, addresses: Iterable[str], today: datetime.date
) -> list[LinkStanding]:
    """How each address stands; one that was never looked at is unverified."""
    looks, opened = history.looks_by_address(), history.opened_by_address()
    return [
        standing(address, looks.get(address, ()), opened.get(address), today)
        for address in dict.fromkeys(addresses)
    ]


def standing(
    address: str, looks: Sequence[PastLook], opened: Opened | None, today: datetime.date
) -> LinkStanding:
    """How one address stands after looks at it, oldest first."""
    judged = _judged(address, looks)
    if opened is None or judged.verdict in OPENS:
        return judged
    if _has_become_harmful_since(looks, opened):
        return judged
    if (today - opened.at.date()).days > WAIVER_DAYS:
        return replace(judged, ended=True)
    return replace(
        judged,
        verdict=Verdict.WORKING,
        reason=f"opened by hand on {opened.at.day} {opened.at:%B %Y} by {opened.by}",
        harmful=False,
        opened=opened,
    )


def is_unsettled(one: LinkStanding) -> bool:
    """Whether a link should be looked at again soon: it failed, or nothing is known of it."""
    return one.opened is None and one.verdict in (*_FAILS, Verdict.UNVERIFIED)


def seen_before(history: History) -> dict[str, Seen]:
    """What was seen at each address when it was last in order."""
    return {
        look.address: Seen(look.note, look.final_address or look.address)
        for look in history.looks
        if look.verdict in OPENS
    }


def stood_by(report: LinkReport, history: History, today: datetime.date) -> LinkReport:
    """The report in the light of the history, which already holds its looks.

    What failed for the first time is not yet broken, and what an editor answers for is working.
    """
    if report.disturbance:
        return report
    looks, opened = history.looks_by_address(), history.opened_by_address()

    def stood(found: Outcome) -> Outcome:
        address = found.link.address
        if address not in looks and address not in opened:
            return found
        now = standing(address, looks.get(address, ()), opened.get(address), today)
        return replace(
            found,
            verdict=now.verdict,
            reason=now.reason if now.verdict is not found.verdict or now.ended else found.reason,
            danger=now.danger,
            harmful=now.harmful,
        )

    return replace(report, outcomes=tuple(stood(found) for found in report.outcomes))


def standing_report(links: Iterable[Link], history: History, now: datetime.datetime) -> LinkReport:
    """A report of all links as they stand, also of those that the last check did not look at."""
    looks, opened = history.looks_by_address(), history.opened_by_address()

    def stood(link: Link) -> Outcome:
        found = looks.get(link.address, ())
        one = standing(link.address, found, opened.get(link.address), now.date())
        status = found[-1].status if found else None
        final = found[-1].final_address or link.address if found else None
        return Outcome(
            link,
            one.verdict,
            one.reason,
            status,
            final,
            title=one.title,
            danger=one.danger,
            harmful=one.harmful,
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
        return LinkStanding(address, Verdict.UNVERIFIED, "it was never looked at")
    last = looks[-1]
    good = [place for place, look in enumerate(looks) if look.verdict in OPENS]
    since = looks[good[-1] + 1 :] if good else looks
    days = {look.at.date() for look in since if look.verdict is Verdict.BROKEN}
    told = next((look for look in reversed(looks) if look.verdict is not Verdict.UNVERIFIED), last)
    suspect = [look for look in since if look.verdict is Verdict.SUSPECT]
    harmful = [look for look in _since_it_fitted(looks) if look.is_harmful]
    shown = harmful[-1] if harmful else told
    base = LinkStanding(
        address,
        shown.verdict,
        shown.note,
        last_look=last.at.date(),
        last_in_order=looks[good[-1]].at.date() if good else None,
        failing_days=min(len(days), DAYS_TO_BREAK),
        flapping=_changes(looks[-KEPT_LOOKS:]) >= FLAPS,
        danger=shown.danger,
        harmful=bool(harmful),
        title=looks[good[-1]].note if good else "",
        refused=told.verdict is Verdict.BLOCKED,
    )
    if shown.verdict is Verdict.BROKEN and len(days) < DAYS_TO_BREAK:
        counted = "1 day" if len(days) == 1 else f"{len(days)} days"
        reason = f"{shown.note}; it failed on {counted}, and counts as broken after {DAYS_TO_BREAK}"
        return replace(base, verdict=Verdict.UNVERIFIED, reason=reason)
    if shown.verdict is Verdict.BLOCKED and good and not days and not suspect:
        opened = looks[good[-1]].at.date()
        if (shown.at.date() - opened).days <= WAIVER_DAYS:
            # Another look got through, perhaps from another computer.
            reason = f"it opened on {opened.isoformat()}; the site refuses some checks"
            return replace(base, verdict=Verdict.WORKING, reason=reason)
    if last.verdict is Verdict.UNVERIFIED and shown.verdict in (*OPENS, Verdict.BLOCKED):
        return replace(base, verdict=Verdict.UNVERIFIED, reason=last.note)
    return base


def _since_it_fitted(looks: Sequence[PastLook]) -> Sequence[PastLook]:
    """The looks after the last that read the page and found it to be what the index says."""
    fitting = [place for place, look in enumerate(looks) if look.fits and look.verdict in OPENS]
    return looks[fitting[-1] + 1 :] if fitting else looks


def _changes(looks: Sequence[PastLook]) -> int:
    """How often a link changed between opening and failing."""
    states = [look.verdict in OPENS for look in looks if look.verdict in (*OPENS, *_FAILS)]
    return sum(one != other for one, other in itertools.pairwise(states))


def _has_become_harmful_since(looks: Sequence[PastLook], opened: Opened) -> bool:
    """Whether a danger was seen that was not there when the editor looked.

    What was there before the page was last in order was another matter.
    """
    before = [look for look in looks if look.at <= opened.at]
    good = [place for place, look in enumerate(before) if look.verdict in OPENS]
    known = {look.danger for look in (before[good[-1] + 1 :] if good else before)}
    return any(
        look.is_harmful and look.danger not in known for look in looks if look.at > opened.at
    )
