"""Programs for tests that are packages of npm: fetched once, checked against a hash, kept aside."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

CACHE = Path(__file__).parents[2] / ".cache"

PATIENCE = 300.0
"""Seconds in which npm fetches a package, or is taken to have no connection."""


def npm_package(
    name: str, version: str, sha512: str, prepare: Callable[[Path], None] = lambda _: None
) -> Path | None:
    """The folder of a package; nothing where npm is missing or does not find it.

    :param sha512: of the package in base 64, as ``npm view NAME@VERSION dist.integrity`` says.
    :param prepare: works on the unpacked folder once, before it is kept.
    """
    kept = CACHE / f"{name}-{version}"
    if not kept.exists() and shutil.which("npm"):
        _fetch(f"{name}@{version}", sha512, prepare, kept)
    return kept / "package" if kept.exists() else None


def _fetch(package: str, sha512: str, prepare: Callable[[Path], None], kept: Path) -> None:
    """Fetch a package aside and move it into place whole: tests run side by side."""
    aside = kept.with_name(f"{kept.name}-{os.getpid()}")
    aside.mkdir(parents=True)
    try:
        try:
            packed = subprocess.run(
                ["npm", "pack", "--silent", package],
                cwd=aside,
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                check=True,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            return
        archive = aside / packed.stdout.split()[-1]
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        assert digest == sha512, f"{package} is not the package that was pinned"
        with tarfile.open(archive) as files:
            files.extractall(aside, filter="data")
        archive.unlink()
        prepare(aside / "package")
        with contextlib.suppress(OSError):  # another test was faster
            aside.rename(kept)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
