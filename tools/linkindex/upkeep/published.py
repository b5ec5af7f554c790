"""An index as a whole: the file itself, and the codes that were published from it."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from pathlib import Path

from linkindex.catalogue.catalogue import Catalogue
from linkindex.catalogue.loading import examine_file
from linkindex.catalogue.permalinks import check_ledger, ledger_path, lost, other_ledgers
from linkindex.catalogue.problems import Problem, Severity
from linkindex.catalogue.yaml.diagnosis import Examined
from linkindex.upkeep.past import was_committed


def examine_published(
    path: Path,
    *,
    icons: Collection[str],
    today: datetime.date | None = None,
    before: Path | None = None,
) -> Examined:
    """Read an index, and say everything that is wrong with it or with its ledger of codes.

    A ledger with errors leaves the catalogue there: it can be read, but not be built.

    :param before: the index as it was before a change: what is new in it is then to blame.
    :raises LinkIndexError: when the file cannot be read.
    """
    examined = examine_file(path, icons=icons, today=today, before=before)
    if examined.catalogue is None:
        return examined
    problems = (*examined.problems, *_ledger_problems(path, examined.catalogue))
    return examined._replace(problems=problems)


def _ledger_problems(path: Path, catalogue: Catalogue) -> list[Problem]:
    from linkindex.cards.edition import witnesses  # typesetting takes a moment to load

    folder = path.parent
    ledger = ledger_path(folder, catalogue)
    name = ledger.relative_to(folder).as_posix()
    told = witnesses(folder, ledger.name)
    if ledger.exists():
        text = ledger.read_text("utf-8-sig", errors="replace")
        return check_ledger(text, name, catalogue, told)
    if told or was_committed(ledger, folder):
        return [lost(name, "is missing")]
    return [
        Problem(
            path.name,
            catalogue.settings.line,
            1,
            f"codes were published at another address ({other.name})",
            "keep that address answering, for printed cards lead there",
            Severity.WARNING,
        )
        for other in other_ledgers(folder, catalogue)
    ]
