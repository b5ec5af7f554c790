"""How much a page shows of what its entry lets one expect. Pure.

A page that names its entry, shares telling words with it, and speaks as helpers speak, is hardly
anything else; one that speaks as traders speak may be. Only what is displayed counts, each thing
once, and not the name of the page's own domain. :attr:`Fit.against` weighs what speaks against a
login of another, in units of a sign of weight 1 (``dangers.yaml``).
"""

from __future__ import annotations

import functools
import math
import re
from urllib.parse import urlsplit

from linkindex.links.pages.hosts import is_home, is_of_a_public_body, names_a_page, registrable
from linkindex.links.pages.html import PageText
from linkindex.links.pages.identity import Identity, Seen
from linkindex.links.pages.signs import Said
from linkindex.links.pages.words import (
    folded,
    is_celtic,
    is_foreign,
    is_latin,
    languages,
    of_helping,
    of_the_field,
    of_trading,
    share,
    vague,
    words,
    words_of_folded,
)

SOME_HELP = 3
"""Different words of helpers in a text that speaks of dangers to help with them."""

_NAMED = 3
"""What speaks against danger if all of the title is on the page, or all of the publisher."""

_SHARED, _MOST_SHARED = 4, 5
"""What each telling word does that entry and page share, and how many count."""

_HELPING, _TRADING, _MOST_USED = 2, 2, 6
"""What each word does that helpers use, or that traders use, and how many count."""

_CHANGED = 3
"""What speaks for danger if nothing is left of the title that the page had before."""

_BY_CHANCE, _MOST_BY_CHANCE = 2500, 0.3
"""Different words of a page that would have each word of an entry by chance, and the share of an
entry's words that a page of any length has by chance."""

_FALSE_FRIENDS = 2
"""Words that texts in two languages may share and that mean something else in each."""

_SHORT_PAGE = 60
"""Words; an error page or a parking page says no more."""

_SOME, _HALF, _SIGNED = 0.3, 0.5, 0.6
"""Shares of an entry's words on a page from which it is about the same, of its title's from which
it names it, and of its publisher's from which it is theirs."""


class Fit:
    """One page beside what was expected of it.

    ``named`` and ``signed`` are the shares of its entry's title and publisher on it, and
    ``named_in_head`` that of the title in its own title and headings; ``shared`` counts the telling
    words that it shares with its entry beyond chance, ``helping`` and ``trading`` the words of
    helpers and traders, ``count`` all its words. ``is_a_version`` is whether its entry names
    another language, in which its page may be.
    """

    def __init__(
        self, page: PageText, final_address: str, identity: Identity, before: Seen | None = None
    ) -> None:
        self.page = page
        self.final_address = final_address
        self.identity = identity
        self.before = before
        blocks = page.blocks or (*page.headings, page.text)
        self.blocks = tuple(block.replace("|", "/") for block in (page.title, *blocks))
        self.shown = Said(self._without_host(" | ".join(self.blocks)))
        self.count = len(self.shown.spaced.split())
        headings = self._without_host(" ".join((page.title, *page.headings[:3])))
        in_head = words(headings)
        main = words(self._without_host(" ".join(page.main))) if page.main else frozenset()
        everything = words_of_folded(self.shown.text)
        found = (main | in_head) if main else everything
        title, publisher = words(identity.title), words(identity.publisher)
        own = self.own_words = title | publisher | words(identity.about)
        self.named = share(title, found)
        self.named_by = len(title & found)
        self.named_in_head = share(title, in_head)
        known = words(before.title) - publisher if before else frozenset()
        self.named_before = share(known, found)
        self.signed = share(publisher, everything)
        self.helping = len(found & of_helping())
        self.trading = len((found & of_trading()) - words(identity.said.text))
        telling = ((own - of_the_field()) | title) - vague()
        chance = len(telling) * min(_MOST_BY_CHANCE, len(found) / _BY_CHANCE)
        self.shared = max(0.0, len(telling & found) - chance)
        self.is_a_version = not own.isdisjoint(languages())
        known_as_english = identity.language == "en" and not self.is_a_version
        self.is_foreign = known_as_english and is_foreign(page.text)
        if self.is_foreign:  # What words it shares with English it shares by chance.
            self.shared, self.helping = max(0.0, self.shared - _FALSE_FRIENDS), 0
        body = main or words(page.text) or found
        common = len(body & (own | words(identity.around)))
        # One word in common is chance.
        self._topic = common / max(1, min(len(body), 12)) if common > 1 else 0.0

    @functools.cached_property
    def head(self) -> Said:
        """What the page calls itself, and its headings."""
        return Said(" . ".join((self.page.title, *self.page.headings, *self.page.names)))

    @functools.cached_property
    def main(self) -> Said:
        """What the page says without its menus and footers."""
        return Said(" | ".join(self.page.main)) if self.page.main else self.shown

    @functools.cached_property
    def main_count(self) -> int:
        """The words of that."""
        return sum(len(block.split()) for block in self.page.main) or self.count

    @functools.cached_property
    def hidden(self) -> Said:
        """What the page shows to nobody."""
        return Said(self.page.hidden)

    def _without_host(self, text: str) -> str:
        """A text without the name of the page's own domain, which says nothing of who has it."""
        return re.sub(re.escape(registrable(self.final_address)), " ", text, flags=re.IGNORECASE)

    @property
    def fits(self) -> bool:
        """Whether the page plainly is what the entry says."""
        if self._is_front_page and self.named_in_head < _SIGNED:
            return False  # which may list the entry, and is not its page
        named = self.named if self.named_by > 1 else 0.0
        on_topic = max(self._topic, (named + self._topic) / 2) >= _SOME
        return on_topic and (self.named >= _HALF or self.signed >= _SIGNED)

    @property
    def _is_front_page(self) -> bool:
        """Whether the page is the front page of a site of which the entry names another page."""
        asked, got = urlsplit(self.identity.address), urlsplit(self.final_address)
        return is_home(got.path) and not (is_home(asked.path) or names_a_page(got.query))

    @functools.cached_property
    def against(self) -> float:
        """What speaks against any danger, less what speaks for one of any kind."""
        named = self.named + self.signed
        return (
            _NAMED * named
            + _SHARED * min(self.shared, _MOST_SHARED)
            + _HELPING * min(self.helping, _MOST_USED)
            - _TRADING * min(self.trading, _MOST_USED)
            - (_CHANGED if self.has_changed else 0)
            + math.log(max(1.0, self.count / _SHORT_PAGE))
        )

    @property
    def is_short(self) -> bool:
        """Whether the page says no more than an error page or a parking page would."""
        return self.count <= _SHORT_PAGE

    @property
    def has_nothing(self) -> bool:
        """Whether nothing of the entry is on the page."""
        return self.named_by == 0 and self.signed < 0.4 and self.shared < 1

    @property
    def is_signed(self) -> bool:
        """Whether the page says whose it is, and that is who the entry says."""
        return self.signed >= _SIGNED

    @property
    def hides_help(self) -> bool:
        """Whether what the page shows to nobody, or not yet, is there to help."""
        return len(words(self.hidden.text) & of_helping()) >= SOME_HELP

    @property
    def is_as_before(self) -> bool:
        """Whether the page has the title that it had when it last worked."""
        known = folded(self.before.title) if self.before else ""
        return bool(known) and known == folded(self.page.title)

    @property
    def is_retitled(self) -> bool:
        """Whether the page fitted when it was last seen, and has another title now."""
        return self.before is not None and self.before.fitted and not self.is_as_before

    @property
    def has_changed(self) -> bool:
        """Whether nothing is left of the title that it had when it last worked."""
        known = words(self.before.title) if self.before else frozenset()
        return bool(known) and not known & words(self.shown.text)

    @property
    def is_elsewhere(self) -> bool:
        """Whether the page is on another domain than its entry, or than it was before."""
        here = registrable(self.final_address)
        return here != registrable(self.identity.address) or (
            self.before is not None and here != registrable(self.before.final_address)
        )

    @property
    def is_called_by_its_host(self) -> bool:
        """Whether the title is a bare host name, as on the pages of advertisers."""
        host = (urlsplit(self.final_address).hostname or "").removeprefix("www.")
        called = folded(self.page.title).removeprefix("www.")
        by_name = (folded(self.identity.title), folded(self.identity.publisher))
        return called == host and called not in by_name and self.is_short

    @functools.cached_property
    def is_in_another_script(self) -> bool:
        """Whether the page, or its title, is in other letters than its entry lets one expect."""
        if self.identity.language in _OTHER_SCRIPTS or self.is_a_version:
            return False
        return _is_mostly_foreign(self.shown.text[:2000], 20) or (
            _is_mostly_foreign(self.page.title, 8) and not _is_mostly_foreign(self.known, 1)
        )

    @property
    def known(self) -> str:
        """What is known of the title: that of the entry, and the one that the page had before."""
        return f"{self.identity.title} {self.before.title if self.before else ''}"

    @property
    def is_a_translation(self) -> bool:
        """Whether the site answers in another language of these islands, as public bodies may."""
        celtic = self.page.language[:2] in ("cy", "gd", "ga") or is_celtic(self.page.text)
        return celtic and (not self.is_elsewhere or self.is_of_a_public_body)

    @property
    def is_of_a_public_body(self) -> bool:
        """Whether the page stands under a suffix that only such bodies can have."""
        return is_of_a_public_body(self.final_address)


def _is_mostly_foreign(text: str, fewest: int) -> bool:
    """Whether many letters of a text are not Latin; a text of fewer tells nothing."""
    letters = [letter for letter in text if letter.isalpha()]
    foreign = 0 if text.isascii() else sum(1 for letter in letters if not is_latin(letter))
    return len(letters) >= fewest and foreign > _MANY * len(letters)


_MANY = 0.4

_OTHER_SCRIPTS = frozenset(
    {
        *("am", "ar", "bn", "el", "fa", "gu", "he", "hi", "hy", "ja", "ka", "km", "ko", "ku", "lo"),
        *("ml", "mr", "my", "ne", "pa", "ps", "ru", "sd", "si", "ta", "te", "th", "ti", "uk"),
        *("ur", "yi", "zh", "bg", "be", "mk", "sr", "kk", "mn", "bo", "dv", "ug"),
    }
)
