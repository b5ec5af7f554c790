"""What a change adds to what the check says of an index. Pure."""

from __future__ import annotations

from collections import Counter

from linkindex.catalogue import Problem
from linkindex.catalogue.rules.style import style_problems
from linkindex.catalogue.yaml.diagnosis import Examined


def new_problems(before: Examined, after: Examined) -> tuple[Problem, ...]:
    """What the check says now and did not say before, its warnings of style among it."""
    known = Counter(map(_said, _problems(before)))
    new = []
    for problem in _problems(after):
        known[_said(problem)] -= 1
        if known[_said(problem)] < 0:
            new.append(problem)
    return tuple(new)


def _problems(examined: Examined) -> tuple[Problem, ...]:
    if examined.catalogue is None or examined.tree is None:
        return examined.problems
    return (*examined.problems, *style_problems(examined.catalogue, examined.tree))


def _said(problem: Problem) -> tuple[str, str]:
    """A problem wherever it stands: lines move."""
    return problem.what, problem.remedy
