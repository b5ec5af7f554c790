"""Reading YAML: values together with the places where they stand.

Values are built from libyaml's events in one pass. Composing a node tree first takes about twice
the time and the memory for 20,000 resources.

The dialect is smaller than YAML. Every scalar is text, so that ``no`` stays Norwegian, ``0800``
keeps its zero and ``2.10`` is not a number; what a text means is decided by the model. Anchors,
aliases, tags and second documents are refused: an editor never needs them, and they can hide
what a reader of the file believes to see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, NoReturn

import yaml

from linkindex.catalogue.problems import Place, Problem, Severity, quoted
from linkindex.catalogue.yaml import foreign, pasted
from linkindex.catalogue.yaml.lines import DASH_LIKE
from linkindex.catalogue.yaml.quoting import NEVER_OPENED, not_read
from linkindex.catalogue.yaml.shape import KNOWN_KEYS
from linkindex.catalogue.yaml.syntax import place_of, syntax_problem

_Loader = getattr(yaml, "CLoader", yaml.Loader)

MAX_DEPTH = 32


class YamlMap(dict[str, object]):
    """A mapping that knows where each key stands."""

    __slots__ = ("borrowed", "key_places", "place")

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.key_places: dict[str, Place] = {}
        self.borrowed: dict[str, str] = {}
        """Languages of texts that are not there in the one asked for, by their keys; see
        :mod:`linkindex.catalogue.languages`."""


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
    text = decoded(data, file)
    return Source(None, (text,)) if isinstance(text, Problem) else read_text(text, file)


def decoded(data: bytes, file: str) -> str | Problem:
    """The text of a file, its lines ended by ``\\n`` alone, or why it is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        readable = error.object[: error.start].decode()
        place = place_of(f"{readable}?", len(readable))
        return Problem(file, *place, *NOT_UTF_8)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


NOT_UTF_8 = ("this is not UTF-8 text", "save the file with the encoding UTF-8")


def read_text(text: str, file: str) -> Source:
    """Read one YAML document from what :func:`decoded` gave."""
    left = foreign.conflict(text)
    if left:
        return Source(None, (Problem(file, *place_of(text, left.position), *left[1:]),))
    text, separators = _without_separators(text, file)
    builder = _Builder(file, text)
    builder.problems.extend(separators)
    event = None
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.YAMLError as error:
        fault = syntax_problem(error, text, file, event)
        before = (
            problem
            for problem in builder.problems
            if (problem.line, problem.what) != (fault.line, fault.what)
            and problem.what != _PART_OF_TEXT
        )
        return Source(None, (*before, fault))
    except _RefusedError as refused:
        builder.problems.append(refused.problem)
        return Source(None, tuple(builder.problems))
    return Source(builder.root, tuple(builder.problems))


_SEPARATOR_SIGNS = "\u2028\u2029\x85\x0b\x0c"
_SEPARATORS = re.compile(f"[{_SEPARATOR_SIGNS}]")
"""Signs that YAML, or some programs, take for the end of a line, and editors do not."""


def _without_separators(text: str, file: str) -> tuple[str, list[Problem]]:
    """The text with spaces for signs that would shift the lines, and what is said of each line."""
    if not any(sign in text for sign in _SEPARATOR_SIGNS):
        return text, []
    first_signs = (
        (number, sign)
        for number, line in enumerate(text.split("\n"), start=1)
        if (sign := _SEPARATORS.search(line))
    )
    problems = [
        Problem(
            file,
            number,
            sign.start() + 1,
            f"an invisible line break (U+{ord(sign[0]):04X}) stands here, as PDF files and web "
            "pages have them",
            "delete it, and type a space in its place",
        )
        for number, sign in first_signs
    ]
    return _SEPARATORS.sub(" ", text), problems


_CUT = re.compile(r"\s(#[^\s#!].*)")
"""A sign and what follows it without a space: more likely meant as text than as a remark."""
_UNREAD = re.compile(r"\s*(#[^\s#!].*)")


def _cut_lines(lines: list[str]) -> dict[int, str]:
    """The lines, counted from 0, of which YAML may leave a part unread."""
    return {number: line for number, line in enumerate(lines) if "#" in line and _CUT.search(line)}


_KEY_ALONE = re.compile(r" *(?:- +)?(?P<key>[\w-]+:)\s*$")
_REMARK_LINE = re.compile(r" *(?P<remark>#.*\S)")
_SWALLOWED = re.compile(
    rf"\s*(?:[-{DASH_LIKE}]\s+\S|[>|][-+]?\s*$"
    rf"|(?:- )?(?:{'|'.join(sorted(KNOWN_KEYS))}):(?:\s|$))"
)
"""A line inside a text that was more likely meant for a key or an entry of its own."""

_PART_OF_TEXT = "this line is read as a part of the text above it"


class _RefusedError(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Builder:
    """Builds values from events, with a stack instead of recursion."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self._lines = text.split("\n")
        self._cut = _cut_lines(self._lines)
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

    def _warn(self, place: Place, what: str, remedy: str) -> None:
        self.problems.append(Problem(self.file, *place, what, remedy, Severity.WARNING))

    def _error(self, place: Place, what: str, remedy: str) -> None:
        self.problems.append(Problem(self.file, *place, what, remedy))

    def _refuse(self, place: Place, what: str, remedy: str) -> NoReturn:
        raise _RefusedError(Problem(self.file, *place, what, remedy))

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
                "check the indentation and the brackets",
            )
        self._put(value, value.place)
        self._open.append(value)
        self._keys.append(None)

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> None:
        end = event.end_mark
        if event.value and end and end.line in self._cut and event.style in (None, ""):
            unread = _UNREAD.match(self._cut[end.line], end.column)
            if unread:
                self._warn(
                    place,
                    f"{quoted(unread[1])} is not read, because YAML takes ` #` as the start of a "
                    "remark",
                    "put the whole text in quotes, or leave a space after the `#`",
                )
        if end and end.line >= place.line:
            past = end.line if event.style in (">", "|") else end.line + 1
            self._swallowed(place.line, past)
            if event.style in (None, "") and self._open and isinstance(self._open[-1], YamlList):
                self._joined(place, past)
        empty = event.implicit[0] and event.value in ("", "~")
        if self._awaits_key():
            self._put(event.value, place)
            return
        if empty and not event.value:
            self._emptied(place)
        self._put(None if empty else self._as_meant(event, place), place)

    def _emptied(self, place: Place) -> None:
        """A value that begins with a sign that YAML takes for the start of a remark."""
        line = self._lines[place.line - 1] if place.line <= len(self._lines) else ""
        lost = line[place.column - 1 :].strip()
        if lost.startswith("#"):
            self._error(place, *not_read(lost))
        below = _REMARK_LINE.match("".join(self._lines[place.line : place.line + 1]))
        key = _KEY_ALONE.match(line)
        if below and key and below.start("remark") > key.start("key"):
            self._error(
                Place(place.line + 1, below.start("remark") + 1),
                not_read(below["remark"])[0],
                f"put the text in quotes, or remove the line `{key['key']}` if it has none",
            )

    def _swallowed(self, second: int, end: int) -> None:
        """Keys and entries that stand so far right that YAML reads them as a part of a text.

        :param second: the second line of the text, and ``end`` the one after its last, from 0.
        """
        for number in range(second, min(end, len(self._lines))):
            line = self._lines[number]
            if _SWALLOWED.match(line):
                self._error(
                    Place(number + 1, len(line) - len(line.lstrip()) + 1),
                    _PART_OF_TEXT,
                    "give it as many spaces as the lines that it belongs to",
                )
                return

    def _joined(self, place: Place, end: int) -> None:
        """An entry of a list whose next line begins like an entry of its own, without its dash."""
        if not self._lines[place.line - 1].lstrip().startswith("- "):
            return
        for number in range(place.line, min(end, len(self._lines))):
            line = self._lines[number].lstrip()
            if line[:1].isupper() and self._lines[number - 1].rstrip()[-1:] in ".?!":
                self._warn(
                    Place(number + 1, len(self._lines[number]) - len(line) + 1),
                    "this line is read as a part of the entry above it",
                    "put `- ` before it if a new entry begins here, or join it to the line above",
                )

    def _awaits_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1], YamlMap) and self._keys[-1] is None

    def _as_meant(self, event: yaml.ScalarEvent, place: Place) -> str:
        """The text without what Word put around it, which is said: it is what the editor meant."""
        text = event.value
        if text[-1:] == '"' and event.style in (None, "") and pasted.is_unopened(text):
            self._error(place, *NEVER_OPENED)
        if text.isascii():
            return text
        if event.style in ("'", '"') and pasted.runs_on_from_curly_mark(text):
            self._refuse(place, *pasted.ENDS_CURLY)
        if event.style not in (None, ""):
            return text
        inner = pasted.trimmed(text)
        if inner != text:
            sign = pasted.strange_sign(text.replace(inner, ""))
            self._warn(place, f"{sign} stands at the beginning or end of this text", "delete it")
        if inner and pasted.in_curly_marks(inner):
            self._warn(place, *pasted.IN_CURLY_MARKS)
            return pasted.without_marks(inner)
        return inner

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
        sign = pasted.strange_sign(value)
        if sign:
            self._refuse(
                place,
                f"there is {sign} in or beside the key {quoted(value)}",
                "delete the key, with what is before and behind it on this line, and type it again",
            )
        first = parent.key_places.setdefault(value, place)
        if first is not place:
            begins_entry = isinstance(self._open[-2:][0], YamlList) and value == next(iter(parent))
            self.problems.append(
                Problem(
                    self.file,
                    *place,
                    f"the key {quoted(value)} is already on line {first.line}",
                    "put `- ` before it if a new entry begins here, or remove one of the two"
                    if begins_entry
                    else "remove one of the two",
                )
            )
        return value


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    assert mark is not None  # noqa: S101 - only events made by hand have none
    return Place(mark.line + 1, mark.column + 1)


def maps_in(value: object) -> Iterator[tuple[int, YamlMap]]:
    """The mappings of a list with their positions; nothing for any other value."""
    if isinstance(value, YamlList):
        for position, item in enumerate(value):
            if isinstance(item, YamlMap):
                yield position, item
