"""Draws the icons of the web app manifest from the mark in ``favicon.svg``.

Run it after changing the favicon: ``python -m tests.support.draw_icons``.
"""

from __future__ import annotations

import io
import re

import typst
from PIL import Image

from linkindex.site.exports.manifest import ICON_SIZES, PAPER
from tests.conftest import REPOSITORY

ASSETS = REPOSITORY / "overrides" / "assets"

PAGE = """\
#set page(width: 100pt, height: 100pt, margin: 14pt, fill: rgb("{paper}"))
#image(bytes("{mark}"), format: "svg", width: 72pt, height: 72pt)
"""
"""A margin of 14 in 100, since launchers cut icons to circles
(https://www.w3.org/TR/appmanifest/#icon-masks)."""


def icon(size: int) -> Image.Image:
    """The mark of the favicon on the colour of the pages."""
    svg = (ASSETS / "favicon.svg").read_text("utf-8")
    style = re.search(r"<style>path\{fill:(#\w+)\}.*</style>", svg)
    assert style, "the favicon does not say its colour"
    mark = svg.replace(style[0], "").replace("<svg ", f'<svg fill="{style[1]}" ', 1)
    page = PAGE.format(paper=PAPER, mark=mark.replace('"', '\\"').replace("\n", ""))
    drawn = typst.compile(page.encode(), format="png", ppi=72 * size / 100)
    assert isinstance(drawn, bytes)
    return Image.open(io.BytesIO(drawn)).convert("RGB")


def main() -> None:
    """Write the icons."""
    for size in ICON_SIZES:
        icon(size).quantize(32).save(ASSETS / f"icon-{size}.png", optimize=True)


if __name__ == "__main__":
    main()
