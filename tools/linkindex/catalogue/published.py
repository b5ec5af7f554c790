"""An index as a whole: the file itself, and the codes that were published from it."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from pathlib import Path

from linkindex.catalogue.catalogue import Catalogue
from linkindex.catalogue.loading import Examined, examine_file
from linkindex.catalogue.permalinks import check_ledger, ledger_path, other_ledgers
from linkindex.catalogue.problems import Problem, Severity


def examine_published(
    path: Path, *, icons: Collection[str], today: datetime.date | None = None
) -> Examined:
    """Read an index, and say everything that is wrong with it or with its ledger of codes.

    A ledger with errors leaves the catalogue there: it can be read, but not be built.

    :raises LinkIndexError: when the file cannot be read.
    """
    examined = examine_file(path, icons=icons, today=today)
    if examined.catalogue is None:
        return examined
    problems = (*examined.problems, *_ledger_problems(path, examined.catalogue))
    return examined._replace(problems=problems)


def _ledger_problems(path: Path, catalogue: Catalogue) -> list[Problem]:
    ledger = ledger_path(path.parent, catalogue)
    if not ledger.exists():
        return [
            Problem(
                path.name,
                catalogue.settings.line,
                1,
                f"codes were published at another address ({other.name})",
                "keep that address answering, for printed cards lead there",
                Severity.WARNING,
            )
            for other in other_ledgers(path.parent, catalogue)
        ]
    name = ledger.relative_to(path.parent).as_posix()
    return check_ledger(ledger.read_text("utf-8", errors="replace"), name, catalogue)
