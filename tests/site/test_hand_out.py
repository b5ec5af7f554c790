"""A category on paper: clean, with the address and the code of every link that is shown."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import zxingcpp
from playwright.sync_api import Page
from tests.conftest import NewPage
from tests.site.conftest import PHONE

from linkindex.catalogue import Audience, Catalogue

PAPER = {"format": "A4", "margin": dict.fromkeys(("top", "right", "bottom", "left"), "12mm")}


def hand_out(page: Page) -> pypdfium2.PdfDocument:
    """Press the button, and print when the page asks to."""
    page.evaluate("window.print = () => { window.asked = true; }")
    page.get_by_role("button", name="Print as a hand-out").click()
    page.wait_for_function("window.asked")
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
    page = new_page(viewport=PHONE)
    page.goto(f"{host}aces/")
    paper = hand_out(page)
    category = catalogue.category("aces")
    paths = ["q/aces", *(f"r/{resource.code}" for resource in catalogue.resources_of(category))]
    assert codes(paper) == {f"{catalogue.settings.site_url}{path}" for path in paths}
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
    shown = page.locator("[data-entry]:not([hidden])").evaluate_all("all => all.map(e => e.id)")
    first = [
        catalogue.resource(name).code
        for audience in Audience
        for name in catalogue.category("aces").start_here.for_audience(audience)
    ]
    printed = {address.rpartition("/")[2] for address in codes(hand_out(page))}
    assert set(shown) <= printed <= {*shown, *first, "aces"}


def test_codes_are_fetched_only_to_be_printed(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(Path(request.url).suffix))
    page.goto(f"{host}aces/")
    page.wait_for_load_state("networkidle")
    assert asked.count(".svg") <= 1, "no picture but the icon of the site"
    hand_out(page)
    assert asked.count(".svg") > 10
