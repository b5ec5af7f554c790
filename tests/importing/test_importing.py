"""What other people's lists become: each file of ``cases`` with what is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from linkindex.importing.columns import columns_of
from linkindex.importing.proposals import Proposals, proposals
from linkindex.importing.reading import read
from linkindex.importing.tables import Column
from tests.support.catalogues import TODAY, catalogue_text, parsed

CASES = Path(__file__).parent / "cases"
INDEX = parsed(
    catalogue_text().replace(
        'code: plain\n    title: "Plain words"', "code: plain\n    title: ACEs"
    )
)
"""An index that has the topic `ACEs`."""

_ALWAYS = (Column.ADDED, Column.ID)


def told(data: bytes, name: str) -> list[str]:
    """What becomes of a file, a line each."""
    tables = [(table, columns_of(table, {})) for table in read(data, name)]
    lines = [
        f"column {heading} = {column or 'nothing'}"
        for table, columns in tables
        if table.columns is None
        for heading, column in zip(table.headings, columns, strict=True)
    ]
    return [*lines, *_lines(proposals(tables, INDEX, today=TODAY))]


def _lines(found: Proposals) -> Iterator[str]:
    for link in found.new:
        yield f"new from {link.place}: {link.values[Column.ID]} in {link.category or 'no topic'}"
        for column, value in link.values.items():
            if column not in _ALWAYS or (column is Column.ADDED and value != TODAY.isoformat()):
                yield f"    {column}: {value if isinstance(value, str) else ', '.join(value)}"
    for left in found.left_over:
        yield f"left over from {left.row.place}: {'; '.join(left.reasons)}"
    yield f"{found.joined} joined, {found.unchanged} unchanged"


@pytest.mark.parametrize("name", sorted(p.name for p in CASES.iterdir() if p.suffix != ".expected"))
def test_a_file_becomes_exactly_what_is_expected(name: str) -> None:
    path = CASES / name
    assert (
        told(path.read_bytes(), name)
        == path.with_suffix(f"{path.suffix}.expected").read_text("utf-8").splitlines()
    )
