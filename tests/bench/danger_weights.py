"""How much each mark of a question weighs for danger, learnt from questions.

Run as ``python -m tests.bench.danger_weights``: it writes ``weights.yaml`` and ``net.yaml`` in
``tools/linkindex/site/danger`` from ``danger-questions.yaml`` and ``danger.yaml`` in
``tests/content``, and the questions of other hands in ``tests/bench/questions``: those in its
``danger``, those of the search for topics that are of no danger, and those of ``questions.csv``,
which readers judged. With ``--leave-out`` it writes nothing, and says of each of these hands what
is made of it by weights and a net that had seen none of its questions: the only figures that tell
what to expect of the next hand, and those by which the thresholds of ``danger.js`` are chosen.

What is learnt are the weights of marks, which are signs, words, and words that follow each other
(``marks`` in ``overrides/assets/search/danger.js``), each at a place among ``PLACES`` that others
may share (the hashing trick); and a net, for what words say together. Both add up. How they are
learnt is in ``danger_learning.py``, which needs ``pip install --require-hashes -r
tests/bench/learning.lock`` besides. What a frame that fits weighs is given, not learnt: frames
were written with most of these questions at hand, and would be trusted too much.
"""

from __future__ import annotations

import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from tests.bench import search
from tests.bench.danger import QUESTIONS, Question, blank_page, questions_of
from tests.conftest import REPOSITORY
from tests.support.danger import Matcher, Weighed

from linkindex.catalogue import load
from linkindex.icons import icon_names
from linkindex.site.danger.net import NET, Net
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

COUNTS, OURS = 2.0, 8.0
"""So many times count a question of another hand and one of ours: by ours the rules are tested, and
what they ask for is to be remembered."""

PROMISED = 40.0
"""So many times counts what ``danger.yaml`` and ``queries.yaml`` say of single questions, since the
tests hold each of them. So those tests do not say what to expect of other questions."""

FITS, FITS_WHILE_LEARNING = 13, 9
"""What a frame that fits weighs in ``danger.js``, and while the weights are learnt, in fifths of a
logit. It weighs more beside weights and net together, which say much of the same twice."""

FIFTHS = 5
MOST = 7
"""No weight is more than so many fifths of a logit."""

_HEAD = """\
# How much each mark of a question weighs for danger, a letter for each place: h weighs nothing, i a
# fifth of a logit, j two, and g a fifth less than nothing. Learnt from questions, never written by
# hand:
#   python -m tests.bench.danger_weights
"""

_HEAD_OF_THE_NET = """\
# What the words of a question weigh together for danger. Learnt from questions, never written by
# hand:
#   python -m tests.bench.danger_weights
# classes: the words of each class, each by the place that it has among so many; other words at
#   the same place are of that class, too.
# centres: a row for words of no class, then one a class. filters: for each of three words, a row
#   a filter. What a filter says is the sum of the products of its rows and those of the words, and
#   its number of least; less than nothing is nothing.
# largest, total: what the most that each filter says weighs, and what it says in all over the root
#   of the number of words and one; start is added. Of these, unit is a fifth of a logit.
"""


@dataclass(frozen=True)
class Example:
    """A question, what is weighed of it, and how much it counts."""

    text: str
    kind: str
    weighed: Weighed
    counts: float


@dataclass(frozen=True)
class Learnt:
    """What was learnt from examples: the letters of the weights, and the net."""

    letters: str
    net: Net


def learnt(examples: Sequence[Example]) -> Learnt:
    """Weights and net of examples."""
    from tests.bench import danger_learning as learning

    asked = learning.Asked.of(
        danger=[example.kind == "danger" for example in examples],
        counts=[example.counts for example in examples],
        offset=[example.weighed.fits * FITS_WHILE_LEARNING / FIFTHS for example in examples],
    )
    seen = Counter(mark for example in examples for mark in example.weighed.marks)
    places = [
        sorted({at for mark, at in example.weighed.marks.items() if seen[mark] >= SEEN})
        for example in examples
    ]
    questions = [example.weighed.words for example in examples]
    return Learnt(
        in_letters(learning.weights(places, asked, PLACES)),
        learning.learnt_net(questions, asked, FIFTHS),
    )


def in_letters(weight: Sequence[float]) -> str:
    """A letter for each place."""
    fifths = (max(-MOST, min(MOST, round(value * FIFTHS))) for value in weight)
    return "".join(chr(ord(NO_WEIGHT) + value) for value in fifths)


def written(letters: str) -> str:
    """The file: the letters in lines."""
    return f"{_HEAD}weights: >-\n" + textwrap.indent("\n".join(textwrap.wrap(letters, 98)), "  ")


def written_net(net: Net) -> str:
    """The file of a net: words in lines, and numbers that stand in a row as one text."""
    lines = [_HEAD_OF_THE_NET + f"places: {net.places}", "classes:"]
    for words in net.classes:
        lines += ["  - >-", *(f"    {line}" for line in textwrap.wrap(words, 96))]
    lines += ["centres:", *(f"  - {_row(row)}" for row in net.centres), "filters:"]
    for of_word in net.filters:
        lines += ["  -", *(f"    - {_row(row)}" for row in of_word)]
    for name in ("least", "largest", "total"):
        lines.append(f"{name}: {_row(getattr(net, name))}")
    return "\n".join([*lines, f"start: {net.start}", f"unit: {net.unit}", ""])


def _row(numbers: Iterable[int]) -> str:
    return f'"{" ".join(map(str, numbers))}"'


def examples_of(
    matcher: Matcher, questions: Iterable[Question], counts: float = COUNTS
) -> list[Example]:
    """Questions with what is weighed of them."""
    return [
        Example(question.text, question.kind, matcher.weighed(question.text), counts)
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


def weight_of(example: Example, told: Learnt) -> int:
    """What a question weighs with a frame that fits, in fifths of a logit."""
    places = {*example.weighed.marks.values()}
    marks = sum(ord(told.letters[place]) - ord(NO_WEIGHT) for place in places)
    return marks + told.net.weight(example.weighed.words) + FITS * example.weighed.fits


def _main(arguments: Sequence[str]) -> None:
    index = load(REPOSITORY / "resources.yaml", icons=icon_names())
    with blank_page() as page:
        matcher = Matcher(page, index)
        ours = [
            *examples_of(matcher, questions_of(QUESTIONS), counts=OURS),
            *examples_of(matcher, tried(), counts=PROMISED),
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
            print_thresholds(left_out, examples, learnt([*ours, *others]))
    else:
        every = [*ours, *(one for all_ in weighed.values() for one in all_)]
        told = learnt(every)
        WEIGHTS.write_text(written(told.letters) + "\n", "utf-8")
        NET.write_text(written_net(told.net), "utf-8")


def print_thresholds(name: str, examples: Sequence[Example], told: Learnt) -> None:
    """Print how many of danger and of none weigh as much as each threshold."""
    print(name)
    by_kind = {
        kind: [weight_of(one, told) for one in examples if one.kind == kind]
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
