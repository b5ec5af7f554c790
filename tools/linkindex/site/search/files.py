"""The files that the search of a site fetches when it is first used.

Every reader fetches the same files in the same order, whatever is typed: the host learns no word.
Links are written column by column, and in parts: titles first, by which an early question is
answered, and then the words of each next thousand. All of it is packed (``packed.py``).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from linkindex.catalogue import ShownCatalogue
from linkindex.site.search.documents import Document, languages_spoken, links, pages, topics
from linkindex.site.search.learning import asked_words
from linkindex.site.search.packed import packed_first, packed_words
from linkindex.site.search.ranking import ranking, strange_words
from linkindex.site.search.words import word_data

FOLDER = "search"
FIRST = f"{FOLDER}/index.json"

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
    topics = topics[len(content["words"]["names"]) :]
    for name, part in zip(content["parts"], content["others"], strict=True):
        files[f"{FOLDER}/{name}"] = _written(packed_words(part, topics, content["several"]))
        topics = topics[len(part["names"]) :]
    return files


def search_content(
    catalogue: ShownCatalogue, written: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What the search is told of an index, before it is packed: ``others`` are its later parts."""
    found, unasked = links(catalogue), topics(catalogue)
    asked = asked_words(catalogue, unasked, found)
    listed = _without_common_words(
        [{**link, "asked": told} for link, told in zip(found, asked.links, strict=True)]
    )
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
        "topics": [
            {**topic, "asked": told} for topic, told in zip(unasked, asked.topics, strict=True)
        ],
        "several": languages_spoken(),
        "links": _titles(listed),
        "pages": pages(catalogue, written or {}),
        "parts": [f"words-{number}.json" for number, _ in enumerate(others, start=1)],
        "words": _words(first),
        "others": [_words(part) for part in others],
    }


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
