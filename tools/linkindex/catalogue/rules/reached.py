"""How a link is reached: a page, a number or an address to write to, and what that asks of it."""

from __future__ import annotations

from collections.abc import Iterator

from linkindex.catalogue.kinds import Format
from linkindex.catalogue.model import (
    WAYS_TO_A_LINK,
)
from linkindex.catalogue.problems import Problem, quoted
from linkindex.catalogue.rules.tree import Entry, WrittenIndex
from linkindex.catalogue.yaml.shape import keys_of_links, meant_key

WITHOUT_A_PAGE = (Format.HELPLINE, Format.SERVICE)
"""What a link can be that opens no page."""


def reached(index: WrittenIndex) -> Iterator[Problem]:
    """Each link leads somewhere, and is called what it can be without a page."""
    for entry in index.resources:
        given = [way for way in WAYS_TO_A_LINK if entry.value.get(way) is not None]
        if "url" in given or _is_misspelt(entry):
            continue
        if not given:
            is_empty = "url" in entry.value
            what = (
                f"`url` of {_label(entry)} is empty"
                if is_empty
                else f"{_label(entry)} has no `url`"
            )
            first = "write the address" if is_empty else "add a line that begins with `url:`"
            remedy = f"{first}, or, if it has no web page, one with `phone:`, `text:` or `email:`"
            yield index.error(entry.place("url"), what, remedy)
            continue
        kind = entry.text("format")
        if kind in list(Format) and kind not in WITHOUT_A_PAGE:
            yield index.error(
                entry.place("format"),
                f"{_label(entry)} has no `url`, so it cannot be {quoted(kind)}",
                f"write `format: {Format.HELPLINE}` if people ring it for help, else "
                f"`format: {Format.SERVICE}`",
            )


def _is_misspelt(entry: Entry) -> bool:
    """Whether a key that nothing has was most likely meant for one of these."""
    known = keys_of_links()
    return any(meant_key(key, known) in WAYS_TO_A_LINK for key in entry.value if key not in known)


def _label(entry: Entry) -> str:
    return f"resource {quoted(entry.id)}" if entry.id else "this resource"
