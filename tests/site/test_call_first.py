"""Whom to call first, above what a search finds, for somebody in danger who searches instead."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.conftest import NewPage
from tests.site.conftest import DESKTOP, PHONE, wait_for_what_was_begun, wait_until_still
from tests.site.test_browser import axe_faults_in_both_schemes, on_top, search, titles_found
from tests.site.test_comfort import SMALL, TOUCH, ZOOMED
from tests.support.catalogues import catalogue_text, parsed

from linkindex.catalogue import Catalogue, ShownCatalogue
from linkindex.site.call_first import (
    WITHOUT_A_FIT,
    call_first_file,
    concerns,
    lines_for,
)
from linkindex.site.search import files


def opened(page: Page, address: str) -> Locator:
    """The place of the numbers, once the search is open and they have come."""
    page.goto(address)
    page.locator("[data-open-search]:visible").first.click()
    place, query = page.locator("[data-call-first]"), page.locator("[data-search-query]")
    query.fill("he hits me")
    expect(place).to_be_visible()
    query.fill("")
    expect(place).to_be_hidden()
    return place


def typed(page: Page, query: str) -> list[str]:
    """The numbers that stand above what is found, in order."""
    page.locator("[data-search-query]").fill(query)
    return [
        re.sub(r"\D", "", address)
        for address in page.locator("[data-call-first] ul a").evaluate_all(
            "links => links.map(link => link.getAttribute('href'))"
        )
    ]


def first_call(page: Page) -> Locator:
    return page.locator("[data-call-first]").get_by_role("link", name="Call 999 for")


# Which numbers


def test_no_number_is_said_twice_and_the_first_is_the_one_for_emergencies(
    catalogue: Catalogue,
) -> None:
    content = json.loads(call_first_file(catalogue))
    for concern in content["concerns"]:
        shown = "".join(content["lines"][place] for place in concern["shown"])
        numbers = re.findall(r'href="((?:tel|sms):\d+)"', shown)
        assert numbers[0] == "tel:999"
        assert len(numbers) == len(set(numbers))


def test_an_index_whose_numbers_fit_no_concern_shows_its_urgent_help() -> None:
    index = parsed(catalogue_text())
    fallen_back = [lines_for(index, concern) for concern in concerns() if concern.lines]
    urgent = [line.name for line in index.urgent_help]
    assert fallen_back
    for lines in fallen_back:
        assert 0 < len(lines) <= WITHOUT_A_FIT
        assert {getattr(line, "name", None) for line in lines} & set(urgent)


def test_a_number_that_is_kept_from_readers_stands_nowhere(catalogue: Catalogue) -> None:
    line = catalogue.resource("national-da-helpline")
    withheld = ShownCatalogue.of(catalogue, {line.id})
    assert line.phone
    dialled = f"tel:{line.phone.number.replace(' ', '')}"
    assert dialled in call_first_file(catalogue)
    assert dialled not in call_first_file(withheld)


# When they are shown


def test_numbers_come_and_go_with_what_is_typed_and_are_announced(
    host: str, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    place = opened(page, host)
    status = page.locator("[data-call-said]")
    expect(status).to_have_attribute("role", "status")
    assert typed(page, "bedtime routine") == []
    expect(place).to_be_hidden()
    assert status.inner_text() == ""
    assert typed(page, "he hits me")
    expect(page.get_by_role("region", name="Whom to call first")).to_be_visible()
    expect(status).to_contain_text("Call 999 for Emergency services")
    page.get_by_role("button", name="Clear the search").click()
    expect(place).to_be_hidden()
    expect(status).to_have_text("")


def test_a_worker_who_looks_for_a_policy_sees_one_line(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    place = opened(page, host)
    assert typed(page, "self harm policy") == ["999"]
    expect(place.get_by_role("listitem")).to_have_count(1)
    expect(place).to_contain_text("If someone is in danger now: call 999")
    expect(page.locator("[data-call-said]")).to_have_text("If someone is in danger now: call 999")
    box = place.bounding_box()
    assert box
    assert box["height"] < 120
    assert len(typed(page, "self harm")) > 1


def test_a_warning_stands_before_the_first_number(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    opened(page, host)
    warning = page.get_by_text("A call may show in this phone's call list")
    expect(warning).to_be_hidden()
    typed(page, "suicide")
    expect(warning).to_be_visible()
    top = page.locator("#li-search a[href^='tel:']:visible").first.bounding_box()
    said = warning.bounding_box()
    assert said
    assert top
    assert said["y"] + said["height"] <= top["y"]


def test_somebody_in_danger_sees_the_first_number_without_scrolling(
    host: str, new_page: NewPage
) -> None:
    for screen in (PHONE, DESKTOP):
        page = new_page(viewport=screen)
        opened(page, host)
        typed(page, "someone is hurting my child")
        wait_until_still(page)
        expect(first_call(page)).to_be_in_viewport(ratio=1)
        expect(page.get_by_role("link", name="Leave this site")).to_be_in_viewport(ratio=1)
        assert on_top(page, "[data-exit]")


def test_help_for_where_the_reader_lives_comes_first(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    opened(page, f"{host}#nation=wales")
    assert typed(page, "my husband hits me")[:2] == ["999", "08088010800"]


def test_numbers_work_by_keyboard(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    opened(page, host)
    typed(page, "kill myself")
    reached = []
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href')"))
    assert "tel:999" in reached
    assert "tel:116123" in reached


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["390", "1280"])
def test_axe_finds_no_fault_beside_numbers(
    screen: dict[str, int], host: str, new_page: NewPage
) -> None:
    page = new_page(viewport=screen)
    opened(page, host)
    search(page, "he hits me")
    assert axe_faults_in_both_schemes(page) == []


def test_numbers_are_as_large_as_a_finger_and_have_an_edge(host: str, new_page: NewPage) -> None:
    page = new_page(**TOUCH, forced_colors="active")
    opened(page, host)
    search(page, "debt")
    wait_until_still(page)
    assert page.evaluate(SMALL) == []
    search(page, "he hits me")
    assert page.evaluate(SMALL) == []
    edges = page.locator("[data-call-first] .li-button").evaluate_all(
        "all => all.map(one => getComputedStyle(one).borderTopStyle)"
    )
    assert set(edges) == {"solid"}


def test_numbers_and_the_way_out_are_in_reach_at_400_per_cent(host: str, new_page: NewPage) -> None:
    page = new_page(**ZOOMED)
    opened(page, host)
    search(page, "he hits me")
    wait_until_still(page)
    expect(page.get_by_role("link", name="Leave this site")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    call = first_call(page)
    call.focus()
    expect(call).to_be_in_viewport(ratio=1)
    wide, room = page.locator(".li-search__output").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert wide <= room


def test_what_is_typed_goes_nowhere(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    opened(page, host)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    search(page, "he hits me")
    wait_for_what_was_begun(page)
    assert not [url for url in asked if "hits" in url]
    assert page.url == host
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_numbers_are_fetched_once_and_only_when_search_is_used(
    host: str, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{host}aces/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "danger" in url or "numbers" in url]
    page.get_by_role("button", name="Search", exact=True).click()
    search(page, "trauma")
    typed(page, "suicide")
    assert len([url for url in asked if url.endswith("search/numbers.json")]) == 1


def test_numbers_that_did_not_come_are_asked_for_again(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    page.route("**/search/numbers.json", lambda route: route.abort())
    page.goto(host)
    with page.expect_event("requestfailed"):
        page.locator("[data-open-search]:visible").first.click()
    page.unroute("**/search/numbers.json")
    page.get_by_role("combobox", name="Search the links").press_sequentially("suicide")
    expect(first_call(page)).to_be_visible()


def answer_with(page: Page, bodies: Mapping[str, str | bytes], times: int | None = None) -> None:
    """Let a page get these bodies for these paths, in the given number of requests."""

    def come(path: str) -> None:
        page.route(f"**/{path}", lambda route: route.fulfill(body=bodies[path]), times=times)

    for path in bodies:
        come(path)


def test_words_that_did_not_come_are_asked_for_again_and_until_then_nothing_is_said_to_be_missing(
    host: str, catalogue: Catalogue, new_page: NewPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "IN_ONE_PART", 60)
    index = files.search_files(ShownCatalogue.of(catalogue, ()))
    *_, last = index
    page = new_page(viewport=PHONE)
    answer_with(page, index)
    page.route(f"**/{last}", lambda route: route.abort())
    page.goto(host)
    with page.expect_event("requestfailed"):
        page.locator("[data-open-search]:visible").first.click()
    query = page.get_by_role("combobox", name="Search the links")
    count = page.locator("[data-search-count]")
    expect(page.locator("[data-search-slow]")).to_be_visible()
    query.fill("governors")
    expect(count).to_have_text("Searching …")
    page.unroute(f"**/{last}")
    answer_with(page, {last: index[last]})
    query.press_sequentially(" ")
    expect(count).to_have_text("1 found.")
    assert titles_found(page) == ["School Exclusions Hub"]
    expect(page.locator("[data-search-slow]")).to_be_hidden()


NO_PART = {
    "the page of a hotel's network": "<!doctype html><title>Log in</title>",
    "a part that was cut off": None,
    "an answer of another service": '{"status": "ok"}',
    "nothing": "null",
}


@pytest.mark.parametrize("body", NO_PART.values(), ids=NO_PART.keys())
@pytest.mark.parametrize("which", ["numbers", "index", "last"])
def test_a_part_that_came_and_cannot_be_read_is_asked_for_again(
    which: str,
    body: str | None,
    host: str,
    catalogue: Catalogue,
    new_page: NewPage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(files, "IN_ONE_PART", 60)
    index = files.search_files(ShownCatalogue.of(catalogue, ()))
    *_, last = index
    broken = last if which == "last" else f"search/{which}.json"
    page = new_page(viewport=PHONE)
    answer_with(page, index)
    answer_with(page, {broken: '{"spelt": "Aab' if body is None else body}, times=1)
    page.goto(host)
    with page.expect_response(f"**/{broken}"):
        page.locator("[data-open-search]:visible").first.click()
    expect(page.locator("[data-search-slow]")).to_be_visible()
    query = page.get_by_role("combobox", name="Search the links")
    query.fill("governors")
    expect(page.locator("[data-search-count]")).to_have_text("1 found.")
    assert titles_found(page) == ["School Exclusions Hub"]
    expect(page.locator("[data-search-slow]")).to_be_hidden()


# The numbers of what is found


def test_a_link_that_is_found_shows_its_number_once(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    opened(page, host)
    assert "StepChange Debt Charity" in search(page, "debt")
    call = page.get_by_role("link", name="Call 0800 138 1111 for StepChange Debt Charity")
    expect(call).to_be_visible()
    assert call.get_attribute("href") == "tel:08001381111"
    expect(page.get_by_text("A call may show in this phone's call list")).to_be_visible()
    search(page, "he hits me")
    assert "National Domestic Abuse Helpline" in titles_found(page)
    shown = page.locator("#li-search a[href='tel:08082000247']:visible")
    assert shown.count() == 1
    search(page, "crittenden")
    expect(page.locator(".li-result-calls")).to_have_count(0)
    expect(page.get_by_text("A call may show in this phone's call list")).to_be_hidden()
