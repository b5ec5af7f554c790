"""How much each mark of a question weighs for danger, learnt from questions.

Run as ``python -m tests.bench.danger_weights``: it writes
``tools/linkindex/site/danger/weights.yaml`` from ``danger-questions.yaml`` and ``danger.yaml`` in
``tests/content``, and the questions of other hands in ``tests/bench/questions``: those in its
``danger``, those of the search for topics that are of no danger, and those of ``questions.csv``,
which readers judged. With ``--leave-out`` it writes
nothing, and says of each of these hands what weights that had seen none of its questions make of
them: the only figures that tell what to expect of the next hand, and those by which the thresholds
of ``danger.js`` are chosen.

The weights are those of a logistic regression. Its marks are signs, words, and words that follow
each other (``marks`` in ``overrides/assets/search/danger.js``); each has a place among ``PLACES``,
which others may share (the hashing trick). It is learnt twice: once with a penalty on the size of
each weight, which leaves most of them at nothing; then, with those that are left, with one on their
squares. A frame that fits weighs as much while they are learnt as it does afterwards: frames were
written with most of these questions at hand, and would be trusted too much.
"""

from __future__ import annotations

import math
import sys
import textwrap
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from tests.bench import search
from tests.bench.danger import QUESTIONS, Question, blank_page, questions_of
from tests.conftest import REPOSITORY
from tests.support.danger import Matcher

from linkindex.catalogue import load
from linkindex.icons import icon_names
from linkindex.site.danger.words import NO_WEIGHT, WEIGHTS

TRIED = QUESTIONS.with_name("danger.yaml")
QUERIES = QUESTIONS.with_name("queries.yaml")
HANDS = Path(__file__).with_name("questions") / "danger"
JUDGED = HANDS / "of-questions.yaml"

OF_DANGER = {
    *("Urgent help", "Domestic abuse", "Self-harm", "Exploitation", "Forced marriage and FGM"),
    *("Crisis and de-escalation", "Online safety", "Runaway Helpline", "Report Remove"),
}
"""Titles that may answer somebody in danger. Questions that another title answers are innocent."""

PLACES = 131_072
"""Weights there are room for. With a quarter, every sixth mark that no question had taught lay on
the weight of another, which told in long questions."""

SEEN = 2
"""A mark of fewer questions is left out."""

COUNTS = 2.0
"""So many times as much as one of ours counts a question of another hand, or one that a test
names."""

FITS = 9
"""What a frame that fits weighs in ``danger.js``, in fifths of a logit."""

SPARING, PENALTY_OF_THE_FIRST, PENALTY = 2.0, 0.5, 2.0
STEPS = 150
FIFTHS = 5
MOST = 7
"""No weight is more than so many fifths of a logit."""

_HEAD = """\
# How much each mark of a question weighs for danger, a letter for each place: h weighs nothing, i a
# fifth of a logit, j two, and g a fifth less than nothing. Learnt from questions, never written by
# hand:
#   python -m tests.bench.danger_weights
"""

Marks = Mapping[str, int]
"""The marks of a question, and the place of each."""


@dataclass(frozen=True)
class Example:
    """A question: its marks, whether a frame fits it, and how much it counts."""

    text: str
    kind: str
    marks: Marks
    fits: bool
    counts: float


@dataclass(frozen=True)
class Asked:
    """What is learnt from one question."""

    places: tuple[int, ...]
    fits: float
    danger: float
    counts: float


def learnt(examples: Sequence[Example]) -> list[float]:
    """The weight of each place, in logits."""
    seen = Counter(mark for example in examples for mark in example.marks)
    asked = [
        Asked(
            tuple(sorted({at for mark, at in example.marks.items() if seen[mark] >= SEEN})),
            example.fits * FITS / FIFTHS,
            float(example.kind == "danger"),
            example.counts,
        )
        for example in examples
    ]
    every = {place for one in asked for place in one.places}
    first = _fitted(asked, every, PENALTY_OF_THE_FIRST, SPARING)
    return _fitted(asked, {place for place in every if first[place]}, PENALTY)


def _fitted(
    asked: Sequence[Asked], used: Collection[int], penalty: float, sparing: float = 0.0
) -> list[float]:
    """Weights of the used places, by gradients that keep their pace (FISTA).

    :param penalty: on the squares of weights.
    :param sparing: a penalty on their sizes.
    """
    order = sorted(used)
    at = {place: number for number, place in enumerate(order)}
    told = [(one, [at[place] for place in one.places if place in at]) for one in asked]
    step = 1 / (penalty + 1.05 * _steepest(told, len(order)))
    weight, ahead, pace = [0.0] * len(order), [0.0] * len(order), 1.0
    for _ in range(STEPS):
        slope = [penalty * value for value in ahead]
        for one, places in told:
            odds = one.fits + sum([ahead[place] for place in places])
            wrong = 1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))) - one.danger
            if abs(wrong) > 1e-4:
                wrong *= one.counts
                for place in places:
                    slope[place] += wrong
        moved = [value - step * its for value, its in zip(ahead, slope, strict=True)]
        kept = [math.copysign(max(0.0, abs(value) - step * sparing), value) for value in moved]
        ways = zip(ahead, kept, weight, strict=True)
        if sum((before - now) * (now - last) for before, now, last in ways) > 0:
            pace = 1.0
        faster = (1 + math.sqrt(1 + 4 * pace * pace)) / 2
        far = (pace - 1) / faster
        ahead = [now + far * (now - last) for now, last in zip(kept, weight, strict=True)]
        weight, pace = kept, faster
    spread = [0.0] * PLACES
    for place, value in zip(order, weight, strict=True):
        spread[place] = value
    return spread


def _steepest(told: Sequence[tuple[Asked, list[int]]], width: int) -> float:
    """How fast the slope may change: the largest eigenvalue, approached by its powers."""
    along, size = [1.0] * width, 1.0
    for _ in range(15):
        after = [0.0] * width
        for one, places in told:
            said = one.counts / 4 * sum([along[place] for place in places])
            for place in places:
                after[place] += said
        size = math.sqrt(sum(value * value for value in after))
        along = [value / size for value in after]
    return size


def in_letters(weight: Sequence[float]) -> str:
    """A letter for each place."""
    fifths = (max(-MOST, min(MOST, round(value * FIFTHS))) for value in weight)
    return "".join(chr(ord(NO_WEIGHT) + value) for value in fifths)


def written(letters: str) -> str:
    """The file: the letters in lines."""
    return f"{_HEAD}weights: >-\n" + textwrap.indent("\n".join(textwrap.wrap(letters, 98)), "  ")


def examples_of(
    matcher: Matcher, questions: Iterable[Question], counts: float = COUNTS
) -> list[Example]:
    """Questions with what is weighed of them."""
    return [
        Example(question.text, question.kind, *matcher.weighed(question.text), counts)
        for question in questions
    ]


def tried() -> list[Question]:
    """What ``danger.yaml`` says of single questions, and of those of ``queries.yaml``."""
    read = yaml.safe_load(TRIED.read_text("utf-8"))
    queries = {one["query"] for one in yaml.safe_load(QUERIES.read_text("utf-8"))}
    return [
        *(Question(text, "danger") for group in read["danger"] for text in group["typed"]),
        *(Question(text, "innocent") for text in (*read["no danger"], *read["quiet"])),
        *(Question(text, "innocent") for text in sorted(queries - {*read["also danger"]})),
    ]


def innocent(file: Path) -> list[Question]:
    """The questions of a file for the search that no danger lies behind."""
    return [
        Question(asked.ask, "innocent")
        for asked in search.questions_of(file)
        if OF_DANGER.isdisjoint((*asked.first, *asked.also))
    ]


def judged(asked: Iterable[str]) -> list[Question]:
    """The questions that teach the search. What is uncertain teaches nothing here."""
    kinds = {question.text: question for question in questions_of(JUDGED)}
    known = {
        one.ask for file in search.QUESTIONS.glob("*.yaml") for one in search.questions_of(file)
    }
    questions = [kinds.get(text, Question(text, "innocent")) for text in asked if text not in known]
    return [question for question in questions if question.kind != "quiet"]


def weight_of(example: Example, letters: str) -> int:
    """What a question weighs with a frame that fits, in fifths of a logit."""
    marks = sum(ord(letters[place]) - ord(NO_WEIGHT) for place in set(example.marks.values()))
    return marks + FITS * example.fits


def _main(arguments: Sequence[str]) -> None:
    index = load(REPOSITORY / "resources.yaml", icons=icon_names())
    with blank_page() as page:
        matcher = Matcher(page, index)
        ours = [
            *examples_of(matcher, questions_of(QUESTIONS), counts=1),
            *examples_of(matcher, tried()),
        ]
        hands = {
            **{
                f"danger/{file.name}": questions_of(file)
                for file in sorted(HANDS.glob("*.yaml"))
                if file != JUDGED
            },
            JUDGED.name: judged(question.text for question in index.questions),
            **{file.name: innocent(file) for file in sorted(search.QUESTIONS.glob("*.yaml"))},
        }
        weighed = {name: examples_of(matcher, questions) for name, questions in hands.items()}
    if "--leave-out" in arguments:
        for left_out, examples in weighed.items():
            others = [one for name, all_ in weighed.items() if name != left_out for one in all_]
            print_thresholds(left_out, examples, in_letters(learnt([*ours, *others])))
    else:
        every = [*ours, *(one for all_ in weighed.values() for one in all_)]
        WEIGHTS.write_text(written(in_letters(learnt(every))) + "\n", "utf-8")


def print_thresholds(name: str, examples: Sequence[Example], letters: str) -> None:
    """Print how many of danger and of none weigh as much as each threshold."""
    print(name)
    by_kind = {
        kind: [weight_of(one, letters) for one in examples if one.kind == kind]
        for kind in ("danger", "innocent", "quiet")
    }
    for threshold in range(-13, 14, 2):
        shares = (
            f"{kind} {sum(value >= threshold for value in values) / max(1, len(values)):.3f}"
            for kind, values in by_kind.items()
        )
        print(f"  {threshold:4} fifths: {', '.join(shares)}")


if __name__ == "__main__":
    _main(sys.argv[1:])
