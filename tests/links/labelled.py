"""The labelled pages: what an index expects, what was found, and what should be said of it.

``data/tuned-on`` are the sets of pages that the rules were made from, ``data/held-out`` those by
which they are measured.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import yaml

from linkindex.links.pages.danger import Danger, danger
from linkindex.links.pages.html import PageText, read_text
from linkindex.links.pages.identity import Identity

FOLDER = Path(__file__).with_name("data")


class Case(NamedTuple):
    """One page in the place of one entry, what it is (``None``: in order) and what was found."""

    name: str
    expected: str | None
    found: Danger | None


@functools.cache
def judged(part: str) -> tuple[Case, ...]:
    """Every dangerous page against every entry of its set, and every page that is in order."""
    return tuple(
        case
        for data in _sets(part)
        for case in (
            *(
                _case(page["kind"], entry, page, read)
                for page in data["dangers"]
                for read in (read_text(as_html(page)),)
                for entry in data["entries"]
            ),
            *(_case(None, pair["entry"], pair, read_text(as_html(pair))) for pair in data["fine"]),
        )
    )


def danger_pages(part: str) -> Iterator[tuple[str, str, PageText]]:
    """The kind, the path where it ends, and the page of every danger."""
    for data in _sets(part):
        for page in data["dangers"]:
            yield page["kind"], page.get("final", ""), read_text(as_html(page))


def _sets(part: str) -> Iterator[dict]:
    for path in sorted((FOLDER / part).glob("*.yaml")):
        yield yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)


def _case(kind: str | None, entry: dict, page: dict, read: PageText) -> Case:
    about = " ".join([entry["summary"], *entry.get("keywords", [])])
    language = entry.get("language", "en")
    sells = entry.get("format") == "book" or "cost" in entry or "Paid." in entry["summary"]
    identity = Identity(entry["title"], entry["publisher"], about, entry["url"], language, sells)
    final = urljoin(entry["url"], page.get("final", ""))
    found = danger(read, final, identity)
    return Case(f"{page['title']} | {entry['title']}", kind, found)


def as_html(page: dict) -> str:
    headings = "".join(f"<h1>{escape(text)}</h1>" for text in page.get("headings", []))
    scripts = "<script>go('casino')</script>" * page.get("scripts", 1)
    password = "<form><input type=password></form>" if page.get("password") else ""
    return (
        f"<!doctype html><html lang={page.get('lang', 'en')}><head><meta charset=utf-8>"
        f"<title>{escape(page['title'])}</title><style>.xxx{{}}</style>{scripts}</head>"
        f"<body>{headings}<p>{escape(page['text'])}</p>{password}</body></html>"
    )
