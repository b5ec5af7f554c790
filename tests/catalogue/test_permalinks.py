"""The ledger of published codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkindex.catalogue import Catalogue
from linkindex.catalogue.permalinks import (
    add_to_ledger,
    batches,
    check_ledger,
    codes_of,
    ledger_path,
)
from tests.catalogue.small import SMALLEST, category, resource, valid

FILE = "permalinks/links.example.org.txt"
CODES = ["q/aces", "r/t9w6qq"]


def said(ledger: str, catalogue: Catalogue | None = None) -> list[str]:
    return [str(problem) for problem in check_ledger(ledger, FILE, catalogue or valid())]


def test_the_codes_of_a_catalogue_are_sorted_and_say_what_they_open() -> None:
    assert codes_of(valid()) == CODES


def test_a_ledger_of_codes_that_are_all_there_is_in_order() -> None:
    assert said("q/aces\nr/t9w6qq\n") == []


@pytest.mark.parametrize("text", ["", "\n", "# Only a comment is left.\n"])
def test_a_ledger_that_was_emptied_is_an_error_that_says_how_to_bring_it_back(text: str) -> None:
    assert said(text) == [
        f"{FILE}:1:1: the ledger of published codes is empty, and printed cards depend on it; "
        f"restore it with `git checkout HEAD -- {FILE}`, or from an earlier commit, which "
        f"`git log -- {FILE}` lists"
    ]


def two_entries(*changes: tuple[str, str]) -> Catalogue:
    """Two categories and two resources, so that two can change places."""
    text = SMALLEST + resource("second", "code: xxxxxx") + category("ddp") + resource("third")
    text = text.replace("\n      - id: third", "\n    resources:\n      - id: third")
    return valid(*changes, text=text)


LEDGER, _ = add_to_ledger("", two_entries())
ACES, DDP, ABOUT, SECOND, THIRD = (
    next(line for line in LEDGER.splitlines() if f" {name} " in line)
    for name in ("aces", "ddp", "about-aces", "second", "third")
)


def test_a_ledger_tells_when_a_line_is_lost_or_two_changed_places() -> None:
    assert said(LEDGER, two_entries()) == []
    broken = (
        LEDGER.replace(f"{DDP}\n", ""),
        LEDGER.replace(DDP, DDP.replace("ddp ", "aces ", 1)),
        LEDGER.replace(" about-aces ", " x ")
        .replace(" second ", " about-aces ")
        .replace(" x ", " second "),
        LEDGER.replace(SECOND, SECOND.replace("second", "secand")),
    )
    for text in broken:
        assert any(
            "has lost or changed a line that ends in" in one for one in said(text, two_entries())
        )


def test_a_ledger_whose_digests_were_cut_off_is_told_by_what_a_record_holds() -> None:
    (batch,) = batches(LEDGER)
    plain = "".join(f"{line.split()[0]}\n" for line in LEDGER.splitlines())
    told = {batch: "permalinks/editions/abc.txt"}
    problems = check_ledger(plain, FILE, two_entries(), told)
    assert [str(problem) for problem in problems] == [
        f"{FILE}:1:1: the ledger of published codes has lost every line that ends in `{batch}` "
        f"(see `permalinks/editions/abc.txt`), and printed cards depend on it; restore it with "
        f"`git checkout HEAD -- {FILE}`, or from an earlier commit, which `git log -- {FILE}` lists"
    ]
    assert check_ledger(LEDGER, FILE, two_entries(), told) == []


def test_a_merge_of_what_two_branches_published_is_in_order() -> None:
    fewer, _ = add_to_ledger("", valid())
    one, _ = add_to_ledger(fewer, two_entries())
    other, _ = add_to_ledger(fewer, valid(text=SMALLEST + resource("second", "code: xxxxxx")))
    union = "\n".join({*one.splitlines(), *other.splitlines()})
    assert said(union, two_entries()) == []
    assert len(batches(union)) == 3


@pytest.mark.parametrize(
    "changes",
    [
        (("id: about-aces", "id: third"), ("- id: third", "- id: about-aces")),
        (
            ("code: xxxxxx", "code: t9w6qq"),
            ("id: about-aces", "id: about-aces\n        code: xxxxxx"),
        ),
        (("  - id: aces", "  - id: ddp"), ("  - id: ddp", "  - id: aces")),
        (
            ("  - id: aces", "  - id: aces\n    code: ddp"),
            ("  - id: ddp", "  - id: ddp\n    code: aces"),
        ),
    ],
)
def test_two_entries_whose_codes_changed_places_are_an_error_at_each(
    changes: tuple[tuple[str, str], ...],
) -> None:
    text = SMALLEST + resource("second", "code: xxxxxx") + category("ddp") + resource("third")
    text = text.replace("\n      - id: third", "\n    resources:\n      - id: third")
    for place, (old, _) in enumerate(changes):
        text = text.replace(old, f"<{place}>")
        assert f"<{place}>" in text
    for place, (_, new) in enumerate(changes):
        text = text.replace(f"<{place}>", new)
    problems = said(LEDGER, valid(text=text))
    assert len(problems) == 2
    for problem in problems:
        assert problem.startswith("resources.yaml:")
        assert "printed cards with the code `" in problem
        assert "write `code: " in problem


def test_an_entry_may_get_another_address_title_or_id_with_the_same_code() -> None:
    moved = two_entries(
        ("https://www.nhs.uk/second", "https://www.nhs.uk/new"),
        ("Title of ddp", "Another title"),
        ("- id: second", "- id: renamed"),
    )
    assert said(LEDGER, moved) == []
    after, new = add_to_ledger(LEDGER, moved)
    assert new == []
    assert said(after, moved) == []
    assert set(LEDGER.splitlines()) < set(after.splitlines())


def test_one_of_two_entries_with_the_same_title_may_get_another() -> None:
    alike = two_entries(("Title of ddp", "ACEs"))
    ledger, _ = add_to_ledger("", alike)
    assert said(ledger, two_entries()) == []


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
    assert len(said("q/ddp\nq/xyz\nr/bcdfgh\n")) == 3


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


@pytest.mark.parametrize(
    "line",
    [
        "aces",
        "x/aces",
        "q/ACES",
        "q/aces/",
        "q/",
        "https://a.uk/q/a",
        "q/aces aces",
        "q/aces aces 1 2",
    ],
)
def test_a_line_that_is_no_code_is_an_error(line: str) -> None:
    (message,) = said(f"{line}\n")
    assert message == (
        f"{FILE}:1:1: `{line}` is not a code; undo your change with `git checkout HEAD -- "
        f"{FILE}`; only `linkindex publish` writes here"
    )


def test_comments_and_empty_lines_are_left_alone() -> None:
    assert said("# Never remove a line.\n\n  # indented\nq/aces\n") == []


def test_a_ledger_of_an_older_release_gets_its_digests_when_it_is_published_again() -> None:
    merged = "r/t9w6qq\nq/aces\nr/t9w6qq\n"
    assert said(merged) == []
    after, new = add_to_ledger(merged, valid())
    assert [line.split()[:2] for line in after.splitlines()] == [
        ["q/aces", "aces"],
        ["r/t9w6qq", "about-aces"],
    ]
    assert new == []


def test_windows_line_ends_are_read() -> None:
    assert said("q/aces\r\nr/t9w6qq\r\n") == []


def test_adding_keeps_comments_on_top_and_sorts_the_rest() -> None:
    text, new = add_to_ledger("r/zzz\n# Never remove a line.\n", valid())
    comment, *lines = text.splitlines()
    assert comment == "# Never remove a line."
    assert [line.split()[0] for line in lines] == ["q/aces", "r/t9w6qq", "r/zzz"]
    assert new == CODES


def test_adding_again_changes_nothing() -> None:
    once, _ = add_to_ledger("", valid())
    assert add_to_ledger(once, valid()) == (once, [])


def test_adding_never_removes_a_code() -> None:
    assert "q/gone\n" in add_to_ledger("q/gone\n", valid())[0]


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
