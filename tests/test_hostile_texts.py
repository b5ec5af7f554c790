"""What a catalogue holds steers no terminal and no workflow, and no letter stops a command."""

from __future__ import annotations

import datetime
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from linkindex.cards.printers import read_printer
from linkindex.catalogue import LinkIndexError, load
from linkindex.catalogue.yaml.source import YamlList, YamlMap, read_yaml
from linkindex.cli import main
from linkindex.links import (
    Link,
    LinkReport,
    Outcome,
    Verdict,
    report_json,
    report_junit,
    report_markdown,
    report_text,
)
from linkindex.links.causes import Told
from linkindex.links.history.lines import reading_of
from linkindex.placing import place_files
from linkindex.upkeep.issue import issue_text
from tests.catalogue.small import TODAY
from tests.support.catalogues import catalogue_text

HOSTILE = (
    "x\x1b[2J\x1b]0;owned\x07\r\n::stop-commands::x\n##[add-mask]e\n##vso[task.complete]\u2028"
    "::error::forged\u202egnol\u2066\u200b\u200d\u3164\x9b31m" + "y" * 100_000
)
RAW = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\u3164\ufeff\ud800-\udfff]"
)
LONGEST_LINE = 2500


def assert_harmless(output: str, *, annotations: bool = False) -> None:
    assert not RAW.search(output), RAW.findall(output)
    for line in output.split("\n"):
        assert len(line) < LONGEST_LINE, line[:200]
        assert "##[" not in line
        assert "##vso[" not in line
        if line.lstrip().startswith("::"):
            assert annotations
            assert re.match(r"::(error|warning) file=resources\.yaml,line=\d+,col=\d+::", line), (
                line
            )


def hostile_catalogues() -> Iterator[str]:
    """A catalogue with one value, or the name of one key, made hostile, for each that it has."""
    text = catalogue_text(sensitive=True)
    lines = text.splitlines()
    seen = set()
    for name, line, column in places_of(read_yaml(text.encode(), "resources.yaml").root):
        if name in seen:
            continue
        seen.add(name)
        start, key, _ = lines[line][:column], *lines[line][column:].partition(":")[:2]
        value = json.dumps(HOSTILE)
        for hostile in (f"{start}{key}: {value}", f"{start}{key}: [{value}]", f"{start}{value}: x"):
            yield "\n".join([*lines[:line], hostile, *lines[line + 1 :]])


def places_of(value: object) -> Iterator[tuple[str, int, int]]:
    """Every key of a tree, with its line and column from 0, but for those that stand in braces."""
    if isinstance(value, YamlMap):
        for key, place in value.key_places.items():
            yield key, place.line - 1, place.column - 1
            yield from places_of(value[key])
    elif isinstance(value, YamlList):
        for part in value:
            yield from places_of(part)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_no_value_and_no_key_of_a_catalogue_reaches_a_terminal_or_a_workflow_raw(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for number, text in enumerate(hostile_catalogues()):
        (folder / "resources.yaml").write_text(text, "utf-8")
        command = ("check", "review", "numbers", "publish", "cards", "links")[number % 6]
        ended = CliRunner().invoke(main, [command])
        assert ended.exit_code == 1, text[:500]
        assert ended.exception is None or isinstance(ended.exception, SystemExit)
        assert_harmless(ended.output, annotations=True)


@pytest.mark.parametrize(
    "arguments",
    [
        (HOSTILE[:500],),
        ("check", HOSTILE[:500]),
        ("check", "--catalogue", "\n::stop-commands::x\x1b[2J.yaml"),
        ("links", "opened", HOSTILE[:500], "--by", "family team"),
        ("links", "opened", "plain-first", "--by", "a\x1b[2Jb"),
        ("links", "opened", "plain-first", "--by", "team", "--note", "a\x1b[2Jb"),
        ("review", "--done", HOSTILE[:500]),
        ("numbers", "confirm", HOSTILE[:500], "--by", "team"),
        ("cards", "--only", HOSTILE[:500]),
        ("serve", "--address", HOSTILE[:500]),
    ],
)
def test_nothing_that_is_typed_comes_back_raw(arguments: tuple[str, ...], folder: Path) -> None:
    (folder / "resources.yaml").write_text(catalogue_text(), "utf-8")
    ended = CliRunner().invoke(main, [argument.replace("\x00", "") for argument in arguments])
    assert ended.exit_code in (1, 2)
    assert_harmless(ended.output)


@pytest.mark.parametrize(
    "read",
    [
        lambda path: load(path, icons=()),
        reading_of,
        lambda path: place_files({path / "a.svg": b""}),
        read_printer,
    ],
    ids=["catalogue", "history", "folder", "printer"],
)
def test_a_path_with_a_line_break_makes_one_line_of_an_error(
    read: Callable[[Path], object], tmp_path: Path
) -> None:
    path = tmp_path / "x\n::stop-commands::x\x1b[2J.yaml"
    path.symlink_to(path.name)  # which opens nothing, whatever is read
    with pytest.raises(LinkIndexError) as error:
        read(path)
    assert_harmless(str(error.value))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("field", range(7))
@pytest.mark.parametrize("name", ["link-history.tsv", "permalinks/harmful-links.tsv"])
def test_no_line_of_a_history_reaches_a_terminal_or_a_workflow_raw(
    name: str, field: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    (folder / "resources.yaml").write_text(catalogue_text(), "utf-8")
    look = ["2026-11-20T06:00Z", "look", "broken", "404", "https://a.test/", "-", "x"]
    look[field] = HOSTILE.replace("\r\n", "\v")
    (folder / name).parent.mkdir(exist_ok=True)
    header = "at\tkind\tverdict\tstatus\taddress\tfinal address\tnote\n"
    (folder / name).write_bytes((header + "\t".join(look) + "\n").encode("utf-8", "replace"))
    for command in ("check", "review"):
        ended = CliRunner().invoke(main, [command])
        assert ended.exception is None or isinstance(ended.exception, SystemExit)
        output = ended.output.replace(f"file={name}", "file=resources.yaml")
        assert_harmless(output, annotations=True)


def test_no_report_on_links_holds_anything_raw() -> None:
    link = Link(f"https://a.test/{HOSTILE}", "resources.yaml", 3, HOSTILE, HOSTILE)
    outcomes = [Outcome(link, verdict, Told(HOSTILE), title=HOSTILE) for verdict in Verdict]
    day = datetime.datetime.combine(TODAY, datetime.time(), datetime.UTC)
    report = LinkReport(tuple(outcomes), day)
    text = report_text(report)
    for said in (text, report_markdown(report), report_junit(report), issue_text(report, []) or ""):
        assert not RAW.search(said)
        assert all(not line.lstrip().startswith("::") for line in said.split("\n"))
        assert max(map(len, said.split("\n"))) < 5 * LONGEST_LINE
    assert not RAW.search(report_json(report))


@pytest.mark.parametrize(
    ("encoding", "shown"), [("ascii", "Gŵyl".encode()), ("cp1252", b"G\\u0175yl")]
)
def test_no_letter_stops_a_command_whatever_the_encoding_of_its_output(
    encoding: str, shown: bytes, folder: Path
) -> None:
    (folder / "resources.yaml").write_text(catalogue_text("Gŵyl Łódź اردو"), "utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "linkindex", "review"],
        env=os.environ | {"PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 0
    assert b"Traceback" not in ended.stderr
    assert shown in ended.stdout  # click takes what says that it is ASCII for UTF-8
