"""Of two entries that cannot both stand, the newer is named: the older is on printed cards."""

from __future__ import annotations

import pytest

from linkindex.catalogue import examine
from linkindex.catalogue.permalinks import add_to_ledger
from linkindex.icons import icon_names
from tests.catalogue.small import SMALLEST, TODAY, valid

LINK = """\
      - id: {id}
        title: {title}
        url: {url}
        publisher: NHS
        summary: Another overview.
        audiences: [families]
        format: guide
        nations: [uk]
        added: {added}
"""
FIRST = "    resources:\n"


def link(name: str, title: str, url: str, added: str = "2026-11-24") -> str:
    return LINK.format(id=name, title=title, url=url, added=added)


NEW = link("new", "About ACEs", "https://www.cdc.gov/aces")
SAME_ID = link("about-aces", "Other", "https://www.nhs.uk/other")
ABOVE = {
    "address": SMALLEST.replace(FIRST, FIRST + NEW),
    "id": SMALLEST.replace(FIRST, FIRST + SAME_ID),
}
"""What was pasted above the older entry, with the same day."""


def lines_named(text: str, *, ledger: str = "", before: str = "") -> list[int]:
    def read(name: str) -> bytes:
        if ledger and name.startswith("permalinks/"):
            return ledger.encode()
        raise FileNotFoundError

    found = examine(
        text.encode(),
        file="resources.yaml",
        icons=icon_names(),
        today=TODAY,
        read=read,
        before=before,
    )
    return [problem.line for problem in found.problems if "already" in problem.what]


@pytest.mark.parametrize("what", ABOVE)
def test_without_a_sign_of_age_the_later_in_the_file_is_named(what: str) -> None:
    assert lines_named(ABOVE[what]) in ([39], [37])


@pytest.mark.parametrize("what", ABOVE)
def test_what_a_change_brought_is_named_wherever_it_stands(what: str) -> None:
    assert all(line < 31 for line in lines_named(ABOVE[what], before=SMALLEST))
    assert lines_named(ABOVE[what], before=SMALLEST)


@pytest.mark.parametrize("what", ABOVE)
def test_what_the_ledger_has_is_not_named(what: str) -> None:
    ledger, _ = add_to_ledger("", valid())
    assert all(line < 31 for line in lines_named(ABOVE[what], ledger=ledger))
    assert lines_named(ABOVE[what], ledger=ledger)


def test_the_day_on_which_it_was_added_tells_too() -> None:
    older = NEW.replace("2026-11-24", "2026-01-05")
    below = lines_named(SMALLEST.replace(FIRST, FIRST + older))
    assert below == [39]
    assert lines_named(SMALLEST + older) == [30]


def test_a_version_before_that_cannot_be_read_tells_nothing() -> None:
    assert lines_named(ABOVE["id"], before="a: [") == lines_named(ABOVE["id"])
