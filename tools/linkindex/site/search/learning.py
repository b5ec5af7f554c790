"""Which words speak for a link or a topic, learnt from questions that it answers.

An entry has words of its own: its title, other names, summary. People who need it write others.
From the questions of ``questions.csv`` those words are kept that are asked of an entry more often
than of the others of its topic, and that it does not hold already. ``assets/search/engine.js``
weighs them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from linkindex.catalogue import ShownCatalogue
from linkindex.site.search.documents import Document
from linkindex.site.search.words import word_data, words

LEAST_TOLD = 1.5
"""How much a word must say of an entry among those of its topic to be kept, in nats: how often it
is asked of the entry, times the logarithm of how much more often that is than of the whole topic,
each beside all that is asked of it and its own words."""

LEAST_TOLD_OF_ALL = 5.0
"""How much it must say of it among all entries, in the same way.
Without this limit 18,000 words of the index that ships would be kept instead of 6,600. Of questions
that were left out, 57 of 100 would find first what they should instead of 54, and the search would
weigh 12 KB more."""

FEWEST_TIMES = 3
"""A word that comes in fewer answers than these may be there by chance."""


class Asked(NamedTuple):
    """The words that are asked of each topic and each link, in their order, with spaces between."""

    topics: list[str]
    links: list[str]


def asked_words(
    catalogue: ShownCatalogue, topics: Sequence[Document], links: Sequence[Document]
) -> Asked:
    """What was learnt of the current topics and links of an index."""
    place = {category.id: at for at, category in enumerate(catalogue.current_categories)}
    ids = [*place, *(resource.id for resource in catalogue.current_resources)]
    entry = {id_: at for at, id_ in enumerate(ids)}
    topic_of = [*range(len(topics)), *(link["topic"] for link in links)]
    counts, times = _counted(catalogue, entry)
    own = [_own_words(document) for document in (*topics, *links)]
    masses = [count.total() + len(held) for count, held in zip(counts, own, strict=True)]
    topic_masses = [0] * len(topics)
    of_topic: list[Counter[str]] = [Counter() for _ in topics]
    for topic, count, mass in zip(topic_of, counts, masses, strict=True):
        of_topic[topic].update(count)
        topic_masses[topic] += mass

    of_all: Counter[str] = sum(of_topic, Counter())
    all_masses = sum(masses)

    def tells(at: int, word: str, often: int) -> bool:
        topic = topic_of[at]
        share = often / masses[at]
        among_topic = often * math.log(share / (of_topic[topic][word] / topic_masses[topic]))
        among_all = often * math.log(share / (of_all[word] / all_masses))
        return among_topic >= LEAST_TOLD and among_all >= LEAST_TOLD_OF_ALL

    kept = [
        " ".join(
            word
            for word, often in sorted(count.items())
            if word not in held and times[word] >= FEWEST_TIMES
            if tells(at, word, often)
        )
        for at, (count, held) in enumerate(zip(counts, own, strict=True))
    ]
    return Asked(kept[: len(topics)], kept[len(topics) :])


def _counted(
    catalogue: ShownCatalogue, entry: dict[str, int]
) -> tuple[list[Counter[str]], Counter[str]]:
    """How often each word is asked of each entry, and how often of any."""
    small = {*word_data().small}
    counts: list[Counter[str]] = [Counter() for _ in entry]
    times: Counter[str] = Counter()
    for question in catalogue.questions:
        asked = {word for word in words(question.text) if word not in small and not _is_short(word)}
        for answer in question.answers:
            if answer in entry:
                counts[entry[answer]].update(asked)
                times.update(asked)
    return counts, times


def _is_short(word: str) -> bool:
    """Numbers of one or two digits count as small words."""
    return len(word) < 3 and word.isdigit()


_SHOWN = ("title", "full", "publisher", "names", "about", "sayings")


def _own_words(entry: Document) -> set[str]:
    return {word for name in _SHOWN for text in _texts(entry.get(name, "")) for word in words(text)}


def _texts(value: str | Iterable[str]) -> Iterable[str]:
    return [value] if isinstance(value, str) else value
