"""MiniSearch without what is not used finds what the whole of it finds."""

from __future__ import annotations

from playwright.sync_api import Browser
from tests.support.lacking import skip_or_fail
from tests.support.trim_minisearch import SCRIPT, minisearch

FINDS = """([texts, asked]) => {
    const mini = new MiniSearch({
        idField: "id",
        fields: ["title", "about"],
        processTerm: (term) => term,
        searchOptions: { boost: { title: 1, about: 0.65 }, prefix: false, fuzzy: false },
    });
    texts.forEach(([title, about], id) => mini.add({ id, title, about }));
    return asked.map((queries) => mini.search({ combineWith: "OR", queries })
        .map(({ id, score, match }) => [id, score, match]));
}"""


def test_what_is_left_of_the_library_finds_what_the_whole_finds(browser: Browser) -> None:
    package = minisearch()
    if package is None:
        skip_or_fail("the library cannot be fetched; install npm")
    texts = [
        ["sleep and routines", "bed time for small children"],
        ["childrens sleep", "who to ask"],
        ["anger", "time to calm down, and sleep"],
        ["", "children"],
    ]
    asked = [["sleep"], ["time", "children", "calm"], ["slee"], ["none"], ["to", "to"], []]
    found = []
    for script in (package / "dist/umd/index.js", SCRIPT):
        page = browser.new_page()
        page.add_script_tag(path=script)
        found.append(page.evaluate(FINDS, [texts, asked]))
    assert found[0] == found[1]
    assert [one[0] for one in found[0][0]]
