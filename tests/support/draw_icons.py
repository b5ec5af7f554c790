"""Draws the icons of the web app manifest from the ring of ``favicon.svg``.

Run it after changing the favicon: ``python -m tests.support.draw_icons``.
"""

from __future__ import annotations

import re

from PIL import Image, ImageDraw

from linkindex.site.exports.manifest import ICON_SIZES, PAPER
from tests.conftest import REPOSITORY

ASSETS = REPOSITORY / "overrides" / "assets"
FINER = 8
"""How many times larger the ring is drawn before it is made smaller, so that its edge is smooth."""


def icon(size: int) -> Image.Image:
    """The ring of the favicon on the colour of the pages."""
    svg = (ASSETS / "favicon.svg").read_text("utf-8")
    ring = re.search(
        r'viewBox="0 0 (\d+) \1".*r="(\d+)".*stroke="(#\w+)" stroke-width="(\d+)"', svg
    )
    assert ring, "the favicon is no ring"
    box, radius, colour, stroke = int(ring[1]), int(ring[2]), ring[3], int(ring[4])
    scale = size * FINER / box
    large = Image.new("RGB", (size * FINER, size * FINER), PAPER)
    middle = box * scale / 2
    for reach, fill in ((radius + stroke / 2, colour), (radius - stroke / 2, PAPER)):
        edge = reach * scale
        corners = (middle - edge, middle - edge, middle + edge, middle + edge)
        ImageDraw.Draw(large).ellipse(corners, fill=fill)
    return large.resize((size, size), Image.Resampling.BOX)


def main() -> None:
    """Write the icons."""
    for size in ICON_SIZES:
        icon(size).quantize(32).save(ASSETS / f"icon-{size}.png", optimize=True)


if __name__ == "__main__":
    main()
