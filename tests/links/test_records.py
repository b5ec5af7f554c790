"""Rules of reading linkchecker's output, and of running it."""

import ast
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

import linkindex
from linkindex.links import LinksError
from linkindex.links.asking import linkchecker
from linkindex.links.asking.linkchecker import parse_record, user_agent
from linkindex.links.model import Hop

RECORD = """<linkchecker created="x">
  <urldata>
    <url>http://a.test/?a=1&amp;b</url>
    <realurl>http://b.test/</realurl>
    <warnings>
      <warning tag="http-redirected">Redirected to `http://b.test/' status: 301 Moved.</warning>
      <warning tag="http-rate-limited">Rate limited (Retry-After: 5)</warning>
    </warnings>
    <valid result="429 Too Many Requests">1</valid>
  </urldata>
"""


def test_a_record_is_read_whole():
    record = parse_record(RECORD)
    assert record.address == "http://a.test/?a=1&b"
    assert record.final_address == "http://b.test/"
    assert record.hops == (Hop("http://b.test/", 301),)
    assert (record.status, record.retry_after) == (429, "5")


def test_half_a_record_is_no_record():
    assert parse_record(RECORD[: RECORD.index("<valid")]) is None


def test_a_record_without_a_result_is_no_record():
    assert parse_record("<urldata><url>http://a.test/</url></urldata>") is None


def test_a_control_character_does_not_lose_a_record():
    assert parse_record(RECORD.replace("Moved", "Mov\x08ed")) is not None


@pytest.mark.parametrize("word", ["link", "bot", "crawl"])
def test_the_user_agent_holds_no_word_that_firewalls_refuse(word):
    contact = f"{word.upper()}s@{word}.example.org"
    assert word not in user_agent(contact).lower()
    assert unquote(user_agent(contact)).endswith(f"+{contact})")


def test_the_user_agent_cannot_add_a_line_to_the_settings():
    assert "\n" not in user_agent("me@example.org\nsslverify=0")
    assert user_agent("me@example.org").endswith("+me@example.org)")


def test_a_missing_linkchecker_is_explained():
    with pytest.raises(LinksError, match="pip install 'linkchecker>="):
        linkchecker.program(which=lambda *_args, **_more: None)


def test_an_old_linkchecker_is_refused():
    with pytest.raises(LinksError, match=r"10\.2"):
        linkchecker.program(ask=lambda _path: "LinkChecker 10.2.1 released 2023\n")


def test_a_linkchecker_that_fails_to_run_is_explained(tmp_path):
    with pytest.raises(LinksError, match="does not run"):
        linkchecker.program(which=lambda *_args, **_more: str(tmp_path / "no"))


def test_linkchecker_stays_a_program_of_its_own():
    """It is licensed under the GPL and LinkIndex under the MIT licence."""
    for file in Path(linkindex.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [n for n in names if n.split(".")[0] == "linkcheck"], file


def test_importing_linkindex_does_not_import_linkchecker():
    code = "import sys, linkindex.links; sys.exit('linkcheck' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
