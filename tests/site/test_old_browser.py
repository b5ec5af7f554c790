"""A phone of 2018 reads the site, without comforts; so does a page opened from a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.conftest import NewPage
from tests.support.lacking import skip_or_fail
from tests.support.old_chromium import OldPage, old_chromium, old_page

from linkindex.catalogue import Catalogue

EXIT = "www.bbc.co.uk"
PAGES = {
    "home": "",
    "category": "aces/",
    "A to Z": "all/",
    "written page": "safety/",
    "cards": "cards/",
    "scan page": "q/aces",
    "urgent help": "urgent",
}


@pytest.fixture(scope="module")
def old(site: Path) -> Iterator[OldPage]:
    program = old_chromium()
    if program is None:
        skip_or_fail("a browser of 2018 cannot be fetched; install npm")
    with old_page(program) as page:
        yield page


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_every_kind_of_page_reads_without_an_error(
    path: str, width: int, old: OldPage, host: str
) -> None:
    old.open(f"{host}{path}", width)
    assert old.errors == []
    assert old.value("document.querySelector('h1').getBoundingClientRect().height") > 20
    assert old.value("document.documentElement.scrollWidth <= innerWidth")
    leave = "getComputedStyle(document.querySelector('[data-exit]'))"
    assert float(old.value(f"parseFloat({leave}.fontSize)")) >= 16
    assert old.value(f"{leave}.backgroundColor") == "rgb(163, 35, 31)"


@pytest.mark.parametrize("path", ["aces/", "q/aces"])
def test_the_keyboard_shows_where_it_is(path: str, old: OldPage, host: str) -> None:
    old.open(f"{host}{path}")
    ring = """(() => {
        const link = document.querySelector('li a[rel=noreferrer]');
        link.focus();
        return getComputedStyle(link).outlineStyle;
    })()"""
    assert old.value(ring) != "none"


@pytest.mark.parametrize("path", ["aces/", "q/aces"])
def test_one_leaves_by_the_bar_and_by_shift(path: str, old: OldPage, host: str) -> None:
    old.open(f"{host}{path}")
    for _ in range(2):
        old.press("Shift")
    assert "press 1 more time" in old.value(
        "document.querySelector('[data-exit-status]').innerText"
    )
    old.press("Shift")
    assert old.asked_for(EXIT)
    old.open(f"{host}{path}")
    old.value("document.querySelector('[data-exit]').click()")
    assert old.asked_for(EXIT)


def test_the_menu_opens_and_closes(old: OldPage, host: str) -> None:
    old.open(host)
    old.value("document.querySelector('.li-menu-button').click()")
    old.wait_for("document.activeElement.closest('#li-navigation') !== null")
    old.value("document.querySelector('[data-close-menu]').click()")
    old.wait_for("document.activeElement.matches('.li-menu-button')")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_a_to_z_stands_in_for_the_search(width: int, old: OldPage, host: str) -> None:
    old.open(host, width)
    shown = "[...document.querySelectorAll('{}')].filter(e => e.offsetHeight).length"
    assert old.value(shown.format("[data-open-search], .li-search__input")) == 0
    assert old.value(shown.format(".li-no-search-link")) == 1


def test_no_script_names_letters_of_every_script_where_an_old_browser_would_stop(
    site: Path,
) -> None:
    """Firefox before 78 refuses the whole of a script with such an expression."""
    for script in (site / "assets").glob("*.js"):
        assert not re.search(r"(?<!\\)\\p\{", script.read_text("utf-8")), script.name


def test_choices_are_shown_and_counted(old: OldPage, host: str) -> None:
    old.open(f"{host}aces/#for=families")
    count = old.value("document.querySelector('[data-count]').innerText")
    assert "links are listed" in count
    assert not count.startswith("All")


def test_a_page_is_passed_on(old: OldPage, host: str) -> None:
    old.open(f"{host}aces/")
    old.value("document.querySelector('[data-pass-on]').click()")
    assert old.value("document.querySelector('[data-message]').value").startswith(
        "From Example Council: "
    )
    assert old.errors == []


def test_a_site_opened_from_a_file_reads_and_leads_on(
    site: Path, new_page: NewPage, catalogue: Catalogue
) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name=catalogue.category("aces").title).first.click()
    expect(page.get_by_role("heading", name="ACEs", level=1)).to_be_visible()
    assert page.url.endswith("/aces/index.html")
    band = page.locator(".li-band").evaluate("e => getComputedStyle(e).backgroundColor")
    assert band == "rgb(150, 16, 58)"
    page.goto((site / "q" / "aces.html").as_uri())
    expect(page.get_by_role("heading", name="ACEs", level=1)).to_be_visible()
