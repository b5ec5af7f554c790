"""The Nu HTML checker, where Java and npm are there; a plainer one in Python elsewhere."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path

import html5lib

VERSION = "26.9.27"
SHA512 = "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA=="
"""Of the package, as npm lists it (``npm view vnu-jar@VERSION dist.integrity``)."""

CACHE = Path(__file__).parents[2] / ".cache" / f"vnu-{VERSION}"

FAULTS_OF_THE_THEME = ("Attribute \u201cautocomplete\u201d is only allowed when the input type is",)
"""Material marks the check boxes of its menu and search so; no reader notices."""


def faults(pages: Sequence[Path]) -> list[str]:
    """What is wrong with the pages, as ``name:line: fault``."""
    jar = nu_jar()
    found = _by_nu(jar, pages) if jar else [fault for page in pages for fault in _by_html5lib(page)]
    return [fault for fault in found if not any(known in fault for known in FAULTS_OF_THE_THEME)]


def nu_jar() -> Path | None:
    """The checker, fetched once and checked against its hash; nothing without Java or npm."""
    if not shutil.which("java") or not shutil.which("npm"):
        return None
    jar = CACHE / "package" / "build" / "dist" / "vnu.jar"
    if not jar.exists():
        _fetch()
    return jar if jar.exists() else None


def _fetch() -> None:
    """Fetch the checker aside and move it into place whole: tests run side by side."""
    aside = CACHE.with_name(f"{CACHE.name}-{os.getpid()}")
    aside.mkdir(parents=True)
    try:
        packed = subprocess.run(
            ["npm", "pack", "--silent", f"vnu-jar@{VERSION}"],
            cwd=aside,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if packed.returncode:
            return
        archive = aside / packed.stdout.split()[-1]
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        assert digest == SHA512, "vnu-jar is not the package that was pinned"
        with tarfile.open(archive) as files:
            files.extractall(aside, filter="data")
        archive.unlink()
        with contextlib.suppress(OSError):  # another test was faster
            aside.rename(CACHE)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _by_nu(jar: Path, pages: Sequence[Path]) -> list[str]:
    checked = subprocess.run(
        [
            "java",
            "-Xss4m",
            "-jar",
            str(jar),
            "--errors-only",
            "--exit-zero-always",
            "--format",
            "json",
            *map(str, pages),
        ],
        capture_output=True,
        text=True,
        timeout=170,
        check=True,
    )
    return [
        f"{Path(message['url']).name}:{message.get('lastLine', 1)}: {message['message']}"
        for message in json.loads(checked.stderr)["messages"]
    ]


def _by_html5lib(page: Path) -> list[str]:
    parser = html5lib.HTMLParser()
    parser.parse(page.read_text("utf-8"))
    return [f"{page.name}:{place[0]}: {code}" for place, code, _ in parser.errors]
