"""The labelled pages: what an index expects, what was found, and what should be said of it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import yaml

from linkindex.links.danger import Danger, Identity, danger
from linkindex.links.page import PageText, read_text

FOLDER = Path(__file__).with_name("data")


class Case(NamedTuple):
    name: str
    expected: str | None
    identity: Identity
    final_address: str
    html: str

    @property
    def page(self) -> PageText:
        return read_text(self.html)

    @property
    def found(self) -> Danger | None:
        return danger(self.page, self.final_address, self.identity)


def cases(name: str) -> Iterator[Case]:
    """Every dangerous page against every entry, and every page that is in order."""
    data = yaml.safe_load((FOLDER / f"pages-{name}.yaml").read_text("utf-8"))
    for page in data["dangers"]:
        for entry in data["entries"]:
            yield _case(page["kind"], entry, page)
    for pair in data["fine"]:
        yield _case(None, pair["entry"], pair)


def danger_pages(name: str) -> Iterator[tuple[str, str, PageText]]:
    """The kind, the path where it ends, and the page of every danger."""
    data = yaml.safe_load((FOLDER / f"pages-{name}.yaml").read_text("utf-8"))
    for page in data["dangers"]:
        yield page["kind"], page.get("final", ""), read_text(as_html(page))


def _case(kind: str | None, entry: dict, page: dict) -> Case:
    about = " ".join([entry["summary"], *entry.get("keywords", [])])
    language = entry.get("language", "en")
    sells = entry.get("format") == "book" or "cost" in entry or "Paid." in entry["summary"]
    identity = Identity(entry["title"], entry["publisher"], about, entry["url"], language, sells)
    final = urljoin(entry["url"], page.get("final", ""))
    return Case(f"{page['title']} | {entry['title']}", kind, identity, final, as_html(page))


def as_html(page: dict) -> str:
    headings = "".join(f"<h1>{escape(text)}</h1>" for text in page.get("headings", []))
    scripts = "<script>go('casino')</script>" * page.get("scripts", 1)
    password = "<form><input type=password></form>" if page.get("password") else ""
    return (
        f"<!doctype html><html lang={page.get('lang', 'en')}><head><meta charset=utf-8>"
        f"<title>{escape(page['title'])}</title><style>.xxx{{}}</style>{scripts}</head>"
        f"<body>{headings}<p>{escape(page['text'])}</p>{password}</body></html>"
    )
