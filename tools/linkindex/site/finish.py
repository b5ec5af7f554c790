"""What is done to a built site, whatever engine built it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from linkindex.catalogue import Catalogue
from linkindex.site import csp
from linkindex.site.search_index import with_catalogue

SEARCH_INDEX = Path("search/search_index.json")
_POLICY_SIGN = 'http-equiv="Content-Security-Policy"'


def write_search_index(site: Path, catalogue: Catalogue, written: Iterable[str]) -> None:
    """Replace the theme's search entries of generated pages by those of the catalogue."""
    path = site / SEARCH_INDEX
    if path.exists():
        index = with_catalogue(path.read_text("utf-8"), catalogue, written)
        path.write_text(index, "utf-8")


def secure_pages(site: Path) -> None:
    """Give every page a content security policy, and drop the theme's source maps."""
    for path in sorted(site.rglob("*.html")):
        page = path.read_text("utf-8")
        if _POLICY_SIGN not in page:
            path.write_text(csp.with_policy(page, csp.MATERIAL_PAGE), "utf-8")
    for path in site.rglob("*.map"):
        path.unlink()
