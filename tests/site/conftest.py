"""The kinds of page that the site has, and the screens they are seen on."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page

from linkindex.catalogue import Catalogue

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
NARROW = {"width": 320, "height": 640}

PAGE_KINDS = {
    "home": "",
    "category": "aces/",
    "A to Z": "all/",
    "languages": "languages/",
    "language": "languages/pl/",
    "easy read": "languages/easy-read/",
    "glossary": "glossary/",
    "written page": "safety/",
    "accessibility": "accessibility/",
    "form": "contribute/",
    "cards": "cards/",
    "data and feeds": "data/",
    "health": "health/",
    "offline reading": "offline/",
    "scan page": "q/aces",
    "resource page": "r/RESOURCE",
    "urgent help": "urgent",
    "list": "list/#RESOURCE",
    "opened list": "l#RESOURCE",
    "not found": "no-such-page",
}


CUT = """() => [...document.querySelectorAll('body *')].filter(one => {
    const style = getComputedStyle(one);
    const seen = one.offsetWidth > 1 && one.offsetHeight > 1 && style.visibility !== 'hidden';
    const wide = /hidden|clip/.test(style.overflowX) && one.scrollWidth > one.clientWidth + 2;
    const high = /hidden|clip/.test(style.overflowY) && one.scrollHeight > one.clientHeight + 2;
    return seen && one.textContent.trim() && (wide || high);
}).map(one => one.outerHTML.slice(0, 120))"""
"""Whatever holds text, and more of it than it shows."""


def wait_until_still(page: Page) -> None:
    """Wait until everything that was moving or changing its colour has done so."""
    page.evaluate(
        """async () => {
            const ends = one => one.effect.getComputedTiming().endTime < 60000;
            const moving = () => document.getAnimations()
                .filter(one => one.playState === 'running' && ends(one));
            while (moving().length) {
                await Promise.all(moving().map(one => one.finished.catch(() => null)));
            }
        }"""
    )


def wait_for_what_was_begun(page: Page) -> None:
    """Wait until a page has asked for what it was about to ask for, such as another page."""
    page.evaluate("() => new Promise(done => setTimeout(done))")


LOOKS = 100
"""How often the screen is looked at, a tenth of a second apart, before a code is called missing."""


def codes_on_screen(page: Page, wanted: str) -> list[str]:
    """What a phone reads off the screen, as soon as what is wanted can be read there."""
    found: list[str] = []
    for _ in range(LOOKS):
        screen = Image.open(io.BytesIO(page.screenshot()))
        found = [code.text for code in zxingcpp.read_barcodes(screen)]
        if wanted in found:
            break
        page.wait_for_timeout(100)
    return found


@pytest.fixture(scope="session")
def address_of(host: str, catalogue: Catalogue) -> dict[str, str]:
    return addresses_of_kinds(host, catalogue)


def addresses_of_kinds(host: str, catalogue: Catalogue) -> dict[str, str]:
    """Where a page of each kind is on a host."""
    resource = catalogue.current_resources[0]
    return {
        kind: host + path.replace("RESOURCE", resource.code) for kind, path in PAGE_KINDS.items()
    }
