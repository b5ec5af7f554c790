"""The files that the search of a site fetches when it is first used.

Every reader fetches the same files in the same order, whatever is typed: the host learns no word.
Links are written column by column, and in parts: titles first, by which an early question is
answered, then what words mean, and the words of each next thousand. All is packed (``packed.py``).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from linkindex.catalogue import ShownCatalogue
from linkindex.site.search.documents import Document, languages_spoken, links, pages, topics
from linkindex.site.search.learning import asked_words
from linkindex.site.search.packed import packed_first, packed_meanings, packed_words
from linkindex.site.search.ranking import ranking, strange_words
from linkindex.site.search.vectors import WordVectors, entry_vectors, told_of, word_vectors
from linkindex.site.search.words import word_data

FOLDER = "search"
FIRST = f"{FOLDER}/index.json"
MEANINGS = "meanings.json"

IN_ONE_PART = 1000
"""Links whose words come in one file."""

IN_MANY = 160
"""A word in the summary of more than one link in so many tells little, and is left out."""

IN_FEW = 3
"""A word in fewer links than these is kept in any index."""


def search_files(
    catalogue: ShownCatalogue, written: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The content of each file by its path on the site.

    :param written: the titles of the pages that people wrote, by their addresses below the site.
    """
    return files_of(search_content(catalogue, written))


def files_of(content: Mapping[str, Any]) -> dict[str, str]:
    """The files that tell the search what ``search_content`` says."""
    topics = content["links"]["topic"]
    first = packed_first(content, in_one_part=not content["parts"])
    files = {FIRST: _written(first)}
    if content["meanings"]:
        files[f"{FOLDER}/{MEANINGS}"] = _written(packed_meanings(content["vectors"]))
    topics = topics[len(content["words"]["names"]) :]
    for name, part in zip(content["parts"], content["others"], strict=True):
        files[f"{FOLDER}/{name}"] = _written(packed_words(part, topics, content["several"]))
        topics = topics[len(part["names"]) :]
    return files


def search_content(
    catalogue: ShownCatalogue,
    written: Mapping[str, str] | None = None,
    known: WordVectors | None = None,
) -> dict[str, Any]:
    """What the search is told of an index, before it is packed: ``others`` are its later parts.

    :param known: the vectors of words, if not those that ship.
    """
    known = known or word_vectors()
    of_topics, of_links = _asked(catalogue)
    all_topics = _taught(topics(catalogue), of_topics, known)
    all_links = _taught(links(catalogue), of_links, known)
    listed = _without_common_words(all_links)
    data = word_data()
    parts = [listed[at : at + IN_ONE_PART] for at in range(0, len(listed), IN_ONE_PART)]
    # Where there are many, titles come first and alone, so that they are soon searched.
    first, others = ((), parts) if len(parts) > 1 else (listed, ())
    return {
        "small": " ".join(data.small),
        "common": " ".join(data.common),
        "ranking": ranking().model_dump(),
        "elsewhere": strange_words(),
        "spellings": [" ".join(pair) for pair in data.spellings],
        "families": [" ".join(family) for family in data.families],
        "topics": all_topics,
        "meanings": MEANINGS if known else None,
        "vectors": {
            **told_of(known),
            "topics": entry_vectors(all_topics, of_topics, known),
            "links": entry_vectors(all_links, of_links, known),
        },
        "several": languages_spoken(),
        "links": _titles(listed),
        "pages": pages(catalogue, written or {}),
        "parts": [f"words-{number}.json" for number, _ in enumerate(others, start=1)],
        "words": _words(first),
        "others": [_words(part) for part in others],
    }


def _asked(catalogue: ShownCatalogue) -> tuple[list[list[str]], list[list[str]]]:
    """The questions that each current topic answers, and each link."""
    topics, links = catalogue.current_categories, catalogue.current_resources
    ids = [*(topic.id for topic in topics), *(link.id for link in links)]
    asked: dict[str, list[str]] = {id_: [] for id_ in ids}
    for question in catalogue.questions:
        for answer in question.answers:
            if answer in asked:
                asked[answer].append(question.text)
    told = [*asked.values()]
    return told[: len(topics)], told[len(topics) :]


def _taught(
    documents: Sequence[Document], asked: Sequence[Sequence[str]], known: WordVectors | None
) -> list[Document]:
    """Topics or links with the words that are asked of them."""
    learnt = asked_words(documents, asked, known.rows if known else ())
    return [{**document, "asked": told} for document, told in zip(documents, learnt, strict=True)]


def _without_common_words(listed: Sequence[Document]) -> list[Document]:
    seen = Counter(word for link in listed for word in _found_by(link))
    most = max(IN_FEW, len(listed) // IN_MANY)
    return [
        {
            **link,
            "about": " ".join(word for word in link.get("about", "").split() if seen[word] < most),
        }
        for link in listed
    ]


def _found_by(link: Document) -> set[str]:
    return {*link.get("about", "").split(), *link.get("names", "").split()}


def _titles(listed: Sequence[Document]) -> dict[str, Any]:
    publishers = list(dict.fromkeys(link["publisher"] for link in listed))
    places = list(dict.fromkeys(" ".join(link["nations"]) for link in listed))
    readers = list(dict.fromkeys(" ".join(link["audiences"]) for link in listed))
    publisher_at = {publisher: at for at, publisher in enumerate(publishers)}
    languages = _sparse(listed, "lang")
    return {
        **({"lang": languages} if languages else {}),
        "code": "".join(link["code"] for link in listed),
        "topic": [link["topic"] for link in listed],
        "title": [link["title"] for link in listed],
        "publishers": publishers,
        "publisher": [publisher_at[link["publisher"]] for link in listed],
        "places": places,
        "nations": [places.index(" ".join(link["nations"])) for link in listed],
        "readers": readers,
        "audiences": [readers.index(" ".join(link["audiences"])) for link in listed],
        "call": _sparse(listed, "call"),
        "text": _sparse(listed, "text"),
    }


def _words(part: Sequence[Document]) -> dict[str, list[str]]:
    return {name: [link.get(name, "") for link in part] for name in ("names", "about", "asked")}


def _sparse(listed: Sequence[Document], name: str) -> dict[int, str]:
    return {at: link[name] for at, link in enumerate(listed) if name in link}


def _written(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
