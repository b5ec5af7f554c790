"""What other packages add to the program by entry points, without a line of it being changed.

A package that is installed beside LinkIndex names what it adds in its ``pyproject.toml``::

    [project.entry-points."linkindex.reports"]
    spreadsheet = "our_reports:spreadsheet"

An extension is a guest: what it does wrong is answered by a sentence that names it, and the
traceback, which is for whoever makes it, goes to the log.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from typing import NoReturn, TypeVar

from linkindex.catalogue import LinkIndexError

EXPORTS = "linkindex.exports"
"""The group of exports: see :mod:`linkindex.site.exports.added`."""

REPORTS = "linkindex.reports"
"""The group of reports on links: see :mod:`linkindex.links.reports.table`."""

_KINDS = {EXPORTS: "export", REPORTS: "report"}

_Result = TypeVar("_Result")

log = logging.getLogger(__name__)


class ExtensionError(LinkIndexError):
    """What another package added cannot be used: one sentence that names it, and what to do."""


@dataclass(frozen=True)
class Extension:
    """One entry point, which is not loaded before it is needed.

    :ivar package: the distribution that brings it.
    """

    kind: str
    name: str
    package: str
    point: EntryPoint = field(repr=False, compare=False)

    def __str__(self) -> str:
        return f"the {self.kind} `{self.name}` of `{self.package}`"

    def load(self) -> object:
        """What the entry point names.

        :raises ExtensionError: when it cannot be imported.
        """
        return self.run(self.point.load, "cannot be loaded")

    def run(self, step: Callable[[], _Result], failed: str = "failed") -> _Result:
        """What a step of the extension gives.

        :raises ExtensionError: when it raises anything.
        """
        try:
            return step()
        except LinkIndexError as error:
            raise ExtensionError(f"{self}: {error}") from error
        except (Exception, SystemExit) as error:
            log.error("%s %s", self, failed, exc_info=True)
            reason = f"{type(error).__name__}: {error}".rstrip(": ")
            raise ExtensionError(
                f"{self} {failed} ({' '.join(reason.split())}); tell whoever makes it, or "
                "uninstall it"
            ) from error

    def refuse(self, what: str, remedy: str = "tell whoever makes it, or uninstall it") -> NoReturn:
        """Say what is wrong with it.

        :raises ExtensionError: always.
        """
        raise ExtensionError(f"{self} {what}; {remedy}")


def extensions(group: str) -> tuple[Extension, ...]:
    """Everything that installed packages add to a group, in the order of packages and names."""
    found = (
        Extension(_KINDS[group], point.name, _package(point), point)
        for point in entry_points(group=group)
    )
    return tuple(sorted(found, key=lambda extension: (extension.package, extension.name)))


def _package(point: EntryPoint) -> str:
    """The distribution that an entry point belongs to; its module where that has no name."""
    if point.dist and "Name" in point.dist.metadata:
        return point.dist.metadata["Name"]
    return point.module.partition(".")[0]
