"""The one value that everything else is made from."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property

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
    :ivar lines: where its lines stand, if it is read from several files; else all are in ``file``.
    :ivar meanings: what people say when they mean a topic, by its id.
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
    drafts: tuple[Draft, ...] = ()
    lines: Lines | None = None

    def at(self, line: int) -> Location:
        """Where a line of the index stands: its file, and its line there.

        The ``line`` of a piece is that of an index in one file.
        """
        return self.lines.at(line) if self.lines else Location(self.file, line)

    def placed(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Problems of the index, each in the file where it stands."""
        return self.lines.all_placed(problems) if self.lines else tuple(sorted(problems))

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
