"""Every page is HTML that a validator accepts."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.catalogues import catalogue_text, with_retired_category
from tests.support.nu_checker import faults

from linkindex.site.build import build_site


def test_every_page_of_the_index_is_valid(site: Path) -> None:
    assert faults(sorted(site.rglob("*.html"))) == []


@pytest.mark.parametrize("text", ["Plain words", "\"'<b>&amp;</b> -- {{ 1 }} ]]> `c`"])
def test_every_page_of_a_sensitive_or_hostile_index_is_valid(text: str, tmp_path: Path) -> None:
    hostile = text != "Plain words"
    words = catalogue_text(text, sensitive=not hostile)
    (tmp_path / "resources.yaml").write_text(with_retired_category(words, "plain"), "utf-8")
    build_site(tmp_path / "resources.yaml", tmp_path / "site")
    assert faults(sorted((tmp_path / "site").rglob("*.html"))) == []
