"""Which pages a practitioner's device stores for reading offline, if its owner asks for it.

They are the same for everybody, so what is stored says nothing about what was read.
"""

from __future__ import annotations

from linkindex.site.exports.json_text import json_bytes
from linkindex.site.exports.public import PublicIndex

PATH = "offline/pages.json"

MOST_CODES = 500
"""Codes of links, for other phones to scan, that are stored as well: each is under half a KB."""

_ALWAYS = ("", "all/", "urgent/", "safety/", "offline/")


def files(index: PublicIndex) -> dict[str, bytes]:
    """The pages and the codes to show, by their paths below the address of the site.

    Paths of pages end in a slash, and those of what a code opens name its file: every host answers
    these with the whole page.
    """
    codes = [topic.code for topic in index.topics]
    glossary = ["glossary/"] if index.glossary else []
    pages = [
        *_ALWAYS,
        *glossary,
        *(f"{code}/" for code in codes),
        *(f"q/{code}.html" for code in codes),
    ]
    links = [link.code for topic in index.topics for link in topic.links]
    shown = [*(f"q/{code}.png" for code in codes), *(f"r/{code}.png" for code in links)]
    return {PATH: json_bytes({"pages": pages, "files": shown[: len(codes) + MOST_CODES]})}
