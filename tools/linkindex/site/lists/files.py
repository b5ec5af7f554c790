"""The files that lists are shown from: every link of the index, in the same files for every list.

A host that is asked for them learns nothing of a list. ``links.json`` is what the code of a list
needs on the phone of a family, and ``words.json`` what else is printed. They are written column by
column, and in parts, all of which are fetched.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from linkindex import wording
from linkindex.catalogue import Category, Resource, ShownCatalogue
from linkindex.catalogue.model import Retired
from linkindex.site.exports import Discretion
from linkindex.site.lists.page import OPENED
from linkindex.speaking import _, isolated
from linkindex.wording import date_in_words

IN_ONE_PART = 2000
"""Links in one file."""

_HTTPS = "https://"


def list_files(catalogue: ShownCatalogue, discretion: Discretion) -> dict[str, str]:
    """The content of each file by its path on the site."""
    shown = list(catalogue.current_resources)
    shown += [
        resource
        for category in catalogue.categories
        for resource in category.resources
        if resource.id in catalogue.withheld and not resource.retired
    ]
    parts = [shown[at : at + IN_ONE_PART] for at in range(0, len(shown), IN_ONE_PART)] or [[]]
    files = {}
    for name, columns in (("links", _links), ("words", _words)):
        for number, part in enumerate(parts):
            content = columns(catalogue, discretion, part)
            if number == 0:
                content["parts"] = [f"{name}-{at}.json" for at in range(1, len(parts))]
                if name == "links":
                    content["retired"] = _retired(catalogue)
                    # Said by the page of a list, which is to stay light (list/opened.js).
                    content["said"] = [
                        _("Use this instead:"),
                        _("We are checking this link. Please do not open it for now."),
                        _("What to try instead"),
                    ]
            suffix = f"-{number}" if number else ""
            files[f"{OPENED}/{name}{suffix}.json"] = _written(content)
    return files


def _links(
    catalogue: ShownCatalogue, discretion: Discretion, part: Sequence[Resource]
) -> dict[str, Any]:
    """Title, publisher, address and numbers of each link.

    ``flags`` has a character for each: ``.`` for a link like others, ``n`` for a neutral one, and
    ``w`` or ``W`` for one, like others or neutral, that is withheld: its address is left out.
    """
    publishers = list(dict.fromkeys(resource.publisher for resource in part))
    place = {publisher: at for at, publisher in enumerate(publishers)}
    return {
        "code": "".join(resource.code for resource in part),
        "flags": "".join(_flag(catalogue, discretion, resource) for resource in part),
        "title": [resource.title for resource in part],
        "publishers": publishers,
        "publisher": [place[resource.publisher] for resource in part],
        "url": [_address(catalogue, resource) for resource in part],
        "call": _sparse(part, lambda one: one.phone.number if one.phone else None),
        "text": _sparse(part, lambda one: one.text.number if one.text else None),
        "email": _sparse(part, lambda one: one.email),
    }


def _flag(catalogue: ShownCatalogue, discretion: Discretion, resource: Resource) -> str:
    neutral = discretion.is_neutral(resource)
    if resource.id in catalogue.withheld:
        return "W" if neutral else "w"
    return "n" if neutral else "."


def _address(catalogue: ShownCatalogue, resource: Resource) -> str:
    """Without its scheme, which nearly all have in common."""
    if resource.id in catalogue.withheld or not resource.url:
        return ""
    return resource.url.removeprefix(_HTTPS)


def _words(
    catalogue: ShownCatalogue, _discretion: Discretion, part: Sequence[Resource]
) -> dict[str, Any]:
    """What paper says besides: what each is, when to use it, for whom, and where it holds."""
    return {
        "summary": [resource.summary for resource in part],
        "when": [resource.use_when or "" for resource in part],
        **_told("kind", [wording.FORMATS[resource.format] for resource in part]),
        **_told(
            "place", [wording.nations(resource, catalogue.settings.serves) for resource in part]
        ),
        **_told("for", [" ".join(resource.audiences) for resource in part]),
        **_told("language", [wording.languages(resource) for resource in part]),
    }


def _retired(catalogue: ShownCatalogue) -> dict[str, Any]:
    """Of each link that was taken away: what is said of it, and path and title of what follows."""
    return {
        resource.code: _gone(catalogue, resource, resource.retired)
        for category in catalogue.categories
        for resource in category.resources
        if resource.retired
    }


def _gone(catalogue: ShownCatalogue, resource: Resource, retired: Retired) -> list[str]:
    successor = catalogue.successor_of(resource)
    kind = "q" if isinstance(successor, Category) else "r"
    what, more = _("This link is not in this index any more"), ""
    if not catalogue.is_hidden(resource):
        what = _("This link has closed")
        more = _("It closed on {day}.").format(day=isolated(date_in_words(retired.on)))
        more = f"{more} {retired.reason or ''}".strip()
    return [what, more, f"{kind}/{successor.code}", successor.title]


def _sparse(part: Iterable[Resource], value: Callable[[Resource], str | None]) -> Mapping[int, str]:
    return {at: said for at, resource in enumerate(part) if (said := value(resource))}


def _told(name: str, values: Sequence[str]) -> dict[str, Any]:
    """A column with few values: these once, and for each link which of them."""
    different = list(dict.fromkeys(values))
    return {f"{name}s": different, name: [different.index(value) for value in values]}


def _written(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
