"""What Material's search looks through: one entry a resource, with the words people type.

Material reads ``search/search_index.json``: ``config`` with the fields that are searched, and
``docs`` with ``location``, ``title`` and ``text`` as HTML. Any field named in ``config.fields`` is
searched and none but those three is shown, so synonyms go into a field of their own. There is no
stemmer: Material adds a wildcard to each word, and wildcarded words are not stemmed.
"""

from __future__ import annotations

import html
import json
import unicodedata
from collections.abc import Iterable
from typing import Any

from linkindex.catalogue import Catalogue, Category, Resource
from linkindex.site.search_words import plain_forms, variants

SYNONYMS = "syn"
SYNONYM_BOOST = 500
"""Half the boost that Material gives to titles (1000), and far above that of text (1)."""

CATEGORY_BOOST = 4
"""So that a category stands before its resources when both are found by its name."""

Entry = dict[str, Any]


def with_catalogue(index: str, catalogue: Catalogue, written: Iterable[str]) -> str:
    """The theme's index with its generated pages replaced by entries from the catalogue.

    :param index: the JSON that the theme wrote.
    :param written: the locations of the pages that people wrote, such as ``about/``.
    """
    data = json.loads(index)
    data["config"]["fields"][SYNONYMS] = {"boost": SYNONYM_BOOST}
    kept = set(written)
    data["docs"] = [
        *entries(catalogue),
        *(
            {**entry, SYNONYMS: " ".join(variants([html.unescape(entry["title"])]))}
            for entry in data["docs"]
            if entry["location"].partition("#")[0] in kept
        ),
    ]
    # One spelling of each letter, as assets/search.js makes of what is typed.
    return unicodedata.normalize("NFC", json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def entries(catalogue: Catalogue) -> list[Entry]:
    """One entry a category and one a resource."""
    return [
        *(
            _category_entry(category, [one.term for one in catalogue.glossary_of(category)])
            for category in catalogue.current_categories
        ),
        *(
            _resource_entry(resource, catalogue.home_of(resource))
            for resource in catalogue.current_resources
        ),
    ]


def _category_entry(category: Category, short_forms: Iterable[str]) -> Entry:
    names = (category.title, category.full_title, *category.aliases)
    words = (category.full_title, *category.aliases, *category.keywords, *short_forms)
    entry = _entry(
        f"{category.code}/",
        category.title,
        [category.summary],
        (*words, *variants((*names, *category.keywords))),
    )
    return {**entry, "boost": CATEGORY_BOOST}


def _resource_entry(resource: Resource, home: Category) -> Entry:
    words = (*resource.keywords, resource.publisher, home.title, home.full_title, *home.aliases)
    about = f"{home.title} · {resource.publisher}"
    return _entry(
        f"r/{resource.code}/",
        resource.title,
        [resource.summary, about],
        (*words, *plain_forms(words), *variants((resource.title, *resource.keywords))),
    )


def _entry(location: str, title: str, paragraphs: Iterable[str], words: Iterable[str]) -> Entry:
    return {
        "location": location,
        "title": html.escape(title),
        "text": "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs),
        SYNONYMS: " ".join(dict.fromkeys(words)),
    }
