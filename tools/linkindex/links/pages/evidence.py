"""What speaks for a page being somebody else's by now, and what against it, in numbers. Pure.

Only what a page shows is evidence, each thing once; the name of its own domain is none, for it
stays when a domain is sold. Each :class:`Evidence` is weighed by ``weights.yaml``, whose numbers
``tests/links/weigh.py`` takes from labelled pages.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from importlib.resources import files

from linkindex.links.causes import Danger
from linkindex.links.pages.fit import Fit
from linkindex.links.pages.hosts import registrable
from linkindex.links.pages.signs import Said, Sign
from linkindex.links.pages.words import words
from linkindex.tables import table_of

KINDS = (
    Danger.PARKED,
    Danger.FOR_SALE,
    Danger.EXPIRED,
    Danger.GAMBLING,
    Danger.ADULT,
    Danger.PHARMACY,
    Danger.SHOP,
    Danger.LOANS,
    Danger.CRYPTO,
    Danger.ESSAYS,
    Danger.ADVERTS,
    Danger.STREAMING,
    Danger.DEFACED,
    Danger.MALWARE,
    Danger.SCAM,
)
"""What those show, offer or do who take over the page of another."""

STRONG = 3
"""Weight of a sign that hardly any page has but those of its kind."""


@dataclass(frozen=True)
class Evidence:
    """What a page shows, each as a number from 0 to about 5.

    The first are of the kind that its signs speak for most; see :func:`evidence_of`.
    """

    strong: float
    strong_expected: float
    repeated: float
    weak: float
    other_kinds: float
    in_title: float
    in_heading: float
    in_links: float
    expected: float
    asks_secrets: float
    named_in_head: float
    named: float
    shared: float
    signed: float
    helping: float
    trading: float
    selling: float
    selling_expected: float
    warning: float
    foreign: float
    elsewhere: float
    length: float


@dataclass(frozen=True)
class Weighed:
    """The evidence of a page, the kind it speaks for, and the strong signs of that kind."""

    evidence: Evidence
    kind: Danger
    signs: tuple[Sign, ...]
    is_called_by_its_host: bool

    @property
    def is_of_nothing(self) -> bool:
        """Whether nothing speaks for a kind, and the page is signed by whose it should be."""
        shown = self.evidence
        return not self.signs and shown.signed >= _HALF and not shown.foreign

    @property
    def is_as_expected(self) -> bool:
        """Whether the page names what its entry does, and the entry speaks of such things."""
        return self.evidence.expected > 0 and self.evidence.named_in_head >= _HALF

    @functools.cached_property
    def odds(self) -> float:
        """The logarithm of the odds that the page is not its entry's any more."""
        weights = _weights()
        shown = zip(fields(Evidence), astuple(self.evidence), strict=True)
        return weights["bias"] + sum(
            (weights[each.name] * float(number) for each, number in shown), 0.0
        )

    @property
    def independent_signs(self) -> int:
        """How many signs speak for the kind, each of another sort."""
        shown = self.evidence
        is_strange = shown.named_in_head < _HALF and shown.signed < _HALF
        if shown.expected:  # Where an entry speaks of such things, so does its page.
            return is_strange + (shown.in_links > 0) + (shown.elsewhere > 0)
        return (
            (len(self.signs) >= 2)
            + (shown.in_title > 0 or shown.in_heading > 0)
            + (shown.in_links > 0)
            + (shown.foreign > 0)
            + is_strange
            + (shown.elsewhere > 0)
            + (self.is_called_by_its_host and self.kind in _OF_THE_DOMAIN)
            + (shown.asks_secrets > 0 and self.kind is Danger.SCAM)
        )


_HALF = 0.5
_OF_THE_DOMAIN = (Danger.PARKED, Danger.FOR_SALE, Danger.EXPIRED)


def weighed(fit: Fit) -> Weighed:
    """What the page of an entry shows."""
    shown = fit.shown
    expected = {kind: fit.identity.said.found(kind) for kind in KINDS}
    is_topic = {kind: _is_topic(kind, fit) for kind in KINDS}
    meant = {
        kind: tuple(sign for sign in shown.meant(kind) if sign not in expected[kind])
        for kind in KINDS
    }
    strong = {
        kind: _said_apart(shown, found) / (2 if is_topic[kind] else 1)
        for kind, found in meant.items()
    }
    weak = {
        kind: sum(sign.weight for sign in found if sign.weight < STRONG)
        for kind, found in meant.items()
    }
    best = max(KINDS, key=lambda kind: (strong[kind] + weak[kind] / 6, -KINDS.index(kind)))
    of_best = tuple(sign for sign in meant[best] if sign.weight >= STRONG)
    blocks = shown.blocks_with(of_best)
    headings = {heading.replace("|", "/") for heading in fit.page.headings}
    links = Said(" | ".join(text for _, text in _links_out(fit)))
    selling = 0.0 if fit.identity.sells else _selling(fit)
    of_expected = 2 * strong[best] / (2 if _warns(fit) else 1) if is_topic[best] else 0.0
    evidence = Evidence(
        strong=0.0 if is_topic[best] else min(strong[best], 5),
        strong_expected=min(of_expected, 5),
        repeated=0.0 if is_topic[best] else math.log1p(shown.times(of_best)),
        weak=min(weak[best], 8) / 4,
        other_kinds=min(sum(_others(strong, is_topic, best)), 5),
        in_title=float(0 in blocks),
        in_heading=float(any(fit.blocks[block] in headings for block in blocks if block)),
        in_links=_has(links, of_best),
        expected=float(is_topic[best]),
        asks_secrets=float(fit.page.password_asked),
        named_in_head=fit.named_in_head,
        named=fit.named,
        shared=min(fit.shared, 5),
        signed=fit.signed,
        helping=min(fit.helping, 12) / 4,
        trading=min(fit.trading, 8) / 4,
        selling=selling,
        selling_expected=min(of_expected, selling),
        warning=min(len(shown.found("warning")), 6) / 2,
        foreign=float(fit.is_foreign or fit.is_in_another_script),
        elsewhere=float(fit.is_elsewhere),
        length=math.log10(max(10, fit.count)),
    )
    kind = best if of_best else Danger.OTHER
    return Weighed(evidence, kind, of_best, fit.is_called_by_its_host)


def _is_topic(kind: Danger, fit: Fit) -> bool:
    """Whether the entry says that its page speaks of such things."""
    if kind is Danger.SHOP and fit.identity.sells:
        return True  # the page on which one may buy what the entry is about
    return _warns(fit) or not _topics().get(kind, frozenset()).isdisjoint(fit.own_words)


def _warns(fit: Fit) -> bool:
    """Whether the page is one on what deceives, and so shows it."""
    is_its_own = fit.named_in_head >= _HALF or fit.shared >= _MUCH_SHARED
    return is_its_own and not _topics()["any"].isdisjoint(fit.own_words)


_MUCH_SHARED = 3
"""Telling words that a page shares with its entry if it is about the same."""


def _said_apart(shown: Said, signs: tuple[Sign, ...]) -> int:
    """How many strong signs there are, of those that say the same in one place only one."""
    return len(
        {min(shown.places_of(sign)) // _ONE_PHRASE for sign in signs if sign.weight >= STRONG}
    )


_ONE_PHRASE = 24
"""Characters within which two signs are two readings of one phrase."""


def _others(
    strong: Mapping[Danger, float], is_topic: Mapping[Danger, bool], best: Danger
) -> list[float]:
    """The strong signs of all kinds but one, of which the entry does not speak itself."""
    return [number for kind, number in strong.items() if kind is not best and not is_topic[kind]]


def _selling(fit: Fit) -> float:
    """How much on the page asks to buy, of whatever kind, where the entry does not say that."""
    signs = fit.shown.meant("selling")
    return min(sum(sign.weight for sign in signs), _MOST_SELLING) / STRONG


_MOST_SELLING = 15


@functools.cache
def _topics() -> Mapping[str, frozenset[str]]:
    written = table_of(files(__package__).joinpath("topics.yaml").read_text("utf-8"))
    return {kind: words(told) for kind, told in written.items()}


def _has(said: Said, wanted: tuple[Sign, ...]) -> float:
    return float(any(sign in said.found(sign.kind) for sign in wanted))


def _links_out(fit: Fit) -> list[tuple[str, str]]:
    own = registrable(fit.final_address)
    return [
        (link.address, link.text)
        for link in fit.page.links
        if link.address.startswith(("http://", "https://"))
        and registrable(link.address) not in (own, "facebook.com", "twitter.com", "x.com")
    ]


@functools.cache
def _weights() -> Mapping[str, float]:
    written = table_of(files(__package__).joinpath("weights.yaml").read_text("utf-8"))
    return {name: float(weight) for name, weight in written.items()}
