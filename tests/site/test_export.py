"""The exported pages, and that another engine builds the same site from them."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

import pytest

from linkindex.catalogue import Catalogue
from linkindex.site.export import export_docs
from linkindex.site.generate import generate
from linkindex.site.outputs import written_pages


@pytest.fixture(scope="module")
def exported(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    export_docs(catalogue, folder)
    return folder


@pytest.fixture(scope="module")
def built(exported: Path) -> Path:
    """The exported pages as Zensical builds them; it has no wheel for some platforms."""
    if find_spec("zensical") is None:
        pytest.skip("Zensical cannot be installed here: it has no wheel for this platform")
    subprocess.run(
        [sys.executable, "-m", "zensical", "build"],
        cwd=exported,
        check=True,
        capture_output=True,
        timeout=120,
    )
    return exported / "site"


def test_the_export_holds_every_generated_file(exported: Path, catalogue: Catalogue) -> None:
    for path, content in generate(catalogue, written_pages()).items():
        assert (exported / "docs" / path).read_bytes() == content


def test_zensical_builds_the_same_pages(built: Path, site: Path) -> None:
    assert addresses(built) == addresses(site)


def test_zensical_builds_the_same_anchors(built: Path, site: Path) -> None:
    for address in addresses(site):
        ours = anchors(site / address)
        assert ours
        assert ours <= anchors(built / address) | THEME_ANCHORS, address


def test_zensical_shows_the_way_out_on_every_page(built: Path) -> None:
    for address in addresses(built):
        page = (built / address).read_text("utf-8")
        assert re.search(r"<a[^>]*data-exit", page), address


THEME_ANCHORS = {"__drawer", "__search", "__config", "__toc"}
"""What Material needs for itself, and Zensical may not."""


def addresses(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*.html")}


def anchors(page: Path) -> set[str]:
    found: set[str] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, _: str, attributes: list[tuple[str, str | None]]) -> None:
            found.update(value for name, value in attributes if name == "id" and value)

    Reader().feed(page.read_text("utf-8"))
    return found
