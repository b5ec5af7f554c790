"""The Welsh pages that come along say what the English ones do, as far as a test can see."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

DOCS = REPOSITORY / "docs"
ENGLISH = sorted(path for path in DOCS.glob("*.md") if path.name.count(".") == 1)

SHAPES = {
    "headings": re.compile(r"^#+ ", re.MULTILINE),
    "points": re.compile(r"^- ", re.MULTILINE),
    "rows": re.compile(r"^\|", re.MULTILINE),
    "places to fill in": re.compile(r"\{\{.*?\}\}|\{%.*?%\}"),
    "links": re.compile(r"\]\((.*?)\)|href=\"(.*?)\""),
    "numbers": re.compile(r"\b(?:999|112|400 %|320|44|2018)\b"),
    "what scripts need": re.compile(r"data-offline[a-z-]*|^scripts:.*$|^robots:.*$", re.MULTILINE),
}


@pytest.mark.parametrize("page", ENGLISH, ids=[path.stem for path in ENGLISH])
def test_each_page_has_the_same_parts_links_and_places_in_welsh(page: Path) -> None:
    english = page.read_text("utf-8")
    welsh = page.with_suffix(".cy.md").read_text("utf-8")
    for name, shape in SHAPES.items():
        here, there = (sorted(map(str, shape.findall(text))) for text in (english, welsh))
        assert here == there, name
