"""The history of links on a branch: fetched before a check or a build, and kept after a check.

Two files travel: what checks found, and which links were found harmful, so that a history that is
lost or spoilt shows none of those again. Other runs may have added lines meanwhile, so each file is
joined line by line; both are files to which lines are only added.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePosixPath

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import quoted
from linkindex.links.history.kept import DANGERS_NAME
from linkindex.links.history.lines import FILE_NAME
from linkindex.placing import place_files
from linkindex.upkeep.git import Git, GitError, git_in, with_token

_TRIES_TO_ASK = 3
_TRIES_TO_PUSH = 5
_NO_SUCH_BRANCH = 2
"""The exit code of ``git ls-remote --exit-code`` where nothing fits."""

Tidy = Callable[[Path], None]


class Kept(Enum):
    """What became of a history that was to be kept."""

    NOTHING = "there was none"
    ALREADY = "the branch held all of it"
    ADDED = "it was added"


@dataclass(frozen=True)
class Branch:
    """Where the history is kept.

    :ivar index: the folder of the index, within a repository.
    :ivar name: of the branch.
    :ivar author: who commits, as a name and an e-mail address.
    """

    git: Git
    index: Path
    name: str
    remote: str = "origin"
    author: tuple[str, str] = ("linkindex", "linkindex@localhost")

    def path_of(self, name: str) -> str:
        """The path of a file of the index within the repository."""
        prefix = self.git.output("rev-parse", "--show-prefix").decode().strip()
        return str(PurePosixPath(prefix) / name)


def branch_of(
    index: Path, name: str | None, remote: str, environment: Mapping[str, str] = os.environ
) -> Branch:
    """The branch of the history of an index.

    :param name: of the branch; that which is checked out if nothing is named.
    :param environment: in which GitHub and GitLab say who they are, and give a token.
    :raises LinkIndexError: when there is no git, no repository, or no branch.
    """
    git = git_in(index, _credentials(environment))
    if git.status("rev-parse", "--git-dir"):
        raise LinkIndexError(
            "the index lies in no repository of git, so there is no branch to keep its history on; "
            "run `git init`, or keep link-history.tsv where it is"
        )
    if not name:
        try:
            name = git.output("symbolic-ref", "--quiet", "--short", "HEAD").decode().strip()
        except GitError:
            raise LinkIndexError(
                "no branch is checked out; name the one of the history with --branch, or in the "
                "variable HISTORY_BRANCH"
            ) from None
    if git.status("check-ref-format", f"refs/heads/{name}"):
        raise LinkIndexError(f"{quoted(name)} cannot be the name of a branch; name another")
    return Branch(git, index, name, remote, _author(environment))


def _credentials(environment: Mapping[str, str]) -> dict[str, str]:
    if environment.get("GITHUB_TOKEN"):
        server = environment.get("GITHUB_SERVER_URL") or "https://github.com"
        return with_token(server, "x-access-token", environment["GITHUB_TOKEN"])
    server, token = environment.get("CI_SERVER_URL", ""), environment.get("HISTORY_TOKEN", "")
    return with_token(server, "oauth2", token) if server else {}


def _author(environment: Mapping[str, str]) -> tuple[str, str]:
    if environment.get("GITHUB_ACTIONS") == "true":
        # https://api.github.com/users/github-actions[bot]
        return "github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com"
    return "linkindex", "linkindex@localhost"


def fetch(branch: Branch) -> bool:
    """Put the history that the branch holds beside the index; say whether it holds one.

    :raises LinkIndexError: when the repository cannot be asked. A site that is built without the
        history would show again what became harmful.
    """
    if not _is_there(branch):
        return False
    _fetch(branch)
    history = _committed(branch, FILE_NAME)
    dangers = _committed(branch, DANGERS_NAME)
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
    if not _content(branch.index / FILE_NAME):
        return Kept.NOTHING
    for attempt in range(1, _TRIES_TO_PUSH + 1):
        with _tree_of(branch) as tree:
            for name in (DANGERS_NAME, FILE_NAME):
                _add_ours(branch, name, tree, tidy)
            there = branch.git.at(tree)
            if there.status("diff", "--cached", "--quiet") == 0:
                return Kept.ALREADY
            name, email = branch.author
            who = ("-c", f"user.name={name}", "-c", f"user.email={email}")
            there.output(*who, "commit", "-q", "-m", "Record what the link check found")
            try:
                there.output("push", "-q", branch.remote, f"HEAD:refs/heads/{branch.name}")
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


def joined(theirs: bytes, ours: bytes) -> bytes:
    """The lines of two files, those of the second that the first does not hold last. Pure.

    >>> joined(b"a\\nb", b"b\\r\\nc\\n")
    b'a\\nb\\nc\\n'
    """
    lines = [line.rstrip(b"\r") for line in (*theirs.split(b"\n"), *ours.split(b"\n"))]
    return b"".join(line + b"\n" for line in dict.fromkeys(lines) if line)


def _is_there(branch: Branch) -> bool:
    """Whether the branch is there. That nobody could be asked is no answer."""
    for attempt in range(1, _TRIES_TO_ASK + 1):
        answer = branch.git.status(
            "ls-remote", "--exit-code", branch.remote, f"refs/heads/{branch.name}"
        )
        if answer in (0, _NO_SUCH_BRANCH):
            return answer == 0
        if attempt < _TRIES_TO_ASK:
            time.sleep(attempt)
    raise LinkIndexError(
        f"{quoted(branch.remote)} could not be asked for the branch {quoted(branch.name)}, so what "
        "link checks found is not known; run this again, in a workflow of a private repository "
        "with GITHUB_TOKEN and `contents: read`"
    )


def _fetch(branch: Branch) -> None:
    branch.git.output("fetch", "-q", "--depth=1", branch.remote, f"refs/heads/{branch.name}")


def _committed(branch: Branch, name: str) -> bytes | None:
    """A file of the index as the branch that was fetched holds it."""
    path = branch.path_of(name)
    listed = branch.git.output("ls-tree", "-r", "--name-only", "--full-tree", "FETCH_HEAD", path)
    return branch.git.output("show", f"FETCH_HEAD:{path}") if listed.strip() else None


@contextmanager
def _tree_of(branch: Branch) -> Iterator[Path]:
    """The branch in a folder of its own, or what is checked out where it is not there yet."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        tree = Path(folder) / "tree"
        start = "HEAD"
        if _is_there(branch):
            _fetch(branch)
            start = "FETCH_HEAD"
        branch.git.output("worktree", "add", "-q", "--detach", str(tree), start)
        try:
            yield tree
        finally:
            branch.git.status("worktree", "remove", "--force", str(tree))


def _add_ours(branch: Branch, name: str, tree: Path, tidy: Tidy) -> None:
    ours = _content(branch.index / name)
    if not ours:
        return
    path = branch.path_of(name)
    place = tree / path
    theirs = _content(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(joined(theirs, ours) if theirs else ours)
    if theirs and name == FILE_NAME:
        tidy(place)
    branch.git.at(tree).output("add", "--", path)


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
