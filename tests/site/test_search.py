"""What the search finds, tried on its engine as the browser runs it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page
from tests.support.catalogues import catalogue_text, parsed
from tests.support.searching import add_engine, begin

from linkindex.catalogue import Catalogue, ShownCatalogue
from linkindex.catalogue.questions import Question
from linkindex.site.call_first import call_first_file
from linkindex.site.search import files, words
from linkindex.site.search.pages import titles_of

SEARCH = """text => engine.search(text, {isTyping: !text.endsWith(" ")}).groups
    .flatMap(({lines}) => lines.map(({topic, link}) => (link || topic).title))"""

Find = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def empty(browser: Browser) -> Page:
    """A page that holds the engine and nothing else."""
    page = browser.new_page()
    add_engine(page)
    return page


def finding(page: Page, catalogue: Catalogue) -> Find:
    """Asks the engine for titles in an index, best first."""
    shown = ShownCatalogue.of(catalogue, ())
    begin(page, call_first_file(shown), files.search_files(shown, {"about/": "About"}))
    return lambda text: page.evaluate(SEARCH, text)


@pytest.fixture(scope="module")
def find(empty: Page, catalogue: Catalogue) -> Find:
    return finding(empty, catalogue)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("GCP2", "GCP2"),
        ("gcp2!", "GCP2"),
        ("what is GCP2", "GCP2"),
        ("neglectt", "GCP2"),
        ("nelgect", "GCP2"),
        ("atachment", "Attachment (DMM)"),
        ("attachmentdmm", "Attachment (DMM)"),
        ("motivational inter viewing", "Motivational interviewing"),
        ("motivashional interveiwing", "Motivational interviewing"),
        ("motivat", "Motivational interviewing"),
    ],
)
def test_words_are_forgiven_each_by_itself(typed: str, title: str, find: Find) -> None:
    assert find(typed)[0] == title


@pytest.mark.parametrize(
    "typed", ["", "the and of", "a", "12", "qqqq zzzz", "dinosaur museum opening", "£££", "👍"]
)
def test_what_fits_nothing_finds_nothing(typed: str, find: Find) -> None:
    assert find(typed) == []


def test_small_words_change_little(find: Find) -> None:
    assert find("what is attachment")[0] == find("attachment")[0]


def test_at_most_ten_are_found(find: Find) -> None:
    assert 4 < len(find("aces trauma attachment neglect motivational")) <= 10


@pytest.mark.parametrize("typed", ["1800108081570123", "0808 1570123", "+44 808 157 0123"])
def test_a_number_is_found_however_it_is_typed(typed: str, empty: Page) -> None:
    text = catalogue_text().replace("phone: 0800 1111", "phone: 18001 0808 157 0123")
    index = parsed(text)
    titles = [link.title for link in index.current_resources if link.phone]
    assert finding(empty, index)(typed) == titles


def test_every_number_of_the_index_is_found(empty: Page, catalogue: Catalogue) -> None:
    find = finding(empty, catalogue)
    for link in catalogue.current_resources:
        if link.phone:
            assert link.title in find(link.phone.number)
            assert link.title in find(link.phone.number.replace(" ", ""))


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("cy", "welsh"),
        ("cy", "Cymraeg"),
        ("pl", "polish"),
        ("ur", "urdu"),
        ("ur", "اردو"),
        ("fa", "farsi"),
    ],
)
def test_a_link_is_found_by_what_its_language_is_called(code: str, typed: str, empty: Page) -> None:
    index = parsed(catalogue_text().replace("language: cy", f"language: {code}"))
    titles = {link.title for link in index.current_resources if link.language == (code,)}
    find = finding(empty, index)
    assert titles
    assert titles <= set(find(typed))
    assert not titles & set(find("english"))


def test_what_people_say_finds_the_topic_that_they_mean(empty: Page, catalogue: Catalogue) -> None:
    said = {"gcp2": ("house is filthy", "no food in the cupboards")}
    find = finding(empty, dataclasses.replace(catalogue, meanings=said))
    assert find("theres no food in our cupboard")[0] == "GCP2"
    assert find("the house is so filthy")[0] == "GCP2"


def test_a_saying_of_small_words_counts_only_as_a_whole(empty: Page, catalogue: Catalogue) -> None:
    said = {"gcp2": ("he is not with us any more",)}
    find = finding(empty, dataclasses.replace(catalogue, meanings=said))
    assert find("now that he is not with us any more")[0] == "GCP2"
    assert find("any more with us") == []


def test_what_is_said_twice_of_a_topic_comes_once(catalogue: Catalogue) -> None:
    said = {"gcp2": ("house is filthy", "a filthy house", *catalogue.category("gcp2").keywords)}
    shown = ShownCatalogue.of(dataclasses.replace(catalogue, meanings=said), ())
    topics = files.search_content(shown)["topics"]
    (topic,) = (topic for topic in topics if topic["title"] == "GCP2")
    assert topic["sayings"] == ["filthy house"]


def test_a_word_of_elsewhere_counts_beside_another_that_is_said_here(
    empty: Page, catalogue: Catalogue
) -> None:
    said = {"gcp2": ("cat starving",)}
    find = finding(empty, dataclasses.replace(catalogue, meanings=said))
    assert find("their cat is starving")[0] == "GCP2"
    assert find("cat grooming") == []


def test_a_link_that_holds_all_of_a_question_stands_before_its_topic(find: Find) -> None:
    link = find("implementation evaluation gcp2 managers")[0]
    assert link == "Implementation evaluation of Graded Care Profile 2"
    assert find("gcp2")[0] == "GCP2"


def test_what_was_asked_finds_the_link_that_answers(empty: Page, catalogue: Catalogue) -> None:
    links = ShownCatalogue.of(catalogue, ()).resources_of(catalogue.category("gcp2"))
    one, other = links[:2]
    asked = [
        Question(f"{words} {number}", (link.id,))
        for number in range(3)
        for words, link in (("flaky ceiling peeling", one), ("mould in the larder", other))
    ]
    find = finding(empty, dataclasses.replace(catalogue, questions=tuple(asked)))
    assert find("flaky ceiling")[0] == one.title
    assert find("mould in our larder")[0] == other.title
    assert find("ceiling") == [one.title]


@pytest.mark.parametrize(
    "text",
    [
        "Children's centres, self-harm & ADHD/ASD (2026)",
        "Großeltern, café, naïve, Ærø",
        "شِكرا كتاب",
        "¿Cómo hablar?",
        "x\u200by",
    ],
)
def test_the_generator_and_the_browser_cut_words_alike(text: str, empty: Page) -> None:
    bare = empty.evaluate("text => LinkIndexEngine.wordsOf(text)", text)
    cut = empty.evaluate("text => LinkIndexEngine.wordsOf(text)", " ".join(words.words(text)))
    assert bare == cut


def test_an_index_of_thousands_comes_in_parts_that_everybody_fetches(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, empty: Page
) -> None:
    monkeypatch.setattr(files, "IN_ONE_PART", 10)
    made = files.search_files(ShownCatalogue.of(catalogue, ()))
    first = json.loads(made[files.FIRST])
    later = [first["meanings"], *first["parts"]]
    assert [f"{files.FOLDER}/{name}" for name in later] == list(made)[1:]
    parts = [first, *(json.loads(made[name]) for name in list(made)[2:])]
    assert sum(part["count"] for part in parts) == len(catalogue.current_resources)
    last = catalogue.current_resources[-1]
    assert last.title in finding(empty, catalogue)(last.title)


def test_links_are_found_by_their_titles_before_their_words_have_come(
    empty: Page, catalogue: Catalogue
) -> None:
    finding(empty, catalogue)
    empty.evaluate("window.begun = LinkIndexEngine.create(MiniSearch), begun.begin(unpacked)")
    find_early = SEARCH.replace("engine.", "begun.")
    for link in catalogue.current_resources:
        assert link.title in empty.evaluate(find_early, link.title), link.title


def test_written_pages_are_found_by_their_titles() -> None:
    written = {
        "about.md": "# About Example \\(links\\)\n\ntext",
        "safety.md": "---\ntitle: Staying safe\n---\n# Other\n",
        "offline.md": "---\nsearch:\n  exclude: true\n---\n# Kept out\n",
        "guide/index.md": "# Our guide\n",
        "none.md": "text",
    }
    assert titles_of(written) == {
        "about/": "About Example (links)",
        "safety/": "Staying safe",
        "guide/": "Our guide",
    }
