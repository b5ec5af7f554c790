"""What the site says of the health of its links, and what it keeps from readers."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from tests.conftest import REPOSITORY, STARTED
from tests.support.catalogues import catalogue_text, parsed
from tests.support.histories import DAY, NOW, health_of, looks

from linkindex.catalogue import Catalogue
from linkindex.links.history import FILE_NAME, Line, PastLook, PastSweep, add_to_history
from linkindex.links.model import Verdict
from linkindex.site.build import build_site
from linkindex.site.generate import generate
from linkindex.site.health import SiteHealth, without_harmful
from linkindex.site.outputs import written_pages

RESOURCE_PAGE_BUDGET = 3 * 1024


@pytest.fixture
def hijacked(catalogue: Catalogue) -> SiteHealth:
    """The health of an index of which a link to start with shows a casino by now."""
    return health_of(catalogue, looks(first(catalogue).url, "working", "suspect/gambling"))


def first(catalogue: Catalogue):  # type: ignore[no-untyped-def]
    """The link that its topic tells families to start with."""
    category = catalogue.current_categories[0]
    return catalogue.resource(category.start_here.families[0])


def test_a_harmful_link_is_in_no_file_of_the_site_but_its_own_page(
    catalogue: Catalogue, hijacked: SiteHealth
) -> None:
    link = first(catalogue)
    host = link.url.removeprefix("https://").encode()
    before = [path for path, content in generate(catalogue, {}).items() if host in content]
    after = [path for path, content in generate(catalogue, {}, hijacked).items() if host in content]
    assert len(before) > 5
    assert after == []


def test_the_code_of_a_harmful_link_answers_with_others(
    catalogue: Catalogue, hijacked: SiteHealth
) -> None:
    link = first(catalogue)
    files = generate(catalogue, {}, hijacked)
    for path in (f"r/{link.code}.html", f"r/{link.code}/index.html"):
        page = files[path].decode()
        assert "We are checking this link." in page
        assert page.count("/r/") >= 2
        assert f"/r/{link.code}" not in page


def test_a_topic_says_how_many_of_its_links_are_hidden(
    catalogue: Catalogue, hijacked: SiteHealth
) -> None:
    category = catalogue.home_of(first(catalogue))
    page = generate(catalogue, {}, hijacked)[f"{category.code}.md"].decode()
    assert "We are checking 1 link of this topic, which is hidden until then." in page


def test_a_topic_whose_every_first_link_is_hidden_still_has_a_page() -> None:
    catalogue = parsed(catalogue_text())
    lines = [
        line
        for resource in catalogue.current_resources
        for line in looks(resource.url, "suspect/adult")
    ]
    health = health_of(catalogue, lines)
    files = generate(catalogue, {}, health)
    assert without_harmful(catalogue, health).current_resources == ()
    for category in catalogue.current_categories:
        assert b"Start here" not in files[f"{category.code}.md"]
        assert f"q/{category.code}.html" in files


def test_a_hidden_link_comes_back_only_when_a_page_that_fits_was_read(
    catalogue: Catalogue,
) -> None:
    link = first(catalogue)
    for found, hidden in (("working", {link.id}), ("working/fits", set())):
        health = health_of(catalogue, looks(link.url, "suspect/gambling", found))
        assert health.withheld(catalogue) == hidden


def test_a_broken_link_says_so_wherever_it_can_be_opened(catalogue: Catalogue) -> None:
    link = first(catalogue)
    health = health_of(catalogue, looks(link.url, "broken", "broken", "broken"))
    files = generate(catalogue, {}, health)
    said = "Did not open when last checked, on 24 November 2026."
    for path in (f"r/{link.code}.html", f"{catalogue.home_of(link).code}.md"):
        assert said in files[path].decode()


def test_a_link_says_when_it_last_opened(catalogue: Catalogue) -> None:
    link = first(catalogue)
    files = generate(catalogue, {}, health_of(catalogue, looks(link.url, "working", "broken")))
    for path in (f"r/{link.code}.html", f"{catalogue.home_of(link).code}.md"):
        assert "Link last opened on 23 November 2026." in files[path].decode()


def test_a_link_that_was_checked_is_not_said_to_be_unchecked(catalogue: Catalogue) -> None:
    link = first(catalogue)
    for verdicts in (["broken"] * 3, ["suspect/missing"], ["blocked"], ["working"]):
        page = generate(catalogue, {}, health_of(catalogue, looks(link.url, *verdicts)))
        assert "not yet checked" not in page[f"r/{link.code}.html"].decode()


def test_a_link_that_failed_once_is_not_marked(catalogue: Catalogue) -> None:
    health = health_of(catalogue, looks(first(catalogue).url, "working", "broken"))
    assert health.marks(catalogue) == {}


def test_marked_and_hidden_pages_still_fit_their_budget(catalogue: Catalogue) -> None:
    for verdicts in (["broken"] * 3, ["suspect/missing"], ["suspect/adult"]):
        lines = [
            line
            for resource in catalogue.current_resources
            for line in looks(resource.url, *verdicts)
        ]
        for path, content in generate(catalogue, {}, health_of(catalogue, lines)).items():
            if path.startswith("r/") and path.endswith(".html"):
                assert len(gzip.compress(content)) <= RESOURCE_PAGE_BUDGET, path


def test_pages_say_when_links_were_last_checked(catalogue: Catalogue) -> None:
    code = catalogue.current_categories[0].code

    def page(*lines: Line) -> str:
        return generate(catalogue, {}, health_of(catalogue, list(lines)))[f"{code}.md"].decode()

    assert "These links are not yet checked" in page()
    assert "not yet checked" not in page(PastSweep(NOW - DAY, 98))[: page().index("<article")]
    swept = PastSweep(NOW - DAY, 98)
    assert "A program last checked these links on 23 November 2026." in page(swept)
    old = PastSweep(NOW - 30 * DAY, 98)
    assert "on 25 October 2026. That is too long ago." in page(old)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    """The site of this repository with a history beside its catalogue."""
    folder = tmp_path_factory.mktemp("swept")
    (folder / "resources.yaml").write_bytes((REPOSITORY / "resources.yaml").read_bytes())
    now = STARTED
    hidden = PastLook(now, first(catalogue).url, Verdict.SUSPECT, "parked", 200, "", "parked")
    counts = ((Verdict.WORKING, len(catalogue.current_resources) - 1), (Verdict.SUSPECT, 1))
    sweeps = [PastSweep(now - week * 7 * DAY, 98, counts) for week in range(9)]
    add_to_history(folder / FILE_NAME, [hidden, *sweeps])
    build_site(folder / "resources.yaml", folder / "site")
    return folder / "site"


def test_a_build_reads_the_history_beside_the_catalogue(built: Path, catalogue: Catalogue) -> None:
    link = first(catalogue)
    assert "We are checking this link." in (built / f"r/{link.code}.html").read_text("utf-8")
    index = json.loads((built / "search/search_index.json").read_text("utf-8"))
    assert not any(link.code in entry["location"] for entry in index["docs"])


def test_written_pages_lead_to_the_health_page() -> None:
    assert "(health.md)" in written_pages()["about.md"]


def test_a_hidden_helpline_of_a_sensitive_topic_warns_before_its_number(
    catalogue: Catalogue,
) -> None:
    link = next(
        resource
        for category in catalogue.current_categories
        if category.sensitive
        for resource in category.resources
        if resource.phone
    )
    files = generate(catalogue, {}, health_of(catalogue, looks(link.url, "suspect/gambling")))
    page = files[f"r/{link.code}.html"].decode()
    assert page.index("may leave a trace on this phone") < page.index('href="tel:')
