"""What people ask, and what answers it: ``questions.csv``, which stands beside the index.

A question is in the words of whoever asks; its answers are the ids of links and topics. The search
learns from all of them together which words speak for what; no page shows them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from pydantic_core import PydanticCustomError

from linkindex.catalogue.beside import ReadBeside, file_in_language
from linkindex.catalogue.fields import plain_text
from linkindex.catalogue.problems import Problem, quoted, suggestion

if TYPE_CHECKING:
    from linkindex.catalogue.catalogue import Catalogue

FILE_NAME = "questions.csv"
COLUMNS = ("question", "answers")

LONGEST = 600
"""Characters of a question. A longer one is a text that was pasted by mistake."""


class Question(NamedTuple):
    """What somebody asks, and the ids of the links and topics that answer it, the best first."""

    text: str
    answers: tuple[str, ...]


class _Row(NamedTuple):
    line: int
    cells: list[str]


def read_questions(
    catalogue: Catalogue, read: ReadBeside
) -> tuple[tuple[Question, ...], list[Problem]]:
    """The questions in the language of an index, and what is wrong with them. Without a file, none.

    A further language without a file of its own has those of the first.

    :param read: reads a file beside the index.
    """
    found = file_in_language(FILE_NAME, catalogue, read)
    if isinstance(found, Problem):
        return (), [found]
    return _decoded(found.data, found.name, catalogue) if found else ((), [])


def _decoded(
    data: bytes, file: str, catalogue: Catalogue
) -> tuple[tuple[Question, ...], list[Problem]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return (), [
            Problem(file, line, 1, "this file is not UTF-8 text", "save it as CSV in UTF-8")
        ]
    return _read(text, file, catalogue)


def _read(text: str, file: str, catalogue: Catalogue) -> tuple[tuple[Question, ...], list[Problem]]:
    problems: list[Problem] = []
    rows = _rows(text, file, problems)
    head = next(rows, None)
    if head is None:
        return (), problems
    named = ",".join(COLUMNS)
    if [cell.strip().lower() for cell in head.cells] != [*COLUMNS]:
        what = "the first line does not name the columns"
        return (), [*problems, Problem(file, head.line, 1, what, f"write `{named}` there")]
    known = [category.id for category in catalogue.categories]
    known += [resource.id for home in catalogue.categories for resource in home.resources]
    ids = frozenset(known)
    questions: dict[str, tuple[str, ...]] = {}
    lines: dict[str, int] = {}
    for line, cells in rows:
        asked = cells[0].strip()
        answers = tuple(cells[1].split()) if len(cells) > 1 else ()
        fault = _fault(asked, answers, cells, lines)
        unknown = [answer for answer in answers if answer not in ids]
        if fault is None and unknown:
            cure = suggestion(unknown[0], known, "write an id that is in the index, or remove it")
            fault = f"there is no link or topic {quoted(unknown[0])}", cure
        if fault:
            problems.append(Problem(file, line, 1, *fault))
        else:
            questions[asked] = answers
            lines[asked] = line
    return tuple(Question(asked, answers) for asked, answers in questions.items()), problems


def _rows(text: str, file: str, problems: list[Problem]) -> Iterator[_Row]:
    """The rows that hold something, each with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _Row(line, cells)
            line = reader.line_num + 1
    except csv.Error:
        what = "a quotation mark is opened here and not closed, or stands in the middle of a cell"
        remedy = 'put `"` before and after the whole question, and write `""` for one within it'
        problems.append(Problem(file, line, 1, what, remedy))


def _fault(
    asked: str, answers: tuple[str, ...], cells: list[str], before: dict[str, int]
) -> tuple[str, str] | None:
    if len(cells) > len(COLUMNS):
        remedy = 'put `"` before and after a question that holds a comma'
        return "this line has more than two cells", remedy
    try:
        plain_text(asked)
    except PydanticCustomError as error:
        context = error.context or {}
        return str(context["what"]), str(context["remedy"])
    if asked in before:
        return f"{quoted(asked, 40)} is already on line {before[asked]}", "remove one of the two"
    if len(asked) > LONGEST:
        return f"{quoted(asked, 40)} has more than {LONGEST} characters", "keep what was asked"
    if not answers:
        return f"nothing answers {quoted(asked, 40)}", "write the id of a link or topic after it"
    return None
