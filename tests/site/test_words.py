"""Every word that a reader meets is a message, and has room in longer and in mirrored languages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.conftest import REPOSITORY, SAMPLE
from tests.site.conftest import CUT, DESKTOP, PHONE, addresses_of_kinds, wait_until_still
from tests.support.pages import by_class
from tests.support.pseudo_index import build_in_pseudo
from tests.support.static_host import serve_folder

from linkindex.catalogue import Catalogue
from linkindex.speaking.language import LONGER, MIRRORED
from linkindex.speaking.mirrored import mirrored
from linkindex.speaking.pseudo import BEGINS, ENDS


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample in each of the languages for tests."""
    folder = tmp_path_factory.mktemp("pseudo")
    return {
        language: build_in_pseudo(SAMPLE, folder / language, language)
        for language in (LONGER, MIRRORED)
    }


# What is not a message

SAID = ("aria-label", "alt", "title", "placeholder", "label", "data-pass-on", "data-from")
"""Attributes that people hear, see or send."""

WRITTEN = {path.stem for path in (REPOSITORY / "docs").glob("*.md")}
"""Pages that people wrote, which are translated as whole pages."""

MESSAGE = re.compile(f"{BEGINS}[^{BEGINS}{ENDS}]*{ENDS}")
ADDRESS = re.compile(r"\S*[\w-]+\.[\w-]+\S*")
CODE = re.compile(r"[a-z0-9]{2,6}")
ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ ,.'’?:-]+[A-Za-z]+)*")
NAMES = {"BSL"}
"""What is called the same in every language."""


class Shown(HTMLParser):
    """What a page shows and says in its own language, with where each text stands."""

    VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "wbr"})

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        silent = tag in ("script", "style") or (tag != "html" and "lang" in given)
        if tag not in self.VOID:
            self._open.append((tag, silent))
        if tag == "meta" and (given.get("name") or given.get("property")) in DESCRIBED:
            self.texts.append(given["content"])
        if tag == "input" and given.get("type") == "text":
            self.texts.append(given.get("value", ""))
        if tag != "link" and not self._is_silent:
            self.texts += [given[name] for name in SAID if name in given]

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _ in self._open):
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if not self._is_silent:
            self.texts.append(data)

    @property
    def _is_silent(self) -> bool:
        return any(silent for _, silent in self._open)


DESCRIBED = {"description", "og:title", "og:description", "og:site_name"}


def english_in(text: str) -> list[str]:
    """What of a text is neither a message nor a text of the index."""
    rest = text
    while MESSAGE.search(rest):
        rest = MESSAGE.sub(" ", rest)
    found = ENGLISH.findall(ADDRESS.sub(" ", rest))
    return [words for words in found if words not in NAMES and not CODE.fullmatch(words)]


def english_on(page: str, location: str) -> list[str]:
    """What of a page is neither a message nor a text of the index."""
    if location.partition("/")[0] in WRITTEN:
        page = re.sub(r'<head>.*?</head>|<div id="content".*?(?=<footer)', "", page, flags=re.S)
    reader = Shown()
    reader.feed(page)
    return [words for text in reader.texts for words in english_in(text)]


def test_every_word_of_a_page_is_a_message(sites: dict[str, Path]) -> None:
    site = sites[LONGER]
    found = {
        (words, location)
        for path in site.rglob("*.html")
        for location in [path.relative_to(site).as_posix()]
        for words in english_on(path.read_text("utf-8"), location)
    }
    assert found == set()


def test_a_word_that_is_no_message_is_seen() -> None:
    page = f'<p title="Left out">{BEGINS}Šåîđ {BEGINS}ñöŵ{ENDS}{ENDS} Forgotten</p>'
    assert english_on(f'{page}<p lang="en">Meant</p>', "q/x.html") == ["Left out", "Forgotten"]


def texts_of(value: object) -> Iterator[str]:
    """Every text of a value of JSON."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for below in value:
            yield from texts_of(below)
    elif isinstance(value, str):
        yield value


def test_every_word_that_a_script_shows_is_a_message(sites: dict[str, Path]) -> None:
    site = sites[LONGER]
    fetched = ["assets/suggest.json", *(f"l/{path.name}" for path in (site / "l").glob("*.json"))]
    contents = {name: json.loads((site / name).read_text("utf-8")) for name in fetched}
    contents["assets/suggest.json"] = contents["assets/suggest.json"]["words"]
    for name in fetched[1:]:
        contents[name].pop("fors", None)  # audiences, as codes
    lines = json.loads((site / "search" / "numbers.json").read_text("utf-8"))["lines"]
    found = {
        (words, name)
        for name, content in contents.items()
        for text in texts_of(content)
        for words in english_in(text)
        if " " in words
    }
    found |= {
        (words, "numbers") for line in texts_of(lines) for words in english_on(line, "numbers")
    }
    assert found == set()


SENTENCE = re.compile(
    r"""(["`'])((?:[A-Z][a-z]+|[a-z]+ [a-z]+| [a-z]{2,})(?: [^"`'<>=(){}\[\]]*|[.?!:])?)\1"""
)
"""A text that begins as a sentence does, or goes on as one."""

WORDLESS = tuple(
    REPOSITORY / f"overrides/assets/{name}.js"
    for name in (
        *(f"search/{name}" for name in ("minisearch", "unpack", "engine", "danger")),
        *("list/lean-qr", "addresses"),
    )
)
"""Scripts that say nothing themselves."""

NO_WORDS = frozenset({"use strict", "Escape", "Enter", "Shift", "Up", "Down", "Remove", "Replace"})
"""What scripts write and nobody reads: keys, and kinds of buttons."""


def test_a_sentence_of_a_script_is_seen() -> None:
    for said in ('"Copied."', "`One moment`", '" more times"', '"No link"', '"copied it all"'):
        assert SENTENCE.search(f"say({said});"), said
    for unsaid in ('"li-bar li-open"', '"a[href]"', '"data-exit"', '"click"'):
        assert not SENTENCE.search(f"say({unsaid});"), unsaid


def test_no_script_holds_a_sentence_of_its_own(sites: dict[str, Path]) -> None:
    scripts = list((sites[LONGER] / "assets").rglob("*.js"))
    assert len(scripts) > 10
    unsaid = sentences_in(*WORDLESS)
    assert {path.name: sentences_in(path) - unsaid for path in scripts} == {
        path.name: set() for path in scripts
    }


def sentences_in(*scripts: Path) -> set[str]:
    return {
        match[2]
        for path in scripts
        for match in SENTENCE.finditer(path.read_text("utf-8"))
        if match[2].isascii() and match[2] not in NO_WORDS
    }


SPOKEN_IN = """() => {
    const others = [...document.querySelectorAll('body [lang]')];
    for (const one of others) one.hidden = true;
    return document.body.innerText;
}"""
"""What is seen of a page, but for what is in a language of its own."""

STATES: dict[str, Callable[[Page], None]] = {
    "aces/": lambda page: page.locator("article [data-pass-on]").first.click(),
    "all/#nation=wales": lambda page: page.locator("[data-elsewhere-shown]").click(),
    "list/#RESOURCES": lambda page: page.locator("[data-show-code]").click(),
    "q/aces#list=RESOURCES": lambda page: page.locator(".li-add").first.click(),
    "l#RESOURCES": lambda page: page.locator("main li").nth(1).wait_for(),
    "l#zzzzzz": lambda page: page.get_by_text("zzzzzz").wait_for(),
    "families/": lambda page: page.locator("summary").first.click(),
    "": lambda page: search(page, "Ηελπ"),
}
"""What a reader may do, by the address where."""


def search(page: Page, words: str) -> None:
    page.locator("[data-open-search]:visible").first.click()
    page.locator("[data-search-query]").fill(words)
    page.locator("[data-indexed]").wait_for(state="attached")


@pytest.mark.parametrize("address", STATES)
def test_whatever_a_script_makes_says_messages_and_has_room(
    browser: Browser, sites: dict[str, Path], catalogue: Catalogue, address: str
) -> None:
    codes = ",".join(link.code for link in catalogue.current_resources[:3])
    page = browser.new_page(viewport=PHONE)
    with serve_folder(sites[LONGER]) as host:
        page.goto(host + address.replace("RESOURCES", codes))
        STATES[address](page)
        wait_until_still(page)
        faults = faults_of(page)
        said = page.evaluate(SPOKEN_IN)
    page.close()
    assert english_in(said) == []
    assert faults == []


# Room for longer words, and for those that run from right to left


OUT = """() => [...document.querySelectorAll('body *')].filter(one => {
    const box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    if (!one.checkVisibility() || box.width < 2 || box.bottom < 0) return false;
    if (style.visibility === 'hidden') return false;
    for (let up = one.parentElement; up; up = up.parentElement) {
        if (/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX)) return false;
    }
    return box.left < -1 || box.right > innerWidth + 1;
}).map(one => one.outerHTML.slice(0, 120))"""
"""Whatever is partly beside the window."""

OVERLAP = """() => {
    const sorts = 'a[href], button, select, input, textarea, summary, h1, h2, h3';
    const front = document.querySelector('dialog[open]') || document;
    const seen = [...front.querySelectorAll(sorts)].filter(one => one.checkVisibility()
        && !one.closest('.li-bar, .bar, .li-list-bar, .li-header, .li-skip, .skip, .li-nav')
        && getComputedStyle(one).visibility !== 'hidden' && one.offsetWidth > 1);
    const boxes = seen.flatMap(one => [...one.getClientRects()].map(box => ({ one, box })));
    const within = (a, b) => a.contains(b) || b.contains(a);
    const found = [];
    const text = one => getComputedStyle(one).display === 'inline';
    boxes.forEach(({ one, box }, at) => boxes.slice(at + 1).forEach(({ one: other, box: next }) => {
        const wide = Math.min(box.right, next.right) - Math.max(box.left, next.left);
        const high = Math.min(box.bottom, next.bottom) - Math.max(box.top, next.top);
        const room = text(one) || text(other) ? 12 : 2;
        if (one !== other && !within(one, other) && wide > 2 && high > room) {
            found.push(one.outerHTML.slice(0, 90) + ' | ' + other.outerHTML.slice(0, 90));
        }
    }));
    return found;
}""".replace(" .bar,", f" {by_class('bar')},").replace(" .skip,", f" {by_class('skip')},")
"""Controls and headings that lie upon each other, in front of the page; lines of text may touch."""


@pytest.fixture(params=[LONGER, MIRRORED])
def host(request: pytest.FixtureRequest, sites: dict[str, Path]) -> Iterator[str]:
    with serve_folder(sites[request.param]) as address:
        yield address


@pytest.mark.parametrize("window", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_is_cut_off_runs_out_or_overlaps(
    browser: Browser, host: str, catalogue: Catalogue, window: dict[str, int]
) -> None:
    page = browser.new_page(viewport=window)
    wrong = {}
    for kind, address in addresses_of_kinds(host, catalogue).items():
        page.goto(address)
        wait_until_still(page)
        folded = faults_of(page)
        page.evaluate("document.querySelectorAll('#content details').forEach(e => e.open = true)")
        found = [*folded, *faults_of(page)]
        if found:
            wrong[kind] = found
    page.close()
    assert wrong == {}


def faults_of(page: Page) -> list[str]:
    """What of a page is cut, runs out of it, or lies upon something else."""
    wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    too_wide = [f"{wide} of {room} pixels"] if wide > room else []
    return [*too_wide, *page.evaluate(CUT), *page.evaluate(OUT), *page.evaluate(OVERLAP)]


def test_what_is_cut_runs_out_or_overlaps_is_seen(browser: Browser) -> None:
    page = browser.new_page(viewport=PHONE)
    page.set_content(
        "<body style='margin:0;position:relative'>"
        "<p style='width:2em;height:1em;overflow:hidden'>far too long to be read</p>"
        "<h2 style='width:500px'>Wide</h2>"
        "<button style='position:absolute;top:9em;left:0'>One</button>"
        "<button style='position:absolute;top:9em;left:1em'>Two</button>"
    )
    found = " ".join(faults_of(page))
    page.close()
    assert all(fault in found for fault in ("of 390 pixels", "far too long", "Wide", "One", "Two"))


def test_a_mirrored_page_begins_at_the_right(browser: Browser, sites: dict[str, Path]) -> None:
    page = browser.new_page(viewport=DESKTOP)
    with serve_folder(sites[MIRRORED]) as host:
        for address in ("", "aces/", "q/aces", "urgent"):
            page.goto(f"{host}{address}")
            root = page.locator("html")
            assert (root.get_attribute("dir"), root.get_attribute("lang")) == ("rtl", MIRRORED)
            box = page.locator("h1").bounding_box()
            text = page.locator("h1").evaluate(
                """e => {
                    const range = document.createRange();
                    range.selectNodeContents(e);
                    return range.getBoundingClientRect().right;
                }"""
            )
            assert box
            assert abs(box["x"] + box["width"] - text) < 2, address
    page.close()


def test_numbers_keep_their_order_in_a_mirrored_sentence(
    browser: Browser, sites: dict[str, Path]
) -> None:
    page = browser.new_page(viewport=PHONE)
    with serve_folder(sites[MIRRORED]) as host:
        page.goto(f"{host}urgent")
        places = page.get_by_text("0800 1111").first.evaluate(
            """e => {
                const text = [...e.childNodes].find(one => one.textContent.includes('0800 1111'));
                const at = text.textContent.indexOf('0800 1111');
                return [0, 8].map(from => {
                    const range = document.createRange();
                    range.setStart(text, at + from);
                    range.setEnd(text, at + from + 1);
                    return range.getBoundingClientRect().left;
                });
            }"""
        )
    page.close()
    assert places[0] < places[1]


def test_a_mirrored_style_exchanges_left_and_right_and_nothing_else() -> None:
    sheet = (
        ".a{margin:1px 2px 3px 4px;padding:0 1px;border-left:5px solid red}"
        ".b{border-radius:0 1px 1px 0;float:right;left:calc(1px + (2px * 3));text-align:left}"
        ".left{background:url(left.png) no-repeat;padding:0 max(1px, 2px) 3px 4px}"
    )
    assert mirrored(sheet) == (
        ".a{margin:1px 4px 3px 2px;padding:0 1px;border-right:5px solid red}"
        ".b{border-radius:1px 0 0 1px;float:left;right:calc(1px + (2px * 3));text-align:right}"
        ".left{background:url(left.png) no-repeat;padding:0 4px 3px max(1px, 2px)}"
    )
    assert mirrored(mirrored(sheet)) == sheet
