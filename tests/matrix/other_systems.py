"""The commands on the system that this runs on: in pull requests Windows and macOS."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.support.catalogues import catalogue_text

NAME = "Gŵyl Łódź"
FIRST = REPOSITORY / "tests" / "upkeep" / "first-version"

COMMANDS = (
    ["check"],
    ["build"],
    ["build"],  # in the place of the first
    ["links", "--site", "--minutes", "0.1"],
    ["cards", "--format", "all"],
    ["publish"],
    ["check"],
    ["numbers"],
    ["review"],
    ["edit", "plain-first", "--title", "Another title", "--yes"],
    ["split"],
    ["join"],
    ["export", "--full", "all.json"],
    ["upgrade"],
    ["hand-out", "plain-first", "--output", "sheet.pdf"],
)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    text = catalogue_text().replace("name: Example", f"name: {NAME}", 1)
    (tmp_path / "resources.yaml").write_bytes(text.encode())
    return tmp_path


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """A command whose output goes into a pipe, in the letters that this system has for that."""
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONUTF8", "GITHUB_ACTIONS")}
    return subprocess.run(
        [sys.executable, "-m", "linkindex", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        timeout=300,
        check=False,
    )


@pytest.mark.timeout(900)
def test_every_command_of_a_week_ends_well(index: Path) -> None:
    for words in COMMANDS:
        ended = run(index, *words)
        # Without a network a check of links says so and ends with 1.
        expected = (0, 1) if words[0] == "links" else (0,)
        assert ended.returncode in expected, f"{words}: {ended.stdout!r}{ended.stderr!r}"
        assert b"Traceback" not in ended.stderr, f"{words}: {ended.stderr!r}"
    assert (index / "site" / "index.html").is_file()
    assert (index / "site" / "cards" / "sheet.pdf").is_file()
    assert not list(index.glob(".*"))


def test_an_index_of_the_first_version_is_moved_along(tmp_path: Path) -> None:
    folder = tmp_path / "northtown"
    shutil.copytree(FIRST, folder)
    ended = run(folder, "upgrade")
    assert ended.returncode == 0, ended.stderr
    assert not (folder / "overrides").exists()
    assert run(folder, "check").returncode == 0


def test_the_site_is_shown_with_what_is_wrong_and_stops_when_it_is_told_to(index: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "linkindex", "serve", "--address", f"127.0.0.1:{port}"], cwd=index
    )
    try:
        shows(port, "A second link of plain")
        file = index / "resources.yaml"
        right = file.read_bytes()
        file.write_bytes(right.replace(b"format: guide", b"format: giude", 1))
        shows(port, "did you mean `guide`?")
        file.write_bytes(right)
        shows(port, "A second link of plain")
    finally:
        process.terminate()
        process.wait(timeout=30)


def shows(port: int, sign: str) -> None:
    """Wait until a page holds a sign, for two minutes at most."""
    until = time.monotonic() + 120
    page = ""
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/plain/", timeout=10) as answer:
                page = answer.read().decode()
        except urllib.error.HTTPError as fault:
            page = fault.read().decode()
        except OSError:
            page = ""
        if sign in page:
            return
    pytest.fail(f"never showed {sign!r}: {page[:200]!r}")
