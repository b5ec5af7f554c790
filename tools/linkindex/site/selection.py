"""What is shown where, and in which order."""

from __future__ import annotations

from linkindex.catalogue import Audience, Catalogue, Category, Group, Resource
from linkindex.site import wording

START_HERE_ORDER = (Audience.FAMILIES, Audience.PRACTITIONERS, Audience.YOUNG_PEOPLE)


def grouped(catalogue: Catalogue) -> list[tuple[Group, list[Category]]]:
    """Groups that have categories, with them, in the order of the file."""
    return [
        (group, members)
        for group in catalogue.groups
        if (members := [c for c in catalogue.current_categories if c.group == group.id])
    ]


def start_here(catalogue: Catalogue, category: Category) -> list[tuple[str, list[Resource]]]:
    """What each audience should open first: the audience in words, and its resources."""
    return [
        (wording.AUDIENCES[audience], [catalogue.resource(name) for name in names])
        for audience in START_HERE_ORDER
        if (names := category.start_here.for_audience(audience))
    ]


MOST_ALTERNATIVES = 2


def alternatives(catalogue: Catalogue, category: Category, resource: Resource) -> list[Resource]:
    """What to try from the same category when a resource does not open.

    Those for the same readers come first, then those the category starts with.
    """
    first = [
        name for audience in START_HERE_ORDER for name in category.start_here.for_audience(audience)
    ]

    def rank(other: Resource) -> tuple[bool, bool]:
        return not set(other.audiences) & set(resource.audiences), other.id not in first

    others = [other for other in catalogue.resources_of(category) if other is not resource]
    return sorted(others, key=rank)[:MOST_ALTERNATIVES]
