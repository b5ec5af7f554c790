"""Whether a page that opens is still what the index says it is. Pure.

A domain that has lapsed is soon somebody else's: it shows adverts, a casino or worse, and answers
200 to every link checker. For a family that follows the link that is worse than a dead end. The
reverse harms as well: a page on gambling harm speaks of casinos, and a charity may have a shop. So
what counts is what a page says *beyond* what its entry lets one expect, and how little of what the
entry promises is there.

What a page says is found by :mod:`~linkindex.links.pages.signs`, what it shows of its entry by
:class:`~linkindex.links.pages.fit.Fit`; here the one is weighed against the other.

The rules were made from the pages of ``tests/links/data/tuned-on`` and are measured on those of
``held-out``, written by others and not read since: 1,234 of 1,280 dangers are found (96.4 %; of
soft 404s 86 %, of each other kind 93 % or more), and 2 of 200 good pages, 120 of which were
made to look dangerous, are called dangerous (1.0 %). All are synthetic, with little of the menus
and footers of real pages, so these are no shares of the web. An ordinary page about something else
is mostly known only once the title of an earlier page is. See ``tests/links/test_danger.py``.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from linkindex.links.causes import Danger
from linkindex.links.pages import signs
from linkindex.links.pages.fit import SOME_HELP, Fit
from linkindex.links.pages.hosts import is_home, names_a_page, registrable
from linkindex.links.pages.html import PageText
from linkindex.links.pages.identity import Identity, Seen
from linkindex.links.pages.signs import Said

ENOUGH = 3
"""Weight of one sign that no good page has."""

BEYOND_DOUBT = 16
"""Weight of the signs of gambling or sex that are enough on a page that speaks of nothing else,
however much of its entry it shows."""

_LONG_WALL = 250
"""Words of the longest question about cookies that hides a page."""

_OF_THE_DOMAIN = (Danger.PARKED, Danger.FOR_SALE, Danger.EXPIRED)
_TO_HELP_WITH = (Danger.GAMBLING, Danger.ADULT)
_OF_ITS_WORDS = (Danger.GAMBLING, Danger.ADULT, Danger.SHOP, Danger.OTHER)

_CLEAR = {
    **dict.fromkeys(_OF_THE_DOMAIN, 5),
    **dict.fromkeys(_OF_ITS_WORDS, 6),
    **{Danger.MISSING: 6, Danger.LOGIN: 9},
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

_ENOUGH_TO_SAY, _SHORT_OF_WORDS, _FEW_WORDS = 40, 15, 8
"""Words from which a page would have said what it is about, from which one would that had another
title before, and from which it says anything."""


def danger(
    page: PageText, final_address: str, identity: Identity, before: Seen | None = None
) -> Danger | None:
    """What is wrong with a page that opened, or ``None``.

    :param final_address: where the redirects ended.
    :param before: what was seen there when it last worked.
    """
    fit = Fit(page, final_address, identity, before)
    if _is_of_a_parking_service(fit):
        return Danger.PARKED
    if kind := _has_been_broken_into(fit):
        return kind
    if _lets_people_in_for_others(fit):
        return None
    for kinds in (_OF_THE_DOMAIN, _OF_ITS_WORDS):
        said = [kind for kind in kinds if _says(fit, kind)]
        if said:
            return max(said, key=lambda kind: _signs(fit, kind))
    if _is_a_wall(fit):
        return Danger.WALL
    if not fit.is_as_before and _asks_for_anothers_password(fit):
        return Danger.LOGIN
    if _signs(fit, Danger.MISSING) - max(0.0, fit.against) / 2 >= _CLEAR[Danger.MISSING]:
        return Danger.MISSING
    if fit.is_in_another_script and not fit.is_signed:
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
    places = (*fit.page.sources, fit.page.refresh)
    loads = any(_weight(fit, "loading", Said(place)) for place in places)
    return loads and not fit.fits


def _has_been_broken_into(fit: Fit) -> Danger | None:
    """What intruders have put into a page, though it still is what its entry says."""
    if _weight(fit, "trap", fit.all) >= 2 * ENOUGH:
        return Danger.OTHER
    if fit.hides_help or 2 * len(fit.hidden.text) > len(fit.all.text):
        return None  # what opens when it is asked for, or a page that is hidden until it is drawn
    for kind in _TO_HELP_WITH:
        if not _is_expected(fit, kind) and _weight(fit, kind, fit.hidden) >= 2 * ENOUGH:
            return kind
    return None


def _lets_people_in_for_others(fit: Fit) -> bool:
    """Whether the page is the login of a known service that the site of the entry uses."""
    known = registrable(fit.final_address) in _LOGIN_OWNERS or fit.is_of_a_public_body
    return known and fit.is_elsewhere and fit.page.password_asked


def _is_a_wall(fit: Fit) -> bool:
    """Whether something stands before the page: a test for robots, or a question about cookies."""
    if fit.fits:
        return False
    in_head = _weight(fit, "wall", fit.head) >= ENOUGH and fit.is_short
    asks = _weight(fit, "consent", fit.all) >= 2 * ENOUGH and fit.count <= _LONG_WALL
    return in_head or (asks and fit.has_nothing)


def _weight(fit: Fit, kind: str, said: Said) -> float:
    """The weight of the signs of a kind, without those that the entry speaks of itself."""
    return signs.weight(kind, said, fit.identity.said)


def _signs(fit: Fit, kind: str) -> float:
    """The weight of the signs of a kind on a page, those in its head counting more."""
    in_head = _weight(fit, kind, fit.head)
    weight = max(in_head, _weight(fit, kind, fit.all)) + _IN_THE_HEAD * in_head
    if kind == Danger.PARKED and weight and fit.is_called_by_its_host and not fit.is_as_before:
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
    if kind in _TO_HELP_WITH and fit.is_signed and fit.helping >= SOME_HELP:
        return False  # those who help with such things speak of them
    if kind in _NEEDS_ONE_THAT_TELLS and not _has_one_that_tells(fit, kind):
        return False
    if weight - fit.against >= _CLEAR[kind]:
        return True
    never_ordinary = kind in _TO_HELP_WITH and not _is_expected(fit, kind)
    return never_ordinary and fit.helping < SOME_HELP and weight >= BEYOND_DOUBT


_NEEDS_ONE_THAT_TELLS = frozenset({*_OF_THE_DOMAIN, *_TO_HELP_WITH})


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
    of_another = min(_weight(fit, "login", fit.all), ENOUGH)
    if not of_another and asking < _MOST_ASKING:
        return False
    in_head = min(_weight(fit, "login", fit.head), ENOUGH)
    if not in_head and _weight(fit, "social", fit.all):
        return False  # it offers the accounts of others beside its own
    evidence = (
        of_another
        + in_head
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
        *("openathens.net", "okta.com", "auth0.com", "onelogin.com", "b2clogin.com"),
        *("amazoncognito.com", "linkedin.com", "vimeo.com"),
    }
)
"""Domains that may ask for passwords: of the companies in ``dangers.yaml``, and of those that let
people in for others."""


def _is_something_else(fit: Fit) -> bool:
    """Whether a page that says enough says nothing of what its entry promises."""
    if fit.identity.language != "en" or fit.is_a_translation or fit.count < _FEW_WORDS:
        return False
    if fit.has_nothing and (fit.is_foreign or (fit.has_changed and fit.count >= _SHORT_OF_WORDS)):
        return True
    if fit.is_of_a_public_body:
        return False
    if fit.has_little and fit.is_elsewhere:
        return fit.helping < 2
    if fit.has_nothing and fit.helping == 0 and fit.trading > _SOME_TRADING:
        return fit.count >= _SHORT_OF_WORDS
    if fit.count < _ENOUGH_TO_SAY:
        return False
    if fit.has_nothing and fit.helping == 0:
        return fit.trading >= _SOME_TRADING or fit.has_changed or fit.count >= _NO_HELP
    trades = fit.trading >= _MUCH_TRADING and -fit.against >= _SOME_TRADING
    return trades and not fit.is_signed


def _fell_back_to_the_home_page(fit: Fit) -> bool:
    asked, got = urlsplit(fit.identity.address), urlsplit(fit.final_address)
    if is_home(asked.path) and not names_a_page(asked.query):
        return False
    return is_home(got.path) and not names_a_page(got.query) and fit.named < _MOST_NAMED


_MOST_NAMED = 0.6
"""Share of an entry's title from which a front page is its page."""
