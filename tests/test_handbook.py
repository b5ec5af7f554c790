"""The handbook as a site of its own, and what it quotes of the program."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from linkindex.cli import main
from tests.conftest import REPOSITORY

HANDBOOK = REPOSITORY / "handbook"
SETTINGS = REPOSITORY / "docs-dev" / "handbook" / "mkdocs.yml"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site; a page without a place in it, or a link that leads nowhere, stops it."""
    folder = tmp_path_factory.mktemp("handbook")
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "mkdocs", "build", "--strict"),
            *("--config-file", str(SETTINGS), "--site-dir", str(folder)),
        ],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return folder


def test_every_page_of_the_handbook_is_in_its_site(site: Path) -> None:
    pages = {path.relative_to(HANDBOOK).with_suffix(".html") for path in HANDBOOK.rglob("*.md")}
    pages = (pages - {Path("README.html")}) | {Path("index.html")}
    assert all((site / page).is_file() for page in pages)
    menu = (site / "index.html").read_text("utf-8")
    assert all(f'href="{page.as_posix()}"' in menu for page in pages - {Path("index.html")})


def test_its_pages_ask_nothing_of_another_host(site: Path) -> None:
    fetched = re.compile(r"""<(?:script|img|iframe|link)\b[^>]*\b(?:src|href)=["']?(https?:)""")
    for page in site.rglob("*.html"):
        assert not fetched.findall(page.read_text("utf-8")), page


def said_by_the_program() -> str:
    """Every text in the program, one after the other."""
    texts = []
    for path in (REPOSITORY / "tools" / "linkindex").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [part.value for part in node.values if isinstance(part, ast.Constant)]
                texts.append("…".join(map(str, parts)))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.append(node.value)
    return "\n".join(texts)


SAID_BY_OTHERS = {"DO NOT MATCH THE HASHES"}
"""By pip."""


def test_what_the_page_on_trouble_quotes_is_what_the_program_says() -> None:
    page = (HANDBOOK / "trouble.md").read_text("utf-8")
    quoted = set(re.findall(r"(?m)^### .*`(.+)`$", page))
    assert len(quoted) > 10
    said = said_by_the_program()
    assert {words for words in quoted if words not in said} == SAID_BY_OTHERS


def test_the_readme_is_a_screen_and_a_half() -> None:
    # A page of GitHub shows some 60 lines of text at a time; its pictures come on top of that.
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    assert len(readme.splitlines()) <= 100


def commands_shown() -> list[tuple[str, str]]:
    """Every command that a page shows, with the page."""
    pages = [REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *HANDBOOK.glob("*.md")]
    found = []
    for page in pages:
        if page.name == "commands.md":  # is made from them
            continue
        text = page.read_text("utf-8")
        shown = re.findall(r"`(linkindex [^`]+)`", re.sub(r"(?s)```.*?```", "", text))
        shown += re.findall(r"(?m)^(?:    )?(linkindex [a-z][^#\n]*)", text)
        found += [(page.name, " ".join(command.split())) for command in shown]
    return found


def unknown_in(command: str) -> str:
    """The first word of a command that the program does not know, if there is one."""
    group: click.Command = main
    for word in re.sub(r'"[^"]*"', "X", command.split("&&")[0]).split()[1:]:
        if word.startswith("--"):
            known = [name for option in group.params for name in option.opts]
            if word.partition("=")[0] not in (*known, "--help", "--version"):
                return word
        elif isinstance(group, click.Group) and word in group.commands:
            group = group.commands[word]
        elif group is main:
            return word
    return ""


def test_every_command_that_people_are_shown_is_one() -> None:
    shown = commands_shown()
    assert len(shown) > 100
    assert [(page, command) for page, command in shown if unknown_in(command)] == []
