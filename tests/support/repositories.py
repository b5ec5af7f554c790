"""Repositories of git for tests, with a server beside them that is a folder."""

from __future__ import annotations

import subprocess
from pathlib import Path


def git(*arguments: object, cwd: Path) -> str:
    """What a command of git prints; it must succeed."""
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    done = subprocess.run(
        ["git", *who, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=True
    )
    return done.stdout


def empty_checkout(folder: Path) -> Path:
    """A checkout of the branch ``main`` with nothing in it, and ``origin.git`` beside it."""
    origin, place = folder / "origin.git", folder / "checkout"
    git("init", "-q", "--bare", "-b", "main", origin, cwd=folder)
    git("init", "-q", "-b", "main", place, cwd=folder)
    git("remote", "add", "origin", origin, cwd=place)
    return place
