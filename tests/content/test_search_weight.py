"""What the first use of the search costs a reader of the index that ships."""

from __future__ import annotations

from linkindex.catalogue import ShownCatalogue, load
from linkindex.icons import icon_names
from tests.bench.search import first_use
from tests.content.conftest import INDEX, TODAY

BUDGET = 97_000
"""Compressed bytes. The aim is 85 KB; until then, it must not grow unnoticed."""


def test_the_first_use_of_the_search_fetches_no_more_than_its_budget() -> None:
    index = load(INDEX, icons=icon_names(), today=TODAY)
    assert sum(first_use(ShownCatalogue.of(index, ())).values()) <= BUDGET
