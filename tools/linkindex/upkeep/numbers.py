"""The numbers of an index: which are confirmed, and confirming one that somebody has rung."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from linkindex.catalogue import Catalogue, LinkIndexError, Phone, Resource, Standing, UrgentHelp
from linkindex.catalogue.problems import quoted, suggestion
from linkindex.catalogue.yaml.source import YamlMap, maps_in, read_yaml
from linkindex.upkeep.taken import with_rung
from linkindex.upkeep.values import Path, value_at, with_value
from linkindex.upkeep.writing import tree_of

WAYS = ("phone", "text")


@dataclass(frozen=True)
class Listed:
    """A number where it stands in the file.

    :ivar way: ``phone`` or ``text``.
    :ivar name: what answers, as the index calls it.
    :ivar line: where it stands; ``source`` is the index that it is taken from, if it is.
    """

    way: str
    name: str
    where: str
    phone: Phone
    standing: Standing
    line: int
    source: str | None = None

    @property
    def called(self) -> str:
        """The number as a person names it: ``text 85258``, ``0800 1111``."""
        return f"text {self.phone.number}" if self.way == "text" else self.phone.number


def listed_numbers(catalogue: Catalogue, tree: YamlMap) -> list[Listed]:
    """Every number that readers are shown, in the order of the file.

    :param tree: what the catalogue was made of.
    """
    numbers: list[Listed] = []
    for (_, node), helpline in zip(
        maps_in(tree["urgent_help"]), catalogue.urgent_help, strict=True
    ):
        numbers.extend(_numbers_of(catalogue, helpline, node, "urgent help"))
    for (_, part), category in zip(maps_in(tree["categories"]), catalogue.categories, strict=True):
        entries = zip(maps_in(part.get("resources")), category.resources, strict=True)
        for (_, node), resource in entries:
            if category.retired is None and resource.retired is None:
                numbers.extend(_numbers_of(catalogue, resource, node, resource.id))
    return numbers


def confirm(
    text: str,
    numbers: list[Listed],
    wanted: list[str],
    day: datetime.date,
    role: str,
    file: str,
) -> tuple[str, list[Listed]]:
    """The text of the file with numbers confirmed on a day, and which those are.

    A number is confirmed wherever it stands, since one call reaches one service. Calling and
    texting are confirmed separately.

    :param role: who rang, such as ``family team``.
    :param wanted: numbers as they are listed, such as ``0800 1111`` or ``text 85258``.
    :raises LinkIndexError: for a number that is not there, or that nobody need confirm.
    """
    chosen: list[Listed] = []
    for asked in wanted:
        same = [number for number in numbers if _folded(number.called) == _folded(asked)]
        if not same:
            known = sorted({number.called for number in numbers})
            raise LinkIndexError(
                f"{file} holds no number {quoted(asked)}; "
                + suggestion(asked, known, "`linkindex numbers` lists those it holds")
            )
        if same[0].phone.fixed:
            raise LinkIndexError(f"{same[0].called} is fixed by regulation; leave it as it is")
        chosen.extend(number for number in same if number not in chosen)
    paths = _paths(text, file)
    for number in chosen:
        # Each change may move lines, but no path.
        if number.source is None:
            path = paths[number.way, number.line]
            text = _with_confirmation(text, path, number, day, role, file)
    for source, called in dict.fromkeys(
        (number.source, number.called) for number in chosen if number.source
    ):
        text = with_rung(text, source, called, day, role, file)
    return text, chosen


def _paths(text: str, file: str) -> dict[tuple[str, int], Path]:
    """What leads to each number that is written in a text, by its key and its line."""
    root = tree_of(text, file)
    entries: list[tuple[Path, YamlMap]] = [
        (("urgent_help", position), node) for position, node in maps_in(root.get("urgent_help"))
    ]
    for place, category in maps_in(root.get("categories")):
        entries += [
            (("categories", place, "resources", position), node)
            for position, node in maps_in(category.get("resources"))
        ]
    for place, upstream in maps_in(root.get("extends")):
        entries += [
            (("extends", place, "change", position), node)
            for position, node in maps_in(upstream.get("change"))
        ]
    return {
        (way, node.key_places[way].line): (*path, way)
        for path, node in entries
        for way in WAYS
        if way in node
    }


def _with_confirmation(
    text: str, path: Path, number: Listed, day: datetime.date, role: str, file: str
) -> str:
    """The text with the day and the role of one number; what editors remarked on it stays."""
    written = value_at(read_yaml(text.encode(), file).root, path)
    kept = {"number": written if isinstance(written, str) else number.phone.number}
    if isinstance(written, YamlMap):
        kept = {key: str(value) for key, value in written.items()}
    return with_value(text, path, {**kept, "number_checked": day, "checked_by": role}, file)


def _numbers_of(
    catalogue: Catalogue, entry: UrgentHelp | Resource, node: YamlMap, where: str
) -> Iterator[Listed]:
    name = entry.name if isinstance(entry, UrgentHelp) else entry.title
    for way, phone in zip(WAYS, (entry.phone, entry.text), strict=True):
        if phone is not None:
            yield Listed(
                way=way,
                name=name,
                where=where,
                phone=phone,
                standing=catalogue.standing_of(phone),
                line=node.key_places[way].line,
                source=catalogue.source_at(node.key_places[way].line),
            )


def _folded(number: str) -> str:
    return "".join(number.split()).casefold()
