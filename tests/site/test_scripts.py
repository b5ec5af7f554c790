"""Scripts of a built site: those of the search are one, whichever engine built the pages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.conftest import REPOSITORY, NewPage

from linkindex.site.scripts import JOINED, OF_SEARCH, finish_scripts


@pytest.fixture
def apart(tmp_path: Path) -> Path:
    """A site whose scripts are as an engine copies them."""
    shutil.copytree(REPOSITORY / "overrides/assets", tmp_path / "assets")
    return tmp_path


def contents(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.js")
    }


def test_the_search_of_a_site_is_one_script(site: Path) -> None:
    assert [f"assets/search/{path.name}" for path in site.glob("assets/search/*.js")] == [JOINED]


def test_its_first_use_asks_for_one_script(host: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(host)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(host)))
    page.locator("[data-open-search]:visible").first.click()
    page.wait_for_load_state("networkidle")
    assert sorted(path for path in asked if "search/" in path) == sorted(
        (JOINED, "search/index.json", "search/meanings.json", "search/numbers.json")
    )


def test_finishing_scripts_twice_changes_nothing(apart: Path) -> None:
    finish_scripts(apart)
    once = contents(apart)
    finish_scripts(apart)
    assert contents(apart) == once


def test_what_fetches_the_search_names_the_script_that_is_there(apart: Path) -> None:
    apart_names = {path for path, text in contents(apart).items() if '"minisearch"' in text}
    assert apart_names == {"assets/search.js", "assets/offline.js"}
    finish_scripts(apart)
    found = contents(apart)
    assert {path for path, text in found.items() if '"minisearch"' in text} == set()
    assert {path for path, text in found.items() if '["whole"]' in text} == apart_names


def test_scripts_of_a_search_that_is_fetched_in_a_way_of_its_own_stay_apart(apart: Path) -> None:
    own = 'fetch(`${root}assets/search/${["engine", "panel"][at]}.js`);\n'
    (apart / "assets/search.js").write_text(own, "utf-8")
    finish_scripts(apart)
    assert not (apart / JOINED).exists()
    assert all((apart / f"assets/search/{name}.js").is_file() for name in OF_SEARCH)
