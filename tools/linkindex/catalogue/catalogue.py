"""The one value that everything else is made from."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any, Self

from linkindex.catalogue.drafts import Draft
from linkindex.catalogue.logo import Logo
from linkindex.catalogue.model import (
    Category,
    DeckPlan,
    Group,
    Phone,
    Resource,
    Settings,
    Standing,
    Term,
    UrgentHelp,
)
from linkindex.catalogue.parts import Lines
from linkindex.catalogue.problems import Location, Problem
from linkindex.catalogue.questions import Question
from linkindex.catalogue.taken import Taken
from linkindex.catalogue.upstream import Upstream


@dataclass(frozen=True)
class Catalogue:
    """A validated index. Nothing downstream reads YAML again.

    This is all that is written in it, for those who keep it. What readers get is made from a
    :class:`ShownCatalogue`.

    >>> index = linkindex.load("resources.yaml")
    >>> sleep = index.category("sleep")
    >>> [resource.title for resource in index.resources_of(sleep)]
    ['Sleep tips']
    >>> index.file, index.resource("sleep-tips").line
    ('resources.yaml', 34)

    :ivar day: the day on which it was read: confirmations of numbers are judged by it.
    :ivar drafts: links that are not finished, which are shown nowhere.
    :ivar language: the language that it is in: an ISO code, such as ``cy``.
    :ivar translations: the same index in its other languages, in the order of its settings. A text
        that is not there in a language is in another: see :meth:`Piece.language_of`.
    :ivar lines: where its lines stand, if it is read from several files; else all are in ``file``.
    :ivar meanings: what people say when they mean a topic, by its id.
    :ivar questions: what people ask, each with the ids of the links and topics that answer it.
    :ivar extends: the indexes of which topics are taken, and ``taken`` what is taken of them.
    """

    file: str
    settings: Settings
    groups: tuple[Group, ...]
    urgent_help: tuple[UrgentHelp, ...]
    categories: tuple[Category, ...]
    day: datetime.date
    logo: Logo | None = None
    glossary: tuple[Term, ...] = ()
    decks: tuple[DeckPlan, ...] = ()
    meanings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    drafts: tuple[Draft, ...] = ()
    lines: Lines | None = None
    extends: tuple[Upstream, ...] = ()
    taken: Taken | None = None
    language: str = "en"
    translations: tuple[Catalogue, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which the whole site is made; what codes open is in the first."""
        return self.settings.languages

    @property
    def address(self) -> str:
        """The address of the site in the language of this index, ending in a slash.

        Codes lead to that of the first language, which is ``settings.site_url``.
        """
        return self.address_in(self.language)

    def address_in(self, language: str) -> str:
        """The address of the site in one of its languages, ending in a slash."""
        below = "" if language == self.languages[0] else f"{language}/"
        return f"{self.settings.site_url}{below}"

    def in_language(self, language: str) -> Self:
        """The same index in one of its languages (``KeyError`` for any other)."""
        if language == self.language:
            return self
        for other in self.translations:
            if other.language == language:
                return self._beside(other)
        raise KeyError(language)

    def _beside(self, other: Catalogue) -> Self:
        """Another language of this index, which knows this one and all others."""
        rest: tuple[Catalogue, ...] = (self, *self.translations)
        known = {each.language: each for each in rest}
        every = (*self.languages, *self.settings.first_pages)
        others = tuple(known[tag] for tag in every if tag != other.language)
        bare = tuple(replace(each, translations=()) for each in others)
        return replace(other, translations=bare)  # type: ignore[return-value]

    def in_each(self, change: Callable[[Catalogue], Mapping[str, Any]]) -> Self:
        """The same index with other values for some fields, in each of its languages."""
        others = tuple(replace(each, **change(each)) for each in self.translations)
        return replace(self, **change(self), translations=others)

    def at(self, line: int) -> Location:
        """Where a line of the index stands: its file, and its line there.

        The ``line`` of a piece is that of an index in one file. Of what is taken from others it is
        the line of ``extends:`` by which it can be changed.
        """
        line = self.taken.own_line(line) if self.taken else line
        return self.lines.at(line) if self.lines else Location(self.file, line)

    def placed(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Problems of the index, each in the file where it stands."""
        return self.lines.all_placed(problems) if self.lines else tuple(sorted(problems))

    def source_of(self, piece: Category | Resource) -> str | None:
        """The name of the index that a topic or a link is taken from; none for one's own."""
        return self.taken.names.get(piece.id) if self.taken else None

    def is_hidden(self, piece: Category | Resource) -> bool:
        """Whether it is taken from another index and not shown here, though it is open there."""
        return self.taken is not None and piece.id in self.taken.hidden

    def source_at(self, line: int) -> str | None:
        """The name of the index that what stands on a line is taken from; none for one's own."""
        return self.taken.name_at(line) if self.taken else None

    def is_own_line(self, line: int) -> bool:
        """Whether a line stands in the files of the index, and not in what it takes from others."""
        return self.taken is None or not self.taken.has_line(line)

    @cached_property
    def current_categories(self) -> tuple[Category, ...]:
        """The categories that have a page and a card, in the order of the ring."""
        return tuple(category for category in self.categories if category.retired is None)

    @cached_property
    def current_resources(self) -> tuple[Resource, ...]:
        """Every resource that is shown, in the order of the file."""
        return tuple(
            resource
            for category in self.current_categories
            for resource in category.resources
            if self.is_shown(resource)
        )

    @cached_property
    def resources_with_a_page(self) -> tuple[Resource, ...]:
        """Those that lead to a web page; the others are reached by phone, text or e-mail."""
        return tuple(resource for resource in self.current_resources if resource.url)

    @cached_property
    def every_page(self) -> tuple[tuple[Resource, str], ...]:
        """Each resource that leads to a web page, once for each address it has in any language."""
        pages: dict[tuple[str, str], tuple[Resource, str]] = {}
        for resource in self.current_resources:
            for edition in (self, *self.translations):
                there = edition.resource(resource.id)
                if there.url:
                    pages.setdefault((resource.id, there.url), (there, there.url))
        return tuple(pages.values())

    @cached_property
    def _categories_by_id(self) -> dict[str, Category]:
        return {category.id: category for category in self.categories}

    @cached_property
    def _resources_by_id(self) -> dict[str, Resource]:
        return {resource.id: resource for home in self.categories for resource in home.resources}

    @cached_property
    def _homes(self) -> dict[str, Category]:
        return {resource.id: home for home in self.categories for resource in home.resources}

    @cached_property
    def _guests(self) -> dict[str, list[Resource]]:
        guests: dict[str, list[Resource]] = {}
        for resource in self.current_resources:
            for category_id in resource.also_in:
                guests.setdefault(category_id, []).append(resource)
        return guests

    def is_shown(self, resource: Resource) -> bool:
        """Whether readers are led to a resource: it is not retired, and nothing withholds it."""
        return resource.retired is None

    def category(self, category_id: str) -> Category:
        """The category with this id (``KeyError`` when there is none)."""
        return self._categories_by_id[category_id]

    def resource(self, resource_id: str) -> Resource:
        """The resource with this id (``KeyError`` when there is none)."""
        return self._resources_by_id[resource_id]

    def home_of(self, resource: Resource) -> Category:
        """The category under which the resource stands in the file."""
        return self._homes[resource.id]

    def resources_of(self, category: Category) -> tuple[Resource, ...]:
        """What the category's page shows: its own resources, then those also in it."""
        own = tuple(resource for resource in category.resources if self.is_shown(resource))
        return own + tuple(self._guests.get(category.id, ()))

    def glossary_of(self, category: Category) -> tuple[Term, ...]:
        """The words of the glossary that belong to a category."""
        return tuple(term for term in self.glossary if term.category == category.id)

    def standing_of(self, phone: Phone) -> Standing:
        """What is known of a number on the day on which the index was read."""
        return phone.standing(self.day, self.settings.number_days)

    def successor_of(self, retired: Category | Resource) -> Category | Resource:
        """What a retired code leads on to, at the end of the chain; the thing itself if current."""
        current = retired
        while current.retired is not None:
            following = current.retired.successor
            current = self._resources_by_id.get(following) or self._categories_by_id[following]
        return current


@dataclass(frozen=True)
class ShownCatalogue(Catalogue):
    """An index as readers may see it: pages, cards, feeds and files are made from nothing else.

    :ivar withheld: ids of resources that are kept from readers because their pages became harmful.
        They are shown nowhere, but their codes still answer.
    """

    withheld: frozenset[str] = frozenset()

    def _beside(self, other: Catalogue) -> Self:
        return type(self).of(super()._beside(other), self.withheld)  # type: ignore[return-value]

    @classmethod
    def of(cls, catalogue: Catalogue, withheld: Collection[str]) -> ShownCatalogue:
        """An index without some of its resources, beside those that are withheld already."""
        kept = {part.name: getattr(catalogue, part.name) for part in fields(Catalogue)}
        already = catalogue.withheld if isinstance(catalogue, cls) else frozenset()
        return cls(**kept, withheld=already | frozenset(withheld))

    @property
    def whole(self) -> Catalogue:
        """The same index with what is withheld, to count and to name it for those who keep it."""
        return Catalogue(**{part.name: getattr(self, part.name) for part in fields(Catalogue)})

    def is_shown(self, resource: Resource) -> bool:
        """Whether readers are led to a resource: it is neither retired nor withheld."""
        return super().is_shown(resource) and resource.id not in self.withheld
