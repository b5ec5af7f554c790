"""The kinds of page that the site has, and the screens they are seen on."""

from __future__ import annotations

import pytest
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


@pytest.fixture(scope="session")
def address_of(host: str, catalogue: Catalogue) -> dict[str, str]:
    return addresses_of_kinds(host, catalogue)


def addresses_of_kinds(host: str, catalogue: Catalogue) -> dict[str, str]:
    """Where a page of each kind is on a host."""
    resource = catalogue.current_resources[0]
    return {
        kind: host + path.replace("RESOURCE", resource.code) for kind, path in PAGE_KINDS.items()
    }
