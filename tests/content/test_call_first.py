"""Whom somebody in danger is shown first, in the index that ships."""

from __future__ import annotations

from pathlib import Path

import yaml

from linkindex.catalogue import Catalogue
from linkindex.site.call_first import MOST_LINES, concerns, lines_for
from tests.conftest import NewPage
from tests.content.test_queries import QUERIES
from tests.site.conftest import DESKTOP
from tests.site.test_call_first import opened, typed

DANGER = yaml.safe_load((Path(__file__).parent / "danger.yaml").read_text("utf-8"))


def test_every_concern_has_numbers_of_this_index_and_not_too_many(catalogue: Catalogue) -> None:
    for concern in concerns():
        lines = lines_for(catalogue, concern)
        assert bool(lines) is bool(concern.lines), concern.concern
        assert len(lines) <= MOST_LINES, concern.concern
        for words in concern.lines:
            assert lines_for(catalogue, concern.model_copy(update={"lines": (words,)})), words


def test_what_people_in_danger_type_shows_whom_to_call(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=DESKTOP)
    opened(page, host)
    wrong = {
        query: found
        for group in DANGER["danger"]
        for query in group["typed"]
        if (found := typed(page, query))[: len(group["first"])]
        != [str(number).replace(" ", "") for number in group["first"]]
    }
    assert wrong == {}


def test_the_words_of_work_and_of_everyday_show_no_numbers(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=DESKTOP)
    opened(page, host)
    in_danger = set(DANGER["also danger"])
    everyday = [*DANGER["no danger"], *(one["query"] for one in QUERIES)]
    shown = {query for query in everyday if typed(page, query)}
    assert shown - in_danger == set()
    assert in_danger - shown == set()
