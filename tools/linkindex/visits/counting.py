"""Openings of codes by month, without any number from which a person could be guessed. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from linkindex.catalogue import Catalogue, Category, Resource
from linkindex.visits.logs import Opened

FEWEST = 5
"""Openings below which no number is shown: from so few, a person could be guessed."""

_CODE = re.compile(r"/(?P<kind>[qr])/(?P<code>[0-9a-z]{2,8})(?:\.html|/(?:index\.html)?)?", re.I)


@dataclass(frozen=True)
class Counted:
    """How often the page of one code was opened.

    :ivar kind: ``topic`` for a card that was scanned, ``link`` for a link that was passed on.
    :ivar months: the number for each month, or none where it is too small to be shown.
    """

    kind: str
    code: str
    title: str
    months: dict[str, int | None]

    @property
    def shown(self) -> int:
        """How often in all months whose number is shown."""
        return sum(number or 0 for number in self.months.values())


@dataclass(frozen=True)
class Visits:
    """What may be told of the openings of an index.

    :ivar months: every month of the log, in order.
    :ivar left_out: how many codes are not counted, since they are of something sensitive.
    """

    months: tuple[str, ...]
    counted: tuple[Counted, ...]
    left_out: int


def visits(opened: Iterable[Opened], catalogue: Catalogue, folder: str = "") -> Visits:
    """How often each code was opened, in any language of the site.

    :param folder: the path of the site below its host, if it does not stand at the top.
    """
    topics = {category.code: category for category in catalogue.current_categories}
    links = {resource.code: resource for resource in catalogue.current_resources}
    quiet = _sensitive(catalogue)
    numbers: Counter[tuple[str, str, str]] = Counter()
    months: set[str] = set()
    others = (*catalogue.languages[1:], *catalogue.settings.first_pages)
    in_another = re.compile(rf"^/(?:{'|'.join(others) or '$'})(?=/)")
    for page in opened:
        months.add(page.month)
        match = _CODE.fullmatch(in_another.sub("", page.path.removeprefix(folder.rstrip("/"))))
        if match is None:
            continue
        kind, code = match["kind"].lower(), match["code"].lower()
        if code not in quiet and code in (topics if kind == "q" else links):
            numbers[kind, code, page.month] += 1
    ordered = tuple(sorted(months))
    counted = [
        _counted(kind, code, topics[code] if kind == "q" else links[code], numbers, ordered)
        for kind, code in sorted({(kind, code) for kind, code, _ in numbers})
    ]
    told = (code for code in counted if code.shown)
    return Visits(ordered, tuple(sorted(told, key=lambda code: -code.shown)), len(quiet))


def _sensitive(catalogue: Catalogue) -> frozenset[str]:
    """The codes of which not even a number is kept."""
    quiet: set[str] = set()
    for category in catalogue.categories:
        if category.sensitive:
            quiet |= {category.code, *(link.code for link in category.resources)}
        quiet |= {link.code for link in category.resources if link.sensitive}
    by_id = {category.id: category for category in catalogue.categories}
    for resource in catalogue.current_resources:
        if any(by_id[name].sensitive for name in resource.also_in):
            quiet.add(resource.code)
    return frozenset(quiet)


def _counted(
    kind: str,
    code: str,
    piece: Category | Resource,
    numbers: Counter[tuple[str, str, str]],
    months: tuple[str, ...],
) -> Counted:
    found = {month: numbers[kind, code, month] for month in months}
    return Counted(
        "topic" if kind == "q" else "link",
        code,
        piece.title,
        {month: number if number >= FEWEST else None for month, number in found.items()},
    )
