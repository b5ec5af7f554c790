"""What is done to a built site, whatever engine built it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from linkindex.catalogue import Catalogue
from linkindex.site import csp
from linkindex.site.search_index import with_catalogue

SEARCH_INDEX = Path("search/search_index.json")
MARK = ".linkindex"
"""A file that says that a folder was made here, and so may be replaced."""

_POLICY = re.compile(rb"<meta http-equiv=[\"']?Content-Security-Policy", re.I)
_BEGINNING = 1024
"""Bytes in which a page's policy stands, if it has one: it only holds for what comes after it."""


def write_search_index(site: Path, catalogue: Catalogue, written: Iterable[str]) -> None:
    """Replace the theme's search entries of generated pages by those of the catalogue."""
    path = site / SEARCH_INDEX
    if path.exists():
        index = with_catalogue(path.read_text("utf-8"), catalogue, written)
        path.write_text(index, "utf-8")


def secure_pages(site: Path) -> None:
    """Give every page a content security policy, and drop the theme's source maps.

    A file that declares no character set is not a page, but one that a host asked an index to
    keep, such as a proof of ownership.
    """
    for folder, _, names in os.walk(site):
        for name in names:
            path = Path(folder, name)
            if name.endswith(".html"):
                _secure(path)
            elif name.endswith(".map"):
                path.unlink()


def _secure(path: Path) -> None:
    with path.open("rb") as file:
        begins = file.read(_BEGINNING)
    if _POLICY.search(begins):
        return
    page = path.read_text("utf-8")
    if csp.declares_characters(page.partition("</head>")[0]):
        path.write_text(csp.with_policy(page, csp.MATERIAL_PAGE), "utf-8")


def mark(site: Path) -> None:
    """Leave the mark of a folder that was made here."""
    (site / MARK).write_text("Made by LinkIndex; replaced by the next build.\n", "utf-8")
