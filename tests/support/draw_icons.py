"""Draws the icons of the web app manifest and the wordmark from the mark in ``favicon.svg``.

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
IMAGES = REPOSITORY / ".github" / "images"
FONTS = REPOSITORY / "tools" / "linkindex" / "cards" / "fonts"

PAGE = """\
#set page(width: 100pt, height: 100pt, margin: 14pt, fill: rgb("{paper}"))
#image(bytes("{mark}"), format: "svg", width: 72pt, height: 72pt)
"""
"""A margin of 14 in 100, since launchers cut icons to circles
(https://www.w3.org/TR/appmanifest/#icon-masks)."""


WORDMARK = """\
#set page(width: auto, height: auto, margin: (left: 60pt, rest: 7pt), fill: none)
#set text(font: "Atkinson Hyperlegible Next", weight: 700, size: 40pt, tracking: -0.02em,
  fill: rgb("{colour}"), top-edge: "ascender", bottom-edge: "descender")
LinkIndex
"""
WORDMARKS = {"wordmark.svg": "#0a4a58", "wordmark-dark.svg": "#8fd3e0"}
"""The colour of each: on light and on dark grounds."""


def mark() -> tuple[str, str]:
    """The drawing of the favicon, and its colour."""
    svg = (ASSETS / "favicon.svg").read_text("utf-8")
    parts = re.search(r"<style>path\{fill:(#\w+)\}.*</style>(.*)</svg>", svg, re.DOTALL)
    assert parts, "the favicon does not say its colour"
    return parts[2].strip(), parts[1]


def icon(size: int) -> Image.Image:
    """The mark of the favicon on the colour of the pages."""
    drawing, colour = mark()
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32' fill='{colour}'>"
        f"{drawing}</svg>"
    )
    page = PAGE.format(paper=PAPER, mark=svg.replace('"', "'"))
    drawn = typst.compile(page.encode(), format="png", ppi=72 * size / 100)
    assert isinstance(drawn, bytes)
    return Image.open(io.BytesIO(drawn)).convert("RGB")


def wordmark(colour: str) -> str:
    """The mark and the name of the program, as a drawing that needs no font."""
    page = WORDMARK.format(colour=colour)
    drawn = typst.compile(page.encode(), format="svg", font_paths=[str(FONTS)])
    assert isinstance(drawn, bytes)
    placed = f'<g fill="{colour}" transform="translate(4 5) scale(1.45)">{mark()[0]}</g></svg>'
    return drawn.decode().replace("</svg>", placed)


def main() -> None:
    """Write the icons."""
    for size in ICON_SIZES:
        icon(size).quantize(32).save(ASSETS / f"icon-{size}.png", optimize=True)
    for name, colour in WORDMARKS.items():
        (IMAGES / name).write_text(wordmark(colour), "utf-8")


if __name__ == "__main__":
    main()
