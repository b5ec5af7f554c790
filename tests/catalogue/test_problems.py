"""How a problem is said."""

from __future__ import annotations

import pytest

from linkindex.catalogue import Problem, Severity
from linkindex.catalogue.problems import nearest, quoted, suggestion

ERROR = Problem("resources.yaml", 3, 5, "the colour is red", "choose a darker one")
WARNING = Problem("resources.yaml", 3, 5, "this is HTML", "write text", Severity.WARNING)


def test_an_error_says_where_what_and_what_to_do() -> None:
    assert str(ERROR) == "resources.yaml:3:5: the colour is red; choose a darker one"


def test_a_warning_says_that_it_is_one() -> None:
    assert str(WARNING) == "resources.yaml:3:5: warning: this is HTML; write text"


def test_github_shows_the_problem_beside_its_line() -> None:
    assert ERROR.as_annotation() == (
        "::error file=resources.yaml,line=3,col=5::the colour is red; choose a darker one"
    )
    assert WARNING.as_annotation().startswith("::warning file=")


def test_nothing_in_a_problem_can_end_or_forge_an_annotation() -> None:
    problem = Problem("a:b,c%.yaml", 1, 1, "100 %\r\n::error::forged", "x,y:z")
    assert problem.as_annotation() == (
        "::error file=a%3Ab%2Cc%25.yaml,line=1,col=1::100 %25<U+000D><U+000A>::error::forged; x,y:z"
    )


def test_problems_sort_by_line_as_numbers() -> None:
    first, second = (Problem("resources.yaml", line, 1, "", "") for line in (9, 10))
    assert sorted([second, first]) == [first, second]


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("publsher", ["publisher", "summary"], "publisher"),
        ("Guide", ["guide", "video"], "guide"),
        ("start-here", ["start_here", "summary"], "start_here"),
        ("colour", ["publisher", "summary"], None),
        ("x", [], None),
    ],
)
def test_a_misspelt_word_is_taken_for_the_nearest_one(
    word: str, known: list[str], meant: str | None
) -> None:
    assert nearest(word, known) == meant


def test_a_word_near_nothing_is_answered_with_the_choices() -> None:
    assert suggestion("leaflet", ["guide", "video"]) == "use one of: guide, video"


def test_too_many_choices_are_not_listed() -> None:
    assert suggestion("zz", [f"word-{n}" for n in range(22)], "look it up") == "look it up"


def test_a_value_in_a_sentence_stays_on_one_line_and_short() -> None:
    assert quoted("a\nb\u2028c  d") == "`a b c d`"
    assert quoted("x" * 100) == f"`{'x' * 59}…`"


def test_nothing_invisible_reaches_the_terminal() -> None:
    assert quoted("a\x1b[31m\u202e") == "`a<U+001B>[31m<U+202E>`"
