"""What was made, file by file, with instructions for the printer in plain words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from linkindex.cards.edition import Edition

NAME = "manifest.json"


@dataclass(frozen=True)
class Made:
    """One file.

    :ivar pages: how many pages it has; none for a picture.
    :ivar paper: the paper to print on, or the size of a page.
    :ivar how: what to tell the printer.
    """

    name: str
    content: bytes
    format: str
    pages: int | None
    paper: str | None
    how: str


def manifest(files: Iterable[Made], edition: Edition) -> bytes:
    """Every file with its hash, edition, pages, paper and instructions, as JSON."""
    listed = {
        "edition": {"hash": edition.hash, "date": edition.date.isoformat()},
        "files": [_entry(made, edition) for made in sorted(files, key=lambda made: made.name)],
    }
    return json.dumps(listed, indent=1, ensure_ascii=False).encode() + b"\n"


def _entry(made: Made, edition: Edition) -> dict[str, object]:
    entry: dict[str, object] = {
        "name": made.name,
        "format": made.format,
        "sha256": hashlib.sha256(made.content).hexdigest(),
        "bytes": len(made.content),
        "edition": edition.hash,
    }
    if made.pages is not None:
        entry["pages"] = made.pages
    if made.paper is not None:
        entry["paper"] = made.paper
    entry["how_to_print"] = made.how
    return entry
