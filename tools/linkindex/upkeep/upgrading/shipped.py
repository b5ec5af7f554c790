"""What the program put into folders while the layout was of the first version (``shipped.txt``).

An index was a copy of the program then: its pages and its frame lay in the folder. A file that is
still as it came is not the maintainer's, and the program now brings its own.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from importlib import resources


def is_as_it_came(name: str, data: bytes) -> bool:
    """Whether a file holds what the program once put there, however its lines end."""
    return _digest(data) in _shipped().get(name, frozenset())


def was_shipped(name: str) -> bool:
    """Whether the program ever put a file there."""
    return name in _shipped()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()[:16]


@functools.cache
def _shipped() -> Mapping[str, frozenset[str]]:
    text = resources.files(__package__).joinpath("shipped.txt").read_text("utf-8")
    lines = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return {name: frozenset(digests) for name, *digests in lines}
