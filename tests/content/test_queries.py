"""What people type in the search, and what they must find first.

The queries are in ``queries.yaml``; they are tried in the real search of the built site, one after
the other on one page.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from linkindex.catalogue import Catalogue
from tests.conftest import NewPage
from tests.site.test_browser import DESKTOP, search

QUERIES = yaml.safe_load((Path(__file__).parent / "queries.yaml").read_text("utf-8"))


def test_there_are_sixty_queries_and_each_names_what_exists(catalogue: Catalogue) -> None:
    titles = {one.title for one in (*catalogue.current_categories, *catalogue.current_resources)}
    assert len(QUERIES) >= 60
    assert [one["query"] for one in QUERIES if not set(one["first"]) <= titles] == []


def test_what_people_type_finds_the_right_page_first(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=DESKTOP)
    page.goto(host)
    page.get_by_role("button", name="Search the links").click()
    wrong = {
        one["query"]: found[:4]
        for one in QUERIES
        if (found := search(page, one["query"]))[:1] not in [[title] for title in one["first"]]
    }
    assert wrong == {}
