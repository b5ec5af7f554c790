"""Addresses that may open for nobody but whoever wrote the page (``closed.yaml``)."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib import resources
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from linkindex.catalogue.addresses.wrapped import pattern_of_host
from linkindex.catalogue.problems import quoted
from linkindex.tables import table_of


class Closed(NamedTuple):
    """Why readers may not get in, and what to do."""

    what: str
    remedy: str


def closed(address: str) -> Closed | None:
    """Whether an address that may stand is of a form that asks readers to log in."""
    parts = urlsplit(address)
    host = (parts.hostname or "").rstrip(".")
    place = next((place for place in _places() if place.holds(host, parts.path)), None)
    if place is None:
        return None
    if place.own:
        return Closed(
            f"this address of {quoted(host)} is where somebody works who is logged in",
            "write the address of the page that readers see; a private window of the browser shows "
            "whether they do",
        )
    return Closed(
        f"this address of {quoted(host)} is that of a file that was shared, and may ask readers "
        "to log in",
        "open it in a private window of the browser; if that asks who you are, share it with "
        "anyone who has the link, or write the address of a public page",
    )


@dataclass(frozen=True)
class _Place:
    hosts: tuple[re.Pattern[str], ...]
    path: re.Pattern[str]
    own: bool

    def holds(self, host: str, path: str) -> bool:
        here = not self.hosts or any(pattern.fullmatch(host) for pattern in self.hosts)
        return here and self.path.match(path) is not None


@functools.cache
def written_places() -> tuple[dict[str, Any], ...]:
    """The forms of addresses as ``closed.yaml`` has them."""
    file = resources.files("linkindex.catalogue.addresses").joinpath("closed.yaml")
    return tuple(table_of(file.read_text("utf-8")))


@functools.cache
def _places() -> tuple[_Place, ...]:
    return tuple(
        _Place(
            tuple(map(pattern_of_host, entry.get("hosts", ()))),
            re.compile(entry.get("path", ""), re.IGNORECASE),
            bool(entry.get("own")),
        )
        for entry in written_places()
    )
