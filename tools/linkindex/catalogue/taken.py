"""What an index takes from others: whose it is, and where it can be changed. Pure."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from linkindex.catalogue.problems import Problem, Severity, quoted
from linkindex.catalogue.questions import Question

FOLDER = "shared"
"""The folder beside an index in which what it takes from others is kept."""


def kept_name(name: str) -> str:
    """The path of the file of an upstream, from the folder of the index."""
    return f"{FOLDER}/{name}.yaml"


@dataclass(frozen=True)
class Stretch:
    """Lines of a shared file that one line of the index answers for, until the next stretch.

    :ivar first: its first line, counted on from the end of the index.
    :ivar own: the line of the index by which this can be changed.
    :ivar shift: what to take away for the line of the shared file.
    """

    first: int
    own: int
    name: str
    shift: int


@dataclass(frozen=True)
class Taken:
    """What an index takes from others.

    What is taken has lines, too: they are counted on from the end of the index.

    :ivar file: what problems call the index.
    :ivar names: the ids, here, of topics and links that are taken, with the name of their upstream.
    :ivar theirs: the ids, there, of those that are called otherwise here.
    :ivar hidden: the ids of links and topics that are hidden here; their codes lead on.
    :ivar opened: when others last opened a link that is taken, by its id here: what their index is
        called, and the day. It is their word, and no check of this index.
    :ivar meanings: what people say when they mean a topic, by its id here.
    :ivar questions: what people ask, with the ids here of what is taken and answers it.
    """

    file: str
    stretches: tuple[Stretch, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    opened: Mapping[str, tuple[str, datetime.date]] = field(default_factory=dict)
    meanings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()

    def has_line(self, line: int) -> bool:
        """Whether a line stands in what is taken."""
        return bool(self.stretches) and line >= self.stretches[0].first

    def own_line(self, line: int) -> int:
        """The line of the index that answers for a line."""
        return self._stretch(line).own if self.has_line(line) else line

    def name_at(self, line: int) -> str | None:
        """The name of the upstream in whose file a line stands, if it stands in one."""
        return self._stretch(line).name if self.has_line(line) else None

    def _stretch(self, line: int) -> Stretch:
        return self.stretches[bisect_right(self.stretches, line, key=lambda each: each.first) - 1]

    def placed(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Problems, each on a line that an editor of the index can change.

        Of each upstream the first errors are said, and its warnings as one.
        """
        of_others: dict[str, list[Problem]] = {}
        for problem in problems:
            if problem.file == self.file and self.has_line(problem.line):
                of_others.setdefault(self._stretch(problem.line).name, []).append(problem)
            elif problem.file == self.file:
                yield replace(
                    problem, what=self._said(problem.what), remedy=self._said(problem.remedy)
                )
            else:
                yield problem
        for name, found in of_others.items():
            yield from self._of_one(name, sorted(found))

    def _of_one(self, name: str, problems: list[Problem]) -> Iterator[Problem]:
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        for number, problem in enumerate(errors[:MOST_ERRORS], start=1):
            left = len(errors) - number
            more = f"; {left} more are like it" if left and number == MOST_ERRORS else ""
            yield replace(
                problem,
                line=self.own_line(problem.line),
                column=1,
                what=f"{self._said(problem.what)} ({self._there(problem.line)})",
                remedy=f"tell those who keep {quoted(name)}, and write below `change:` what should "
                f"stand here, or below `hide:` what should not{more}",
            )
        if not errors and problems:
            first = problems[0]
            several = f"there are {len(problems)} warnings"
            count = "there is one warning" if len(problems) == 1 else several
            yield replace(
                first,
                line=self.stretches[0].own if len(problems) > 1 else self.own_line(first.line),
                column=1,
                what=f"{count} about what comes from {quoted(name)}, such as: "
                f"{self._said(first.what)} ({self._there(first.line)})",
                remedy=f"see whether `linkindex update {name}` brings something newer",
            )

    def _there(self, line: int) -> str:
        stretch = self._stretch(line)
        return f"{kept_name(stretch.name)}:{line - stretch.shift}"

    def _said(self, sentence: str) -> str:
        def placed(match: re.Match[str]) -> str:
            line = int(match["line"] or 0)
            return f"in {self._there(line)}" if line and self.has_line(line) else match[0]

        return _NAMED_LINE.sub(placed, sentence)


MOST_ERRORS = 5
"""Errors of one upstream that are told one by one: what is hostile could have any number."""

_NAMED_LINE = re.compile(r"`[^`]*`|\b(?:(?:on|in) )?line (?P<line>\d+)\b")
"""A line that a sentence names; what stands in quotes is somebody else's."""
