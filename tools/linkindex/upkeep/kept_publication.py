"""What was published, recorded on the branch that it was published from.

That branch may be one that takes commits by pull request alone. Then the record waits on a branch
of its own, to which each later publication is added until somebody has merged it.
"""

from __future__ import annotations

import time
from dataclasses import replace
from enum import Enum
from pathlib import Path

from linkindex.catalogue import LinkIndexError, ShownCatalogue
from linkindex.catalogue.permalinks import FOLDER
from linkindex.catalogue.problems import quoted
from linkindex.placing import place_files
from linkindex.upkeep.branches import (
    TRIES_TO_PUSH,
    Branch,
    commit_in,
    content_of,
    fetched,
    is_there,
    joined,
    tip_of,
    tree_of,
)
from linkindex.upkeep.git import GitError
from linkindex.upkeep.hub import Hub
from linkindex.upkeep.publication import publication

WAITING = "record-of-published-codes"
"""The branch on which a record waits to be merged."""

MESSAGE = "Record what was published"
_BODY = (
    "These codes and cards went out with the site. `linkindex check` holds the index against this "
    "record, so that no printed code ever stops working, and `linkindex cards --changed-since` "
    "compares with it.\n\n"
    "Only files in `permalinks/` are added. Merge it soon; what is published later is added here "
    "until then.\n"
)


class Kept(Enum):
    """What became of the record of a publication."""

    ALREADY = "the branch held all of it"
    ADDED = "it was added"
    WAITS = "the branch takes no commits, so it waits on another"


def keep_publication(branch: Branch, shown: ShownCatalogue) -> Kept:
    """Add to the branch what an index as it is published would answer for.

    :raises LinkIndexError: when the repository cannot be asked, or takes nothing at all.
    """
    for attempt in range(1, TRIES_TO_PUSH + 1):
        with tree_of(branch) as tree:
            before = branch.git.at(tree).output("rev-parse", "HEAD").decode().strip()
            _record(branch, tree, shown)
            if not commit_in(branch, tree, MESSAGE):
                return Kept.ALREADY
            there = branch.git.at(tree)
            # A push by somebody's own token would start the publication anew.
            quiet = ("-o", "ci.skip") if branch.on_gitlab else ()
            try:
                there.output("push", "-q", *quiet, branch.remote, f"HEAD:refs/heads/{branch.name}")
            except GitError as error:
                said = str(error)
            else:
                return Kept.ADDED
            if tip_of(branch) == before:
                return _left_waiting(branch, tree, said)
        time.sleep(attempt)
    raise _untaken(branch, said)


def _record(branch: Branch, tree: Path, shown: ShownCatalogue) -> None:
    """Write into the folder of the branch what waits already, and what is new."""
    folder = tree / branch.path_of(".")
    waiting = replace(branch, name=WAITING)
    if is_there(waiting):
        fetched(waiting)
        for path in _recorded(waiting):
            place = tree / path
            theirs = branch.git.output("show", f"FETCH_HEAD:{path}")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(joined(content_of(place), theirs))
    place_files(publication(folder, shown).files)
    if (folder / FOLDER).is_dir():
        branch.git.at(tree).output("add", "--", branch.path_of(FOLDER))


def _recorded(waiting: Branch) -> list[str]:
    """The paths of the records on the branch that was fetched."""
    folder = f"{waiting.path_of(FOLDER)}/"
    listed = waiting.git.output("ls-tree", "-r", "--name-only", "--full-tree", "FETCH_HEAD", folder)
    return [path for path in listed.decode().splitlines() if path.endswith(".txt")]


def _left_waiting(branch: Branch, tree: Path, said: str) -> Kept:
    """Put what the branch refused on the one where it waits."""
    asks = (
        *("-o", "merge_request.create", "-o", f"merge_request.target={branch.name}"),
        *("-o", f"merge_request.title={MESSAGE}", "-o", "ci.skip"),
    )
    try:
        branch.git.at(tree).output(
            *("push", "-q", "--force", *(asks if branch.on_gitlab else ()), branch.remote),
            f"HEAD:refs/heads/{WAITING}",
        )
    except GitError:
        raise _untaken(branch, said) from None
    return Kept.WAITS


def _untaken(branch: Branch, said: str) -> LinkIndexError:
    return LinkIndexError(
        f"what was published could not be recorded on {quoted(branch.name)} ({said}); give the job "
        "the permission `contents: write`, or run `linkindex publish` and commit permalinks/"
    )


def proposed(hub: Hub, repository: str, base: str) -> int | None:
    """The pull request for the record that waits; none where workflows may not open one.

    :param repository: ``owner/name``.
    :param base: the branch that it is for.
    """
    return hub.keep_pull(repository, WAITING, base, MESSAGE, _BODY)
