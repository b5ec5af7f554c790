"""The exported pages, and what another engine builds of them once it is finished."""

from __future__ import annotations

import shutil
import subprocess
import sys
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


def test_the_export_holds_every_generated_file(exported: Path, catalogue: Catalogue) -> None:
    for path, content in generate(catalogue, written_pages()).items():
        assert (exported / "docs" / path).read_bytes() == content


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


def test_a_folder_that_is_not_the_site_is_refused_and_left_alone(
    exported: Path, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("<meta charset=utf-8>mine", "utf-8")
    catalogue = str(SAMPLE)
    ended = CliRunner().invoke(main, ["finish", str(tmp_path), "--catalogue", catalogue])
    assert ended.exit_code == 1
    assert "so it is not the built site of resources.yaml; build what" in ended.output
    assert (tmp_path / "index.html").read_text("utf-8") == "<meta charset=utf-8>mine"


def addresses(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
