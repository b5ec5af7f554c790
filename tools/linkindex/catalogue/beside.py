"""A file beside the index that may be there once for each of its languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from linkindex.catalogue.problems import Problem

if TYPE_CHECKING:
    from linkindex.catalogue.catalogue import Catalogue

ReadBeside = Callable[[str], bytes]
"""Reads a file by its path relative to the index.

:raises OSError: when it cannot be read; ``FileNotFoundError`` when it is not there.
"""


class Beside(NamedTuple):
    """A file beside the index: what it is called, and what is in it."""

    name: str
    data: bytes


def file_in_language(name: str, catalogue: Catalogue, read: ReadBeside) -> Beside | Problem | None:
    """The file of the language that an index is in, such as ``meanings.cy.yaml``, if any is there.

    A further language without a file of its own has that of the first, which names no language.
    """
    names = [name]
    if catalogue.language != catalogue.languages[0]:
        stem, dot, ending = name.rpartition(".")
        names.insert(0, f"{stem}.{catalogue.language}{dot}{ending}")
    for file in names:
        try:
            return Beside(file, read(file))
        except FileNotFoundError:
            continue
        except OSError as error:
            reason = error.strerror or str(error)
            remedy = "check its permissions"
            return Problem(file, 1, 1, f"this file cannot be read ({reason})", remedy)
    return None
