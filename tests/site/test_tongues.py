"""The pages of what there is in other languages, in sign language and in easy read."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from tests.conftest import NewPage
from tests.site.conftest import PHONE
from tests.site.test_search import Find, empty, finding  # noqa: F401 - one is a fixture
from tests.support.catalogues import catalogue_text, parsed
from tests.support.pages import as_written

from linkindex.catalogue import ShownCatalogue
from linkindex.site.generate import generate
from linkindex.site.outputs import written_pages
from linkindex.site.tongues import tongues


def _index(language: str, *, forms: str = "", sensitive: bool = False) -> ShownCatalogue:
    text = catalogue_text(sensitive=sensitive)
    assert "language: cy" in text
    said = f"language: {language}" + (f"\n        accessible_as: {forms}" if forms else "")
    return ShownCatalogue.of(parsed(text.replace("language: cy", said)), ())


def test_each_language_besides_the_usual_one_has_a_page_headed_in_itself() -> None:
    pages = {one.code: one for one in tongues(_index("[en, pl, ur]"))}
    assert {code: one.heading for code, one in pages.items()} == {
        "pl": "Po polsku",
        "ur": "اردو میں",
    }
    assert [one.name for one in pages.values()] == ["Polish", "Urdu"]
    assert {code for code, one in pages.items() if one.from_right} == {"ur"}


def test_a_language_without_a_heading_of_its_own_is_called_by_its_own_name() -> None:
    (only,) = tongues(_index("de"))
    assert (only.heading, only.name) == ("Deutsch", "German")


def test_what_comes_in_several_languages_is_shown_for_each_as_what_may_fit() -> None:
    (polish,) = tongues(_index("[pl, mul]"))
    assert len(polish.links) == 2
    assert polish.perhaps == ()
    index = _index("[mul]")
    assert tongues(index) == ()


def test_an_index_in_one_language_has_no_such_page() -> None:
    index = _index("en")
    assert tongues(index) == ()
    files = generate(index, written_pages())
    assert not [path for path in files if path.startswith("languages")]
    assert b"Other languages" not in b"".join(files.values())


def test_sign_language_and_easy_read_have_a_page_and_captions_are_a_choice() -> None:
    index = _index("en", forms="[captions, easy-read, bsl]")
    assert [one.address for one in tongues(index)] == ["languages/bsl/", "languages/easy-read/"]
    page = generate(index, {})["all.md"].decode()
    assert '<option value="captions">With captions</option>' in page
    assert 'data-also="captions easy-read bsl"' in page


def test_urgent_help_and_home_lead_to_the_languages() -> None:
    files = generate(_index("pl"), written_pages())
    assert 'href="/languages/"' in as_written(files["urgent.html"])
    assert 'href="languages/"' in files["index.md"].decode()


def test_a_link_that_tells_is_named_on_the_screen_alone() -> None:
    page = generate(_index("pl", sensitive=True), {})["languages/pl.md"].decode()
    assert "before you open" in page.casefold()
    assert 'class="li-discreet"' in page
    assert "kestrel" not in page.split("---")[1].casefold()


@pytest.fixture
def found(empty: Page) -> Find:  # noqa: F811
    return finding(empty, _index("pl", forms="[easy-read, bsl]"))


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("polish", "Polish: Po polsku"),
        ("polski", "Polish: Po polsku"),
        ("in polish", "Polish: Po polsku"),
        ("po polsku", "Polish: Po polsku"),
        ("bsl", "British Sign Language (BSL)"),
        ("sign language", "British Sign Language (BSL)"),
        ("easy read", "Easy read"),
        ("interpreter", "Other languages"),
    ],
)
def test_the_search_leads_to_the_page_of_a_language(typed: str, title: str, found: Find) -> None:
    assert title in found(typed)


def test_what_to_say_for_an_interpreter_can_be_read_beside_the_way_out(
    address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.goto(address_of["language"])
    assert page.locator("h1").inner_text() == "Po polsku"
    assert page.locator("h1 bdi").get_attribute("lang") == "pl"
    said = page.get_by_text("“Polish, please. I need an interpreter.”")
    said.scroll_into_view_if_needed()
    assert page.locator("[data-exit]").is_visible()
    assert page.locator("a[href='tel:999']").first.is_visible()
