"""The ways into an index: a page for each audience, with topics called by what people need."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from linkindex.catalogue import Audience, Category, Group, Resource, ShownCatalogue
from linkindex.site.clashes import page_address
from linkindex.site.selection import grouped, picks
from linkindex.speaking import N_, gettext


class _Words(NamedTuple):
    """What a route is called: by whoever takes it, and as the heading of its page."""

    address: str
    chosen: str
    title: str
    summary: str


_WORDS = {
    Audience.FAMILIES: _Words(
        "families",
        N_("I'm a parent or carer"),
        N_("For parents and carers"),
        N_("Choose what is going on. Each line opens the links to begin with."),
    ),
    Audience.YOUNG_PEOPLE: _Words(
        "young-people",
        N_("I'm a young person"),
        N_("For young people"),
        N_("Choose what is going on. Each line opens the links to begin with."),
    ),
    Audience.PRACTITIONERS: _Words(
        "workers",
        N_("I work with families"),
        N_("For people who work with families"),
        N_("Every topic, with the links to begin with."),
    ),
}
"""In the order of the home page."""


@dataclass(frozen=True)
class Route:
    """A way in, for one audience.

    :ivar address: of its page below the site, without slashes.
    :ivar chosen: what the reader says to take it.
    """

    audience: Audience
    address: str
    chosen: str
    title: str
    summary: str

    @property
    def path(self) -> str:
        """The page among the documents of the site."""
        return f"{self.address}.md"


class Need(NamedTuple):
    """A topic as an audience would call it, with what it should open first; ``links`` are all that
    the topic has for it.

    ``called`` is the title of the topic where nothing else is written.
    """

    topic: Category
    called: str
    picks: list[Resource]
    links: int


def routes(catalogue: ShownCatalogue, own: Iterable[str] = ()) -> list[Route]:
    """The routes of those audiences for whom there is a link.

    A code that is in use keeps its address, and so does a page of the index's own.

    :param own: the pages of ``docs/`` by path.
    """
    taken = {category.code for category in catalogue.categories}
    taken |= {page_address(page).partition("/")[0].casefold() for page in own}
    present = {audience for link in catalogue.current_resources for audience in link.audiences}
    return [
        Route(
            audience,
            _free(words.address, taken),
            gettext(words.chosen),
            gettext(words.title),
            gettext(words.summary),
        )
        for audience, words in _WORDS.items()
        if audience in present
    ]


def needs(catalogue: ShownCatalogue, route: Route) -> list[tuple[Group, list[Need]]]:
    """The topics that have a link for the audience of a route, under their groups."""
    found = [
        (group, [need for topic in topics if (need := _need(catalogue, topic, route.audience))])
        for group, topics in grouped(catalogue)
    ]
    return [(group, topics) for group, topics in found if topics]


def _need(catalogue: ShownCatalogue, topic: Category, audience: Audience) -> Need | None:
    links = sum(audience in link.audiences for link in catalogue.resources_of(topic))
    if not links:
        return None
    called = topic.needs.for_audience(audience) or topic.title
    return Need(topic, called, picks(catalogue, topic, audience), links)


def _free(address: str, taken: Collection[str]) -> str:
    """The address, or the next that nothing has: no code of a topic has a hyphen."""
    free = address
    while free in taken:
        free = f"for-{free}"
    return free
