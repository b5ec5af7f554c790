"""The program on other systems than that of its makers: paths, letters, line ends, open files."""

from __future__ import annotations

import ast
import datetime
import functools
import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import pytest

from linkindex import __main__ as command
from linkindex import placing
from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.codes import PAGE_NAMES
from linkindex.links import Link, LinkReport, Outcome, Verdict, report_json
from linkindex.links.causes import Told
from linkindex.upkeep import saving
from tests.conftest import REPOSITORY
from tests.support.catalogues import TODAY, catalogue_text
from tests.support.set_up import shown

PROGRAM = REPOSITORY / "tools" / "linkindex"
NAME = "Gŵyl Łódź اردو 🗝"
"""Letters of which a pipe of Windows (cp1252) has only some."""


# --- Letters. ---


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index whose titles hold letters that the output lacks."""
    (tmp_path / "resources.yaml").write_text(catalogue_text(NAME), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    # These hold for the whole process, which is that of the tests here.
    monkeypatch.setattr(command, "_end_tidily", lambda: None)
    monkeypatch.setattr(command.gc, "set_threshold", lambda *_: None)
    return tmp_path


WITH_TITLES = (
    ("check",),
    ("review",),
    ("review", "--due"),
    ("numbers",),
    ("links", "merge", "part.json"),
    ("changes", "--since", "before.yaml"),
    ("edit", "plain-first", "--title", f"{NAME} again", "--dry-run"),
    ("retire", "plain-first", "--successor", "plain-second", "--dry-run"),
    ("upgrade", "--dry-run"),
    ("split", "--dry-run"),
    ("publish",),
    ("forms",),
    ("hand-out", "plain-first", "--output", "sheet.pdf"),
)


def report() -> str:
    """What a check of links found, of every verdict."""
    link = Link("https://www.example.org/plain/first", "resources.yaml", 40, NAME, NAME)
    outcomes = [Outcome(link, verdict, Told(NAME), title=NAME) for verdict in Verdict]
    day = datetime.datetime.combine(TODAY, datetime.time(), datetime.UTC)
    return report_json(LinkReport(tuple(outcomes), day))


@pytest.mark.parametrize("words", WITH_TITLES, ids=" ".join)
def test_no_command_stops_at_a_letter_that_a_pipe_of_windows_lacks(
    words: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (folder / "resources.yaml").read_text("utf-8")
    (folder / "before.yaml").write_text(text.replace("A second", f"{NAME}: a second"), "utf-8")
    (folder / "part.json").write_text(report(), "utf-8")
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="cp1252") for _ in range(2))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.setattr(sys, "argv", ["linkindex", *words])
    with pytest.raises(SystemExit) as ended:
        command.run()
    said = b""
    for stream in (out, err):
        stream.flush()
        stream.seek(0)
        said += stream.detach().read()
    assert b"Traceback" not in said
    assert ended.value.code in (0, 1), said
    assert said


# --- Paths and files. ---


@functools.cache
def nodes() -> tuple[tuple[str, ast.AST], ...]:
    """Every part of the program, and where it stands."""
    return tuple(
        (f"{path.relative_to(PROGRAM).as_posix()}:{getattr(node, 'lineno', 0)}", node)
        for path in sorted(PROGRAM.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
    )


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """Every call of a function or method in the program: where, what, and its name."""
    for place, node in nodes():
        if isinstance(node, ast.Call):
            yield place, node, getattr(node.func, "attr", getattr(node.func, "id", ""))


def keywords(call: ast.Call) -> dict[str | None, ast.expr]:
    return {word.arg: word.value for word in call.keywords}


def test_every_text_is_read_as_utf_8_whatever_the_system_is_used_to() -> None:
    unsure = [
        place
        for place, call, name in calls()
        if (name == "read_text" and not call.args and "encoding" not in keywords(call))
        or ("text" in keywords(call) and "encoding" not in keywords(call) and name in _PROGRAMS)
    ]
    assert unsure == []


_PROGRAMS = ("run", "Popen", "check_output")


def test_every_file_is_written_with_the_line_ends_that_it_is_given() -> None:
    # In text mode Windows would write others, and the same index would make another site.
    unsure = [place for place, _, name in calls() if name == "write_text"]
    opened = [
        place
        for place, call, name in calls()
        if name in ("open", "fdopen")
        and any(_is_text_mode(word) for word in [*call.args[:2], *keywords(call).values()])
    ]
    assert unsure + opened == []


def _is_text_mode(word: ast.expr) -> bool:
    value = word.value if isinstance(word, ast.Constant) else None
    letters = set(value) if isinstance(value, str) else set()
    return bool(letters & set("wax")) and letters <= set("wax+t")


def test_a_path_below_a_folder_is_said_with_strokes_that_all_systems_know() -> None:
    said = [
        place
        for place, node in nodes()
        if isinstance(node, ast.FormattedValue)
        and isinstance(node.value, ast.Call)
        and getattr(node.value.func, "attr", "") == "relative_to"
    ]
    assert said == []
    # What the others rest on.
    assert PureWindowsPath(r"C:\index\topics\naps.yaml").relative_to("C:/index").as_posix() == (
        "topics/naps.yaml"
    )


def test_no_code_is_a_name_that_windows_keeps_for_a_device() -> None:
    # https://learn.microsoft.com/windows/win32/fileio/naming-a-file
    devices = {"con", "prn", "aux", "nul"}
    devices |= {f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)}
    assert devices <= PAGE_NAMES


class OpenElsewhereError(PermissionError):
    """What Windows raises for a file that another program has open."""

    winerror = 32


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waited: list[float] = []
    monkeypatch.setattr(placing.time, "sleep", waited.append)
    return waited


def locked(monkeypatch: pytest.MonkeyPatch, name: str, times: int) -> None:
    """Let nobody move a file of a name, so many times."""
    left = times
    replace = Path.replace

    def moves(self: Path, target: Path) -> Path:
        nonlocal left
        if name in (self.name, Path(target).name) and left:
            left -= 1
            raise OpenElsewhereError(13, "The process cannot access the file", str(self))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", moves)


def test_a_file_that_a_scanner_has_open_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    (tmp_path / "sheet.pdf").write_bytes(b"old")
    locked(monkeypatch, "sheet.pdf", 3)
    placing.place_files({tmp_path / "sheet.pdf": b"new"})
    assert (tmp_path / "sheet.pdf").read_bytes() == b"new"
    assert len(pauses) == 3


def test_a_file_that_stays_open_is_named_and_everything_is_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    for name in ("fold.pdf", "sheet.pdf"):
        (tmp_path / name).write_bytes(b"old")
    locked(monkeypatch, "sheet.pdf", 10**6)
    with pytest.raises(LinkIndexError, match=r"^sheet\.pdf is open in another program; close it"):
        placing.place_files({tmp_path / name: b"new" for name in ("fold.pdf", "sheet.pdf")})
    monkeypatch.undo()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "fold.pdf": b"old",
        "sheet.pdf": b"old",
    }


def test_a_site_of_which_a_file_is_open_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_bytes(b"old")
    locked(monkeypatch, "site", 10**6)
    with (
        pytest.raises(LinkIndexError, match=r"^site is open in another program; close it"),
        placing.replaced_when_whole(site) as unfinished,
    ):
        (unfinished / "index.html").write_bytes(b"new")
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (site / "index.html").read_bytes() == b"old"


def test_an_index_that_is_open_in_a_spreadsheet_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    file = tmp_path / "resources.yaml"
    file.write_bytes(b"old")
    locked(monkeypatch, "resources.yaml", 10**6)
    with pytest.raises(LinkIndexError, match=r"^resources\.yaml is open in another program"):
        saving.save(file, "old", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["resources.yaml"]
    assert file.read_bytes() == b"old"


def test_a_folder_in_which_nothing_may_be_written_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    def refuses(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "replace", refuses)
    with pytest.raises(LinkIndexError, match="nothing can be written there"):
        placing.place_files({tmp_path / "sheet.pdf": b"new"})
    assert not pauses


def test_the_first_set_up_says_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    said = [*(f"Collecting part-{n}==1.0 (from -r x)\n" for n in range(45)), "  Using cached\n"]
    said.append("Installing collected packages: a, b\n")
    assert list(shown(iter(said), 50, on_terminal=False)) == said
    assert capsys.readouterr().out.splitlines() == [
        "  fetched 20 of some 50",
        "  fetched 40 of some 50",
        "  installing them, which says nothing for a while ...",
    ]


def test_the_container_for_developers_begins_as_a_computer_does() -> None:
    text = (REPOSITORY / ".devcontainer" / "devcontainer.json").read_text("utf-8")
    settings = json.loads(re.sub(r"(?m)^\s*//.*$", "", text))
    target = settings["postCreateCommand"].removeprefix("make ")
    makefile = (REPOSITORY / "Makefile").read_text("utf-8").replace("$(VENV)", ".venv")
    assert f"READY := {target}\n" in makefile
    version = re.search(r"python:1-3\.(\d+)-", settings["image"])
    assert version
    assert int(version[1]) >= 11
