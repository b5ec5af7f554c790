"""What the links of a page can be filtered by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from linkindex import wording
from linkindex.catalogue import Resource
from linkindex.speaking import _
from linkindex.speaking.words import language_names


@dataclass(frozen=True)
class Facet:
    """One choice: its key in the address, its label, and its options with theirs."""

    key: str
    label: str
    options: tuple[tuple[str, str], ...]


def facets(resources: Sequence[Resource]) -> list[Facet]:
    """The choices that make a difference among these resources."""
    facets = [
        Facet(
            "for",
            _("For"),
            _present(
                [(audience, text.capitalize()) for audience, text in wording.AUDIENCES.items()],
                {audience for resource in resources for audience in resource.audiences},
            ),
        ),
        Facet(
            "kind",
            _("What it is"),
            _present(wording.FORMATS.items(), {resource.format for resource in resources}),
        ),
        Facet(
            "cost",
            _("Cost"),
            _present(wording.COSTS.items(), {resource.cost for resource in resources}),
        ),
        Facet(
            "language",
            _("Language"),
            _present(
                sorted(language_names().items(), key=lambda item: item[1]),
                {resource.language for resource in resources},
            ),
        ),
    ]
    return [facet for facet in facets if len(facet.options) > 1]


def attributes(resource: Resource) -> dict[str, str]:
    """The values of a resource by the key of each choice, several joined by spaces."""
    return {
        "for": " ".join(resource.audiences),
        "kind": resource.format,
        "cost": resource.cost,
        "language": resource.language,
        "nations": " ".join(resource.nations),
    }


def _present(options: Iterable[tuple[str, str]], values: set[str]) -> tuple[tuple[str, str], ...]:
    return tuple((value, label) for value, label in options if value in values)
