"""What people say when they mean a topic: `meanings.yaml` beside the index."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from linkindex.catalogue.meanings import FILE_NAME, MOST_WORDS, read_meanings
from tests.support.catalogues import catalogue_text, parsed

INDEX = parsed(catalogue_text())
TOPIC = INDEX.categories[0].id


def reading(text: bytes) -> Callable[[str], bytes]:
    return {FILE_NAME: text}.__getitem__


def told(text: str) -> list[str]:
    return [str(problem) for problem in read_meanings(INDEX, reading(text.encode()))[1]]


def test_a_line_holds_one_saying_or_several_with_commas() -> None:
    text = f"# A remark.\n{TOPIC}:\n  - he hits me\n  - bet365, fifa packs\n"
    meanings, problems = read_meanings(INDEX, reading(text.encode()))
    assert problems == []
    assert meanings == {TOPIC: ("he hits me", "bet365", "fifa packs")}


def test_an_index_needs_no_such_file() -> None:
    def nothing(name: str) -> bytes:
        raise FileNotFoundError(name)

    assert read_meanings(INDEX, nothing) == ({}, [])


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("nowhere:\n  - a saying\n", "1:1", "there is no category `nowhere`"),
        (f"{TOPIC}: a saying\n", "1:1", "has no list of sayings"),
        (f"{TOPIC}:\n  - said\n  - said\n", "3:5", "is already on line 2"),
        (f"{TOPIC}:\n  - said,\n", "2:5", "there is no text here"),
        (f"{TOPIC}:\n  - {'word ' * (MOST_WORDS + 1)}\n", "2:5", f"more than {MOST_WORDS} words"),
        (f"{TOPIC}:\n  - [a, b]\n", "2:5", "is not a single text"),
        ("- a\n- b\n", "1:1", "this file lists no topics"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, place: str, what: str) -> None:
    (problem,) = told(text)
    assert problem.startswith(f"{FILE_NAME}:{place}: ")
    assert what in problem


def test_a_file_that_cannot_be_read_is_one_sentence() -> None:
    def refused(name: str) -> bytes:
        raise PermissionError(13, "Permission denied", name)

    meanings, (problem,) = read_meanings(INDEX, refused)
    assert meanings == {}
    assert str(problem).startswith(f"{FILE_NAME}:1:1: this file cannot be read (Permission denied)")
