"""What is shown where, and in which order."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from itertools import chain, islice

from linkindex.catalogue import (
    Audience,
    Catalogue,
    Category,
    Format,
    Group,
    Nation,
    Resource,
    ShownCatalogue,
    UrgentHelp,
)

START_HERE_ORDER = (Audience.FAMILIES, Audience.YOUNG_PEOPLE, Audience.PRACTITIONERS)
"""Those whom a topic is about stand before those who work on it."""


def grouped(catalogue: ShownCatalogue) -> list[tuple[Group, list[Category]]]:
    """Groups that have categories, with them, in the order of the file."""
    return [
        (group, members)
        for group in catalogue.groups
        if (members := [c for c in catalogue.current_categories if c.group == group.id])
    ]


def start_here(
    catalogue: ShownCatalogue, category: Category
) -> list[tuple[Audience, list[Resource]]]:
    """What each audience should open first: the audience, and its resources."""
    return [
        (audience, shown)
        for audience in START_HERE_ORDER
        if (shown := picks(catalogue, category, audience))
    ]


def picks(catalogue: ShownCatalogue, category: Category, audience: Audience) -> list[Resource]:
    """What one audience should open first of a topic.

    What holds where most readers live stands first. An audience for which nothing does has no
    first choice: what holds in another nation alone never leads.
    """
    named = map(catalogue.resource, category.start_here.for_audience(audience))
    shown = at_home_first(catalogue, filter(catalogue.is_shown, named))
    return shown if shown and not _holds_elsewhere(catalogue, shown[0]) else []


def at_home_first(catalogue: Catalogue, resources: Iterable[Resource]) -> list[Resource]:
    """The same resources, those first that hold where most readers of the index live."""
    return sorted(resources, key=functools.partial(_holds_elsewhere, catalogue))


def _holds_elsewhere(catalogue: Catalogue, resource: Resource) -> bool:
    home = catalogue.settings.home
    return home is not None and not {home, Nation.UK, Nation.INTERNATIONAL}.intersection(
        resource.nations
    )


MOST_ALTERNATIVES = 2


def first_choices(catalogue: ShownCatalogue, category: Category) -> list[Resource]:
    """What a category's page shows, those that it starts with first."""
    first = {
        name for audience in START_HERE_ORDER for name in category.start_here.for_audience(audience)
    }
    return sorted(catalogue.resources_of(category), key=lambda resource: resource.id not in first)


def alternatives(choices: Sequence[Resource], resource: Resource) -> list[Resource]:
    """What to try from the same category when a resource does not open.

    Those for the same readers come first, in the order of the choices.
    """
    readers = frozenset(resource.audiences)
    for_the_same = (choice for choice in choices if not readers.isdisjoint(choice.audiences))
    for_others = (choice for choice in choices if readers.isdisjoint(choice.audiences))
    others = (choice for choice in chain(for_the_same, for_others) if choice is not resource)
    return list(islice(others, MOST_ALTERNATIVES))


def urgent_parts(catalogue: ShownCatalogue) -> list[tuple[str | None, list[UrgentHelp]]]:
    """The lines of urgent help under their headings, in the order in which these first come.

    Those without a heading stand first.
    """
    headings = sorted(
        dict.fromkeys(line.part for line in catalogue.urgent_help),
        key=lambda part: part is not None,
    )
    return [
        (part, [line for line in catalogue.urgent_help if line.part == part]) for part in headings
    ]


def emergency(catalogue: ShownCatalogue) -> list[UrgentHelp]:
    """The first line of urgent help with a number that is fixed by regulation, if there is one."""
    return _fixed_lines(catalogue)[:1]


def other_ways(catalogue: ShownCatalogue) -> list[UrgentHelp]:
    """The other lines with the number of the first one, such as for those who cannot speak."""
    fixed = _fixed_lines(catalogue)
    return [line for line in fixed[1:] if line.phone == fixed[0].phone]


def _fixed_lines(catalogue: ShownCatalogue) -> list[UrgentHelp]:
    return [line for line in catalogue.urgent_help if line.phone and line.phone.fixed]


def leaves_a_trace(catalogue: Catalogue, category: Category) -> bool:
    """Whether the page of a topic warns that links and calls may show on the phone.

    It does where the topic is sensitive, and where it shows a helpline that is so or is at home in
    one. The page of a link does where the link is neutral (``exports.Discretion``).
    """
    lines = [
        resource
        for resource in catalogue.resources_of(category)
        if resource.format is Format.HELPLINE
    ]
    return category.sensitive or any(
        line.sensitive or catalogue.home_of(line).sensitive for line in lines
    )
