"""What people see and do, in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect
from tests.conftest import BROWSER_ARGUMENTS, NewPage, chromium_program
from tests.site.conftest import (
    DESKTOP,
    NARROW,
    PAGE_KINDS,
    PHONE,
    wait_for_what_was_begun,
    wait_until_still,
)
from tests.support.building import build_index
from tests.support.catalogues import catalogue_text
from tests.support.pages import by_class
from tests.support.static_host import serve_folder

from linkindex.catalogue import Catalogue

TO_THE_TOP = "scrollTo({top: 0, behavior: 'instant'})"

page_kinds = pytest.mark.parametrize("kind", PAGE_KINDS)


class Visit(NamedTuple):
    """A page of one kind that was opened, and what was heard of it."""

    kind: str
    page: Page
    requests: list[str]
    complaints: list[str]


@pytest.fixture(scope="module", params=PAGE_KINDS)
def visit(
    request: pytest.FixtureRequest, browser: Browser, address_of: dict[str, str]
) -> Iterator[Visit]:
    """Each kind of page, opened once on a phone for all tests that only look at it."""
    page = browser.new_page(viewport=NARROW)
    seen = Visit(request.param, page, [], [])
    page.on("request", lambda asked: seen.requests.append(asked.url))
    page.on("console", lambda message: seen.complaints.append(message.text))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.goto(address_of[seen.kind])
    page.wait_for_load_state("networkidle")
    yield seen
    page.close()


@pytest.fixture(scope="module", params=PAGE_KINDS)
def visit_without_scripts(
    request: pytest.FixtureRequest, browser: Browser, address_of: dict[str, str]
) -> Iterator[Visit]:
    """The same where no script runs."""
    page = browser.new_page(viewport=NARROW, java_script_enabled=False)
    page.goto(address_of[request.param])
    yield Visit(request.param, page, [], [])
    page.close()


def test_a_page_asks_nobody_else_and_stores_nothing(visit: Visit, host: str) -> None:
    page = visit.page
    assert [url for url in visit.requests if not url.startswith((host, "data:"))] == []
    assert page.context.cookies() == []
    stored = page.evaluate("[localStorage.length, sessionStorage.length]")
    assert stored == [0, 0]
    databases = page.evaluate("indexedDB.databases().then((all) => all.length)")
    assert databases == 0
    missing = visit.kind == "not found"
    own = [line for line in visit.complaints if not ("404" in line and missing)]
    assert own == []


def test_nothing_scrolls_sideways_at_320_pixels(visit: Visit) -> None:
    visit.page.set_viewport_size(NARROW)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_nothing_scrolls_sideways_at_320_pixels_without_javascript(
    visit_without_scripts: Visit,
) -> None:
    page = visit_without_scripts.page
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_way_out_is_in_reach_at_the_top_and_at_the_end_of_a_page(visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size(PHONE)
    page.evaluate(TO_THE_TOP)
    leave = page.get_by_role("link", name="Leave this site")
    expect(leave).to_be_in_viewport(ratio=1)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(leave).to_be_in_viewport(ratio=1)
    assert on_top(page, "[data-exit]")


def test_the_way_out_works_without_javascript(visit_without_scripts: Visit) -> None:
    page = visit_without_scripts.page
    page.set_viewport_size(PHONE)
    leave = page.get_by_role("link", name="Leave this site")
    expect(leave).to_be_visible()
    assert leave.get_attribute("href") == "https://www.bbc.co.uk/weather"
    assert leave.get_attribute("target") is None


@pytest.mark.parametrize("how", ["click", "shift"])
@pytest.mark.parametrize("kind", ["category", "scan page"])
def test_leaving_replaces_the_page_so_that_back_does_not_return_to_it(
    how: str, kind: str, address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.context.route(
        "https://www.bbc.co.uk/**", lambda route: route.fulfill(body="weather", status=200)
    )
    page.goto(address_of["urgent help"])
    page.goto(address_of[kind])
    if how == "click":
        page.get_by_role("link", name="Leave this site").click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url("https://www.bbc.co.uk/weather")
    page.go_back()
    assert page.url == address_of["urgent help"]


@pytest.mark.parametrize("kind", ["category", "scan page"])
def test_the_page_is_covered_at_once_while_the_way_out_is_slow(
    kind: str, address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.route("https://www.bbc.co.uk/**", lambda _: None)  # never answered
    page.goto(address_of[kind])
    # Playwright would wait for the next page before it looks at this one.
    session = page.context.new_cdp_session(page)
    looked = session.send(
        "Runtime.evaluate",
        {
            "expression": """
                document.querySelector("[data-exit]").click();
                [...document.querySelectorAll("body *")]
                    .filter((one) => one.offsetHeight && one.innerText)
                    .map((one) => one.innerText).concat(document.title).join(" | ")
            """,
            "returnByValue": True,
        },
    )
    assert looked["result"]["value"] == "Loading | Loading"


@pytest.mark.parametrize(
    ("path", "within"),
    [("all/", ".li-letters a"), ("aces/", ".li-skip"), ("q/aces", by_class("skip"))],
)
def test_a_jump_within_the_page_adds_nothing_for_back_to_return_to(
    path: str, within: str, host: str, address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.context.route(
        "https://www.bbc.co.uk/**", lambda route: route.fulfill(body="weather", status=200)
    )
    page.goto(address_of["urgent help"])
    page.goto(host + path)
    page.locator(within).first.evaluate("link => link.click()")
    page.wait_for_url(re.compile("#"))
    page.get_by_role("link", name="Leave this site").click()
    page.wait_for_url("https://www.bbc.co.uk/weather")
    page.go_back()
    assert page.url == address_of["urgent help"]


def test_back_brings_no_search_words_back(browser: Browser, address_of: dict[str, str]) -> None:
    # Playwright turns off the memory from which browsers show a former page at once.
    remembering = browser.browser_type.launch(
        executable_path=chromium_program(),
        args=BROWSER_ARGUMENTS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    page = remembering.new_page(viewport=DESKTOP)
    page.goto(address_of["home"])
    page.get_by_role("button", name="Search the links").click()
    search(page, "trauma")
    page.locator(".li-found__link").first.click()
    page.wait_for_url(lambda address: address != address_of["home"])
    page.evaluate("history.back()")
    while page.url != address_of["home"]:  # what comes from memory fires no event to wait for
        page.wait_for_timeout(50)
    expect(page.locator("[data-search-query]")).to_have_value("")
    assert "trauma" not in page.locator("[data-search-found]").inner_text().casefold()
    remembering.close()


def documents_asked_for(page: Page) -> list[str]:
    """The addresses of the pages that it goes to from now on, whether they come or not."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.is_navigation_request():
            asked.append(request.url)

    page.on("request", note)
    return asked


def test_a_search_can_never_be_submitted(address_of: dict[str, str], new_page: NewPage) -> None:
    page = new_page(viewport=DESKTOP)
    page.goto(address_of["home"])
    page.get_by_role("button", name="Search the links").click()
    page.locator("[data-search-query]").fill("a secret")
    asked = documents_asked_for(page)
    page.evaluate("document.forms.search.requestSubmit()")
    page.evaluate("document.forms.search.submit()")
    wait_for_what_was_begun(page)
    page.goto(address_of["glossary"])
    assert asked == [address_of["glossary"]]


def test_a_page_says_that_leaving_does_not_clear_history(visit: Visit) -> None:
    for viewport in (PHONE, DESKTOP):
        visit.page.set_viewport_size(viewport)
        words = visit.page.get_by_text(re.compile(r"does not clear (your )?history"))
        assert any(one.is_visible() for one in words.all())


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["390", "1280"])
def test_axe_finds_no_fault(visit: Visit, viewport: dict[str, int]) -> None:
    visit.page.set_viewport_size(viewport)
    visit.page.evaluate(TO_THE_TOP)  # further down, the bar may lie over part of a link
    assert axe_faults_in_both_schemes(visit.page) == []


@pytest.mark.parametrize("held", ["Alt", "Control", "Meta"])
def test_shift_with_another_key_held_does_not_leave(
    held: str, address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=DESKTOP)
    page.goto(address_of["category"])
    asked = documents_asked_for(page)
    page.keyboard.down(held)
    for _ in range(4):
        page.keyboard.press("Shift")
    page.keyboard.up(held)
    wait_for_what_was_begun(page)
    assert asked == []


def test_shift_with_clicks_does_not_leave(address_of: dict[str, str], new_page: NewPage) -> None:
    page = new_page(viewport=DESKTOP)
    page.goto(address_of["category"])
    asked = documents_asked_for(page)
    for _ in range(4):
        page.keyboard.down("Shift")
        page.locator("h1").click()
        page.keyboard.up("Shift")
    wait_for_what_was_begun(page)
    assert asked == []


def test_what_is_seen_of_a_call_button_is_part_of_its_name(
    address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    for kind in ("home", "urgent help"):
        page.goto(address_of[kind])
        call = page.get_by_role("link", name=re.compile(r"^Call 999 for Emergency"))
        expect(call.first).to_be_visible()


def test_capital_letters_do_not_count_as_pressing_shift(
    address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.goto(address_of["category"])
    for _ in range(4):
        page.keyboard.press("Shift+A")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    expect(page.locator("[data-exit-status]")).to_contain_text("press 1 more time")
    assert page.url == address_of["category"]


@pytest.mark.parametrize("opened", ["menu", "search"])
def test_the_way_out_stays_on_top_of_the_open_menu_and_search(
    opened: str, address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE, bypass_csp=True)
    page.goto(address_of["category"])
    page.get_by_role("button", name=opened.capitalize(), exact=True).click()
    expect(page.get_by_role("link", name="Leave this site")).to_be_in_viewport(ratio=1)
    assert on_top(page, "[data-exit]")
    assert axe_faults(page) == []


def test_a_scan_page_is_one_request_and_complete_without_javascript(
    address_of: dict[str, str], catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False)
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    page.goto(address_of["scan page"])
    page.wait_for_load_state("networkidle")
    assert [request.url for request in requests if not request.url.startswith("data:")] == [
        address_of["scan page"]
    ]
    for resource in catalogue.resources_of(catalogue.category("aces")):
        link = page.get_by_role("link", name=resource.title, exact=True).first
        assert link.get_attribute("href") == resource.url
    expect(page.get_by_role("link", name="Call 999")).to_be_visible()


CONTROLS = """async ([within, patience]) => {
  const wholly = { visibilityProperty: true, opacityProperty: true };
  const shown = (element) => element.checkVisibility(wholly)
    && element.getBoundingClientRect().width > 1;
  const all = (selector) =>
    Array.from(document.querySelectorAll(`${within} :is(${selector})`)).filter(shown);
  const page = () => document.documentElement.outerHTML + location.href;
  const name = (element) => element.outerHTML.slice(0, 160);
  const state = () => [page(), String(window.asked),
    ...Array.from(document.querySelectorAll("input, select, textarea"),
      (one) => one.value + one.checked)].join();
  const dead = [];
  for (const element of all("[hidden]")) dead.push(`hidden, but shown: ${name(element)}`);
  const lists = all("ul, ol, dl, table");
  const folded = all("details").flatMap((more) => Array.from(more.querySelectorAll("ul, ol, dl")));
  for (const list of lists.concat(folded)) {
    if (!list.children.length) dead.push(`empty: ${name(list)}`);
  }
  for (const link of all("a")) {
    const target = link.getAttribute("href");
    const anchor = link.hash && link.href.split("#")[0] === location.href.split("#")[0]
      ? link.hash.slice(1).split("&").filter((part) => !part.includes("="))[0] : "";
    if (!target) dead.push(`leads nowhere: ${name(link)}`);
    const place = anchor && document.getElementById(anchor);
    if (anchor && !(place && place.checkVisibility())) dead.push(`no such place: ${name(link)}`);
  }
  for (const field of all("select, input[type=checkbox]")) {
    const before = page();
    if (field.matches("select")) field.selectedIndex = field.options.length - 1;
    else field.checked = !field.checked;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    if (page() === before) dead.push(`does nothing: ${name(field)}`);
  }
  for (const control of all("button, summary, [role=button]")) {
    if (!control.isConnected || !shown(control)) continue;
    const before = state();
    control.click();
    for (let wait = 0; wait < patience && state() === before; wait += 1) {
      await new Promise((done) => { setTimeout(done, 20); });
    }
    if (state() === before) dead.push(`does nothing: ${name(control)}`);
  }
  return dead;
}"""

STUBS = """
  window.asked = 0;
  const note = () => { window.asked += 1; return Promise.resolve(); };
  Object.defineProperty(navigator, "share", { value: SHARE, configurable: true });
  Object.defineProperty(navigator, "clipboard", { value: { writeText: note } });
  window.print = note;
"""


@page_kinds
@pytest.mark.parametrize("scripts", ["share", "no share"])
def test_every_control_that_is_shown_does_something(
    kind: str, scripts: str, address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.add_init_script(STUBS.replace("SHARE", "note" if scripts == "share" else "undefined"))
    page.goto(address_of[kind])
    assert page.evaluate(CONTROLS, ["body", 100]) == []


def test_every_control_that_is_shown_does_something_without_javascript(
    visit_without_scripts: Visit,
) -> None:
    page = visit_without_scripts.page
    page.set_viewport_size(PHONE)
    fields = page.locator("button, input, select, textarea").filter(visible=True)
    assert [one.inner_text() for one in fields.all()] == []
    assert page.evaluate(CONTROLS, ["body", 0]) == []  # nothing comes later


@pytest.mark.parametrize("can_share", [True, False])
def test_every_way_to_pass_a_page_on_does_something(
    can_share: bool, host: str, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.add_init_script(STUBS.replace("SHARE", "note" if can_share else "undefined"))
    page.goto(f"{host}aces/")
    page.locator("[data-pass-on]").first.press("Enter")
    expect(page.get_by_role("button", name="Share")).to_be_visible(visible=can_share)
    assert page.evaluate(CONTROLS, [".li-dialog", 100]) == []


def test_every_link_of_a_category_can_be_reached_without_javascript(
    address_of: dict[str, str], catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(address_of["category"])
    for resource in catalogue.resources_of(catalogue.category("aces")):
        article = page.locator(f"[id='{resource.code}']")
        expect(article.get_by_role("link", name=resource.title, exact=True)).to_be_visible()


def search(page: Page, query: str) -> list[str]:
    """The titles that a search finds, best first."""
    page.get_by_role("combobox", name="Search the links").fill(query)
    expect(page.locator("[data-search-output]")).to_have_attribute("data-indexed", "all")
    return titles_found(page)


@pytest.fixture(scope="module")
def searching(browser: Browser, address_of: dict[str, str]) -> Iterator[Page]:
    """A page with its search open, for one question after the other."""
    page = browser.new_page(viewport=DESKTOP)
    page.goto(address_of["home"])
    page.get_by_role("button", name="Search the links").click()
    yield page
    page.close()


def titles_found(page: Page) -> list[str]:
    """The titles that the open search lists now, best first."""
    return page.locator(".li-found__link").all_inner_texts()


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("ACEs", "ACEs"),
        ("adverse childhood experiences", "ACEs"),
        ("DDP", "DDP and PACE"),
        ("dyadic developmental", "DDP and PACE"),
        ("graded care profile", "GCP2"),
        ("neglect", "GCP2"),
        ("crittenden", "Attachment (DMM)"),
        ("childhoodtrauma", "ACEs"),
        ("motivational", "Motivational interviewing"),
        ("ACE Hub Wales", "ACE Hub Wales"),
        ("motivationalinterviewing", "Motivational interviewing"),
        ("attachements", "Attachment (DMM)"),
        ("adverse childhod", "ACEs"),
        ("motivashional interviewing", "Motivational interviewing"),
        ("graded care profiles", "GCP2"),
        ("PACE:", "DDP and PACE"),
        ("*ddp*", "DDP and PACE"),
        ("aces/ddp", "DDP and PACE"),
        ("(ACEs)?", "ACEs"),
        ("-ddp", "DDP and PACE"),
        ("aces ~ddp", "DDP and PACE"),
        ("children’s attachment", "Attachment (DMM)"),
        ("what is DDP", "DDP and PACE"),
        ("dad in prison", "ACEs"),
    ],
)
def test_search_finds_titles_acronyms_names_and_everyday_words(
    query: str, title: str, searching: Page
) -> None:
    page = searching
    found = search(page, query)
    assert title in found[:3], found[:10]
    links = page.locator(".li-found__link").evaluate_all("all => all.map((a) => a.href)")
    assert len(links) == len(set(links)), "one result a resource"


def test_words_that_come_without_a_key_are_searched_for(
    address_of: dict[str, str], new_page: NewPage
) -> None:
    """Pasted by mouse, or dictated."""
    page = new_page(viewport=DESKTOP)
    page.goto(address_of["home"])
    page.get_by_role("button", name="Search the links").click()
    exact = search(page, "talk home")
    search(page, "attachment")
    box = page.get_by_role("combobox", name="Search the links")
    box.evaluate(
        """(box) => {
            box.value = "talk home";
            box.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste" }));
        }"""
    )
    assert titles_found(page) == exact


def test_arrows_go_through_what_is_found_and_enter_opens_it(
    address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=DESKTOP)
    page.goto(address_of["home"])
    page.get_by_role("button", name="Search the links").click()
    box = page.get_by_role("combobox", name="Search the links")
    first, second, *_ = search(page, "attachment")
    for key, title in (("ArrowDown", first), ("ArrowDown", second), ("ArrowUp", first)):
        box.press(key)
        marked = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
        expect(marked).to_contain_text(title)
        expect(marked).to_have_attribute("aria-selected", "true")
        expect(box).to_be_focused()
    box.press("Enter")
    page.wait_for_url(f"{address_of['home']}dmm/")


def test_escape_closes_the_search_and_gives_the_focus_back(
    address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=DESKTOP)
    page.goto(address_of["home"])
    button = page.get_by_role("button", name="Search the links")
    button.click()
    search(page, "attachment")
    page.keyboard.press("Escape")
    expect(page.locator("[data-search-output]")).to_be_hidden()
    expect(button).to_be_focused()
    box = page.get_by_role("combobox", name="Search the links")
    box.focus()
    page.keyboard.press("Escape")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("width", [390, 768, 1000, 1280, 1600])
def test_results_are_as_wide_as_their_box(
    width: int, address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    page.goto(address_of["home"])
    page.locator("[data-open-search]:visible").first.click()
    search(page, "trauma")
    wide, room = page.locator(".li-search__output").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert wide <= room


LARGE_TEXT = ["--blink-settings=defaultFontSize=32,defaultFixedFontSize=32"]


@pytest.fixture(scope="module")
def large_text(browser: Browser) -> Iterator[Browser]:
    """A browser whose owner has set text to twice the size."""
    kind = browser.browser_type
    large = kind.launch(executable_path=chromium_program(), args=[*BROWSER_ARGUMENTS, *LARGE_TEXT])
    yield large
    large.close()


@page_kinds
def test_text_of_twice_the_size_does_not_scroll_sideways(
    kind: str, address_of: dict[str, str], large_text: Browser
) -> None:
    page = large_text.new_page(viewport={"width": 320, "height": 844})
    page.goto(address_of[kind])
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_the_search_field_is_free_of_the_bar_in_text_of_twice_the_size(
    address_of: dict[str, str], large_text: Browser
) -> None:
    page = large_text.new_page(viewport=PHONE)
    page.goto(address_of["home"])
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.locator("[data-search-query]")).to_be_focused()
    wait_until_still(page)
    assert on_top(page, "[data-search-query]")
    page.close()


def test_nothing_found_says_what_to_try_and_where_to_call(
    address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE, bypass_csp=True)
    page.goto(address_of["home"])
    page.get_by_role("button", name="Search", exact=True).click()
    assert search(page, "qqqqzzzz xxxyyy") == []
    expect(page.get_by_text("Check the spelling")).to_be_visible()
    expect(page.get_by_role("link", name="Numbers to call or text for urgent help")).to_be_visible()
    assert axe_faults(page) == []
    search(page, "attachment")
    expect(page.get_by_text("Check the spelling")).not_to_be_visible()


def test_the_theme_takes_no_single_letter_for_a_command(
    address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=DESKTOP)
    page.goto(address_of["home"])
    page.get_by_role("button", name="Search the links").click()
    search(page, "attachment")
    page.keyboard.press("Escape")
    page.locator("#home").click()
    for key in ("f", "s", "/", "n", "p"):
        page.keyboard.press(key)
    assert page.url == address_of["home"]
    expect(page.get_by_label("Search the links", exact=True)).not_to_be_focused()


def test_the_search_index_is_fetched_only_once_search_is_used(
    address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address_of["category"])
    page.wait_for_load_state("networkidle")
    assert not [url for url in requests if "search" in url and not url.endswith("/search.js")]
    page.get_by_role("button", name="Search", exact=True).click()
    assert search(page, "attachment")
    assert len([url for url in requests if url.endswith("search/index.json")]) == 1


@pytest.mark.parametrize("viewport", [PHONE, NARROW, {"width": 320, "height": 200}])
def test_the_last_result_of_a_search_can_be_scrolled_into_view(
    viewport: dict[str, int], address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=viewport)
    page.goto(address_of["home"])
    page.get_by_role("button", name="Search", exact=True).click()
    search(page, "trauma")
    end = page.locator(".li-search__output").evaluate("e => e.getBoundingClientRect().bottom")
    assert end <= viewport["height"]


def test_a_search_leaves_nothing_in_the_address(
    address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=DESKTOP)
    page.goto(address_of["home"])
    page.get_by_role("button", name="Search the links").click()
    search(page, "attachment")
    assert page.url == address_of["home"]
    page.locator(".li-found__link").first.click()
    page.wait_for_url(re.compile(r"/(r|dmm)/"))
    assert "attachment" not in page.url


def focused(page: Page) -> str:
    return str(
        page.evaluate(
            "document.activeElement.getAttribute('aria-label') || "
            "document.activeElement.textContent.trim()"
        )
    )


def test_a_keyboard_reaches_menu_and_search_on_a_phone(
    address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.goto(address_of["category"])
    reached = []
    for _ in range(8):
        page.keyboard.press("Tab")
        reached.append(focused(page))
    assert reached[:3] == ["Skip to the content", "Leave this site", "Urgent help"]
    assert "Menu" in reached
    assert "Search" in reached


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["390", "1280"])
@pytest.mark.parametrize("kind", ["home", "category", "A to Z", "written page"])
def test_every_stop_of_the_keyboard_can_be_seen(
    kind: str, viewport: dict[str, int], address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=viewport)
    page.goto(address_of[kind])
    stops = 0
    for _ in range(60):
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => {
              const active = document.activeElement;
              if (active === document.body) return null;
              const box = active.getBoundingClientRect();
              const bar = document.querySelector(".li-bar").getBoundingClientRect();
              const inBar = active.closest(".li-bar, .li-skip") !== null;
              const free = inBar || box.bottom > bar.bottom;
              return [active.outerHTML.slice(0, 120), box.width > 0 && box.height > 0
                && box.right > 0 && box.left < innerWidth && box.bottom > 0
                && box.top < innerHeight && free];
            }"""
        )
        if state is None:
            break
        stops += 1
        assert state[1], state[0]
    assert stops > 5


def test_the_menu_opens_takes_the_focus_and_gives_it_back(
    address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.goto(address_of["home"])
    menu = page.get_by_role("button", name="Menu", exact=True)
    menu.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    assert focused(page) == "Close the menu"
    page.keyboard.press("Escape")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(menu).to_be_focused()
    menu.press("Enter")
    page.locator("#li-navigation").get_by_role("link", name="GCP2").click()
    page.wait_for_url("**/gcp2/")


def test_closing_the_search_gives_the_focus_back(
    address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.goto(address_of["home"])
    button = page.get_by_role("button", name="Search", exact=True)
    button.press("Enter")
    expect(page.get_by_role("combobox", name="Search the links")).to_be_focused()
    page.get_by_role("button", name="Close search").click()
    expect(button).to_be_focused()
    expect(page.get_by_role("combobox", name="Search the links")).not_to_be_visible()


def test_nothing_can_be_cleared_before_something_is_typed(
    address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=DESKTOP)
    page.goto(address_of["home"])
    clear = page.get_by_role("button", name="Clear the search")
    expect(clear).not_to_be_visible()
    page.get_by_role("combobox", name="Search the links").fill("a")
    expect(clear).to_be_visible()


def test_the_results_of_a_search_are_reached_with_tab(
    address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE, bypass_csp=True)
    page.goto(address_of["home"])
    page.get_by_role("button", name="Search", exact=True).press("Enter")
    found = search(page, "attachment")
    assert axe_faults(page) == []
    reached = []
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.append(focused(page))
    assert reached[0] == "Clear the search"
    assert any(found[0] in stop for stop in reached)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site, in a folder of its host, in which every text of the catalogue is an attack."""
    folder = tmp_path_factory.mktemp("hostile")
    text = catalogue_text(HOSTILE, site_url="https://example.org/keyring/")
    with serve_folder(build_index(folder, text), "/keyring/") as address:
        yield address


HOSTILE = "\"'><script>pwned=1</script><b onclick=pwned=1>&amp; {{ 7*7 }} `c` *e* ]]>"


@pytest.mark.parametrize(
    "path", ["", "plain/", "help4/", "all/", "cards/", "about/", "q/plain", "urgent"]
)
def test_text_of_the_catalogue_is_shown_as_text(path: str, hostile: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE, bypass_csp=True)
    page.goto(hostile + path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("typeof pwned") == "undefined"
    assert page.locator("b[onclick]").count() == 0
    assert HOSTILE in page.locator("main").inner_text()
    assert "<b onclick" in page.title() or path in ("all/", "cards/", "about/", "urgent")


def test_search_results_show_text_as_text(hostile: str, new_page: NewPage) -> None:
    page = new_page(viewport=DESKTOP, bypass_csp=True)
    page.goto(hostile)
    page.get_by_role("button", name="Search the links").click()
    assert HOSTILE in search(page, "pwned")
    assert page.evaluate("typeof pwned") == "undefined"
    assert page.locator("b[onclick]").count() == 0


def test_a_site_in_a_folder_of_its_host_holds_together(hostile: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    missing: list[str] = []
    page.on(
        "response",
        lambda response: missing.append(response.url) if response.status >= 400 else None,
    )
    for path in ("", "plain/", "q/plain", "q/plain/", "urgent/", "no-such-page"):
        page.goto(hostile + path)
        page.wait_for_load_state("networkidle")
    assert missing == [f"{hostile}no-such-page"]
    page.goto(hostile + "q/plain")
    page.get_by_role("link", name=re.compile("full page")).click()
    assert page.url == f"{hostile}plain/"


def on_top(page: Page, selector: str) -> bool:
    """Whether a click in the middle of the element reaches it."""
    return bool(
        page.evaluate(
            """(selector) => {
              const element = document.querySelector(selector);
              const box = element.getBoundingClientRect();
              const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              return element.contains(hit);
            }""",
            selector,
        )
    )


AXE = json.loads((Path(__file__).parent / "axe-options.json").read_text("utf-8"))


def axe_faults(page: Page) -> list[str]:
    """What axe finds, as ``rule: target`` lines."""
    results = Axe().run(page, options=AXE).response
    return [
        f"{violation['id']}: {node['target']} {node.get('failureSummary', '')}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]


def axe_faults_in_both_schemes(page: Page) -> list[str]:
    """What axe finds where the reader prefers light colours, and where dark ones."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        wait_until_still(page)
        found += [f"{scheme}: {fault}" for fault in axe_faults(page)]
    return found
