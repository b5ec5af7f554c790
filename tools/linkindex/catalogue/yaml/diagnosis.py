"""One fault, one message: what is said of a file once something in it is wrong."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from typing import NamedTuple

from linkindex.catalogue.catalogue import Catalogue
from linkindex.catalogue.problems import Problem, Severity
from linkindex.catalogue.yaml.foreign import (
    Foreign,
    begins_again,
    conflict,
    foreign_line,
    loose_line,
    mail_head,
    whole_file,
)
from linkindex.catalogue.yaml.meant import told_once
from linkindex.catalogue.yaml.quoting import Slip
from linkindex.catalogue.yaml.slips import find_slips
from linkindex.catalogue.yaml.source import YamlMap
from linkindex.catalogue.yaml.syntax import place_of


class Examined(NamedTuple):
    """What an examination found. ``catalogue`` is ``None`` when there is an error.

    ``tree`` is what the catalogue was made of, with the places where things stand.
    """

    catalogue: Catalogue | None
    problems: tuple[Problem, ...]
    tree: YamlMap | None = None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop the build."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)


Judge = Callable[[str], Examined]
"""Reads a text and says what is wrong with it."""

_MOST_TRIALS = 8
"""How many slips are tried one by one when all together do not help."""


def said_once(text: str, read: Examined, judge: Judge, file: str) -> Examined:
    """What was read, without what only follows from a fault that has a name."""
    if conflict(text):
        return read
    again = begins_again(text) or mail_head(text)
    if again:
        return Examined(None, (_problem(text, again, file),))
    if read.tree is None:
        foreign = whole_file(text) or loose_line(text) or _at_fault(text, read)
        if foreign:
            return Examined(None, (_problem(text, foreign, file),))
    slips = find_slips(text)
    for chosen in _choices(slips):
        meant = judge(as_meant(text, chosen))
        told = [_said(slip, file) for slip in told_once(chosen)]
        if told and _better(read, meant, told):
            spoken_of = {slip.line + 1 for slip in chosen if slip.what}
            problems = tuple(sorted({*told, *_beside(meant.problems, spoken_of)}))
            return Examined(None, problems, meant.tree)
    return read


def _at_fault(text: str, read: Examined) -> Foreign | None:
    """What the line is that stopped YAML."""
    lines = text.split("\n")
    fault = max(read.errors, key=lambda problem: problem.line)
    return foreign_line(text, sum(len(line) + 1 for line in lines[: fault.line - 1]))


def _problem(text: str, foreign: Foreign, file: str) -> Problem:
    return Problem(file, *place_of(text, foreign.position), foreign.what, foreign.remedy)


def _choices(slips: list[Slip]) -> Iterable[list[Slip]]:
    """All slips together, else each alone: one of them may be none."""
    if slips:
        yield slips
    if 1 < len(slips) <= _MOST_TRIALS:
        for slip in slips:
            yield [slip]


def as_meant(text: str, slips: Iterable[Slip]) -> str:
    """The text with every slip put right; no line comes or goes."""
    lines = text.split("\n")
    for slip in slips:
        for number, line in slip.meant.items():
            lines[number] = line
    return "\n".join(lines)


def _said(slip: Slip, file: str) -> Problem:
    return Problem(file, slip.line + 1, slip.column + 1, slip.what, slip.remedy)


def _better(before: Examined, after: Examined, told: list[Problem]) -> bool:
    """Whether a file as meant explains more than it leaves open."""
    if before.tree is None:
        if after.tree is not None:
            return True
        return _last_line(after) > max(_last_line(before), told[-1].line)
    return after.tree is not None and len(after.errors) < len(before.errors)


def _last_line(examined: Examined) -> int:
    return max((problem.line for problem in examined.errors), default=0)


def _beside(problems: Iterable[Problem], lines: Container[int]) -> Iterable[Problem]:
    """What is left to say, but nothing of a line that was spoken of."""
    return (problem for problem in problems if problem.line not in lines)
