"""One row a link, for spreadsheets (RFC 4180, with a byte order mark).

Excel reads a CSV file as UTF-8 only if it begins with a byte order mark.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

from linkindex.site.exports.public import PublicIndex, PublicLink, PublicNumber, PublicTopic

PATH = "data/links.csv"

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")
"""How a cell begins that a spreadsheet would calculate (OWASP, 'CSV injection')."""

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_CHANGED = re.compile(
    rf"""
    0\d+ | \d{{16,}}                                   # the first zeros, and digits past the 15th
    | [£$€(]?\s?\d[\d,\s]*(?:\.\d*)?\s?[%£€)]?         # but for a plain number, below
    | \.\d+ | \d+(?:\.\d*)?e[+-]?\d+ | \d+\s\d+/\d+
    | \d{{1,4}}(?:[-/.:]\d{{1,4}}){{1,2}}(?:\s?[ap]m)?
    | \d{{1,2}}\s?[ap]m
    | (?:\d{{1,2}}[\s-]?)?{_MONTH}[\s.-]*\d{{1,4}}(?:,?\s\d{{4}})?
    | \d{{1,2}}[\s-]?{_MONTH}(?:[\s.-]+\d{{2,4}})?
    | true | false
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PLAIN = re.compile(r"0|[1-9]\d{0,14}")
"""A number that every spreadsheet shows as it was written."""

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
    "language": lambda _, link: link.language,
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


def files(index: PublicIndex) -> dict[str, bytes]:
    """A table of every link, each once."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for topic in index.topics:
        for link in topic.links:
            writer.writerow([_cell(value(topic, link)) for value in COLUMNS.values()])
    return {PATH: table.getvalue().encode("utf-8-sig")}


def _cell(value: object) -> str:
    """What stands in a cell, so that a spreadsheet shows it as it is written.

    Dates and numbers are left to be that. A text that would be taken for one gets an apostrophe
    before it, as does what would be calculated. A number to call needs none: the catalogue has
    written it in groups, which makes a text of it.
    """
    if isinstance(value, PublicNumber):
        return f"'{value.number}" if _FORMULA.match(value.number) else value.number
    if not isinstance(value, str):
        return "" if value is None else str(value)
    changed = _CHANGED.fullmatch(value) and not _PLAIN.fullmatch(value)
    return f"'{value}" if changed or _FORMULA.match(value) else value
