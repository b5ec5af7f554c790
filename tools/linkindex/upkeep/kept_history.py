"""The history of links on a branch: fetched before a check or a build, and kept after a check.

Two files travel: what checks found, and which links were found harmful, so that a history that is
lost or spoilt shows none of those again. Other runs may have added lines meanwhile, so each file is
joined line by line; both are files to which lines are only added.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import quoted
from linkindex.links.history.kept import DANGERS_NAME
from linkindex.links.history.lines import FILE_NAME
from linkindex.placing import place_files
from linkindex.upkeep.branches import (
    TRIES_TO_PUSH,
    Branch,
    commit_in,
    committed,
    content_of,
    fetched,
    is_there,
    joined,
    tree_of,
)
from linkindex.upkeep.git import GitError

Tidy = Callable[[Path], None]


class Kept(Enum):
    """What became of a history that was to be kept."""

    NOTHING = "there was none"
    ALREADY = "the branch held all of it"
    ADDED = "it was added"


def fetch(branch: Branch) -> bool:
    """Put the history that the branch holds beside the index; say whether it holds one.

    :raises LinkIndexError: when the repository cannot be asked. A site that is built without the
        history would show again what became harmful.
    """
    if not is_there(branch):
        return False
    fetched(branch)
    history = committed(branch, FILE_NAME)
    dangers = committed(branch, DANGERS_NAME)
    files = {}
    if history is not None:
        files[branch.index / FILE_NAME] = history
    if dangers is not None:
        own = branch.index / DANGERS_NAME
        files[own] = joined(dangers, own.read_bytes() if own.is_file() else b"")
    place_files(files)
    return history is not None


def keep(branch: Branch, tidy: Tidy) -> Kept:
    """Add to the branch what lies beside the index.

    :param tidy: makes a joined history as short as it may be: joining brings back what tidying
        left out, and without this the file would grow for ever.
    :raises LinkIndexError: when the repository cannot be asked, or does not take it.
    """
    if not content_of(branch.index / FILE_NAME):
        return Kept.NOTHING
    for attempt in range(1, TRIES_TO_PUSH + 1):
        with tree_of(branch) as tree:
            for name in (DANGERS_NAME, FILE_NAME):
                _add_ours(branch, name, tree, tidy)
            if not commit_in(branch, tree, "Record what the link check found"):
                return Kept.ALREADY
            try:
                branch.git.at(tree).output(
                    "push", "-q", branch.remote, f"HEAD:refs/heads/{branch.name}"
                )
            except GitError as error:
                said = str(error)
            else:
                return Kept.ADDED
        time.sleep(attempt)
    raise LinkIndexError(
        f"{FILE_NAME} could not be kept on {quoted(branch.name)} ({said}); where that branch is "
        "protected, name another with --branch, or in the variable LINK_HISTORY_BRANCH of the "
        "repository"
    )


def _add_ours(branch: Branch, name: str, tree: Path, tidy: Tidy) -> None:
    ours = content_of(branch.index / name)
    if not ours:
        return
    path = branch.path_of(name)
    place = tree / path
    theirs = content_of(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(joined(theirs, ours) if theirs else ours)
    if theirs and name == FILE_NAME:
        tidy(place)
    branch.git.at(tree).output("add", "--", path)
