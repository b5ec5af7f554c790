"""Zensical beside MkDocs: the same site from both, and the same sentences."""

from __future__ import annotations

import fnmatch
import gzip
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import yaml
from click.testing import CliRunner
from playwright.sync_api import Browser
from tests.conftest import REPOSITORY, SAMPLE
from tests.site.conftest import DESKTOP, PHONE, addresses_of_kinds
from tests.site.test_browser import (
    HOSTILE,
    search,
    test_a_page_asks_nobody_else_and_stores_nothing,  # noqa: F401
    test_the_way_out_is_in_reach_at_the_top_and_at_the_end_of_a_page,  # noqa: F401
    test_the_way_out_works_without_javascript,  # noqa: F401
    visit,  # noqa: F401
    visit_without_scripts,  # noqa: F401
)
from tests.site.test_built_site import (
    test_a_sensitive_topic_is_plain_where_it_is_read,  # noqa: F401
    test_every_link_of_the_site_to_itself_leads_somewhere,  # noqa: F401
    test_every_page_has_a_policy_without_unsafe_scripts,  # noqa: F401
    test_every_page_tells_the_next_site_nothing,  # noqa: F401
    test_no_page_carries_a_source_map,  # noqa: F401
    test_nothing_claims_to_have_been_checked,  # noqa: F401
    test_search_has_one_entry_a_category_and_one_a_resource,  # noqa: F401
    test_suggest_a_change_leads_to_the_line_of_the_category,  # noqa: F401
    test_the_cards_are_in_the_site,  # noqa: F401
    test_the_site_map_lists_the_pages_to_read_and_no_scan_page,  # noqa: F401
    test_what_stays_behind_of_a_sensitive_topic_is_neutral,  # noqa: F401
)
from tests.support.building import SHARED_CARDS, build_index
from tests.support.catalogues import catalogue_text
from tests.support.pages import as_written
from tests.support.static_host import serve_folder

from linkindex.catalogue import Catalogue, Engine, LinkIndexError
from linkindex.cli import main
from linkindex.site.build import build_site
from linkindex.site.engines import zensical
from linkindex.site.settings import SHARED_SETTINGS

KNOWN = yaml.safe_load((Path(__file__).parent / "data/engines.yaml").read_text("utf-8"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the sample index as Zensical builds it, for every test of this file."""
    folder = tmp_path_factory.mktemp("by-zensical") / "site"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(zensical, "CardMaker", lambda: SHARED_CARDS)
        build_site(SAMPLE, folder, engine=Engine.ZENSICAL)
    return folder


@pytest.fixture(scope="session")
def host(site: Path) -> Iterator[str]:
    with serve_folder(site) as address:
        yield address


@pytest.fixture(scope="session")
def address_of(host: str, catalogue: Catalogue) -> dict[str, str]:
    return addresses_of_kinds(host, catalogue)


@pytest.fixture(scope="module")
def sensitive_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sensitive-by-zensical")
    return build_index(folder, catalogue_text(sensitive=True), engine=Engine.ZENSICAL)


def test_both_engines_build_the_same_files(site_by_mkdocs: Path, site: Path) -> None:
    assert files_of(site) == files_of(site_by_mkdocs)


def test_each_file_is_the_same_but_for_what_is_listed(
    site_by_mkdocs: Path, site: Path, hostile: tuple[Path, Path]
) -> None:
    for ours, theirs in ((site_by_mkdocs, site), hostile):
        for path in files_of(theirs):
            read = read_alike(path, range(len(KNOWN["different"])))
            assert read(theirs / path) == read(ours / path), path


def test_what_is_listed_as_different_is(
    site_by_mkdocs: Path, site: Path, hostile: tuple[Path, Path]
) -> None:
    for left_out, known in enumerate(KNOWN["different"]):
        others = set(range(len(KNOWN["different"]))) - {left_out}
        assert any(
            read_alike(path, others)(ours / path) != read_alike(path, others)(theirs / path)
            for ours, theirs in ((site_by_mkdocs, site), hostile)
            for path in files_of(theirs)
        ), f"take it off the list: {known['what']}"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An index in which every text is an attack, in a folder of its host, by each engine."""
    text = catalogue_text(HOSTILE, site_url="https://example.org/keyring/")
    folder = tmp_path_factory.mktemp("hostile")
    ours, theirs = (build_index(folder / engine, text, engine=engine) for engine in Engine)
    return ours, theirs


def test_the_handbook_tells_each_difference_with_its_reason() -> None:
    told = " ".join((REPOSITORY / "handbook/engines.md").read_text("utf-8").split())
    for known in [*KNOWN["different"], *KNOWN["refused"]]:
        assert known["what"].rstrip(".") in told, known["what"]
        assert known["why"].rstrip(".") in told, known["why"]
        assert known.get("thread", "") in told


def test_what_is_typed_is_found(browser: Browser, address_of: dict[str, str]) -> None:
    page = browser.new_page(viewport=DESKTOP)
    page.goto(address_of["home"])
    assert search(page, "graded care profile")[0] == "GCP2"
    page.close()


@pytest.mark.parametrize("folder", ["site_by_mkdocs", "site"])
def test_no_script_and_no_style_sheet_of_a_theme_is_in_a_site(
    folder: str, request: pytest.FixtureRequest
) -> None:
    built: Path = request.getfixturevalue(folder)
    brought = {
        path.name
        for theme in ("material", "zensical")
        for path in files_in_package(theme, "templates/assets")
    }
    assert any(name.startswith("bundle.") for name in brought)
    assert brought & {Path(path).name for path in files_of(built)} == set()
    for path in files_of(built):
        if path.endswith(".html"):
            page = (built / path).read_text("utf-8")
            assert not re.search(r"assets/(javascripts|stylesheets)/|__md_", page), path


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["390", "1280"])
def test_pages_are_complete_and_styled_on_what_is_ours_alone(
    viewport: dict[str, int], browser: Browser, address_of: dict[str, str]
) -> None:
    page = browser.new_page(viewport=viewport)
    failed: list[str] = []
    page.on("requestfailed", lambda asked: failed.append(asked.url))
    page.on("response", lambda got: failed.append(got.url) if got.status >= 400 else None)
    for kind in ("home", "category", "A to Z", "written page"):
        page.goto(address_of[kind])
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.styleSheets.length") >= 1
        rules = "[...document.styleSheets].reduce((sum, one) => sum + one.cssRules.length, 0)"
        assert page.evaluate(rules) > 100
        paper = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(paper) not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"), kind
        bar = page.locator(".li-bar")
        assert bar.evaluate("(one) => getComputedStyle(one).position") == "sticky"
        for part in ("h1", "main", "footer", ".li-bar__leave"):
            assert page.locator(part).first.is_visible(), (kind, part)
    page.close()
    assert failed == []


def put_index(folder: Path, case: dict[str, Any]) -> Path:
    """An index without cards, with what a case says beside its catalogue."""
    (folder / "docs").mkdir()
    (folder / "overrides").mkdir()
    (folder / "resources.yaml").write_text(catalogue_text(), "utf-8")
    settings = case.get("settings", "plugins:\n  - linkindex: {cards: false}\n")
    (folder / "mkdocs.yml").write_text(f"INHERIT: {SHARED_SETTINGS}\n{settings}", "utf-8")
    for place in ("pages", "overrides"):
        for name, text in case.get(place, {}).items():
            (folder / {"pages": "docs"}.get(place, place) / name).write_text(text, "utf-8")
    return folder / "resources.yaml"


@pytest.mark.parametrize("case", KNOWN["refused"], ids=lambda case: case["what"])
def test_what_zensical_cannot_do_is_refused_and_mkdocs_does_it(
    case: dict[str, Any], tmp_path: Path
) -> None:
    with pytest.raises(LinkIndexError) as refused:
        build_site(put_index(tmp_path, case), tmp_path / "site", engine=Engine.ZENSICAL)
    assert str(refused.value) == case["says"]
    assert not (tmp_path / "site").exists()
    if "pages" in case:
        build_site(tmp_path / "resources.yaml", tmp_path / "site", engine=Engine.MKDOCS)


@pytest.mark.parametrize("engine", Engine)
@pytest.mark.parametrize("case", KNOWN["wrong"], ids=lambda case: case["what"])
def test_what_is_wrong_is_told_alike_by_both(
    case: dict[str, Any], engine: Engine, tmp_path: Path
) -> None:
    with pytest.raises(LinkIndexError) as refused:
        build_site(put_index(tmp_path, case), tmp_path / "site", engine=engine)
    assert str(refused.value).startswith(case["says"])
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "site").exists()


OWN = {
    "settings": (
        "theme: {custom_dir: overrides}\nextra_css: [own.css]\nexclude_docs: drafts-*\n"
        "extra: {own: !ENV [OWN_WORD, kestrel]}\nnav: [about.md]\n"
        "plugins:\n  linkindex: {cards: false}\n  search: {}\n"
    ),
    "overrides": {"main.html": '{% extends "frame.html" %}', "own.js": "// ours\n"},
    "pages": {
        "local.md": "# Our town\n\n[A list](data/links.csv), [a page](guide.md)\n\n![A](a.svg)\n\n"
        'In HTML: <a class="x" href="../plain/">one</a> <img src="../a.svg" alt="">\n\n'
        'Shown: `<a href="../plain/">`\n\n    <img src="b.svg">\n',
        "guide.md": '---\ntitle: "Q & A"\n---\n# Q & A\n',
        "drafts-x.md": "# Not yet\n",
        "own.css": "h1 { color: red }\n",
        "a.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
        "proof.html": "proof: 123",
    },
}


@pytest.mark.parametrize("engine", Engine)
def test_a_folder_overrides_counts_without_settings_of_mkdocs(
    engine: Engine, tmp_path: Path
) -> None:
    catalogue = put_index(tmp_path, {})
    (tmp_path / "mkdocs.yml").unlink(missing_ok=True)
    (tmp_path / "overrides/partials").mkdir(parents=True)
    (tmp_path / "overrides/partials/footer.html").write_text("<footer>kestrel</footer>", "utf-8")
    build_site(catalogue, tmp_path / "site", engine=engine)
    assert "<footer>kestrel</footer>" in (tmp_path / "site/index.html").read_text("utf-8")


@pytest.mark.parametrize("engine", Engine)
def test_what_an_index_has_of_its_own_is_built_by_both(engine: Engine, tmp_path: Path) -> None:
    catalogue = put_index(tmp_path, OWN)
    frame = (REPOSITORY / "overrides/main.html").read_text("utf-8")
    (tmp_path / "overrides/frame.html").write_text(
        frame.replace("</body>", "{{ config.extra.own }}</body>"), "utf-8"
    )
    build_site(catalogue, tmp_path / "site", engine=engine)
    built = tmp_path / "site"
    home = as_written((built / "index.html").read_bytes())
    assert re.search(r'href="(\./)?guide/"', home)
    assert "kestrel</body>" in home
    assert 'own.css">' in home
    assert "<title>Q &" in (built / "guide/index.html").read_text("utf-8")
    local = as_written((built / "local/index.html").read_bytes())
    assert "Our town" in local
    for link in ('href="../plain/">one', 'src="../a.svg" alt=""', "&lt;a href=", "&lt;img src="):
        assert link in local
    assert local.count('href="../guide/"') == 2  # in the navigation and in the text
    assert (built / "proof.html").read_text("utf-8") == "proof: 123"
    assert (built / "own.js").is_file()
    assert not list(built.rglob("drafts-x*"))
    assert "links to print" not in home
    assert not (built / "cards/sheet.pdf").exists()


def test_an_index_names_its_engine_and_a_command_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = put_index(tmp_path, {})
    named = catalogue_text().replace("\n  exit_url:", "\n  engine: zensical\n  exit_url:")
    catalogue.write_text(named, "utf-8")
    monkeypatch.setattr(zensical, "find_spec", lambda _: None)
    to = str(tmp_path / "site")
    call = ["build", "--catalogue", str(catalogue), "--output", to]
    ended = CliRunner().invoke(main, call)
    assert ended.exit_code == 1
    assert ended.stderr.strip().splitlines()[-1] == (
        "Zensical is not installed; run `pip install 'linkindex[zensical]'`, or build with "
        "`--engine mkdocs`"
    )
    assert not Path(to).exists()
    assert CliRunner().invoke(main, [*call, "--engine", "mkdocs"]).exit_code == 0


def read_alike(path: str, which: Iterable[int]) -> Callable[[Path], object]:
    """How a file is read so that some of the known differences do not count."""
    ways = [
        ALIKE[known["alike"]]
        for place, known in enumerate(KNOWN["different"])
        if place in which and any(fnmatch.fnmatch(path, pattern) for pattern in known["files"])
    ]

    def read(file: Path) -> object:
        content = file.read_bytes()
        if not ways:
            return content
        text = (gzip.decompress(content) if path.endswith(".gz") else content).decode()
        for way in ways:
            text = way(text, path)
        return text

    return read


def links_resolved(text: str, path: str) -> str:
    """A page with each of its links as the address it leads to, in quotes."""
    text = as_written(text)
    page = f"https://example.org/{path.removesuffix('index.html')}"
    return re.sub(
        r'(?<=\s)(href|src)="([^"]*)"',
        lambda found: f'{found[1]}="{urljoin(page, found[2])}"',
        text,
    )


def entities_alike(text: str, _path: str) -> str:
    for one, other in (("&quot;", "&#34;"), ("&#x27;", "&#39;"), ("&#x2f;", "/")):
        text = text.replace(one, other)
    return text


def lines_sorted(text: str, _path: str) -> str:
    return "\n".join(sorted(line.strip() for line in text.splitlines()))


ALIKE: dict[str, Callable[[str, str], str]] = {
    "links": links_resolved,
    "entities": entities_alike,
    "addresses": lines_sorted,
}


def files_of(folder: Path) -> list[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(found)


def files_in_package(name: str, folder: str) -> list[Path]:
    package = pytest.importorskip(name)
    found = (Path(package.__file__).parent / folder).rglob("*")
    return [path for path in found if path.is_file()]
