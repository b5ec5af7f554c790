"""What libyaml complains about, said so that somebody who never saw YAML can mend it."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from linkindex.catalogue.problems import Place, Problem, nearest, quoted
from linkindex.catalogue.yaml.pasted import (
    ENDS_CURLY,
    IN_CURLY_MARKS,
    STRANGE,
    called,
    in_curly_marks,
)
from linkindex.catalogue.yaml.shape import FILE, KNOWN_KEYS


class _Fault(NamedTuple):
    """A complaint of libyaml: where it began reading what it could not finish, and where it gave
    up. Both are positions in the text."""

    said: str
    start: int
    end: int


class _Sentence(NamedTuple):
    position: int
    what: str
    remedy: str


def syntax_problem(
    error: yaml.YAMLError, text: str, file: str, before: yaml.Event | None
) -> Problem:
    """The one problem that stops a file from being read.

    :param before: the last event that could be read.
    """
    fault = _fault(error, text)
    sentence = (
        _conflict(text)
        or _odd_indentation(text, fault)
        or _strange_space(text, fault)
        or _curly_marks(text, fault, before)
        or _long_quotation(fault, before)
        or _misfit(text, fault)
        or _listed(text, fault)
    )
    place = place_of(text, sentence.position)
    return Problem(file, place.line, place.column, sentence.what, sentence.remedy)


def place_of(text: str, position: int) -> Place:
    """The line and column of a position; the end of the file is on its last line of text."""
    position = min(position, len(text.rstrip()))
    return Place(text.count("\n", 0, position) + 1, position - _line_start(text, position) + 1)


def _fault(error: yaml.YAMLError, text: str) -> _Fault:
    if isinstance(error, yaml.MarkedYAMLError):
        end = error.problem_mark.index if error.problem_mark else len(text)
        start = error.context_mark.index if error.context_mark else end
        return _Fault(error.problem or "", start, end)
    position = getattr(error, "position", 0)
    return _Fault(getattr(error, "reason", str(error)), position, position)


def _line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1


def _conflict(text: str) -> _Sentence | None:
    mark = re.search(r"^(?:<{7} |={7}$|>{7} )", text, re.MULTILINE)
    if mark is None:
        return None
    return _Sentence(
        mark.start(),
        "a merge conflict was left here",
        "keep the lines you want and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`",
    )


def _odd_indentation(text: str, fault: _Fault) -> _Sentence | None:
    """A tab, or a space copied from a web page, at the beginning of a line that was read."""
    end = text.find("\n", fault.end)
    odd = re.search(
        rf"^ *(?:- *)*(\t|{STRANGE})", text[: end if end >= 0 else len(text)], re.MULTILINE
    )
    if odd is None:
        return None
    kind = "a tab" if odd[1] == "\t" else called(odd[1])
    return _Sentence(
        odd.start(1),
        f"{kind} stands at the beginning of this line",
        "delete it and type spaces, two for each level",
    )


_BESIDE_COLON = re.compile(rf" *(?:- *)?[\w-]*(?:({STRANGE})+[\w-]*:|:({STRANGE}))")


def _strange_space(text: str, fault: _Fault) -> _Sentence | None:
    """A space copied from a web page beside a key, so that YAML sees no key."""
    last = _line_start(text, fault.end)
    for start in (_line_start(text, fault.start), _line_start(text, max(last - 1, 0)), last):
        odd = _BESIDE_COLON.match(text, start)
        if odd:
            place = odd.start(1) if odd[1] else odd.start(2)
            return _Sentence(
                place,
                f"{called(text[place])} stands beside a key here",
                "delete it, and type the space of the keyboard where one belongs",
            )
    return None


def _curly_marks(text: str, fault: _Fault, before: yaml.Event | None) -> _Sentence | None:
    """Marks as Word types them, which begin and end no text in YAML."""
    start = _line_start(text, fault.end)
    begun = re.compile(r" *(?:- +)*(?:[\w-]+: +)?([^\s\w].*)").match(text, start)
    if begun and in_curly_marks(begun[1].rstrip()):
        return _Sentence(begun.start(1), *IN_CURLY_MARKS)
    opened = [fault.start]
    if isinstance(before, yaml.ScalarEvent) and before.start_mark:
        opened.insert(0, before.start_mark.index)
    for position in opened:
        ended = _ENDED_CURLY.match(text, position)
        if ended:
            return _Sentence(position, *ENDS_CURLY)
    return None


_ENDED_CURLY = re.compile(r"([\"'])(?:(?!\1).)*?[“”„‟’‛]\s*(?:[,\]}]|$)", re.MULTILINE)


def _long_quotation(fault: _Fault, before: yaml.Event | None) -> _Sentence | None:
    """A quotation mark that was forgotten, so that the next one in the file closed it."""
    if not isinstance(before, yaml.ScalarEvent) or before.style not in ("'", '"'):
        return None
    opened, closed = before.start_mark, before.end_mark
    if opened is None or closed is None or opened.line == closed.line:
        return None
    if closed.index != fault.end:
        return None
    return _Sentence(
        opened.index,
        f"a quotation mark is opened here and closed only on line {closed.line + 1}",
        "close it on this line, or use the other kind of quotation mark",
    )


_KEY = re.compile(r" *(?:- +)*([\w-]+)")


def _misfit(text: str, fault: _Fault) -> _Sentence | None:
    """A line that does not fit the lines above it."""
    start = _line_start(text, fault.end)
    left = text[start : fault.end]
    if "mapping values are not allowed" in fault.said:
        key = _KEY.fullmatch(left)
        if key is None:
            return _Sentence(
                fault.end,
                "there is a colon inside a text that is not in quotes",
                "put the whole text in quotes",
            )
        return _dash_without_space(text, start) or _Sentence(
            start + key.start(1),
            f"{quoted(key[1])} stands further to the right than the line above it allows",
            "line it up with its neighbours, or put the text above it in quotes",
        )
    if "did not find expected key" not in fault.said and "'-' indicator" not in fault.said:
        return None
    last = left.rstrip()[-1:]
    if last in ("'", '"'):
        return _Sentence(
            fault.end,
            "the text goes on after its closing quotation mark",
            "put the whole text in the other kind of quotation mark",
        )
    markdown = re.compile(r"\((\S+://[^\s)]+)\)").match(text, fault.end)
    if last == "]" and markdown:
        return _Sentence(
            start + left.index("["),
            "this is a link as Markdown has it",
            f"write the address alone, {quoted(markdown[1], 200)}, or plain words",
        )
    if last in ("]", "}"):
        return _Sentence(
            fault.end,
            "something follows the closing bracket",
            "remove it, or put the whole text in quotes",
        )
    return _Sentence(
        fault.end,
        "this line does not line up with the lines above it",
        "give it as many spaces as its neighbours, and begin a new entry with `- `",
    )


def _dash_without_space(text: str, line_start: int) -> _Sentence | None:
    above = _line_start(text, max(line_start - 1, 0))
    dash = re.compile(r" *(-)[^\s-]").match(text, above)
    if dash is None:
        return None
    return _Sentence(dash.start(1), "there is no space after the `-`", "write `- ` and the key")


def _named(character: str) -> str:
    """A sign; between two of itself a backtick could not be told from them."""
    return "a backtick" if character == "`" else quoted(character)


def _listed(text: str, fault: _Fault) -> _Sentence:
    for sign in _BEGINS:
        if sign in fault.said:
            character = text[fault.start : fault.start + 1].strip()
            if not character:
                return _Sentence(fault.end, *_NO_KEY)
            return _Sentence(
                fault.start,
                f"a text may not begin with {_named(character)}",
                "put the whole text in quotes",
            )
    if "expected ',' or" in fault.said:
        return _brackets(text, fault)
    if "expected <document start>" in fault.said or text.startswith("...", fault.start):
        return _after_the_end(text, fault)
    if "could not find expected ':'" in fault.said and not _could_be_key(text, fault.start):
        return _going_on(text, fault.start) or _Sentence(fault.start, *_NO_KEY)
    for sign, at_start, what, remedy in _COMPLAINTS:
        if sign in fault.said:
            return _Sentence(fault.start if at_start else fault.end, what, remedy)
    return _Sentence(
        fault.end,
        f"this cannot be read ({fault.said or 'not YAML'})",
        "compare it with the lines of another entry",
    )


_NO_KEY = (
    "this line is neither a key with its text nor a part of the text above it",
    "remove it, or begin it with its key and a colon",
)


def _going_on(text: str, position: int) -> _Sentence | None:
    """A line at the margin that goes on with the text of the key above it."""
    start = _line_start(text, position)
    above = text[:start].rstrip().rpartition("\n")[2]
    key = re.match(r"(?P<indent> +)(?:- +)?[\w-]+: +[^\s>|\[{\"']", above)
    has_words = re.compile(r"[^\W\d_][\w'’]* +\S").match(text, position)
    if key is None or position != start or not has_words:
        return None
    column = above.index(above.lstrip(" -")) + 2
    return _Sentence(
        position,
        "the text above goes on here, but this line is not indented as its lines have to be",
        f"give it {column} spaces at its beginning, or join it to the line above",
    )


def _could_be_key(text: str, position: int) -> bool:
    word = re.compile(r"[\w-]+").match(text, position)
    keys = FILE.keys if position == _line_start(text, position) else KNOWN_KEYS
    return word is not None and nearest(word[0], keys) is not None


def _after_the_end(text: str, fault: _Fault) -> _Sentence:
    """More text behind what YAML took for the end of the file."""
    ends = list(re.compile(r"^\.\.\.(?=\s|$)", re.MULTILINE).finditer(text, 0, fault.end + 3))
    if ends:
        return _Sentence(
            ends[-1].start(),
            "a line `...` ends the file here, but more follows",
            "remove that line",
        )
    return _Sentence(fault.end, *_NO_KEY)


def _brackets(text: str, fault: _Fault) -> _Sentence:
    start = _line_start(text, fault.end)
    ended = not text[fault.end :].strip()
    if start > fault.start and (ended or re.compile(r" *(?:- +)*[\w-]+:(?!\S)").match(text, start)):
        opened = text[fault.start]
        return _Sentence(
            fault.start,
            f"the bracket `{opened}` is opened here and never closed",
            f"close it with `{'}' if opened == '{' else ']'}`",
        )
    return _Sentence(
        fault.end,
        "a comma or a closing bracket is missing here",
        "put commas between the parts, and parts with quotes or a colon in quotes",
    )


_BEGINS = (
    "cannot start any token",
    "alphabetic or numeric character",
    "expected comment or line break",
    "mapping keys are not allowed",
    "expected node content",
    "expected tag URI",
    "expected the whole tag",
    "undefined tag handle",
)
"""Complaints about a sign that means something to YAML at the beginning of a text."""

_COMPLAINTS = (
    (
        "could not find expected ':'",
        True,
        "this key has lost its colon",
        "write `key: text`, with a space after the colon",
    ),
    (
        "unexpected end of stream",
        True,
        "a quotation mark is opened here and never closed",
        "close it, or use the other kind of quotation mark",
    ),
    (
        "unexpected document indicator",
        True,
        "a quotation mark is opened here and never closed",
        "close it, or use the other kind of quotation mark",
    ),
    (
        "block sequence entries are not allowed",
        False,
        "a list or a text may not begin with `-` on this line",
        "begin a list on the next line, or put the text in quotes",
    ),
    (
        "escape c",
        False,
        "a backslash begins a special character here",
        "write two of them, or put the text in single quotes",
    ),
    (
        "hexdecimal number",
        False,
        "a backslash begins a special character here",
        "write two of them, or put the text in single quotes",
    ),
    (
        "nesting depth",
        False,
        "lists stand too deep in one another here",
        "check the indentation and the brackets",
    ),
    ("directive", True, "a line may not begin with `%`", "remove the line"),
    (
        "characters are not allowed",
        False,
        "there is an invisible control character here",
        "delete it and type the text again",
    ),
)
"""Part of what libyaml says, whether the fault is where it began to read, and our words for it."""
