"""How much each mark of a question weighs for danger, learnt from questions.

Run as ``python -m tests.bench.danger_weights``: it writes
``tools/linkindex/site/danger/weights.yaml`` from ``tests/content/danger-questions.yaml``.
Frames tell what is certain; the weights decide where no frame fits, and doubt one that fits a
harmless question. They are those of a logistic regression with a penalty on their squares on the
marks of a question: four letters of a word, people, and words that follow each other (``marks`` in
``overrides/assets/search/danger.js``). Small weights are left out, as every reader fetches each.
"""

from __future__ import annotations

import math
import textwrap
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from tests.bench.danger import QUESTIONS, blank_page, questions_of
from tests.conftest import REPOSITORY
from tests.support.danger import Matcher

from linkindex.catalogue import load
from linkindex.icons import icon_names
from linkindex.site.danger.words import WEIGHTS

SEEN = 3
"""A mark of fewer questions is left out."""

PENALTY = 1.0
STEPS = 150
QUARTERS = 4
LEAST = 2
"""Weights of fewer quarters than these are left out."""

RARE = 8
"""A mark of fewer questions is left out if it weighs no more than ``LEAST``: it decides nothing."""

_HEAD = """\
# How much each mark of a question weighs for danger, in quarters: they are added up where no frame
# of concerns.yaml fits it. Learnt from questions, never written by hand:
#   python -m tests.bench.danger_weights
"""


def learnt(questions: Sequence[tuple[frozenset[str], bool]]) -> dict[str, float]:
    """The weight of each mark, in logits.

    :param questions: the marks of each, and whether it speaks of danger.
    """
    seen = seen_in(questions)
    known = sorted(mark for mark, count in seen.items() if count >= SEEN)
    places = {mark: place for place, mark in enumerate(known)}
    asked = [
        ([places[mark] for mark in sorted(marks) if mark in places], danger)
        for marks, danger in questions
    ]
    weight = [0.0] * len(known)
    pace = [1e-8] * len(known)  # AdaGrad: the sum of the squares of each slope.
    for _ in range(STEPS):
        slope = [PENALTY * value for value in weight]
        for marks, danger in asked:
            odds = sum([weight[place] for place in marks])
            wrong = 1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))) - danger
            if abs(wrong) > 1e-4:
                for place in marks:
                    slope[place] += wrong
        for place, value in enumerate(slope):
            pace[place] += value * value
            weight[place] -= 0.3 * value / math.sqrt(pace[place])
    return dict(zip(known, weight, strict=True))


def seen_in(questions: Sequence[tuple[frozenset[str], bool]]) -> Counter[str]:
    """In how many questions each mark stands."""
    return Counter(mark for marks, _ in questions for mark in marks)


def in_quarters(weight: Mapping[str, float], seen: Mapping[str, int]) -> dict[int, list[str]]:
    """Marks by their weight in quarters of a logit, without those that weigh next to nothing.

    :param seen: in how many questions each mark stands.
    """
    by_weight: dict[int, list[str]] = defaultdict(list)
    for mark, value in sorted(weight.items()):
        quarters = round(value * QUARTERS)
        if abs(quarters) > LEAST or (abs(quarters) == LEAST and seen[mark] >= RARE):
            by_weight[quarters].append(mark)
    return dict(sorted(by_weight.items()))


def written(by_weight: Mapping[int, Sequence[str]]) -> str:
    """The file: each weight, and the marks that have it, with a comma after each."""
    parts = [_HEAD]
    for quarters, marks in by_weight.items():
        lines = textwrap.wrap(", ".join(mark.replace(" ", "~") for mark in marks), 96)
        text = "\n".join(f"  {line}" for line in lines).replace("~", " ")
        parts.append(f"{quarters}: >-\n{text}\n")
    return "".join(parts)


def _main() -> None:
    index = load(REPOSITORY / "resources.yaml", icons=icon_names())
    with blank_page() as page:
        matcher = Matcher(page, index)
        questions = [
            (frozenset(matcher.marks(question.text)), question.kind == "danger")
            for question in questions_of(QUESTIONS)
        ]
    WEIGHTS.write_text(written(in_quarters(learnt(questions), seen_in(questions))), "utf-8")


if __name__ == "__main__":
    _main()
