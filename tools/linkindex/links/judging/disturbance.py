"""Whether the network of a check looks broken rather than the web. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from urllib.parse import urlsplit

from linkindex.links.judging.looks import Look
from linkindex.links.model import Verdict

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
