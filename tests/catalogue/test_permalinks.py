"""The ledger of published codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkindex.catalogue import Catalogue
from linkindex.catalogue.permalinks import add_to_ledger, check_ledger, codes_of, ledger_path
from tests.catalogue.small import SMALLEST, category, resource, valid

FILE = "permalinks/links.example.org.txt"
CODES = ["q/aces", "r/t9w6qq"]


def said(ledger: str, catalogue: Catalogue | None = None) -> list[str]:
    return [str(problem) for problem in check_ledger(ledger, FILE, catalogue or valid())]


def test_the_codes_of_a_catalogue_are_sorted_and_say_what_they_open() -> None:
    assert codes_of(valid()) == CODES


def test_a_ledger_of_codes_that_are_all_there_is_in_order() -> None:
    assert said("q/aces\nr/t9w6qq\n") == []


def test_an_empty_ledger_is_in_order() -> None:
    assert said("") == []


def test_a_vanished_category_is_an_error_with_its_line() -> None:
    assert said("q/aces\nq/ddp\n") == [
        f"{FILE}:2:1: the published code `q/ddp` has vanished from resources.yaml; put its "
        "category back with `retired:` and a `successor:`, or give its `code:` to the entry that "
        "replaced it"
    ]


def test_a_vanished_resource_is_an_error_with_its_line() -> None:
    (message,) = said("# published\n\nr/bcdfgh\n")
    assert message.startswith(f"{FILE}:3:1: the published code `r/bcdfgh` has vanished")
    assert "put its resource back" in message


def test_every_vanished_code_is_reported() -> None:
    assert len(said("q/ddp\nq/mi\nr/bcdfgh\n")) == 3


def test_the_code_of_a_category_does_not_answer_for_a_resource() -> None:
    assert len(said("q/t9w6qq\nr/aces\n")) == 2


def test_a_retired_code_still_answers() -> None:
    retired = "retired: {on: 2026-11-01, successor: aces}"
    text = SMALLEST + resource("old", retired) + category("ddp", retired)
    index = valid(text=text)
    assert said("\n".join(codes_of(index)), index) == []
    assert {"q/ddp", f"r/{index.resource('old').code}"} < set(codes_of(index))


def test_a_renamed_id_answers_when_it_keeps_its_code() -> None:
    renamed = valid(("id: about-aces", "id: what-aces-are\n        code: t9w6qq"))
    assert said("r/t9w6qq\n", renamed) == []
    assert len(said("r/t9w6qq\n", valid(("id: about-aces", "id: what-aces-are")))) == 1


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "=======", ">>>>>>> branch"])
def test_the_marks_of_a_merge_conflict_are_an_error(mark: str) -> None:
    assert said(f"q/aces\n{mark}\n") == [
        f"{FILE}:2:1: a merge conflict was left here; keep the lines of both sides and remove the "
        "marks"
    ]


@pytest.mark.parametrize("line", ["aces", "x/aces", "q/ACES", "q/aces/", "q/", "https://a.uk/q/a"])
def test_a_line_that_is_no_code_is_an_error(line: str) -> None:
    (message,) = said(f"{line}\n")
    assert message == (
        f"{FILE}:1:1: `{line}` is not a code; write `q/` or `r/` and the code, one a line"
    )


def test_comments_and_empty_lines_are_left_alone() -> None:
    assert said("# Never remove a line.\n\n  # indented\nq/aces\n") == []


def test_a_union_merge_may_leave_lines_unsorted_and_twice() -> None:
    merged = "r/t9w6qq\nq/aces\nr/t9w6qq\n"
    assert said(merged) == []
    assert add_to_ledger(merged, CODES) == ("q/aces\nr/t9w6qq\n", [])


def test_windows_line_ends_are_read() -> None:
    assert said("q/aces\r\nr/t9w6qq\r\n") == []


def test_adding_keeps_comments_on_top_and_sorts_the_rest() -> None:
    text, new = add_to_ledger("r/zzz\n# Never remove a line.\n", ["q/b", "q/a"])
    assert text == "# Never remove a line.\nq/a\nq/b\nr/zzz\n"
    assert new == ["q/a", "q/b"]


def test_adding_again_changes_nothing() -> None:
    once, _ = add_to_ledger("", CODES)
    assert add_to_ledger(once, CODES) == (once, [])


def test_adding_never_removes_a_code() -> None:
    text, _ = add_to_ledger("q/gone\n", CODES)
    assert text == "q/aces\nq/gone\nr/t9w6qq\n"


@pytest.mark.parametrize(
    ("site_url", "name"),
    [
        ("https://links.example.org/", "links.example.org.txt"),
        ("https://links.example.org/ring/one/", "links.example.org_ring_one.txt"),
        ("http://localhost:8000/", "localhost-8000.txt"),
    ],
)
def test_each_host_and_folder_has_its_own_ledger(site_url: str, name: str) -> None:
    index = valid(("https://links.example.org/", site_url))
    assert ledger_path(Path("here"), index) == Path("here/permalinks") / name


def test_another_host_owes_nothing_to_these_cards(tmp_path: Path) -> None:
    ledger = ledger_path(tmp_path, valid())
    ledger.parent.mkdir()
    ledger.write_text("q/ddp\n", "utf-8")
    fork = valid(("https://links.example.org/", "https://links.other.example/"))
    assert not ledger_path(tmp_path, fork).exists()
