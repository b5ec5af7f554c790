"""What is neutral where: for each thing that the program makes, what it shows of sensitive topics.

Published as ``data/neutral.json``, and held against everything that is made by the tests: a kind
of output that is not in this list fails them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

from linkindex.catalogue.telling import neutral_link
from linkindex.site.exports.json_text import json_bytes

PATH = "data/neutral.json"


class Shown(StrEnum):
    """How much of a sensitive topic or its links is shown."""

    PLAIN = "plain"
    """As in the catalogue: it is read on the spot."""
    NEUTRAL = "neutral"
    """By a code, and by a neutral title where there is one."""
    LEFT_OUT = "left-out"
    """Not at all."""


@dataclass(frozen=True)
class Output:
    """One kind of output, with the files in which it is found."""

    kind: str
    files: tuple[str, ...]
    topic: Shown
    links: Shown


OUTPUTS = (
    Output("address and file name", ("**",), Shown.NEUTRAL, Shown.NEUTRAL),
    Output("page title and preview", ("**/*.html",), Shown.NEUTRAL, Shown.NEUTRAL),
    Output("schema.org data of a page", ("**/*.html",), Shown.NEUTRAL, Shown.LEFT_OUT),
    Output("text of a page", ("**/*.html",), Shown.PLAIN, Shown.PLAIN),
    Output("page on paper", ("**/*.html",), Shown.NEUTRAL, Shown.NEUTRAL),
    Output("search", ("search/*.json",), Shown.PLAIN, Shown.PLAIN),
    Output("sitemap", ("sitemap.xml",), Shown.NEUTRAL, Shown.LEFT_OUT),
    Output("feed", ("feeds/*.xml", "feeds/*.json"), Shown.LEFT_OUT, Shown.LEFT_OUT),
    Output("list of feeds", ("feeds/*.opml",), Shown.LEFT_OUT, Shown.LEFT_OUT),
    Output("JSON", ("data/links.json",), Shown.NEUTRAL, Shown.NEUTRAL),
    Output("JSON Schema", ("data/*.schema.json",), Shown.LEFT_OUT, Shown.LEFT_OUT),
    Output("CSV", ("data/links.csv",), Shown.NEUTRAL, Shown.NEUTRAL),
    Output("OPML", ("data/links.opml",), Shown.NEUTRAL, Shown.LEFT_OUT),
    Output("bookmarks", ("data/bookmarks.htm",), Shown.NEUTRAL, Shown.LEFT_OUT),
    Output("text for assistants", ("llms.txt",), Shown.NEUTRAL, Shown.LEFT_OUT),
    Output("web app manifest", ("manifest.webmanifest",), Shown.LEFT_OUT, Shown.LEFT_OUT),
    Output("list of pages for offline reading", ("offline/*.json",), Shown.NEUTRAL, Shown.NEUTRAL),
    Output("page saved for offline reading", ("**/*.html",), Shown.PLAIN, Shown.PLAIN),
    Output("code to scan", ("q/*.png", "r/*.png"), Shown.NEUTRAL, Shown.NEUTRAL),
    Output(
        "printed card",
        # Other decks have folders of their own.
        ("cards/*.pdf", "cards/*.png", "cards/*.json", "cards/*/*.pdf", "cards/*/*.json"),
        Shown.NEUTRAL,
        Shown.LEFT_OUT,
    ),
    Output("this list", (PATH,), Shown.LEFT_OUT, Shown.LEFT_OUT),
)


def files(outputs: Iterable[Output] = OUTPUTS) -> dict[str, bytes]:
    """The list of outputs, the same for every index."""
    content = {
        "about": "What each kind of output shows of a sensitive topic and of its links: "
        "plain (as it is), neutral (a code, or a title that gives nothing away) or left-out.",
        "neutral_link_title": neutral_link(),
        "outputs": [asdict(output) for output in outputs],
    }
    return {PATH: json_bytes(content)}
