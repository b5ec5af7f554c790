"""Choosing what is shown, saying where one lives, and passing a page on, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.conftest import NewPage
from tests.site.conftest import DESKTOP, PHONE, codes_on_screen
from tests.site.test_browser import axe_faults_in_both_schemes

from linkindex import wording
from linkindex.catalogue import Catalogue, Nation
from linkindex.site.exports import Discretion
from linkindex.site.selection import leaves_a_trace


def open_choices(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[data-choices] summary").click()


def shown(page: Page) -> list[str]:
    """The ids of the entries that are listed, in their order, those behind a button included."""
    return page.locator("[data-kind][data-for]:not([hidden])").evaluate_all(
        "all => all.map(one => one.id)"
    )


def test_a_choice_shows_what_fits_says_how_many_and_stays_in_the_fragment(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    open_choices(page, f"{host}aces/")
    page.get_by_label("For", exact=True).select_option("families")
    resources = catalogue.resources_of(catalogue.category("aces"))
    wanted = [resource.code for resource in resources if "families" in resource.audiences]
    assert sorted(shown(page)) == sorted(wanted)
    count = page.locator("[data-count]")
    expect(count).to_have_text(f"{len(wanted)} of {len(resources)} links are listed.")
    assert count.get_attribute("role") == "status"
    assert page.url == f"{host}aces/#for=families"
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.context.cookies() == []


def test_one_tap_clears_every_choice(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    open_choices(page, f"{host}aces/#for=families&kind=guide&nation=wales")
    everything = len(page.locator("[data-kind][data-for]").all())
    assert len(shown(page)) < everything
    page.get_by_role("button", name="Show everything").click()
    expect(page.locator("[data-count]")).to_have_text(f"All {everything} links are listed.")
    assert "#" not in page.url
    expect(page.get_by_role("button", name="Show everything")).not_to_be_visible()


def test_where_i_live_hides_what_does_not_hold_there_and_says_how_many(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    open_choices(page, f"{host}aces/")
    page.get_by_label("Where I live").select_option("wales")
    resources = catalogue.resources_of(catalogue.category("aces"))
    far = [
        link.code
        for link in resources
        if not {Nation.WALES, Nation.UK, Nation.INTERNATIONAL}.intersection(link.nations)
    ]
    international = {
        link.code
        for link in resources
        if Nation.INTERNATIONAL in link.nations
        and not {Nation.WALES, Nation.UK}.intersection(link.nations)
    }
    assert len(far) > 1
    listed = shown(page)
    assert set(listed) == {link.code for link in resources} - set(far)
    last = [code in international for code in listed]
    assert last == sorted(last), "what was made for nobody's nation comes after what holds here"
    expect(page.locator("[data-elsewhere]:visible")).to_have_count(0)
    line = page.locator("[data-shown]")
    expect(line).to_contain_text(f"{len(far)} do not hold in Wales.")
    line.get_by_role("button", name="Show them").click()
    assert shown(page)[-len(far) :] == [code for code in shown(page) if code in far]
    for code in far:
        expect(page.locator(f"[id='{code}'] [data-elsewhere]")).to_have_text(
            "Does not hold in Wales"
        )
    line.get_by_role("button", name="Hide them").click()
    assert shown(page) == listed


def test_where_i_live_leaves_each_link_under_its_letter(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"{host}all/")
    read = """all => all.map(one =>
        one.closest("section").querySelector("h2").id + " " + one.querySelector("a").href)"""
    before = set(page.locator("[data-kind][data-for]").evaluate_all(read))
    page.locator("[data-choices] summary").click()
    page.get_by_label("Where I live").select_option("wales")
    after = {
        place.partition("&")[0]
        for place in page.locator("[data-kind][data-for]").evaluate_all(read)
    }
    assert after == before


def test_what_to_open_first_is_only_what_holds_where_i_live(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"{host}aces/#nation=england")
    families = catalogue.category("aces").start_here.families
    holds = {Nation.ENGLAND, Nation.UK, Nation.INTERNATIONAL}
    elsewhere = [name for name in families if holds.isdisjoint(catalogue.resource(name).nations)]
    assert elsewhere, "the catalogue has a first link that does not hold in England"
    picks = page.locator("[data-picks]").first.locator("li:visible")
    expect(picks).to_have_count(len(families) - len(elsewhere))
    page.get_by_role("button", name="Show them").click()
    expect(picks).to_have_count(len(families))
    marks = picks.locator("[data-elsewhere]").all_inner_texts()
    assert marks[-len(elsewhere) :] == ["Does not hold in England"] * len(elsewhere)


def test_where_i_live_goes_along_internal_links_and_nowhere_else(
    host: str, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"{host}#nation=scotland")
    page.get_by_role("link", name=re.compile("^ACEs")).click()
    page.wait_for_url(f"{host}aces/#nation=scotland")
    expect(page.get_by_label("Where I live")).to_have_value("scotland")
    outward = page.locator(".li-resource h3 a").first.get_attribute("href") or ""
    assert "scotland" not in outward
    assert "scotland" not in (page.locator("[data-pass-on]").first.get_attribute("href") or "")
    page.goto(f"{host}all/#nation=scotland")
    page.locator("[data-kind][data-for] a").first.click()
    page.wait_for_url(re.compile(r"/#[a-z0-9]{6}&nation=scotland$"))
    expect(page.locator(".li-target")).to_be_in_viewport()


def test_an_anchor_of_the_page_keeps_the_choices(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"{host}all/#nation=wales")
    page.locator(".li-letters a:visible").last.click()
    page.wait_for_url(re.compile(r"#letter-.&nation=wales$"))
    expect(page.get_by_label("Where I live")).to_have_value("wales")


def test_what_holds_in_one_nation_says_so_without_any_choice(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{host}aces/")
    for resource in catalogue.category("aces").resources:
        if resource.nations == (Nation.ENGLAND,):
            expect(page.locator(f"[id='{resource.code}']")).to_contain_text("England only")
    expect(page.locator("[data-choices]")).not_to_be_visible()


@pytest.mark.parametrize(
    "hash_",
    [
        *("#for=%22%3E%3Cimg%20src%3Dx%3E", "#nation=__proto__", "#=&=&x", "#kind=nothing"),
        *("#nation=Atlantis", "#nation=%", "#for=%E0%A4%A", "#utm_source=post", "#elsewhere=yes"),
    ],
)
def test_a_strange_fragment_shows_everything(hash_: str, host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{host}aces/{hash_}")
    expect(page.locator("[data-count]")).to_have_text(re.compile("^All "))
    expect(page.locator("[data-shown] [type=reset]")).not_to_be_visible()
    assert errors == []


@pytest.mark.parametrize("path", ["aces/", "all/"])
def test_axe_finds_no_fault_in_open_choices(path: str, host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    open_choices(page, host + path)
    page.get_by_label("Where I live").select_option("wales")
    assert axe_faults_in_both_schemes(page) == []


def pass_on(page: Page, address: str) -> str:
    """Open the dialog of the first resource and give the path of its page."""
    page.goto(address)
    link = page.locator(".li-resource [data-pass-on]").first
    link.press("Enter")
    (path,) = re.findall(r"[qr]/\w+", link.get_attribute("href") or "")
    return path


def test_the_message_says_whom_it_is_from_can_be_changed_and_goes_along(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    path = pass_on(page, f"{host}aces/")
    message = page.get_by_label("Your message. You can change it.")
    (link,) = [one for one in catalogue.current_resources if path == f"r/{one.code}"]
    expect(message).to_have_value(
        f"From Example Council: {link.title}, {wording.FORMATS[link.format].lower()} by "
        f"{link.publisher}: https://example.org/{path}"
    )
    message.fill("As we said & more: 100 %")
    encoded = "As%20we%20said%20%26%20more%3A%20100%20%25"
    text = page.get_by_role("link", name="Text message")
    expect(text).to_have_attribute("href", f"sms:?&body={encoded}")
    expect(page.get_by_role("link", name="E-mail")).to_have_attribute(
        "href", f"mailto:?body={encoded}"
    )


def test_passing_on_a_sensitive_link_asks_for_care_before_anything_is_sent(
    host: str, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    pass_on(page, f"{host}hb4/")
    care = page.locator(".li-dialog").get_by_text("Ask first if their phone is safe to send to.")
    expect(care).to_be_visible()
    expect(care).to_be_in_viewport(ratio=1)
    said = care.bounding_box()
    way = page.get_by_role("link", name="Text message").bounding_box()
    assert said
    assert way
    assert said["y"] + said["height"] < way["y"]
    assert axe_faults_in_both_schemes(page) == []
    described = page.locator(".li-dialog").get_attribute("aria-describedby")
    expect(page.locator(f"#{described}")).to_contain_text("may show in their history")


CAREFUL = """() => Object.fromEntries(
    [...document.querySelectorAll("[data-kind][data-for]")].map((entry) => [
        entry.id, entry.querySelector("[data-pass-on]").hasAttribute("data-careful"),
    ]),
)"""
"""Whether care is asked for, by the id of each entry."""


def test_care_is_asked_for_link_by_link(host: str, catalogue: Catalogue, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    discretion = Discretion(catalogue)
    asked = 0
    for category in catalogue.current_categories:
        page.goto(f"{host}{category.code}/")
        careful = page.evaluate(CAREFUL)
        for resource in catalogue.resources_of(category):
            if discretion.is_neutral(resource):
                asked += 1
                assert careful[resource.code] is True, resource.id
            elif not leaves_a_trace(catalogue, category):
                assert careful[resource.code] is False, resource.id
    assert asked
    page = new_page(viewport=PHONE)
    pass_on(page, f"{host}aces/")
    expect(page.locator("[data-care]")).to_be_hidden()
    assert page.locator(".li-dialog").get_attribute("aria-describedby") is None


def test_copying_says_that_it_is_done(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    path = pass_on(page, f"{host}aces/")
    page.get_by_role("button", name="Copy").click()
    expect(page.locator("[data-said]")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("From Example Council: ")
    assert copied.endswith(f": https://example.org/{path}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_code_is_fetched_when_asked_for_and_reads_off_the_screen(
    scheme: str, host: str, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE, color_scheme=scheme)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    path = pass_on(page, f"{host}aces/")
    assert not [url for url in requests if url.endswith(".png") and "/r/" in url]
    page.get_by_role("button", name="Show code").click()
    address = f"https://example.org/{path}"
    expect(page.get_by_role("img", name=f"QR code. Opens {address}")).to_be_visible()
    assert codes_on_screen(page, address) == [address]


def test_the_dialog_can_be_left_and_gives_the_focus_back(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    path = pass_on(page, f"{host}aces/")
    expect(page.locator(".li-dialog [data-exit]")).to_be_in_viewport(ratio=1)
    assert axe_faults_in_both_schemes(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(f".li-resource [data-pass-on][href*='{path}']")).to_be_focused()


@pytest.mark.parametrize(
    ("width", "height"), [(390, 844), (390, 568), (320, 480), (844, 390), (1280, 800)]
)
def test_the_code_to_pass_on_is_seen_whole(
    width: int, height: int, host: str, new_page: NewPage
) -> None:
    page = new_page(viewport={"width": width, "height": height})
    page.goto(f"{host}aces/")
    page.locator("[data-pass-on]").last.click()
    page.locator("[data-way=code]").click()
    picture = page.locator(".li-dialog__code img")
    address = "https://example.org/q/aces"
    assert codes_on_screen(page, address) == [address]
    box, frame = picture.bounding_box(), page.locator("dialog[open]").bounding_box()
    assert box
    assert frame
    assert box["height"] >= 150
    assert frame["y"] <= box["y"]
    assert box["y"] + box["height"] <= frame["y"] + frame["height"]


def test_the_whole_page_can_be_passed_on(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=DESKTOP)
    page.goto(f"{host}ddp/")
    page.get_by_role("button", name="Pass on this page").click()
    expect(page.get_by_label("Your message. You can change it.")).to_have_value(
        "From Example Council: DDP and PACE (Dyadic Developmental Psychotherapy and Practice), "
        "a page of good links: https://example.org/q/ddp"
    )
