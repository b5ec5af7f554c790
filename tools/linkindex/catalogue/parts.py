"""An index in several files, read as one. Pure.

Beside ``resources.yaml`` may stand ``topics/NAME.yaml``, one a topic: its keys at the margin, from
``id:`` to ``resources:``. Such a file is read as if it stood in ``resources.yaml``: where a line
``- topics/NAME.yaml`` of its ``categories:`` names it, or else below the last of them, by name.

What is read is one text, so that every rule, message and change is the same for one file and for
many. Marks in it, which YAML takes for comments, say which lines belong to which file: what a
command writes goes back through :func:`parted`, byte for byte where nothing was changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from linkindex.catalogue.problems import Location, Problem, nearest, quoted

FOLDER = "topics"

NAME = re.compile(r"[A-Za-z0-9][\w.-]*\.yaml")
"""What a file of a topic may be called."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_LISTED = re.compile(
    rf"(?P<indent> *)-\s+(?P<mark>['\"]?){FOLDER}/(?P<name>[^'\"#\s]+)(?P=mark)\s*(?:#.*)?"
)
_NAMED = re.compile(rf"^ *-\s+['\"]?{FOLDER}/", re.MULTILINE)
"""Where a line may name a file of a topic: an address may have the same words in it."""
_CATEGORIES = re.compile(r"categories\s*:\s*(?:#.*)?")
_BEGIN = re.compile(
    r"#> (?P<name>\S+) (?P<dash>\d+) (?P<shift>-?\d+) (?P<form>[bcklu]+)\|(?P<line>.*)", re.DOTALL
)
_MARKED = re.compile(r"^#> ", re.MULTILINE)
_END = re.compile(r"#<(?P<cut>-?)[\r\n]+")


class _Came(NamedTuple):
    """Where a line of the whole comes from.

    :ivar shift: by how many columns it stands further right than there.
    """

    file: str
    line: int
    shift: int = 0


@dataclass(frozen=True)
class Lines:
    """Where the lines of an index that is read as one stand in its files."""

    file: str
    came: tuple[_Came, ...] = ()

    def at(self, line: int, column: int | None = None) -> Location:
        """The file and the line, both as people see them."""
        if not 0 < line <= len(self.came):
            return Location(self.file, line, column)
        file, number, shift = self.came[line - 1]
        return Location(file, number, None if column is None else max(1, column - shift))

    def placed(self, problem: Problem) -> Problem:
        """A problem of the whole as one of the file where it stands, also in the lines it names."""
        if problem.file != self.file or not self.came:
            return problem
        file, line, column = self.at(problem.line, problem.column)
        return replace(
            problem,
            file=file,
            line=line or 1,
            column=column or 1,
            what=self._said(problem.what, file),
            remedy=self._said(problem.remedy, file),
        )

    def all_placed(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Several problems, in the order of their files and lines."""
        return tuple(sorted(map(self.placed, problems)))

    def _said(self, sentence: str, file: str) -> str:
        def placed(match: re.Match[str]) -> str:
            if match[1] is None:
                return match[0]
            at = self.at(int(match[1]))
            return f"line {at.line}" if at.file == file else f"line {at.line} of {at.file}"

        return _NAMED_LINE.sub(placed, sentence)


_NAMED_LINE = re.compile(r"`[^`]*`|\bline (\d+)\b")
"""A line that a sentence names; what stands in quotes is somebody else's."""


@dataclass(frozen=True)
class Whole:
    """An index that is read as one.

    :ivar text: with the marks of the files in it, and every line end as it is.
    :ivar files: what was read, by name; that of the index itself is the first.
    """

    file: str
    text: str
    files: Mapping[str, str]
    lines: Lines
    problems: tuple[Problem, ...] = ()

    def changed(self, text: str) -> dict[str, str]:
        """The files that another text of the whole gives another content, by name."""
        return {
            name: content
            for name, content in parted(text, self.file).items()
            if content != self.files.get(name)
        }


def joined(main: str, topics: Mapping[str, str], file: str) -> Whole:
    """An index read as one.

    :param main: the text of its file; or that of a whole, perhaps changed, without ``topics``.
    :param topics: the texts of the files of topics, by their names below ``topics/``.
    :param file: what the file of the index is called.
    """
    if not topics and _MARKED.search(main):
        return Whole(file, main, parted(main, file), Lines(file, tuple(_came(main, file))))
    files = {file: main, **{f"{FOLDER}/{name}": text for name, text in sorted(topics.items())}}
    if not topics and not _NAMED.search(main):
        return Whole(file, main, files, Lines(file))
    joiner = _Joiner(main, topics, file)
    return Whole(
        file,
        "".join(joiner.text),
        files,
        Lines(file, tuple(joiner.came)),
        tuple(sorted(joiner.problems)),
    )


@dataclass
class _Joiner:
    main: str
    topics: Mapping[str, str]
    file: str
    text: list[str] = field(default_factory=list)
    came: list[_Came] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        lines = _LINE.findall(self.main)
        unlisted = self._unlisted(lines)
        dash, end = _categories_end(lines)
        if unlisted and end is None:
            self._report(
                1,
                f"there are topics in {FOLDER}/, and no list that they could join",
                "write `categories:` alone on a line",
            )
        listed: dict[str, int] = {}
        in_list = False
        for number, line in enumerate(lines, start=1):
            in_list = _is_in_list(line, in_list=in_list)
            match = _LISTED.fullmatch(line.rstrip("\r\n")) if in_list else None
            if match is None:
                self._own(line, number)
            elif match["name"] in listed:
                name = f"{FOLDER}/{match['name']}"
                first = listed[match["name"]]
                self._refuse(line, number, f"{name} is already named on line {first}", "remove one")
            elif match["name"] not in self.topics:
                self._refuse(line, number, *_missing(match["name"], self.topics))
            else:
                listed[match["name"]] = number
                self._topic(match["name"], number, len(match["indent"]), line)
            if number == end:
                for name in unlisted:
                    self._topic(name, number, dash, None)

    def _unlisted(self, lines: list[str]) -> list[str]:
        in_list = False
        names = set()
        for line in lines:
            in_list = _is_in_list(line, in_list=in_list)
            match = _LISTED.fullmatch(line.rstrip("\r\n")) if in_list else None
            if match:
                names.add(match["name"])
        return sorted(self.topics.keys() - names)

    def _own(self, line: str, number: int) -> None:
        self.text.append(line)
        self.came.append(_Came(self.file, number))

    def _refuse(self, line: str, number: int, what: str, remedy: str) -> None:
        """Keep a line from being read for a topic."""
        self._report(number, what, remedy)
        self._own(f"#{line}", number)

    def _report(self, line: int, what: str, remedy: str) -> None:
        self.problems.append(Problem(self.file, line, 1, what, remedy))

    def _topic(self, name: str, number: int, dash: int, listed: str | None) -> None:
        """The lines of a topic, with marks around them that say what :func:`parted` must know.

        :param number: the line of the index that names it, or after which it comes.
        :param listed: the line that names it, if one does.
        """
        file = f"{FOLDER}/{name}"
        text = self.topics[name]
        lines = _LINE.findall(text.removeprefix("\ufeff"))
        first = next((at for at, own in enumerate(lines) if _is_content(own)), None)
        if first is None:
            self.problems.append(
                Problem(file, 1, 1, "this file is empty", "write a topic into it, or remove it")
            )
            return
        own = lines[first]
        indent = len(own) - len(own.lstrip(" "))
        is_dashed = own.lstrip(" ").startswith("- ")
        shift = dash - indent if is_dashed else dash + 2 - indent
        form = "u" if listed is None else "l"
        form += "" if is_dashed else "k"
        form += "b" if text.startswith("\ufeff") else ""
        if listed is None and not self.text[-1].endswith(("\n", "\r")):
            self.text[-1] += "\n"
            form += "c"
        if listed is not None and not listed.endswith(("\n", "\r")):
            listed += "\n"
            form += "c"
        self.text.append(f"#> {name} {dash} {shift} {form}|{listed or chr(10)}")
        self.came.append(_Came(self.file, number))
        for at, content in enumerate(lines):
            begins = at == first and not is_dashed
            self.text.append(_indented(content, shift, dash if begins else None))
            self.came.append(_Came(file, at + 1, shift))
        is_cut = not lines[-1].endswith(("\n", "\r"))
        if is_cut:
            self.text[-1] += "\n"
        self.text.append(f"#<{'-' if is_cut else ''}\n")
        self.came.append(_Came(file, len(lines)))


def _missing(name: str, topics: Mapping[str, str]) -> tuple[str, str]:
    near = nearest(name, topics)
    meant = f"did you mean {quoted(f'{FOLDER}/{near}')}?"
    what = f"there is no file {quoted(f'{FOLDER}/{name}')}"
    return what, meant if near else "put it there, or remove the line"


def _is_in_list(line: str, *, in_list: bool) -> bool:
    """Whether what follows a line stands below ``categories:``, if it did before."""
    if _CATEGORIES.fullmatch(line.rstrip("\r\n")):
        return True
    begins = line[:1]
    return in_list and (not line.strip() or begins in " #-")


def _categories_end(lines: list[str]) -> tuple[int, int | None]:
    """The column of the dashes of ``categories:``, and the number of its last line."""
    in_list, dash, end = False, None, None
    for number, line in enumerate(lines, start=1):
        in_list = _is_in_list(line, in_list=in_list)
        if in_list and _is_content(line):
            end = number
            if dash is None and line.lstrip(" ").startswith("- "):
                dash = len(line) - len(line.lstrip(" "))
    return 2 if dash is None else dash, end


def _is_content(line: str) -> bool:
    bare = line.strip()
    return bool(bare) and not bare.startswith("#")


def _indented(line: str, shift: int, dash: int | None) -> str:
    if not line.strip():
        return line
    if dash is not None:
        return f"{' ' * dash}- {line.lstrip(' ')}"
    return f"{' ' * shift}{line}" if shift >= 0 else line[min(-shift, _spaces(line)) :]


def _spaces(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def parted(text: str, file: str) -> dict[str, str]:
    """The files of a whole by their names, each as it is to be written; that of the index first."""
    files: dict[str, list[str]] = {file: []}
    lines = iter(_LINE.findall(text))
    for line in lines:
        begin = _BEGIN.fullmatch(line)
        if begin is None:
            files[file].append(line)
            continue
        if "l" in begin["form"]:
            files[file].append(begin["line"])
        if "c" in begin["form"] and files[file]:
            files[file][-1] = files[file][-1].rstrip("\r\n")
        files[f"{FOLDER}/{begin['name']}"] = list(_parted_topic(begin, lines))
    return {name: "".join(content) for name, content in files.items()}


def _came(text: str, file: str) -> Iterator[_Came]:
    """Where each line of a whole comes from, by the marks in it."""
    number, topic, shift, inside = 0, "", 0, 0
    for line in _LINE.findall(text):
        begin = _BEGIN.fullmatch(line)
        if begin:
            number += "l" in begin["form"]
            topic, shift, inside = f"{FOLDER}/{begin['name']}", int(begin["shift"]), 0
            yield _Came(file, number)
        elif topic and _END.fullmatch(line):
            yield _Came(topic, inside)
            topic = ""
        elif topic:
            inside += 1
            yield _Came(topic, inside, shift)
        else:
            number += 1
            yield _Came(file, number)


def _parted_topic(begin: re.Match[str], lines: Iterator[str]) -> Iterator[str]:
    dash, shift = int(begin["dash"]), int(begin["shift"])
    awaited = "k" in begin["form"]
    if "b" in begin["form"]:
        yield "\ufeff"
    held = ""
    for line in lines:
        end = _END.fullmatch(line)
        if end:
            yield held.rstrip("\r\n") if end["cut"] else held
            return
        yield held
        if awaited and _is_content(line):
            awaited = False
            held = f"{' ' * (dash + 2 - shift)}{line[dash + 2 :]}"
        elif not line.strip():
            held = line
        else:
            held = line[min(shift, _spaces(line)) :] if shift >= 0 else f"{' ' * -shift}{line}"
    yield held


# --- From one file to many, and back. ---

SCHEMA = re.compile(r"\s*#\s*yaml-language-server:.*")
"""The line that names a schema to editors."""


def split(main: str, file: str, head: str = "") -> dict[str, str]:
    """Every topic that stands in a file, in a file of its own, and the file that then names them.

    Comments between two topics stay where they are; those within go along.

    :param head: a line for the beginning of each new file, such as that which names its schema.
    :returns: the files by name, that of the index first.
    """
    lines = _LINE.findall(main)
    new: dict[str, list[str]] = {file: []}
    at, in_list = 0, False
    while at < len(lines):
        line = lines[at]
        in_list = _is_in_list(line, in_list=in_list)
        dash = _spaces(line)
        begins = in_list and line.lstrip(" ").startswith("- ") and _is_topic(lines, at, dash)
        end = _end_of_topic(lines, at, dash) if begins else at + 1
        own = lines[at:end]
        name = f"{FOLDER}/{_id_of(own, dash)}.yaml" if begins else file
        if name in new:  # It begins no topic, or one with the id of another.
            new[file] += own
            at = end
            continue
        ending = line[len(line.rstrip("\r\n")) :] or "\n"
        shift = _spaces(f"{line[:dash]} {line[dash + 1 :]}")
        content = [f"{' ' * shift}{line[shift:]}", *own[1:]]
        new[file].append(f"{' ' * dash}- {name}{ending}")
        new[name] = [
            *([f"{head}{ending}"] if head else []),
            *(part[min(shift, _spaces(part)) :] if part.strip() else part for part in content),
        ]
        at = end
    return {name: "".join(content) for name, content in new.items()}


def _is_topic(lines: list[str], at: int, dash: int) -> bool:
    return not _LISTED.fullmatch(lines[at].rstrip("\r\n")) and bool(
        _id_of(lines[at : _end_of_topic(lines, at, dash)], dash)
    )


def _id_of(lines: list[str], dash: int) -> str:
    """The id of a topic, from its keys; empty where it has none that can name a file."""
    keys = _spaces(f"{lines[0][:dash]} {lines[0][dash + 1 :]}")
    for line in lines:
        bare = f"{line[:dash]} {line[dash + 1 :]}" if line is lines[0] else line
        match = re.match(r" *id: *(['\"]?)([a-z0-9-]+)\1\s*(?:#.*)?$", bare)
        if match and _spaces(bare) == keys:
            return match[2]
    return ""


def _end_of_topic(lines: list[str], at: int, dash: int) -> int:
    """The number of the line after the last one of a topic; comments after it stay behind."""
    end = at + 1
    for number in range(at + 1, len(lines)):
        line = lines[number]
        if _is_content(line) and _spaces(line) <= dash:
            break
        if line.strip() and (_is_content(line) or _spaces(line) > dash + 1):
            end = number + 1
    return end


def unsplit(main: str, topics: Mapping[str, str], file: str) -> str:
    """The same index in one file, with every comment but those that name a schema to editors."""
    whole = joined(main, topics, file)
    kept: list[str] = []
    in_topic = False
    for line in _LINE.findall(whole.text):
        if _BEGIN.fullmatch(line) or _END.fullmatch(line):
            in_topic = not in_topic
        elif not (in_topic and SCHEMA.fullmatch(line.rstrip("\r\n"))):
            kept.append(line)
    last = _END.fullmatch(_LINE.findall(whole.text)[-1]) if whole.text else None
    text = "".join(kept)
    return text.rstrip("\r\n") if last and last["cut"] else text
