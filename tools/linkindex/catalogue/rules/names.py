"""Ids, codes, titles and addresses that belong to one entry alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from linkindex.catalogue import addresses
from linkindex.catalogue.codes import PAGE_NAMES, fits_category_code, resource_code
from linkindex.catalogue.problems import Place, Problem, quoted
from linkindex.catalogue.rules.age import age_of, oldest_first
from linkindex.catalogue.rules.tree import Entry, WrittenIndex, text_of
from linkindex.catalogue.yaml.source import YamlList, maps_in


def ids(index: WrittenIndex) -> Iterator[Problem]:
    """Groups and decks have ids of their own; categories and resources share one pool of them."""
    yield from _ids_once(index, index.groups)
    yield from _ids_once(index, index.decks)
    yield from _ids_once(index, index.categories_and_resources)


def _ids_once(index: WrittenIndex, entries: Iterable[Entry]) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for entry in oldest_first(index, entries):
        if entry.id is None:
            continue
        other = first.setdefault(entry.id, entry)
        if other is not entry:
            is_newer = age_of(index, other) < age_of(index, entry)
            yield index.error(
                entry.place("id"),
                f"the {entry.noun} id {quoted(entry.id)} is already used on line "
                f"{other.place('id').line}",
                f"give {'this one' if is_newer else 'one of the two'} another id",
            )


def codes(index: WrittenIndex) -> Iterator[Problem]:
    """No two categories, and no two resources, have one code."""
    yield from _codes_once(index, index.categories)
    yield from _codes_once(index, index.resources)


def _codes_once(index: WrittenIndex, entries: Iterable[Entry]) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for entry in oldest_first(index, entries):
        code = entry.code
        if code is None:
            continue
        other = first.setdefault(code, entry)
        if other is entry or (other.id == entry.id and not entry.text("code")):
            continue
        place = entry.place("code") if entry.text("code") else entry.place("id")
        yield index.error(
            place,
            f"the code {quoted(code)} already belongs to {other.noun} {quoted(other.id)} on "
            f"line {other.value.place.line}",
            _another_code(entry, first),
        )


def _another_code(entry: Entry, taken: Mapping[str, Entry]) -> str:
    if entry.noun == "category" or not entry.id:
        return "give this one another `code:`, before it is printed"
    free = next(
        code
        for attempt in range(1, 1000)
        if (code := resource_code(entry.id, attempt)) not in taken
    )
    return f"add `code: {free}` to this one, before it is printed"


def missing_codes(index: WrittenIndex) -> Iterator[Problem]:
    """A category without a code has an id that can be one."""
    for entry in index.categories:
        if not entry.id or entry.value.get("code") is not None:
            continue
        if entry.id in PAGE_NAMES:
            reason = "another page of the site has the address of its id"
        elif not fits_category_code(entry.id):
            reason = "its id is not 2 to 8 letters or digits"
        else:
            continue
        yield index.error(
            entry.value.place,
            f"category {quoted(entry.id)} needs a `code`, because {reason}",
            "add a line such as `code: abc`",
        )


def neutral_titles(index: WrittenIndex) -> Iterator[Problem]:
    """Two cards with one title could not be told apart."""
    first: dict[str, Entry] = {}
    for entry in index.categories:
        title = entry.text("neutral_title")
        if title is None or not entry.sensitive:
            continue
        other = first.setdefault(title.casefold(), entry)
        if other is not entry:
            yield index.error(
                entry.place("neutral_title"),
                f"{quoted(title)} is already the neutral title of {quoted(other.id)} on line "
                f"{other.place('neutral_title').line}",
                "give one of the two another",
            )


def listed_addresses(index: WrittenIndex) -> Iterator[Problem]:
    """What has one address and one title is listed once.

    That several services share a page is asked about by :mod:`linkindex.catalogue.rules.style`.
    """
    first: dict[tuple[str, str], Entry] = {}
    for entry in oldest_first(index, index.resources):
        url = entry.text("url")
        if url is None or entry.retired:
            continue
        try:
            addresses.check(url)
            key = (addresses.same_page_key(url), same_title_key(entry.text("title") or ""))
        except (addresses.AddressError, ValueError):
            continue
        other = first.setdefault(key, entry)
        if other is not entry:
            home = other.home.get("id") if other.home else None
            yield index.error(
                entry.place("url"),
                f"this address is already listed, with this title, as {quoted(other.id)} on line "
                f"{other.place('url').line}",
                "remove this entry"
                + (
                    f", and add its category to `also_in` of {quoted(other.id)}"
                    if entry.home is not other.home and home
                    else ""
                ),
            )


def same_title_key(title: str) -> str:
    """What two titles have in common that differ in capitals, signs and spaces alone."""
    return " ".join(re.findall(r"\w+", title.casefold()))


def glossary_words(index: WrittenIndex) -> Iterator[Problem]:
    """Each word is explained once."""
    first: dict[str, Place] = {}
    for _, value in maps_in(index.root.get("glossary")):
        term = text_of(value, "term")
        place = value.key_places.get("term", value.place)
        if term and first.setdefault(term.casefold(), place) is not place:
            yield index.error(
                place,
                f"{quoted(term)} is already explained on line {first[term.casefold()].line}",
                "put both meanings into one entry",
            )


def cautions(index: WrittenIndex) -> Iterator[Problem]:
    """Each caution is said once on a page, alone or with its days."""
    for category in index.categories:
        items = category.value.get("cautions")
        if not isinstance(items, YamlList):
            continue
        first: dict[str, Place] = {}
        for item, place in zip(items, items.item_places, strict=True):
            said = item if isinstance(item, str) else text_of(item, "caution")
            words = " ".join((said or "").split()).casefold()
            if words and first.setdefault(words, place) is not place:
                yield index.error(
                    place,
                    f"this caution is in here twice, first on line {first[words].line}",
                    "remove one of the two",
                )
