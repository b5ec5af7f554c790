"""Handing over one link from a scan page: how many taps it takes, and what is sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.conftest import NewPage
from tests.site.conftest import PHONE, codes_on_screen, wait_until_still
from tests.site.test_browser import axe_faults_in_both_schemes
from tests.support.catalogues import catalogue_text, parsed

from linkindex.catalogue import Catalogue, Category, ShownCatalogue
from linkindex.site.exports import Discretion
from linkindex.site.handing import messages
from linkindex.site.selection import leaves_a_trace, start_here

ScanPages = Callable[[], Iterator[tuple[Category, Page]]]


def body_of(way: Locator) -> str:
    return parse_qs(urlsplit(way.get_attribute("href") or "").query)["body"][0]


def scrolled(page: Page) -> float:
    return float(page.evaluate("scrollY"))


@pytest.fixture(scope="module")
def scan_pages(host: str, catalogue: Catalogue, browser: Browser) -> Iterator[ScanPages]:
    """Opens the scan page of each topic in turn, without scripts."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()

    def each() -> Iterator[tuple[Category, Page]]:
        for category in catalogue.current_categories:
            page.goto(f"{host}q/{category.code}")
            yield category, page

    yield each
    context.close()


def test_a_topic_is_handed_over_in_two_taps_without_scrolling(scan_pages: ScanPages) -> None:
    for category, page in scan_pages():
        band = page.locator("header").bounding_box()
        opens = page.locator("summary").first
        at = opens.bounding_box()
        assert band
        assert at
        assert 0 <= at["y"] - band["y"] - band["height"] < 16, "directly under the band"
        opens.click()
        topic = page.locator("main > details").first
        for way in (*topic.get_by_role("link").all(), topic.get_by_role("img")):
            expect(way).to_be_in_viewport(ratio=1)
        assert scrolled(page) == 0, category.id


def test_the_first_pick_of_a_plain_topic_is_handed_over_in_two_taps_without_scrolling(
    scan_pages: ScanPages, catalogue: Catalogue
) -> None:
    handed = 0
    for category, page in scan_pages():
        if leaves_a_trace(catalogue, category) or not category.start_here.families:
            continue
        handed += 1
        pick = page.locator("section ol > li").first.locator("details")
        expect(pick.locator("summary"), category.id).to_be_in_viewport(ratio=1)
        pick.locator("summary").click()
        for way in pick.get_by_role("link").all():
            expect(way, category.id).to_be_in_viewport(ratio=1)
        assert scrolled(page) == 0, category.id
    assert handed > 5


def test_a_scan_page_has_the_first_two_cautions_of_its_topic_and_numbers_as_buttons(
    scan_pages: ScanPages,
) -> None:
    for category, page in scan_pages():
        for caution in category.cautions[:2]:
            expect(page.get_by_text(caution.text).first).to_be_visible()
        for number in page.locator("[href^='tel:'], [href^='sms:0'], [href^='sms:8']").all():
            box = number.bounding_box()
            assert box
            assert box["height"] >= 44, category.id


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("kind", ["q", "r", "pick"])
def test_what_is_handed_over_is_one_request_and_reads_off_the_screen(
    kind: str, javascript: bool, host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    first = catalogue.resource(catalogue.category("aces").start_here.families[0])
    path = f"r/{first.code}" if kind == "r" else "q/aces"
    handed = "q/aces" if kind == "q" else f"r/{first.code}"
    page = new_page(viewport=PHONE, java_script_enabled=javascript)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{host}{path}")
    page.wait_for_load_state("networkidle")
    assert [url for url in requests if not url.startswith("data:")] == [f"{host}{path}"]
    folded = page.locator("section ol details" if kind == "pick" else "main > details").first
    folded.locator("summary").click()
    address = f"https://example.org/{handed}"
    for name in ("Text", "E-mail"):
        sent = body_of(folded.get_by_role("link", name=name))
        assert sent.startswith("From Example Council: ")
        assert sent.endswith(f": {address}")
    picture = folded.get_by_role("img", name=f"QR code. Opens {address}")
    picture.scroll_into_view_if_needed()
    assert codes_on_screen(page, address) == [address]


def test_what_is_not_sensitive_says_what_it_is_and_what_is_says_nothing(
    catalogue: Catalogue,
) -> None:
    discretion = Discretion(ShownCatalogue.of(catalogue, ()))
    said = messages("Example Council", discretion)
    plain = neutral = 0
    for category in catalogue.current_categories:
        address = f"https://example.org/q/{category.code}"
        assert said(category, True) == address
        assert (said(category, False) == address) == category.sensitive
        for resource in category.resources:
            address = f"https://example.org/r/{resource.code}"
            assert said(resource, True) == address
            if discretion.is_neutral(resource):
                neutral += 1
                assert said(resource, False) == address
            else:
                plain += 1
                assert said(resource, False).startswith(f"From Example Council: {resource.title}, ")
    assert plain
    assert neutral


@pytest.mark.parametrize(
    ("title", "full", "said"),
    [
        ("ACEs", "Adverse childhood experiences", "ACEs (Adverse childhood experiences)"),
        ("Sleep", "Sleep, for children and teenagers", "Sleep, for children and teenagers"),
        ("Co-production", "Co-Production", "Co-production"),
    ],
)
def test_a_topic_is_named_so_that_nothing_is_said_twice(title: str, full: str, said: str) -> None:
    index = parsed(catalogue_text())
    category = index.category("plain").model_copy(update={"title": title, "full_title": full})
    message = messages("Example Council", Discretion(ShownCatalogue.of(index, ())))(category, False)
    assert message == (
        f"From Example Council: {said}, a page of good links: https://example.org/q/plain"
    )


def test_a_pick_says_what_it_is_and_when_to_use_it(catalogue: Catalogue, site: Path) -> None:
    page = (site / "q" / "aces.html").read_text("utf-8")
    shown = re.sub(r"&#39;", "'", re.sub(r"&#34;", '"', page))
    for _, resources in start_here(catalogue, catalogue.category("aces")):
        for resource in resources:
            assert resource.summary in shown
            assert (resource.use_when or "") in shown


def first_pick(home: str, first: str, second: str) -> str | None:
    """The first pick of an index of one nation whose topic begins with two links."""
    head, found, topic = catalogue_text().partition("  - id: plain\n")
    head = head.replace("  tagline:", f"  nation: {home}\n  tagline:", 1)
    for old, new in [
        ("families: [plain-first]", "families: [plain-first, plain-second]"),
        ("nations: [england, wales]", f"nations: [{first}]"),
        ("nations: [uk]", f"nations: [{second}]"),
        ("audiences: [young-people]", "audiences: [families]"),
    ]:
        assert old in topic
        topic = topic.replace(old, new, 1)
    index = parsed(head + found + topic)
    shown = start_here(ShownCatalogue.of(index, ()), index.category("plain"))
    return shown[0][1][0].id if shown else None


def test_a_pick_for_another_nation_never_leads() -> None:
    assert first_pick("wales", "scotland", "wales") == "plain-second"
    assert first_pick("wales", "scotland", "international") == "plain-second"
    assert first_pick("scotland", "scotland", "wales") == "plain-first"
    assert first_pick("wales", "scotland", "england") is None


def test_axe_finds_no_fault_in_what_is_handed_over(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    for code in ("aces", "hb4"):
        page.goto(f"{host}q/{code}")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        wait_until_still(page)
        assert axe_faults_in_both_schemes(page) == []
