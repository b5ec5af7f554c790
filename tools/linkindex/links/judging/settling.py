"""From several looks at an address to one verdict. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from linkindex.links.asking.answers import LONGEST_WAIT
from linkindex.links.causes import Cause, OnlyOnce, Why
from linkindex.links.judging.looks import NOT_IN_TIME, NOT_JUDGED, Look
from linkindex.links.model import Verdict

MOST_LOOKS = 3
"""Looks at one address at most: the third decides where the first two disagree."""


def settled(looks: Sequence[Look]) -> Look | None:
    """The verdict on an address after some looks, or ``None`` when it must be looked at again.

    A page that was there and could not be judged is not known, however well it opened. Else an
    answer that can be trusted settles it, whatever came before; one that read the page counts
    for more than one that only saw it open. Broken takes two looks that agree, suspect too, and
    unverified two looks of which neither was broken.
    """
    if _is_unjudged(looks):
        return NOT_JUDGED if len(looks) >= MOST_LOOKS else None
    if trusted := _most_trusted(looks):
        return None if _is_alone(trusted, looks) and len(looks) < MOST_LOOKS else trusted
    if looks and looks[-1].wait > LONGEST_WAIT:
        return looks[-1]
    broken = [look for look in looks if look.verdict is Verdict.BROKEN]
    if len(broken) >= 2:
        return broken[-1]
    if len(looks) < (MOST_LOOKS if broken else 2):
        return None
    return _once_broken(broken[-1], looks[-1].cause) if broken else looks[-1]


def _is_unjudged(looks: Sequence[Look]) -> bool:
    """Whether a look failed to judge the page, and none has judged it."""
    return any(look.is_unjudged for look in looks) and not any(look.read for look in looks)


def _is_alone(look: Look, looks: Sequence[Look]) -> bool:
    """Whether a look asks somebody to act, or found nothing to read, and no other confirms it."""
    if look.verdict not in (Verdict.SUSPECT, Verdict.UNVERIFIED):
        return False
    harmful = look.danger is not None and look.danger.is_harmful
    alike = [
        other
        for other in looks
        if other.verdict is look.verdict
        and (not harmful or (other.danger is not None and other.danger.is_harmful))
    ]
    return len(alike) < 2


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
    return _once_broken(broken[-1], Why.NO_TIME_TO_LOOK_AGAIN) if broken else looks[-1]


def _once_broken(look: Look, otherwise: Cause) -> Look:
    return Look(Verdict.UNVERIFIED, OnlyOnce(look.cause, otherwise), status=look.status)
