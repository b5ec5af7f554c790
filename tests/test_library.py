"""The library: its names, its examples, and what it gives for files that are wrong."""

from __future__ import annotations

import datetime
import doctest
import functools
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import linkindex
from linkindex import links
from linkindex.links import check as checking
from linkindex.links.asking.guard import Guard
from tests.conftest import REPOSITORY
from tests.links.misbehaving import MisbehavingServer

SMALL = (Path(__file__).parent / "data/small.yaml").read_text("utf-8")
TODAY = datetime.date(2026, 11, 24)

NAMES = [
    "BuiltSite",
    "Catalogue",
    "LinkIndexError",
    "LinkReport",
    "Problem",
    "Verdict",
    "__version__",
    "build",
    "check",
    "check_links",
    "load",
    "make_cards",
]

MADE_HERE = (
    *("load", "Catalogue", "check", "Problem", "LinkIndexError"),
    *("make_cards", "build", "BuiltSite"),
)
ASKED = ("check_links", "LinkReport", "Verdict")
"""Those whose examples look at links."""


def here(name: str, _port: int) -> list[str]:
    """Every site is on this computer, but for the way out, which cannot be looked up now."""
    if name == "exit.test":
        raise socket.gaierror(socket.EAI_AGAIN, "")
    return ["127.0.0.1"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index, beside it one that is wrong, where the command line would be."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "resources.yaml").write_text(SMALL, "utf-8")
    wrong = SMALL.replace("format: guide", "format: giude")
    (tmp_path / "wrong.yaml").write_text(wrong, "utf-8")
    return tmp_path


def test_the_names_of_the_library_are_these_alone() -> None:
    assert linkindex.__all__ == NAMES
    assert set(NAMES) <= set(dir(linkindex))
    assert {*MADE_HERE, *ASKED, "__version__"} == set(NAMES), "each has its example"
    with pytest.raises(AttributeError, match="no attribute 'cheque'"):
        linkindex.cheque  # noqa: B018


def test_importing_the_library_alone_imports_nothing_else() -> None:
    code = "import sys, linkindex; print(*(m for m in sys.modules if m.startswith('linkindex')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["linkindex"]


@pytest.mark.slow
def test_every_example_of_the_library_gives_what_it_says(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {"linkindex": linkindex, "index": linkindex.load("resources.yaml")}
    assert run_examples(MADE_HERE, names)
    with MisbehavingServer() as server:
        there = functools.partial(Guard, loopback=True, resolve=here, upstream="")
        monkeypatch.setattr(checking, "Guard", there)
        address = f"http://www.example.org:{server.server_port}/404"
        (folder / "resources.yaml").write_text(
            SMALL.replace("https://www.example.org/sleep", address), "utf-8"
        )
        names["index"] = linkindex.load("resources.yaml")
        assert run_examples(ASKED, names)


def run_examples(documented: tuple[str, ...], names: dict[str, object]) -> bool:
    """Run the examples in the docstrings of some names, one after the other.

    :param names: what stands for itself in the examples; what they make is added.
    """
    runner = doctest.DocTestRunner(verbose=False)
    for name in documented:
        (test,) = doctest.DocTestFinder(recurse=False).find(
            getattr(linkindex, name), name, globs=names
        )
        assert test.examples, f"{name} has no example"
        runner.run(test, clear_globs=False)
        names.update(test.globs)
    return runner.summarize().failed == 0


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"index: [\n", b"- a list", b"index:\n  name: &a x\n", b"\x00" * 50],
    ids=repr,
)
def test_a_wrong_file_is_problems_and_never_an_exception(content: bytes, folder: Path) -> None:
    (folder / "wrong.yaml").write_bytes(content)
    problems = linkindex.check(folder / "wrong.yaml", today=TODAY)
    assert problems
    assert all(isinstance(problem, linkindex.Problem) for problem in problems)
    with pytest.raises(linkindex.LinkIndexError):
        linkindex.load("wrong.yaml", today=TODAY)


@pytest.mark.parametrize("path", ["nowhere.yaml", ".", "a\0b.yaml"])
def test_a_file_that_cannot_be_read_is_one_problem(path: str, folder: Path) -> None:
    (problem,) = linkindex.check(path)
    assert problem.what.startswith("the file cannot be read (")


def test_a_check_also_warns_of_words_and_of_published_codes_that_vanished(folder: Path) -> None:
    (folder / "permalinks").mkdir()
    (folder / "permalinks/example.org.txt").write_text("q/gone\n", "utf-8")
    (folder / "resources.yaml").write_text(SMALL.replace("How children", "How CAMHS help"), "utf-8")
    found = {problem.file: problem for problem in linkindex.check(today=TODAY)}
    assert "has vanished" in found["permalinks/example.org.txt"].what
    assert found["resources.yaml"].severity == "warning"


def test_the_shipped_index_is_loaded_by_its_name_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    assert linkindex.load(today=datetime.date(2126, 1, 1)).current_resources


def test_every_name_that_link_checking_offers_is_found_where_it_is() -> None:
    for name in links.__all__:
        assert getattr(links, name) is not None
    with pytest.raises(AttributeError, match="kestrel"):
        links.kestrel  # noqa: B018
