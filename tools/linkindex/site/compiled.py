"""What the program alone tells, kept where Python keeps what it compiled of modules.

That is the templates of LinkIndex, MkDocs and the theme, as Jinja compiled them, and values that no
index changes. It holds for the very program that made it. Whoever can write there can change the
modules, too.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.metadata
import marshal
import os
import sys
from collections.abc import Callable, Iterator
from importlib.util import MAGIC_NUMBER, cache_from_source, find_spec
from pathlib import Path
from types import CodeType
from typing import Any, TypeVar

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from linkindex.catalogue import LinkIndexError
from linkindex.places import shipped, shipped_file
from linkindex.placing import place_files

ValueT = TypeVar("ValueT")

_Codes = dict[tuple[str, str], CodeType]


class MadeOnce(BytecodeCache):
    """Templates that were compiled before, by their name and their text, and other values.

    Making them takes a tenth of a large build; a live preview builds again and again.
    """

    def __init__(self, kept: Path | None = None) -> None:
        """:param kept: a file with what was made by another run of the program, if any."""
        self._kept = kept
        self._codes, self._values = _read(kept) if kept else ({}, {})
        self._before = len(self._codes) + len(self._values)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put in what was compiled of the same text, if anything."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember what was compiled."""
        if bucket.code:
            self._codes[bucket.key, bucket.checksum] = bucket.code

    def value(self, name: str, make: Callable[[], ValueT]) -> ValueT:
        """What no index changes, made once and not to be changed: of plain values alone."""
        if name not in self._values:
            self._values[name] = make()
        value: ValueT = self._values[name]
        return value

    def keep(self) -> None:
        """Write down what was made, for the next run; where that cannot be, do nothing."""
        codes = {key: code for key, code in self._codes.items() if _is_of_program(code)}
        now = len(codes) + len(self._values)
        if self._kept is None or now == self._before or sys.dont_write_bytecode:
            return
        self._before = now
        with contextlib.suppress(OSError, LinkIndexError):
            place_files({self._kept: marshal.dumps((_program(), codes, self._values))})


@functools.cache
def made_once() -> MadeOnce:
    """What this program has made."""
    return MadeOnce(Path(cache_from_source(str(shipped_file("site") / "templates.py"))))


def _read(kept: Path) -> tuple[_Codes, dict[str, Any]]:
    try:
        # As Python reads modules.
        program, codes, values = marshal.loads(kept.read_bytes())  # noqa: S302
    except (OSError, EOFError, TypeError, ValueError):  # there is none, or it is damaged
        return {}, {}
    return (codes, values) if program == _program() else ({}, {})


_USED = ("jinja2", "mkdocs", "mkdocs-material", "pydantic")
"""The packages that make what is kept, or of which it is made."""


@functools.cache
def _program() -> str:
    """What templates and values depend on beside their text, in a few letters.

    As Python does, a file is known by its size and the time of its last change.
    """
    packages = [
        importlib.metadata.version(name) for name in ("jinja2", "mkdocs", "mkdocs-material")
    ]
    known = repr((MAGIC_NUMBER, packages, sorted(_files(str(shipped_file("."))))))
    return hashlib.sha256(known.encode()).hexdigest()


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir():
                about = entry.stat()
                yield entry.path, about.st_size, about.st_mtime_ns
            elif entry.name != "__pycache__":
                yield from _files(entry.path)


def _is_of_program(code: CodeType) -> bool:
    """Whether a template comes with the program, not with an index."""
    return code.co_filename.startswith(_folders_of_program())


@functools.cache
def _folders_of_program() -> tuple[str, ...]:
    packages = [spec.origin for name in ("mkdocs", "material") if (spec := find_spec(name))]
    folders = [shipped_file("."), shipped("overrides"), *(Path(str(p)).parent for p in packages)]
    return tuple(f"{folder}{os.sep}" for folder in folders)
