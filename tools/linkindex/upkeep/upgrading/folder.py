"""The files of an index that an upgrade may change, and what a step does to them. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from linkindex.catalogue.loading import whole_of
from linkindex.catalogue.parts import FOLDER as TOPICS
from linkindex.catalogue.parts import Whole

ASIDE = "set-aside"
"""Where a file goes that was changed by hand and would now take the place of something newer."""


@dataclass(frozen=True)
class Folder:
    """The files of an index.

    :ivar index: what the file of the index is called.
    :ivar files: the bytes of each file, by its path below the folder, with ``/`` between its parts.
    """

    index: str
    files: Mapping[str, bytes]

    @property
    def whole(self) -> Whole:
        """The index with its files of topics, as one text."""
        begins = f"{TOPICS}/"
        topics = {
            name.removeprefix(begins): data
            for name, data in self.files.items()
            if name.startswith(begins)
        }
        return whole_of(self.files[self.index], topics, self.index)

    def after(self, change: Change) -> Folder:
        """The folder once a step was done."""
        files = {name: data for name, data in self.files.items() if name not in change.files}
        files |= {name: data for name, data in change.files.items() if data is not None}
        return dataclasses.replace(self, files=files)

    def with_text(self, text: str) -> dict[str, bytes | None]:
        """The files of the index that another text of the whole changes."""
        return {name: part.encode() for name, part in self.whole.changed(text).items()}


@dataclass(frozen=True)
class Change:
    """What a step does.

    :ivar files: the new bytes of each file; none for one that goes.
    :ivar says: what is done and why, a sentence a line.
    """

    files: Mapping[str, bytes | None] = field(default_factory=dict)
    says: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of an upgrade.

    :ivar to: the version of the layout that the folder has once all steps to it are done; none for
        what is done again with each version of the program.
    :ivar title: what it is about, in a few words.
    :ivar does: the change of a folder; an empty one where there is nothing to do.
    """

    to: int | None
    title: str
    does: Callable[[Folder], Change]
