"""A line of ``resources.yaml`` by its parts: indentation, dash, key and value."""

from __future__ import annotations

import re
from typing import NamedTuple

from linkindex.catalogue.yaml.shape import KNOWN_KEYS

DASH_LIKE = "–—―−‒‐‑•·‣▪●◦○■□►➢❖\uf0b7\uf0a7\uf0d8\uf0fc*+"
"""Signs that are typed, or that Word makes, in place of the dash of a list; those from U+F000 on
are of its typefaces Symbol and Wingdings."""

_LINE = re.compile(
    rf"(?P<indent> *)(?:(?P<dash>[-{DASH_LIKE}])(?P<gap>[ \t\u00a0\u2002\u2003]+|$))?"
    r"(?:(?P<key>\w[\w-]*) *:(?=\s|$))?(?P<rest>.*)"
)
_STUCK_DASH = re.compile(rf" *(?P<dash>[-{DASH_LIKE}])(?P<key>[a-z][\w-]*):(?:\s|$)")
BLOCK = re.compile(r"[>|][-+0-9]{0,2}\s*(?:#.*)?$")
NO_COLON = re.compile(
    r"(?P<bold>\*\*)?(?P<key>[a-z][\w-]*)"
    r"(?(bold)(?::\*\*|\*\*:)\s*|(?:\s*[;=.：﹕∶]\s*|\s*:(?=\S)|\s+|$))"
)
"""A key without its colon, or with stars around it, as Markdown makes words bold."""
LIKELY_FIRST = frozenset({"id", "name", "term", "rule"})


class Line(NamedTuple):
    """A line by its parts; its number and its columns count from 0."""

    number: int
    indent: int
    dash: str
    key: str
    column: int
    """Of the key or text behind the dash."""
    value: str
    value_column: int

    @property
    def is_key(self) -> bool:
        """Whether it holds `key:`."""
        return bool(self.key)


def parsed(text: str, number: int) -> Line:
    """A line by its parts, read as if the space after its dash were not lost."""
    stuck = _STUCK_DASH.match(text)
    if stuck and stuck["key"] in KNOWN_KEYS:
        place = stuck.end("dash")
        text = f"{text[:place]} {text[place:]}"
    parts = _LINE.match(text)
    assert parts is not None  # noqa: S101 - every part of the pattern may be missing
    rest = parts["rest"]
    value = rest.lstrip(" ")
    return Line(
        number,
        len(parts["indent"]),
        parts["dash"] or "",
        parts["key"] or "",
        parts.start("key") if parts["key"] else parts.start("rest"),
        value.rstrip(),
        len(text) - len(value),
    )


def from_key_on(text: str, line: Line) -> str:
    """A line from its key or text on."""
    stuck = _STUCK_DASH.match(text)
    if stuck and stuck["key"] in KNOWN_KEYS and line.dash:
        return text[stuck.start("key") :]
    return text[line.column :]


def is_stuck(text: str) -> bool:
    """Whether the key of a line stands at its dash, without a space between them."""
    stuck = _STUCK_DASH.match(text)
    return stuck is not None and stuck["key"] in KNOWN_KEYS


def unstuck(text: str, line: Line) -> Line:
    """A line with its first sign as the dash of an entry, where no space stands behind that."""
    behind = line.indent + 1
    value = text[behind:].rstrip()
    return Line(line.number, line.indent, text[line.indent], "", behind, value, behind)
