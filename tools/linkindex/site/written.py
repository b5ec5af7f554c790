"""The pages that people write: which there are in a folder, and what each says."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import quoted

PAGE_SUFFIXES = (".markdown", ".mdown", ".mkdn", ".mkd", ".md")
"""How the names of pages end, for MkDocs as for us."""

_SAVE_AGAIN = "save it again with the encoding UTF-8"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def is_page(path: str) -> bool:
    """Whether a file of ``docs/`` is a page of Markdown."""
    return path.endswith(PAGE_SUFFIXES)


def page_texts(folder: Path) -> dict[str, str]:
    """The text of every page in a folder, by its path. Links to other folders are followed.

    :raises LinkIndexError: naming a file that is no text, or a link that leads round in a circle.
    """
    named = {path.relative_to(folder).as_posix(): path for path in files_in(folder)}
    return {name: read_page(path, name) for name, path in sorted(named.items()) if is_page(name)}


def page_text(content: bytes, name: str) -> str:
    """The text of a page as it was saved.

    :param name: its path below ``docs/``.
    :raises LinkIndexError: with the line that is no text.
    """
    if content.startswith(_UTF_16):
        raise LinkIndexError(f"docs/{name}:1: this page is saved as UTF-16; {_SAVE_AGAIN}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LinkIndexError(
            f"docs/{name}:{_line_at(content, error.start)}: this line is not saved as UTF-8, but "
            f"perhaps as ANSI; {_SAVE_AGAIN}"
        ) from None
    if "\0" in text:
        raise LinkIndexError(
            f"docs/{name}:{_line_at(content, content.index(0))}: this line holds a NUL character, "
            f"which no text does; {_SAVE_AGAIN}, or take the character out"
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def refuse_circles(folder: Path) -> None:
    """Refuse a folder in which a link leads back to a folder that holds it: reading never ends.

    :raises LinkIndexError: naming the link.
    """
    for _ in files_in(folder):
        pass


def files_in(folder: Path) -> Iterator[Path]:
    """Every file in a folder and those below it. Links to other folders are followed.

    :raises LinkIndexError: for a link that leads round in a circle.
    """
    for inside, folders, names in os.walk(folder, followlinks=True):
        for path in (Path(inside, name) for name in folders):
            if path.is_symlink() and _holds_one_of(path, _up_to(folder, Path(inside))):
                raise LinkIndexError(
                    f"docs/{path.relative_to(folder).as_posix()}: this link leads back to a folder "
                    "that holds it; remove the link"
                )
        yield from (Path(inside, name) for name in names)


def _up_to(top: Path, folder: Path) -> list[Path]:
    """A folder and those that hold it, up to the one at the top."""
    return [folder, *(parent for parent in folder.parents if parent.is_relative_to(top))]


def _holds_one_of(link: Path, folders: list[Path]) -> bool:
    target = link.resolve()
    return any(folder.resolve().is_relative_to(target) for folder in folders)


def read_page(path: Path, name: str) -> str:
    """The text of a file of ``docs/``.

    :param name: its path below ``docs/``.
    :raises LinkIndexError: when it cannot be read, or is no text.
    """
    try:
        return page_text(path.read_bytes(), name)
    except OSError as error:
        raise LinkIndexError(
            f"docs/{name}: this page cannot be read ({error.strerror or error}); mend or remove it"
        ) from None


def _line_at(content: bytes, place: int) -> int:
    before = content[:place].replace(b"\r\n", b"\n")
    return before.count(b"\n") + before.count(b"\r") + 1


def marked(text: str, language: str) -> str:
    """A page that says among its settings which language it is in, where the site is in another."""
    if _BEGUN.match(text):
        return text.replace("\n", f"\nlang: {language}\n", 1)
    return f"---\nlang: {language}\n---\n{text}"


_SETTINGS = re.compile(r"---[ \t]*\n(?P<yaml>.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_BEGUN = re.compile(r"---[ \t]*\n\s*[\w-]+:(?:\s|\Z)")
_KINDS: dict[str, tuple[tuple[type, ...], str]] = {
    "title": ((str,), "put it in double quotes"),
    "description": ((str,), "put it in double quotes"),
    "robots": ((str,), "write `noindex`"),
    "template": ((str,), "name a file of `overrides/`"),
    "hide": ((list, str), "write a list such as `[toc]`"),
    "scripts": ((list,), "write a list such as `[offline]`"),
    "search": ((dict,), "write `exclude: true` on the next line, after two spaces"),
}
"""What the theme reads of the settings above a page: what each may be, and what to write."""


def refuse_wrong_settings(text: str, name: str) -> None:
    """Refuse a page whose settings, between two lines ``---`` at its top, cannot be read.

    :param text: the page with its placeholders filled in.
    :raises LinkIndexError: with the line.
    """
    if not _BEGUN.match(text):
        return
    settings = _SETTINGS.match(text)
    if settings is None:
        raise LinkIndexError(
            f"docs/{name}:1: the settings that begin here never end; write `---` below them, on a "
            "line of its own"
        )
    try:
        values = yaml.safe_load(settings["yaml"])
    except yaml.YAMLError as error:
        line, what = _yaml_fault(error)
        raise LinkIndexError(
            f"docs/{name}:{line + 1}: the settings of this page cannot be read ({what}); put a "
            "text that holds a colon or begins with a sign in double quotes"
        ) from None
    if isinstance(values, dict):
        _refuse_wrong_kinds(values, settings["yaml"], name)


def _refuse_wrong_kinds(values: dict[Any, Any], settings: str, name: str) -> None:
    for key, (kinds, remedy) in _KINDS.items():
        if key in values and not isinstance(values[key], kinds):
            line = settings[: settings.index(f"{key}:")].count("\n") + 2
            raise LinkIndexError(
                f"docs/{name}:{line}: `{key}` cannot be {quoted(values[key])}; {remedy}"
            )


def _yaml_fault(error: yaml.YAMLError) -> tuple[int, str]:
    """The line from 1 where YAML gave up, and why in the words of its parser."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return error.problem_mark.line + 1, error.problem or "wrong YAML"
    return 1, "it holds a character that YAML does not allow"
