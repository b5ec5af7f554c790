"""What was pasted into ``resources.yaml`` that belongs to another program: said by its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from linkindex.catalogue.yaml.shape import FILE, KNOWN_KEYS


class Foreign(NamedTuple):
    """What stands at a position of the text, and what to do."""

    position: int
    what: str
    remedy: str


_MARKS = ("<<<<<<<", ">>>>>>>", "|||||||", "=======")
_CONFLICT = re.compile(r"^[ \t]*(<{7}(?: |$)|\|{7}(?: |$)|={7}[ \t]*$|>{7}(?: |$))", re.MULTILINE)


def conflict(text: str) -> Foreign | None:
    """Marks that git leaves where two people changed the same lines; also inside a text."""
    if not any(mark in text for mark in _MARKS):
        return None
    marks = list(_CONFLICT.finditer(text))
    if not marks:
        return None
    if all(mark[1].startswith("=") for mark in marks):
        return Foreign(
            marks[0].start(1),
            "this line is `=======`, which is neither a key nor a text",
            "remove it; if it is the rest of a merge conflict, see that the lines around it are "
            "there only once",
        )
    signs = list(dict.fromkeys(mark[1].strip()[:7] for mark in marks))
    if len(signs) == 1:
        return Foreign(
            marks[0].start(1),
            f"a mark `{signs[0]}` of a merge conflict was left here",
            "remove this line, and see that the lines around it are there only once",
        )
    return Foreign(
        marks[0].start(1),
        "a merge conflict was left here",
        "keep the lines you want and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`",
    )


_ROW = re.compile(r'(?:"[^"\n]*"|[^",;\t\n]*)(?:[,;\t](?:"[^"\n]*"|[^",;\t\n]*)){2,}')
_KEY = re.compile(r" *(?:- +)?([\w-]+) *:(?:\s|$)")
_TOP_KEY = re.compile(rf"^({'|'.join(FILE.keys)}):", re.MULTILINE)
_NUMBERED = re.compile(r" *(\d+)(?:[:.|)]|\t| )")
_WHOLE = (
    (
        re.compile(r"<(?:!doctype|html|\?xml)", re.IGNORECASE),
        "this is a web page, not the file itself",
        "open the file's raw view, and copy or save that",
    ),
    (re.compile(r"\{\\rtf"), "this was saved as rich text", "save it as plain text (UTF-8)"),
    (re.compile(r"PK\x03\x04"), "this is a file of Word or Excel", "save it as plain text (UTF-8)"),
    (
        re.compile(r"(?:diff --git|--- a/|@@ -)"),
        "this is a list of changes (a diff), not the file itself",
        "open the file itself, and copy or save that",
    ),
)


def whole_file(text: str) -> Foreign | None:
    """What the file as a whole is instead of an index."""
    begun = text.lstrip()
    start = len(text) - len(begun)
    for pattern, what, remedy in _WHOLE:
        if pattern.match(begun):
            return Foreign(start, what, remedy)
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines:
        return None
    if _share(lines, lambda line: line.startswith(">")) > 0.5:
        return Foreign(start, *_MAIL)
    if _share(lines, re.compile(r" *\d").match) > 0.8:
        return Foreign(start, *_LINE_NUMBERS)
    if not any(_known_key(line) for line in lines) and _is_table(lines):
        return Foreign(
            start,
            "this is a table (CSV), as Excel saves it, and not an index",
            "get `resources.yaml` back, and copy each row of the table into a block of its own",
        )
    return None


def _is_table(lines: list[str]) -> bool:
    if _ROW.fullmatch(lines[0].rstrip()):
        return True
    return any(
        all(line.count(sign) == 1 for line in lines[:3]) and "//" in lines[-1] for sign in ",;\t"
    )


def mail_head(text: str) -> Foreign | None:
    """The lines above an e-mail, which look like keys."""
    first = _TOP_KEY.search(text)
    heads = list(_MAIL_HEAD.finditer(text, 0, first.start() if first else 0))
    if len(heads) < 2:
        return None
    return Foreign(
        heads[0].start(),
        "the header of an e-mail was pasted here",
        "remove its lines (From, To, ...)",
    )


_MAIL_HEAD = re.compile(r"^(?:From|To|Cc|Sent|Date|Subject|Reply-To):", re.MULTILINE)
_MAIL = (
    "a line begins with `>`, as e-mail programs mark what they quote",
    "remove the `>` and the space after it from each line",
)
_LINE_NUMBERS = (
    "line numbers were copied along with the lines",
    "copy the lines again without them, or remove them",
)


def begins_again(text: str) -> Foreign | None:
    """Where a whole second file begins, by the keys at the left edge."""
    seen: set[str] = set()
    again = []
    for key in _TOP_KEY.finditer(text):
        if key[1] in seen:
            again.append(key.start())
        seen.add(key[1])
    if len(again) < 2:
        return None
    return Foreign(
        again[0],
        "the whole file begins here once more",
        "remove everything from here on, or whichever of the two you do not want",
    )


def _share(lines: list[str], fits: Callable[[str], object]) -> float:
    return sum(1 for line in lines if fits(line)) / len(lines)


def _known_key(line: str) -> bool:
    key = _KEY.match(line)
    return key is not None and key[1] in KNOWN_KEYS


def foreign_line(text: str, position: int) -> Foreign | None:
    """What a line is that YAML could not read, or a line just above it, if it is no YAML at all.

    :param position: where YAML gave up.
    """
    before = text.count("\n", 0, position)
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    above = before - 1
    while above > 0 and not lines[above].strip():
        above -= 1
    for number in (before, above):
        if not 0 <= number < len(lines):
            continue
        named = _named(lines, number)
        if named:
            while number > 0 and _named(lines, number - 1) == named:
                number -= 1
            line = lines[number]
            return Foreign(starts[number] + len(line) - len(line.lstrip()), *named)
    return None


def _named(lines: list[str], number: int) -> tuple[str, str] | None:
    line = lines[number].rstrip()
    if re.match(r"\s*(?:```|~~~)", line):
        return ("this line marks a block of code", "remove this line")
    if re.match(r">+(?: |$)", line):
        return _MAIL
    if re.match(r"(?:diff --git|@@ -|\+\+\+ |--- a/|[+] {2,}|[+][a-z_]+:)", line):
        return (
            "this line was copied from a list of changes (a diff)",
            "remove the signs `+`, `-` and `@@` at the beginning of the lines",
        )
    numbered = _NUMBERED.match(line)
    if numbered:
        around = [
            _NUMBERED.match(lines[n]) for n in (number - 1, number + 1) if 0 <= n < len(lines)
        ]
        if any(near and abs(int(near[1]) - int(numbered[1])) == 1 for near in around):
            return _LINE_NUMBERS
    if (
        not _KEY.match(line.lstrip())
        and _ROW.fullmatch(line.strip())
        and re.search(r"https?://|\d{4}|\t|;", line.strip())
    ):
        return (
            "this line is a row of a table, as copied from Excel",
            "write each of its cells after a key, as in the other blocks",
        )
    if re.match(r"\s*<[/!a-zA-Z][^>]*>\s*$", line):
        return ("this line is part of a web page", "remove this line")
    return None


def loose_line(text: str) -> Foreign | None:
    """A line before the first key of the file, which belongs to nothing."""
    first = _TOP_KEY.search(text)
    position = 0
    for line in text[: first.start() if first else 0].split("\n"):
        stripped = line.strip()
        if _KEY.match(line):
            return None
        if stripped and not stripped.startswith(("#", "---", "...", "%")):
            named = _named([line], 0)
            return (
                Foreign(position, *named)
                if named
                else Foreign(
                    position + len(line) - len(line.lstrip()),
                    "this line comes before the first key, so it belongs to nothing",
                    "remove it, or put `# ` before it if it is a remark",
                )
            )
        position += len(line) + 1
    return None
