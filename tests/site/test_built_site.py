"""The built site as files: search index, policies, what is and is not there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.conftest import NewPage
from tests.support.building import build_index
from tests.support.catalogues import catalogue_text
from tests.support.pages import as_written
from tests.support.searching import add_engine, begin

from linkindex.catalogue import Catalogue
from linkindex.links import Verdict, look_inside
from linkindex.site import style
from linkindex.site.call_first import PATH as NUMBERS_TO_CALL
from linkindex.site.scan import base_path
from linkindex.site.search.files import FIRST as SEARCH_INDEX
from linkindex.site.search.files import FOLDER, MEANINGS

SEARCH = (SEARCH_INDEX, f"{FOLDER}/{MEANINGS}")


def pages_of(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_every_page_has_a_policy_without_unsafe_scripts(site: Path) -> None:
    for path in pages_of(site):
        policy = re.search(
            r'Content-Security-Policy" content="([^"]+)"', as_written(path.read_bytes())
        )
        assert policy, path
        assert policy[1].startswith("default-src 'none'")
        # A page without scripts names none, and what is not named is not allowed.
        scripts = re.search(r"script-src([^;]*)", policy[1])
        assert not scripts or "unsafe" not in scripts[1]
        assert scripts or "<script" not in path.read_text("utf-8")


def test_the_page_of_a_topic_shows_nothing_of_the_styles_that_it_leaves_out(
    site: Path, catalogue: Catalogue
) -> None:
    def styled(parts: Iterable[str]) -> set[str]:
        folder = Path(style.__file__).parent / "style"
        texts = "".join((folder / f"{part}.css").read_text("utf-8") for part in parts)
        return set(re.findall(r"\.([a-z][\w-]*)", texts))

    kept = [part for part in style.IN_THE_PAGE if part not in style.NOT_IN_A_TOPIC]
    left_out = styled(style.NOT_IN_A_TOPIC) - styled(kept) - styled(style.IN_A_FILE)
    assert {"li-hero", "admonition"} <= left_out
    for category in catalogue.current_categories:
        page = as_written((site / category.code / "index.html").read_bytes())
        inline, body = page.split("</style>", 1)
        assert ".li-tiles{" not in inline
        shown = {name for names in re.findall(r'class="([^"]*)"', body) for name in names.split()}
        assert not shown & left_out, category.code
        assert not re.search(r"<(?:table|pre|code|kbd)\b", body), category.code


def test_every_page_tells_the_next_site_nothing(site: Path) -> None:
    for path in pages_of(site):
        assert '<meta name="referrer" content="no-referrer">' in as_written(path.read_bytes()), path


def test_every_link_of_the_site_to_itself_leads_somewhere(site: Path, catalogue: Catalogue) -> None:
    looked = look_inside(site, catalogue.settings.site_url).outcomes
    assert [found for found in looked if found.verdict is not Verdict.WORKING] == []
    assert len(looked) > len(catalogue.current_resources)


def test_search_has_one_entry_a_category_and_one_a_resource(
    site: Path, catalogue: Catalogue
) -> None:
    index = json.loads((site / SEARCH_INDEX).read_text("utf-8"))
    codes = re.findall("......", index["links"]["code"])
    assert codes == [resource.code for resource in catalogue.current_resources]
    topics = [topic["code"] for topic in index["topics"]]
    assert topics == [category.code for category in catalogue.current_categories]
    assert "safety/" in [page["at"] for page in index["pages"]]
    assert "offline/" not in [page["at"] for page in index["pages"]]


def test_the_site_map_lists_the_pages_to_read_and_no_scan_page(site: Path) -> None:
    tree = ElementTree.parse(site / "sitemap.xml")
    addresses = [element.text or "" for element in tree.iter() if element.tag.endswith("loc")]
    assert "https://example.org/aces/" in addresses
    assert not [address for address in addresses if "/q/" in address or "/r/" in address]


def test_no_page_carries_a_source_map(site: Path) -> None:
    assert not list(site.rglob("*.map"))


def test_the_cards_are_in_the_site(site: Path) -> None:
    for name in ("sheet.pdf", "single.pdf"):
        assert (site / "cards" / name).read_bytes().startswith(b"%PDF-")
    assert (site / "cards" / "cards.png").read_bytes().startswith(b"\x89PNG")


def test_nothing_claims_to_have_been_checked(site: Path) -> None:
    page = (site / "aces" / "index.html").read_text("utf-8")
    assert "These links are not yet checked, and not yet reviewed by a person" in page


def test_suggest_a_change_leads_to_the_line_of_the_category(
    site: Path, catalogue: Catalogue
) -> None:
    category = catalogue.category("ddp")
    page = (site / "ddp" / "index.html").read_text("utf-8")
    assert f"/blob/main/resources.yaml?plain=1#L{category.line}" in page


@pytest.fixture(scope="module")
def sensitive_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_index(tmp_path_factory.mktemp("sensitive"), catalogue_text(sensitive=True))


def test_what_stays_behind_of_a_sensitive_topic_is_neutral(sensitive_site: Path) -> None:
    for path in sensitive_site.rglob("*"):
        assert "kestrel" not in path.name
    assert "kestrel" not in (sensitive_site / "sitemap.xml").read_text("utf-8")
    for path in pages_of(sensitive_site):
        page = path.read_text("utf-8")
        head = page.partition("</head>")[0]
        assert "kestrel" not in head.casefold(), path


def test_a_sensitive_topic_is_plain_where_it_is_read(
    sensitive_site: Path, new_page: NewPage
) -> None:
    page = as_written((sensitive_site / "help4" / "index.html").read_bytes())
    assert '<h1 id="help4">Kestrel trouble</h1>' in page
    searching = new_page()
    add_engine(searching)
    numbers, *index = (
        (sensitive_site / name).read_text("utf-8") for name in (NUMBERS_TO_CALL, *SEARCH)
    )
    begin(searching, numbers, dict(zip(SEARCH, index, strict=True)))
    topics = searching.evaluate("unpacked.topics.map(topic => topic.title)")
    assert "Kestrel trouble" in topics


@pytest.mark.parametrize(
    ("site_url", "path"),
    [("https://example.org/", "/"), ("https://example.org/keyring/", "/keyring/")],
)
def test_the_base_path_is_the_folder_on_the_host(site_url: str, path: str) -> None:
    assert base_path(site_url) == path
