"""What a build gives back: where the site is and what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class BuiltSite:
    """A site that was built.

    >>> # site = linkindex.build("resources.yaml", "site")
    >>> (site.folder / "index.html").is_file()
    True

    :ivar folder: where it stands.
    :ivar address: the address for which it was built, ending in a slash.
    :ivar pages: the address of each page, sorted. They are what a host answers once the folder is
        uploaded to it.
    :ivar cards: the files to print, sorted: PDF files, pictures and their ``manifest.json``.
    :ivar about_cards: what to tell whoever prints them, a sentence each.
    :ivar not_made: which files of cards are missing and why, in sentences; empty when all are there
        or none was asked for.
    """

    folder: Path
    address: str
    pages: tuple[str, ...]
    cards: tuple[Path, ...] = ()
    about_cards: tuple[str, ...] = ()
    not_made: tuple[str, ...] = ()
