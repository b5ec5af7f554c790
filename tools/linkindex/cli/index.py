"""Reading the index, and writing files, for every command."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from linkindex.catalogue import Catalogue, Problem, Severity
from linkindex.catalogue.loading import examine_file
from linkindex.catalogue.permalinks import check_ledger, ledger_path, lost, other_ledgers
from linkindex.catalogue.yaml.source import YamlMap
from linkindex.cli.console import counted, fail, print_problems, say
from linkindex.cli.group import EXIT_FAULT
from linkindex.cli.past import was_committed
from linkindex.icons import icon_names
from linkindex.placing import place_files


def checked(path: Path) -> Catalogue:
    """The catalogue, once everything that is wrong with it has been said."""
    return sound(path).catalogue


class Sound(NamedTuple):
    """A catalogue without an error, and the tree that it was made of."""

    catalogue: Catalogue
    tree: YamlMap


def sound(path: Path) -> Sound:
    """The catalogue and its tree, once everything that is wrong has been said."""
    examined = examine_file(path, icons=icon_names())
    problems = list(examined.problems)
    if examined.catalogue:
        problems.extend(_ledger_problems(path, examined.catalogue))
    refuse(problems)
    assert examined.catalogue is not None  # noqa: S101 - else there was an error
    assert examined.tree is not None  # noqa: S101
    return Sound(examined.catalogue, examined.tree)


def refuse(problems: Sequence[Problem]) -> None:
    """Say what is wrong, and end the command if any of it is an error."""
    print_problems(problems)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        count = counted(len(errors), "error")
        fail(f"{count} in the index; mend the lines above and run the command again")
        sys.exit(EXIT_FAULT)


def _ledger_problems(path: Path, catalogue: Catalogue) -> list[Problem]:
    from linkindex.cards.edition import witnesses

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


def show_and_save(
    path: Path, before: str, after: str, *, unchanged: str, dry_run: bool = False
) -> bool:
    """Show what changes in the index and write it; say whether it was written.

    :param unchanged: the sentence for a change that changes nothing.
    """
    from linkindex.upkeep.saving import difference, save

    say(difference(before, after, path.name) or unchanged)
    if after == before or dry_run:
        return False
    save(path, before, after)
    return True


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files so that all of them are there whole, or none is."""
    place_files({folder / name: content for name, content in files.items()})
