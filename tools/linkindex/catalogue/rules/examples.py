"""Links that are still the example of the handbook, pasted and not, or only partly, changed."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from linkindex.catalogue import addresses
from linkindex.catalogue.problems import Problem, quoted
from linkindex.catalogue.yaml.source import YamlMap, maps_in

EXAMPLE = {
    "id": "example-guide-for-parents",
    "title": "A guide for parents",
    "url": "https://www.example.org/guide",
    "publisher": "Example Charity",
    "summary": "What a reader gets, in about 25 plain words.",
}
"""The words of the example in README.md, which an editor is to change."""

_ONLY_AN_EXAMPLE = frozenset({"id", "url", "summary"})
"""The keys whose example no real link can have; a title may be the same by chance."""


def examples_left(root: YamlMap, file: str) -> Iterator[Problem]:
    """Say which links are still examples."""
    published = _is_published(root)
    for _, category in maps_in(root.get("categories")):
        for _, link in maps_in(category.get("resources")):
            left = [key for key, words in EXAMPLE.items() if link.get(key) == words]
            if len(left) > 1 or not _ONLY_AN_EXAMPLE.isdisjoint(left):
                keys = ", ".join(map(quoted, left))
                yield Problem(
                    file,
                    *link.key_places[left[0]],
                    f"{keys} of this link {'is' if len(left) == 1 else 'are'} still the example's",
                    "write what is true of the link, or remove the whole link",
                )
            elif published and _is_reserved(link.get("url")):
                yield Problem(
                    file,
                    *link.key_places["url"],
                    f"{quoted(link['url'])} is an address for examples, which leads nowhere",
                    "write the address of the link",
                )


def _is_published(root: YamlMap) -> bool:
    """Whether the index has an address of its own, and so is more than a specimen."""
    index = root.get("index")
    site = index.get("site_url") if isinstance(index, YamlMap) else None
    return isinstance(site, str) and bool(_host(site)) and not addresses.is_reserved(_host(site))


def _is_reserved(url: object) -> bool:
    return isinstance(url, str) and "." in _host(url) and addresses.is_reserved(_host(url))


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
