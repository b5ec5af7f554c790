"""Whom somebody in danger is shown first, in the index that ships."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser

from linkindex.catalogue import Catalogue
from linkindex.site.call_first import MOST_LINES, concerns, lines_for
from tests.bench.danger import QUESTIONS, questions_of, score
from tests.content.test_queries import QUERIES
from tests.support.danger import NOTHING, NUMBERS, QUIET, Matcher

DANGER = yaml.safe_load((Path(__file__).parent / "danger.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def matcher(browser: Browser, catalogue: Catalogue) -> Matcher:
    return Matcher(browser.new_page(), catalogue)


def test_every_concern_has_numbers_of_this_index_and_not_too_many(catalogue: Catalogue) -> None:
    for concern in concerns():
        lines = lines_for(catalogue, concern)
        assert bool(lines) is bool(concern.lines), concern.concern
        assert len(lines) <= MOST_LINES, concern.concern
        for words in concern.lines:
            assert lines_for(catalogue, concern.model_copy(update={"lines": (words,)})), words


def test_what_people_in_danger_type_shows_whom_to_call(matcher: Matcher) -> None:
    wrong = {
        query: found
        for group in DANGER["danger"]
        for query in group["typed"]
        if (found := matcher.numbers(query))[: len(group["first"])]
        != [str(number).replace(" ", "") for number in group["first"]]
    }
    assert wrong == {}


def test_words_of_work_and_what_is_settled_or_denied_show_one_quiet_line(matcher: Matcher) -> None:
    shown = {query: matcher.level(query) for query in DANGER["quiet"]}
    assert {query for query, level in shown.items() if level != QUIET} == set()


def test_everyday_words_show_nothing(matcher: Matcher) -> None:
    shown = {query for query in DANGER["no danger"] if matcher.level(query) != NOTHING}
    assert shown == set()


def test_what_people_ask_of_topics_shows_numbers_where_it_is_danger_alone(
    matcher: Matcher,
) -> None:
    shown = {one["query"] for one in QUERIES if matcher.level(one["query"]) == NUMBERS}
    assert shown == set(DANGER["also danger"])


def test_nearly_all_dangers_are_found_and_everyday_questions_are_mostly_left_alone(
    matcher: Matcher,
) -> None:
    result = score(questions_of(QUESTIONS), matcher)
    wrong = [(question.text, level) for question, level in result.wrong()]
    assert result.part("danger", NUMBERS) >= 0.97, wrong
    assert result.part("danger", NOTHING) <= 0.005, wrong
    assert result.part("innocent", NUMBERS) <= 0.06, wrong
