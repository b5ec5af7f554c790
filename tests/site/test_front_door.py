"""The ways in: home, the pages for each audience, and the length of a topic, in a real browser."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from markupsafe import escape
from playwright.sync_api import Page, expect
from tests.conftest import NewPage
from tests.site.conftest import DESKTOP, PHONE
from tests.site.test_browser import axe_faults_in_both_schemes
from tests.support.building import build_index
from tests.support.catalogues import catalogue_text, parsed, with_retired_category
from tests.support.pages import as_written
from tests.support.static_host import serve_folder

from linkindex.catalogue import Audience, Catalogue, ShownCatalogue
from linkindex.site.generate import generate, navigation
from linkindex.site.outputs import written_pages
from linkindex.site.routes import routes

ROUTES = ["I need help now", "I'm a parent or carer", "I'm a young person", "I work with families"]
LONGEST_TOPIC = 6000
"""Pixels of a phone 390 wide: some seven screens."""


def top_and_end(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).first.bounding_box()
    assert box, selector
    return box["y"], box["y"] + box["height"]


def test_the_first_screen_of_a_phone_has_a_search_four_ways_in_and_a_topic(
    host: str, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.goto(host)
    ways = page.locator(".li-routes a")
    assert ways.all_inner_texts() == ROUTES
    for way in ways.all():
        expect(way).to_be_in_viewport(ratio=1)
    search = page.locator(".li-search-button")
    expect(search).to_be_in_viewport(ratio=1)
    assert top_and_end(page, ".li-search-button")[1] <= top_and_end(page, ".li-routes")[0]
    expect(page.locator(".li-tiles a").first).to_be_in_viewport(ratio=1)


def test_a_desktop_shows_one_search_box_and_the_four_ways_in(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=DESKTOP)
    page.goto(host)
    expect(page.locator("input:visible")).to_have_count(1)
    ways = page.locator("[data-open-search]:visible")
    within = page.locator(".li-search__form [data-open-search]:visible")
    assert ways.count() == within.count(), "nothing beside the box leads to it"
    within.click()
    expect(page.get_by_role("combobox", name="Search the links")).to_be_focused()
    page.keyboard.press("Escape")
    assert page.locator(".li-routes a").all_inner_texts() == ROUTES
    for way in page.locator(".li-routes a").all():
        expect(way).to_be_in_viewport(ratio=1)
    expect(page.locator(".li-tiles a").first).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("javascript", [True, False])
def test_from_home_a_grandparent_comes_to_a_link_for_families_in_three_taps(
    javascript: bool, host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE, has_touch=True, java_script_enabled=javascript)
    page.goto(host)
    topic = catalogue.category("reunification-kinship")
    called = topic.needs.families
    assert called
    page.get_by_role("link", name="I'm a parent or carer").tap()
    page.wait_for_url(f"{host}families/")
    page.locator("summary", has_text=called).tap()
    first = catalogue.resource(topic.start_here.families[0])
    link = page.get_by_role("main").get_by_role("link", name=first.title, exact=True).first
    expect(link).to_be_visible()
    assert link.get_attribute("href") == first.url


@pytest.mark.parametrize(
    ("address", "audience"),
    [
        ("families", Audience.FAMILIES),
        ("young-people", Audience.YOUNG_PEOPLE),
        ("workers", Audience.PRACTITIONERS),
    ],
)
def test_a_way_in_calls_topics_by_need_and_has_what_its_readers_open_first(
    address: str, audience: Audience, catalogue: Catalogue
) -> None:
    page = generate(ShownCatalogue.of(catalogue, ()), {})[f"{address}.md"].decode()
    parts = page.split('<li style="--li-colour')
    for topic in catalogue.current_categories:
        links = [link for link in catalogue.resources_of(topic) if audience in link.audiences]
        way_on = f'href="../{topic.code}/" data-carry="for={audience}"'
        assert (way_on in page) == bool(links), topic.id
        if links:
            (entry,) = (part for part in parts if f'data-at="q/{topic.code}"' in part)
            assert str(escape(topic.needs.for_audience(audience) or topic.title)) in entry
            for name in topic.start_here.for_audience(audience):
                assert catalogue.resource(name).url in entry.replace("&amp;", "&"), name


def test_the_way_on_from_a_need_shows_the_topic_for_those_readers(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"{host}families/#nation=wales")
    page.locator("summary", has_text=catalogue.category("aces").needs.families or "").click()
    page.get_by_role("link", name=re.compile("^ACEs: ")).click()
    page.wait_for_url(f"{host}aces/#nation=wales&for=families")
    expect(page.get_by_label("For", exact=True)).to_have_value("families")
    expect(page.locator("[data-picks]:visible h3")).to_have_text(["For families"])


def test_a_way_in_leaves_out_what_does_not_hold_where_the_reader_lives(
    host: str, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"{host}families/")
    page.get_by_label("Where I live").select_option("scotland")
    line = page.locator("[data-shown]")
    expect(line).to_contain_text(re.compile(r"\d+ do not hold in Scotland\."))
    hidden = page.locator("[data-pick][hidden]")
    assert hidden.count()
    line.get_by_role("button", name="Show them").click()
    expect(hidden).to_have_count(0)


def with_code(text: str, topic: str, code: str) -> ShownCatalogue:
    """An index that published a topic with a code that is kept for a page today."""
    index = parsed(text)
    categories = tuple(
        category.model_copy(update={"written_code": code}) if category.id == topic else category
        for category in index.categories
    )
    return ShownCatalogue.of(dataclasses.replace(index, categories=categories), ())


def test_a_published_code_keeps_its_address_and_the_way_in_takes_another() -> None:
    index = with_code(catalogue_text(), "plain", "workers")
    (workers,) = (way for way in routes(index) if way.audience is Audience.PRACTITIONERS)
    assert workers.address == "for-workers"
    files = generate(index, {})
    assert "workers.md" in files
    assert 'href="for-workers/"' in files["index.md"].decode()
    assert "for-workers.md" in str(navigation(index))


def test_a_retired_code_and_a_page_of_ones_own_keep_their_addresses_too() -> None:
    index = with_code(with_retired_category(catalogue_text(), "plain"), "former", "families")
    addresses = {way.address for way in routes(index, ["young-people.md", "workers/README.md"])}
    assert addresses <= {"for-families", "for-young-people", "for-workers"}
    assert "for-families" in addresses


def test_a_way_in_exists_only_for_whom_there_is_a_link() -> None:
    text = catalogue_text().replace("audiences: [young-people]", "audiences: [practitioners]")
    index = ShownCatalogue.of(parsed(text), ())
    ways = {way.audience for way in routes(index)}
    assert ways == {Audience.FAMILIES, Audience.PRACTITIONERS}
    files = generate(index, {})
    assert "young-people.md" not in files
    assert "a young person" not in files["index.md"].decode()


def test_what_paper_shows_of_a_need_does_not_tell_a_sensitive_topic(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=DESKTOP)
    page.goto(f"{host}families/")
    page.emulate_media(media="print")
    printed = page.get_by_role("main").inner_text()
    for topic in catalogue.current_categories:
        if topic.sensitive and topic.needs.families:
            assert topic.needs.families not in printed
            assert topic.title not in printed
            assert topic.outside_title in printed


def test_a_topic_of_fifteen_links_is_seven_screens_long(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    tall = {}
    for topic in catalogue.current_categories:
        if len(catalogue.resources_of(topic)) <= 15:
            page.goto(f"{host}{topic.code}/")
            tall[topic.id] = page.evaluate("document.documentElement.scrollHeight")
    assert {name: height for name, height in tall.items() if height > LONGEST_TOPIC} == {}
    assert len(tall) > 1


def entries(page: Page) -> int:
    return page.locator("[data-kind][data-for]:visible").count()


def test_five_links_stand_there_at_once_and_a_button_shows_the_others(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    total = len(catalogue.resources_of(catalogue.category("aces")))
    page = new_page(viewport=PHONE)
    page.goto(f"{host}aces/")
    seen = "all => all.filter(one => one.getBoundingClientRect().height > 0).length"
    assert page.locator("[data-kind][data-for]").evaluate_all(seen) == 5
    page.get_by_role("button", name=f"Show {total - 5} more links").click()
    assert page.locator("[data-kind][data-for]").evaluate_all(seen) == total
    focused = page.evaluate("document.activeElement.closest('[data-kind][data-for]').id")
    assert focused == page.locator("[data-kind][data-for]").nth(5).get_attribute("id")
    expect(page.locator("[data-show-later=links]")).to_be_hidden()
    assert axe_faults_in_both_schemes(page) == []


def test_without_scripts_every_link_and_every_caution_is_shown(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False)
    for topic in catalogue.current_categories[:3]:
        page.goto(f"{host}{topic.code}/")
        expect(page.locator("[data-kind][data-for]:visible")).to_have_count(
            len(catalogue.resources_of(topic))
        )
        expect(page.locator(".li-cautions li:visible")).to_have_count(len(topic.cautions))
        expect(page.locator("[data-show-later]:visible")).to_have_count(0)


def test_a_link_to_an_entry_behind_the_button_shows_it(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"{host}aces/")
    last = page.locator("[data-kind][data-for]").last.get_attribute("id")
    page.goto("about:blank")
    page.goto(f"{host}aces/#{last}")
    expect(page.locator(f"[id='{last}']")).to_be_in_viewport()
    page.goto("about:blank")
    page.goto(f"{host}aces/")
    page.evaluate(f"location.hash = '{last}'")
    expect(page.locator(f"[id='{last}'] h3")).to_be_in_viewport()


def test_the_browsers_own_search_and_paper_reach_what_is_behind_the_button(
    host: str, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"{host}aces/")
    later = page.locator("[data-kind][data-for]").last
    expect(later).to_be_hidden()
    page.emulate_media(media="print")
    heights = page.locator("[data-kind][data-for]").evaluate_all(
        "all => all.map(one => one.offsetHeight)"
    )
    assert min(heights) > 20
    page.emulate_media(media="screen")
    expect(later).to_be_hidden()
    page.keyboard.press("Control+f")
    expect(later).to_be_visible()


def test_what_a_pick_says_already_is_not_said_again_below(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    topic = catalogue.category("aces")
    pick = catalogue.resource(topic.start_here.practitioners[0])
    assert pick.use_when
    page = new_page(viewport=PHONE)
    page.goto(f"{host}aces/")
    page.locator("[data-show-later=links]").click()
    expect(page.get_by_text(pick.use_when).locator("visible=true")).to_have_count(1)
    # Where the pick is not shown, the entry says it.
    page.goto("about:blank")
    page.goto(f"{host}aces/#kind={pick.format}&for=families")
    if Audience.FAMILIES in pick.audiences:
        expect(page.get_by_text(pick.use_when).locator("visible=true")).to_have_count(1)


def test_what_is_true_of_all_links_is_said_once_a_page(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{host}aces/")
    said = page.get_by_role("main").inner_text()
    assert len(re.findall("not yet checked", said)) == 1
    assert len(re.findall("not yet reviewed", said, re.IGNORECASE)) == 1


def test_what_is_known_of_a_link_is_one_line(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"{host}aces/")
    facts = page.locator(".li-facts")
    assert facts.evaluate_all("all => all.every(one => !one.querySelector('br, p, dd, li'))")
    lines = "all => all.filter(one => one.offsetHeight).map(one => one.getClientRects().length)"
    assert set(facts.evaluate_all(lines)) == {1}
    page.set_viewport_size(DESKTOP)
    tall = "all => Math.max(...all.filter(one => one.offsetHeight).map(one => one.offsetHeight))"
    assert facts.evaluate_all(tall) < 30


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_menu_and_search_are_in_reach_wherever_one_is_on_a_topic(
    screen: dict[str, int], host: str, new_page: NewPage
) -> None:
    page = new_page(viewport=screen)
    page.goto(f"{host}aces/")
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    search = "Search the links" if screen == DESKTOP else "Search"
    role = "combobox" if screen == DESKTOP else "button"
    expect(page.get_by_role(role, name=search, exact=True)).to_be_in_viewport(ratio=1)  # type: ignore[arg-type]
    if screen == PHONE:
        expect(page.get_by_role("button", name="Menu")).to_be_in_viewport(ratio=1)
        page.get_by_role("button", name="Menu").click()
        expect(page.get_by_role("button", name="Close the menu")).to_be_in_viewport(ratio=1)
    else:
        expect(page.locator(".li-nav [aria-current=page]")).to_be_in_viewport(ratio=1)


def test_the_navigation_shows_where_one_is(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=DESKTOP)
    for topic in (catalogue.current_categories[0], catalogue.current_categories[-1]):
        page.goto(f"{host}{topic.code}/")
        here = page.locator(".li-nav [aria-current=page]")
        expect(here).to_have_text(topic.title)
        expect(here).to_be_in_viewport(ratio=1)
        assert page.evaluate("scrollY") == 0
        group = next(group for group in catalogue.groups if group.id == topic.group)
        trail = page.get_by_role("navigation", name="Where this page is")
        expect(trail.get_by_role("link")).to_have_text(["Home", group.title])


@pytest.mark.parametrize("path", ["", "aces/", "all/", "families/"])
def test_a_long_page_has_a_way_up(path: str, host: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"{host}{path}#nation=wales")
    page.get_by_role("link", name="Back to the top").click()
    page.wait_for_function("() => scrollY < 150")
    assert "nation=wales" in page.url


def test_choosing_families_holds_for_the_page_and_for_paper(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    page = new_page(viewport=DESKTOP)
    topic = catalogue.category("aces")
    workers_only = [
        link.use_when
        for link in catalogue.resources_of(topic)
        if link.audiences == (Audience.PRACTITIONERS,) and link.use_when
    ]
    assert workers_only
    page.goto(f"{host}aces/#for=families")
    for media in ("screen", "print"):
        page.emulate_media(media=media)  # type: ignore[arg-type]
        said = page.get_by_role("main").inner_text()
        assert "For families" in said
        assert "For practitioners" not in said
        assert [text for text in workers_only if text in said] == []


def test_cautions_for_workers_leave_with_the_workers(
    host: str, catalogue: Catalogue, new_page: NewPage
) -> None:
    topic = catalogue.category("ddp")
    mine = [caution.text for caution in topic.cautions if not caution.audiences]
    theirs = [caution.text for caution in topic.cautions if caution.audiences]
    assert mine
    assert theirs
    page = new_page(viewport=DESKTOP)
    page.goto(f"{host}ddp/#for=families")
    more = page.locator("[data-cautions] [data-show-later]")
    if more.is_visible():
        more.click()
    listed = page.locator(".li-cautions li:visible").all_inner_texts()
    assert [text for text in theirs if any(text in said for said in listed)] == []
    assert len(listed) == len(mine)


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of an index for England alone."""
    text = catalogue_text().replace("nations: [wales]", "nations: [england]")
    text = text.replace("  contact:", "  nations: [england]\n  contact:", 1)
    return build_index(tmp_path_factory.mktemp("english"), text)


def test_an_index_for_one_nation_offers_no_choice_and_names_it_nowhere(
    english: Path, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    with serve_folder(english) as host:
        for path in ("", "all/", "plain/", "q/plain", "urgent", "families/", "cards/"):
            page.goto(f"{host}{path}#nation=wales")
            page.wait_for_load_state("networkidle")
            said = page.content()
            assert "Where I live" not in said, path
            assert not re.search(r"(England|Scotland|Wales|Northern Ireland)\b", said), path
            assert "Does not hold" not in said, path


def test_the_search_of_an_index_for_one_nation_does_not_name_it(english: Path) -> None:
    listed = list((english / "search").glob("*.json"))
    assert listed
    for path in listed:
        if path.name != "numbers.json":
            assert '"england' not in path.read_text("utf-8"), path.name


OTHER_NAMES = re.compile(r"\bHelp now\b|When it is urgent|Urgent numbers|Emergency help numbers")


def test_urgent_help_has_one_name_everywhere(site: Path) -> None:
    named = 0
    for path in [*site.rglob("*.html"), *site.rglob("*.txt"), *site.rglob("*.json")]:
        text = path.read_text("utf-8")
        assert not OTHER_NAMES.search(text), path.relative_to(site)
        named += "Urgent help" in text
    assert named > 10
    for path, text in written_pages().items():
        assert not OTHER_NAMES.search(text), path


MAINTAINERS = re.compile(
    r"YAML|\.yaml|Enable workflow|Run workflow|\bActions\b|<code>"
    r"|linkindex \w+|manifest\.json",
)
"""What only whoever keeps an index can act on: it stands in the handbook and CONTRIBUTING."""


@pytest.mark.parametrize("page", ["about", "health", "contribute", "cards"])
def test_what_a_maintainer_must_do_is_on_no_page_for_readers(page: str, site: Path) -> None:
    text = as_written((site / page / "index.html").read_bytes())
    main = text[text.index('id="content"') : text.index("</main>")]
    assert MAINTAINERS.findall(re.sub(r'href="[^"]*"', "", main)) == []
