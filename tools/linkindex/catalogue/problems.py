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
        place = f"{_as_line(self.file)}:{self.line}:{self.column}"
        return f"{place}: {warning}{_as_line(self.what)}; {_as_line(self.remedy)}"

    def as_annotation(self) -> str:
        """The problem as a GitHub Actions workflow command, shown beside the line of a diff.

        Escapes as in actions/toolkit, packages/core/src/command.ts.
        """
        place = f"file={_property(_as_line(self.file))},line={self.line},col={self.column}"
        sentence = f"{_as_line(self.what)}; {_as_line(self.remedy)}"
        return f"::{self.severity} {place}::{_data(sentence)}"


class Location(NamedTuple):
    """Where something is wrong: a file or an option, and the line and column where one is known."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(on_one_line(part) for part in self if part is not None)


@dataclass(frozen=True)
class Fault:
    """What keeps something from being done: where, what, and what to do about it.

    :ivar place: none where no line of any file is to blame.
    """

    place: Location | None
    what: str
    remedy: str

    def __str__(self) -> str:
        start = f"{self.place}: " if self.place else ""
        return f"{start}{self.what}; {self.remedy}"

    def problem(self, severity: Severity = Severity.ERROR) -> Problem:
        """The same as ``linkindex check`` says it."""
        file, line, column = self.place or Location("")
        return Problem(file, line or 1, column or 1, self.what, self.remedy, severity)


class UnfitError(ValueError):
    """A value that may not stand in the catalogue: what is wrong, and what to do.

    Whoever knows its place makes a problem of it.
    """

    def __init__(self, what: str, remedy: str) -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what}; {remedy}")


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
    shared = {name: len(parts.intersection(name.split("-"))) for name in names}
    likeness = difflib.SequenceMatcher(b=name.lower()[:60])

    def ratio(name: str) -> float:
        likeness.set_seq1(name)
        return likeness.ratio()

    akin = sorted(
        (name for name in names if shared[name]), key=lambda name: (-shared[name], -ratio(name))
    )
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
        return f"use one of: {', '.join(map(shown, words))}"
    return otherwise


_CONTROLS = "\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
"""Control characters, line separators and those that reorder text on the screen (Unicode TR 36)."""

_NOTHING = (
    "\u115f\u1160\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ue000-\uf8ff\ufdd0-\ufdef\ufeff\uffa0"
    "\ufff0-\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0080-\U000e00ff\U000e01f0-\U0010ffff"
)
"""Signs that show nothing, or on no two computers the same, and come along from other programs."""

INVISIBLE = re.compile(
    f"[{_CONTROLS}{_NOTHING}]"
    "|(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0000-\U000e007f]"  # but for flags
)
"""What no text needs, in any language."""

_UNSEEN = re.compile(
    # The flags of Wales and Scotland, joined emoji, and the joiners of Persian and Hindi.
    "(?P<shown>\U0001f3f4[\U000e0061-\U000e007a]{2,6}\U000e007f"
    "|(?<=[^\x00-\u024f\u2000-\u206f])[\u200c\u200d](?=[^\x00-\u024f\u2000-\u206f])"
    "|(?<=[^\x00-\u024f\u2000-\u206f\ufe00-\ufe0f])[\ufe0e\ufe0f])"
    f"|[{_CONTROLS}{_NOTHING}"
    "\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200c-\u200f\u2800\ufe00-\ufe0f\U000e0000-\U000e01ef]"
)
"""What nobody would see, or would see elsewhere than it stands."""


def visible(text: str) -> str:
    """A text with everything that is not seen written out: ``<U+001B>``."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub(
        lambda sign: sign[0] if sign["shown"] else f"<U+{ord(sign[0]):04X}>",
        text,
    )


def shown(value: object, longest: int = 60) -> str:
    """A value as it can stand in a line: short, and with nothing invisible in it."""
    written = str(value)
    beginning = written[: 8 * longest]
    text = visible(" ".join(beginning.split()))
    if len(text) > longest or len(beginning) < len(written):
        return text[: longest - 1] + "…"
    return text


def on_one_line(path: object) -> str:
    """A path as it can stand in a sentence: whole, but a line break in it breaks no line."""
    return visible(str(path))


def quoted(value: object, longest: int = 60) -> str:
    """A value as it can stand inside a sentence, set off from our own words."""
    return f"`{shown(value, longest)}`"


def _as_line(sentence: str) -> str:
    """The last guard: whatever a sentence was made of, it is one line and can be read."""
    return visible(sentence[:LONGEST_SENTENCE])


LONGEST_SENTENCE = 2000
"""Characters: far more than a sentence needs whose values are quoted."""


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
