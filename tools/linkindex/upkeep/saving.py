"""Showing a change and writing it, whole or not at all."""

from __future__ import annotations

import contextlib
import difflib
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.parts import Whole
from linkindex.placing import moved, place_files


def read_text(path: Path) -> str:
    """The text of a file with its line ends as they are.

    :raises LinkIndexError: when it cannot be read as UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise LinkIndexError(f"{path}: this is not UTF-8 text; save it with UTF-8") from None


@contextlib.contextmanager
def placed_errors(whole: Whole) -> Iterator[None]:
    """What cannot be changed in an index that is read as one, said of the file where it stands."""
    try:
        yield
    except LinkIndexError as error:
        sentence = re.sub(
            rf"^{re.escape(whole.file)}:(\d+)(?::\d+)?(?=:)",
            lambda line: str(whole.lines.at(int(line[1]))),
            str(error),
        )
        raise LinkIndexError(sentence) from None


def difference(whole: Whole, after: str) -> str:
    """What a change does, as a unified diff with two lines around it; empty if it does nothing."""
    lines: list[str] = []
    for file, text in whole.changed(after).items():
        before = whole.files[file].splitlines()
        lines += difflib.unified_diff(before, text.splitlines(), file, file, lineterm="", n=2)
    return "\n".join(lines)


def save_whole(path: Path, whole: Whole, after: str) -> None:
    """Write the files of an index that another text of the whole changes.

    :param path: the file of the index itself.
    :raises LinkIndexError: when somebody has changed one of them meanwhile; then none is written.
    """
    changed = {
        path if name == whole.file else path.parent / name: (whole.files[name], text)
        for name, text in whole.changed(after).items()
    }
    if len(changed) == 1:
        ((only, (before, text)),) = changed.items()
        save(only, before, text)
        return
    for file, (before, _) in changed.items():
        if read_text(file) != before:
            raise LinkIndexError(f"{file} was changed meanwhile; nothing is written, try again")
    place_files({file.resolve(): text.encode() for file, (_, text) in changed.items()})


def save_with(path: Path, whole: Whole, after: str, others: Mapping[Path, bytes]) -> None:
    """The same, together with other files: all of them, or none.

    :raises LinkIndexError: when somebody has changed a file of the index meanwhile.
    """
    files = dict(others)
    for name, text in whole.changed(after).items():
        file = path if name == whole.file else path.parent / name
        if file.exists() and read_text(file) != whole.files.get(name):
            raise LinkIndexError(f"{file} was changed meanwhile; nothing is written, try again")
        files[file.resolve()] = text.encode()
    place_files(files)


def save(path: Path, before: str, after: str) -> None:
    """Replace a file whose text was ``before``.

    :raises LinkIndexError: when somebody has changed the file meanwhile.
    """
    target = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after.encode())
        Path(name).chmod(target.stat().st_mode)
        if read_text(target) != before:
            raise LinkIndexError(f"{path} was changed meanwhile; nothing is written, try again")
        moved(Path(name), target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise
