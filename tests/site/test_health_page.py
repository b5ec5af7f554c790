"""The page 'Health of this index': what it draws, what it lists, and what it leaves out."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from tests.conftest import SAMPLE, STARTED, NewPage
from tests.site.test_browser import axe_faults
from tests.site.test_comfort import SPACED
from tests.support.building import build_index
from tests.support.catalogues import catalogue_text, parsed
from tests.support.histories import DAY, NOW, health_of, looks
from tests.support.nu_checker import faults
from tests.support.pages import as_written
from tests.support.static_host import serve_folder

from linkindex.catalogue import Catalogue
from linkindex.links.causes import Danger
from linkindex.links.history.lines import (
    FILE_NAME,
    Line,
    Opened,
    PastLook,
    PastSweep,
    add_to_history,
)
from linkindex.links.model import Verdict
from linkindex.site import health_page as page_of_health
from linkindex.site.generate import generate


def health_page(catalogue: Catalogue, *lines: Line) -> str:
    return generate(catalogue, {}, health_of(catalogue, list(lines)))["health.md"].decode()


def section(page: str, name: str) -> str:
    """What stands below one heading."""
    return page.partition(f'<h2 id="{name}">')[2].partition("<h2 ")[0]


def due_index(*, sensitive: bool = False, steward: str = "") -> Catalogue:
    """An index of which each link was due for a review ten days ago."""
    text = catalogue_text(sensitive=sensitive).replace("added: 2026-11-01", "added: 2025-11-14")
    return parsed(text.replace("    group: core\n", f"    group: core\n    steward: {steward}\n"))


def test_the_health_page_says_loudly_that_links_were_never_or_long_not_swept(
    catalogue: Catalogue,
) -> None:
    assert "Nobody has checked these links yet." in health_page(catalogue)
    old = health_page(catalogue, PastSweep(NOW - 30 * DAY, 9))
    assert "The last sweep was too long ago: 25 October 2026." in old
    recent = health_page(catalogue, PastSweep(NOW, 9))
    assert "li-notice" not in recent


def test_one_line_says_how_the_links_stand_and_when_they_were_last_checked() -> None:
    page = health_page(parsed(catalogue_text()), *of_each_kind(), PastSweep(NOW, 4))
    (line,) = re.findall(r'<p class="li-lead">(.*?)</p>', page)
    assert line == (
        "Last checked on 24 November 2026. Open: 1 of 4 links. Broken or being checked: 2. "
        "Not known: 1."
    )


def test_before_the_first_check_nothing_is_drawn_and_what_is_true_is_said(
    catalogue: Catalogue,
) -> None:
    page = health_page(catalogue)
    links, topics = len(catalogue.current_resources), len(catalogue.current_categories)
    assert f"This index has {links} links in {topics} topics." in page
    assert f"signed off 0 of {links} links" in page
    for empty in ("0.0 %", "<table", "<figure", "nothing to draw", "li-health"):
        assert empty not in page


def test_checks_of_some_links_are_shown_as_such(catalogue: Catalogue) -> None:
    page = health_page(catalogue, *looks(catalogue.current_resources[0].url, "working"))
    assert "Nobody has checked every link yet." in page
    assert "<td>1</td>" in section(page, "by-finding")
    assert 'id="over-time"' not in page


def test_the_health_page_counts_every_link_once(catalogue: Catalogue) -> None:
    lines = [
        line
        for number, resource in enumerate(catalogue.current_resources)
        for line in looks(resource.url, "suspect/adult" if number % 9 == 0 else "working")
    ]
    page = health_page(catalogue, *lines, PastSweep(NOW, len(lines)))
    counts = re.findall(r'scope="row">([^<]+)<.*?</th><td>(\d+)</td>', section(page, "by-finding"))
    assert sum(int(count) for _name, count in counts) == len(catalogue.current_resources)
    expected = len(lines) // 9 + (len(lines) % 9 > 0)
    assert dict(counts)["Being checked"] == str(expected)


def of_each_kind() -> list[Line]:
    """Looks at the four links of the small index: opened, broken, suspect and refused."""
    site = "https://www.example.org"
    return [
        *looks(f"{site}/plain/first", "working"),
        *looks(f"{site}/plain/second", "blocked"),
        *looks(f"{site}/kestrel-topic/first", "broken", "broken", "broken"),
        *looks(f"{site}/kestrel-topic/second", "suspect/missing"),
    ]


def test_the_bar_of_a_topic_is_made_of_the_numbers_beside_it() -> None:
    rows = section(health_page(parsed(catalogue_text()), *of_each_kind()), "by-topic")
    found = {
        code: (re.findall(r"<td>(?:<strong>)?(\d+)", topic), bar(topic))
        for topic in rows.split("<tbody>")[1:]
        for code in re.findall(r'href="\.\./([^/]+)/"', topic)
    }
    assert found == {
        "help4": (["0", "2", "0"], [("failing", "2")]),
        "plain": (["1", "0", "1"], [("open", "1"), ("unknown", "1")]),
    }
    assert list(found) == ["help4", "plain"], "topics with failing links come first"


def bar(topic: str) -> list[tuple[str, str]]:
    """The parts of a topic's bar, which only eyes are shown: the numbers say the same."""
    drawn = topic.partition('aria-hidden="true"')[2]
    return re.findall(r'class="li-health__(\w+)" style="flex:(\d+) 1 0"', drawn)


def test_charts_over_time_say_the_same_in_numbers(catalogue: Catalogue) -> None:
    counts = ((Verdict.WORKING, 90), (Verdict.BROKEN, 6), (Verdict.SUSPECT, 2))
    sweeps = [PastSweep(NOW - week * 7 * DAY, 100, counts) for week in range(1, 5)]
    latest = PastSweep(NOW, 100, ((Verdict.WORKING, 96), (Verdict.BROKEN, 4)))
    page = section(health_page(catalogue, *sweeps, latest), "over-time")
    assert page.count('<span class="li-health__open" style="height:90.0%">') == 4
    assert page.count('<span class="li-health__open" style="height:96.0%">') == 1
    assert page.count('<span class="li-health__failing" style="height:100.0%">') == 4
    assert page.count('<span class="li-health__failing" style="height:50.0%">') == 1
    assert "The last sweep: 96 of 100." in page
    assert "the most in one sweep: 8, on 17 November 2026. The last sweep: 4." in page
    assert page.count("<td>100</td><td>90</td><td>8</td>") == 4


def test_where_nothing_failed_no_empty_chart_is_drawn(catalogue: Catalogue) -> None:
    page = health_page(catalogue, PastSweep(NOW, 98, ((Verdict.WORKING, 98),)))
    assert "In none of these sweeps was a link broken" in page
    assert page.count("<figure") == 1


def test_links_due_for_a_review_are_listed_by_topic_with_steward_and_days() -> None:
    catalogue = due_index(steward="Early years team")
    page = section(health_page(catalogue), "reviews")
    assert "<strong>4 links are due.</strong>" in page
    assert page.count("Plain words: 2 due") == 2
    assert page.count("Early years team · the longest by 10 days") == 2
    for resource in catalogue.current_resources:
        anchor = f"../{catalogue.home_of(resource).code}/#{resource.code}"
        assert f'<a href="{anchor}">{resource.title}</a>' in page
    assert page.count("<td>never</td><td>10</td>") == 4


def test_a_review_says_when_the_link_was_last_read_and_a_recent_one_is_not_due() -> None:
    text = catalogue_text().replace("added: 2026-11-01", "added: 2024-01-01")
    read = text.replace("added: 2024-01-01", "added: 2024-01-01\n        reviewed: 2025-11-20", 1)
    page = section(health_page(parsed(read)), "reviews")
    assert "<td>20 November 2025</td><td>4</td>" in page
    recent = text.replace("added: 2024-01-01", "added: 2024-01-01\n        reviewed: 2026-11-20", 1)
    page = section(health_page(parsed(recent)), "reviews")
    assert "<strong>3 links are due.</strong>" in page
    assert "signed off 1 of 4 links" in page


def test_without_a_due_review_the_next_day_is_named() -> None:
    page = section(health_page(parsed(catalogue_text())), "reviews")
    assert "None is due now. The next is due on 1 November 2027." in page
    assert "<details" not in page


def test_few_due_reviews_are_open_and_many_are_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert health_page(due_index()).count('<details class="li-more li-more--marked" open>') == 2
    monkeypatch.setattr(page_of_health, "FEW_REVIEWS", 3)
    assert " open>" not in health_page(due_index())


def test_of_very_many_due_reviews_the_rest_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_of_health, "MOST_REVIEWS", 3)
    page = section(health_page(due_index()), "reviews")
    assert page.count("<td>never</td>") == 3
    assert page.count("<p>And 1 more.</p>") == 1
    assert "<strong>4 links are due.</strong>" in page


def test_a_hidden_link_is_due_but_leads_nowhere() -> None:
    catalogue = due_index()
    link = catalogue.current_resources[0]
    page = section(health_page(catalogue, *looks(link.url, "suspect/adult")), "reviews")
    assert f"#{link.code}" not in page
    assert f"{link.title} (hidden while we check)" in page


def test_the_health_page_tells_nothing_of_a_sensitive_topic() -> None:
    catalogue = due_index(sensitive=True, steward="Kestrel team")
    lines = [
        line
        for resource in catalogue.current_resources
        for line in looks(resource.url, "broken", "broken", "broken")
    ]
    page = health_page(catalogue, *lines)
    topic = next(one for one in catalogue.current_categories if one.sensitive)
    listed = page[page.index("Help at home: 2 due") :].partition("</details>")[0]
    for resource in topic.resources:
        assert f'<a href="../help4/#{resource.code}">Link {resource.code}</a>' in listed
        assert resource.title not in listed
    assert "kestrel" not in listed.lower()
    assert page.lower().count("kestrel") == page.count("Kestrel team") == 1, "of the other topic"


NOT_SWEPT, SWEPT, OVERDUE = "not swept", "swept", "overdue"


def history_of(catalogue: Catalogue, late: int) -> list[Line]:
    """Thirty sweeps, the last so many days ago, that found each verdict, and an editor's word."""
    now = STARTED - late * DAY
    verdicts = ["working"] * 12 + [*Verdict, "suspect/parked"]
    looked: list[Line] = []
    for number, resource in enumerate(catalogue.current_resources):
        verdict, _, danger = str(verdicts[number % len(verdicts)]).partition("/")
        looked += [
            PastLook(
                now - day * DAY,
                resource.url,
                Verdict(verdict),
                danger=Danger(danger) if danger else None,
                status=200,
                note="seen",
            )
            for day in range(3)
        ]
    looked.append(Opened(now, catalogue.current_resources[15].url, "family team"))
    return looked + [
        PastSweep(
            now - week * 7 * DAY,
            100,
            ((Verdict.WORKING, 90 - week), (Verdict.BROKEN, week % 5), (Verdict.SUSPECT, 1)),
        )
        for week in range(30)
    ]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The site of an index never swept; swept, with old links; and swept too long ago."""
    text = few_links()
    old = re.sub(r"added: 20\d\d-", "added: 2023-", text)
    sites = {}
    for name, index, late in ((NOT_SWEPT, text, None), (SWEPT, old, 0), (OVERDUE, old, 40)):
        folder = tmp_path_factory.mktemp("health")
        if late is not None:
            add_to_history(folder / FILE_NAME, history_of(parsed(index), late))
        sites[name] = build_index(folder, index)
    return sites


def few_links() -> str:
    """The sample with at most two links of each topic: more are more of the same, and axe looks at
    each of them, on each of the screens.
    """
    index = yaml.safe_load(SAMPLE.read_text("utf-8"))
    for topic in index["categories"]:
        first = topic["start_here"]["families"][0]
        topic["start_here"] = {"families": [first]}
        kept = {first, topic["resources"][0]["id"]}
        topic["resources"] = [link for link in topic["resources"] if link["id"] in kept]
    return yaml.safe_dump(index, sort_keys=False)


@pytest.fixture(scope="module")
def hosts(built: dict[str, Path]) -> Iterator[dict[str, str]]:
    with contextlib.ExitStack() as served:
        yield {state: served.enter_context(serve_folder(site)) for state, site in built.items()}


each_state = pytest.mark.parametrize("state", [NOT_SWEPT, SWEPT, OVERDUE])
SCREENS = [
    {"viewport": {"width": width, "height": 900}, **colours}
    for width in (390, 1280)
    for colours in (
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"forced_colors": "active"},
    )
]


def test_the_health_page_is_valid_in_each_state(built: dict[str, Path]) -> None:
    assert faults([site / "health" / "index.html" for site in built.values()]) == []


@each_state
def test_the_health_page_can_be_used_by_everybody(
    state: str, hosts: dict[str, str], new_page: NewPage
) -> None:
    for screen in SCREENS if state == SWEPT else SCREENS[::3]:
        page = new_page(**screen)
        page.goto(f"{hosts[state]}health/")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        width = screen["viewport"]["width"]  # type: ignore[index]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("main :is(table, figure)").evaluate_all(
            "all => all.every(one => one.scrollWidth <= one.clientWidth + 1)"
        )
        assert axe_faults(page) == []


def test_the_health_page_fits_the_narrowest_screen_with_wide_text(
    hosts: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page.goto(f"{hosts[SWEPT]}health/")
    page.add_style_tag(content=SPACED)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_charts_are_told_and_can_be_read_without_a_script(
    hosts: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{hosts[SWEPT]}health/")
    assert page.get_by_role("img", name="Links that open. The full height is").is_visible()
    assert page.get_by_role("img", name="Links that are broken or being checked.").is_visible()
    page.get_by_text("The same as numbers").click()
    assert page.get_by_role("cell", name="100").first.is_visible()
    topics = page.get_by_role("table").filter(has=page.get_by_role("columnheader", name="Topic"))
    heads = topics.get_by_role("columnheader").all_inner_texts()
    assert [" ".join(head.split()) for head in heads] == [
        "Topic", "Open", "Broken or being checked", "Not known",
    ]  # fmt: skip
    rows = topics.get_by_role("rowheader").count()
    assert topics.get_by_role("cell").count() == 3 * rows, "no cell is there for the bars"


@pytest.mark.parametrize("screen", SCREENS)
def test_the_parts_of_a_bar_are_told_apart_without_colour(
    screen: dict[str, object], hosts: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(**screen)
    page.goto(f"{hosts[SWEPT]}health/")
    look = """kind => {
        const style = getComputedStyle(document.querySelector(
            `#by-topic ~ table .li-health__drawn .li-health__${kind}`));
        return [style.backgroundImage !== 'none', style.borderTopStyle,
                style.backgroundColor === style.borderTopColor];
    }"""
    assert {kind: page.evaluate(look, kind) for kind in ("open", "failing", "unknown")} == {
        "open": [False, "solid", True],
        "failing": [True, "solid", False],
        "unknown": [False, "dashed", False],
    }


def test_a_bar_is_as_wide_as_its_topic_and_its_parts_are_as_wide_as_their_numbers(
    hosts: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport={"width": 390, "height": 900})
    page.goto(f"{hosts[SWEPT]}health/")
    bars = page.evaluate(
        """[...document.querySelectorAll('#by-topic ~ table .li-health__bar')].map(bar => ({
            whole: bar.clientWidth,
            table: bar.closest('table').clientWidth,
            parts: [...bar.children].map(one => [one.offsetWidth, Number(one.style.flexGrow)]),
        }))"""
    )
    assert len(bars) > 10
    for one in bars:
        assert abs(one["whole"] - one["table"]) <= 1
        unit = one["whole"] / sum(links for _width, links in one["parts"])
        assert all(abs(width - links * unit) <= 8 for width, links in one["parts"])


def test_a_due_link_leads_to_its_place_in_the_topic(built: dict[str, Path]) -> None:
    page = as_written((built[SWEPT] / "health" / "index.html").read_bytes())
    led = re.findall(r'<th scope="row"><a[^>]* href="\.\./([^/"]+)/#([^"]+)">', page)
    assert len(led) > 20
    for topic, anchor in led:
        assert f'id="{anchor}"' in as_written((built[SWEPT] / topic / "index.html").read_bytes())
