"""Whether a page that opens is still what the index says it is. Pure.

A domain that has lapsed is soon somebody else's: it shows adverts, a casino or worse, and answers
200 to every link checker. For a family that follows the link that is worse than a dead end. The
reverse harms as well: a page on gambling harm speaks of casinos, and a charity may have a shop. So
what counts is what a page says *beyond* what its entry lets one expect, and how little of what the
entry promises is there.

What a page says is found by :mod:`~linkindex.links.signs`, what it shows of its entry by
:class:`~linkindex.links.fit.Fit`; here the one is weighed against the other.

The rules were made from the pages of ``tests/links/data/tuned-on`` and are measured on those of
``held-out``, written by others and not read since: 1,227 of 1,280 dangers are found (95.9 %; of
soft 404s 86 %, of each other kind 93 % or more), and 2 of 200 pages in order, 120 of which were
made to look dangerous, are called dangerous (1.0 %). All are synthetic. How often the rules are
right on the web is not known. See ``tests/links/test_links_danger.py``.
"""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import urlsplit

from linkindex.links import signs
from linkindex.links.fit import Fit
from linkindex.links.hosts import is_home, names_a_page, registrable
from linkindex.links.identity import Identity, Seen
from linkindex.links.page import PageText
from linkindex.links.signs import Said


class Danger(StrEnum):
    """What a page turned out to be, in words that follow "the page"."""

    PARKED = "parked"
    FOR_SALE = "for-sale"
    EXPIRED = "expired"
    GAMBLING = "gambling"
    ADULT = "adult"
    SHOP = "shop"
    LOGIN = "login"
    OTHER = "other"
    MISSING = "missing"
    HOME = "home"
    WALL = "wall"

    @property
    def is_harmful(self) -> bool:
        """Whether a family must not be sent there, so that the link goes out of reach at once."""
        return self in _HARMFUL

    @property
    def sentence(self) -> str:
        """What was found, for an editor."""
        return _SENTENCES[self]


_HARMFUL = frozenset(
    {
        *(Danger.PARKED, Danger.FOR_SALE, Danger.EXPIRED),
        *(Danger.GAMBLING, Danger.ADULT, Danger.SHOP, Danger.LOGIN, Danger.OTHER),
    }
)
_SENTENCES = {
    Danger.PARKED: "the domain seems to be parked: an advertiser's or a host's page is shown",
    Danger.FOR_SALE: "the domain seems to be for sale",
    Danger.EXPIRED: "the domain or the website seems to have expired",
    Danger.GAMBLING: "a gambling site seems to be there now",
    Danger.ADULT: "a sex site seems to be there now",
    Danger.SHOP: "a shop seems to be there now",
    Danger.LOGIN: "a page seems to be there now that asks for the password of another company",
    Danger.OTHER: "something else seems to be there now: nothing of the entry is on the page",
    Danger.MISSING: "the page says that it was not found, though it answers as if it was there",
    Danger.HOME: "the address leads to the home page of the site, so the page may be gone",
    Danger.WALL: "the site shows a check for robots instead of the page",
}


ENOUGH = 3
"""Weight of one sign that no page has which is in order."""

BEYOND_DOUBT = 16
"""Weight of the signs of gambling or sex that no page has whose entry does not speak of them."""

_OF_THE_DOMAIN = (Danger.PARKED, Danger.FOR_SALE, Danger.EXPIRED)
_OF_ITS_WORDS = (Danger.GAMBLING, Danger.ADULT, Danger.SHOP, Danger.OTHER)

_CLEAR = {
    **dict.fromkeys(_OF_THE_DOMAIN, 5),
    **dict.fromkeys(_OF_ITS_WORDS, 6),
    **{Danger.MISSING: 8, Danger.LOGIN: 9},
}
"""By how much the signs of a kind must outweigh what speaks against it. Many pages ask their own
people for a password, and many speak of what is missing."""

_IN_THE_HEAD = 2
"""How often a sign counts once more that the title or a heading has."""

_MOST_SIGNS, _MOST_ASKING = 24, 12
"""Weights of signs from which more say no more."""

_SOME_TRADING, _MUCH_TRADING = 2, 4
"""Different words of traders on a page without a sign of danger that hardly has, or has not, a word
of its entry or of helpers."""

_NO_HELP = 100
"""Words of a page that has none of its entry and none that helpers use."""

_ENOUGH_TO_SAY, _FEW_WORDS = 40, 8
"""Words from which a page would have said what it is about, and from which it says anything."""


def danger(
    page: PageText, final_address: str, identity: Identity, before: Seen | None = None
) -> Danger | None:
    """What is wrong with a page that opened, or ``None``.

    :param final_address: where the redirects ended.
    :param before: what was seen there when it was last found in order.
    """
    fit = Fit(page, final_address, identity, before)
    if signs.weight("wall", fit.head, identity.said) >= ENOUGH and fit.is_short and not fit.fits:
        return Danger.WALL
    if _is_of_a_parking_service(fit):
        return Danger.PARKED
    for kinds in (_OF_THE_DOMAIN, _OF_ITS_WORDS):
        said = [kind for kind in kinds if _says(fit, kind)]
        if said:
            return max(said, key=lambda kind: _signs(fit, kind))
    if _asks_for_anothers_password(fit):
        return Danger.LOGIN
    if _signs(fit, Danger.MISSING) - max(0.0, fit.against) / 2 >= _CLEAR[Danger.MISSING]:
        return Danger.MISSING
    if fit.is_in_another_script:
        return Danger.OTHER
    if not fit.is_as_before and _is_something_else(fit):
        return Danger.OTHER
    if not fit.is_as_before and _fell_back_to_the_home_page(fit):
        return Danger.HOME
    return None


def fits(page: PageText, final_address: str, identity: Identity) -> bool:
    """Whether a page plainly is what the entry says, so that its address may take over."""
    return Fit(page, final_address, identity).fits


def _is_of_a_parking_service(fit: Fit) -> bool:
    """Whether the page loads what only the pages of such a service load."""
    loads = any(_weight(fit, "loading", Said(source)) for source in fit.page.sources)
    return loads and not fit.fits


def _weight(fit: Fit, kind: str, said: Said) -> float:
    """The weight of the signs of a kind, without those that the entry speaks of itself."""
    return signs.weight(kind, said, fit.identity.said)


def _signs(fit: Fit, kind: str) -> float:
    """The weight of the signs of a kind on a page, those in its head counting more."""
    in_head = _weight(fit, kind, fit.head)
    weight = max(in_head, _weight(fit, kind, fit.all)) + _IN_THE_HEAD * in_head
    if kind == Danger.PARKED and fit.is_called_by_its_host:
        weight += (1 + _IN_THE_HEAD) * ENOUGH
    if _is_expected(fit, kind):
        weight /= 2
    return min(weight, _MOST_SIGNS)


def _is_expected(fit: Fit, kind: str) -> bool:
    """Whether the entry itself speaks of such things."""
    return (kind == Danger.SHOP and fit.identity.sells) or bool(fit.identity.said.found(kind))


def _says(fit: Fit, kind: Danger) -> bool:
    """Whether the signs of a kind outweigh what speaks against it."""
    weight = _signs(fit, kind)
    if weight < ENOUGH:
        return False
    if kind is Danger.SHOP and _weight(fit, "selling", fit.all) < ENOUGH:
        return False  # it speaks of wares, and sells none
    if kind in _NEEDS_ONE_THAT_TELLS and not _has_one_that_tells(fit, kind):
        return False
    if weight - fit.against >= _CLEAR[kind]:
        return True
    never_ordinary = kind in (Danger.GAMBLING, Danger.ADULT) and not _is_expected(fit, kind)
    return never_ordinary and _weight(fit, kind, fit.all) >= BEYOND_DOUBT


_NEEDS_ONE_THAT_TELLS = frozenset({*_OF_THE_DOMAIN, Danger.GAMBLING, Danger.ADULT})


def _has_one_that_tells(fit: Fit, kind: Danger) -> bool:
    if kind is Danger.PARKED and fit.is_called_by_its_host:
        return True
    expected = fit.identity.said.found(kind)
    return any(sign.weight >= ENOUGH and sign not in expected for sign in fit.all.found(kind))


def _asks_for_anothers_password(fit: Fit) -> bool:
    """Whether the page looks like the login of a company that it does not belong to."""
    asking = _weight(fit, "asking", fit.all)
    asks = fit.page.password_asked or asking >= ENOUGH
    if not asks or registrable(fit.final_address) in _LOGIN_OWNERS:
        return False
    evidence = (
        min(_weight(fit, "login", fit.all), ENOUGH)
        + min(_weight(fit, "login", fit.head), ENOUGH)
        + min(asking, _MOST_ASKING)
        + (ENOUGH if fit.page.password_asked else 0)
    )
    return evidence - max(0.0, fit.against) / 2 >= _CLEAR[Danger.LOGIN]


_LOGIN_OWNERS = frozenset(
    {
        *("microsoft.com", "microsoftonline.com", "live.com", "office.com", "outlook.com"),
        *("office365.com", "sharepoint.com", "docusign.com", "docusign.net", "google.com"),
        *("apple.com", "icloud.com", "yahoo.com", "dropbox.com", "adobe.com", "facebook.com"),
        *("instagram.com", "whatsapp.com", "paypal.com", "amazon.com", "amazon.co.uk"),
        *("netflix.com", "ebay.co.uk", "ebay.com", "royalmail.com", "evri.com", "dhl.com"),
    }
)
"""Domains that may ask for the passwords of the companies in ``dangers.yaml``."""


def _is_something_else(fit: Fit) -> bool:
    """Whether a page that says enough says nothing of what its entry promises."""
    if fit.identity.language != "en" or fit.is_a_translation or fit.count < _FEW_WORDS:
        return False
    if fit.has_nothing and fit.is_foreign:
        return True
    if fit.has_little and fit.is_elsewhere:
        return fit.helping < 2
    if fit.count < _ENOUGH_TO_SAY:
        return False
    if fit.has_nothing and fit.helping == 0:
        return fit.trading >= _SOME_TRADING or fit.has_changed or fit.count >= _NO_HELP
    return fit.trading >= _MUCH_TRADING and -fit.against >= _SOME_TRADING


def _fell_back_to_the_home_page(fit: Fit) -> bool:
    asked, got = urlsplit(fit.identity.address), urlsplit(fit.final_address)
    if is_home(asked.path) and not names_a_page(asked.query):
        return False
    return is_home(got.path) and not names_a_page(got.query) and fit.named < _MOST_NAMED


_MOST_NAMED = 0.6
"""Share of an entry's title from which a front page is its page."""
