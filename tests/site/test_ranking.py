"""How what speaks for something is weighed, and how the weights are learnt."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, Page
from tests.conftest import REPOSITORY
from tests.support.searching import add_engine

from linkindex.catalogue import Catalogue, ShownCatalogue
from linkindex.site.search.files import search_content
from linkindex.site.search.ranking import ranking, strange_words

LEARNING = REPOSITORY / "tests/bench/softmax.js"

NAMES = """text => {
    const units = engine.unitsOf(text, true);
    const byMeaning = engine.likelihoods(units);
    const found = engine.weighed(text, units, byMeaning, null);
    const names = ({features}) => Object.keys(features).sort();
    return {
        links: names(found.find(({link}) => link)),
        topics: names(found.find(({link, page}) => !link && !page)),
        meant: Object.keys(engine.chances(units, byMeaning, found)).sort(),
    };
}"""


@pytest.fixture(scope="module")
def empty(browser: Browser) -> Page:
    """A page that learns."""
    page = browser.new_page()
    page.add_script_tag(path=LEARNING)
    return page


@pytest.fixture(scope="module")
def engine(empty: Page, catalogue: Catalogue) -> Page:
    """A page with the engine, which knows an index."""
    add_engine(empty)
    content = search_content(ShownCatalogue.of(catalogue, ()))
    empty.evaluate(
        """text => {
            const content = JSON.parse(text);
            window.engine = LinkIndexEngine.create(MiniSearch);
            engine.begin(content);
            engine.addMeanings(content.vectors);
            engine.addWords(content.words)(Infinity);
        }""",
        json.dumps(content),
    )
    return empty


def test_each_feature_has_a_weight_and_each_weight_a_feature(engine: Page) -> None:
    names = engine.evaluate(NAMES, "money for a baby")
    assert names == {kind: sorted(of) for kind, of in ranking().model_dump().items()}


def test_no_word_has_two_weights_and_none_weighs_nothing() -> None:
    words = [word for _, told in strange_words() for word in told.split()]
    assert len(words) == len({*words})
    assert all(weight for weight, _ in strange_words())


def asked_of_pairs(*rights: int) -> list[object]:
    """Questions between a choice that has both features and one that has none."""
    return [[1, [[right, [[0, 1], [1, 1]]], [1 - right, []]]] for right in rights]


def test_weights_make_what_is_right_as_likely_as_it_was(empty: Page) -> None:
    asked = [[1, [[right, [[0, 1]]], [1 - right, []]]] for right in (1, 1, 1, 0)]
    told = {"asked": asked, "size": 1, "steps": 30}
    assert empty.evaluate("told => window.fitted(told)", told) == pytest.approx([1.0986], abs=0.001)
    told = {"asked": asked, "penalties": [0], "steps": 300}
    assert empty.evaluate("told => window.learnt(told)", told) == pytest.approx([1.0986], abs=0.001)


def test_a_penalty_leaves_what_tells_little_at_nothing(empty: Page) -> None:
    told = {"asked": asked_of_pairs(1, 1, 0), "penalties": [0, 9], "steps": 300}
    weights = empty.evaluate("told => window.learnt(told)", told)
    assert weights[1] == 0
    assert weights[0] == pytest.approx(0.6931, abs=0.001)
