"""Showing a change and writing it, whole or not at all."""

from __future__ import annotations

import contextlib
import difflib
import os
import tempfile
from pathlib import Path

from linkindex.catalogue import LinkIndexError


def read_text(path: Path) -> str:
    """The text of a file with its line ends as they are.

    :raises LinkIndexError: when it cannot be read as UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise LinkIndexError(f"{path}: this is not UTF-8 text; save it with UTF-8") from None


def difference(before: str, after: str, file: str) -> str:
    """What a change does, as a unified diff with two lines around it; empty if it does nothing."""
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), file, file, lineterm="", n=2
    )
    return "\n".join(lines)


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
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise
