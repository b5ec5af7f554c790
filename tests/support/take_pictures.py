"""Takes the pictures of the README from the built site: ``make pictures``."""

from __future__ import annotations

import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.conftest import BROWSER_ARGUMENTS, REPOSITORY, chromium_program
from tests.support.static_host import serve_folder

PICTURES = REPOSITORY / ".github" / "images"
PAGES = ("q/aces", "", "aces/")
GAP = 24


def main() -> None:
    """Write ``cards.png``, ``contact.png`` and ``phone.png``."""
    site = REPOSITORY / "site"
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name in ("cards.png", "contact.png"):
        shutil.copy(site / "cards" / name, PICTURES / name)
    with serve_folder(site) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_program(), args=BROWSER_ARGUMENTS
        )
        page = browser.new_page(viewport={"width": 390, "height": 780})
        shots = []
        for number, path in enumerate(PAGES):
            page.goto(root + path)
            target = PICTURES / f"shot-{number}.png"
            page.screenshot(path=target)
            shots.append(target)
        browser.close()
    side_by_side(shots, PICTURES / "phone.png")


def side_by_side(shots: list[Path], target: Path) -> None:
    """Put screenshots beside each other on the colour of the cards' picture, and remove them."""
    pictures = [Image.open(shot).convert("RGB") for shot in shots]
    width = sum(picture.width for picture in pictures) + GAP * (len(pictures) + 1)
    sheet = Image.new("RGB", (width, pictures[0].height + 2 * GAP), "#e8e3da")
    left = GAP
    for picture in pictures:
        sheet.paste(picture, (left, GAP))
        left += picture.width + GAP
    sheet.quantize(128).save(target, optimize=True)
    for shot in shots:
        shot.unlink()


if __name__ == "__main__":
    main()
