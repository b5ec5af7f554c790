"""What the columns of a table hold, guessed from their headings and from what stands below them."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import quoted, suggestion
from linkindex.importing.cleaning import cleaned
from linkindex.importing.tables import Column, Table
from linkindex.tables import table_of

Columns = tuple[Column | None, ...]
"""What each column of a table holds; none for what nothing becomes of."""

_EXACT, _HOLDS, _PERHAPS, _BY_CONTENT = 3.0, 2.0, 1.2, 1.0
"""How much a heading says that is a known name, holds one or may mean it; and how much cells."""

_LOOKED_AT = 300
"""Rows whose cells say what a column holds."""

_MOSTLY, _SOME = 0.6, 0.3
"""The share of a column's cells that must look alike, and where the heading says what they are."""


def columns_of(table: Table, chosen: Mapping[str, Column | None]) -> Columns:
    """What each column holds.

    :param chosen: what a person said of headings, which goes before every guess.
        None leaves a column out.
    :raises LinkIndexError: when a heading that was named is not there.
    """
    known = {heading.casefold(): place for place, heading in enumerate(table.headings)}
    decided: dict[int, Column | None] = {}
    for heading, column in chosen.items():
        place = known.get(heading.strip().casefold())
        if place is None:
            raise LinkIndexError(
                f"there is no column {quoted(heading)}; "
                + suggestion(heading, table.headings, "name one of the file's headings")
            )
        decided[place] = column
    guesses = table.columns or _guessed(table, decided)
    return tuple(decided.get(place, guess) for place, guess in enumerate(guesses))


def _guessed(table: Table, decided: Mapping[int, Column | None]) -> Columns:
    """The likeliest column for each heading, each given once."""
    scored = sorted(
        (
            (score, -place, column)
            for place, heading in enumerate(table.headings)
            if place not in decided
            for column, score in _scores(heading, table, place)
        ),
        reverse=True,
    )
    places: dict[int, Column] = {}
    taken = set(decided.values())
    for _, negative, column in scored:
        place = -negative
        if place not in places and column not in taken:
            places[place] = column
            taken.add(column)
    if Column.TITLE not in taken:
        # Where no heading says so, the first column of short texts is what things are called.
        free = (
            place
            for place, heading in enumerate(table.headings)
            if place not in places and place not in decided and heading == f"column {place + 1}"
        )
        first = next(free, None)
        if first is not None:
            places[first] = Column.TITLE
    return tuple(places.get(place) for place in range(len(table.headings)))


def _scores(heading: str, table: Table, place: int) -> list[tuple[Column, float]]:
    name = _folded(heading)
    cells = [row.cells[place] for row in table.rows[:_LOOKED_AT] if row.cells[place]]
    looks = _look(cells)
    scores: dict[Column, float] = {}
    for column, names in _names().items():
        if name in names:
            scores[column] = _EXACT
        elif any(f" {known} " in f" {name} " for known in names if len(known) > 2):
            scores[column] = _HOLDS
        elif name in _names(perhaps=True).get(column, ()):
            scores[column] = _PERHAPS
    if looks is not None:
        scores[looks] = scores.get(looks, 0.0) + _BY_CONTENT
    for column, fits in _MUST_LOOK.items():
        # `Website` may head names of websites, and `Number` those of rooms.
        share = _SOME if scores.get(column, 0.0) >= _EXACT else _MOSTLY
        if column in scores and cells and not _look_like(cells, fits, share):
            del scores[column]
    if Column.URL in scores and looks is Column.URL:
        scores[Column.URL] += _BY_CONTENT
    if Column.TITLE in scores and cells and sum(map(len, cells)) / len(cells) > _LONG:
        del scores[Column.TITLE]
    return list(scores.items())


_LONG = 120
"""Characters on average that no column of titles has."""


def _look(cells: Sequence[str]) -> Column | None:
    """What cells are whatever their heading is, if they tell."""
    for column, fits in _MUST_LOOK.items():
        if cells and _look_like(cells, fits, _MOSTLY):
            return column
    if len(cells) > 1 and sum(map(len, cells)) / len(cells) > 60:
        return Column.SUMMARY
    return None


def _look_like(cells: Sequence[str], fits: re.Pattern[str] | None, share: float) -> bool:
    """Whether at least a share of the cells look as they should."""
    right = sum(bool(fits.search(cell)) if fits else _is_number(cell) for cell in cells)
    return right >= share * len(cells)


def _is_number(cell: str) -> bool:
    digits = re.sub(r"\D", "", cell)
    is_mostly_digits = len(digits) >= len(re.sub(r"\s", "", cell)) / 2
    return is_mostly_digits and Column.PHONE in cleaned(Column.PHONE, cell).values


_MUST_LOOK: dict[Column, re.Pattern[str] | None] = {
    Column.URL: re.compile(
        r"^\s*(?:https?://|www\.|mailto:|tel:|[\w-]+(?:\.[\w-]+)+(?:/|\s*$))", re.IGNORECASE
    ),
    Column.EMAIL: re.compile(r"^\s*(?:mailto:)?[^\s@/]+@[\w-]+(?:\.[\w-]+)+\s*$"),
    Column.PHONE: None,
}
"""What cells of a column must look like; none where a rule of telephone numbers says it."""


def _folded(heading: str) -> str:
    words = re.sub(r"[^\w]+|_", " ", re.sub(r"['’]", "", heading.casefold())).split()
    return " ".join(word for word in words if word not in ("the", "of", "a", "our"))


@functools.cache
def _names(*, perhaps: bool = False) -> Mapping[Column, frozenset[str]]:
    text = files("linkindex.importing").joinpath("columns.yaml").read_text("utf-8")
    written: dict[str, Any] = table_of(text)
    unsure: dict[str, list[str]] = written.pop("perhaps")
    names = unsure if perhaps else {key: [key, *known] for key, known in written.items()}
    return {Column(key): frozenset(map(_folded, known)) for key, known in names.items()}
