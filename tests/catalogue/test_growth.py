"""What a text costs grows with its length, never with the square of it.

Processor time at two lengths is compared as a ratio, so that no clock and no slow computer matters:
eight times the text takes about eight times as long, and a square would take 64 times.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest

from linkindex.catalogue import addresses, fields
from linkindex.catalogue.addresses import AddressError
from linkindex.catalogue.rules.style import style_problems
from tests.catalogue.small import SMALLEST, examined

SHORT, TIMES, MOST_TIMES = 750, 8, 24
NOTHING = 0.02
"""Seconds of processor time below which a ratio measures only chance."""

PIECES = [
    *("a", "aB", "AB (CD) ", "a (", "()", "(", "[", "[a](", "**", "*a", "__a", "`", "<a", "&a"),
    *(
        "a.",
        "a-",
        "a'",
        ". ",
        "“",
        "” a",
        "’",
        "\u00a0",
        "\u0301",
        "\u200d",
        "é",
        "a/",
        "&a=1",
        "a@a.",
    ),
    *("- ", "--", ":", "{{", "in need of ", "data:a/"),
]


def seconds(work: Callable[[str], object], text: str) -> float:
    """The processor time of some work."""
    started = time.process_time()
    work(text)
    return time.process_time() - started


def assert_grows_evenly(work: Callable[[str], object], piece: str) -> None:
    short, long = (f"x{(piece * length)[:length]}x" for length in (SHORT, SHORT * TIMES))
    work("x")  # whatever is read once is read before
    assert (
        seconds(work, long) < NOTHING
        # Measured anew, for a single run can be unlucky.
        or seconds(work, long) < MOST_TIMES * seconds(work, short)
    )


def every_rule(text: str) -> None:
    """Read a catalogue with this text as names and as prose, and ask every rule of it."""
    written = json.dumps(text, ensure_ascii=False)
    catalogue = (
        SMALLEST.replace("title: ACEs", f"title: {written}")
        .replace(
            "full_title: Adverse childhood experiences",
            f"neutral_title: {written}\n    full_title: x",
        )
        .replace("group: core", "group: core\n    code: help4\n    sensitive: true")
        .replace("summary: An overview of hard childhood experiences.", f"summary: {written}")
        .replace("publisher: CDC", f"publisher: {written}\n        use_when: {written}")
    )
    found = examined(catalogue)
    if found.catalogue is not None:
        assert found.tree is not None
        style_problems(found.catalogue, found.tree)


@pytest.mark.parametrize("piece", PIECES)
def test_no_rule_takes_the_square_of_a_text(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # What is pasted is refused first; here every other rule must bear it too.
    monkeypatch.setattr(fields, "refuse_pasted", lambda _: None)
    assert_grows_evenly(every_rule, piece)


def every_form(text: str) -> None:
    """Read a text as every kind of value that is not free text."""
    for start in ("", "https://", "https://a.org/", "https://a.org/?", "mailto:", "tel:", "a@"):
        for rule in (
            *(fields.slug, fields.category_code, fields.resource_code_text, fields.colour),
            *(fields.language, fields.phone_number, fields.email, fields.iso_date),
            *(fields.web_address, fields.web_page, fields.exit_address, fields.picture_name),
            *(fields.site_address, fields.plain_text, addresses.is_reserved),
            *(addresses.is_private, addresses.same_page_key),
        ):
            try:
                rule(f"{start}{text}")
            except (ValueError, AddressError):
                continue


@pytest.mark.parametrize("piece", PIECES)
def test_no_value_takes_the_square_of_its_length(piece: str) -> None:
    assert_grows_evenly(every_form, piece)


@pytest.mark.parametrize(
    "piece", [*PIECES, "\t", " ", "\u2003", "a, ", "a: ", "'", '"', "- - ", "[a, ", "#x ", "#x, "]
)
def test_no_fault_of_yaml_takes_the_square_of_a_line(piece: str) -> None:
    def read(text: str) -> None:
        for start in ("", "a: ", "a: [", "  - ", "a: '"):
            examined(f"{start}{text}")
            examined(f"{start}{text}\nb: [x #y")

    assert_grows_evenly(read, piece)
