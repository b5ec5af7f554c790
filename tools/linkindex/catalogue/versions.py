"""Which layouts of ``resources.yaml`` this program reads: ``schema:`` below ``index:``.

The number goes up when an older file has to be changed before it means the same, and
:mod:`linkindex.upkeep.upgrading` has a step for each. A file without it is of the first.
"""

from __future__ import annotations

from linkindex.catalogue.model import OLDEST_SCHEMA as OLDEST
from linkindex.catalogue.model import SCHEMA as KEY
from linkindex.catalogue.problems import Problem
from linkindex.catalogue.yaml.source import YamlMap

__all__ = ["CURRENT", "KEY", "OLDEST", "too_new", "written_version"]

CURRENT = 2
"""The version that this program writes."""


def written_version(tree: object) -> int | None:
    """The version that a file names; the oldest where it names none, nothing where it is no number.

    >>> written_version({"index": {"name": "Good Links"}})
    1
    """
    index = tree.get("index") if isinstance(tree, dict) else None
    written = index.get(KEY) if isinstance(index, dict) else None
    if written is None:
        return OLDEST
    text = str(written)
    is_number = text.isascii() and text.isdecimal() and len(text) < 10 and int(text) >= OLDEST
    return int(text) if is_number else None


def too_new(tree: object, file: str) -> Problem | None:
    """The one sentence for a file that was written for a later program than this one.

    Nothing else can be said of it: what this program does not know may be right.
    """
    version = written_version(tree)
    if version is None or version <= CURRENT:
        return None
    index = tree.get("index") if isinstance(tree, dict) else None
    assert isinstance(index, YamlMap)  # noqa: S101 - the version stands in it
    return Problem(
        file,
        *index.key_places[KEY],
        f"this index was written for a newer LinkIndex (`{KEY}: {version}`, and this one knows "
        f"{CURRENT})",
        "install the newer one, as requirements.in names it, or ask whoever changed the line",
    )
