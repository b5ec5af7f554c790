"""Reading offline: stored only on request, by one page alone, and removed without a trace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect
from tests.conftest import NewPage
from tests.site.kestrels import kestrel_text
from tests.support.building import build_index
from tests.support.static_host import serve_folder

PHONE = {"width": 390, "height": 844}
GLOSSARY = "glossary:\n  - {term: ACE, meaning: A hard thing in childhood}\n"
STORED = """async () => [
  (await caches.keys()).length,
  (await navigator.serviceWorker.getRegistrations()).length,
  localStorage.length + sessionStorage.length,
  (await indexedDB.databases()).length,
]"""
NAMES = """async () => {
  const [name] = await caches.keys();
  return (await (await caches.open(name)).keys()).map(({ url }) => url);
}"""
NOTHING = [0, 0, 0, 0]
PAGES = (
    "",
    "all/",
    "open/",
    "help4/",
    "about/",
    "data/",
    "offline/",
    "q/open",
    "urgent",
    "nowhere",
)


@pytest.fixture(scope="module", params=["/", "/keyring/"], ids=["at the root", "in a folder"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A site, and the folder of its host in which it is."""
    folder = tmp_path_factory.mktemp("offline")
    text = GLOSSARY + kestrel_text().replace(
        "https://example.org/keyring/", f"https://example.org{request.param}"
    )
    return build_index(folder, text), request.param


@pytest.fixture
def root(built: tuple[Path, str]) -> Iterator[str]:
    with serve_folder(*built) as address:
        yield address


def saved(page: Page, root: str) -> Page:
    """The page about offline reading once its button has been pressed."""
    page.goto(f"{root}offline/")
    page.get_by_role("button", name="Save these pages on this device").click()
    expect(page.get_by_text(re.compile(r"Saved on this device on \d"))).to_be_visible()
    return page


def test_no_page_stores_anything_before_the_button_is_pressed(root: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    for path in PAGES:
        page.goto(root + path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(STORED) == NOTHING, path
    page.goto(f"{root}offline/")
    expect(page.get_by_text("Nothing is saved on this device.")).to_be_visible()
    expect(page.get_by_role("button", name="Remove everything")).to_be_hidden()


def test_what_is_stored_is_shown_with_its_size(root: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    saved(page, root)
    caches, workers, *others = page.evaluate(STORED)
    assert (caches, workers, others) == (1, 1, [0, 0])
    names = page.evaluate(NAMES)
    status = page.locator("[data-offline-status]").inner_text()
    assert f"{len(names) - 1} files" in status
    assert " KB" in status
    page.locator("[data-offline-list] summary").click()
    listed = page.locator("[data-offline-list] li").all_inner_texts()
    assert sorted(listed) == sorted(name for name in names if not name.endswith("saved-on"))
    for path in ("", "all/", "open/", "help4/", "q/help4.html", "assets/pass-on.js", "q/open.png"):
        assert f"{root}{path}" in listed
    assert all(name.startswith(root) for name in names)
    assert complaints == []


def test_saved_pages_open_without_a_connection_and_only_those(
    built: tuple[Path, str], new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    with serve_folder(*built) as root:
        saved(page, root)
    page.context.set_offline(True)  # and the host is gone too
    for path, text in (
        ("", "Good links"),
        ("open/", "An older link"),
        ("help4/", "How to live with a kestrel"),
        ("q/open", "An older link"),
        ("q/help4/", "How to live with a kestrel"),
        ("urgent", "Emergency services"),
        ("all/", "A newer link"),
        ("glossary/", "A hard thing in childhood"),
    ):
        page.goto(root + path)
        expect(page.get_by_text(text).first).to_be_visible()
    page.goto(f"{root}open/")
    assert page.evaluate("getComputedStyle(document.querySelector('.li-bar')).position") == "sticky"
    expect(page.get_by_role("link", name="Leave this site")).to_be_in_viewport(ratio=1)
    with pytest.raises(Error, match="ERR_"):
        page.goto(f"{root}privacy/")


def test_search_works_without_a_connection(built: tuple[Path, str], new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    with serve_folder(*built) as root:
        saved(page, root)
    page.context.set_offline(True)
    page.goto(root)
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("combobox", name="Search the links").press_sequentially("newer")
    expect(page.locator(".li-found__link").first).to_contain_text("A newer link")
    page.get_by_role("combobox", name="Search the links").fill("he hits me")
    expect(page.locator("[data-call-first]").get_by_role("link", name="Call 999")).to_be_visible()


def test_with_a_connection_a_page_is_shown_as_it_is_now(
    built: tuple[Path, str], new_page: NewPage
) -> None:
    site, base = built
    page = new_page(viewport=PHONE)
    with serve_folder(site, base) as root:
        saved(page, root)
        target = site / "open" / "index.html"
        before = target.read_text("utf-8")
        target.write_text(before.replace("An older link", "A changed link"), "utf-8")
        try:
            page.goto(f"{root}open/")
            expect(page.get_by_text("A changed link").first).to_be_visible()
        finally:
            target.write_text(before, "utf-8")


def test_where_the_host_fails_the_saved_page_is_shown(
    built: tuple[Path, str], new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE)
    failing: set[str] = set()
    with serve_folder(*built, failing=failing) as root:
        saved(page, root)
        failing.add("open/")
        page.goto(f"{root}open/")
        expect(page.get_by_text("An older link").first).to_be_visible()


def test_removing_leaves_nothing(built: tuple[Path, str], new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    with serve_folder(*built) as root:
        saved(page, root)
        page.goto(f"{root}open/")  # a page that the worker looks after
        page.goto(f"{root}offline/")
        page.get_by_role("button", name="Remove everything").click()
        expect(page.get_by_text("Everything was removed.")).to_be_visible()
        expect(page.get_by_role("button", name="Remove everything")).to_be_hidden()
        assert page.evaluate(STORED) == NOTHING
        for path in PAGES:
            page.goto(root + path)
            page.wait_for_load_state("networkidle")
            assert page.evaluate(STORED) == NOTHING, path
    page.context.set_offline(True)
    with pytest.raises(Error, match="ERR_"):
        page.goto(f"{root}open/")


def test_a_bad_connection_leaves_what_was_saved_as_it_was(root: str, new_page: NewPage) -> None:
    page = saved(new_page(viewport=PHONE, service_workers="allow"), root)
    before = page.locator("[data-offline-list] li").all_text_contents()
    page.route("**/q/help4.html", lambda route: route.abort())
    page.get_by_role("button", name="Save again").click()
    expect(page.get_by_text("nothing was changed")).to_be_visible()
    assert page.locator("[data-offline-list] li").all_text_contents() == before
    assert page.evaluate(STORED)[:2] == [1, 1]


def test_a_first_try_on_a_bad_connection_stores_nothing(root: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    page.route("**/q/help4.html", lambda route: route.abort())
    page.goto(f"{root}offline/")
    page.get_by_role("button", name="Save these pages on this device").click()
    expect(page.get_by_text("nothing was changed")).to_be_visible()
    assert page.evaluate(STORED) == NOTHING


def test_what_an_interrupted_saving_left_is_removed(root: str, new_page: NewPage) -> None:
    page = saved(new_page(viewport=PHONE), root)
    page.evaluate(
        """async () => {
          const store = await caches.open((await caches.keys())[0]);
          const last = (await store.keys()).find(({ url }) => url.endsWith("saved-on"));
          await store.delete(last);
        }"""
    )
    page.goto(f"{root}offline/")
    expect(page.get_by_text("Nothing is saved on this device.")).to_be_visible()
    assert page.evaluate(STORED) == NOTHING


def test_without_javascript_the_page_says_why_nothing_can_be_saved(
    root: str, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False)
    page.goto(f"{root}offline/")
    expect(page.get_by_text("Saving needs JavaScript")).to_be_visible()
    assert page.get_by_role("button", name="Save").count() == 0


def test_the_buttons_can_be_used_with_a_keyboard(root: str, new_page: NewPage) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"{root}offline/")
    page.get_by_role("button", name="Save these pages").press("Enter")
    remove = page.get_by_role("button", name="Remove everything")
    expect(remove).to_be_visible()
    remove.press("Enter")
    expect(page.get_by_role("button", name="Save these pages")).to_be_focused()
