"""Adding, changing, moving and removing entries: what must change does, and nothing else.

Each golden file is what becomes of ``writing/before.yaml``.
"""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Callable
from pathlib import Path

import pytest

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.yaml.source import read_yaml
from linkindex.upkeep.writing import (
    link_in,
    with_changes,
    with_key,
    with_link,
    with_link_moved,
    with_links,
    with_topic_changes,
    without_link,
)
from linkindex.upkeep.written import written_link
from tests.conftest import SAMPLE
from tests.test_hostile_texts import HOSTILE as STEERING

GOLDEN = Path(__file__).parent / "writing"
BEFORE = (GOLDEN / "before.yaml").read_text("utf-8")

NEW = {
    "added": datetime.date(2026, 11, 25),
    "id": "new",
    "title": "New: a guide",
    "url": "https://www.example.org/new",
    "summary": (
        "What somebody gets who reads it, at such a length that it has to be folded, as others are."
    ),
    "audiences": ["families", "young-people"],
    "minutes": 5,
    "phone": "0800 1111",
    "keywords": ["night", "111", "a, b", "yes"],
    "allow": [{"rule": "acronym", "reason": "It is a name."}],
    "use_when": None,
}

HOSTILE = (
    *("- a", "a: b", "a:", ": a", "a # b", "#a", "&a", "*a", "!a", "%a", "@a", "`a`", "|", "> a"),
    *("'a", '"a', "'a'", '"a"', "[a", "{a}", "a]", "a, b", "yes", "null", "~", "1e3", "0x1", "---"),
    *("...", "a\nb: c\n- d", "a\r\n      - id: x", "\ta", "a\\nb", "\u2028a", "é \U0001f3f4"),
    *("${{ github.token }}", "=cmd()", "id: sleep-tips " * 12, "- " * 80, "<b>", "2026-11-24"),
    *("<<: a", "? a", "a\x00b", "a\x1b[2Jb", "\ufeffa", "“a”", "a\xa0b", "x" * 300),
    STEERING.encode("utf-8", "replace").decode(),
)
"""Words that mean something to YAML, to GitHub, to a spreadsheet or to a terminal."""

CHANGES: dict[str, Callable[[str], str]] = {
    "link-added": lambda text: with_link(text, "sleep", NEW),
    "link-added-in-another-style": lambda text: with_link(text, "days", NEW),
    "link-added-to-an-empty-list": lambda text: with_link(text, "empty", NEW),
    "link-added-without-a-list": lambda text: with_link(text, "without", NEW),
    "links-added": lambda text: with_links(
        text,
        [
            ("without", {"id": "c"}),
            ("sleep", {"id": "a"}),
            (None, {"id": "d"}),
            ("sleep", {"id": "b"}),
        ],
    ),
    "keys-changed": lambda text: with_changes(
        text,
        "sleep-tips",
        {
            "title": "Tips",
            "summary": "Short.",
            "minutes": 5,
            "keywords": None,
            "reviewed": "2026-11-25",
        },
    ),
    "value-with-a-remark-changed": lambda text: with_changes(
        text, "sleep-tips", {"url": "https://www.example.org/other"}
    ),
    "entry-in-braces-changed": lambda text: with_changes(
        text, "in-braces", {"title": "Other", "minutes": 5}
    ),
    "link-retired": lambda text: with_changes(
        text, "naps", {"retired": {"on": datetime.date(2026, 11, 25), "successor": "sleep-tips"}}
    ),
    "first-link-removed": lambda text: without_link(text, "sleep-tips"),
    "last-link-removed": lambda text: without_link(text, "naps"),
    "only-writable-link-removed": lambda text: without_link(text, "days-out"),
    "link-moved": lambda text: with_link_moved(text, "sleep-tips", "days"),
    "link-moved-up": lambda text: with_link_moved(text, "days-out", "sleep"),
    "topic-changed": lambda text: with_topic_changes(
        text, "sleep", {"start_here": {"families": ["naps"]}}
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_gives_the_golden_file(name: str) -> None:
    assert CHANGES[name](BEFORE) == (GOLDEN / f"{name}.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", CHANGES)
def test_line_ends_stay_what_they_are(name: str) -> None:
    after = CHANGES[name](BEFORE.replace("\n", "\r\n"))
    assert after == CHANGES[name](BEFORE).replace("\n", "\r\n")


def test_a_last_line_without_an_end_and_a_mark_of_byte_order_stay() -> None:
    text = "\ufeffcategories:\n  - id: one\n    resources:\n      - id: a"
    assert with_link(text, "one", {"id": "b"}) == f"{text}\n\n      - id: b\n"
    assert without_link(with_link(text, "one", {"id": "b"}), "b") == f"{text}\n"


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("key", ["title", "summary", "keywords", "phone"])
def test_whatever_a_text_holds_it_is_read_back_and_changes_nothing_else(
    key: str, text: str
) -> None:
    value = [text, "b"] if key == "keywords" else text
    after = with_link(BEFORE, "sleep", {"id": "new", key: value})
    root = read_yaml(after.encode(), "x").root
    folded = " ".join(text.split())
    assert root["categories"][0]["resources"][-1] == {  # type: ignore[index, call-overload]
        "id": "new",
        key: [folded, "b"] if key == "keywords" else folded or None,
    }
    assert without_link(after, "new") == BEFORE


@pytest.fixture(scope="module")
def sample() -> str:
    return SAMPLE.read_text("utf-8")


def test_in_a_real_index_only_the_lines_of_a_new_link_are_new(sample: str) -> None:
    after = with_link(sample, "aces", NEW)
    changed = [
        line for line in difflib.ndiff(sample.splitlines(), after.splitlines()) if line[0] in "+-?"
    ]
    written = ["", *written_link(NEW).splitlines()]
    assert [line[2:] for line in changed] in (written, [*written[1:], ""])
    assert without_link(after, "new") == sample


def test_a_link_is_named_by_its_id_or_its_code() -> None:
    by_id = link_in(BEFORE, "naps")
    code = "3" * 6
    assert link_in(with_changes(BEFORE, "naps", {"code": code}), code).path == by_id.path
    assert by_id.topic == "sleep"


ON_ONE_LINE = "categories: [{id: one, resources: [{id: a}]}]\n"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda: with_link(BEFORE, "slep", {"id": "x"}), "did you mean `sleep`?"),
        (lambda: with_changes(BEFORE, "nap", {"minutes": 1}), "did you mean `naps`?"),
        (lambda: with_link_moved(BEFORE, "naps", "sleep"), "is in `sleep` already"),
        (lambda: with_link(ON_ONE_LINE, "one", {"id": "x"}), "change it by hand"),
        (lambda: without_link(ON_ONE_LINE, "a"), "change it by hand"),
        (lambda: with_link("a: [", "x", {"id": "x"}), "resources.yaml:1:"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(change: Callable[[], str], said: str) -> None:
    with pytest.raises(LinkIndexError) as refused:
        change()
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_value_that_is_there_already_changes_nothing() -> None:
    assert with_changes(BEFORE, "sleep-tips", {"publisher": "NHS", "minutes": None}) == BEFORE


def test_the_file_of_one_topic_is_written_like_a_whole_index() -> None:
    text = "id: sleep\ntitle: Sleep\nresources:\n  - id: a\n    title: A\n"
    assert with_link(text, "sleep", {"id": "b"}) == f"{text}\n  - id: b\n"
    assert with_key(text, (), "title", "Night") == text.replace("Sleep", "Night")
