"""What a family meets first, in languages that have no whole site."""

from __future__ import annotations

import datetime
import re

import pytest
from tests.conftest import REPOSITORY, SAMPLE, NewPage
from tests.site.conftest import PHONE
from tests.support.building import build_index
from tests.support.catalogues import catalogue_text, parsed
from tests.support.pages import as_written
from tests.support.static_host import serve_folder

from linkindex.catalogue import ShownCatalogue, load
from linkindex.icons import icon_names
from linkindex.site import scan
from linkindex.site.generate import generate
from linkindex.site.health import SiteHealth
from linkindex.site.outputs import written_pages
from linkindex.speaking import available, speaking
from linkindex.speaking.translations import Translations

LANGUAGES = ("ar", "bn", "pl", "ro", "so", "uk", "ur")


def _index(*languages: str, sensitive: bool = False) -> ShownCatalogue:
    text = catalogue_text(sensitive=sensitive)
    listed = ", ".join(languages)
    text = text.replace("index:\n", f"index:\n  first_pages: [{listed}]\n", 1)
    return ShownCatalogue.of(parsed(text), ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_these_pages_is_translated(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert language in available()
    index = load(SAMPLE, icons=icon_names(), today=datetime.date(2026, 11, 28))
    retired = parsed(catalogue_text(sensitive=True))
    missing: set[str] = set()
    text, plurals = Translations.text, Translations.plurals

    def noting(self: Translations, message: str, context: str | None = None) -> str:
        if self.language == language and (context, message) not in self.forms:
            missing.add(message)
        return text(self, message, context)

    def noting_plurals(
        self: Translations, one: str, other: str, context: str | None = None
    ) -> object:
        if self.language == language and (context, one) not in self.forms:
            missing.add(one)
        return plurals(self, one, other, context)

    monkeypatch.setattr(Translations, "text", noting)
    monkeypatch.setattr(Translations, "plurals", noting_plurals)
    for each in (index, retired):
        hidden = [each.current_resources[0].id]
        shown = ShownCatalogue.of(each, hidden)
        with speaking(language):
            scan.scan_pages(shown, SiteHealth(datetime.date.min).notes(shown))
    assert missing == set()


def test_they_are_made_where_they_are_switched_on_by_name_and_nowhere_else() -> None:
    plain = generate(_index(), written_pages())
    assert not [path for path in plain if path.startswith(LANGUAGES) and "/" in path[:4]]
    files = generate(_index("pl", "ur"), written_pages())
    made = {path for path in files if path.startswith("pl/")}
    assert "pl/urgent.html" in made
    assert "pl/q/plain.html" in made
    there = {path.partition("/")[2] for path in made}
    assert there - files.keys() == {"safety.html", "safety/index.html"}  # There it is safety.md.
    assert not [path for path in made if path.endswith(".md")]


def test_codes_open_the_first_language_which_leads_to_the_others() -> None:
    files = generate(_index("pl", "ur"), written_pages())
    page = as_written(files["q/plain.html"])
    assert '<html lang="en-GB"' in page
    for tag, name in (("pl", "Polski"), ("ur", "اردو")):
        assert f'<a href="/{tag}/q/plain" hreflang="{tag}" lang="{tag}">{name}</a>' in page
    there = as_written(files["pl/q/plain.html"])
    assert '<html lang="pl"' in there
    assert '<a href="/q/plain" hreflang="en-GB" lang="en-GB">English</a>' in there
    assert "Opuść tę stronę" in there


def test_they_lead_on_to_pages_that_are_there() -> None:
    files = generate(_index("pl"), written_pages())
    pages = {f"/{path.removesuffix('.html')}" for path in files}
    pages |= {f"/{path.removesuffix('.md').removesuffix('index')}" for path in files}
    for path, content in files.items():
        if path.startswith("pl/") and path.endswith(".html"):
            for target in re.findall(r'href="(/[^"#]*)', as_written(content)):
                assert {target, target.rstrip("/"), f"{target}index"} & pages, (path, target)


def test_what_is_sensitive_stays_neutral_in_each_language() -> None:
    files = generate(_index("pl", "ar", sensitive=True), written_pages())
    for path, content in files.items():
        if not path.startswith(("pl/", "ar/")):
            continue
        page = as_written(content)
        assert "kestrel" not in path
        for title in re.findall(r'<title>(.*?)</title>|og:title" content="(.*?)"', page):
            assert "kestrel" not in "".join(title).casefold(), path


def test_a_page_from_right_to_left_is_mirrored_and_its_way_out_in_reach(
    tmp_path_factory: pytest.TempPathFactory, new_page: NewPage
) -> None:
    site = build_index(
        tmp_path_factory.mktemp("first"),
        catalogue_text().replace("index:\n", "index:\n  first_pages: [ur]\n", 1),
    )
    with serve_folder(site) as host:
        page = new_page(viewport=PHONE)
        page.goto(f"{host}ur/q/plain.html")
        leave = page.locator("[data-exit]")
        box = leave.bounding_box()
        assert box
        assert box["x"] + box["width"] >= PHONE["width"] - 1
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.mouse.wheel(0, 2000)
        assert leave.is_visible()
        assert page.locator("html").get_attribute("dir") == "rtl"


def test_the_health_page_says_that_nobody_has_read_these_words() -> None:
    assert b"Polish and Urdu" in generate(_index("pl", "ur"), written_pages())["health.md"]
    assert b"Nobody who speaks these" not in generate(_index(), written_pages())["health.md"]


def test_the_page_of_a_language_leads_to_urgent_help_in_it_where_that_is_made() -> None:
    text = catalogue_text().replace("language: cy", "language: pl")
    way = b'href="../../pl/urgent/" lang="pl">Pilna pomoc</a>'
    plain = generate(ShownCatalogue.of(parsed(text), ()), written_pages())
    assert way not in plain["languages/pl.md"]
    named = text.replace("index:\n", "index:\n  first_pages: [pl]\n", 1)
    files = generate(ShownCatalogue.of(parsed(named), ()), written_pages())
    assert way in files["languages/pl.md"]
    assert "pl/urgent/index.html" in files


@pytest.mark.parametrize("language", LANGUAGES)
def test_staying_safe_can_be_read_in_each_language_beside_the_way_out(language: str) -> None:
    files = generate(_index(language), written_pages())
    page = files[f"{language}/safety/index.html"].decode()
    english = (REPOSITORY / "docs/safety.md").read_text("utf-8")
    # All but the last section, which says where urgent help is: the bar above does.
    assert page.count("<h2>") == english.count("\n## ") - 1
    assert page.count("<li>") == english.count("\n- ")
    assert "999" in page
    assert "data-exit" in page
    assert f'href="/{language}/safety/"' in as_written(files[f"{language}/q/plain.html"])
