"""What `linkindex publish` records, and who says that it is due."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from linkindex.cli import main
from tests.support.catalogues import catalogue_text

LIVE = "https://links.northtown.gov.uk/"
DUE = "Not recorded as published"


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    text = catalogue_text(site_url=LIVE).replace("www.example.org", "www.northtown.gov.uk")
    (tmp_path / "resources.yaml").write_text(text, "utf-8")
    return tmp_path


def said(*command: str) -> str:
    ended = CliRunner().invoke(main, command)
    assert ended.exit_code == 0, ended.output
    return ended.stdout


def due(*command: str) -> list[str]:
    return [line for line in said(*command).splitlines() if DUE in line]


@pytest.mark.slow
def test_check_and_build_say_in_one_line_what_is_not_recorded_until_it_is(index: Path) -> None:
    file = index / "resources.yaml"
    text = file.read_text("utf-8").replace("index:\n", "index:\n  languages: [en, cy]\n", 1)
    file.write_text(text, "utf-8")
    line = (
        f"{DUE} are 7 codes and the cards of 2 decks: run `linkindex publish` when the site "
        "is live, and commit permalinks/."
    )
    assert due("check") == [line]
    assert due("build") == [line]
    assert "Recorded 7 new codes in permalinks/links.northtown.gov.uk.txt." in said("publish")
    assert due("check") == []
    # Of each language what the site offers to print.
    recorded = {path.stem for path in (index / "permalinks/editions").iterdir()}
    offered = {
        json.loads(path.read_text("utf-8"))["edition"]["hash"]
        for path in (index / "site").rglob("manifest.json")
    }
    assert len(offered) == 2
    assert offered == recorded


def test_a_card_that_changed_is_due_again(index: Path) -> None:
    said("publish")
    file = index / "resources.yaml"
    text = file.read_text("utf-8")
    changed = re.sub(r"front: .*", "front: Other words", text, count=1)
    file.write_text(changed, "utf-8")
    assert due("check") == [
        f"{DUE} are the cards of 1 deck: run `linkindex publish` when the site is live, and commit "
        "permalinks/."
    ]


def test_nothing_is_due_before_the_index_has_an_address_of_its_own(index: Path) -> None:
    (index / "resources.yaml").write_text(catalogue_text(), "utf-8")
    assert due("check") == []


def test_what_a_check_says_is_due_writes_nothing(index: Path) -> None:
    assert due("check")
    assert not (index / "permalinks").exists()
