"""Whether a page that opens is still what the index says it is. Pure.

A domain that has lapsed is soon somebody else's: it shows adverts, a casino or worse, and answers
200 to every link checker. For a family that follows the link that is worse than a dead end. The
reverse harms as well: a page on gambling harm speaks of casinos, and a charity may have a shop. So
what counts is what a page says *beyond* what its entry lets one expect, and how little of what the
entry promises is there.

The thresholds were set with ``tests/links/data/pages-tuned-on.yaml`` and measured on pages that
were not looked at for it: of ``pages-held-out.yaml`` 219 of 220 dangers are found, and since one of
its 32 ordinary pages showed a fault of the rules, none is falsely called dangerous; of
``pages-held-out-2.yaml``, written afterwards, 341 of 432 were found and 2 of 62 ordinary pages were
called dangerous. All are synthetic; see ``tests/links/test_links_danger.py``.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from urllib.parse import urlsplit

import yaml
from publicsuffixlist import PublicSuffixList

from linkindex.catalogue import Catalogue, Cost, Format, Resource
from linkindex.links.page import PageText


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


@dataclass(frozen=True)
class Identity:
    """What an entry lets one expect of its page.

    ``about`` is what the entry says of itself, ``around`` what its category says. ``sells`` is true
    of a book and of what costs money.
    """

    title: str
    publisher: str
    about: str
    address: str
    language: str = "en"
    sells: bool = False
    around: str = ""

    @functools.cached_property
    def own_text(self) -> str:
        """Everything that the entry says, folded."""
        return folded(f"{self.title} {self.publisher} {self.about} {self.around}")


@dataclass(frozen=True)
class Seen:
    """What an earlier look saw at an address that was in order then.

    ``title`` is empty where no page was read, or where it had none.
    """

    title: str
    final_address: str


def identity_of(catalogue: Catalogue, resource: Resource) -> Identity:
    """What the catalogue says of a resource."""
    home = catalogue.home_of(resource)
    about = (resource.summary, resource.use_when or "", *resource.keywords)
    around = (home.title, home.full_title, home.summary, *home.aliases, *home.keywords)
    return Identity(
        resource.title,
        resource.publisher,
        " ".join(about),
        resource.url,
        resource.language,
        around=" ".join(around),
        sells=resource.format is Format.BOOK or resource.cost is not Cost.FREE,
    )


ENOUGH = 3
"""Weight of signs from which a page that hardly fits its entry is what the signs say."""

MUCH = 6
"""The same for a page on which something of the entry is found."""

OVERWHELMING = 9
"""The same for a page on which most of the entry is found, or whose entry is about such things."""

BEYOND_DOUBT = 16
"""The same for a page that both is about such things by its entry and names its entry."""

_LITTLE, _SOME, _MOST = 0.15, 0.3, 0.6
_SHORT_PAGE = 60
"""Words; an error page or a parking page says no more."""

_LONG_PAGE = 80
"""Different words from which a page shares some with any entry."""

_ENOUGH_WORDS = 4
"""Words of an entry that tell it from others; with fewer, what is missing says nothing."""

_COVERED = 0.25
"""Share of an entry's own words that a long page on the same matter has at least."""

_HARDLY_COVERED = 0.1
"""The same share on a page of some length, where the words that it has are few or of any page."""

_ENOUGH_TO_SAY = 40
"""Words from which a page would have said what it is about."""


def danger(
    page: PageText, final_address: str, identity: Identity, before: Seen | None = None
) -> Danger | None:
    """What is wrong with a page that opened, or ``None``.

    :param final_address: where the redirects ended.
    :param before: what was seen there when it was last found in order.
    """
    reading = _Reading(page, final_address, identity)
    if reading.weight("wall", reading.head) >= ENOUGH and reading.is_short and not reading.fits:
        return Danger.WALL
    for kind in (Danger.PARKED, Danger.FOR_SALE, Danger.EXPIRED):
        if reading.says(kind):
            return reading.strongest((Danger.PARKED, Danger.FOR_SALE, Danger.EXPIRED))
    for kind in (Danger.GAMBLING, Danger.ADULT, Danger.SHOP):
        if reading.says(kind):
            return reading.strongest((Danger.GAMBLING, Danger.ADULT, Danger.SHOP))
    if reading.asks_for_anothers_password:
        return Danger.LOGIN
    if reading.is_missing:
        return Danger.MISSING
    if reading.in_another_script:
        return Danger.OTHER
    known = folded(before.title) if before else ""
    same_as_before = bool(known) and known == folded(page.title)
    if not same_as_before and reading.is_something_else(before):
        return Danger.OTHER
    if reading.fell_back_to_the_home_page and not same_as_before:
        return Danger.HOME
    return None


def fits(page: PageText, final_address: str, identity: Identity) -> bool:
    """Whether a page plainly is what the entry says, so that its address may take over."""
    return _Reading(page, final_address, identity).fits


class _Reading:
    """One page beside what was expected of it."""

    def __init__(self, page: PageText, final_address: str, identity: Identity) -> None:
        self.page = page
        self.final_address = final_address
        self.identity = identity
        self.head = folded(" . ".join((page.title, *page.headings, *page.names)))
        self.text = folded(f"{self.head} . {page.text}")
        self.count = len(self.text.split())
        self._words = words(self.text)
        self._title = words(identity.title)
        self._publisher = words(identity.publisher)
        own = self._title | self._publisher | words(identity.about)
        self._about = own | words(identity.around)
        body = words(folded(page.text)) or self._words
        common = len(body & self._about)
        # One word in common is chance.
        self.topic = common / max(1, min(len(body), 12)) if common > 1 else 0.0
        telling = own - _of_the_field()
        self.covered = _share(telling, body) if len(telling) >= _ENOUGH_WORDS else 1.0
        self.is_long = len(body) >= _LONG_PAGE
        self.named = _share(self._title, self._words)
        self.named_by = len(self._title & self._words)
        self.published = _share(self._publisher, words(self.head))

    @property
    def fit(self) -> float:
        """How much of the entry is on the page: from 0 (nothing) to 1."""
        named = self.named if self.named_by > 1 else 0.0
        return min(1.0, max(self.topic, (named + self.topic) / 2))

    @property
    def fits(self) -> bool:
        return self.fit >= _SOME and (self.named >= 0.5 or self.published >= 0.6)

    @property
    def is_short(self) -> bool:
        return self.count <= _SHORT_PAGE

    @property
    def elsewhere(self) -> bool:
        """Whether the page is on another domain than its entry."""
        return registrable(self.final_address) != registrable(self.identity.address)

    def weight(self, kind: str, text: str) -> float:
        """The weight of the signs of a kind, without those that the entry speaks of itself."""
        weight = sum(
            weight
            for weight, sign in _signs()[kind]
            if sign.search(text) and not sign.search(self.identity.own_text)
        )
        return weight + (ENOUGH if kind == Danger.PARKED and self.is_called_by_its_host else 0)

    @property
    def is_called_by_its_host(self) -> bool:
        """Whether the title is a bare host name, as on the pages of advertisers."""
        host = (urlsplit(self.final_address).hostname or "").removeprefix("www.")
        return folded(self.page.title).removeprefix("www.") == host and self.is_short

    def says(self, kind: Danger) -> bool:
        weight = self.weight(kind, self.text)
        if weight < ENOUGH:
            return False
        if kind is Danger.SHOP and self.weight("selling", self.text) < ENOUGH:
            return False  # it speaks of wares, and sells none
        in_head = self.weight(kind, self.head) >= ENOUGH
        if kind in (Danger.PARKED, Danger.FOR_SALE, Danger.EXPIRED):
            # Such a page says so in its head, or says nothing else: one that speaks of domains in
            # passing, or whose entry speaks of them, is not for sale itself.
            says_nothing_else = self.is_short and not self.fits
            expected = self._expects(kind) and not in_head
            return weight >= self._needed(_LITTLE, expected=expected) and (
                in_head or says_nothing_else
            )
        return weight >= self._needed(_SOME, expected=self._expects(kind))

    @property
    def _is_named(self) -> bool:
        """Whether the page says that it is what the entry says."""
        return self.published >= 0.6 or (self.named >= 0.5 and self.fit >= _MOST)

    def _needed(self, little: float, *, expected: bool = False) -> float:
        if expected:
            return BEYOND_DOUBT if self._is_named else OVERWHELMING
        if self._is_named:
            return OVERWHELMING
        return ENOUGH if self.fit < little and self.named < 0.5 else MUCH

    def _expects(self, kind: Danger) -> bool:
        if kind is Danger.SHOP and self.identity.sells:
            return True
        return any(sign.search(self.identity.own_text) for _, sign in _signs()[kind])

    @property
    def asks_for_anothers_password(self) -> bool:
        """Whether the page looks like the login of a company that it does not belong to."""
        if self.is_long or self.fits or self.published >= 0.4:
            return False
        asks = self.page.password_asked or self.weight("asking", self.text) >= ENOUGH
        return (
            asks
            and self.weight("login", self.head) >= ENOUGH
            and registrable(self.final_address) not in _LOGIN_OWNERS
        )

    def strongest(self, kinds: Iterable[Danger]) -> Danger:
        return max(kinds, key=lambda kind: self.weight(kind, self.text))

    @property
    def is_missing(self) -> bool:
        if self.weight("missing", self.head) >= ENOUGH:
            return not (self.fits and not self.is_short)
        return self.weight("missing", self.text) >= ENOUGH and self.is_short and not self.fits

    @property
    def in_another_script(self) -> bool:
        if self.identity.language in _OTHER_SCRIPTS:
            return False
        letters = [letter for letter in self.text[:2000] if letter.isalpha()]
        foreign = sum(1 for letter in letters if not _is_latin(letter))
        return len(letters) >= 20 and foreign / len(letters) > 0.4

    def is_something_else(self, before: Seen | None) -> bool:
        """Whether a page that says enough says nothing of what its entry promises."""
        by_chance = self.named < 0.2 or (self.named < 0.5 and self.named_by == 1)
        # The more a page says, the more words it shares with any entry.
        if self.is_long:
            little = self.covered < _COVERED
        elif self.count >= _ENOUGH_TO_SAY:
            little = self.topic < _LITTLE or (self.topic < _SOME and self.covered < _HARDLY_COVERED)
        else:
            little = self.topic < _LITTLE
        nothing = by_chance and self.published < 0.4 and little
        if not nothing or self.identity.language != "en" or self.is_a_translation:
            return False
        if self.count >= _ENOUGH_TO_SAY:
            return True
        moved_house = before is not None and registrable(before.final_address) != registrable(
            self.final_address
        )
        return (self.elsewhere or moved_house) and self.count >= 8

    @property
    def is_a_translation(self) -> bool:
        """Whether the site answers in another language of these islands, as public bodies may."""
        return self.page.language[:2] in ("cy", "gd", "ga") and not self.elsewhere

    @property
    def fell_back_to_the_home_page(self) -> bool:
        asked, got = urlsplit(self.identity.address), urlsplit(self.final_address)
        if is_home(asked.path) and not asked.query:
            return False
        return is_home(got.path) and not got.query and self.named < _MOST


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

_OTHER_SCRIPTS = frozenset(
    {
        *("am", "ar", "bn", "el", "fa", "gu", "he", "hi", "hy", "ja", "ka", "km", "ko", "ku", "lo"),
        *("ml", "mr", "my", "ne", "pa", "ps", "ru", "sd", "si", "ta", "te", "th", "ti", "uk"),
        *("ur", "yi", "zh", "bg", "be", "mk", "sr", "kk", "mn", "bo", "dv", "ug"),
    }
)
_HOME = re.compile(
    r"/?(([a-z]{2}(-[a-z]{2})?)/?)?((home|index|default|welcome)(\.\w{2,5})?/?)?", re.IGNORECASE
)


def is_home(path: str) -> bool:
    """Whether a path is that of a site's front page: ``/``, ``/en/home``, ``/index.html``."""
    return _HOME.fullmatch(path) is not None


def registrable(address: str) -> str:
    """The part of a host that somebody owns: ``https://www.a.co.uk/x`` gives ``a.co.uk``."""
    return _owned((urlsplit(address).hostname or "").rstrip("."))


@functools.lru_cache(maxsize=8192)
def _owned(host: str) -> str:
    return _suffixes().privatesuffix(host) or host


@functools.cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


@functools.cache
def _signs() -> Mapping[str, tuple[tuple[float, re.Pattern[str]], ...]]:
    """The signs of each kind with their weight. Letters of ASCII end at the edge of a word."""
    written = yaml.safe_load(files(__package__).joinpath("dangers.yaml").read_text("utf-8"))
    return {
        kind: tuple(
            (float(weight), _compiled(sign)) for weight, signs in groups.items() for sign in signs
        )
        for kind, groups in written.items()
    }


def _compiled(sign: str) -> re.Pattern[str]:
    if sign.startswith(("^", "[", "\\")):
        return re.compile(sign, re.IGNORECASE)
    # Scripts without spaces have no edges of words.
    edge = r"(?<![a-z0-9])" if sign.isascii() else ""
    end = r"(?![a-z0-9])" if sign.isascii() else ""
    return re.compile(f"{edge}(?:{sign}){end}", re.IGNORECASE)


def folded(text: str) -> str:
    """Text in lower case with single spaces and without look-alike letters (NFKC)."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


_COMMON_WORDS = """
a about all also am an and any are as at be been before but by can could do does for from get had
has have he her him his how i if in into is it its just like may me more most must my no not now of
on one or other our out over own page she should site so some such than that the their them then
there these they this those to too uk up us use used was we were what when where which who why will
with would you your com org net www http https home website read first links link free help
"""
_COMMON = frozenset(_COMMON_WORDS.split())


_FIELD_WORDS = """
adult advice approach care child children community course families family funded guidance guide
help information learn learning life making need needs online parent parents people person
practice practitioner practitioners professional professionals resource resources service services
short social staff support teach training understand understanding ways work workers working young
"""
"""Words of any index of this kind, and of many other pages."""


@functools.cache
def _of_the_field() -> frozenset[str]:
    return words(_FIELD_WORDS)


def words(text: str) -> frozenset[str]:
    """The words of a text that tell something, without their commonest endings."""
    found = re.findall(r"[^\W_]+(?:['’][^\W_]+)?", folded(text))
    return frozenset(_stem(word) for word in found if word not in _COMMON and len(word) > 1)


_STEM = 6
"""Letters in which the words of one family agree: `erection`, `erectile`."""


def _stem(word: str) -> str:
    word = re.sub(r"['’]s?$", "", word)
    for ending in ("ings", "ing", "ies", "es", "ed", "s", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)][:_STEM]
    return word[:_STEM]


def _share(wanted: frozenset[str], found: frozenset[str]) -> float:
    return len(wanted & found) / len(wanted) if wanted else 0.0


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")
