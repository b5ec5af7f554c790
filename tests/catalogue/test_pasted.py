"""Texts that were pasted from Word or a web page."""

from __future__ import annotations

import pytest

from linkindex.catalogue.yaml.pasted import in_curly_marks, without_marks
from tests.catalogue.small import SMALLEST, examined


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("“ACEs”", "ACEs"),
        ("„ACEs“", "ACEs"),
        ('“ACEs"', "ACEs"),
        ("‘Don’t panic’", "Don’t panic"),
        ("“What helps", "What helps"),
    ],
)
def test_curly_marks_around_a_text_were_meant_for_yaml(text: str, meant: str) -> None:
    assert in_curly_marks(text)
    assert without_marks(text) == meant


@pytest.mark.parametrize(
    "text", ["“Good enough” care", "’90s", "‘A’ and ‘B’", "Children’s", "‘", "’", "a”"]
)
def test_curly_marks_inside_a_text_belong_to_it(text: str) -> None:
    assert not in_curly_marks(text)


def test_a_text_is_read_as_its_editor_meant_it() -> None:
    text = SMALLEST.replace("title: About ACEs", "title: “About ACEs”\u00a0")
    text = text.replace("format: guide", "format: ‘guide’\u00a0")
    found = examined(text).catalogue
    assert found is not None
    assert found.resource("about-aces").title == "About ACEs"
    assert found.resource("about-aces").format == "guide"


def test_what_stands_in_straight_marks_is_left_alone() -> None:
    found = examined(SMALLEST.replace("title: About ACEs", 'title: "“About ACEs”"')).catalogue
    assert found is not None
    assert found.resource("about-aces").title == "“About ACEs”"
