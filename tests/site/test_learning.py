"""What the search learns from the questions of an index: vectors, and words that have none."""

from __future__ import annotations

import dataclasses
import json

import pytest
from playwright.sync_api import Browser, Page
from tests.support.searching import add_engine

from linkindex.catalogue import Catalogue, ShownCatalogue
from linkindex.catalogue.questions import Question
from linkindex.site.search.documents import Document
from linkindex.site.search.files import search_content
from linkindex.site.search.forms import forms_of
from linkindex.site.search.learning import FEWEST_TIMES, asked_words
from linkindex.site.search.vectors import MOST, told_words, word_vectors
from linkindex.site.spelling import rows_written
from linkindex.speaking.language import speaking

BEGIN = """text => {
    const content = JSON.parse(text);
    window.engine = LinkIndexEngine.create(MiniSearch);
    engine.begin(content);
    engine.addWords(content.words)(Infinity);
    engine.addMeanings(content.vectors);
}"""
LIKELY = """([text, id]) => {
    const told = engine.likelihoods(engine.unitsOf(text, false));
    return told && told.entries.get(id);
}"""


BY_MEANING = """text => {
    const units = engine.unitsOf(text, false);
    return engine.weighed(text, units, engine.likelihoods(units), null)
        .filter(({isByMeaning}) => isByMeaning).map(({link}) => link.title);
}"""


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Page:
    """A page with the engine, which knows no index yet."""
    page = browser.new_page()
    add_engine(page)
    return page


def learnt(*asked: str, known: tuple[str, ...] = (), **document: object) -> str:
    """The words that are kept of an entry, of what is asked of it."""
    entry: Document = {"title": "Bread", **document}
    (told,) = asked_words([entry], [asked], known)
    return told


# --- Words without a vector ---


def test_words_of_several_questions_are_kept() -> None:
    assert learnt(*["the damp larder"] * FEWEST_TIMES) == "damp larder"


def test_a_word_that_came_seldom_is_not_kept() -> None:
    assert learnt(*["damp"] * (FEWEST_TIMES - 1), "larder") == ""


def test_small_words_and_short_numbers_are_not_kept() -> None:
    assert learnt(*["what is it about 11"] * FEWEST_TIMES) == ""


def test_words_that_an_entry_holds_itself_are_not_kept_again() -> None:
    assert learnt(*["bread in the damp larder"] * 3, sayings=["a larder"]) == "damp"


def test_words_that_have_a_vector_in_any_form_are_not_kept_as_words() -> None:
    assert learnt(*["damp larders"] * 3, known=("larder",)) == "damp"


# --- Vectors ---


def test_every_word_has_as_many_numbers_of_which_none_is_too_large() -> None:
    known = word_vectors()
    assert known
    assert {len(row) for row in known.rows.values()} == {len(known.nothing) + 1}
    assert all(abs(number) <= MOST for row in known.rows.values() for number in row)
    assert all(row[0] >= 0 for row in known.rows.values())


def test_no_word_has_a_vector_whose_other_form_has_one() -> None:
    known = word_vectors()
    assert known
    assert all(told_words(word, known.rows) == [word] for word in known.rows)


def test_forms_of_words_are_those_of_the_browser(blank: Page) -> None:
    known = word_vectors()
    assert known
    words = [*known.rows, "hitting", "babies", "agreed", "is", "ties", "fuss", "gcp2", "żle"]
    theirs = blank.evaluate("words => words.map(word => [...LinkIndexEngine.formsOf(word)])", words)
    assert [list(forms_of(word)) for word in words] == theirs


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [[0]],
        [[15, -15, 0], [-1, 1, 15]],
        [[(7 * row * at * at + row) % 31 - 15 for at in range(33)] for row in range(200)],
        [[1 if row == at else 0 for at in range(32)] for row in range(90)],
    ],
)
def test_rows_of_numbers_are_read_as_they_were_written(rows: list[list[int]], blank: Page) -> None:
    read = "rows => LinkIndexUnpack.rowsOf(rows).map(row => [...row])"
    assert blank.evaluate(read, rows_written(rows)) == rows


def asked_of(catalogue: Catalogue, *questions: Question) -> str:
    shown = ShownCatalogue.of(dataclasses.replace(catalogue, questions=questions), ())
    return json.dumps(search_content(shown))


def test_a_question_that_is_added_makes_what_answers_it_likelier(
    blank: Page, catalogue: Catalogue
) -> None:
    link = ShownCatalogue.of(catalogue, ()).current_resources[0]
    text = "my son will not sleep in his own bed"
    likely = []
    for questions in ((), (Question(text, (link.id,)),)):
        blank.evaluate(BEGIN, asked_of(catalogue, *questions))
        likely.append(blank.evaluate(LIKELY, ["why does he not sleep alone", "l0"]))
    assert likely[1] > likely[0] + 1


def test_a_link_that_holds_no_word_of_a_question_is_said_to_be_found_by_what_it_is_about(
    blank: Page, catalogue: Catalogue
) -> None:
    link = ShownCatalogue.of(catalogue, ()).current_resources[0]
    text = "my son will not sleep in his own bed"
    blank.evaluate(BEGIN, asked_of(catalogue, *[Question(text, (link.id,))] * 2))
    assert link.title in blank.evaluate(BY_MEANING, text)
    assert link.title not in blank.evaluate(BY_MEANING, link.title)


def test_of_words_without_vectors_nothing_is_likely(blank: Page, catalogue: Catalogue) -> None:
    blank.evaluate(BEGIN, asked_of(catalogue))
    assert blank.evaluate(LIKELY, ["xyzzy qwrtzpl", "t0"]) is None


def test_what_is_only_loosely_alike_makes_no_sensitive_topic_likelier(blank: Page) -> None:
    """``knive`` is taken for ``knife``, but not where that leads to a sensitive topic."""
    topic = {"code": "aaaaaa", "about": "", "asked": ""}
    content = {
        **{"small": "a", "common": "b", "elsewhere": [], "families": [], "spellings": []},
        **{"pages": [], "parts": [], "ranking": {"links": {}, "topics": {}, "meant": {}}},
        "vectors": {
            **{"words": ["bread", "knife"], "rows": [[0, 0, 1], [0, 4, 0]], "nothing": [0, 0]},
            "weights": {"scale": 1, "topic": 0, "elsewhere": 0},
            **{"topics": [[4, 0], [4, 0], [0, 4]], "links": []},
        },
        "topics": [
            {**topic, "title": "Knife", "sensitive": True},
            {**topic, "title": "Cutlery", "names": ["Knife"]},
            {**topic, "title": "Bread"},
        ],
        "links": {"title": []},
        "words": {"names": []},
    }
    blank.evaluate(BEGIN, json.dumps(content))
    sensitive, other = (blank.evaluate(LIKELY, ["knive bread", id_]) for id_ in ("t0", "t1"))
    assert other > sensitive + 3
    sensitive, other = (blank.evaluate(LIKELY, ["knife bread", id_]) for id_ in ("t0", "t1"))
    assert other == pytest.approx(sensitive)


def test_a_language_without_vectors_is_searched_without_them(catalogue: Catalogue) -> None:
    with speaking("cy"):
        content = search_content(ShownCatalogue.of(catalogue, ()))
    assert content["vectors"]["words"] == []
    assert content["meanings"] is None
