"""A list for one family: choosing, carrying, printing, sending, and opening it on another phone."""

from __future__ import annotations

import gzip
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pytest
import yaml
from playwright.sync_api import Browser, Page, Route, expect
from tests.conftest import REPOSITORY, NewPage
from tests.site.conftest import DESKTOP, PHONE, codes_on_screen
from tests.site.test_browser import axe_faults_in_both_schemes, search
from tests.site.test_hand_out import codes, text
from tests.support.catalogues import catalogue_text, parsed

from linkindex.catalogue import Catalogue, Resource, ShownCatalogue
from linkindex.site.exports import Discretion
from linkindex.site.generate import generate
from linkindex.site.lists import files
from linkindex.site.lists.files import list_files
from linkindex.site.lists.page import list_page

ASSETS = REPOSITORY / "overrides/assets"
OPENED_BUDGET = 3328
PAPER = {"format": "A4", "margin": dict.fromkeys(("top", "right", "bottom", "left"), "12mm")}


# The grammar of fragments


@pytest.fixture(scope="module")
def grammar(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_script_tag(path=ASSETS / "fragment.js")
    yield page
    page.close()


@pytest.mark.parametrize(
    "case",
    yaml.safe_load((Path(__file__).parent / "data/fragments.yaml").read_text("utf-8")),
    ids=lambda case: case["hash"] or "nothing",
)
def test_a_fragment_is_read_and_written(case: dict[str, Any], grammar: Page) -> None:
    said = grammar.evaluate(
        """hash => {
            const said = LinkIndexFragment.read(hash);
            return [said.anchor, Object.entries(said.values), said.list,
                LinkIndexFragment.written(said)];
        }""",
        case["hash"],
    )
    anchor, values, listed, written = said
    assert anchor == case.get("anchor", "")
    assert dict(values) == case.get("values", {})
    assert listed == case["list"]
    assert written == case["written"]


def test_a_list_has_twenty_codes_at_most(grammar: Page) -> None:
    many = ",".join(f"abc{number:03}" for number in range(30))
    listed = grammar.evaluate("text => LinkIndexFragment.codes(text)", many)
    assert listed == many.split(",")[:20]


# Choosing


def plain_links(catalogue: Catalogue, count: int) -> list[Resource]:
    """Links that are not sensitive, those with the longest words first."""
    discretion = Discretion(ShownCatalogue.of(catalogue, ()))
    plain = [one for one in catalogue.current_resources if not discretion.is_neutral(one)]
    return sorted(plain, key=lambda one: -len(one.title + one.summary + (one.use_when or "")))[
        :count
    ]


def neutral_link(catalogue: Catalogue) -> Resource:
    discretion = Discretion(ShownCatalogue.of(catalogue, ()))
    return next(one for one in catalogue.current_resources if discretion.is_neutral(one))


def add(page: Page, resource: Resource) -> None:
    """One tap."""
    page.get_by_role("button", name=f"Add to list: {resource.title}", exact=True).first.click()


@pytest.mark.parametrize("path", ["aces/", "all/", "q/aces", "search"])
def test_a_link_joins_the_list_by_one_tap_wherever_it_stands(
    path: str, host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    resource = catalogue.resource(catalogue.category("aces").start_here.families[0])
    page.goto(host + ("" if path == "search" else path))
    if path == "search":
        page.get_by_role("button", name="Search", exact=True).click()
        search(page, resource.title)
    before = page.evaluate("history.length")
    add(page, resource)
    assert page.url.endswith(f"#list={resource.code}")
    bar = page.get_by_role("region", name="Your list")
    expect(bar.get_by_role("status")).to_have_text("1 link in your list")
    assert page.evaluate("history.length") == before, "adding leaves no trail of its own"
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.context.cookies() == []
    if path != "search":
        expect(bar).to_be_in_viewport(ratio=1)
        bar.get_by_role("button", name="Empty the list").click()
        assert "#" not in page.url


@pytest.mark.parametrize("path", ["aces/", "q/aces"])
def test_without_a_list_no_bar_covers_anything(path: str, host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    page.goto(host + path)
    box = page.locator(".li-list-bar").bounding_box()
    assert box
    assert box["height"] <= 1


def test_the_page_of_a_link_adds_it_to_the_list_that_came_along(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    first, second = plain_links(catalogue, 2)
    page.goto(f"{host}r/{second.code}#list={first.code}")
    link = page.get_by_role("link", name="Add to list")
    expect(link).to_be_in_viewport()
    link.click()
    page.wait_for_url(f"{host}list/#{first.code},{second.code}")
    page.goto(f"{host}r/{second.code}")
    page.get_by_role("link", name="Add to list").click()
    page.wait_for_url(f"{host}list/#{second.code}")


def test_the_page_of_a_link_hands_on_what_its_address_carries_as_fragments_are_written(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    first, second = plain_links(catalogue, 2)
    page.goto(f"{host}r/{second.code}#old&nation=wales&for=&list={first.code}")
    carried = f"nation=wales&list={first.code}"
    topic = page.locator("main li:last-child a")
    assert (topic.get_attribute("href") or "").endswith(f"/#{carried}")
    wrong = page.get_by_role("link", name="Something wrong?")
    assert (wrong.get_attribute("href") or "").endswith(f"#wrong-{second.code}&{carried}")
    outward = page.locator("main a[rel=noreferrer]").first.get_attribute("href") or ""
    assert first.code not in outward


def test_the_list_goes_along_within_the_site_and_nowhere_else(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    (resource,) = plain_links(catalogue, 1)
    carried = f"nation=wales&list={resource.code}"
    page.goto(f"{host}aces/#{carried}")
    for link in page.locator("a[href]").all():
        link.dispatch_event("pointerdown")
        href = link.get_attribute("href") or ""
        outward = bool(re.match(r"\w+:", href)) and not href.startswith(host)
        if outward or link.get_attribute("data-exit") is not None or href.startswith("#"):
            assert resource.code not in href.partition("#")[2], href
    assert not page.locator("[data-pass-on*='list=']").count()
    page.goto(f"{host}#{carried}")
    page.locator("#content a[href*='aces']").first.click()
    page.wait_for_url(f"{host}aces/#{carried}")
    page.locator("[href='#content'], [href*='#good-to-know'], [href*='#links']").first.evaluate(
        "link => link.click()"
    )
    page.wait_for_url(re.compile(rf"#[\w-]+&{carried}$"))
    page.goto(f"{host}q/aces#{carried}")
    page.get_by_role("link", name="The full page").click()
    page.wait_for_url(f"{host}aces/#{carried}")


def test_a_full_list_offers_no_more(host: str, catalogue: Catalogue, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    other = catalogue.resources_of(catalogue.category("aces"))
    listed = [one.code for one in catalogue.current_resources if one not in other][:20]
    page.goto(f"{host}aces/#list={','.join(listed)}")
    expect(page.get_by_text("20 links in your list. It is full")).to_be_visible()
    assert page.get_by_role("button", name="Add to list").count() == 0


# The page that makes the sheet


def make(page: Page, host: str, listed: list[Resource]) -> None:
    page.goto(f"{host}list/#{','.join(one.code for one in listed)}")
    page.wait_for_selector("[data-ready]")


def printed(page: Page) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(io.BytesIO(page.pdf(**PAPER)))  # type: ignore[arg-type]


def names(page: Page) -> list[str]:
    return page.locator(".li-sheet__link").evaluate_all("all => all.map(one => one.dataset.code)")


def test_six_links_with_the_longest_words_print_on_one_side_and_every_code_reads(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    listed = plain_links(catalogue, 6)
    make(page, host, listed)
    page.get_by_label("Title on paper").fill("For the weekend")
    for _ in range(3):
        paper = printed(page)
        assert len(paper) == 1
        assert codes(paper) == {
            f"https://example.org/l#{','.join(one.code for one in listed)}",
            *(f"https://example.org/r/{one.code}" for one in listed),
        }
    said = " ".join(text(paper).split())
    assert "For the weekend" in said
    assert "weekend" not in page.url
    for one in listed:
        assert f"example.org/r/{one.code}" in said
        assert one.title.split()[0] in said
    for control in ("Leave this site", "Remove", "Print", "example.org/list"):
        assert control not in said


def test_large_print_is_large_and_loses_no_code(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=DESKTOP)
    listed = plain_links(catalogue, 4)
    make(page, host, listed)
    page.get_by_label("Size of the text").select_option("large")
    page.get_by_label("Space to write by hand").check()
    assert len(codes(printed(page))) == 1 + len(listed)
    page.emulate_media(media="print")
    size = page.locator(".li-sheet__words").first.evaluate(
        "one => parseFloat(getComputedStyle(one).fontSize)"
    )
    assert round(size, 1) >= 21.3, "16 points"


def test_a_number_is_on_the_sheet_with_the_words_that_say_when_it_answers(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    discretion = Discretion(ShownCatalogue.of(catalogue, ()))
    line = next(
        one for one in catalogue.current_resources if one.phone and not discretion.is_neutral(one)
    )
    assert line.phone
    make(page, host, [line])
    said = " ".join(text(printed(page)).split())
    assert f"Call {line.phone.number}" in said
    assert line.summary in said


def test_a_sensitive_link_has_no_name_on_paper_or_in_messages_and_can_be_left_off(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    hidden, plain = neutral_link(catalogue), plain_links(catalogue, 1)[0]
    make(page, host, [hidden, plain])
    expect(page.get_by_text("Paper can be found.", exact=True)).to_be_visible()
    said = " ".join(text(printed(page)).split())
    for secret in (hidden.title, hidden.publisher, hidden.summary, "Example Council"):
        assert secret not in said
    assert f"A link for you example.org/r/{hidden.code}" in said
    (sent,) = parse_qs(urlsplit(page.locator("[data-text]").get_attribute("href") or "").query)[
        "body"
    ]
    assert sent.splitlines() == [
        f"Links for you: https://example.org/l#{hidden.code},{plain.code}",
        f"A link for you: https://example.org/r/{hidden.code}",
        f"{plain.title}: https://example.org/r/{plain.code}",
    ]
    page.get_by_role("button", name="Leave them off").click()
    assert names(page) == [plain.code]
    expect(page.get_by_text("Paper can be found.", exact=True)).to_be_hidden()


def test_what_is_sent_says_whom_it_is_from_and_can_be_changed(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    listed = plain_links(catalogue, 2)
    make(page, host, listed)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    sent = page.evaluate("navigator.clipboard.readText()").splitlines()
    codes_ = ",".join(one.code for one in listed)
    assert sent == [
        f"From Example Council: 2 links for you: https://example.org/l#{codes_}",
        *(f"{one.title}: https://example.org/r/{one.code}" for one in listed),
    ]
    page.locator("summary", has_text="The message").click()
    page.locator("[data-message]").fill("As we said & more")
    expect(page.locator("[data-mail]")).to_have_attribute(
        "href", "mailto:?body=As%20we%20said%20%26%20more"
    )


def test_a_list_is_handed_over_in_two_taps_without_scrolling(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    listed = ",".join(one.code for one in plain_links(catalogue, 3))
    page.goto(f"{host}aces/#list={listed}")
    way_on = page.get_by_role("link", name="Hand it over")
    expect(way_on).to_be_in_viewport(ratio=1)
    way_on.click()
    page.wait_for_selector("[data-ready]")
    for way in ("Print", "Copy", "Show code"):
        expect(page.get_by_role("button", name=way)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("link", name="Text message")).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Show code").click()
    picture = page.locator("[data-shown-code] svg")
    expect(picture).to_be_in_viewport(ratio=0.99)
    address = f"https://example.org/l#{listed}"
    assert address in codes_on_screen(page, address)


def test_the_order_is_changed_by_buttons_and_by_dragging(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=DESKTOP)
    listed = plain_links(catalogue, 3)
    one, two, three = (link.code for link in listed)
    make(page, host, listed)
    page.get_by_role("button", name=f"Up: {listed[1].title}").click()
    assert names(page) == [two, one, three]
    assert page.url.endswith(f"#{two},{one},{three}")
    assert page.evaluate("document.activeElement.closest('li').dataset.code") == two
    page.get_by_role("button", name=f"Remove: {listed[0].title}").click()
    assert names(page) == [two, three]
    handle = page.locator(".li-sheet__handle").first
    handle.scroll_into_view_if_needed()
    at = handle.bounding_box()
    end = page.locator(".li-sheet__link").last.bounding_box()
    assert at
    assert end
    page.mouse.move(at["x"] + 8, at["y"] + 8)
    page.mouse.down()
    page.mouse.move(at["x"] + 8, end["y"] + end["height"] - 4, steps=5)
    page.mouse.up()
    assert names(page) == [three, two]


def test_whom_it_is_for_says_which_words_are_shown(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    link = next(
        one
        for one in plain_links(catalogue, 500)
        if one.use_when and [str(audience) for audience in one.audiences] == ["practitioners"]
    )
    make(page, host, [link])
    sheet = page.locator("[data-sheet]")
    expect(sheet).to_contain_text("Written for practitioners.")
    expect(sheet).not_to_contain_text(link.use_when or "")
    page.get_by_label("For", exact=True).select_option("practitioners")
    expect(sheet).to_contain_text(link.use_when or "")
    expect(sheet).not_to_contain_text("Written for")
    assert page.url.endswith(f"#{link.code}&for=practitioners")


def test_without_scripts_the_page_says_how_to_do_it_by_hand(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{host}list/")
    expect(page.get_by_role("heading", name="By hand")).to_be_visible()
    expect(page.get_by_text("example.org/r/")).to_be_visible()


def test_every_list_fetches_the_same_files(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    asked: dict[str, list[str]] = {}
    one, two = plain_links(catalogue, 2)
    for path in (f"list/#{one.code}", f"list/#{two.code}", f"l#{one.code}", f"l#{two.code}"):
        page = new_page(viewport=PHONE)
        requests: list[str] = []
        page.on("request", lambda request, requests=requests: requests.append(request.url))
        page.goto(host + path)
        page.wait_for_selector("[data-ready], ol li")
        page.wait_for_load_state("networkidle")
        asked[path] = sorted(url.split("#")[0] for url in requests if url.startswith("http"))
    first, second, third, fourth = asked.values()
    assert first == second
    assert third == fourth == [f"{host}l", f"{host}l/links.json"]


def test_axe_finds_no_fault_in_a_list(host: str, catalogue: Catalogue, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    listed = [*plain_links(catalogue, 2), neutral_link(catalogue)]
    make(page, host, listed)
    page.get_by_role("button", name="Show code").click()
    assert axe_faults_in_both_schemes(page) == []
    page.goto(f"{host}q/aces#list={listed[0].code}")
    assert axe_faults_in_both_schemes(page) == []


@pytest.mark.parametrize("name", ["links", "words"])
def test_a_host_that_fails_leaves_the_way_by_hand(
    name: str, host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.route(f"**/l/{name}.json", lambda route: route.fulfill(response=route.fetch(), status=503))
    page.goto(f"{host}list/#{catalogue.current_resources[0].code}")
    expect(page.get_by_text("The links did not come.")).to_be_visible()
    expect(page.locator("[data-ready]")).to_have_count(0)


# What the code of a list opens


def test_the_page_that_opens_a_list_is_light_and_its_policy_adds_one_word(site: Path) -> None:
    page = (site / "l.html").read_bytes()
    assert page == (site / "l" / "index.html").read_bytes()
    assert len(gzip.compress(page)) <= OPENED_BUDGET
    policy = re.compile(rb'Content-Security-Policy content="([^"]+)"')
    scan = policy.search((site / "urgent.html").read_bytes())
    own = policy.search(page)
    assert scan
    assert own
    without_hash = re.compile(rb"'sha256-[^']+'")
    assert without_hash.sub(b"", own[1]) == without_hash.sub(b"", scan[1]) + b";connect-src 'self'"
    assert b"<title>Links for you - " in page


@pytest.fixture
def opened(new_page: NewPage) -> Page:
    """The page that opens a list of a small index, with one link retired and one withheld."""
    index = ShownCatalogue.of(
        parsed(catalogue_text(sensitive=True, site_url="https://keyring.test/links/")),
        {"plain-second"},
    )
    made = generate(index, {})
    page = new_page(viewport=PHONE)

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path.removeprefix("/links/")
        content = made.get(path) or made.get(f"{path}.html")
        if content is None:
            route.fulfill(status=404)
        else:
            kind = "application/json" if path.endswith(".json") else "text/html"
            route.fulfill(body=content, content_type=kind)

    page.route("**/*", answer)
    page.goto("https://keyring.test/links/l")
    return page


def open_list(page: Page, *listed: str) -> None:
    page.goto("about:blank")
    page.goto(f"https://keyring.test/links/l#{','.join(listed)}")


def test_a_list_opens_in_its_order_with_links_and_numbers(opened: Page) -> None:
    index = parsed(catalogue_text(sensitive=True))
    sensitive, plain = index.resource("kestrel-topic-first"), index.resource("plain-first")
    open_list(opened, plain.code, sensitive.code)
    items = opened.locator("ol > li")
    expect(items).to_have_count(2)
    expect(items.first.locator("a").first).to_have_attribute("href", plain.url or "")
    expect(items.first.locator("a").first).to_have_attribute("rel", "noreferrer")
    expect(items.first.get_by_role("link", name="Call 0800 1111")).to_have_attribute(
        "href", "tel:08001111"
    )
    expect(opened.get_by_text("Before you open a link or call")).to_be_visible()
    assert "kestrel" not in opened.title().casefold()
    opened.emulate_media(media="print")
    expect(items.last.locator("a").first).to_be_hidden()
    expect(items.last).to_contain_text(f"A link for you: keyring.test/links/r/{sensitive.code}")


def test_a_retired_or_withheld_code_in_an_old_list_answers_as_its_page_does(opened: Page) -> None:
    index = parsed(catalogue_text())
    retired, withheld = index.resource("plain-retired"), index.resource("plain-second")
    open_list(opened, retired.code, withheld.code, "bbbbbb")
    items = opened.locator("ol > li")
    expect(items.nth(0)).to_contain_text("This link has closed")
    expect(items.nth(0)).to_contain_text("It closed on 1 October 2026.")
    expect(items.nth(0).get_by_role("link")).to_have_attribute("href", f"/links/r/{withheld.code}")
    expect(items.nth(1)).to_contain_text("We are checking this link.")
    assert withheld.url not in opened.content()
    expect(items.nth(2)).to_contain_text("There is no link bbbbbb")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "<h1>Not here</h1>"),
        (503, '{"code": "", "parts": [], "retired": {}}'),
        (200, '{"parts": [], "retired": {}}'),
    ],
    ids=["not there", "an error that reads like a list", "half a list"],
)
def test_without_the_file_a_list_leads_to_the_page_of_each_link(
    status: int, said: str, opened: Page
) -> None:
    opened.route("**/links.json", lambda route: route.fulfill(status=status, body=said))
    open_list(opened, "bbbbbb", "cccccc")
    expect(opened.get_by_text("The list did not come.")).to_be_visible()
    expect(opened.locator("ol > li")).to_have_count(2)
    expect(opened.get_by_role("link", name="keyring.test/links/r/bbbbbb")).to_have_attribute(
        "href", "/links/r/bbbbbb"
    )


def test_a_large_index_comes_in_fixed_parts_that_are_all_fetched(
    opened: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "IN_ONE_PART", 2)
    index = ShownCatalogue.of(parsed(catalogue_text(sensitive=True)), ())
    made = list_files(index, Discretion(index))
    assert json.loads(made["l/links.json"])["parts"] == ["links-1.json"]
    fetched: list[str] = []

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        fetched.append(name)
        route.fulfill(body=made[f"l/{name}"], content_type="application/json")

    opened.route("**/*.json", answer)
    last = index.resource("plain-second")
    open_list(opened, last.code)
    expect(opened.locator("ol > li a").first).to_have_text(last.title)
    assert sorted(fetched) == ["links-1.json", "links.json"]


def test_a_category_that_was_published_as_list_keeps_its_address() -> None:
    for code, page in (("lists", "list/"), ("list", "hand-out/")):
        index = SimpleNamespace(categories=[SimpleNamespace(code=code)])
        assert list_page(index) == page  # type: ignore[arg-type]
