"""What people ask, and what answers it: `questions.csv` beside the index."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from linkindex.catalogue.questions import FILE_NAME, LONGEST, read_questions
from tests.support.catalogues import catalogue_text, parsed

INDEX = parsed(catalogue_text())
TOPIC = INDEX.categories[0].id
LINK = INDEX.categories[0].resources[0].id
HEAD = "question,answers\n"


def reading(data: bytes) -> Callable[[str], bytes]:
    return {FILE_NAME: data}.__getitem__


def told(text: str | bytes) -> list[str]:
    data = text if isinstance(text, bytes) else text.encode()
    return [str(problem) for problem in read_questions(INDEX, reading(data))[1]]


def test_a_question_has_one_answer_or_several() -> None:
    text = f'{HEAD}how do i get him to sleep,{LINK}\n\n"awake, again",{LINK} {TOPIC}\n'
    questions, problems = read_questions(INDEX, reading(text.encode()))
    assert problems == []
    assert questions == (
        ("how do i get him to sleep", (LINK,)),
        ("awake, again", (LINK, TOPIC)),
    )


def test_a_file_from_a_spreadsheet_is_read() -> None:
    text = f"\ufeffQuestion,Answers\r\nhe wakes at four,{TOPIC}\r\n"
    questions, problems = read_questions(INDEX, reading(text.encode()))
    assert (questions, problems) == ((("he wakes at four", (TOPIC,)),), [])


def test_an_index_needs_no_such_file() -> None:
    def nothing(name: str) -> bytes:
        raise FileNotFoundError(name)

    assert read_questions(INDEX, nothing) == ((), [])


def test_an_empty_file_asks_nothing() -> None:
    assert read_questions(INDEX, reading(b"\n")) == ((), [])


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (f"{HEAD}he is awake,nowhere\n", 2, "there is no link or topic `nowhere`"),
        (f"{HEAD}he is awake\n", 2, "nothing answers `he is awake`"),
        (f"{HEAD},{TOPIC}\n", 2, "there is no text here"),
        (f"{HEAD}awake, again,{TOPIC}\n", 2, "this line has more than two cells"),
        (f"{HEAD}awake,{TOPIC}\n\nawake,{TOPIC}\n", 4, "is already on line 2"),
        (f"{HEAD}{'word ' * (LONGEST // 4)},{TOPIC}\n", 2, f"has more than {LONGEST} characters"),
        (f'{HEAD}asleep,{TOPIC}\n"awake,{TOPIC}\nlate,{TOPIC}\n', 3, "is opened here and not"),
        (f"awake,{TOPIC}\n", 1, "the first line does not name the columns"),
        (f"question;answers\nawake;{TOPIC}\n", 1, "the first line does not name the columns"),
        (f"{HEAD}caf".encode() + b"\xe9," + TOPIC.encode(), 2, "is not UTF-8 text"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str | bytes, line: int, what: str) -> None:
    (problem,) = told(text)
    assert problem.startswith(f"{FILE_NAME}:{line}:")
    assert what in problem


def test_an_id_that_is_near_none_is_told_what_to_do() -> None:
    many = dataclasses.replace(INDEX, categories=INDEX.categories * 9)
    _, (problem,) = read_questions(many, reading(f"{HEAD}awake,qqqqqqqq\n".encode()))
    assert "write an id that is in the index, or remove it" in str(problem)


def test_a_file_that_cannot_be_read_is_one_sentence() -> None:
    def refused(name: str) -> bytes:
        raise PermissionError(13, "Permission denied", name)

    questions, (problem,) = read_questions(INDEX, refused)
    assert questions == ()
    assert "this file cannot be read (Permission denied)" in str(problem)
