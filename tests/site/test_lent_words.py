"""A language whose catalogue lacks words shows them in English, marked as English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from html5lib import parse
from tests.conftest import NewPage
from tests.site.conftest import PHONE
from tests.site.test_languages import BILINGUAL
from tests.support.building import build_index
from tests.support.nu_checker import faults
from tests.support.static_host import serve_folder

from linkindex.catalogue import Engine
from linkindex.speaking import speaking, translations_of
from linkindex.speaking.extracting import template
from linkindex.speaking.lent import lent, marked_page, noting_lent_words

SAID = "Niektóre słowa na tej stronie są po angielsku"
NOT_SHOWN = {"script", "style", "title", "textarea"}
SIGNS = re.compile("[\ue000-\ue004]|%EE%80%8[0-4]")


def lacking(language: str) -> set[str]:
    """The English of each message without a place that a language has no translation of."""
    known = translations_of(language).forms
    every = {
        (message.context, message.id if isinstance(message.id, str) else message.id[0])
        for message in template()
        if message.id
    }
    return {text for _, text in every - known.keys() if not re.search(r"[%{<&]", text)}


def texts_by_language(page: str) -> Iterator[tuple[str, str]]:
    """What a page shows, piece by piece, each with the language that it is marked as."""

    def walk(element: Element, language: str) -> Iterator[tuple[str, str]]:
        language = element.get("lang", language)
        if element.tag in NOT_SHOWN or not isinstance(element.tag, str):
            return
        yield (element.text or "").strip(), language
        for child in element:
            yield from walk(child, language)
            yield (child.tail or "").strip(), language

    return walk(parse(page, namespaceHTMLElements=False), "")


@pytest.fixture(scope="module", params=["pl with mkdocs", "ur with zensical", "eu with mkdocs"])
def partly(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site in a language of which a part is translated, or nothing."""
    language, _, engine = request.param.partition(" with ")
    telling = f"  telling: {{{language}: [abcd]}}\n" if language == "eu" else ""
    text = BILINGUAL.replace("[en, cy]\n", f"[en, {language}]\n{telling}")
    folder = tmp_path_factory.mktemp(language) / "index"
    return build_index(folder, text, engine=Engine(engine)) / language


def test_no_english_word_of_the_site_is_read_with_the_sounds_of_another_language(
    partly: Path,
) -> None:
    foreign = lacking(partly.name)
    pages = sorted(partly.rglob("*.html"))
    assert len(pages) > 20
    unmarked = {
        (path.relative_to(partly).as_posix(), text)
        for path in pages
        for text, language in texts_by_language(path.read_text("utf-8"))
        if text in foreign and language != "en-GB"
    }
    assert unmarked == set()


def names_by_language(page: str) -> Iterator[tuple[str, str]]:
    """What the elements of a page without words right in them are named, each with its language."""

    def walk(element: Element, language: str) -> Iterator[tuple[str, str]]:
        language = element.get("lang", language)
        beside = [element.text, *(child.tail for child in element)]
        if element.tag not in NOT_SHOWN and not "".join(text or "" for text in beside).strip():
            for name in ("aria-label", "placeholder", "title", "alt"):
                yield element.get(name, ""), language
        for child in element:
            yield from walk(child, language)

    return walk(parse(page, namespaceHTMLElements=False), "")


def test_no_english_name_of_an_element_is_read_with_the_sounds_of_another_language(
    partly: Path,
) -> None:
    foreign = lacking(partly.name)
    unmarked = {
        (path.relative_to(partly).as_posix(), name)
        for path in sorted(partly.rglob("*.html"))
        for name, language in names_by_language(path.read_text("utf-8"))
        if name in foreign and language != "en-GB"
    }
    assert unmarked == set()


def test_a_page_that_lends_words_says_so(partly: Path) -> None:
    said = SAID if partly.name == "pl" else "nobody has translated them yet"
    home = (partly / "index.html").read_text("utf-8")
    assert said in home or translations_of(partly.name).forms
    if partly.name == "pl":
        assert SAID in home
        # All that a printed code opens is translated.
        assert SAID not in (partly / "q/sleep.html").read_text("utf-8")
    if partly.name == "eu":
        assert said in (partly / "q/sleep.html").read_text("utf-8")
    assert "nobody has translated" not in (partly.parent / "index.html").read_text("utf-8")


def test_what_notes_them_is_gone_from_every_file_and_each_page_is_valid(partly: Path) -> None:
    for path in partly.parent.rglob("*"):
        if path.suffix in (".html", ".js", ".json", ".xml", ".txt", ".md"):
            assert not SIGNS.search(path.read_text("utf-8")), path
    assert faults(sorted(partly.rglob("*.html"))) == []


@pytest.mark.parametrize("partly", ["ur with zensical"], indirect=True)
def test_english_keeps_its_order_and_its_edge_among_words_from_the_right(
    partly: Path, new_page: NewPage
) -> None:
    home = (partly / "index.html").read_text("utf-8")
    assert "<span lang=en-GB dir=ltr>\u20684\u2069 links, and when to use each.</span>" in home
    assert "\u2066{index}" not in home
    script = (partly / "assets/list/making.js").read_text("utf-8")
    assert '"\u2066Remove\u2069"' in script
    with serve_folder(partly.parent) as host:
        page = new_page(viewport=PHONE)
        page.goto(f"{host}ur/")
        tile = page.get_by_text("I'm a parent or carer", exact=True)
        assert tile.evaluate("element => getComputedStyle(element).textAlign") == "right"
        page.goto(f"{host}ur/q/help4")
        said = page.locator("li p > [dir] + [dir]").first
        assert said.evaluate("element => getComputedStyle(element).display") == "block"
        order = page.locator("main a[hreflang]").first
        assert order.evaluate("element => getComputedStyle(element).unicodeBidi") == "isolate"


def test_what_fills_a_place_is_not_marked_nor_is_what_nobody_is_shown() -> None:
    with speaking("eu"), noting_lent_words():
        message = lent("See <a>%(topic)s</a>, all of it")
        assert marked_page(f'<a title="{lent("More")}">{message % {"topic": "Loa"}}</a>') == (
            '<a lang=en-GB title="More"><span lang=en-GB>See <a><span lang=eu>Loa</span></a>, all '
            "of it</span></a>"
        )
        count = lent("{n} links")
        assert marked_page(count.replace("{n}", "3")) == "<span lang=en-GB>3 links</span>"
        inner = lent("For {whom}").replace("{whom}", lent("families"))
        assert marked_page(inner) == "<span lang=en-GB>For families</span>"
        assert marked_page(f"<option value=1>{lent('All')}</option>") == (
            "<option lang=en-GB value=1>All</option>"
        )


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        ('<input placeholder="@">', '<input lang=en-GB placeholder="More">'),
        ('<textarea title="@"></textarea>', '<textarea lang=en-GB title="More"></textarea>'),
        (
            '<button aria-label="@"><svg></svg></button>',
            '<button lang=en-GB aria-label="More"><svg></svg></button>',
        ),
        (
            '<nav aria-label="@"><p>Bat</p><ul><li>Bi</ul></nav>',
            '<nav lang=en-GB aria-label="More"><p lang=eu>Bat</p><ul lang=eu><li>Bi</ul></nav>',
        ),
        (
            '<nav aria-label="@"><p>Bat</p> <br><form title="@"><b lang=pl>Dwa</b></form></nav>',
            '<nav lang=en-GB aria-label="More"><p lang=eu>Bat</p> <br lang=eu>'
            '<form lang=en-GB title="More"><b lang=pl>Dwa</b></form></nav>',
        ),
        ('<p title="@">Bat</p>', '<p title="More">Bat</p>'),
        ('<meta content="@">', '<meta content="More">'),
        ('<a lang=pl title="@"></a>', '<a lang=pl title="More"></a>'),
    ],
)
def test_an_element_with_an_english_name_is_marked_where_its_words_can_be_told_apart(
    page: str, marked: str
) -> None:
    with speaking("eu"), noting_lent_words():
        assert marked_page(page.replace("@", lent("More"))) == marked
