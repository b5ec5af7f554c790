"""How the weights and the net of danger are learnt. It needs the packages of ``learning.lock``.

The weights are those of a logistic regression on marks, learnt twice: once with a penalty on the
size of each, which leaves most of them at nothing; then, with those that are left, with one on
their squares.

The net (``linkindex.site.danger.net``) is learnt for itself, in three steps: with a row of numbers
of its own for each word that some questions hold; then the words that say most are sorted by their
rows into a few classes; then the rows of the classes and the filters are learnt on, with words
where they are.
What chance decides is drawn in the same way every time.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

# One thread, so that sums are made in one order.
os.environ.setdefault(
    "XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
)

import jax
import jax.numpy as jnp
import numpy as np
import optax
from scipy.sparse import csr_matrix

from linkindex.site.danger.net import WIDTH, Net, place_of

SPARING, PENALTY_OF_THE_FIRST, PENALTY = 12.0, 0.5, 2.0
STEPS = 150

KNOWN = 4
"""A word of fewer questions is of no class."""

KEPT = 3500
"""Words that are of a class: those that say most. Each costs some nine bits."""

CLASSES, DEPTH, FILTERS = 24, 6, 12
PLACES = 32_768
"""Places of words: of those that nothing is known of, every tenth lies on that of another."""

LONGEST = 80
"""Words of a question from which is learnt."""

LENGTHS = (10, 16, 32, LONGEST)
"""Questions up to each of these lengths are reckoned together."""

TOGETHER = 128
"""Questions that make one step."""

ROUNDS, RATE = 5, 3e-3
ROUNDS_OF_CLASSES, RATE_OF_CLASSES = 4, 1e-3
DECAY = 1e-4
MISSED = 0.3
"""The part of what filters say that is left out at random while they are learnt; of words, a third
of that."""

Numbers = dict[str, Any]
"""The numbers of a net while it is learnt, by name: ``rows`` of words or classes (the first is for
no word, the second for words of no class), ``filters``, ``least``, ``out`` and ``start``."""


@dataclass(frozen=True)
class Asked:
    """Questions as they are learnt from: what each of them is, in the order of the questions.

    ``offset`` is what a frame that fits weighs while weights are learnt, in logits. The net is
    learnt as if there were no frames: so it finds more where they are right, too.
    """

    danger: np.ndarray
    counts: np.ndarray
    offset: np.ndarray

    @classmethod
    def of(cls, danger: Sequence[bool], counts: Sequence[float], offset: Sequence[float]) -> Asked:
        """The same, of plain numbers."""
        return cls(*(np.array(one, float) for one in (danger, counts, offset)))


# --- Weights ---


def weights(places: Sequence[Sequence[int]], asked: Asked, many: int) -> np.ndarray:
    """The weight of each of so many places, in logits, by the places that questions have."""
    starts = np.cumsum([0, *map(len, places)])
    at = np.concatenate([np.asarray(one, int) for one in places])
    marks = csr_matrix((np.ones(len(at)), at, starts), shape=(len(places), many))
    first = _fitted(marks, asked, PENALTY_OF_THE_FIRST, SPARING)
    kept = np.flatnonzero(first)
    spread = np.zeros(many)
    spread[kept] = _fitted(marks[:, kept], asked, PENALTY)
    return spread


def _fitted(marks: csr_matrix, asked: Asked, penalty: float, sparing: float = 0.0) -> np.ndarray:
    """Weights by gradients that keep their pace (FISTA).

    :param penalty: on the squares of weights.
    :param sparing: a penalty on their sizes.
    """
    turned = marks.T.tocsr()
    along, size = np.ones(marks.shape[1]), 1.0
    for _ in range(15):  # how fast the slope may change: the largest eigenvalue, by its powers
        along = turned @ (asked.counts / 4 * (marks @ along))
        size = float(np.linalg.norm(along))
        along /= size
    step = 1 / (penalty + 1.05 * size)
    weight, ahead, pace = np.zeros(marks.shape[1]), np.zeros(marks.shape[1]), 1.0
    for _ in range(STEPS):
        odds = np.clip(asked.offset + marks @ ahead, -30, 30)
        wrong = asked.counts * (1 / (1 + np.exp(-odds)) - asked.danger)
        moved = ahead - step * (turned @ wrong + penalty * ahead)
        kept = np.sign(moved) * np.maximum(0, np.abs(moved) - step * sparing)
        if (ahead - kept) @ (kept - weight) > 0:
            pace = 1.0
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = kept + (pace - 1) / faster * (kept - weight)
        weight, pace = kept, faster
    return weight


# --- The net ---


def learnt_net(
    questions: Sequence[Sequence[str]], asked: Asked, fifths: float, seed: int = 0
) -> Net:
    """The net of questions, by the words of each.

    :param fifths: in so many fifths of a logit what it says is written.
    """
    seen = Counter(word for words in questions for word in {*words})
    known = sorted(word for word in seen if seen[word] >= KNOWN)
    numbers = _learnt(
        _begun(len(known) + 2, seed),
        _numbered(questions, {word: at for at, word in enumerate(known, start=2)}),
        asked,
        (ROUNDS, RATE, seed),
    )
    rows = np.array(numbers["rows"])
    often = np.sqrt([seen[word] for word in known])
    tells = often * np.linalg.norm(rows[2:] - rows[1], axis=1)
    kept = np.sort(np.argsort(-tells, kind="stable")[:KEPT])
    known = [known[at] for at in kept]
    centres, nearest = _classes(rows[2:][kept], often[kept], seed)

    # Where two words have one place, both are of the class of the one that comes more often.
    rarest_first = sorted(zip(known, nearest, strict=True), key=lambda one: (seen[one[0]], one[0]))
    owner = {place_of(word, PLACES): word for word, _ in rarest_first}
    class_at = {place_of(word, PLACES): int(number) for word, number in rarest_first}
    class_of = {word: class_at.get(place_of(word, PLACES), -1) + 2 for word in seen}
    numbers = _learnt(
        {**numbers, "rows": jnp.concatenate([jnp.array(rows[:2]), jnp.array(centres)])},
        _numbered(questions, class_of),
        asked,
        (ROUNDS_OF_CLASSES, RATE_OF_CLASSES, seed + 1),
    )
    members: list[list[str]] = [[] for _ in range(CLASSES)]
    for word in sorted(owner.values()):
        members[class_at[place_of(word, PLACES)]].append(word)
    return _whole(numbers, members, fifths)


def _begun(rows: int, seed: int) -> Numbers:
    chance = np.random.default_rng(seed)
    numbers = {
        "rows": chance.normal(size=(rows, DEPTH)) * 0.1,
        "filters": chance.normal(size=(WIDTH, DEPTH, FILTERS)) / np.sqrt(WIDTH * DEPTH),
        "least": np.zeros(FILTERS),
        "out": np.concatenate([chance.normal(size=FILTERS) * 0.1, np.zeros(FILTERS)]),
        "start": np.zeros(()),
    }
    return {name: jnp.array(value, jnp.float32) for name, value in numbers.items()}


def _numbered(questions: Sequence[Sequence[str]], number: dict[str, int]) -> np.ndarray:
    """A row a question: the numbers of its words, then noughts."""
    rows = np.zeros((len(questions), LONGEST), np.int32)
    for row, words in zip(rows, questions, strict=True):
        told = [number.get(word, 1) for word in words[:LONGEST]]
        row[: len(told)] = told
    return rows


def _said(numbers: Numbers, words: Any, missed: Callable[[Any, float], Any]) -> Any:
    """What the net says of questions, in logits; ``missed`` leaves a part of something out."""
    there = (words > 0).astype(jnp.float32)
    rows = numbers["rows"][words] * there[..., None]
    rows *= missed(there, MISSED / 3)[..., None]
    padded = jnp.pad(rows, ((0, 0), (0, WIDTH - 1), (0, 0)))
    long = words.shape[1]
    sums = sum(padded[:, at : at + long] @ numbers["filters"][at] for at in range(WIDTH))
    heard = jax.nn.relu(sums + numbers["least"]) * there[..., None]
    root = jnp.sqrt(1 + there.sum(1))[:, None]
    both = jnp.concatenate([heard.max(1), heard.sum(1) / root], 1)
    both *= missed(both, MISSED) / (1 - MISSED)
    return both @ numbers["out"] + numbers["start"]


def _loss(numbers: Numbers, words: Any, danger: Any, counts: Any, key: Any) -> Any:
    keys = iter(jax.random.split(key))

    def missed(of: Any, part: float) -> Any:
        return jax.random.bernoulli(next(keys), 1 - part, of.shape)

    odds = _said(numbers, words, missed)
    return (counts * optax.sigmoid_binary_cross_entropy(odds, danger)).mean()


def _learnt(
    numbers: Numbers, words: np.ndarray, asked: Asked, how: tuple[int, float, int]
) -> Numbers:
    """The numbers after so many rounds, at that rate, by chance of that seed."""
    rounds, rate, seed = how
    steps = rounds * (len(words) // TOGETHER)
    way = optax.adamw(optax.cosine_decay_schedule(rate, steps), weight_decay=DECAY)

    @jax.jit
    def step(numbers: Numbers, state: Any, key: Any, *told: Any) -> tuple[Numbers, Any]:
        slope = jax.grad(_loss)(numbers, *told, key)
        change, state = way.update(slope, state, numbers)
        return optax.apply_updates(numbers, change), state

    told = [value.astype(np.float32) for value in (asked.danger, asked.counts / 2)]
    long = (words > 0).sum(1)
    state = way.init(numbers)
    chance, key = np.random.default_rng(seed), jax.random.PRNGKey(seed)
    for _ in range(rounds):
        for some, most in _batches(long, chance):
            key, one = jax.random.split(key)
            numbers, state = step(
                numbers, state, one, words[some, :most], *(value[some] for value in told)
            )
    return numbers


def _batches(long: np.ndarray, chance: np.random.Generator) -> list[tuple[np.ndarray, int]]:
    """Questions in any order, as many together as make a step, and the longest there may be."""
    order, made, least = chance.permutation(len(long)), [], 0
    for most in LENGTHS:
        of_length = order[(long[order] > least) & (long[order] <= most)]
        starts = range(0, len(of_length) - TOGETHER + 1, TOGETHER)
        made += [(of_length[start : start + TOGETHER], most) for start in starts]
        least = most
    return [made[at] for at in chance.permutation(len(made))]


def _classes(rows: np.ndarray, often: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The middle of each class, and the class of each row (k-means)."""
    chance = np.random.default_rng(seed)
    draw = partial(chance.choice, len(rows))
    centres = rows[[draw(p=often / often.sum())]]
    for _ in range(CLASSES - 1):
        far = often * _far(rows, centres).min(1)
        centres = np.concatenate([centres, rows[[draw(p=far / far.sum())]]])
    nearest = _far(rows, centres).argmin(1)
    for _ in range(40):
        for number in range(CLASSES):
            if often[nearest == number].any():
                of_class = nearest == number
                centres[number] = np.average(rows[of_class], axis=0, weights=often[of_class])
        nearest = _far(rows, centres).argmin(1)
    return centres, nearest


def _far(rows: np.ndarray, centres: np.ndarray) -> np.ndarray:
    return ((rows[:, None] - centres[None]) ** 2).sum(2)


def _whole(numbers: Numbers, members: Sequence[Sequence[str]], fifths: float) -> Net:
    """The net in whole numbers: rows up to 15 with few beyond, filters up to 31, the rest 63."""
    of = {name: np.array(value, float) for name, value in numbers.items()}
    of_rows = 15 / np.quantile(np.abs(of["rows"][1:]), 0.999)
    of_filters = 31 / np.abs(of["filters"]).max()
    of_out = 63 / np.abs(of["out"]).max()
    out = np.rint(of["out"] * of_out).astype(int).tolist()
    return Net(
        places=PLACES,
        classes=tuple(map(" ".join, members)),
        centres=np.rint(of["rows"][1:] * of_rows).astype(int).tolist(),
        filters=np.rint(of["filters"] * of_filters).astype(int).transpose(0, 2, 1).tolist(),
        least=np.rint(of["least"] * of_rows * of_filters).astype(int).tolist(),
        largest=out[:FILTERS],
        total=out[FILTERS:],
        start=round(float(of["start"]) * of_rows * of_filters * of_out),
        unit=round(of_rows * of_filters * of_out / fifths),
    )
