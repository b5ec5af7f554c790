"""Whether a page that opens is still what the index says it is. Pure.

A domain that has lapsed is soon somebody else's: it shows adverts, a casino or worse, and answers
200 to every link checker. For a family that follows the link that is worse than a dead end. The
reverse harms as well: a page on gambling harm speaks of casinos, and a charity may have a shop. A
name that survives is no alibi either: whoever buys a domain, or breaks into a site, often leaves
the charity's name and words where they were.

So what counts is what a page shows and means (:mod:`~linkindex.links.pages.signs`), beyond what its
entry lets one expect (:class:`~linkindex.links.pages.fit.Fit`), weighed in
:mod:`~linkindex.links.pages.evidence`. Two signs that do not hang together make a page harmful, so
that its link is hidden; one asks a person to look, and so does what a site says of its own page
(:mod:`~linkindex.links.pages.notices`). ``handbook/figures.md`` says how much is found by this.
"""

from __future__ import annotations

import datetime
import functools
from urllib.parse import urlsplit

from linkindex.links.causes import Cause, Danger, OneSign, SaysMovedTo
from linkindex.links.pages import signs
from linkindex.links.pages.evidence import KINDS, STRONG, weighed
from linkindex.links.pages.fit import SOME_HELP, Fit
from linkindex.links.pages.hosts import is_home, names_a_page, registrable
from linkindex.links.pages.html import PageText
from linkindex.links.pages.identity import Identity, Seen
from linkindex.links.pages.notices import new_address, notice
from linkindex.links.pages.signs import Said

SURE = 0.5
"""Odds (:mod:`~linkindex.links.pages.evidence`) from which a page is harmful, if two signs say so
that do not hang together."""

DOUBT, DOUBT_IF_RETITLED = -0.75, -2.0
"""Odds from which a person should look at a page, and from which one should if it fitted before and
has another title now: of pages that had changed hands most had, of all others few."""

_HIDDEN_BY_INTRUDERS = 2
"""Times that a page says in hiding what no owner puts there."""

_LONG_WALL = 250
"""Words of the longest question about cookies that hides a page."""

_LONG_NOTICE = 120
"""Words of the longest page that says no more than that something was not found."""

_ENOUGH_TO_SAY, _SHORT_OF_WORDS = 40, 15
"""Words from which a page would have said what it is about, and from which one would that said it
before."""

_MOST_ASKING, _CLEAR_LOGIN = 12, 9
"""Weight of the signs of asking for secrets from which more say no more, and of all that makes a
login that of another."""


def danger(
    page: PageText,
    final_address: str,
    identity: Identity,
    before: Seen | None = None,
    today: datetime.date | None = None,
) -> Danger | None:
    """What is wrong with a page that opened, or ``None``.

    :param final_address: where the redirects ended.
    :param before: what was seen there when it last worked.
    :param today: the day of the look, before which announced work has ended.
    """
    fit = _fit(page, final_address, identity, before)
    return (
        _of_others(fit)
        or _instead_of_the_page(fit, today or datetime.date.min)
        or _is_about_something_else(fit)
    )


def cause(
    kind: Danger,
    page: PageText,
    final_address: str,
    identity: Identity,
    before: Seen | None = None,
) -> Cause:
    """Why a page was found to be of a kind, with what there is of evidence."""
    if kind is Danger.MOVED and (
        address := new_address(_fit(page, final_address, identity, before))
    ):
        return SaysMovedTo(address)
    if kind is Danger.DOUBTFUL:
        return OneSign(weighed(_fit(page, final_address, identity, before)).kind)
    return kind


def fits(page: PageText, final_address: str, identity: Identity) -> bool:
    """Whether a page plainly is what the entry says, so that its address may take over."""
    return _fit(page, final_address, identity, None).fits


@functools.lru_cache(maxsize=4)
def _fit(page: PageText, final_address: str, identity: Identity, before: Seen | None) -> Fit:
    """The page beside its entry, which several questions are asked about."""
    return Fit(page, final_address, identity, before)


def _of_others(fit: Fit) -> Danger | None:
    """Who seems to have taken over the page: a harmful kind, or doubt."""
    if _is_of_a_parking_service(fit):
        return Danger.PARKED
    if kind := _has_been_broken_into(fit):
        return kind
    if _lets_people_in_for_others(fit):
        return None
    found = weighed(fit)
    if found.odds >= SURE and found.independent_signs >= 2:
        return found.kind
    if not fit.is_as_before and _asks_for_anothers_password(fit):
        return Danger.LOGIN
    is_new = fit.is_retitled and found.signs and not found.is_as_expected
    least = DOUBT_IF_RETITLED if is_new else DOUBT
    says_no_more = found.is_of_nothing or (fit.is_as_before and not found.signs)
    if found.odds < least or says_no_more or _is_the_login_of_the_site(fit):
        return None
    return Danger.DOUBTFUL


def _instead_of_the_page(fit: Fit, today: datetime.date) -> Danger | None:
    """What the site itself shows in the place of the page."""
    if _is_a_wall(fit):
        return Danger.WALL
    told = notice(fit, today)
    if told not in (Danger.REPLACED, Danger.CLOSED) and _says_that_it_is_missing(fit):
        return Danger.MISSING
    return told


def _is_about_something_else(fit: Fit) -> Danger | None:
    """What a page is that is no longer about what its entry is, and not harmful."""
    if fit.is_as_before:
        return None
    if _fell_back(fit):
        return Danger.HOME
    if _has_changed(fit):
        return Danger.CHANGED
    return Danger.UNLIKE if _is_unlike(fit) else None


def _has_changed(fit: Fit) -> bool:
    """Whether a page has lost most of what it was when it was last seen.

    Where it fitted then, that is most of its entry's title and of its own; where it is not known
    whether it did, all that it had of either.
    """
    if fit.before is None or fit.is_a_translation or fit.count < _SHORT_OF_WORDS:
        return False
    if fit.before.fitted:
        is_named = max(fit.named, fit.named_before) >= _HALF_NAMED
        return not is_named and fit.shared < _MUCH_SHARED
    return fit.has_changed and fit.has_nothing


_HALF_NAMED = 0.5
"""Share of its entry's title that a page names that still is what it was."""


def _is_of_a_parking_service(fit: Fit) -> bool:
    """Whether the page loads what only the pages of such a service load."""
    places = " ".join((*fit.page.sources, fit.page.refresh)).lower()
    return signs.loads_parking(places) and not fit.fits


def _has_been_broken_into(fit: Fit) -> Danger | None:
    """What intruders have put into a page, though it still is what its entry says."""
    if _weight(fit, "trap", fit.shown) >= 2 * STRONG:
        return Danger.MALWARE
    if not fit.page.hidden or fit.hides_help or len(fit.hidden.text) > 2 * len(fit.shown.text):
        return None  # what opens when it is asked for, or a page that is hidden until it is drawn
    for kind in KINDS:
        if kind in _OFTEN_HIDDEN or fit.identity.said.found(kind):
            continue
        strong = [sign for sign in fit.hidden.meant(kind) if sign.weight >= STRONG]
        if fit.hidden.times(strong) >= _HIDDEN_BY_INTRUDERS:
            return kind
    return None


_OFTEN_HIDDEN = (Danger.SHOP, Danger.SCAM, Danger.PARKED, Danger.EXPIRED, Danger.ADVERTS)
"""What the baskets, forms and messages say that sites show only when they are needed."""


def _lets_people_in_for_others(fit: Fit) -> bool:
    """Whether the page is the login of a known service that the site of the entry uses."""
    known = registrable(fit.final_address) in _LOGIN_OWNERS or fit.is_of_a_public_body
    return known and fit.is_elsewhere and fit.page.password_asked


def _is_the_login_of_the_site(fit: Fit) -> bool:
    """Whether the site asks for its own password, and takes the accounts of others beside it."""
    own = fit.page.password_asked and not fit.is_elsewhere
    return own and _weight(fit, "social", fit.shown) > 0


def _is_a_wall(fit: Fit) -> bool:
    """Whether something stands before the page: a test for robots, or a question about cookies."""
    if fit.fits:
        return False
    in_head = _weight(fit, "wall", fit.head) >= STRONG and fit.is_short
    asks = _weight(fit, "consent", fit.shown) >= 2 * STRONG and fit.count <= _LONG_WALL
    return in_head or (asks and fit.has_nothing)


def _says_that_it_is_missing(fit: Fit) -> bool:
    """Whether the page says that what was asked for is not there."""
    if fit.named_in_head >= _HALF_NAMED:
        return False
    in_head = _weight(fit, Danger.MISSING, fit.head)
    if in_head >= STRONG:
        return fit.main_count <= _LONG_NOTICE
    return fit.main_count <= _LONG_NOTICE / 2 and _weight(fit, Danger.MISSING, fit.main) >= STRONG


def _weight(fit: Fit, kind: str, said: Said) -> float:
    """The weight of the signs of a kind, without those that the entry speaks of itself."""
    return signs.weight(kind, said, fit.identity.said)


def _asks_for_anothers_password(fit: Fit) -> bool:
    """Whether the page looks like the login of a company that it does not belong to."""
    asking = _weight(fit, "asking", fit.shown)
    asks = fit.page.password_asked or asking >= STRONG
    if not asks or registrable(fit.final_address) in _LOGIN_OWNERS:
        return False
    of_another = min(_weight(fit, "login", fit.shown), STRONG)
    if not of_another and asking < _MOST_ASKING:
        return False
    in_head = min(_weight(fit, "login", fit.head), STRONG)
    if not in_head and _weight(fit, "social", fit.shown):
        return False  # it offers the accounts of others beside its own
    evidence = (
        of_another
        + in_head
        + min(asking, _MOST_ASKING)
        + (STRONG if fit.page.password_asked else 0)
    )
    return evidence - max(0.0, fit.against) / 2 >= _CLEAR_LOGIN


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


def _fell_back(fit: Fit) -> bool:
    """Whether a redirect led from a page to the front page of its site, or to a list."""
    asked, got = urlsplit(fit.identity.address), urlsplit(fit.final_address)
    if is_home(asked.path) and not names_a_page(asked.query):
        return False
    if fit.named_in_head >= _MOST_NAMED or fit.is_a_translation:
        return False
    if is_home(got.path) and not names_a_page(got.query):
        return True
    before, after = (path.rstrip("/") for path in (asked.path, got.path))
    if before == after or got.query or fit.page.password_asked:
        return False
    is_a_list = before.startswith(f"{after}/") or after.rpartition("/")[2] in _LISTS
    return is_a_list and fit.named < _MOST_NAMED and fit.shared < _MUCH_SHARED


_LISTS = frozenset(
    [
        "news",
        "blog",
        "latest",
        "events",
        "resources",
        "publications",
        "articles",
        "search",
        "services",
        "category",
        "all",
    ]
)
"""How the addresses of lists end."""

_MOST_NAMED = 0.6
"""Share of an entry's title from which a front page or a list is its page."""

_MUCH_SHARED = 3
"""Telling words that a page shares with its entry if it was only given another title."""


def _is_unlike(fit: Fit) -> bool:
    """Whether a page that says enough says nothing of what its entry promises."""
    if fit.identity.language != "en" or fit.is_a_translation or fit.main_count < _ENOUGH_TO_SAY:
        return False
    if fit.is_signed or fit.helping >= SOME_HELP:
        return False
    return fit.named == 0 and fit.shared < _LEAST_SHARED


_LEAST_SHARED = 0.5
"""Telling words that a page shares with its entry if it is about the same at all."""
