"""Links that are not finished: they stand in the file, and nowhere else.

An entry with ``draft: true`` is set aside before anything is asked of it, so that what is still to
be done in it stops nothing. Its place in the list stays, since the paths of the entries beside it
count positions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from linkindex.catalogue.model import WAYS_TO_A_LINK, Resource
from linkindex.catalogue.problems import Place, Problem, Severity, quoted
from linkindex.catalogue.yaml.shape import required_of
from linkindex.catalogue.yaml.source import YamlList, YamlMap, maps_in

TO_DO = "TODO"
"""What stands in a draft where somebody has something left to write."""

UNPLACED = "drafts"
"""The list at the end of the file in which drafts wait whose topic nobody has chosen."""

_TRUE = frozenset({"true", "yes", "on"})


@dataclass(frozen=True)
class Draft:
    """A link that is not finished.

    :ivar category: the id of the topic in which it stands; none where that is still to be chosen.
    :ivar written: what is written of it; any of it may be wrong or missing.
    """

    category: str | None
    written: YamlMap

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.written.place

    @property
    def url(self) -> str | None:
        """Its address as it is written, if it has one."""
        url = self.written.get("url")
        return url.strip() if isinstance(url, str) and url.strip() else None

    @property
    def id(self) -> str | None:
        """What it will be called, if that is written."""
        name = self.written.get("id")
        return name if isinstance(name, str) else None

    @property
    def left_to_do(self) -> tuple[str, ...]:
        """The keys that hold :data:`TO_DO`, as they are written, and those that are missing."""
        topic = () if self.category else ("category",)
        marked = tuple(key for key, value in self.written.items() if _is_to_do(value))
        missing = [key for key in _REQUIRED if key not in self.written]
        if not any(self.written.get(way) for way in WAYS_TO_A_LINK):
            missing.append("url")
        return tuple(dict.fromkeys((*topic, *marked, *missing)))


_REQUIRED = tuple(
    field.alias or name
    for name, field in Resource.model_fields.items()
    if (field.alias or name) in required_of(Resource)
)


def set_aside(root: YamlMap) -> tuple[Draft, ...]:
    """Take every draft out of the tree of an index, and say which they are."""
    found = list(_in_topics(root))
    unplaced = root.pop(UNPLACED, None)
    root.key_places.pop(UNPLACED, None)
    found.extend(Draft(None, entry) for _, entry in maps_in(unplaced))
    return tuple(found)


def _in_topics(root: YamlMap) -> Iterator[Draft]:
    for _, category in maps_in(root.get("categories")):
        resources = category.get("resources")
        if not isinstance(resources, YamlList):
            continue
        name = category.get("id")
        for position, entry in list(maps_in(resources)):
            if str(entry.get("draft", "")).strip().casefold() in _TRUE:
                draft = Draft(name if isinstance(name, str) else None, entry)
                resources[position] = draft
                yield draft


def draft_problems(drafts: tuple[Draft, ...], file: str) -> list[Problem]:
    """What is left to do in each draft, as warnings: they stop nothing."""
    return [
        Problem(
            file,
            *draft.place,
            f"{quoted(_named(draft))} is a draft and on no page",
            _remedy(draft),
            Severity.WARNING,
        )
        for draft in drafts
    ]


def _named(draft: Draft) -> str:
    title = draft.written.get("title")
    is_titled = isinstance(title, str) and not _is_to_do(title)
    return str(title if is_titled else draft.id or draft.url or "this link")


def _remedy(draft: Draft) -> str:
    keys = draft.left_to_do
    if keys == ("category",):
        return "move it under the `resources:` of its topic and remove its line `draft: true`"
    if not keys:
        return "read it once more and remove its line `draft: true`"
    return f"still to write: {', '.join(map(quoted, keys))}; then remove its line `draft: true`"


def _is_to_do(value: object) -> bool:
    if isinstance(value, YamlList):
        return any(map(_is_to_do, value))
    return value is None or (isinstance(value, str) and TO_DO in value.split())
