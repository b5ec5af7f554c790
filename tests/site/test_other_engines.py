"""The exported pages, and that another engine builds the same site from them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.conftest import SAMPLE, NewPage
from tests.site.test_browser import search
from tests.support.static_host import serve_folder

from linkindex.catalogue import Catalogue
from linkindex.cli import main
from linkindex.site.engines.export import export_docs
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
        leads_on = 'http-equiv="refresh"' in (site / address).read_text("utf-8")
        assert bool(ours) is not leads_on, address
        assert ours <= anchors(built / address) | THEME_ANCHORS, address


def test_zensical_shows_the_way_out_on_every_page(built: Path) -> None:
    for address in addresses(built):
        page = (built / address).read_text("utf-8")
        assert re.search(r"<a[^>]*data-exit", page), address


@pytest.fixture(scope="module")
def finished(exported: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exported pages as MkDocs builds them without our plugin, finished by the command."""
    folder = tmp_path_factory.mktemp("finished") / "pages"
    shutil.copytree(exported, folder, ignore=shutil.ignore_patterns("site"))
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=120,
    )
    plain = (folder / "site/index.html").read_text("utf-8")
    assert "Content-Security-Policy" not in plain
    run_finish(folder / "site")
    return folder / "site"


def run_finish(site: Path) -> None:
    catalogue = str(SAMPLE)
    ended = CliRunner().invoke(main, ["finish", str(site), "--catalogue", catalogue])
    assert ended.exit_code == 0, ended.output


def test_a_finished_site_has_the_policies_and_the_search_of_our_own(
    finished: Path, site: Path
) -> None:
    assert addresses(finished) == addresses(site)
    for address in addresses(site):
        assert ("Content-Security-Policy" in (finished / address).read_text("utf-8")) == (
            "Content-Security-Policy" in (site / address).read_text("utf-8")
        ), address
    for path in ("search/index.json", "search/numbers.json"):
        assert (finished / path).read_bytes() == (site / path).read_bytes()
    assert not (finished / "search/search_index.json").exists()
    assert not list(finished.rglob("*.map"))


def test_finishing_twice_changes_nothing(finished: Path) -> None:
    before = {path: path.read_bytes() for path in finished.rglob("*") if path.is_file()}
    run_finish(finished)
    assert {path: path.read_bytes() for path in finished.rglob("*") if path.is_file()} == before


def test_a_finished_site_is_searched_and_complains_of_nothing(
    finished: Path, new_page: NewPage
) -> None:
    complaints: list[str] = []
    with serve_folder(finished) as host:
        page = new_page(viewport={"width": 1280, "height": 800})
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(host)
        page.get_by_role("button", name="Search the links").click()
        assert search(page, "graded care profile")[0] == "GCP2"
        page.goto(f"{host}aces/")
        page.wait_for_load_state("networkidle")
    assert complaints == []


def test_what_zensical_built_is_finished_too(
    built: Path, tmp_path: Path, new_page: NewPage
) -> None:
    site = tmp_path / "site"
    shutil.copytree(built, site)
    run_finish(site)
    complaints: list[str] = []
    with serve_folder(site) as host:
        page = new_page(viewport={"width": 1280, "height": 800})
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{host}aces/")
        page.wait_for_load_state("networkidle")
        assert page.locator("meta[http-equiv=Content-Security-Policy]").count() == 1
    assert complaints == []


def test_a_folder_that_is_not_the_site_is_refused_and_left_alone(
    exported: Path, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("<meta charset=utf-8>mine", "utf-8")
    catalogue = str(SAMPLE)
    ended = CliRunner().invoke(main, ["finish", str(tmp_path), "--catalogue", catalogue])
    assert ended.exit_code == 1
    assert "so it is not the built site of resources.yaml; build what" in ended.output
    assert (tmp_path / "index.html").read_text("utf-8") == "<meta charset=utf-8>mine"


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
