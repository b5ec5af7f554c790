"""One row a link, for spreadsheets (RFC 4180, with a byte order mark).

Excel reads a CSV file as UTF-8 only if it begins with a byte order mark.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from linkindex.cells import cell_text, is_formula
from linkindex.site.exports.public import PublicIndex, PublicLink, PublicNumber, PublicTopic

PATH = "data/links.csv"

COLUMNS: dict[str, Callable[[PublicTopic, PublicLink], object]] = {
    "code": lambda _, link: link.code,
    "topic": lambda topic, _: topic.title,
    "page of the topic": lambda topic, _: topic.page,
    "title": lambda _, link: link.title,
    "address": lambda _, link: link.url,
    "publisher": lambda _, link: link.publisher,
    "summary": lambda _, link: link.summary,
    "when to use it": lambda _, link: link.use_when,
    "minutes": lambda _, link: link.minutes,
    "for": lambda _, link: ", ".join(link.audiences),
    "format": lambda _, link: link.format,
    "where it holds": lambda _, link: ", ".join(link.nations),
    "language": lambda _, link: ", ".join(link.language),
    "also comes as": lambda _, link: ", ".join(link.accessible_as),
    "cost": lambda _, link: link.cost,
    "phone": lambda _, link: link.phone,
    "text": lambda _, link: link.text,
    "e-mail": lambda _, link: link.email,
    "added": lambda _, link: link.added,
    "reviewed by a person": lambda _, link: link.reviewed,
    "as of": lambda _, link: link.as_of,
    "known to hold until": lambda _, link: link.claim_until,
    "page on this site": lambda _, link: link.page,
}


OTHER_LANGUAGE = "in another language"
"""The last column, where texts are missing in the language of the file: `summary: en`."""

_OF_LINK = {
    "title": "title",
    "publisher": "publisher",
    "summary": "summary",
    "use_when": "when to use it",
}
"""What the columns of texts are called, by the key of each."""


def files(index: PublicIndex) -> dict[str, bytes]:
    """A table of every link, each once."""
    columns = dict(COLUMNS)
    if any(topic.texts_in or any(link.texts_in for link in topic.links) for topic in index.topics):
        columns[OTHER_LANGUAGE] = _in_another_language
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(columns)
    for topic in index.topics:
        for link in topic.links:
            writer.writerow([_cell(value(topic, link)) for value in columns.values()])
    return {PATH: table.getvalue().encode("utf-8-sig")}


def _in_another_language(topic: PublicTopic, link: PublicLink) -> str:
    of_topic, of_link = topic.texts_in or {}, link.texts_in or {}
    named = {"topic": of_topic.get("title")}
    named |= {_OF_LINK[key]: language for key, language in of_link.items()}
    return ", ".join(f"{column}: {language}" for column, language in named.items() if language)


def _cell(value: object) -> str:
    """What stands in a cell, so that a spreadsheet shows it as it is written.

    Dates and numbers are left to be that. A text that would be taken for one gets an apostrophe
    before it, as does what would be calculated. A number to call needs none: the catalogue has
    written it in groups, which makes a text of it.
    """
    if isinstance(value, PublicNumber):
        return f"'{value.number}" if is_formula(value.number) else value.number
    if not isinstance(value, str):
        return "" if value is None else str(value)
    return cell_text(value)
