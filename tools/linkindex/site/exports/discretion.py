"""From a catalogue to what may be said of it outside its pages."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from linkindex.catalogue import Category, Phone, Resource, ShownCatalogue
from linkindex.catalogue.telling import Telling, neutral_link
from linkindex.site.exports.public import (
    PublicIndex,
    PublicLink,
    PublicNumber,
    PublicTopic,
    RetiredCode,
)


def public_index(catalogue: ShownCatalogue, view: Discretion | None = None) -> PublicIndex:
    """The index as it may stand in feeds, files and previews.

    A sensitive topic has its neutral title and nothing else. A link is neutral when it is sensitive
    itself, stands in a sensitive topic, also stands in one, or tells one in its title, publisher or
    address: names it, or has a word of ``telling.yaml``. Any other text that tells one is left out.

    :param view: what says so, where there is one of this catalogue already.
    """
    settings = catalogue.settings
    view = view or Discretion(catalogue)
    return PublicIndex(
        name=settings.name,
        tagline=settings.tagline,
        organisation=settings.organisation,
        contact=settings.contact,
        address=catalogue.address,
        glossary=f"{catalogue.address}glossary/" if catalogue.glossary else None,
        topics=tuple(view.topic(category) for category in catalogue.current_categories),
        retired=tuple(view.retired()),
    )


class Discretion:
    """Says what may stand outside the pages of one catalogue."""

    def __init__(self, catalogue: ShownCatalogue) -> None:
        self.catalogue = catalogue
        self._groups = {group.id: group.title for group in catalogue.groups}
        self.telling = Telling(catalogue)
        self._links: dict[str, PublicLink] = {}
        self._topics: dict[str, PublicTopic] = {}

    def topic(self, category: Category) -> PublicTopic:
        """A current topic with its current links."""
        if category.id not in self._topics:
            self._topics[category.id] = self._topic(category)
        return self._topics[category.id]

    def _topic(self, category: Category) -> PublicTopic:
        links = tuple(
            self.link(resource)
            for resource in category.resources
            if self.catalogue.is_shown(resource)
        )
        page = self._address(f"{category.code}/")
        scan_page = self._address(f"q/{category.code}")
        if category.sensitive:
            return PublicTopic(
                code=category.code,
                title=category.outside_title,
                page=page,
                scan_page=scan_page,
                neutral=True,
                links=links,
            )
        return PublicTopic(
            code=category.code,
            title=category.title,
            page=page,
            scan_page=scan_page,
            full_title=self._unless_telling(category.full_title),
            summary=self._unless_telling(category.summary),
            group=self._unless_telling(self._groups[category.group]),
            also_called=tuple(name for name in category.aliases if not self.telling.tells(name)),
            texts_in=self._texts_in(category, "title", "full_title", "summary"),
            links=links,
        )

    def link(self, resource: Resource) -> PublicLink:
        """A link, neutral or as it is."""
        if resource.id not in self._links:
            self._links[resource.id] = self._link(resource)
        return self._links[resource.id]

    def _link(self, resource: Resource) -> PublicLink:
        page = self._address(f"r/{resource.code}")
        if self.is_neutral(resource):
            return PublicLink(code=resource.code, title=neutral_link(), page=page, neutral=True)
        return PublicLink(
            code=resource.code,
            title=resource.title,
            page=page,
            url=resource.url,
            email=resource.email,
            publisher=resource.publisher,
            summary=self._unless_telling(resource.summary),
            use_when=self._unless_telling(resource.use_when),
            minutes=resource.minutes,
            audiences=resource.audiences,
            format=resource.format,
            nations=resource.nations,
            language=resource.language,
            accessible_as=resource.accessible_as,
            cost=resource.cost,
            phone=_number(resource.phone),
            text=_number(resource.text),
            also_in=tuple(self.catalogue.category(name).code for name in resource.also_in),
            added=resource.added,
            reviewed=resource.reviewed,
            as_of=resource.as_of,
            claim_until=resource.claim_until,
            texts_in=self._texts_in(resource, "title", "publisher", "summary", "use_when"),
        )

    def _texts_in(self, piece: Category | Resource, *keys: str) -> dict[str, str] | None:
        """The languages of the texts that are shown in another than that of the file."""
        found = {
            key: language
            for key in keys
            if (language := piece.language_of(key)) and self._unless_telling(getattr(piece, key))
        }
        return found or None

    def retired(self) -> Iterable[RetiredCode]:
        """What was taken away, without a word of what it was."""
        for category in self.catalogue.categories:
            if category.retired:
                yield self._tombstone(category, category.retired.on)
            for resource in category.resources:
                if resource.retired:
                    yield self._tombstone(resource, resource.retired.on)

    def _tombstone(self, gone: Category | Resource, day: datetime.date) -> RetiredCode:
        successor = self.catalogue.successor_of(gone)
        place = "q" if isinstance(successor, Category) else "r"
        return RetiredCode(
            kind="topic" if isinstance(gone, Category) else "link",
            code=gone.code,
            retired_on=day,
            successor=self._address(f"{place}/{successor.code}"),
        )

    def is_neutral(self, resource: Resource) -> bool:
        """Whether a link has no name outside the pages, and opening it asks for care."""
        return self.telling.by_link(resource)

    def _unless_telling(self, text: str | None) -> str | None:
        return None if text is None or self.telling.tells(text) else text

    def _address(self, path: str) -> str:
        return f"{self.catalogue.address}{path}"


def _number(phone: Phone | None) -> PublicNumber | None:
    if phone is None:
        return None
    return PublicNumber(number=phone.number, number_checked=phone.number_checked)
