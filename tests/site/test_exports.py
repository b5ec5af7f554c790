"""Feeds and files: valid for those who read them, and neutral where a topic is sensitive."""

from __future__ import annotations

import contextlib
import csv
import datetime
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from PIL import Image, ImageChops
from tests.conftest import REPOSITORY
from tests.site.kestrels import GIVEAWAY, kestrel_text
from tests.support.building import build_index
from tests.support.catalogues import catalogue_text, parsed
from tests.support.draw_icons import icon
from tests.support.pages import as_written

from linkindex import clock
from linkindex.catalogue import Catalogue
from linkindex.catalogue.codes import KEPT_NAMES, PAGE_NAMES, fits_category_code
from linkindex.catalogue.rules.telling import telling_words
from linkindex.catalogue.telling import sensitive_names
from linkindex.links.inside.static_host import served_file
from linkindex.site.exports import exports, linked_data, public_index
from linkindex.site.exports.csv_export import COLUMNS
from linkindex.site.exports.manifest import ICON_SIZES
from linkindex.site.exports.neutrality import OUTPUTS, Shown
from linkindex.site.exports.news import LONGEST_FEED
from linkindex.site.generate import generate, navigation
from linkindex.site.outputs import written_pages

DATA = Path(__file__).parent / "data"
ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
HOSTILE = "\"'><script>pwned=1</script>&amp; ]]> [x](y) *e* </DL>"

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def kestrels() -> Catalogue:
    return parsed(kestrel_text())


@pytest.fixture(scope="module")
def neutral(kestrels: Catalogue) -> Files:
    """What is made of the index with a sensitive topic."""
    return exports(public_index(kestrels))


@pytest.fixture(scope="module")
def real(catalogue: Catalogue) -> Files:
    return exports(public_index(catalogue))


@pytest.fixture(scope="module")
def plain_catalogue() -> Catalogue:
    return parsed(catalogue_text())


@pytest.fixture(scope="module")
def plain(plain_catalogue: Catalogue) -> Files:
    """What is made of an index without a sensitive topic."""
    return exports(public_index(plain_catalogue))


@pytest.fixture(scope="module")
def hostile() -> Files:
    return exports(public_index(parsed(catalogue_text(HOSTILE))))


@pytest.fixture(params=["neutral", "real", "hostile"])
def files(request: pytest.FixtureRequest) -> Files:
    """What is made of each of the three indexes."""
    found: Files = request.getfixturevalue(request.param)
    return found


def test_the_same_catalogue_gives_the_same_bytes() -> None:
    first, second = (exports(public_index(parsed(kestrel_text()))) for _ in range(2))
    assert first == second


def test_every_day_is_the_catalogue_s_and_none_is_today(neutral: Files) -> None:
    today = clock.now().date().isoformat()
    written = kestrel_text()
    for path, content in neutral.items():
        for day in re.findall(r"\d{4}-\d{2}-\d{2}", content.decode()):
            assert day in written or path == "data/links.schema.json", (path, day)
            assert day != today, path


# Feeds


def feeds_of(files: Files, ending: str) -> Iterator[tuple[str, bytes]]:
    found = {path: one for path, one in files.items() if re.match(rf"feeds/\w+{ending}$", path)}
    assert f"feeds/all{ending}" in found
    yield from found.items()


def test_an_atom_feed_holds_what_rfc_4287_asks_for(files: Files) -> None:
    address = json.loads(files["data/links.json"])["address"]
    for path, content in feeds_of(files, ".xml"):
        feed = ElementTree.fromstring(content)
        assert feed.tag == f"{ATOM}feed"
        for holder in (feed, *feed.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(holder.findall(f"{ATOM}{name}")) == 1, (path, name)
            assert re.match("https?:", holder.findtext(f"{ATOM}id") or "")
            assert MOMENT.fullmatch(holder.findtext(f"{ATOM}updated") or "")
            alternates = holder.findall(f"{ATOM}link[@rel='alternate']")
            assert len(alternates) == 1, "4.1.1 and 4.1.2: no two of one type and language"
        assert feed.findtext(f"{ATOM}author/{ATOM}name")
        own = feed.find(f"{ATOM}link[@rel='self']")
        assert own is not None
        assert own.get("href") == f"{address}{path}"
        ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
        assert len(ids) == len(set(ids))


def test_a_json_feed_holds_what_version_1_1_asks_for(files: Files) -> None:
    schema = json.loads((DATA / "json-feed-1.1.schema.json").read_text("utf-8"))
    for path, content in feeds_of(files, ".json"):
        feed = json.loads(content)
        jsonschema.validate(feed, schema)
        assert feed["feed_url"].endswith(path)


def entries(files: Files, name: str) -> list[str]:
    """The titles in a feed; both formats hold the same."""
    feed = ElementTree.fromstring(files[f"feeds/{name}.xml"])
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in feed.iter(f"{ATOM}entry")]
    assert titles == [item["title"] for item in json.loads(files[f"feeds/{name}.json"])["items"]]
    return titles


def test_a_feed_begins_with_what_was_added_last(neutral: Files) -> None:
    assert entries(neutral, "all") == [
        *("A link in two topics", "A newer link", "An older link", "=A number to call"),
        "A link whose summary tells",
    ]
    feed = ElementTree.fromstring(neutral["feeds/all.xml"])
    assert feed.findtext(f"{ATOM}updated") == "2026-11-10T00:00:00Z"


def test_the_feed_of_a_topic_holds_what_its_page_shows(neutral: Files) -> None:
    assert entries(neutral, "open") == entries(neutral, "all")
    assert entries(neutral, "other") == ["A link in two topics"]


def test_an_entry_keeps_its_identifier_when_its_title_and_address_change() -> None:
    before = exports(public_index(parsed(catalogue_text())))
    changed = catalogue_text().replace("A second link of plain", "Another title")
    changed = changed.replace("example.org/plain/second", "example.org/elsewhere")
    after = exports(public_index(parsed(changed)))
    ids = re.compile(rb"<id>(.*?)</id>")
    assert before["feeds/all.xml"] != after["feeds/all.xml"]
    assert ids.findall(before["feeds/all.xml"]) == ids.findall(after["feeds/all.xml"])


def test_a_feed_is_never_longer_than_a_reader_needs() -> None:
    more = "".join(
        f"""\
      - id: link-{number}
        title: Link {number}
        url: https://www.example.org/{number}
        publisher: Example
        summary: A page.
        audiences: [families]
        format: article
        nations: [uk]
        added: 2026-01-01
"""
        for number in range(LONGEST_FEED)
    )
    titles = entries(exports(public_index(parsed(catalogue_text() + more))), "all")
    assert len(titles) == LONGEST_FEED
    assert "A second link of plain" in titles


def test_an_index_without_a_link_that_may_be_named_still_has_a_valid_feed() -> None:
    empty = public_index(parsed(catalogue_text())).model_copy(update={"topics": ()})
    feed = ElementTree.fromstring(exports(empty)["feeds/all.xml"])
    assert not list(feed.iter(f"{ATOM}entry"))
    assert MOMENT.fullmatch(feed.findtext(f"{ATOM}updated") or "")


# Files


def test_the_json_file_fits_its_published_schema(files: Files) -> None:
    data = json.loads(files["data/links.json"])
    schema = json.loads(files["data/links.schema.json"])
    assert data["$schema"] == schema["$id"] == f"{data['address']}data/links.schema.json"
    validator = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    validator.check_schema(schema)
    validator.validate(data)


@pytest.mark.parametrize(
    ("key", "value"), [("added", "yesterday"), ("format", "giude"), ("secret", 1), ("code", None)]
)
def test_the_schema_refuses_what_the_json_file_never_holds(
    key: str, value: object, neutral: Files
) -> None:
    data = json.loads(neutral["data/links.json"])
    data["topics"][0]["links"][0][key] = value
    validator = jsonschema.Draft202012Validator(
        json.loads(neutral["data/links.schema.json"]),
        format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
    )
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(data)


def rows(files: Files) -> list[dict[str, str]]:
    text = files["data/links.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_table_opens_in_excel_with_a_header_and_a_row_for_each_link(
    plain: Files, plain_catalogue: Catalogue
) -> None:
    assert plain["data/links.csv"].startswith(b"\xef\xbb\xbf")
    assert plain["data/links.csv"].count(b"\r\n") == plain["data/links.csv"].count(b"\n")
    found = rows(plain)
    assert list(found[0]) == list(COLUMNS)
    assert [row["title"] for row in found] == [r.title for r in plain_catalogue.current_resources]


def test_no_cell_of_the_table_is_calculated(neutral: Files) -> None:
    call = next(row for row in rows(neutral) if "number to call" in row["title"])
    assert call["title"] == "'=A number to call"
    assert call["publisher"] == "'@Publisher"
    assert call["phone"] == "'+44 800 1111"
    for row in rows(neutral):
        for cell in row.values():
            assert not re.match(r"\s*[=+\-@]", cell), cell


def spreadsheet_value(cell: str) -> str | int | float:
    """What a spreadsheet makes of a cell without being told that it is text."""
    for kind in (int, float):
        with contextlib.suppress(ValueError):
            return kind(cell)
    return cell


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("08001111", "0800 1111"),
        ("08081570123", "0808 157 0123"),
        ("0500123456", "0500 123 456"),
        ("1800108081570123", "18001 0808 157 0123"),
        ("+442079460000", "'+44 20 7946 0000"),
        ("999", "999"),
        ("85258", "85258"),
    ],
)
def test_a_number_in_the_table_keeps_every_digit_in_a_spreadsheet(typed: str, cell: str) -> None:
    made = exports(
        public_index(parsed(catalogue_text().replace("phone: 0800 1111", f"phone: {typed}")))
    )
    shown = {row["phone"] for row in rows(made)} - {""}
    assert shown == {cell}
    assert str(spreadsheet_value(cell)) == cell


@pytest.mark.parametrize(
    "text",
    [
        *("0012", "1e5", "1E5", "12e345", "1.10", "1,000", "50%", "£5", "1" * 16, "1 1/2", ".5"),
        *("24/7", "3-5", "2026-11-24", "1.2.2026", "12:30", "9am", "TRUE", "false"),
        *("1 May", "May 1", "March 2026", "Sept2", "1-Jan-26", "(5)", "5 €"),
    ],
)
def test_a_text_that_looks_like_a_number_or_a_date_stays_a_text(text: str) -> None:
    made = exports(public_index(parsed(catalogue_text(text))))
    assert (
        next(row for row in rows(made) if row["title"] != "A second link of plain")["publisher"]
        == f"'{text}"
    )


@pytest.mark.parametrize(
    "text", ["Plain words", "NHS 111", "111", "0-5 service", "May Day", "Marchwood"]
)
def test_any_other_text_stands_in_the_table_as_it_is(text: str) -> None:
    made = exports(public_index(parsed(catalogue_text(text))))
    assert text in {row["publisher"] for row in rows(made)}


def test_an_outline_is_opml_2_0(files: Files) -> None:
    for path in ("feeds/all.opml", "data/links.opml"):
        root = ElementTree.fromstring(files[path])
        assert (root.tag, root.get("version")) == ("opml", "2.0")
        assert [child.tag for child in root] == ["head", "body"]
        assert root.findtext("head/title")
        outlines = list(root.iter("outline"))
        assert outlines
        for outline in outlines:
            assert outline.get("text")
            if outline.get("type") == "link":
                assert re.match("https?:", outline.get("url") or "")
            else:
                assert outline.get("type") == "rss"


def test_the_list_of_feeds_names_every_feed(files: Files) -> None:
    address = json.loads(files["data/links.json"])["address"]
    outlines = ElementTree.fromstring(files["feeds/all.opml"]).iter("outline")
    named = [outline.get("xmlUrl") for outline in outlines]
    assert named == [f"{address}{path}" for path, _ in feeds_of(files, ".xml")]


class Bookmarks(HTMLParser):
    """Reads bookmarks as a browser does: what is a link, and in which folder."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.links: list[tuple[str, str, str | None]] = []
        self.folders: list[str] = []
        self.tags: set[str] = set()
        self._inside = ""
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._inside = tag
        if tag == "a":
            values = dict(attributes)
            self.links.append(("", values["href"] or "", values.get("add_date")))

    def handle_endtag(self, _: str) -> None:
        self._inside = ""

    def handle_data(self, text: str) -> None:
        if self._inside == "a":
            self.links[-1] = (self.links[-1][0] + text, *self.links[-1][1:])
        elif self._inside == "h3":
            self.folders.append(text)


def test_bookmarks_hold_every_link_once_in_the_folder_of_its_topic(
    plain: Files, plain_catalogue: Catalogue
) -> None:
    content = plain["data/bookmarks.htm"]
    assert content.startswith(b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n")
    found = Bookmarks(content)
    assert [(title, url) for title, url, _ in found.links] == [
        (resource.title, resource.url) for resource in plain_catalogue.current_resources
    ]
    assert found.folders[1:] == [category.title for category in plain_catalogue.current_categories]
    assert {day for _, _, day in found.links} <= {
        str(int(datetime.datetime.fromisoformat(f"{r.added}T00:00:00+00:00").timestamp()))
        for r in plain_catalogue.current_resources
    }
    assert content.count(b"<DL>") == content.count(b"</DL>")


def test_bookmarks_show_text_as_text(hostile: Files) -> None:
    found = Bookmarks(hostile["data/bookmarks.htm"])
    assert "script" not in found.tags
    assert HOSTILE in [title for title, _, _ in found.links]


def test_the_text_for_assistants_has_the_form_of_llms_txt(files: Files) -> None:
    lines = files["llms.txt"].decode().splitlines()
    assert lines[0].startswith("# ")
    assert lines[2].startswith("> ")
    headings = [line for line in lines if line.startswith("#")]
    assert all(line.startswith("## ") for line in headings[1:])
    for line in lines:
        if line.startswith("- "):
            assert re.match(r"- \[(?:[^\]\\]|\\.)+\]\([^()\s]+\)(?:: .+)?$", line), line


def test_the_text_for_assistants_holds_every_link(plain: Files, plain_catalogue: Catalogue) -> None:
    text = plain["llms.txt"].decode()
    for resource in plain_catalogue.current_resources:
        assert f"]({resource.url.replace('(', '%28').replace(')', '%29')})" in text


def test_no_browser_offers_to_install_the_site(files: Files) -> None:
    manifest = json.loads(files["manifest.webmanifest"])
    assert manifest["display"] == "browser"
    assert "display_override" not in manifest
    assert manifest["name"]
    assert manifest["start_url"] == manifest["scope"] == "./"


def test_the_icons_are_the_mark_of_the_favicon_in_the_sizes_they_are_said_to_have(
    real: Files,
) -> None:
    named = json.loads(real["manifest.webmanifest"])["icons"]
    assert [one["sizes"] for one in named] == [f"{size}x{size}" for size in ICON_SIZES]
    for size, one in zip(ICON_SIZES, named, strict=True):
        with Image.open(REPOSITORY / "overrides" / one["src"]) as picture:
            assert picture.size == (size, size)
            apart = ImageChops.difference(picture.convert("RGB"), icon(size))
        assert max(highest for _, highest in apart.getextrema()) < 24, "colours are rounded to 32"


def test_a_retired_code_is_only_in_the_json_file_with_its_successor(
    neutral: Files, kestrels: Catalogue
) -> None:
    retired = json.loads(neutral["data/links.json"])["retired"]
    address = kestrels.settings.site_url
    assert [(one["kind"], one["code"], one["successor"]) for one in retired] == [
        (kind, gone.code, f"{address}{place}/{following.code}")
        for kind, gone, place, following in (
            ("link", kestrels.resource("open-own-retired"), "r", kestrels.resource("open-newer")),
            ("link", kestrels.resource("open-retired"), "r", kestrels.resource("open-newer")),
            ("link", kestrels.resource("kestrel-retired"), "r", kestrels.resource("kestrel-first")),
            ("topic", kestrels.category("kestrel-former"), "q", kestrels.category("kestrel-topic")),
        )
    ]
    for path, content in neutral.items():
        if path != "data/links.json":
            for one in retired:
                assert one["code"].encode() not in content, path


def test_nothing_claims_to_have_been_checked(neutral: Files) -> None:
    for path, content in neutral.items():
        if path.endswith(("resources.schema.json", "topic.schema.json")):
            continue  # These say what a key means, such as the day of a check.
        said = content.decode().replace("number_checked", "")
        assert not re.search(r"\b(checked|verified|tested|works)\b", said), path


def test_every_address_of_this_site_that_is_given_away_answers(
    real: Files, site: Path, catalogue: Catalogue
) -> None:
    root = catalogue.settings.site_url
    for path, content in real.items():
        for address in re.findall(rf"{root}([\w/.-]*)", content.decode()):
            assert served_file(site, address.rstrip(".")), (path, address)
    listed = json.loads(real["offline/pages.json"])
    for path in (*listed["pages"], *listed["files"]):
        assert served_file(site, path), path


def test_the_glossary_is_among_what_is_saved_where_there_is_one() -> None:
    terms = "glossary:\n  - {term: ACE, meaning: A hard thing in childhood}\ncategories:\n"
    for text, there in ((terms, True), ("categories:\n", False)):
        index = parsed(catalogue_text().replace("categories:\n", text, 1))
        files = generate(index, written_pages())
        pages = json.loads(files["offline/pages.json"])["pages"]
        assert ("glossary/" in pages) is there
        assert ("the Glossary" in files["offline.md"].decode()) is there


def test_no_code_of_a_topic_can_take_the_address_of_another_page(catalogue: Catalogue) -> None:
    codes = {category.code for category in catalogue.categories}
    for path in generate(catalogue, written_pages()):
        name = path.partition("/")[0].removesuffix(".md").removesuffix(".html")
        is_kept = name in codes or name in PAGE_NAMES | KEPT_NAMES
        assert is_kept or not fits_category_code(name), path


# Neutral where sensitive


def test_every_file_is_in_the_list_of_what_is_neutral_where(neutral: Files) -> None:
    for path in neutral:
        assert [one for one in OF_ONE_KIND if matches(path, one.files)], path


OF_ONE_KIND = [output for output in OUTPUTS if output.files != ("**",)]


def matches(path: str, patterns: tuple[str, ...]) -> bool:
    return any(Path(path).match(pattern) for pattern in patterns)


def test_the_published_list_is_the_list_that_is_tested(neutral: Files) -> None:
    published = json.loads(neutral["data/neutral.json"])["outputs"]
    assert [(one["kind"], one["topic"], one["links"]) for one in published] == [
        (one.kind, one.topic, one.links) for one in OUTPUTS
    ]


def test_no_word_of_a_sensitive_topic_stands_in_any_feed_file_or_name(neutral: Files) -> None:
    for path, content in neutral.items():
        assert GIVEAWAY not in path
        assert GIVEAWAY not in content.decode().casefold(), path


def test_feeds_and_files_show_of_a_sensitive_topic_what_the_list_says(
    neutral: Files, kestrels: Catalogue
) -> None:
    code = kestrels.category("kestrel-topic").code
    links = [kestrels.resource(name).code for name in ("kestrel-first", "kestrel-guest")]
    by_itself = ("title", "address", "guest", "own")
    links += [kestrels.resource(f"open-{name}").code for name in by_itself]
    for path, content in neutral.items():
        text = content.decode()
        for output in OF_ONE_KIND:
            if not matches(path, output.files):
                continue
            assert (f"{code}/" in text) == (output.topic is Shown.NEUTRAL), (path, output)
            for link in links:
                assert (link in text) == (output.links is Shown.NEUTRAL), (path, output, link)
            titled = path != "offline/pages.json"
            assert ("Help at home" in text) == (titled and output.topic is Shown.NEUTRAL), path


def test_a_text_that_names_a_sensitive_topic_is_left_out_and_the_rest_stays(
    neutral: Files,
) -> None:
    topic = json.loads(neutral["data/links.json"])["topics"][0]
    assert "summary" not in topic
    assert topic["also_called"] == ["Openness"]
    telling = next(one for one in topic["links"] if one["title"] == "A link whose summary tells")
    assert "summary" not in telling
    assert "use_when" not in telling
    assert telling["url"] == "https://www.example.org/summary"


def test_pages_say_what_they_are_in_the_words_of_schema_org(plain_catalogue: Catalogue) -> None:
    pages = linked_data.topic_pages(public_index(plain_catalogue))
    page = json.loads(pages["plain"])
    assert page["@type"] == "CollectionPage"
    assert page["url"] == "https://example.org/plain/"
    items = page["mainEntity"]["itemListElement"]
    resources = plain_catalogue.resources_of(plain_catalogue.category("plain"))
    assert page["mainEntity"]["numberOfItems"] == len(resources)
    assert [one["url"] for one in items] == [one.url for one in resources]
    assert {one["@type"] for one in items} == {"CreativeWork"}


def test_the_data_of_a_page_cannot_end_its_script() -> None:
    index = public_index(parsed(catalogue_text(HOSTILE)))
    for text in (linked_data.home_page(index), *linked_data.topic_pages(index).values()):
        assert not set("<>&") & set(text)
        assert HOSTILE in json.dumps(json.loads(text), ensure_ascii=False).replace('\\"', '"')


@pytest.fixture(scope="module")
def kestrel_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_index(tmp_path_factory.mktemp("kestrels"), kestrel_text())


OUTSIDE_A_PAGE = re.compile(
    r"<title>.*?</title>|<meta [^>]*>|<link [^>]*>|"
    r"<script type=\"application/ld\+json\">.*?</script>",
    re.DOTALL,
)


def test_no_word_of_a_sensitive_topic_stands_in_any_title_preview_data_or_sitemap(
    kestrel_site: Path,
) -> None:
    pages = sorted(kestrel_site.rglob("*.html"))
    assert len(pages) > 20
    for path in pages:
        outside = OUTSIDE_A_PAGE.findall(path.read_text("utf-8"))
        assert any("og:title" in one or "<title>" in one for one in outside), path
        for one in outside:
            assert GIVEAWAY not in one.casefold(), (path, one)
    assert GIVEAWAY not in (kestrel_site / "sitemap.xml").read_text("utf-8")
    assert not [path for path in kestrel_site.rglob("*") if GIVEAWAY in path.name]


def test_the_preview_of_a_sensitive_topic_is_its_neutral_title_and_says_nothing_else(
    kestrel_site: Path, kestrels: Catalogue
) -> None:
    first = kestrels.resource("kestrel-first").code
    for path, title in (
        ("help4/index.html", "Help at home"),
        ("q/help4.html", "Help at home"),
        (f"r/{first}.html", "A link for you"),
        (f"r/{kestrels.resource('open-title').code}.html", "A link for you"),
        (f"r/{kestrels.resource('open-guest').code}.html", "A link for you"),
        (f"r/{kestrels.resource('open-own').code}.html", "A link for you"),
        (f"r/{kestrels.resource('open-own-retired').code}.html", "A link for you"),
    ):
        page = as_written((kestrel_site / path).read_bytes())
        preview = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', page))
        assert preview["title"] == title, path
        assert preview["description"] == "Good links", path
        assert "feeds/help4" not in page


def test_a_sensitive_page_s_data_has_a_neutral_name_and_no_list(kestrel_site: Path) -> None:
    page = (kestrel_site / "help4" / "index.html").read_text("utf-8")
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert data
    assert json.loads(data[1])["name"] == "Help at home"
    assert "mainEntity" not in json.loads(data[1])


def test_no_name_of_a_sensitive_topic_of_this_index_stands_outside_a_page(
    real: Files, site: Path, catalogue: Catalogue
) -> None:
    names = sensitive_names(catalogue)
    outside = {path: content.decode() for path, content in real.items()}
    for path in site.rglob("*.html"):
        outside[str(path)] = " ".join(OUTSIDE_A_PAGE.findall(path.read_text("utf-8")))
    for name in names:
        said = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
        for path, text in outside.items():
            assert not said.search(text), (path, name)


def test_no_title_preview_or_file_name_tells_anything_by_a_single_word(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 200
    for path in pages:
        head = as_written(path.read_bytes()).partition("<body")[0]
        said = re.findall(r"<title>(.*?)</title>|<meta [^>]*content=\"(.*?)\"", head)
        assert said, path
        assert telling_words(" ".join(map("".join, said))) == set(), path
    for path in site.rglob("*"):
        assert telling_words(path.relative_to(site).as_posix()) == set(), path


def test_a_topic_page_names_its_own_feed_and_every_page_the_whole_one(site: Path) -> None:
    page = as_written((site / "aces" / "index.html").read_bytes())
    assert '"application/atom+xml" title="What is new on ACEs" href="../feeds/aces.xml"' in page
    for path in ("index.html", "aces/index.html", "safety/index.html", "404.html"):
        page = as_written((site / path).read_bytes())
        assert re.search(r'type="application/feed\+json"[^>]*feeds/all\.json"', page), path
        assert re.search(r'rel="manifest" href="[^"]*manifest\.webmanifest"', page), path


def test_the_sitemap_says_nothing_of_the_day_of_the_build_and_leaves_out_offline_reading(
    site: Path,
) -> None:
    text = (site / "sitemap.xml").read_text("utf-8")
    ElementTree.fromstring(text)
    assert "lastmod" not in text
    assert "/offline/" not in text
    assert "https://example.org/data/" in text


def test_no_menu_and_no_page_for_families_leads_to_offline_reading(
    site: Path, catalogue: Catalogue
) -> None:
    assert "offline" not in str(navigation(catalogue))
    leading = {
        path.relative_to(site).as_posix()
        for path in site.rglob("*.html")
        if re.search(r'href="[^"]*offline/', as_written(path.read_bytes()))
    }
    assert leading == {"about/index.html", "offline/index.html"}, "and its own canonical address"
