"""A branch of git to which an index adds files while another is checked out.

What is kept there is made in a folder of its own, so that nothing that is checked out changes.
Where others pushed meanwhile, all of it is made anew from what they pushed.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import quoted
from linkindex.upkeep.git import Git, GitError, git_in, with_token

_TRIES_TO_ASK = 3
TRIES_TO_PUSH = 5
"""How often something is made anew because others pushed meanwhile."""

_NO_SUCH_BRANCH = 2
"""The exit code of ``git ls-remote --exit-code`` where nothing fits."""


@dataclass(frozen=True)
class Branch:
    """Where something of an index is kept.

    :ivar index: the folder of the index, within a repository.
    :ivar name: of the branch.
    :ivar author: who commits, as a name and an e-mail address.
    :ivar on_gitlab: whether a job of GitLab asks, which can say more with a push.
    """

    git: Git
    index: Path
    name: str
    remote: str = "origin"
    author: tuple[str, str] = ("linkindex", "linkindex@localhost")
    on_gitlab: bool = False

    def path_of(self, name: str) -> str:
        """The path of a file of the index within the repository."""
        prefix = self.git.output("rev-parse", "--show-prefix").decode().strip()
        return str(PurePosixPath(prefix) / name)


def branch_of(
    index: Path,
    name: str | None,
    remote: str,
    environment: Mapping[str, str] = os.environ,
    *,
    kept: str = "link-history.tsv",
    naming: str = "--branch",
) -> Branch:
    """The branch on which something of an index is kept.

    :param name: of the branch; that which is checked out if nothing is named.
    :param kept: what is kept, and ``naming`` how the branch can be named, for the sentence when
        there is none.
    :param environment: in which GitHub and GitLab say who they are, and give a token.
    :raises LinkIndexError: when there is no git, no repository, or no branch.
    """
    git = git_in(index, _credentials(environment))
    if git.status("rev-parse", "--git-dir"):
        raise LinkIndexError(
            f"the index lies in no repository of git, so there is no branch to keep {kept} on; "
            f"run `git init`, or keep {kept} where it is"
        )
    if not name:
        try:
            name = git.output("symbolic-ref", "--quiet", "--short", "HEAD").decode().strip()
        except GitError:
            raise LinkIndexError(
                f"no branch is checked out; name the one that holds {kept} with {naming}"
            ) from None
    if git.status("check-ref-format", f"refs/heads/{name}"):
        raise LinkIndexError(f"{quoted(name)} cannot be the name of a branch; name another")
    on_gitlab = environment.get("GITLAB_CI") == "true"
    return Branch(git, index, name, remote, _author(environment), on_gitlab)


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


def joined(theirs: bytes, ours: bytes) -> bytes:
    """The lines of two files, those of the second that the first does not hold last. Pure.

    >>> joined(b"a\\nb", b"b\\r\\nc\\n")
    b'a\\nb\\nc\\n'
    """
    lines = [line.rstrip(b"\r") for line in (*theirs.split(b"\n"), *ours.split(b"\n"))]
    return b"".join(line + b"\n" for line in dict.fromkeys(lines) if line)


def is_there(branch: Branch) -> bool:
    """Whether the branch is there. That nobody could be asked is no answer."""
    for attempt in range(1, _TRIES_TO_ASK + 1):
        answer = branch.git.status(
            "ls-remote", "--exit-code", branch.remote, f"refs/heads/{branch.name}"
        )
        if answer in (0, _NO_SUCH_BRANCH):
            return answer == 0
        _refuse_no_remote(branch)
        if attempt < _TRIES_TO_ASK:
            time.sleep(attempt)
    raise LinkIndexError(
        f"{quoted(branch.remote)} could not be asked for the branch {quoted(branch.name)}, so what "
        "it holds is not known; run this again, in a workflow of a private repository "
        "with GITHUB_TOKEN and `contents: read`"
    )


def _refuse_no_remote(branch: Branch) -> None:
    """Refuse to ask a repository elsewhere that nobody has named yet.

    :raises LinkIndexError: saying how it is named.
    """
    is_address = "/" in branch.remote or ":" in branch.remote
    if not is_address and branch.git.status("remote", "get-url", branch.remote) != 0:
        raise LinkIndexError(
            f"git knows no {quoted(branch.remote)} here, so nobody shares what is kept; write "
            f"`git remote add {branch.remote} ADDRESS`, or go on without this until there is one"
        )


def fetched(branch: Branch) -> None:
    """Have what the branch holds at hand, as ``FETCH_HEAD``."""
    branch.git.output("fetch", "-q", "--depth=1", branch.remote, f"refs/heads/{branch.name}")


def committed(branch: Branch, name: str) -> bytes | None:
    """A file of the index as the branch that was fetched holds it."""
    path = branch.path_of(name)
    listed = branch.git.output("ls-tree", "-r", "--name-only", "--full-tree", "FETCH_HEAD", path)
    return branch.git.output("show", f"FETCH_HEAD:{path}") if listed.strip() else None


@contextmanager
def tree_of(branch: Branch) -> Iterator[Path]:
    """The branch in a folder of its own, or what is checked out where it is not there yet."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        tree = Path(folder) / "tree"
        start = "HEAD"
        if is_there(branch):
            fetched(branch)
            start = "FETCH_HEAD"
        branch.git.output("worktree", "add", "-q", "--detach", str(tree), start)
        try:
            yield tree
        finally:
            branch.git.status("worktree", "remove", "--force", str(tree))


def commit_in(branch: Branch, tree: Path, message: str) -> bool:
    """Commit what was added in the folder of a branch; say whether anything was."""
    there = branch.git.at(tree)
    if there.status("diff", "--cached", "--quiet") == 0:
        return False
    name, email = branch.author
    who = ("-c", f"user.name={name}", "-c", f"user.email={email}")
    there.output(*who, "commit", "-q", "-m", message)
    return True


def tip_of(branch: Branch) -> str:
    """The commit that the branch is at, asked of the repository that holds it; empty if none."""
    listed = branch.git.output("ls-remote", branch.remote, f"refs/heads/{branch.name}")
    return listed.decode().partition("\t")[0].strip()


def content_of(path: Path) -> bytes:
    """What a file holds; nothing where there is none."""
    return path.read_bytes() if path.is_file() else b""
