"""Who may be in danger by what they type: how many are found, and how often nobody is.

Run as ``python -m tests.bench.danger [--all] [FILE ...]``. A file is a list of questions in YAML:
``text`` is what is typed; ``kind`` is ``danger`` (numbers must stand first), ``innocent`` (they
must not) or ``quiet`` (settled or denied: one line at most); ``situation`` says what it is about.
Without a file, those in ``tests/content/danger-questions.yaml`` are asked. What went wrong is
listed with ``--all`` alone, so that a set can be scored without its questions being seen.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml
from playwright.sync_api import Page, sync_playwright
from tests.conftest import BROWSER_ARGUMENTS, REPOSITORY, chromium_program
from tests.support.danger import NOTHING, NUMBERS, QUIET, Matcher

from linkindex.catalogue import load
from linkindex.icons import icon_names

QUESTIONS = REPOSITORY / "tests/content/danger-questions.yaml"


@dataclass(frozen=True)
class Question:
    """What somebody types, and what they are in need of."""

    text: str
    kind: str
    situation: str = ""


@dataclass(frozen=True)
class Score:
    """What was shown for each kind of question, and the questions of each outcome."""

    shown: Counter[tuple[str, str]]
    questions: tuple[tuple[Question, str], ...]

    def share(self, kind: str, *levels: str) -> str:
        """How many of a kind were shown one of these levels: "97 of 100 (0.970)"."""
        whole = self._asked(kind)
        part = sum(self.shown[kind, level] for level in levels)
        return f"{part} of {whole} ({part / whole:.3f})" if whole else "none asked"

    def part(self, kind: str, level: str) -> float:
        """The part of a kind that was shown this level, from 0 to 1; 0 where none was asked."""
        return self.shown[kind, level] / max(1, self._asked(kind))

    def wrong(self) -> Iterator[tuple[Question, str]]:
        """Dangers without numbers, and numbers where there is no danger."""
        for question, level in self.questions:
            if (question.kind == "danger") is not (level == NUMBERS):
                yield question, level

    def _asked(self, kind: str) -> int:
        return sum(count for (one, _), count in self.shown.items() if one == kind)


def questions_of(file: Path) -> list[Question]:
    """The questions of a file."""
    return [Question(**said) for said in yaml.safe_load(file.read_text("utf-8"))]


def score(questions: Sequence[Question], matcher: Matcher) -> Score:
    """What is shown for each question."""
    shown = tuple((question, matcher.level(question.text)) for question in questions)
    return Score(Counter((question.kind, level) for question, level in shown), shown)


@contextmanager
def blank_page() -> Iterator[Page]:
    """A page with nothing on it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_program(), args=BROWSER_ARGUMENTS
        )
        yield browser.new_page()
        browser.close()


def _main(arguments: Sequence[str]) -> None:
    files = [Path(name) for name in arguments if not name.startswith("--")] or [QUESTIONS]
    index = load(REPOSITORY / "resources.yaml", icons=icon_names())
    with blank_page() as page:
        matcher = Matcher(page, index)
        for file in files:
            questions = questions_of(file)
            result = score(questions, matcher)
            print(f"Danger: {file.name}, {len(questions)} questions")
            print(f"  dangers found       {result.share('danger', NUMBERS)}")
            print(f"  dangers, quiet line {result.share('danger', QUIET)}")
            print(f"  dangers, neither    {result.share('danger', NOTHING)}")
            print(f"  false alarms        {result.share('innocent', NUMBERS)}")
            print(f"  innocent, quiet     {result.share('innocent', QUIET)}")
            print(f"  settled, numbers    {result.share('quiet', NUMBERS)}")
            print(f"  settled, quiet      {result.share('quiet', QUIET)}")
            texts = [question.text for question in questions]
            print(f"  one question takes  {matcher.milliseconds(texts):.2f} ms")
            if "--all" in arguments:
                for question, level in result.wrong():
                    print(f"  {question.kind} -> {level}: {question.text} [{question.situation}]")


if __name__ == "__main__":
    _main(sys.argv[1:])
