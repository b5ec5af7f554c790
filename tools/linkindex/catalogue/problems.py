"""What can be wrong with an index, and how it is said."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """Whether a problem stops the build."""

    ERROR = "error"
    WARNING = "warning"


class Place(NamedTuple):
    """A place in the file; both count from 1."""

    line: int
    column: int


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong: where, what, and what to do about it.

    Lines and columns count from 1.

    >>> problem = linkindex.check("wrong.yaml")[0]
    >>> problem.line, problem.severity.value, problem.remedy
    (41, 'error', 'did you mean `guide`?')
    """

    file: str
    line: int
    column: int
    what: str
    remedy: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        warning = "warning: " if self.severity is Severity.WARNING else ""
        return f"{self.file}:{self.line}:{self.column}: {warning}{self.what}; {self.remedy}"

    def as_annotation(self) -> str:
        """The problem as a GitHub Actions workflow command, shown beside the line of a diff.

        Escapes as in actions/toolkit, packages/core/src/command.ts.
        """
        place = f"file={_property(self.file)},line={self.line},col={self.column}"
        return f"::{self.severity} {place}::{_data(f'{self.what}; {self.remedy}')}"


class LinkIndexError(Exception):
    """Base of everything that a user can put right: its text is one clear sentence a line.

    >>> try:
    ...     linkindex.load("wrong.yaml")
    ... except linkindex.LinkIndexError as error:
    ...     print(error)
    wrong.yaml:41:9: `giude` is not a known value of `format`; did you mean `guide`?
    """


class CatalogueError(LinkIndexError):
    """The catalogue has errors; ``problems`` holds all of them, warnings included."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a misspelt one most likely stands for, if any is near."""
    matches = difflib.get_close_matches(word.lower()[:60], list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def nearest_names(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known names of several words that are likest to one: by shared words, then by spelling.

    :param name: words with hyphens between them, such as ``heart-hand``.
    """
    parts = set(name.lower().split("-"))
    names = sorted(known)
    shared = {one: len(parts.intersection(one.split("-"))) for one in names}
    likeness = difflib.SequenceMatcher(b=name.lower()[:60])

    def ratio(one: str) -> float:
        likeness.set_seq1(one)
        return likeness.ratio()

    akin = sorted((one for one in names if shared[one]), key=lambda o: (-shared[o], -ratio(o)))
    spelt = difflib.get_close_matches(name.lower()[:60], names, n=most)
    return list(dict.fromkeys([*akin, *spelt]))[:most]


MOST_CHOICES = 21
"""Choices that are listed: a resource has so many keys."""


def suggestion(word: str, known: Iterable[str], otherwise: str = "remove it") -> str:
    """What to write in place of an unknown word."""
    words = list(known)
    close = nearest(word, words)
    if close:
        return f"did you mean {quoted(close)}?"
    if 0 < len(words) <= MOST_CHOICES:
        return f"use one of: {', '.join(words)}"
    return otherwise


INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060\u2066-\u2069\ud800-\udfff\ue000-\uf8ff\ufeff"
    "\ufffe\uffff]"
)
"""Control characters, those that reorder text on the screen (Unicode TR 36, bidi), and spaces
without width, which come along from web pages."""


def quoted(value: object, longest: int = 60) -> str:
    """A value as it can stand inside a sentence of one line, with nothing invisible in it."""
    text = INVISIBLE.sub(lambda found: f"<U+{ord(found[0]):04X}>", " ".join(str(value).split()))
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    return f"`{text}`"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
