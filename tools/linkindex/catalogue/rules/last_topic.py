"""What was put at the end of the file, and so stands in its last topic unmeant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Set
from itertools import takewhile
from typing import NamedTuple

from linkindex.catalogue.problems import Problem, quoted
from linkindex.catalogue.rules.age import age_of
from linkindex.catalogue.rules.tree import Entry, WrittenIndex, day_of, text_of, texts_of

NEW_FOR = 14
"""Days for which a link counts as new where no ledger tells what was published."""

FEWEST_SHARED = 2
"""Words of one topic that a link has, and by how many more than of any other."""

MOST_WITH_A_WORD = 5
"""Links with a word that tells a topic, in a small index."""


def at_the_end(index: WrittenIndex) -> Iterator[Problem]:
    """A new link at the end of the file speaks of its topic, or somebody is asked."""
    if len(index.categories) < 2:
        return
    last = index.categories[-1]
    own = [entry for entry in index.resources if entry.home is last.value]
    own = [entry for entry in own if _is_written_here(index, entry)]
    new = list(takewhile(lambda entry: _is_new(index, entry), reversed(own)))
    if not new or not any(category.id for category in index.categories):
        return
    told = {category.id: _words_of(category) for category in index.categories if category.id}
    usual = _usual(index.resources)
    for entry in new:
        found = likeliest(_words_of_link(entry), told, usual)
        if found is None or found.topic == last.id or found.of.get(last.id or ""):
            continue
        if found.topic in {name for name, _ in texts_of(entry.value, "also_in")}:
            continue  # Somebody has thought of both.
        shared = ", ".join(sorted(found.of[found.topic])[:3])
        yield index.warning(
            entry.place("id"),
            f"this link was put at the end of the file, so it stands in {quoted(last.id)}, and its "
            f"words are those of {quoted(found.topic)} ({shared})",
            f"move it with `linkindex move {entry.id} {found.topic}`, unless it is right here",
        )


class Likeliest(NamedTuple):
    """The topic whose words a link has most of.

    :ivar of: the words that it shares with each topic.
    """

    topic: str
    of: Mapping[str, set[str]]


def likeliest(words: Set[str], told: Mapping[str, Set[str]], usual: Set[str]) -> Likeliest | None:
    """Which topic a link most likely belongs to; none where its words leave that open.

    :param told: the words of each topic. What two topics have in common tells of neither.
    :param usual: words that many links have.
    """
    in_topics = Counter(word for each in told.values() for word in each)
    shared = {
        name: {word for word in words & each if in_topics[word] == 1 and word not in usual}
        for name, each in told.items()
    }
    best, *others = sorted(shared, key=lambda name: -len(shared[name]))
    lead = len(shared[best]) - max((len(shared[name]) for name in others), default=0)
    enough = len(shared[best]) >= FEWEST_SHARED and lead >= FEWEST_SHARED
    return Likeliest(best, shared) if enough else None


def _usual(links: Collection[Entry]) -> frozenset[str]:
    """Words that more links have than a topic has."""
    counts = Counter(word for link in links for word in _words_of_link(link))
    most = max(MOST_WITH_A_WORD, len(links) // 40)
    return frozenset(word for word, count in counts.items() if count > most)


def _words_of_link(entry: Entry) -> set[str]:
    words = _words(" ".join(filter(None, map(entry.text, ("title", "summary", "use_when")))))
    return words | _words(" ".join(word for word, _ in texts_of(entry.value, "keywords")))


def _is_written_here(index: WrittenIndex, entry: Entry) -> bool:
    """Whether an entry stands in this file, where somebody may have put it at the end."""
    return index.own_lines is None or entry.value.place.line <= index.own_lines


def _is_new(index: WrittenIndex, entry: Entry) -> bool:
    if index.ledger or index.there:
        return age_of(index, entry).published == 2
    added = day_of(entry.text("added"))
    return added is not None and (index.today - added).days <= NEW_FOR


def _words_of(category: Entry) -> frozenset[str]:
    names = [text_of(category.value, key) or "" for key in ("title", "full_title")]
    listed = (word for key in ("aliases", "keywords") for word, _ in texts_of(category.value, key))
    return frozenset(_words(" ".join((*names, *listed))))


def _words(text: str) -> set[str]:
    return {word.removesuffix("s") for word in re.findall(r"[^\W\d_]{5,}", text.casefold())}
