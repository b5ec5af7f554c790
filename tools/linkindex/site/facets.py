"""What the links of a page can be filtered by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from linkindex import wording
from linkindex.catalogue import Audience, Nation, Resource
from linkindex.speaking import _


@dataclass(frozen=True)
class Facet:
    """One choice: its key in the address, its label, and its options with theirs.

    :ivar least: so many options make a difference; one, where most links have none of them.
    """

    key: str
    label: str
    options: tuple[tuple[str, str], ...]
    least: int = 2


def facets(resources: Sequence[Resource]) -> list[Facet]:
    """The choices that make a difference among these resources."""
    spoken = {code for resource in resources for code in resource.language}
    facets = [
        Facet(
            "for",
            _("For"),
            _present(
                [(audience, _capital(text)) for audience, text in wording.AUDIENCES.items()],
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
                sorted(
                    ((code, _capital(wording.language_name(code))) for code in spoken),
                    key=lambda item: item[1],
                ),
                spoken,
            ),
        ),
        Facet(
            "also",
            _("Easy to take in"),
            _present(
                wording.ACCESS.items(),
                {form for resource in resources for form in resource.accessible_as},
            ),
            least=1,
        ),
    ]
    return [facet for facet in facets if len(facet.options) >= facet.least]


def first_letters(values: Iterable[Audience | Nation]) -> str:
    """Audiences, or nations, by their first letters, which differ: a page has hundreds."""
    return "".join(value[0] for value in values)


def attributes(resource: Resource) -> dict[str, str]:
    """The values of a resource by the key of each choice, several joined by spaces.

    What most are, free, in the usual language and for the whole UK, is not said
    (``assets/choices.js``).
    """
    is_usual = resource.language == (wording.usual_language(),)
    return {
        "for": first_letters(resource.audiences),
        "kind": resource.format,
        "cost": "" if resource.cost == "free" else resource.cost,
        "language": "" if is_usual else " ".join(resource.language),
        "also": " ".join(resource.accessible_as),
        "nations": "" if resource.nations == (Nation.UK,) else first_letters(resource.nations),
    }


def _capital(text: str) -> str:
    return _FIRST_LETTER.sub(lambda letter: letter[0].upper(), text, 1)


_FIRST_LETTER = re.compile(r"[^\W\d_]")
"""Not the first sign: that may note something (:mod:`linkindex.speaking.lent`)."""


def _present(options: Iterable[tuple[str, str]], values: set[str]) -> tuple[tuple[str, str], ...]:
    return tuple((value, label) for value, label in options if value in values)
