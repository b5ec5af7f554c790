"""Reading the index, and writing files, for every command."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from linkindex.catalogue import Catalogue
from linkindex.catalogue.published import examine_published
from linkindex.catalogue.yaml.source import YamlMap
from linkindex.cli.console import counted, fail, print_problems, say
from linkindex.cli.group import EXIT_FAULT
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
    examined = examine_published(path, icons=icon_names())
    print_problems(examined.problems)
    if examined.catalogue is None or examined.tree is None or examined.errors:
        count = counted(len(examined.errors), "error")
        fail(f"{count} in the index; mend the lines above and run the command again")
        sys.exit(EXIT_FAULT)
    return Sound(examined.catalogue, examined.tree)


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
    """Write files so that each is there whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".unfinished-", dir=folder) as unfinished:
        for name, content in files.items():
            (Path(unfinished) / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(unfinished) / name).write_bytes(content)
        for name in files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(unfinished) / name).replace(folder / name)
