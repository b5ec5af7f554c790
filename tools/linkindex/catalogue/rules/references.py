"""Names by which one part of the index refers to another, to an icon or to a successor."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from linkindex.catalogue.kinds import Audience
from linkindex.catalogue.model import (
    EVERY_CARD,
)
from linkindex.catalogue.problems import Place, Problem, nearest, nearest_names, quoted
from linkindex.catalogue.rules.tree import Entry, WrittenIndex, text_of, texts_of
from linkindex.catalogue.yaml.source import YamlMap, maps_in

ICON_LIST = "https://pictogrammers.com/library/mdi/"
"""Where people can look at the Material Design Icons, and search them."""


Named = tuple[str, Place]
"""A name, and where it stands."""

MOST_SAID_ONE_BY_ONE = 2
"""So many categories that are named and not there are slips; more were taken out on purpose."""


def _absent(
    index: WrittenIndex, named: Iterable[Named], what: str, remedy: str
) -> Iterator[Problem]:
    """The categories that are named and not there: one by one, or in one sentence if many are.

    :param what: says how many places name how many categories: ``{places} ... {categories}``.
    """
    unknown = [(name, place) for name, place in named if name not in index.category_ids]
    gone = [(name, place) for name, place in unknown if not nearest(name, index.category_ids)]
    names = list(dict.fromkeys(name for name, _ in gone))
    if len(names) <= MOST_SAID_ONE_BY_ONE:
        gone = []
    for name, place in unknown:
        if (name, place) not in gone:
            yield index.unknown(place, "category", name, index.category_ids)
    if gone:
        examples = ", ".join(quoted(name) for name in names[:3])
        yield index.error(
            gone[0][1],
            what.format(places=len(gone), categories=len(names)) + f", such as {examples}",
            remedy,
        )


def glossary_categories(index: WrittenIndex) -> Iterator[Problem]:
    """A word of the glossary belongs to a category that exists."""
    named = [
        (category, value.key_places["category"])
        for _, value in maps_in(index.root.get("glossary"))
        if (category := text_of(value, "category"))
    ]
    yield from _absent(
        index,
        named,
        "{places} words of the glossary belong to {categories} categories that are not here",
        "remove these words, or their lines `category:`",
    )


def decks(index: WrittenIndex) -> Iterator[Problem]:
    """A deck has cards that are there, each once, and the one that is printed is a deck."""
    for entry in index.decks:
        if entry.id == EVERY_CARD:
            yield index.error(
                entry.place("id"),
                f"{quoted(EVERY_CARD)} is the deck of every card",
                "give this one another id",
            )
        for name, place in texts_of(entry.value, "cards"):
            yield from _card(index, name, place)
        yield from _repeated(index, entry.value, "cards")
    codes = {entry.code for entry in index.categories}
    cards = [card for entry in index.decks for card in texts_of(entry.value, "cards")]
    yield from _absent(
        index,
        [(name, place) for name, place in cards if name not in codes],
        "decks have {places} cards of {categories} categories that are not here",
        "remove these cards, or the decks",
    )
    settings = index.root.get("index")
    printed = settings.get("deck") if isinstance(settings, YamlMap) else None
    default = text_of(printed, "default")
    known = {entry.id: entry for entry in index.decks if entry.id and entry.id != EVERY_CARD}
    if isinstance(printed, YamlMap) and default not in (None, EVERY_CARD, *known):
        place = printed.key_places["default"]
        yield index.unknown(place, "deck", default or "", (*known, EVERY_CARD))
    urgent = text_of(printed, "urgent_help")
    if isinstance(printed, YamlMap) and urgent and urgent not in index.category_ids:
        place = printed.key_places["urgent_help"]
        yield index.unknown(place, "category", urgent, index.category_ids)


def _card(index: WrittenIndex, name: str, place: Place) -> Iterator[Problem]:
    """A card of a deck is a category that has one."""
    category = index.category_ids.get(name)
    with_code = [entry.id for entry in index.categories if entry.code == name and entry.id]
    if category is None and with_code:
        yield index.error(
            place,
            f"{quoted(name)} is the code of a category",
            f"write its id, {quoted(with_code[0])}",
        )
    elif category and category.retired:
        yield index.error(
            place, f"{quoted(name)} is retired, so it has no card", "name its successor"
        )


def categories(index: WrittenIndex) -> Iterator[Problem]:
    """What a category names is there: its group, its icons, related categories, links to begin."""
    group_ids = {entry.id for entry in index.groups if entry.id}
    for entry in index.categories:
        group = entry.text("group")
        if group and group not in group_ids:
            yield index.unknown(entry.place("group"), "group", group, group_ids)
        for key in ("icon", "page_icon"):
            icon = entry.text(key)
            if icon and icon not in index.icons:
                yield index.error(
                    entry.place(key),
                    f"there is no icon {quoted(icon)}",
                    _icons_like(icon, index.icons),
                )
        yield from _related(index, entry)
        yield from _start_here(index, entry)
    yield from _absent(
        index,
        [name for entry in index.categories for name in texts_of(entry.value, "related")],
        "{places} times `related` names one of {categories} categories that are not here",
        "remove these names",
    )


def _icons_like(name: str, icons: Collection[str]) -> str:
    bare = re.sub(r"^:?(?:material|mdi)[-/]|:$", "", name.lower())
    if bare in icons:
        return f"write {quoted(bare)}"
    near = ", ".join(quoted(icon) for icon in nearest_names(bare, icons))
    return f"use one of {near}, or another from {ICON_LIST}" if near else f"use one of {ICON_LIST}"


def _related(index: WrittenIndex, entry: Entry) -> Iterator[Problem]:
    for name, place in texts_of(entry.value, "related"):
        if name == entry.id:
            yield index.error(
                place, f"{quoted(name)} is this category itself", "remove it from `related`"
            )
    yield from _repeated(index, entry.value, "related")


def _start_here(index: WrittenIndex, entry: Entry) -> Iterator[Problem]:
    start_here = entry.value.get("start_here")
    if not isinstance(start_here, YamlMap):
        return
    shown = index.shown_in.get(entry.id, {})
    for audience in start_here:
        yield from _repeated(index, start_here, audience)
        for name, place in texts_of(start_here, audience):
            resource = shown.get(name)
            if resource is None:
                yield index.unknown(place, "resource", name, shown, "in this category")
            elif resource.retired:
                yield index.error(place, f"{quoted(name)} is retired", "name its successor")
            elif audience in list(Audience) and audience not in resource.audiences:
                yield index.error(
                    place,
                    f"{quoted(name)} is not for {audience}",
                    f"add `{audience}` to its audiences, or name another resource",
                )


def resources(index: WrittenIndex) -> Iterator[Problem]:
    """What a resource names is there, once, and a page still shows it."""
    for entry in index.resources:
        for key in ("audiences", "nations", "language", "accessible_as", "also_in"):
            yield from _repeated(index, entry.value, key)
        if not entry.retired and entry.home and isinstance(entry.home.get("retired"), YamlMap):
            yield index.error(
                entry.place("id"),
                f"{quoted(entry.id)} is in a retired category, so no page shows it",
                "move it to another category, or give it `retired:` too",
            )
        for name, place in texts_of(entry.value, "also_in"):
            if name in index.category_ids and index.category_ids[name].value is entry.home:
                yield index.error(
                    place,
                    f"{quoted(name)} is the category that this resource is in",
                    "remove it from `also_in`",
                )
    yield from _absent(
        index,
        [name for entry in index.resources for name in texts_of(entry.value, "also_in")],
        "{places} times `also_in` names one of {categories} categories that are not here",
        "remove these names",
    )


def _repeated(index: WrittenIndex, value: YamlMap, key: str) -> Iterator[Problem]:
    seen = set()
    for name, place in texts_of(value, key):
        if name in seen:
            yield index.error(place, f"{quoted(name)} is twice in {quoted(key)}", "remove one")
        seen.add(name)


def successors(index: WrittenIndex) -> Iterator[Problem]:
    """Every retired code leads on to something that is still there."""
    for entry in index.categories_and_resources:
        retired = entry.value.get("retired")
        if not isinstance(retired, YamlMap):
            continue
        name = text_of(retired, "successor")
        place = retired.key_places.get("successor", retired.place)
        if name is None:
            continue
        if name not in index.by_id:
            yield index.unknown(place, "resource or category", name, index.by_id)
        elif _goes_round(index, entry, name):
            yield index.error(
                place,
                "the successors lead round in a circle",
                "name something that is not retired",
            )


def _goes_round(index: WrittenIndex, entry: Entry, name: str) -> bool:
    seen = {entry.id}
    following: str | None = name
    while following and following in index.by_id:
        if following in seen:
            return True
        seen.add(following)
        retired = index.by_id[following].value.get("retired")
        following = text_of(retired, "successor") if isinstance(retired, YamlMap) else None
    return False
