"""What git knows of a file that is no longer there."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Collection
from pathlib import Path


def was_committed(path: Path, folder: Path) -> bool:
    """Whether git has seen a file at this path, as far as its history was fetched.

    :param folder: one that is there, and lies in the same repository.
    """
    git = shutil.which("git")
    if git is None:
        return False
    try:
        asked = subprocess.run(  # noqa: S603 - the program that was found, and a path of ours
            [git, "log", "-1", "--format=%h", "--", str(path.resolve())],
            cwd=folder.resolve(),
            capture_output=True,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0 and bool(asked.stdout.strip())


def not_committed(folder: Path, names: Collection[str]) -> list[str] | None:
    """Which files below a folder git could not give back as they are now.

    :param names: paths below the folder.
    :return: those that were changed since the last commit, or that git does not know; nothing at
        all where there is no git, or the folder lies in no repository.
    """
    if not names:
        return []
    # Paths from the top of the repository come back, with NUL between them.
    top = _asked(folder, "rev-parse", "--show-prefix")
    if top is None:
        return None
    prefix = top.strip()
    status = _asked(
        folder, "status", "--porcelain", "-z", "--ignored", "--untracked-files=all", "--", *names
    )
    if status is None:
        return None
    told = [line[3:] for line in status.split("\0") if len(line) > 3 and line[2] == " "]
    return [name.removeprefix(prefix) for name in told]


def _asked(folder: Path, *words: str) -> str | None:
    """What git answers in a folder; nothing where it is not there, or does not answer."""
    git = shutil.which("git")
    if git is None:
        return None
    try:
        asked = subprocess.run(  # noqa: S603 - the program that was found, and paths of ours
            [git, "--literal-pathspecs", *words],
            cwd=folder.resolve(),
            capture_output=True,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return asked.stdout.decode("utf-8", "replace") if asked.returncode == 0 else None
