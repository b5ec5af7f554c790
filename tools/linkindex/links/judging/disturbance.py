"""Whether the network of a check looks broken rather than the web. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from urllib.parse import urlsplit

from linkindex.links.causes import Disturbance
from linkindex.links.judging.looks import Look
from linkindex.links.model import Verdict

ENOUGH_HOSTS = 3
"""As many websites do not vanish at the same moment."""

MANY_HOSTS = 10
"""As many websites do not fail at the same moment, most of them, nor show one and the same page."""


def disturbance(looks: Mapping[str, Look]) -> Disturbance | None:
    """How this computer's network looks broken rather than the web; ``None`` where it does not.

    Either not one of several websites answered at all, or most of many did not, or most of many
    sent the reader to one and the same page, as a hotel's network does before its guests sign in.
    """
    by_host: dict[str, list[Look]] = {}
    for address, look in looks.items():
        by_host.setdefault(urlsplit(address).hostname or "", []).append(look)
    silent = sum(
        all(look.status is None and not look.is_unjudged for look in of_host)
        for of_host in by_host.values()
    )
    if len(by_host) >= ENOUGH_HOSTS and silent == len(by_host):
        return Disturbance.CUT_OFF
    if len(by_host) >= MANY_HOSTS and silent > len(by_host) * 0.7:
        return Disturbance.CUT_OFF
    titles = Counter(
        title
        for of_host in by_host.values()
        for title in {_title(look) for look in of_host}
        if title
    )
    most = titles.most_common(1)
    if len(by_host) >= MANY_HOSTS and most and most[0][1] > len(by_host) * 0.5:
        return Disturbance.CAPTIVE
    return None


def _title(look: Look) -> str:
    """What a look was shown, as far as it tells one page from another."""
    return look.title.strip().lower() if look.read else ""


def unless_disturbed(looks: Mapping[str, Look]) -> tuple[dict[str, Look], Disturbance | None]:
    """The verdicts by address and the :func:`disturbance`, under which none of them counts."""
    trouble = disturbance(looks)
    if trouble is None:
        return dict(looks), None
    return {address: Look(Verdict.UNVERIFIED, trouble) for address in looks}, trouble
