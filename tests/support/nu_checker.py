"""The Nu HTML checker, where Java and npm are there; a plainer one in Python elsewhere."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import html5lib

from tests.support.npm import npm_package

VERSION = "26.9.27"
SHA512 = "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA=="
"""Of the package, as npm lists it (``npm view vnu-jar@VERSION dist.integrity``)."""

SHORT_RUN = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""For a run of seconds Java loses more time than it gains by compiling twice, in many threads."""

FAULTS_OF_THE_THEME = ("Attribute \u201cautocomplete\u201d is only allowed when the input type is",)
"""Material marks the check boxes of its menu and search so; no reader notices."""


def faults(pages: Sequence[Path]) -> list[str]:
    """What is wrong with the pages, as ``name:line: fault``."""
    jar = nu_jar()
    found = _by_nu(jar, pages) if jar else [fault for page in pages for fault in _by_html5lib(page)]
    return [fault for fault in found if not any(known in fault for known in FAULTS_OF_THE_THEME)]


def nu_jar() -> Path | None:
    """The checker, fetched once and checked against its hash; nothing without Java or npm."""
    if not shutil.which("java"):
        return None
    package = npm_package("vnu-jar", VERSION, SHA512)
    return package / "build" / "dist" / "vnu.jar" if package else None


def _by_nu(jar: Path, pages: Sequence[Path]) -> list[str]:
    checked = subprocess.run(
        [
            "java",
            *SHORT_RUN,
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
