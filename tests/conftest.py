"""What many tests need: the real index built once, a host that serves it, and a browser."""

from __future__ import annotations

import datetime
import itertools
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

from linkindex import clock
from linkindex.catalogue import Catalogue, load
from linkindex.icons import icon_names
from linkindex.site import plugin
from linkindex.site.build import build_site
from tests.support.building import SHARED_CARDS
from tests.support.lacking import skip_or_fail
from tests.support.static_host import serve_folder

REPOSITORY = Path(__file__).parent.parent

SAMPLE = Path(__file__).parent / "sample" / "resources.yaml"
"""The index that tests of the program use: real enough, and nobody's to edit."""

_WRITTEN = SAMPLE.read_text("utf-8")
STARTED = datetime.datetime.fromisoformat(
    max(re.findall(r"\b(?:added|reviewed|number_checked|on): (\d{4}-\d\d-\d\d)\b", _WRITTEN))
).replace(hour=9, tzinfo=datetime.UTC)
"""When the tests run, as they take it: on the day of the newest entry of the sample."""

BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


LONGEST_WAIT = 60_000
"""Milliseconds for one thing on a page: a busy computer needs more than the usual five seconds."""
expect.set_options(timeout=LONGEST_WAIT)

# The same examples in every run, and no limit for one of them: a fault is found by whoever made it,
# and a slow computer is none.
settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")

SLOW_FIXTURES = frozenset(
    {"browser", "built", "exported", "files", "host", "installed", "old", "site"}
)
SLOW_FILES = frozenset(
    {
        *("cards/test_command.py", "cards/test_formats.py", "cards/test_proof.py"),
        *("catalogue/test_fuzz.py", "catalogue/test_growth.py", "links/test_bad_days.py"),
        *("links/test_commands.py", "links/test_site.py", "site/test_build.py"),
        *("site/test_health.py", "site/test_hosts.py", "site/test_html.py"),
        "test_hostile_texts.py",
    }
)
"""What ``make test-fast`` leaves out: whole sites, decks and checks, and many pages.

In other files the tests that take a second or more are marked one by one.
"""

LONGEST_FIRST = (
    *("site/test_browser.py", "site/test_comfort.py", "content/test_queries.py"),
    *("site/test_offline.py", "site/test_health_page.py", "catalogue/test_fuzz.py"),
    *("site/test_hosts.py", "site/test_build.py", "cards/test_command.py", "site/test_html.py"),
    *("site/test_hand_out.py", "test_cli.py", "links/test_bad_days.py"),
    *("site/test_choices.py", "site/test_call_first.py", "cards/test_formats.py"),
    *("links/test_danger.py", "site/test_engines.py", "site/test_old_browser.py"),
    *("site/test_exports.py", "links/test_commands.py", "content/test_call_first.py"),
    *("cards/test_fit.py", "site/test_health.py", "cards/test_duplex.py", "test_wheel.py"),
)
"""The files that take longest, in that order: what begins last should be over soon, or all but one
processor would wait for it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, and mark it by what it uses and where it is."""
    here = Path(__file__).parent
    places = {name: place for place, name in enumerate(LONGEST_FIRST)}
    names = {item.path: item.path.relative_to(here).as_posix() for item in items}
    items.sort(key=lambda item: places.get(names[item.path], len(places)))
    for item in items:
        used = SLOW_FIXTURES & set(getattr(item, "fixturenames", ()))
        if used or names[item.path] in SLOW_FILES:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session", autouse=True)
def fixed_day() -> Iterator[None]:
    """Every test is on one day, whenever it runs: a clock that goes on by a second when asked."""
    seconds = itertools.count()  # which threads may ask at once

    def now() -> datetime.datetime:
        return STARTED + datetime.timedelta(seconds=next(seconds))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(clock, "now", now)
        yield


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The sample index."""
    return load(SAMPLE, icons=icon_names())


@pytest.fixture(scope="session")
def site_by_mkdocs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the sample index, built once."""
    folder = tmp_path_factory.mktemp("built") / "site"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(plugin, "CardMaker", lambda: SHARED_CARDS)
        build_site(SAMPLE, folder)
    return folder


@pytest.fixture(scope="session")
def site(site_by_mkdocs: Path) -> Path:
    """The same; in tests/site/test_engines.py, another engine's."""
    return site_by_mkdocs


@pytest.fixture(scope="session")
def host(site: Path) -> Iterator[str]:
    """The address of a static host that serves the site."""
    with serve_folder(site) as address:
        yield address


def chromium_program() -> str | None:
    """Chromium, as ``tests/support/find-chromium`` finds it."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without it the test is skipped, and in CI it fails."""
    program = chromium_program()
    if program is None:
        skip_or_fail("Chromium is missing; install it or name it in $CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=BROWSER_ARGUMENTS)
        yield chromium
        chromium.close()


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Opens pages in a fresh profile each; keyword arguments as of ``Browser.new_context``."""
    contexts = []

    def open_page(**settings: object) -> Page:
        context = browser.new_context(**settings)  # type: ignore[arg-type]
        context.set_default_timeout(LONGEST_WAIT)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
