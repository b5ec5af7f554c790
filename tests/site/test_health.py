"""What the site says of the health of its links, and what it keeps from readers."""

from __future__ import annotations

import contextlib
import gzip
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_type_hints

import pytest
from click.testing import CliRunner
from tests.conftest import SAMPLE, STARTED
from tests.support.building import build_index
from tests.support.catalogues import catalogue_text, parsed
from tests.support.histories import DAY, NOW, health_of, looks
from tests.support.pages import as_written

from linkindex.cards import make_cards
from linkindex.cards.deck import make_resource_deck
from linkindex.catalogue import Catalogue, LinkIndexError, ShownCatalogue
from linkindex.cli import main
from linkindex.links.causes import Danger
from linkindex.links.history.kept import DANGERS_NAME, MOST_TOLD, record
from linkindex.links.history.lines import (
    FILE_NAME,
    Line,
    Opened,
    PastLook,
    PastSweep,
    add_to_history,
)
from linkindex.links.model import Verdict
from linkindex.site.build import build_site
from linkindex.site.call_first import call_first_file
from linkindex.site.engines.export import export_docs
from linkindex.site.exports import public_index
from linkindex.site.generate import generate
from linkindex.site.health import IndexWithHealth, SiteHealth, with_health, without_harmful
from linkindex.site.health_page import health_page
from linkindex.site.outputs import CardMaker
from linkindex.site.scan import scan_pages
from linkindex.site.search.files import search_files

RESOURCE_PAGE_BUDGET = 3328


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
        assert f'href="/r/{link.code}' not in page


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


HIDDEN = "https://www.example.org/plain/first"
CASINO = PastLook(
    NOW, HIDDEN, Verdict.SUSPECT, danger=Danger.GAMBLING, status=200, note="Slots, and more"
)
IN_ORDER = looks("https://www.example.org/plain/second", "working/fits", "broken")


def spoilt(change: Callable[[bytes], bytes | None]) -> Callable[[Path], None]:
    def spoil(file: Path) -> None:
        after = change(file.read_bytes())
        file.unlink()
        if after is not None:
            file.write_bytes(after)

    return spoil


def each_line(change: Callable[[str], str]) -> Callable[[Path], None]:
    return spoilt(lambda data: "".join(map(change, data.decode().splitlines(True))).encode())


SPOILT = {
    "saved as UTF-16": spoilt(lambda data: data.decode().encode("utf-16")),
    "saved as UTF-16 without a mark": spoilt(lambda data: data.decode().encode("utf-16-le")),
    "saved as UTF-32": spoilt(lambda data: data.decode().encode("utf-32")),
    "with days as they are written here": each_line(
        lambda line: re.sub(r"^(\d+)-(\d+)-(\d+)T([\d:]+)Z", r"\3/\2/\1 \4", line)
    ),
    "with moments as a spreadsheet writes them": each_line(lambda line: line.replace("T", " ", 1)),
    "with every field in quotes": each_line(
        lambda line: "\t".join(f'"{field}"' for field in line.rstrip().split("\t")) + "\n"
    ),
    "with quotes around what holds a comma": each_line(
        lambda line: re.sub(r"([^\t\n]*,[^\t\n]*)", r'"\1"', line.replace("/plain", "/plain,"))
    ),
    "with spaces for tabs": each_line(lambda line: line.replace("\t", "    ")),
    "with commas for tabs": each_line(lambda line: line.replace("\t", ",")),
    "with a field more": each_line(lambda line: line.replace("look\t", "look\tmine\t")),
    "with a verdict misspelt": each_line(lambda line: line.replace("gambling", "gambeling")),
    "with a kind misspelt": each_line(lambda line: line.replace("\tlook\t", "\tLook\t")),
    "emptied": spoilt(lambda _data: b""),
    "with its first line alone": spoilt(lambda data: data.splitlines(True)[0]),
    "deleted": spoilt(lambda _data: None),
    "cut short": spoilt(lambda data: data[: data.index(b"gambl") + 3]),
    "cut at a line": spoilt(lambda data: data[: data.index(CASINO.at.isoformat()[:10].encode())]),
    "without the line": each_line(lambda line: "" if "gambling" in line else line),
    "with what came after and not the line": each_line(
        lambda line: line.replace("suspect/gambling", "working") if "gambling" in line else line
    ),
}
HARMLESS = {
    "as it was": spoilt(lambda data: data),
    "with the line ends of Windows": spoilt(lambda data: data.replace(b"\n", b"\r\n")),
    "with the line ends of old Macs": spoilt(lambda data: data.replace(b"\n", b"\r")),
    "with the mark of UTF-8": spoilt(lambda data: b"\xef\xbb\xbf" + data),
    "sorted": spoilt(lambda data: b"".join(sorted(data.splitlines(True), reverse=True))),
    "with every line twice, and empty ones": spoilt(lambda data: data.replace(b"\n", b"\n\n") * 2),
    "without its last line end": spoilt(lambda data: data.rstrip()),
}


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    """An index of which a check found a link harmful, and kept that."""
    (tmp_path / "resources.yaml").write_text(catalogue_text(), "utf-8")
    record(tmp_path / "resources.yaml", [*IN_ORDER, CASINO])
    return tmp_path / "resources.yaml"


def read_again(index: Path) -> IndexWithHealth:
    return with_health(parsed(index.read_text("utf-8")), index, NOW)


@pytest.mark.parametrize("how", [*SPOILT, *HARMLESS])
def test_a_history_that_was_spoilt_shows_no_hidden_link_and_stops_what_would_be_published(
    recorded: Path, how: str
) -> None:
    (SPOILT | HARMLESS)[how](recorded.parent / FILE_NAME)
    index = read_again(recorded)
    assert index.shown.withheld == {"plain-first"}
    assert bool(index.errors) is (how in SPOILT), index.problems
    for problem in index.errors:
        assert str(problem).startswith(f"{FILE_NAME}:")
        assert len(str(problem)) < 400


@pytest.mark.parametrize(
    "how",
    ["saved as UTF-16", "with spaces for tabs", "cut short", "emptied", "with a kind misspelt"],
)
def test_what_may_have_hidden_a_link_is_no_small_matter_without_the_second_file_either(
    recorded: Path, how: str
) -> None:
    (recorded.parent / DANGERS_NAME).unlink()
    SPOILT[how](recorded.parent / FILE_NAME)
    assert read_again(recorded).errors


def test_lines_that_cannot_be_read_are_told_one_by_one_and_not_by_the_thousand(
    recorded: Path,
) -> None:
    history = recorded.parent / FILE_NAME
    history.write_text(f"{history.read_text()}{'what is this' * 3}\n" * 500)
    told = read_again(recorded).problems
    assert len(told) == MOST_TOLD + 1
    assert "490 more lines of this file cannot be read" in told[-1].what
    assert "this line has 1 field, not 7 separated by tabs" in told[0].what


def test_a_line_that_cannot_be_read_where_nothing_was_ever_hidden_is_a_warning(
    tmp_path: Path,
) -> None:
    index = tmp_path / "resources.yaml"
    index.write_text(catalogue_text(), "utf-8")
    record(index, IN_ORDER)
    with (tmp_path / FILE_NAME).open("a") as file:
        file.write("2026-11-24T09:00:00Z\tlook\twork")
    found = read_again(index)
    assert [problem.severity for problem in found.problems] == ["warning"]
    assert found.errors == ()


@pytest.mark.parametrize(
    "after",
    [
        PastLook(NOW + DAY, HIDDEN, Verdict.SUSPECT, danger=Danger.ADULT, status=200),
        PastLook(NOW + DAY, HIDDEN, Verdict.WORKING, status=200, note="A title", fits=True),
        Opened(NOW + DAY, HIDDEN, "family team"),
    ],
)
def test_a_lost_history_is_made_good_by_looking_again(recorded: Path, after: Line) -> None:
    (recorded.parent / FILE_NAME).unlink()
    record(recorded, [after])
    index = read_again(recorded)
    assert index.errors == ()
    assert bool(index.shown.withheld) is (isinstance(after, PastLook) and after.is_harmful)


def test_what_is_lost_of_a_link_that_is_no_longer_in_the_index_is_nobody_s_concern(
    recorded: Path,
) -> None:
    (recorded.parent / FILE_NAME).unlink()
    text = recorded.read_text("utf-8").replace(HIDDEN, "https://www.example.org/another")
    recorded.write_text(text, "utf-8")
    assert read_again(recorded).errors == ()


@pytest.mark.parametrize(
    "address",
    [
        *(
            f"{HIDDEN}{end}"
            for end in ("/", "//", "?", "#part", "/#", "/index.html", "/.", "/x/..")
        ),
        *(f"{HIDDEN}{end}" for end in ("?utm_source=x", "?fbclid=1", "/?")),
        *("http://www.example.org/plain/first", "https://example.org/plain/first"),
        *("https://WWW.Example.ORG/plain/first", "HTTPS://www.example.org/plain/first"),
        *("https://www.example.org:443/plain/first", "http://www.example.org:80/plain/first"),
        *("https://www.example.org/plain/%66irst", "https://www.example.org/Plain/First"),
        *("https://www.example.org./plain/first", "https://www.example.org//plain///first"),
        "https://www.example.org/plain/%2e%2E/plain/first",
    ],
)
def test_another_way_to_write_an_address_does_not_show_what_is_hidden(
    recorded: Path, address: str
) -> None:
    recorded.write_text(recorded.read_text("utf-8").replace(f"url: {HIDDEN}", f"url: '{address}'"))
    assert read_again(recorded).shown.withheld == {"plain-first"}


@pytest.mark.parametrize("address", ["https://www.example.org/plain/first-steps",
    "https://first.example.org/plain/first", f"{HIDDEN}?page=2", f"{HIDDEN}/more"])  # fmt: skip
def test_another_page_is_not_hidden_with_it(recorded: Path, address: str) -> None:
    recorded.write_text(recorded.read_text("utf-8").replace(f"url: {HIDDEN}", f"url: {address}"))
    assert read_again(recorded).shown.withheld == frozenset()


@pytest.mark.parametrize("beside_the_link", [False, True])
def test_a_history_beside_the_index_or_beside_a_link_to_it_hides_what_it_says(
    recorded: Path, tmp_path: Path, beside_the_link: bool
) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "resources.yaml"
    link.symlink_to(recorded)
    if beside_the_link:
        (tmp_path / FILE_NAME).rename(link.parent / FILE_NAME)
        (tmp_path / DANGERS_NAME).unlink()
    index = with_health(parsed(recorded.read_text("utf-8")), link, NOW)
    assert index.shown.withheld == {"plain-first"}
    assert index.errors == ()


def test_a_link_to_a_history_that_is_not_there_is_no_empty_history(recorded: Path) -> None:
    (recorded.parent / FILE_NAME).rename(recorded.parent / "moved.tsv")
    (recorded.parent / FILE_NAME).symlink_to("not-there.tsv")
    with pytest.raises(LinkIndexError, match="leads to a file that is not there"):
        read_again(recorded)


def test_what_the_future_says_is_in_order_does_not_show_what_is_hidden(recorded: Path) -> None:
    fits = PastLook(NOW + 900 * DAY, HIDDEN, Verdict.WORKING, status=200, note="A title", fits=True)
    record(recorded, [fits, Opened(NOW + 900 * DAY, HIDDEN, "family team")])
    index = read_again(recorded)
    assert index.shown.withheld == {"plain-first"}
    assert "2 lines are in the future" in index.problems[0].what


def test_of_two_looks_at_one_moment_the_danger_counts(recorded: Path) -> None:
    record(recorded, [replace(CASINO, danger=None, verdict=Verdict.WORKING, fits=True)])
    assert read_again(recorded).shown.withheld == {"plain-first"}


def test_nothing_is_added_to_a_history_that_is_no_text(recorded: Path) -> None:
    SPOILT["saved as UTF-16"](recorded.parent / FILE_NAME)
    before = (recorded.parent / FILE_NAME).read_bytes()
    with pytest.raises(LinkIndexError, match="not UTF-8 text, so nothing can be added"):
        record(recorded, IN_ORDER)
    assert (recorded.parent / FILE_NAME).read_bytes() == before


@pytest.mark.parametrize(
    "publishes",
    [generate, export_docs, public_index, scan_pages, make_cards, CardMaker.made, search_files,
     make_resource_deck, call_first_file, health_page],
)  # fmt: skip
def test_whatever_publishes_takes_nothing_but_what_may_be_shown(
    publishes: Callable[..., object],
) -> None:
    """So that mypy refuses a caller who forgets to leave out what is harmful."""
    assert get_type_hints(publishes)["catalogue"] is ShownCatalogue


def command(folder: Path, *arguments: str, code: int = 0) -> str:
    with contextlib.chdir(folder):
        ended = CliRunner().invoke(main, arguments)
    assert ended.exit_code == code, ended.output
    return ended.output


def test_no_command_shows_what_is_hidden_or_goes_by_a_spoilt_history(
    tmp_path: Path,
) -> None:
    (tmp_path / "resources.yaml").write_text(catalogue_text(), "utf-8")
    add_to_history(tmp_path / FILE_NAME, [CASINO])
    assert "1 link has no card while hidden" in command(
        tmp_path, "cards", "--resources", "--format", "sheet"
    )
    assert "has no card while it is hidden" in command(
        tmp_path, "cards", "--resources", "--only", "plain-first", code=1
    )
    command(tmp_path, "export-docs", "pages")
    for path in (tmp_path / "pages").rglob("*"):
        assert not path.is_file() or HIDDEN.encode() not in path.read_bytes(), path
    # What is hidden was noted where it outlasts the history.
    (tmp_path / FILE_NAME).write_text("")
    for arguments in (["check"], ["build"], ["cards"], ["export-docs", "again"], ["serve"]):
        said = command(tmp_path, *arguments, code=1)
        assert f"{FILE_NAME}:1:1: this file no longer says that `plain-first` was" in said
    assert not (tmp_path / "site").exists()
    with pytest.raises(LinkIndexError, match="no longer says"):
        build_site(tmp_path / "resources.yaml", tmp_path / "site")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    """The site of this repository with a history beside its catalogue."""
    folder = tmp_path_factory.mktemp("swept")
    now = STARTED
    hidden = PastLook(now, first(catalogue).url, Verdict.SUSPECT, danger=Danger.PARKED, status=200)
    counts = ((Verdict.WORKING, len(catalogue.current_resources) - 1), (Verdict.SUSPECT, 1))
    sweeps = [PastSweep(now - week * 7 * DAY, 98, counts) for week in range(9)]
    add_to_history(folder / FILE_NAME, [hidden, *sweeps])
    return build_index(folder, SAMPLE.read_text("utf-8"))


def test_a_build_reads_the_history_beside_the_catalogue(built: Path, catalogue: Catalogue) -> None:
    link = first(catalogue)
    assert "We are checking this link." in (built / f"r/{link.code}.html").read_text("utf-8")
    index = json.loads((built / "search/index.json").read_text("utf-8"))
    codes = index["links"]["code"]
    size = len(link.code)
    assert link.code not in [codes[at : at + size] for at in range(0, len(codes), size)]


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
    page = as_written(files[f"r/{link.code}.html"])
    assert page.index("may leave a trace on this phone") < page.index('href="tel:')
