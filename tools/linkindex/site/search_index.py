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

from linkindex.catalogue import Catalogue, Category, Phone, Resource, ShownCatalogue, telephone
from linkindex.catalogue.fields import names_of_language
from linkindex.site.search_words import plain_forms, variants

SYNONYMS = "syn"
SYNONYM_BOOST = 500
"""Half the boost that Material gives to titles (1000), and far above that of text (1)."""

CATEGORY_BOOST = 4
"""So that a category stands before its resources when both are found by its name."""

SEVERAL_LANGUAGES = "other languages"
"""The keyword of a link that comes in several languages. It is found by the names of those below,
since whoever looks for one of them had better see it than nothing."""

LANGUAGES_SPOKEN = (
    *("cy", "pl", "ro", "pa", "ur", "pt", "es", "ar", "bn", "gu", "it", "ta", "fr", "lt", "zh"),
    *("tr", "bg", "ru", "hu", "so", "fa", "el", "uk", "ku", "ps", "vi", "sq", "ti", "am", "sk"),
    *("cs", "hi", "ne", "lv", "yue", "ckb"),
)
"""Main languages besides English that are spoken most in England and Wales (Office for National
Statistics, Census 2021, TS024), and Welsh."""

Entry = dict[str, Any]


def with_catalogue(index: str, catalogue: ShownCatalogue, written: Iterable[str]) -> str:
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


def entries(catalogue: ShownCatalogue) -> list[Entry]:
    """One entry a category and one a resource."""
    return [
        *(
            _category_entry(category, [entry.term for entry in catalogue.glossary_of(category)])
            for category in catalogue.current_categories
        ),
        *(
            _resource_entry(resource, catalogue.home_of(resource))
            for resource in catalogue.current_resources
        ),
        *_urgent_entries(catalogue),
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


def _urgent_entries(catalogue: Catalogue) -> list[Entry]:
    """Urgent help, for those of its numbers that stand under no link."""
    under_links = {
        number
        for resource in catalogue.current_resources
        for number in _numbers(resource.phone, resource.text)
    }
    alone = [
        line
        for line in catalogue.urgent_help
        if not under_links.issuperset(_numbers(line.phone, line.text))
    ]
    if not alone:
        return []
    lines = [f"{line.name}. {line.when}." for line in alone]
    numbers = [form for line in alone for form in _numbers(line.phone, line.text)]
    return [_entry("urgent", "Urgent help", lines, numbers)]


def _numbers(*numbers: Phone | None) -> list[str]:
    """The numbers as people type them."""
    return [form for number in numbers if number for form in telephone.searched(number.number)]


def _resource_entry(resource: Resource, home: Category) -> Entry:
    words = (*resource.keywords, resource.publisher, home.title, home.full_title, *home.aliases)
    words = (*words, *_languages(resource), *_numbers(resource.phone, resource.text))
    about = f"{home.title} · {resource.publisher}"
    return _entry(
        f"r/{resource.code}",
        resource.title,
        [resource.summary, about],
        (*words, *plain_forms(words), *variants((resource.title, *resource.keywords))),
    )


def _languages(resource: Resource) -> list[str]:
    """What the languages of a resource are called; English goes without saying."""
    codes = [resource.language] if resource.language != "en" else []
    if SEVERAL_LANGUAGES in (keyword.casefold() for keyword in resource.keywords):
        codes.extend(LANGUAGES_SPOKEN)
    return [name for code in codes for name in names_of_language(code)]


def _entry(location: str, title: str, paragraphs: Iterable[str], words: Iterable[str]) -> Entry:
    return {
        "location": location,
        "title": html.escape(title),
        "text": "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs),
        SYNONYMS: " ".join(dict.fromkeys(words)),
    }
