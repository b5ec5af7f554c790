"""From the home page, people find what is for them in three taps."""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from playwright.sync_api import Locator, Page

from tests.conftest import NewPage
from tests.site.conftest import PHONE

JOURNEYS = yaml.safe_load((Path(__file__).parent / "journeys.yaml").read_text("utf-8"))
MOST_TAPS = 3
MORE_LINKS = "[data-show-later=links]"

PEOPLE = ("father", "grand", "gay", "trans", "disabled parent", "Gypsy", "Roma", "Traveller")


def test_the_journeys_are_of_all_whom_a_list_for_families_forgets() -> None:
    for people in PEOPLE:
        assert any(people in journey["who"] for journey in JOURNEYS), people


def test_each_finds_what_is_for_them_in_three_taps(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE, has_touch=True)
    lost = {
        journey["who"]: why
        for journey in JOURNEYS
        if (why := _lost(page, host, journey["taps"], journey["named"]))
    }
    assert lost == {}


def _lost(page: Page, host: str, taps: list[str], named: str) -> str | None:
    """Where a journey ends too early, if it does."""
    if len(taps) > MOST_TAPS:
        return f"{len(taps)} taps"
    unfolded = 0
    page.goto("about:blank")
    page.goto(host)
    for number, text in enumerate(taps, start=1):
        link = _link(page, text)
        if link.count() == 0 and page.locator(MORE_LINKS).is_visible():
            unfolded += 1
            page.locator(MORE_LINKS).tap()
        if len(taps) + unfolded > MOST_TAPS:
            return "more than three taps, with the one for more links"
        if link.count() == 0:
            return f"nothing to tap says {text!r}"
        address = link.get_attribute("href") or ""
        if number == len(taps) and re.match(r"https?:|tel:|sms:", address):
            beside = link.locator("xpath=ancestor::*[self::article or self::li][1]")
            seen = " ".join((beside.inner_text(), *page.locator("h1, .li-lead").all_inner_texts()))
            return None if _names(named, seen) else f"{text!r} does not name them"
        link.tap()
        page.wait_for_url(re.compile(r"^(?!.*#).*/\w+/"))
    words = page.get_by_role("main").inner_text()
    return None if _names(named, words) else f"the page does not name them: {named!r}"


def _link(page: Page, text: str) -> Locator:
    """What can be seen and tapped, and begins with these words."""
    start = re.compile(rf"^\s*{re.escape(text)}")
    return page.locator("main a:visible").filter(has_text=start).first


def _names(people: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(people)}(?!\w)", text, re.IGNORECASE) is not None
