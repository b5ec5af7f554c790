"""What tells a sensitive topic of one index: what it is called there, and words that tell any."""

from __future__ import annotations

from linkindex.catalogue.catalogue import Catalogue
from linkindex.catalogue.model import Resource, UrgentHelp
from linkindex.catalogue.rules.telling import Words, pattern_of, words_in
from linkindex.speaking import N_, gettext

NEUTRAL_LINK = N_("A link for you")
"""The title of a link on a sensitive topic wherever it is kept: on paper, in a message."""

NEUTRAL_LINE = N_("A helpline")
"""The name on paper of a line of urgent help that tells a topic."""


def neutral_link() -> str:
    """The title of a link on a sensitive topic, in the language that is spoken."""
    return gettext(NEUTRAL_LINK)


def sensitive_names(catalogue: Catalogue) -> tuple[str, ...]:
    """Everything that sensitive topics are called in any language of the index.

    Retired ones are among them.
    """
    return tuple(
        dict.fromkeys(
            name
            for edition in (catalogue, *catalogue.translations)
            for category in edition.categories
            if category.sensitive
            for name in (
                category.title,
                category.full_title,
                category.id.replace("-", " "),
                *category.aliases,
            )
        )
    )


def telling_in(catalogue: Catalogue) -> Words:
    """What tells a sensitive topic in the language of an index, whatever the index is about."""
    return words_in(catalogue.language, catalogue.settings.telling.get(catalogue.language, ()))


class Telling:
    """Knows what tells a sensitive topic of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._names = pattern_of(sensitive_names(catalogue))
        self._words = telling_in(catalogue)
        self._links: dict[str, bool] = {}
        self._texts: dict[str, bool] = {}

    def tells(self, text: str) -> bool:
        """Whether a text names a sensitive topic, or has a word of ``telling.yaml``."""
        if text not in self._texts:
            named = self._names and self._names.search(text)
            self._texts[text] = bool(named or self._words.words(text))
        return self._texts[text]

    def by_link(self, resource: Resource) -> bool:
        """Whether naming a link outside the pages tells a topic.

        It does where the link is sensitive, or stands in a sensitive topic, its own or another, and
        where its title, publisher or address tells.
        """
        if resource.id not in self._links:
            self._links[resource.id] = self._by_link(resource)
        return self._links[resource.id]

    def _by_link(self, resource: Resource) -> bool:
        homes = (
            self._catalogue.home_of(resource),
            *(self._catalogue.category(name) for name in resource.also_in),
        )
        name, _, host = (resource.email or "").partition("@")
        addresses = (resource.url or "", f"//{host}/{name}")
        return (
            resource.sensitive
            or any(home.sensitive for home in homes)
            or any(map(self.tells, (resource.title, resource.publisher, *addresses)))
            or any(map(self._words.address, addresses))
        )

    def by_line(self, line: UrgentHelp) -> bool:
        """Whether a line of urgent help tells a topic, by its name or by when to use it."""
        return self.tells(line.name) or self.tells(line.when)

    def paper_name(self, line: UrgentHelp) -> str:
        """What a line of urgent help is called on paper, which lies about.

        Who knows what a line is for knows its name too. 999, 111 and their like are called for so
        much that they keep theirs.
        """
        fixed = any(number.fixed for number in (line.phone, line.text) if number)
        return gettext(NEUTRAL_LINE) if self.by_line(line) and not fixed else line.name
