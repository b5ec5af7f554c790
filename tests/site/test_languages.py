"""Sites of an index in several languages: each is whole, and leads to itself in the others."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urljoin
from xml.etree import ElementTree as ET

import pytest
from html5lib import parse
from playwright.sync_api import expect
from tests.catalogue.small import examined
from tests.conftest import REPOSITORY, STARTED, NewPage
from tests.site.conftest import addresses_of_kinds
from tests.support.building import build_index, put_index
from tests.support.nu_checker import faults
from tests.support.pages import as_written
from tests.support.static_host import serve_folder

from linkindex.catalogue import Catalogue, Engine, LinkIndexError, ShownCatalogue
from linkindex.catalogue.rules.telling import words_in
from linkindex.links import Verdict, look_inside
from linkindex.site.editions import file_with, in_language
from linkindex.site.engines.export import export_docs
from linkindex.site.search.documents import pages
from linkindex.speaking import speaking
from linkindex.speaking.ordering import letter, sort_key
from linkindex.upkeep.suggesting.mails import answers_of_email
from linkindex.upkeep.suggesting.questions import forms_of
from linkindex.upkeep.suggesting.understanding import NewLink, understood

BILINGUAL = (REPOSITORY / "tests/data/bilingual.yaml").read_text("utf-8")
URDU = (REPOSITORY / "tests/data/urdu.yaml").read_text("utf-8")
SITE_URL = "https://example.org/"

PAGES = (
    *("", "sleep/", "help4/", "all/", "glossary/", "health/", "list/", "about/", "our-town/"),
    *("families/", "cards/", "contribute/", "safety/", "offline/", "privacy/", "data/"),
)
SCAN_PAGES = ("q/sleep", "q/help4", "urgent", "l")


def with_own_pages(folder: Path) -> Path:
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (docs / "our-town.md").write_text("# Our town\n\nSee [about](about.md).\n", "utf-8")
    (docs / "our-town.cy.md").write_text("# Ein tref\n\nGweler [mwy](about.md).\n", "utf-8")
    (docs / "only.md").write_text("---\ntitle: Only this\n---\n# Only English\n", "utf-8")
    return folder


@pytest.fixture(scope="module", params=["en, cy with mkdocs", "cy, en with zensical"])
def two(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Two:
    """A site in two languages: each order, and each engine."""
    order, _, engine = request.param.partition(" with ")
    folder = with_own_pages(tmp_path_factory.mktemp(engine) / "index")
    text = BILINGUAL.replace("[en, cy]", f"[{order}]").replace(
        "  contact:", "  texts_in: en\n  contact:"
    )
    index = examined(text).catalogue
    assert index is not None
    return Two(build_index(folder, text, engine=Engine(engine)), index)


class Two:
    """The built site of an index in two languages."""

    def __init__(self, folder: Path, index: Catalogue) -> None:
        self.folder = folder
        self.index = index

    def below(self, language: str) -> str:
        return "" if language == self.index.languages[0] else f"{language}/"

    def page(self, path: str, language: str) -> str:
        name = f"{path}index.html" if not path or path.endswith("/") else f"{path}.html"
        return as_written((self.folder / self.below(language) / name).read_bytes())


LANGUAGES = ("en", "cy")
OTHER = {"en": "cy", "cy": "en"}
TAG = {"en": "en-GB", "cy": "cy"}
NAME = {"en": "English", "cy": "Cymraeg"}


def links_of(page: str) -> list[dict[str, str]]:
    tree = parse(page, namespaceHTMLElements=False)
    return [dict(link.attrib) for link in tree.iter("a") if "href" in link.attrib]


def is_switch(link: dict[str, str]) -> bool:
    """Whether a link leads to the same page in another language."""
    return "hreflang" in link and link["href"].startswith("/")


@pytest.mark.parametrize("path", [*PAGES, *SCAN_PAGES])
def test_every_page_is_in_its_language_and_leads_to_itself_in_the_other(
    two: Two, path: str
) -> None:
    for language in LANGUAGES:
        page = two.page(path, language)
        assert re.search(rf'<html lang="?{TAG[language]}"?[ >]', page), language
        (switch,) = [link for link in links_of(page) if is_switch(link)]
        other = OTHER[language]
        assert switch["href"] == f"/{two.below(other)}{path}"
        assert (switch["hreflang"], switch["lang"]) == (TAG[other], TAG[other])
        there = two.page(path, other)
        assert f">{NAME[other]}</a>" in page
        assert f">{NAME[language]}</a>" in there


@pytest.mark.parametrize("path", SCAN_PAGES)
def test_the_way_to_the_other_language_is_the_first_thing_under_the_exit_bar(
    two: Two, path: str
) -> None:
    for language in LANGUAGES:
        main = two.page(path, language).partition("<main")[2]
        first = re.search(r"<a [^>]*>", main)
        assert first
        assert "hreflang" in first[0]


@pytest.mark.parametrize("path", PAGES)
def test_pages_name_their_addresses_in_each_language_for_search_engines(
    two: Two, path: str
) -> None:
    wanted = {TAG[tag]: f"{SITE_URL}{two.below(tag)}{path}" for tag in LANGUAGES}
    wanted["x-default"] = f"{SITE_URL}{path}"
    for language in LANGUAGES:
        tree = parse(two.page(path, language), namespaceHTMLElements=False)
        named = {
            link.attrib["hreflang"]: link.attrib["href"]
            for link in tree.iter("link")
            if link.attrib.get("rel") == "alternate"
        }
        is_listed = not [meta for meta in tree.iter("meta") if meta.attrib.get("name") == "robots"]
        assert named == (wanted if is_listed else {})


def test_the_root_is_in_the_first_language_and_the_others_are_below_their_tags(two: Two) -> None:
    first, second = two.index.languages
    assert two.index.settings.name in two.page("", first)
    assert not (two.folder / first).exists()
    assert two.index.in_language(second).settings.name in two.page("", second)
    manifest = json.loads((two.folder / second / "manifest.webmanifest").read_text("utf-8"))
    assert manifest["lang"] == TAG[second]


def test_a_printed_code_opens_the_first_language_in_every_picture_of_it(two: Two) -> None:
    first, second = two.index.languages
    assert (two.folder / "q/sleep.html").is_file()
    pictures = [(two.folder / below / "q/sleep.png").read_bytes() for below in ("", f"{second}/")]
    assert pictures[0] == pictures[1]
    title = two.index.in_language(first).category("sleep").title
    assert f"<h1>{title}</h1>" in (two.folder / "q/sleep.html").read_text("utf-8")


def test_one_site_map_names_the_pages_of_all_languages(two: Two) -> None:
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    tree = ET.fromstring((two.folder / "sitemap.xml").read_text("utf-8"))
    named = [place.text for place in tree.iter(f"{namespace}loc")]
    assert len(named) == len(set(named))
    for language in LANGUAGES:
        for path in ("", "sleep/", "our-town/"):
            assert f"{SITE_URL}{two.below(language)}{path}" in named
    packed = gzip.decompress((two.folder / "sitemap.xml.gz").read_bytes())
    assert packed == (two.folder / "sitemap.xml").read_bytes()


def test_feeds_and_files_are_in_their_language(two: Two) -> None:
    for language in LANGUAGES:
        index = two.index.in_language(language)
        folder = two.folder / two.below(language)
        feed = ET.fromstring((folder / "feeds/all.xml").read_text("utf-8"))
        assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == TAG[language]
        data = json.loads((folder / "data/links.json").read_text("utf-8"))
        assert data["name"] == index.settings.name
        assert data["address"] == f"{SITE_URL}{two.below(language)}"


def test_a_page_that_is_written_in_each_language_is_shown_in_each(two: Two) -> None:
    assert ">Our town</h1>" in two.page("our-town/", "en")
    assert ">Ein tref</h1>" in two.page("our-town/", "cy")
    assert not (two.folder / "our-town.cy").exists()
    assert not (two.folder / "cy/our-town.cy").exists()


def test_a_page_that_is_written_in_one_language_is_marked_in_the_other(two: Two) -> None:
    content = re.compile(r'<div id="?content"?[^>]*>')
    for language, marked in (("en", False), ("cy", True)):
        found = content.search(two.page("only/", language))
        assert found
        assert ('lang="en-GB"' in found[0]) is marked


def test_a_text_that_is_missing_is_shown_and_marked(two: Two) -> None:
    songs = '<span lang="en-GB">Night songs</span>'
    for path in ("sleep/", "all/", "q/sleep", f"r/{two.index.resource('night-songs').code}"):
        assert songs in two.page(path, "cy"), path
        assert songs not in two.page(path, "en"), path
        assert "Night songs" in two.page(path, "en"), path


def test_files_name_the_texts_that_are_missing_in_their_language(two: Two) -> None:
    code = two.index.resource("night-songs").code
    for language, named in (("en", None), ("cy", {"title": "en"})):
        folder = two.folder / two.below(language) / "data"
        table = io.StringIO((folder / "links.csv").read_text("utf-8-sig"), newline="")
        row = next(row for row in csv.DictReader(table) if row["code"] == code)
        told = row.get("in another language", "")
        assert ("title: en" in told.split(", ")) is (named is not None)
        data = json.loads((folder / "links.json").read_text("utf-8"))
        links = (link for topic in data["topics"] for link in topic["links"])
        texts_in = next(link for link in links if link["code"] == code).get("texts_in")
        assert (texts_in or {}).get("title") == (named or {}).get("title")


def test_a_link_leads_to_the_page_in_its_language(two: Two) -> None:
    for language, address in (("en", "/sleep"), ("cy", "/cy/cwsg")):
        found = [link["href"] for link in links_of(two.page("sleep/", language))]
        assert f"https://www.example.org{address}" in found


def test_titles_stand_by_the_alphabet_of_their_language(two: Two) -> None:
    headings = re.compile(r'<h2 id="letter-[^"]*">([^<]*)</h2>')
    assert headings.findall(two.page("glossary/", "cy")) == ["A", "Ll"]
    assert headings.findall(two.page("glossary/", "en")) == ["B", "C"]


def test_every_link_within_the_sites_leads_somewhere(two: Two) -> None:
    report = look_inside(two.folder, SITE_URL)
    assert [outcome.link for outcome in report.having(Verdict.BROKEN)] == []
    for page in two.folder.rglob("*.html"):
        at = f"/{page.relative_to(two.folder).as_posix()}"
        for link in links_of(page.read_text("utf-8")):
            if is_switch(link):
                path = urljoin(at, link["href"]).lstrip("/")
                names = (path, f"{path}.html", f"{path}index.html", f"{path}/index.html")
                assert any((two.folder / name).is_file() for name in names), (at, link)


def test_what_is_left_behind_of_a_sensitive_topic_tells_nothing_in_any_language(two: Two) -> None:
    """Titles, previews and descriptions of pages, feeds, files and their names."""
    links = [link.code for link in two.index.category("violence-at-home").resources]
    for language in LANGUAGES:
        index = two.index.in_language(language)
        folder = two.folder / two.below(language)
        told = [index.category("violence-at-home").title, "Byw Heb Ofn", "Live Fear Free"]
        paths = ("help4/", "q/help4", *(f"r/{code}" for code in links))
        for path in paths:
            head = two.page(path, language).partition("</head>")[0]
            said = re.findall(r'<title>([^<]*)|content="([^"]*)"|href="([^"]*)"', head)
            words = " ".join("".join(parts) for parts in said)
            assert words_in(language).words(words) == set(), (path, words)
            assert [title for title in told if title in words] == []
        # What the search and an opened list show on the spot is fetched, and stays nowhere.
        kept = [path for path in folder.rglob("*") if not {"search", "l"} & {*path.parts}]
        for path in kept:
            if path.suffix in (".xml", ".json", ".txt", ".webmanifest", ".csv", ".opml"):
                text = path.read_text("utf-8")
                assert [title for title in told if title in text] == [], path
        names = " ".join(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
        assert words_in(language).words(names) == set()


def test_every_page_has_its_policy_and_the_exit_bar(two: Two) -> None:
    for page in two.folder.rglob("*.html"):
        text = page.read_text("utf-8")
        assert "Content-Security-Policy" in text, page
        assert two.index.settings.exit_url in text, page


def test_every_page_is_valid(two: Two) -> None:
    assert faults(sorted(two.folder.rglob("*.html"))) == []


def test_a_scan_page_keeps_its_budget_and_the_switch_is_all_it_gains(two: Two) -> None:
    for language in LANGUAGES:
        page = two.page("q/sleep", language)
        switch = re.search(r"<a [^>]*hreflang[^>]*>[^<]*</a> · ", page)
        assert switch
        assert len(gzip.compress(page.encode())) <= 14_000
        assert len(gzip.compress(two.page("l", language).encode())) <= 3_584
        code = two.index.resource("sleep-tips").code
        whole = two.page(f"r/{code}", language)
        plain = re.sub(r"<a [^>]*hreflang[^>]*>[^<]*</a> · ", "", whole)
        gained = len(gzip.compress(whole.encode())) - len(gzip.compress(plain.encode()))
        assert gained <= 90
        assert len(gzip.compress(whole.encode())) <= 3_584


@pytest.fixture(scope="module")
def hosted(two: Two) -> Iterator[str]:
    with serve_folder(two.folder) as address:
        yield address


def test_a_reader_changes_the_language_and_stays_where_they_are(
    two: Two, hosted: str, new_page: NewPage
) -> None:
    first, second = two.index.languages
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{hosted}all/#nation=wales")
    page.locator("a[hreflang][lang]").click()
    page.wait_for_url(f"**/{second}/all/#nation=wales")
    assert page.locator("html").get_attribute("lang") == TAG[second]
    page.locator("a[hreflang][lang]").click()
    page.wait_for_url(f"{hosted}all/#nation=wales")
    codes = ",".join(two.index.resource(name).code for name in ("sleep-tips", "crying-baby"))
    page.goto(f"{hosted}l#{codes}")
    page.locator("a[hreflang][lang]").click()
    page.wait_for_url(f"**/{second}/l#{codes}")
    page.locator("ol li a").first.wait_for()
    title = two.index.in_language(second).resource("crying-baby").title
    assert title in page.locator("ol").inner_text()
    assert first != second
    assert [url for url in asked if not url.startswith((hosted, "data:"))] == []
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_what_the_welsh_form_sends_is_in_welsh_and_is_understood(
    two: Two, hosted: str, new_page: NewPage
) -> None:
    page = new_page()
    page.goto(f"{hosted}{two.below('cy')}contribute/")
    page.wait_for_load_state("networkidle")
    page.fill("#link-url", "https://www.example.org/lullabies")
    page.fill("#link-title", "Hwiangerddi")
    page.fill("#link-publisher", "Elusen Enghraifft")
    page.select_option("#link-topic", "violence-at-home")
    page.fill("#link-summary", "Caneuon i dawelu plentyn.")
    page.get_by_label("Teuluoedd", exact=True).check()
    page.get_by_label("Pobl ifanc", exact=True).check()
    page.select_option("#link-format", "guide")
    page.get_by_label("Cymru", exact=True).check()
    href = page.get_attribute("[data-way=mail]", "href") or ""
    given = parse_qs(href.partition("?")[2])
    body = given["body"][0]
    assert given["subject"] == ["Awgrymu dolen"]
    for label in ("Teitl: ", "I bwy y mae: Teuluoedd, Pobl ifanc", "Beth ydyw: Canllaw"):
        assert label in body
    for english in ("Title:", "Families", "End of the form", "Trais yn y cartref"):
        assert english not in body
    forms = forms_of(two.index)
    what = understood(answers_of_email(body.encode(), forms), two.index, STARTED.date())
    assert what.questions == ()
    assert isinstance(what.suggestion, NewLink)
    assert what.suggestion.category_id == "violence-at-home"
    assert what.suggestion.entry["audiences"] == ["families", "young-people"]


@pytest.mark.parametrize(
    ("language", "typed", "found"),
    [
        *(("cy", "cysgu", "Cynghorion cysgu"), ("cy", "gwyl", "Cwsg"), ("cy", "gŵyl", "Cwsg")),
        *(("cy", "tawelu", "Babi'n crio"), ("en", "awake", "Sleep"), ("en", "calm", "A crying")),
    ],
)
def test_search_finds_words_of_its_language_however_they_begin_or_are_accented(
    two: Two, hosted: str, new_page: NewPage, language: str, typed: str, found: str
) -> None:
    page = new_page()
    page.goto(f"{hosted}{two.below(language)}")
    page.locator("[data-search-query]").first.focus()
    page.locator("[data-search-query]").first.fill(typed)
    page.locator("[data-search-found]").filter(has_text=found).wait_for()


def test_a_title_that_is_missing_is_marked_among_what_is_found(
    two: Two, hosted: str, new_page: NewPage
) -> None:
    page = new_page()
    page.goto(f"{hosted}{two.below('cy')}")
    page.locator("[data-search-query]").first.focus()
    page.locator("[data-search-query]").first.fill("songs")
    found = page.locator("[data-search-found] a", has_text="Night songs")
    expect(found).to_have_attribute("lang", "en-GB")
    page.locator("[data-search-query]").first.fill("cysgu")
    found = page.locator("[data-search-found] a", has_text="Cynghorion cysgu")
    expect(found).not_to_have_attribute("lang", re.compile(""))


@pytest.mark.parametrize(("language", "lent"), [("en", None), ("cy", None), ("pl", "en-GB")])
def test_the_search_knows_which_titles_of_pages_are_lent(
    two: Two, language: str, lent: str | None
) -> None:
    with speaking(language):
        titles = {page["at"]: page for page in pages(ShownCatalogue.of(two.index, ()), {})}
    assert titles["glossary/"].get("lang") == lent
    assert "lang" not in titles["urgent"]
    assert "\ue000" not in titles["glossary/"]["title"]


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800)])
def test_the_exit_bar_stands_above_all_and_nothing_is_wider_than_the_screen(
    two: Two, hosted: str, new_page: NewPage, width: int, height: int
) -> None:
    page = new_page(viewport={"width": width, "height": height})
    for language in LANGUAGES:
        for kind, address in addresses_of_kinds(
            f"{hosted}{two.below(language)}", two.index
        ).items():
            if "aces" in address:
                continue
            page.goto(address)
            assert page.locator("[data-exit]").first.is_visible(), kind
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_site_in_urdu_is_read_from_the_right(tmp_path: Path, new_page: NewPage) -> None:
    site = build_index(tmp_path, URDU)
    pages = sorted(site.rglob("*.html"))
    assert faults(pages) == []
    for path in pages:
        text = path.read_text("utf-8")
        assert re.search(r'<html lang="?ur"? dir="?rtl"?', text), path
        assert not [link for link in links_of(text) if is_switch(link)]
        assert "Content-Security-Policy" in text
    with serve_folder(site) as host:
        page = new_page(viewport={"width": 390, "height": 844})
        for path in ("", "sleep/", "q/help4", "urgent", "all/"):
            page.goto(host + path)
            assert page.locator("[data-exit]").first.is_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
            assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
        page.goto(f"{host}sleep/")
        english = page.locator('span[lang="en-GB"]').evaluate_all(
            """spans => spans.map(span => {
              const own = span.cloneNode(true);
              for (const other of own.querySelectorAll("[lang]")) other.remove();
              return own.textContent;
            }).join("")"""
        )
        assert not re.search("[\u0600-\u06ff]", english), "plain texts are in Urdu here"


def test_a_folder_of_docs_cannot_take_the_place_of_a_language(tmp_path: Path) -> None:
    put_index(tmp_path, BILINGUAL)
    (tmp_path / "docs/cy").mkdir()
    (tmp_path / "docs/cy/about.md").write_text("# Amdanom ni\n", "utf-8")
    with pytest.raises(LinkIndexError, match=r"docs/cy/about.md: the pages in Welsh are in"):
        build_index(tmp_path, BILINGUAL)


@pytest.mark.parametrize("engine", list(Engine))
def test_a_dead_link_is_told_under_the_file_and_the_line_that_it_stands_in(
    tmp_path: Path, engine: Engine
) -> None:
    docs = with_own_pages(tmp_path) / "docs"
    (docs / "our-town.cy.md").write_text("# Ein tref\n\nGweler [hyn](hen.md).\n", "utf-8")
    with pytest.raises(LinkIndexError, match=r"^docs/our-town\.cy\.md:3: the link to `hen\.md`"):
        build_index(tmp_path, BILINGUAL, engine=engine)


@pytest.mark.parametrize("engine", list(Engine))
def test_any_fault_of_a_page_is_told_under_the_file_of_its_language(
    tmp_path: Path, engine: Engine
) -> None:
    docs = with_own_pages(tmp_path) / "docs"
    (docs / "our-town.cy.md").write_text("# Ein tref\n\n{{ index.nmae }}\n", "utf-8")
    with pytest.raises(LinkIndexError, match=r"^docs/our-town\.cy\.md:3: there is no `nmae`"):
        build_index(tmp_path, BILINGUAL, engine=engine)


def test_a_link_that_several_languages_have_is_told_of_the_one_that_is_built(
    tmp_path: Path,
) -> None:
    for name, text in (("a.md", "See b"), ("a.cy.md", "See gone.md"), ("a.pl.md", "gone.md")):
        (tmp_path / name).write_text(text, "utf-8")
    assert file_with(tmp_path, "a.md", "gone.md", "pl") == "a.pl.md"
    assert file_with(tmp_path, "a.md", "gone.md", "cy") == "a.cy.md"
    assert file_with(tmp_path, "a.md", "gone.md", "en") == "a.cy.md"
    assert file_with(tmp_path, "a.md", "nowhere", "cy") == "a.md"


def test_of_pages_in_several_languages_each_site_has_its_own() -> None:
    pages = {
        "about.md": "About",
        "about.cy.md": "Amdanom",
        "about.pl.md": "O nas",
        "notes.v2.md": "Notes",
        "more/only.cy.md": "Dim ond",
    }
    assert in_language(pages, "en") == {
        "about.md": "About",
        "notes.v2.md": "Notes",
        "more/only.cy.md": "Dim ond",
    }
    welsh = in_language(pages, "cy")
    assert welsh["about.md"] == "Amdanom"
    assert welsh["notes.v2.md"].startswith("---\nlang: en-GB\n---\n")


def test_welsh_letters_of_two_signs_stand_in_their_place() -> None:
    words = ["Lolfa", "Llyfr", "Cysgu", "Chwarae", "Ngwaith", "Hwyl", "Y Daith", "Ddoe", "Ôl", "9"]
    with speaking("cy"):
        ordered = sorted(words, key=sort_key)
        letters = [letter(word) for word in ordered]
    assert ordered == [
        *("9", "Cysgu", "Chwarae", "Y Daith", "Ddoe", "Ngwaith", "Hwyl", "Lolfa", "Llyfr", "Ôl"),
    ]
    assert letters == ["0-9", "C", "Ch", "D", "Dd", "Ng", "H", "L", "Ll", "O"]
    words = ["The lamp", "Élan", "9", "Ngwaith"]
    assert [letter(word) for word in words] == ["L", "E", "0-9", "N"]


def test_an_export_for_another_engine_holds_a_folder_for_each_other_language(
    tmp_path: Path,
) -> None:
    index = examined(BILINGUAL).catalogue
    assert index is not None
    own = with_own_pages(tmp_path / "index") / "docs"
    export_docs(ShownCatalogue.of(index, ()), tmp_path / "pages", own)
    for folder, address, title in (
        ("", SITE_URL, "Our town"),
        ("cy", f"{SITE_URL}cy/", "Ein tref"),
    ):
        place = tmp_path / "pages" / folder
        assert title in (place / "docs/our-town.md").read_text("utf-8")
        assert not (place / "docs/our-town.cy.md").exists()
        assert f"site_url: {address}\n" in (place / "mkdocs.yml").read_text("utf-8")
    assert "site_dir: ../site/cy\n" in (tmp_path / "pages/cy/mkdocs.yml").read_text("utf-8")
