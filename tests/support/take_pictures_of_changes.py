"""Takes pictures of the topics that a pull request changes, for whoever reviews it.

``python -m tests.support.take_pictures_of_changes SITE REVIEW FOLDER``, where REVIEW is what
``linkindex changes --json`` wrote.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from linkindex.upkeep.reviewing.review import Review
from tests.conftest import BROWSER_ARGUMENTS, chromium_program
from tests.support.static_host import serve_folder

SCREENS = {"phone": (390, 844), "desktop": (1280, 800)}
MOST_TOPICS = 15
"""Of more topics at once nobody looks at the pictures."""


def pictures(browser: Browser, site: Path, codes: list[str], folder: Path) -> list[str]:
    """Write a picture of each topic, whole, on each screen; the names of those written."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    with serve_folder(site) as root:
        for screen, (width, height) in SCREENS.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            for code in codes[:MOST_TOPICS]:
                if (site / code / "index.html").is_file():
                    page.goto(f"{root}{code}/")
                    names.append(f"{code}-{screen}.png")
                    page.screenshot(path=folder / names[-1], full_page=True)
            page.close()
    return names


def main(site: str, review: str, folder: str) -> None:
    """Take the pictures of a review."""
    codes = Review.model_validate_json(Path(review).read_bytes()).topics
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_program(), args=BROWSER_ARGUMENTS
        )
        pictures(browser, Path(site), list(codes), Path(folder))
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
