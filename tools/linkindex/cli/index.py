"""Reading the index, and writing files, for every command."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from linkindex.catalogue import Catalogue, Problem, Severity
from linkindex.catalogue.loading import examine_file
from linkindex.catalogue.permalinks import check_ledger, ledger_path, other_ledgers
from linkindex.catalogue.source import YamlMap
from linkindex.cli.console import counted, fail, print_problems, say
from linkindex.cli.group import EXIT_FAULT, began
from linkindex.icons import icon_names


def checked(path: Path) -> Catalogue:
    """The catalogue, once everything that is wrong with it has been said."""
    return sound(path).catalogue


class Sound(NamedTuple):
    """A catalogue without an error, and the tree that it was made of."""

    catalogue: Catalogue
    tree: YamlMap


def sound(path: Path) -> Sound:
    """The catalogue and its tree, once everything that is wrong has been said."""
    examined = examine_file(path, icons=icon_names(), today=began().date())
    problems = list(examined.problems)
    if examined.catalogue:
        problems.extend(_ledger_problems(path, examined.catalogue))
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    print_problems(problems)
    if examined.catalogue is None or examined.tree is None or errors:
        count = counted(len(errors), "error")
        fail(f"{count} in the index; mend the lines above and run the command again")
        sys.exit(EXIT_FAULT)
    return Sound(examined.catalogue, examined.tree)


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


def show_and_save(
    path: Path, before: str, after: str, *, unchanged: str, dry_run: bool = False
) -> bool:
    """Show what changes in the index and write it; say whether it was written.

    :param unchanged: the sentence for a change that changes nothing.
    """
    from linkindex.editing.saving import difference, save

    say(difference(before, after, path.name) or unchanged)
    if after == before or dry_run:
        return False
    save(path, before, after)
    return True


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
