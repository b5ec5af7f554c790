"""The numbers of an index: which are confirmed, and confirming one that somebody has rung."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from linkindex.catalogue import Catalogue, LinkIndexError, Phone, Resource, Standing, UrgentHelp
from linkindex.catalogue.problems import quoted, suggestion
from linkindex.catalogue.yaml.source import YamlMap, maps_in, read_yaml
from linkindex.upkeep.values import Path, value_at, with_value

WAYS = ("phone", "text")


@dataclass(frozen=True)
class Listed:
    """A number where it stands in the file.

    :ivar way: ``phone`` or ``text``.
    :ivar name: what answers, as the index calls it.
    :ivar path: leads to the number in the file, ``line`` is where.
    """

    way: str
    name: str
    where: str
    phone: Phone
    standing: Standing
    path: Path
    line: int

    @property
    def called(self) -> str:
        """The number as a person names it: ``text 85258``, ``0800 1111``."""
        return f"text {self.phone.number}" if self.way == "text" else self.phone.number


def listed_numbers(catalogue: Catalogue, tree: YamlMap) -> list[Listed]:
    """Every number that readers are shown, in the order of the file.

    :param tree: what the catalogue was made of.
    """
    numbers: list[Listed] = []
    for (position, node), helpline in zip(
        maps_in(tree["urgent_help"]), catalogue.urgent_help, strict=True
    ):
        numbers.extend(
            _numbers_of(catalogue, helpline, node, ("urgent_help", position), "urgent help")
        )
    for (place, part), category in zip(
        maps_in(tree["categories"]), catalogue.categories, strict=True
    ):
        entries = zip(maps_in(part.get("resources")), category.resources, strict=True)
        for (position, node), resource in entries:
            if category.retired is None and resource.retired is None:
                path = ("categories", place, "resources", position)
                numbers.extend(_numbers_of(catalogue, resource, node, path, resource.id))
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
    for number in chosen:
        # Each change may move lines, but no path.
        text = _with_confirmation(text, number, day, role, file)
    return text, chosen


def _with_confirmation(text: str, number: Listed, day: datetime.date, role: str, file: str) -> str:
    """The text with the day and the role of one number; what editors remarked on it stays."""
    written = value_at(read_yaml(text.encode(), file).root, number.path)
    kept = {"number": written if isinstance(written, str) else number.phone.number}
    if isinstance(written, YamlMap):
        kept = {key: str(value) for key, value in written.items()}
    return with_value(text, number.path, {**kept, "number_checked": day, "checked_by": role}, file)


def _numbers_of(
    catalogue: Catalogue, entry: UrgentHelp | Resource, node: YamlMap, path: Path, where: str
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
                path=(*path, way),
                line=node.key_places[way].line,
            )


def _folded(number: str) -> str:
    return "".join(number.split()).casefold()
