"""While an index is written, the browser shows the site, or what is wrong with it and where."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect
from tests.conftest import NewPage
from tests.support.catalogues import catalogue_text

from linkindex.cli import main
from linkindex.site.serving.shown_fault import MOST, fault_page, faults_of
from linkindex.site.settings import SHARED_SETTINGS

LONG = 300_000
"""Milliseconds that a build may take while other tests run."""


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index without cards, which take most of the time."""
    (tmp_path / "docs").mkdir()
    settings = f"INHERIT: {SHARED_SETTINGS}\nplugins:\n  - linkindex: {{cards: false}}\n"
    (tmp_path / "mkdocs.yml").write_text(settings, "utf-8")
    (tmp_path / "resources.yaml").write_text(catalogue_text(), "utf-8")
    return tmp_path


def spoil(index: Path) -> int:
    """Misspell something in an index; return its line."""
    file = index / "resources.yaml"
    text = file.read_text("utf-8").replace("format: guide", "format: giude", 1)
    file.write_text(text, "utf-8")
    return next(n for n, line in enumerate(text.splitlines(), 1) if "giude" in line)


def mend(index: Path) -> None:
    file = index / "resources.yaml"
    file.write_text(file.read_text("utf-8").replace("giude", "guide"), "utf-8")


@contextmanager
def served(index: Path, *command: str) -> Iterator[str]:
    """The address at which a command shows an index, once it answers there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [word.replace("ADDRESS", f"127.0.0.1:{port}") for word in command]
    process = subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=index,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/livereload/0/0", timeout=5):
                    break
            except (URLError, TimeoutError):
                time.sleep(0.1)
        assert process.poll() is None, f"{words} ended"
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.kill()
        process.wait()


def shows_fault(page: Page, line: int) -> None:
    expect(page.locator("h1")).to_have_text("1 thing to mend first", timeout=LONG)
    expect(page.locator(".place").first).to_have_text(f"resources.yaml, line {line}")
    expect(page.locator("li").first).to_contain_text("did you mean `guide`?")
    expect(page.locator("pre").first).to_have_text("format: giude")


def shows_site(page: Page) -> None:
    expect(page.locator(".li-page h1").first).to_be_visible(timeout=LONG)


def test_a_fault_is_shown_with_its_line_and_the_site_once_it_is_mended(
    index: Path, new_page: NewPage
) -> None:
    settings = index / "mkdocs.yml"
    right = settings.read_text("utf-8")
    line = spoil(index)
    page = new_page(viewport={"width": 390, "height": 844})
    with served(index, "linkindex", "serve", "--address", "ADDRESS") as address:
        page.goto(f"{address}plain/")
        shows_fault(page, line)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        mend(index)
        shows_site(page)  # without anybody loading it again
        settings.write_text("plugins: [", "utf-8")
        expect(page.locator(".place").first).to_contain_text("mkdocs.yml, line", timeout=LONG)
        settings.write_text(right, "utf-8")
        shows_site(page)


def test_mkdocs_serve_shows_a_fault_too_and_goes_on_answering(
    index: Path, new_page: NewPage
) -> None:
    page = new_page()
    with served(index, "mkdocs", "serve", "--dev-addr", "ADDRESS") as address:
        page.goto(f"{address}plain/")
        shows_site(page)
        shows_fault(page, spoil(index))
        mend(index)
        shows_site(page)


def test_an_index_that_is_not_there_is_not_waited_for(tmp_path: Path) -> None:
    missing = str(tmp_path / "nowhere.yaml")
    ended = CliRunner().invoke(main, ["serve", "--catalogue", missing])
    assert ended.exit_code == 1
    assert "there is no such file" in ended.output


def test_what_a_fault_quotes_is_text_on_the_page(tmp_path: Path) -> None:
    hostile = '<img src=x onerror="alert(1)">\u202e'
    (tmp_path / "resources.yaml").write_text(f"index: {hostile}\n", "utf-8")
    page = fault_page(faults_of(f"resources.yaml:1:1: {hostile} is wrong; mend it", tmp_path))
    assert b"<img" not in page
    assert "\u202e".encode() not in page


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/hostname", "resources.yaml:x"])
def test_no_line_of_a_file_elsewhere_is_shown(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.txt").write_text("secret\n", "utf-8")
    inside = tmp_path / "index"
    inside.mkdir()
    (fault,) = faults_of(f"{name}:1: something is wrong; mend it", inside)
    assert not fault.line


def test_faults_come_before_warnings_and_only_so_many_are_shown(tmp_path: Path) -> None:
    warning = "resources.yaml:1:1: warning: odd; look at it"
    wrong = [f"resources.yaml:{n}:1: wrong; mend it" for n in range(2, MOST + 4)]
    page = fault_page(faults_of("\n".join([warning, *wrong]), tmp_path)).decode()
    assert f"<h1>{MOST + 2} things to mend first</h1>" in page
    assert page.index("line 2<") < page.index("line 3<")
    assert "line 1<" not in page
    assert "And 3 more: `linkindex check` names them all." in page
