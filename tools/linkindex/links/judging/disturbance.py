"""Whether the network of a check looks broken rather than the web. Pure.

What is evidence of a working network is a page that is there: one that fits its entry, or that at
least opens. What is evidence against it is that websites fail together which have nothing in common
but the network, above all those that opened when they were last looked at. A website that failed
before says nothing either way, so a check of doubtful links asks some reliable ones beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from linkindex.links.causes import Disturbance, Why
from linkindex.links.judging.looks import Look
from linkindex.links.model import Verdict
from linkindex.links.pages.hosts import registrable

ENOUGH_SITES = 3
"""As many websites do not all vanish at the same moment, nor most of them that were reliable."""

MANY_SITES = 10
"""As many websites do not fail at the same moment, most of them, nor show one and the same page."""

MOST = 0.7
"""Share of the websites that fail together only with the network."""

HALF = 0.5
"""Share of the websites of which no more show one and the same strange page by themselves."""

PATIENCE = 12.0
"""Seconds after which a check ends in which not one of many websites has answered."""


def unless_disturbed(
    looks: Mapping[str, Look], reliable: Collection[str] = ()
) -> tuple[dict[str, Look], Disturbance | None]:
    """The verdicts by address and the :func:`disturbance`, under which none of them counts."""
    trouble = disturbance(looks, reliable)
    if trouble is None:
        return dict(looks), None
    return {address: Look(Verdict.UNVERIFIED, trouble) for address in looks}, trouble


def disturbance(looks: Mapping[str, Look], reliable: Collection[str] = ()) -> Disturbance | None:
    """How this computer's network looks broken rather than the web; ``None`` where it does not.

    Websites are told apart by who owns them, for what one owner has may well fail together.

    :param looks: the verdict on each address.
    :param reliable: the addresses that opened when they were last looked at, not long ago.
    """
    sites = _Sites(looks, reliable)
    if sites.all(_Site.is_silent) or sites.most(_Site.is_silent):
        return Disturbance.CUT_OFF
    if _show_one_page(sites):
        return Disturbance.CAPTIVE
    if sites.many_fail(_Site.fails):
        return Disturbance.SHUT_OUT
    return None


class Silence:
    """Whether a check that goes on has heard from anybody, so that it need not go on in vain.

    :param addresses: that will be asked for.
    :param since: when the check began, in seconds of its clock.
    """

    def __init__(self, addresses: Iterable[str], since: float) -> None:
        self._waiting = {registrable(address) for address in addresses}
        self._count = len(self._waiting)
        self._since = since
        self._is_broken = False

    def heard(self, address: str, look: Look) -> None:
        """Take a look into account."""
        self._waiting.discard(registrable(address))
        self._is_broken |= not _is_silent(look)

    def is_of_the_network(self, now: float) -> bool:
        """Whether not one of several websites has answered: all were asked, or many for long."""
        if self._is_broken or self._count < ENOUGH_SITES:
            return False
        asked = self._count - len(self._waiting)
        return not self._waiting or (asked >= MANY_SITES and now - self._since >= PATIENCE)


@dataclass(frozen=True)
class _Site:
    """The looks at the addresses of one owner."""

    owner: str
    looks: list[Look] = field(default_factory=list)

    def is_silent(self) -> bool:
        """Whether nothing came from it."""
        return all(_is_silent(look) for look in self.looks)

    def fails(self) -> bool:
        """Whether no page of it was there."""
        return not any(_is_there(look) for look in self.looks)

    def strange_pages(self) -> Iterator[tuple[str, str]]:
        """What tells the one page that it shows, if it shows one only and that fits nothing."""
        pages = [look for look in self.looks if look.shown]
        if not pages or any(look.fits for look in pages):
            return
        for kind, values in (
            ("page", {look.shown for look in pages}),
            ("title", {look.title.strip().lower() for look in pages}),
            ("site", {registrable(look.final_address or "") for look in pages}),
        ):
            value = values.pop()
            if value and not values:
                yield kind, value


def _is_silent(look: Look) -> bool:
    return look.status is None and not look.is_unjudged


def _is_there(look: Look) -> bool:
    return look.verdict.opens or look.danger is not None or look.is_unjudged


_NOT_ASKED = (Why.NOT_IN_TIME, Why.ASKED_TO_WAIT)
"""Causes that say of a look that nobody was asked."""


class _Sites:
    def __init__(self, looks: Mapping[str, Look], reliable: Collection[str]) -> None:
        by_owner: dict[str, _Site] = {}
        owners_relied_on = set()
        for address, look in looks.items():
            if look.cause in _NOT_ASKED:
                continue
            owner = registrable(address)
            by_owner.setdefault(owner, _Site(owner)).looks.append(look)
            if address in reliable:
                owners_relied_on.add(owner)
        self.every = tuple(by_owner.values())
        self.reliable = tuple(site for site in self.every if site.owner in owners_relied_on)
        self.asked_for = frozenset(by_owner)

    def all(self, is_so: Callable[[_Site], bool]) -> bool:
        """Whether it is so of all of several websites."""
        return len(self.every) >= ENOUGH_SITES and all(map(is_so, self.every))

    def most(self, is_so: Callable[[_Site], bool]) -> bool:
        """Whether it is so of most of many websites, or of most of some that were reliable."""
        if len(self.reliable) >= ENOUGH_SITES and _share(is_so, self.reliable) <= MOST:
            return False
        return self._are_enough() and _share(is_so, self.every) > MOST

    def many_fail(self, is_so: Callable[[_Site], bool]) -> bool:
        """Whether it is so of all of many websites, or of most of some that were reliable."""
        if len(self.reliable) >= ENOUGH_SITES:
            return self.most(is_so)
        return len(self.every) >= MANY_SITES and all(map(is_so, self.every))

    def _are_enough(self) -> bool:
        return len(self.every) >= MANY_SITES or len(self.reliable) >= ENOUGH_SITES


def _share(is_so: Callable[[_Site], bool], sites: Sequence[_Site]) -> float:
    return sum(map(is_so, sites)) / len(sites)


def _show_one_page(sites: _Sites) -> bool:
    """Whether most websites show a page that is that of none of them.

    It is the same page, or the same title where nothing fits at all, or they all lead to one
    website that was not asked for. Websites made with one program often share titles such as
    "Home", each over a page of its own.
    """
    every = sites.every
    if len(every) < ENOUGH_SITES:
        return False
    something_fits = any(look.fits for site in every for look in site.looks)
    shown = Counter(page for site in every for page in site.strange_pages())
    silent = sum(site.is_silent() for site in every)
    for (kind, value), count in shown.items():
        if (kind == "title" and something_fits) or (kind == "site" and value in sites.asked_for):
            continue
        if count < ENOUGH_SITES:
            continue
        if count + silent == len(every):
            return True
        of_many = count > HALF * len(every) or count + silent > MOST * len(every)
        if len(every) >= MANY_SITES and of_many:
            return True
    return False
