"""Reading the index, and writing files, for every command."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from linkindex.catalogue import Catalogue, Examined, Problem, Severity
from linkindex.catalogue.loading import examine_file
from linkindex.catalogue.permalinks import check_ledger, ledger_path, other_ledgers
from linkindex.cli.console import fail, print_problems
from linkindex.cli.group import EXIT_FAULT
from linkindex.icons import icon_names


def checked(path: Path) -> Catalogue:
    """The catalogue, once everything that is wrong with it has been said."""
    catalogue = sound(path).catalogue
    assert catalogue is not None  # noqa: S101 - it is sound
    return catalogue


def sound(path: Path) -> Examined:
    """What was found in a catalogue without an error, once all of it has been said."""
    examined = examine_file(path, icons=icon_names())
    problems = list(examined.problems)
    if examined.catalogue:
        problems.extend(_ledger_problems(path, examined.catalogue))
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    print_problems(problems)
    if examined.catalogue is None or errors:
        count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
        fail(f"{count} in the index; mend the lines above and run the command again")
        sys.exit(EXIT_FAULT)
    return examined


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


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files so that each is there whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".unfinished-", dir=folder) as unfinished:
        for name, content in files.items():
            (Path(unfinished) / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(unfinished) / name).write_bytes(content)
        for name in files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(unfinished) / name).replace(folder / name)
