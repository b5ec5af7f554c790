"""What git knows of a file that is no longer there."""

from __future__ import annotations

import shutil
import subprocess
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
