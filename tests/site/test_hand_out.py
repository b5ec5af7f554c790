"""Pages on paper: clean, dark on white, with addresses, and neutral where a topic is sensitive."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Page
from tests.conftest import NewPage
from tests.site.conftest import DESKTOP, PHONE
from tests.site.kestrels import GIVEAWAY, kestrel_text
from tests.support.catalogues import parsed

from linkindex import wording
from linkindex.catalogue import Audience, Catalogue, Category, Resource, ShownCatalogue
from linkindex.catalogue.rules.telling import telling_words
from linkindex.catalogue.telling import sensitive_names
from linkindex.site.exports import Discretion
from linkindex.site.health import SiteHealth
from linkindex.site.scan import scan_pages

PAPER = {"format": "A4", "margin": dict.fromkeys(("top", "right", "bottom", "left"), "12mm")}


def hand_out(page: Page) -> pypdfium2.PdfDocument:
    """Press the button, and print when the page asks to."""
    # In a function, since a function that is the value of what is evaluated would be called.
    page.evaluate("() => { window.print = () => { window.asked = true; }; }")
    page.get_by_role("button", name="Print as a hand-out").click()
    page.wait_for_function("() => window.asked")
    return pypdfium2.PdfDocument(io.BytesIO(page.pdf(**PAPER)))  # type: ignore[arg-type]


def codes(paper: pypdfium2.PdfDocument) -> set[str]:
    return {
        code.text
        for page in paper
        for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())
    }


def text(paper: pypdfium2.PdfDocument) -> str:
    return " ".join(page.get_textpage().get_text_bounded() for page in paper)


def test_every_link_has_its_address_and_a_code_that_reads(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    category = catalogue.category("aces")
    paths = ["q/aces", *(f"r/{resource.code}" for resource in catalogue.resources_of(category))]
    wanted = {f"{catalogue.settings.site_url}{path}" for path in paths}
    page = new_page(viewport=PHONE)
    page.goto(f"{host}aces/")
    paper = hand_out(page)
    assert codes(paper) == wanted
    printed = text(paper)
    for path in paths:
        assert f"example.org/{path}" in printed
    for control in ("Leave this site", "Choose what is shown", "Pass it on", "Print as"):
        assert control not in printed


def test_what_a_choice_hides_is_not_printed(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"{host}aces/#for=young-people&nation=england&only=yes")
    shown = page.locator("[data-kind][data-for]:not([hidden])").evaluate_all(
        "all => all.map(e => e.id)"
    )
    first = [
        catalogue.resource(name).code
        for audience in Audience
        for name in catalogue.category("aces").start_here.for_audience(audience)
    ]
    paper = hand_out(page)
    printed = set(re.findall(r"example\.org/[qr]/(\w+)", text(paper)))
    assert set(shown) <= printed <= {*shown, *first, "aces"}
    assert {address.rpartition("/")[2] for address in codes(paper)} <= printed
    drawn = page.locator("img.li-code").evaluate_all("all => all.map(e => e.src)")
    assert printed <= {Path(address).stem for address in drawn}


def test_codes_are_fetched_only_to_be_printed(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(Path(request.url).suffix))
    page.goto(f"{host}aces/")
    page.wait_for_load_state("networkidle")
    assert ".png" not in asked
    hand_out(page)
    assert asked.count(".png") > 10


def test_entries_take_the_width_of_the_paper(host: str, new_page: NewPage) -> None:
    page = new_page(viewport={"width": 794, "height": 1123})
    page.goto(f"{host}aces/")
    page.emulate_media(media="print")
    widths = {
        round(page.locator(part).first.evaluate("one => one.getBoundingClientRect().width"))
        for part in (".li-band", ".li-start", ".li-resource")
    }
    assert len(widths) == 1


def test_nothing_but_drawings_is_fetched_and_only_their_places_change(
    host: str, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"{host}aces/")
    buttons = page.locator("[data-entries] button, .li-picks button")
    buttons.first.wait_for()
    said = buttons.all_inner_texts()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    hand_out(page)
    assert {Path(address).suffix for address in asked} == {".png"}
    assert buttons.all_inner_texts() == said


def test_where_a_drawing_is_not_there_its_address_is_printed_alone(
    host: str, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.route("**/q/aces.png", lambda route: route.fulfill(status=404, body="<p>Not here</p>"))
    page.goto(f"{host}aces/")
    paper = hand_out(page)
    assert not any(code.endswith("/q/aces") for code in codes(paper))
    assert "Not here" not in text(paper)
    assert "example.org/q/aces" in text(paper)


# Every kind of page

ON_PAPER = """() => {
  const seen = (element) => element.checkVisibility({ visibilityProperty: true })
    && !element.closest("svg, script, style");
  const generated = (element) => ["::before", "::after"].map((side) => {
    const style = getComputedStyle(element, side);
    const { content } = style;
    return style.display === "none" || !content.includes('"') ? ""
      : content.replace(/"([^"]*)"\\s*/g, "$1");
  }).join(" ");
  const light = ([red, green, blue]) => [red, green, blue].map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = parts(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const said = [];
  const pale = [];
  for (const element of document.body.querySelectorAll("*")) {
    if (!seen(element)) continue;
    const own = Array.from(element.childNodes).filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.textContent).join(" ");
    const text = `${own} ${generated(element)}`.trim();
    if (!text) continue;
    said.push(text);
    const ink = parts(getComputedStyle(element).color);
    // Browsers leave backgrounds out unless they are asked to print them.
    const worst = Math.min(contrast(ink, [255, 255, 255]), contrast(ink, behind(element)));
    if (worst < 4.5 || ink[3] < 1) pale.push(`${worst.toFixed(1)} ${text}`);
  }
  const bare = Array.from(document.body.querySelectorAll("a[href]"))
    .filter((link) => seen(link) && !/^(tel:|sms:|mailto:|#)/.test(link.getAttribute("href")))
    .filter((link) => {
      const place = link.closest("li, article, p, td, th, dd") || link;
      return ![place, ...place.querySelectorAll("*")].filter(seen).some((one) =>
        /https?:|example\\.org/.test(generated(one)) || /example\\.org/.test(one.textContent));
    }).map((link) => link.outerHTML);
  return { text: said.join(" | "), pale, bare };
}"""


class Paper(NamedTuple):
    """What a page is on paper: its text, its texts that are too pale, its links without address."""

    text: str
    pale: list[str]
    bare: list[str]


def on_paper(page: Page, scheme: str = "light") -> Paper:
    page.emulate_media(media="print", color_scheme=scheme)  # type: ignore[arg-type]
    return Paper(**page.evaluate(ON_PAPER))


OWN_ADDRESS = {
    "scan page": "example.org/q/aces",
    "resource page": "example.org/r/",
    "urgent help": "example.org/urgent",
    "not found": "example.org/all/",
    # A list has no address of its own: what is handed out leads to its links, and to the site.
    "list": "example.org/",
    "opened list": "example.org/",
}


def test_on_paper_every_text_is_dark_and_every_address_is_there(
    host: str, address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=DESKTOP)
    sensitive = {"sensitive topic": f"{host}hb4/", "sensitive scan page": f"{host}q/hb4"}
    for kind, address in (address_of | sensitive).items():
        page.emulate_media(media="screen")
        page.goto(address)
        path = urlsplit(address).path
        for scheme in ("light", "dark"):
            paper = on_paper(page, scheme)
            assert paper.pale == [], (kind, scheme)
            assert paper.bare == [], (kind, scheme)
            assert OWN_ADDRESS.get(kind, f"example.org{path}") in paper.text, (kind, scheme)


# What is sensitive


@pytest.fixture(scope="module")
def kestrels() -> ShownCatalogue:
    return ShownCatalogue.of(parsed(kestrel_text()), {"kestrel-guest", "open-title"})


def scans(catalogue: Catalogue) -> dict[str, str]:
    return scan_pages(
        ShownCatalogue.of(catalogue, ()), SiteHealth(datetime.date.min).notes(catalogue)
    )


def neutral_codes(catalogue: Catalogue) -> Iterator[tuple[str, Category | Resource]]:
    """The path of the scan page of whatever is neutral, with what it is of."""
    discretion = Discretion(ShownCatalogue.of(catalogue, ()))
    for category in catalogue.categories:
        if category.sensitive:
            yield f"q/{category.code}", category
        for resource in category.resources:
            if discretion.is_neutral(resource) or category.sensitive:
                yield f"r/{resource.code}", resource


def test_no_word_of_a_sensitive_topic_is_printed_from_any_scan_page(
    kestrels: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    paths = dict(neutral_codes(kestrels))
    assert len(paths) == 2 + 8
    for path, content in scans(kestrels).items():
        if path.endswith("/index.html"):
            continue
        page.set_content(content)
        paper = on_paper(page)
        assert paper.pale == [], path
        assert paper.bare == [], path
        of_topic = path.removesuffix(".html") in {*paths, "urgent"}
        assert not (of_topic and GIVEAWAY in paper.text.casefold()), (path, paper.text)


def test_a_sensitive_link_is_its_short_address_alone_on_paper_and_in_every_message(
    catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    pages = scans(catalogue)
    names = telling_of(catalogue)
    for path, thing in neutral_codes(catalogue):
        page.set_content(pages[f"{path}.html"])
        address = f"{catalogue.settings.site_url}{path}"
        for message in page.locator("[href^='sms:?'], [href^='mailto:?']").all():
            link = urlsplit(message.get_attribute("href") or "")
            (sent,) = parse_qs(link.query)["body"]
            assert re.fullmatch(rf"{re.escape(catalogue.settings.site_url)}[qr]/\w+", sent)
        title, paper = page.title(), on_paper(page).text
        assert address.removeprefix("https://") in paper, path
        for shown in (title, paper):
            assert not telling_words(shown), (path, shown)
            assert not names.search(shown), (path, shown)
        if isinstance(thing, Resource):
            for secret in (thing.title, thing.publisher, thing.url):
                assert secret not in paper, path


def telling_of(catalogue: Catalogue) -> re.Pattern[str]:
    names = map(re.escape, sensitive_names(catalogue))
    return re.compile(rf"\b(?:{'|'.join(names)})\b", re.IGNORECASE)


def test_the_hand_out_of_a_sensitive_topic_names_neither_it_nor_its_links(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    names = telling_of(catalogue)
    sensitive = [one for one in catalogue.current_categories if one.sensitive]
    for category in sensitive:
        page.emulate_media(media="screen")
        page.goto(f"{host}{category.code}/")
        paper = on_paper(page).text
        resources = catalogue.resources_of(category)
        for secret in {one for link in resources for one in (link.title, link.publisher)}:
            assert secret not in paper, category.id
        for shown in (page.title(), paper):
            assert not telling_words(shown), category.id
            assert not names.search(shown), category.id


def test_the_hand_out_of_a_sensitive_topic_is_one_side_with_the_first_links_for_families(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    names = telling_of(catalogue)
    sensitive = [one for one in catalogue.current_categories if one.sensitive]
    assert sensitive
    for category in sensitive:
        page.goto(f"{host}{category.code}/")
        said = page.locator(".li-handout", has_text="Paper can be found").inner_text()
        assert "Print only where it is safe to keep." in said
        first = [catalogue.resource(name) for name in category.start_here.families]
        assert first
        paths = [f"q/{category.code}", *(f"r/{one.code}" for one in first)]
        wanted = {f"{catalogue.settings.site_url}{path}" for path in paths}
        paper = hand_out(page)
        assert codes(paper) == wanted
        printed = text(paper)
        assert len(paper) == 1, category.id
        assert category.outside_title in printed
        assert not names.search(printed)
        for number, resource in enumerate(first, start=1):
            kind = f"{number}. {wording.FORMATS[resource.format]} for "
            assert kind in printed, "to tell them apart"


def test_long_lists_stand_in_columns_and_what_is_folded_is_printed(
    address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    for kind, address in address_of.items():
        page.goto(address)
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        for summary in page.locator("#content summary").all():
            shown = summary.is_visible()
            assert not shown or summary.evaluate("one => one.parentElement.open"), kind
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="screen")
    for kind in ("A to Z", "glossary"):
        page.goto(address_of[kind])
        page.emulate_media(media="print")
        entries = page.locator(".li-list li, .li-terms > div").count()
        sides = len(pypdfium2.PdfDocument(io.BytesIO(page.pdf(**PAPER))))  # type: ignore[arg-type]
        assert sides <= 1 + entries / 30, (kind, entries, sides)


@pytest.mark.parametrize("path", ["hb4/", "aces/"])
def test_printed_by_the_menu_of_the_browser_a_page_keeps_no_room_for_codes(
    path: str, host: str, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"{host}{path}")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    item = page.locator(".li-picks li").first
    assert item.evaluate("item => parseFloat(getComputedStyle(item).minHeight) || 0") == 0
    assert page.locator(".li-code").count() == 0


@pytest.mark.parametrize("path", ["", "all/", "now/", "q/now"])
def test_a_page_that_lists_sensitive_links_among_others_names_none_of_them_on_paper(
    path: str, host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"{host}{path}")
    # Numbers for urgent help are for everybody, and say so by their names.
    page.evaluate(
        "document.querySelector('.li-urgent') && document.querySelector('.li-urgent').remove()"
    )
    paper = on_paper(page).text
    for category in catalogue.current_categories:
        if category.sensitive:
            assert not re.search(rf"\| {re.escape(category.title)} \|", paper)
    discretion = Discretion(ShownCatalogue.of(catalogue, ()))
    for resource in catalogue.current_resources:
        if discretion.is_neutral(resource):
            assert f"| {resource.title} |" not in paper
