"""The look of the pages: what they weigh, one edge for all, and the colours of an organisation."""

from __future__ import annotations

import dataclasses
import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response
from tests.conftest import NewPage
from tests.site.conftest import DESKTOP, PHONE
from tests.support.pages import as_written

from linkindex.cards.deck import make_deck
from linkindex.catalogue import Catalogue, ShownCatalogue
from linkindex.catalogue.model import Colours
from linkindex.catalogue.palette import colour_on_cards
from linkindex.site.generate import generate
from linkindex.site.outputs import theme_settings
from linkindex.wording import second_line

MOST_KILOBYTES = 60
"""All that a first visit to the home page or a topic fetches, compressed."""


@pytest.mark.parametrize("kind", ["home", "category"])
def test_a_first_visit_fetches_at_most_sixty_kilobytes(
    kind: str, address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    came: list[Response] = []
    page.on("response", lambda answer: came.append(answer))
    page.goto(address_of[kind], wait_until="networkidle")
    weights = {one.url: len(gzip.compress(one.body())) for one in came}
    assert any(url.endswith(".css") for url in weights)
    assert sum(weights.values()) <= MOST_KILOBYTES * 1024, weights


def test_nothing_that_is_waited_for_before_reading_is_a_file_of_its_own(site: Path) -> None:
    for path in ("index.html", "aces/index.html", "about/index.html"):
        head, _, body = as_written((site / path).read_bytes()).partition("<body")
        assert "<style>" in head
        assert 'rel="stylesheet"' not in head, path
        assert "<script src" not in head, path
        assert body.index("</main>") < body.index('rel="stylesheet"'), path


def test_no_page_asks_for_a_file_of_a_theme(site: Path) -> None:
    assert not (site / "assets" / "stylesheets").exists()
    assert not (site / "assets" / "javascripts").exists()
    assert "assets/stylesheets" not in (site / "index.html").read_text("utf-8")


def left(page: Page, selector: str) -> float:
    edge: float = page.locator(selector).first.evaluate("one => one.getBoundingClientRect().left")
    return round(edge)


def right(page: Page, selector: str) -> float:
    edge: float = page.locator(selector).first.evaluate("one => one.getBoundingClientRect().right")
    return round(edge)


def test_logo_menu_search_and_column_share_their_edges(
    address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=DESKTOP)
    page.goto(address_of["category"])
    assert left(page, ".li-search__form") == left(page, "#content")
    assert abs(left(page, ".li-mark") - left(page, ".li-nav__heading")) <= 1
    assert abs(left(page, ".li-mark") - left(page, ".li-bar__note")) <= 1
    assert right(page, ".li-bar__leave") == right(page, "#content")


@pytest.mark.parametrize("width", [700, 1280, 1920])
def test_the_way_out_is_a_button_and_no_wall(
    width: int, address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    page.goto(address_of["category"])
    leave = page.locator(".li-bar__leave")
    box = leave.bounding_box()
    assert box
    assert 120 <= box["width"] <= 320
    page.evaluate("scrollTo(0, 2000)")
    box = leave.bounding_box()
    assert box
    assert box["y"] == 0, "it stays in reach"


def test_the_second_line_of_a_tile_says_something_new(catalogue: Catalogue) -> None:
    for category in catalogue.current_categories:
        line = second_line(category)
        if line:
            said = set(re.findall(r"\w+", category.title.casefold()))
            assert set(re.findall(r"\w+", line.casefold())) - said, category.id


BRAND = "#5c2a86"


@pytest.fixture(scope="module")
def branded(catalogue: Catalogue) -> ShownCatalogue:
    shown = ShownCatalogue.of(catalogue, ())
    settings = shown.settings.model_copy(update={"colours": Colours(brand=BRAND, paper="#ffffff")})
    return dataclasses.replace(shown, settings=settings)


def test_the_colours_of_an_organisation_reach_pages_scan_pages_and_cards(
    branded: ShownCatalogue,
) -> None:
    assert f"--li-link:{BRAND}" in theme_settings(branded)["style"]
    files = generate(branded, {})
    assert f":{BRAND}" in files["q/aces.html"].decode()
    assert f":{BRAND}" in files["urgent.html"].decode()
    index = next(card for card in make_deck(branded).cards if card.kind == "index")
    assert index.colour == colour_on_cards(branded.settings.colours) == BRAND
