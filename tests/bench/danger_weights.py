"""How much each word weighs for danger, learnt from ``tests/content/danger-questions.yaml``.

Run as ``python -m tests.bench.danger_weights``: it writes
``tools/linkindex/site/danger/weights.yaml``.
Frames tell what is certain; the weights decide where no frame fits. They are those of a logistic
regression on which words a question has, with a penalty on their squares, so that a word which is
seen seldom weighs little.
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

SEEN = 2
"""A word of fewer questions is left out."""

PENALTY = 0.4
STEPS = 400
QUARTERS = 4

_HEAD = """\
# How much a word weighs for danger, in quarters: those of a question are added up where no frame of
# concerns.yaml fits it. Learnt from questions, never written by hand:
#   python -m tests.bench.danger_weights
"""


def learnt(questions: Sequence[tuple[frozenset[str], bool]]) -> dict[str, float]:
    """The weight of each word, in logits.

    :param questions: the words of each, and whether it speaks of danger.
    """
    seen = Counter(word for words, _ in questions for word in words)
    known = {word for word, count in seen.items() if count >= SEEN}
    weight = dict.fromkeys(sorted(known), 0.0)
    asked = [(sorted(words & known), danger) for words, danger in questions]
    pace = dict.fromkeys(weight, 1e-8)  # AdaGrad: the sum of the squares of each slope.
    for _ in range(STEPS):
        slope = {word: PENALTY * value for word, value in weight.items()}
        for words, danger in asked:
            likely = 1 / (1 + math.exp(-sum(weight[word] for word in words)))
            for word in words:
                slope[word] += likely - danger
        for word, value in slope.items():
            pace[word] += value * value
            weight[word] -= 0.3 * value / math.sqrt(pace[word])
    return weight


def in_quarters(weight: Mapping[str, float]) -> dict[int, list[str]]:
    """Words by their weight in quarters of a logit, without those that weigh nothing."""
    by_weight: dict[int, list[str]] = defaultdict(list)
    for word, value in sorted(weight.items()):
        if quarters := round(value * QUARTERS):
            by_weight[quarters].append(word)
    return dict(sorted(by_weight.items()))


def written(by_weight: Mapping[int, Sequence[str]]) -> str:
    """The file: each weight, and the words that have it."""
    parts = [_HEAD]
    for quarters, words in by_weight.items():
        lines = textwrap.fill(" ".join(words), 96, break_on_hyphens=False)
        parts.append(f"{quarters}: >-\n{textwrap.indent(lines, '  ')}\n")
    return "".join(parts)


def _main() -> None:
    index = load(REPOSITORY / "resources.yaml", icons=icon_names())
    with blank_page() as page:
        matcher = Matcher(page, index)
        questions = [
            (frozenset(matcher.words(question.text)), question.kind == "danger")
            for question in questions_of(QUESTIONS)
        ]
    WEIGHTS.write_text(written(in_quarters(learnt(questions))), "utf-8")


if __name__ == "__main__":
    _main()
