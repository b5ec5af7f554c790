"""An index as it is written: what its tree declares, as far as that can be read.

Rules that look beyond one key read this rather than the finished pieces, so that an entry with a
fault of its own is still compared with the others and every error is found in one run.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from linkindex.catalogue.codes import fits_category_code, fits_resource_code, resource_code
from linkindex.catalogue.fields import FIRST_DAY_OF_THE_WEB
from linkindex.catalogue.kinds import Audience
from linkindex.catalogue.languages import ENGLISH
from linkindex.catalogue.permalinks import Published
from linkindex.catalogue.problems import Place, Problem, Severity, nearest, quoted, suggestion
from linkindex.catalogue.rules.telling import Words, words_in
from linkindex.catalogue.yaml.source import YamlList, YamlMap, maps_in

_TRUE = frozenset({"1", "on", "t", "true", "y", "yes"})
"""What pydantic reads as true."""


@dataclass(frozen=True)
class Entry:
    """A group, category or resource as far as it can be read."""

    noun: str
    value: YamlMap
    home: YamlMap | None = None
    """The category that a resource stands in."""

    def text(self, key: str) -> str | None:
        """The text under a key, if it has one."""
        return text_of(self.value, key)

    def place(self, key: str) -> Place:
        """Where a key stands; the entry's own place without it."""
        return self.value.key_places.get(key, self.value.place)

    @property
    def id(self) -> str | None:
        """What other entries call it."""
        return self.text("id")

    @property
    def retired(self) -> bool:
        """Whether it was withdrawn."""
        return isinstance(self.value.get("retired"), YamlMap)

    @property
    def code(self) -> str | None:
        """The code that would be printed for it, if it can have one."""
        written = self.text("code")
        if self.noun == "category":
            code = written or self.id
            return code if code and fits_category_code(code) else None
        if written:
            return written if fits_resource_code(written) else None
        return resource_code(self.id) if self.id else None

    @property
    def sensitive(self) -> bool:
        """Whether a category or a resource says that it is sensitive."""
        return (self.text("sensitive") or "").lower() in _TRUE

    @property
    def audiences(self) -> set[str]:
        """Whom a resource is for; everybody where that cannot be read, which has its own error."""
        words = {word for word, _ in texts_of(self.value, "audiences")}
        return words if words and words <= set(Audience) else set(Audience)


@dataclass(frozen=True)
class WrittenIndex:
    """An index as it is written, with what rules need to know besides.

    :ivar file: what problems call the file.
    :ivar icons: the names of all icons there are.
    :ivar ledger: what was published, and so can never change.
    :ivar there: what stood there before a change, if that is known.
    :ivar language: the one language of its texts.
    :ivar own_lines: how many lines the file has, behind which stands what is taken from elsewhere.
    """

    root: YamlMap
    file: str
    icons: Collection[str]
    today: datetime.date
    ledger: frozenset[Published] = frozenset()
    there: frozenset[Published] = frozenset()
    language: str = ENGLISH
    own_lines: int | None = None

    @cached_property
    def own_telling(self) -> tuple[str, ...]:
        """Words that tell, which the index itself gives for this language."""
        settings = self.root.get("index")
        given = settings.get("telling") if isinstance(settings, YamlMap) else None
        if not isinstance(given, YamlMap):
            return ()
        return tuple(text for text, _ in texts_of(given, self.language))

    @cached_property
    def telling(self) -> Words:
        """What tells a sensitive topic in the texts of this index."""
        return words_in(self.language, self.own_telling)

    @cached_property
    def published(self) -> frozenset[str]:
        """The codes of categories that were published."""
        return frozenset(
            entry.code.removeprefix("q/") for entry in self.ledger if entry.code.startswith("q/")
        )

    @cached_property
    def groups(self) -> tuple[Entry, ...]:
        """Every group, in order."""
        return tuple(Entry("group", value) for _, value in maps_in(self.root.get("groups")))

    @cached_property
    def decks(self) -> tuple[Entry, ...]:
        """Every deck, in order."""
        return tuple(Entry("deck", value) for _, value in maps_in(self.root.get("decks")))

    @cached_property
    def categories(self) -> tuple[Entry, ...]:
        """Every category, in order."""
        return tuple(Entry("category", value) for _, value in maps_in(self.root.get("categories")))

    @cached_property
    def resources(self) -> tuple[Entry, ...]:
        """Every resource, category by category."""
        return tuple(
            Entry("resource", value, category.value)
            for category in self.categories
            for _, value in maps_in(category.value.get("resources"))
        )

    @property
    def categories_and_resources(self) -> tuple[Entry, ...]:
        """All that share one pool of ids."""
        return (*self.categories, *self.resources)

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """Categories and resources by id; the first where two have the same."""
        named: dict[str, Entry] = {}
        for entry in self.categories_and_resources:
            if entry.id:
                named.setdefault(entry.id, entry)
        return named

    @cached_property
    def category_ids(self) -> Mapping[str, Entry]:
        """Categories by id."""
        return {entry.id: entry for entry in self.categories if entry.id}

    @cached_property
    def shown_in(self) -> Mapping[str | None, Mapping[str, Entry]]:
        """The resources on each category's page, guests included, by the ids of both."""
        shown: dict[str | None, dict[str, Entry]] = {}
        for entry in self.resources:
            if entry.id and entry.home:
                guests = (guest for guest, _ in texts_of(entry.value, "also_in"))
                for page in (text_of(entry.home, "id"), *guests):
                    shown.setdefault(page, {})[entry.id] = entry
        return shown

    def error(self, place: Place, what: str, remedy: str) -> Problem:
        """What stops the build, as a problem of this file."""
        return Problem(self.file, *place, what, remedy)

    def warning(self, place: Place, what: str, remedy: str) -> Problem:
        """What should be looked at, as a problem of this file."""
        return Problem(self.file, *place, what, remedy, Severity.WARNING)

    def unknown(
        self, place: Place, noun: str, name: str, known: Collection[str], where: str = ""
    ) -> Problem:
        """A name that nothing has, or that is no id."""
        meant = [
            found for found in self._ids_by_other_names.get(name.lower(), ()) if found in known
        ]
        return self.error(
            place,
            f"there is no {noun} {quoted(name)}" + (f" {where}" if where else ""),
            f"write its id, {quoted(meant[0])}"
            if len(meant) == 1 and nearest(name, meant) is None
            else suggestion(name, known, f"use the id of a {noun} of this file"),
        )

    @cached_property
    def _ids_by_other_names(self) -> Mapping[str, list[str]]:
        """What people write in place of an id: a title, a code, an address."""
        ids: dict[str, list[str]] = {}
        for entry in (*self.groups, *self.decks, *self.categories_and_resources):
            names = {entry.code, *(entry.text(key) for key in ("title", "full_title", "url"))}
            for name in names - {None, entry.id}:
                if entry.id:
                    ids.setdefault((name or "").lower(), []).append(entry.id)
        return ids


def text_of(value: object, key: str) -> str | None:
    """The text under a key, without the space around it; none where it is empty or no text."""
    text = value.get(key) if isinstance(value, YamlMap) else None
    return text.strip() if isinstance(text, str) and text.strip() else None


def texts_of(value: YamlMap, key: str) -> list[tuple[str, Place]]:
    """The texts in the list under a key, each with its place."""
    items = value.get(key)
    if not isinstance(items, YamlList):
        return []
    return [
        (item, place)
        for item, place in zip(items, items.item_places, strict=True)
        if isinstance(item, str)
    ]


def day_of(text: str | None) -> datetime.date | None:
    """A day that can be compared with others; one that cannot be right has its own error."""
    try:
        day = datetime.date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return day if day and day >= FIRST_DAY_OF_THE_WEB else None


def all_texts(root: YamlMap) -> Iterator[tuple[str, Place, str]]:
    """Every text of the file with its place and the key it stands under."""
    pending: list[tuple[YamlMap | YamlList, str]] = [(root, "")]
    while pending:
        value, above = pending.pop()
        if isinstance(value, YamlMap):
            parts = [(part, value.key_places[key], key) for key, part in value.items()]
        else:
            parts = [
                (part, place, above) for part, place in zip(value, value.item_places, strict=True)
            ]
        for part, place, key in parts:
            if isinstance(part, str):
                yield part, place, key
            elif isinstance(part, YamlMap | YamlList):
                pending.append((part, key))
