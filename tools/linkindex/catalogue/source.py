"""Reading YAML: values together with the places where they stand.

Values are built from libyaml's events in one pass. Composing a node tree first takes about twice
the time and the memory for 20,000 resources.

The dialect is smaller than YAML. Every scalar is text, so that ``no`` stays Norwegian, ``0800``
keeps its zero and ``2.10`` is not a number; what a text means is decided by the model. Anchors,
aliases, tags and second documents are refused: an editor never needs them, and they can hide
what a reader of the file believes to see.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import yaml

from linkindex.catalogue.problems import Problem, quoted

_Loader = getattr(yaml, "CLoader", yaml.Loader)

MAX_DEPTH = 32


class Place(NamedTuple):
    """A place in the file; both count from 1."""

    line: int
    column: int


class YamlMap(dict[str, object]):
    """A mapping that knows where each key stands."""

    __slots__ = ("key_places", "place")

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.key_places: dict[str, Place] = {}


class YamlList(list[object]):
    """A list that knows where each item stands."""

    __slots__ = ("item_places", "place")

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.item_places: list[Place] = []


class Source(NamedTuple):
    """What was read: the value at the top (``None`` when nothing could be) and what is wrong."""

    root: object
    problems: tuple[Problem, ...]


def read_yaml(data: bytes, file: str) -> Source:
    """Read one YAML document from bytes. Never raises for a fault of the file."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        problem = Problem(
            file, line, column, "this is not UTF-8 text", "save the file with the encoding UTF-8"
        )
        return Source(None, (problem,))
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.YAMLError as error:
        builder.problems.append(_syntax_problem(error, text, file))
        return Source(None, tuple(builder.problems))
    except _RefusedError as refused:
        builder.problems.append(refused.problem)
        return Source(None, tuple(builder.problems))
    return Source(builder.root, tuple(builder.problems))


class _RefusedError(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Builder:
    """Builds values from events, with a stack instead of recursion."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: object = None
        self.problems: list[Problem] = []
        self._documents = 0
        self._open: list[YamlMap | YamlList] = []
        self._keys: list[str | None] = []

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            place = _place(event)
            if event.anchor or (event.tag and event.tag != "!"):
                self._refuse_extras(event, place)
            self._scalar(event, place)
        elif isinstance(event, yaml.MappingStartEvent):
            self._start(event, YamlMap(_place(event)))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._start(event, YamlList(_place(event)))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._open.pop()
            self._keys.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(
                _place(event),
                "an alias (`*`) is not used in this file",
                "write the text out, or put it in quotes if it begins with `*`",
            )
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._refuse(
                    _place(event), "a second document begins here", "remove the line `---`"
                )

    def _refuse(self, place: Place, what: str, remedy: str) -> None:
        raise _RefusedError(Problem(self.file, place.line, place.column, what, remedy))

    def _refuse_extras(
        self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, place: Place
    ) -> None:
        if event.anchor:
            self._refuse(
                place,
                "an anchor (`&`) is not used in this file",
                "write the text out, or put it in quotes if it begins with `&`",
            )
        self._refuse(
            place,
            f"the tag {quoted(event.tag)} is not used in this file",
            "remove it, or put the text in quotes if it begins with `!`",
        )

    def _start(self, event: yaml.CollectionStartEvent, value: YamlMap | YamlList) -> None:
        if event.anchor or (event.tag and event.tag != "!"):
            self._refuse_extras(event, value.place)
        if len(self._open) >= MAX_DEPTH:
            self._refuse(
                value.place,
                f"lists stand more than {MAX_DEPTH} levels deep here",
                "check the indentation",
            )
        self._put(value, value.place)
        self._open.append(value)
        self._keys.append(None)

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> None:
        empty = event.implicit[0] and event.value in ("", "~")
        self._put(None if empty else event.value, place)

    def _put(self, value: object, place: Place) -> None:
        if not self._open:
            self.root = value
            return
        parent = self._open[-1]
        if isinstance(parent, YamlList):
            parent.append(value)
            parent.item_places.append(place)
            return
        key = self._keys[-1]
        if key is None:
            self._keys[-1] = self._key(parent, value, place)
            return
        self._keys[-1] = None
        if key not in parent:
            parent[key] = value

    def _key(self, parent: YamlMap, value: object, place: Place) -> str:
        if not isinstance(value, str):
            self._refuse(place, "a key must be a plain word", "check the indentation and the `:`")
            raise AssertionError
        first = parent.key_places.setdefault(value, place)
        if first is not place:
            self.problems.append(
                Problem(
                    self.file,
                    place.line,
                    place.column,
                    f"the key {quoted(value)} is here twice; the first is on line {first.line}",
                    "remove one of the two",
                )
            )
        return value


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    assert mark is not None  # noqa: S101 - only events made by hand have none
    return Place(mark.line + 1, mark.column + 1)


_PLAIN_WORDS = (
    (
        "mapping values are not allowed",
        "a colon stands where YAML does not expect one",
        "put the whole text in quotes, or check the indentation",
    ),
    ("found character '\\t'", "there is a tab here", "use spaces, two for each level"),
    (
        "cannot start any token",
        "a text begins with a character that means something to YAML",
        "put the text in quotes",
    ),
    (
        "did not find expected key",
        "this line does not fit the lines above it",
        "check the indentation, and put texts with quotes or a colon in quotes",
    ),
    (
        "expected '-' indicator",
        "this line does not fit the list above it",
        "begin it with `- ` or check the indentation",
    ),
    (
        "expected <block end>",
        "this line does not fit the lines above it",
        "check the indentation, and put texts with quotes or a colon in quotes",
    ),
    (
        "could not find expected ':'",
        "a key without its colon stands here",
        "write `key: text`, with a space after the colon",
    ),
    (
        "unexpected end of stream",
        "a quotation mark is opened here and never closed",
        "close it, or use the other kind of quotation mark",
    ),
    (
        "unexpected document indicator",
        "a quotation mark is opened and never closed",
        "close it, or use the other kind of quotation mark",
    ),
    (
        "expected ',' or",
        "a list or mapping in brackets is not closed",
        "close it with `]` or `}`, and put commas between its parts",
    ),
    ("undefined alias", "a text begins with `*`", "put the text in quotes"),
    (
        "control characters are not allowed",
        "there is an invisible control character here",
        "delete it and type the text again",
    ),
    (
        "special characters are not allowed",
        "there is an invisible control character here",
        "delete it and type the text again",
    ),
)


def _syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    said = " ".join(str(error).split())
    place = _error_place(error, text)
    for sign, what, remedy in _PLAIN_WORDS:
        if sign in said:
            return Problem(file, place.line, place.column, what, remedy)
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"
    return Problem(
        file,
        place.line,
        place.column,
        f"this is not valid YAML ({reason})",
        "compare it with the lines of another entry",
    )


def _error_place(error: yaml.YAMLError, text: str) -> Place:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        lines = text.count("\n") + 1
        return Place(min(mark.line + 1, lines), mark.column + 1)
    position = getattr(error, "position", 0) or 0
    before = text[:position]
    return Place(before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)


def maps_in(value: object) -> Iterator[tuple[int, YamlMap]]:
    """The mappings of a list with their positions; nothing for any other value."""
    if isinstance(value, YamlList):
        for position, item in enumerate(value):
            if isinstance(item, YamlMap):
                yield position, item
