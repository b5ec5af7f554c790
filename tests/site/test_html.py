"""Every page is HTML that a validator accepts."""

from __future__ import annotations

from pathlib import Path

from tests.support.catalogues import catalogue_text, with_retired_category
from tests.support.nu_checker import faults

from linkindex.site.build import build_site

HOSTILE = "\"'<b>&amp;</b> -- {{ 1 }} ]]> `c`"


def test_every_page_of_the_index_is_valid(site: Path) -> None:
    assert faults(sorted(site.rglob("*.html"))) == []


def test_every_page_of_a_sensitive_or_hostile_index_is_valid(tmp_path: Path) -> None:
    pages: list[Path] = []
    for name, words in (
        ("sensitive", catalogue_text(sensitive=True)),
        ("hostile", catalogue_text(HOSTILE)),
    ):
        index = tmp_path / name
        index.mkdir()
        (index / "resources.yaml").write_text(with_retired_category(words, "plain"), "utf-8")
        build_site(index / "resources.yaml", index / "site")
        pages += sorted((index / "site").rglob("*.html"))
    assert faults(pages) == []
