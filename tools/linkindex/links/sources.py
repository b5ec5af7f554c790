"""Where links come from: the catalogue, and what changed in it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from linkindex.catalogue import Catalogue
from linkindex.catalogue.yaml.source import read_yaml
from linkindex.links.model import Link
from linkindex.links.pages.identity import Identity, identity_of

_ADDRESS_KEYS = ("url", "exit_url")


def catalogue_links(catalogue: Catalogue) -> tuple[Link, ...]:
    """Every address that a reader of the index can follow, in the order of the file.

    Those are the way out of the site and the resources that are shown; retired ones are not.
    ``line`` is where the address stands. An address that a link has in another language is one of
    its own.
    """
    settings = catalogue.settings

    def at(line: int) -> tuple[str, int]:
        place = catalogue.at(line)
        return place.file, place.line or 1

    return (
        Link(settings.exit_url, *at(settings.address_line), "index", "Leave this site"),
        *(
            Link(url, *at(resource.address_line), resource.id, resource.title)
            for resource, url in catalogue.every_page
        ),
    )


def identities(catalogue: Catalogue) -> dict[str, Identity]:
    """What the catalogue says of the pages of its resources, by address.

    Of a page that several share, any of them may be what it speaks of.
    """
    expected: dict[str, Identity] = {}
    for resource, _ in catalogue.every_page:
        identity = identity_of(catalogue, resource)
        there = expected.get(identity.address)
        expected[identity.address] = there.together_with(identity) if there else identity
    return expected


def changed_links(links: Iterable[Link], base: bytes) -> tuple[Link, ...]:
    """The links whose address does not stand in another version of the catalogue.

    :param base: the bytes of that version, such as the ``resources.yaml`` of the branch that a
        pull request goes to. It need not be valid: a version that cannot be read knows no
        address, so that every link counts as changed.
    """
    known = frozenset(_addresses(read_yaml(base, "resources.yaml").root))
    return tuple(link for link in links if link.address not in known)


def _addresses(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key in _ADDRESS_KEYS and isinstance(part, str):
                yield part
            elif key in _ADDRESS_KEYS and isinstance(part, dict):
                yield from (text for text in part.values() if isinstance(text, str))
            else:
                yield from _addresses(part)
    elif isinstance(value, list):
        for part in value:
            yield from _addresses(part)
