"""One row a link, for spreadsheets (RFC 4180, with a byte order mark).

Excel reads a CSV file as UTF-8 only if it begins with a byte order mark.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

from linkindex.site.exports.public import PublicIndex, PublicLink, PublicTopic

PATH = "data/links.csv"

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")
"""How a cell begins that a spreadsheet would calculate (OWASP, 'CSV injection')."""

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
    "phone": lambda _, link: link.phone.number if link.phone else None,
    "text": lambda _, link: link.text.number if link.text else None,
    "added": lambda _, link: link.added,
    "reviewed by a person": lambda _, link: link.reviewed,
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
    text = "" if value is None else str(value)
    return f"'{text}" if _FORMULA.match(text) else text
