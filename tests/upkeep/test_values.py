"""Changing one value of a file, and nothing else."""

from __future__ import annotations

import datetime

import pytest

from linkindex.catalogue import LinkIndexError
from linkindex.upkeep.values import Path, with_value

TEXT = """\
# The head of the file.
urgent_help:
  - {name: One, nations: [uk], phone: 999}   # in braces
  - name: Two  # a remark
    phone: 0800 1111  # rung at night
    # a remark on a line of its own
    nations: [uk]

  - phone: 116 123
    name: "Three: quoted"
  - name: Four
    keywords:
      [a, b,
       c]
    text:
      number: 85258
      number_checked: 2026-01-01  # by text

# The end of the list.
categories:
- id: dash-at-the-margin
  summary: >-
    Folded
    by hand.
"""
CONFIRMED = {"number": "0800 1111", "number_checked": datetime.date(2026, 11, 25)}


def lines_changed(path: Path, value: object, text: str = TEXT) -> tuple[list[str], list[str]]:
    """The lines that went and those that came."""
    changed = with_value(text, path, value)  # type: ignore[arg-type]
    before, after = text.splitlines(), changed.splitlines()
    while before and after and before[0] == after[0]:
        del before[0], after[0]
    while before and after and before[-1] == after[-1]:
        del before[-1], after[-1]
    return before, after


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (
            ("urgent_help", 1, "phone"),
            ["    phone: 0800 1111  # rung at night"],
            [
                "    phone:            # rung at night",
                "      number: 0800 1111",
                "      number_checked: 2026-11-25",
            ],
        ),
        (
            ("urgent_help", 2, "phone"),
            ["  - phone: 116 123"],
            ["  - phone:", "      number: 0800 1111", "      number_checked: 2026-11-25"],
        ),
        (
            ("urgent_help", 0, "phone"),
            ["  - {name: One, nations: [uk], phone: 999}   # in braces"],
            [
                "  - {name: One, nations: [uk], phone: {number: 0800 1111, number_checked: "
                "2026-11-25}} # in braces"
            ],
        ),
        (
            ("urgent_help", 3, "text"),
            ["      number: 85258", "      number_checked: 2026-01-01  # by text"],
            ["      number: 0800 1111", "      number_checked: 2026-11-25  # by text"],
        ),
    ],
)
def test_only_the_lines_of_the_value_change(
    path: Path, before: list[str], after: list[str]
) -> None:
    assert lines_changed(path, CONFIRMED) == (before, after)


def test_one_value_inside_keeps_the_remarks_of_the_others() -> None:
    assert lines_changed(("urgent_help", 3, "text", "number"), "61202") == (
        ["      number: 85258"],
        ["      number: 61202"],
    )


def test_a_folded_text_stays_folded_and_a_list_may_stand_at_the_margin() -> None:
    assert lines_changed(("categories", 0, "summary"), "Plain: words")[1] == ["    Plain: words"]
    assert lines_changed(("categories", 0, "id"), "other")[1] == ["- id: other"]


def test_line_ends_of_windows_stay() -> None:
    changed = with_value(TEXT.replace("\n", "\r\n"), ("urgent_help", 1, "phone"), CONFIRMED)
    assert "\n" not in changed.replace("\r\n", "")


def test_a_file_without_a_last_line_end_can_be_changed() -> None:
    assert lines_changed(("a",), "c", "a: b") == (["a: b"], ["a: c"])


def test_what_cannot_be_changed_alone_is_one_sentence() -> None:
    with pytest.raises(LinkIndexError, match=r"^the file is written on one line; "):
        with_value("{a: b}", ("a",), "c")
