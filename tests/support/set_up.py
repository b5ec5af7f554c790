"""Install what requirements.lock names into .venv, and say how far that is.

Run by ``make``, with the Python of .venv and nothing but what that brings along.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

LOCK = Path("requirements.lock")
_COLLECTING = re.compile(r"\s*Collecting ([\w.-]+)")
_EVERY = 20
"""Where nobody watches, one line for so many packages."""


def main() -> int:
    """Install everything; the code with which pip ended."""
    began = time.monotonic()
    total = len(re.findall(r"(?m)^[\w.-]+==", LOCK.read_text("utf-8")))
    say(f"Setting up .venv, which is done once: some {total} packages, in a minute or three.")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    steps = (
        [*pip, "--progress-bar", "off", "--require-hashes", "-r", str(LOCK)],
        [*pip, "--no-deps", "--no-build-isolation", "-e", "."],
    )
    for step in steps:
        process = subprocess.Popen(
            step,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        assert process.stdout is not None
        said = []
        for line in shown(process.stdout, total, sys.stdout.isatty()):
            said.append(line)
        if process.wait():
            say("".join(said[-15:]))
            say("The packages could not be installed; what pip says of it stands above.")
            return process.returncode
    say(f"Set up in {time.monotonic() - began:.0f} seconds.")
    return 0


def shown(lines: Iterator[str], total: int, on_terminal: bool) -> Iterator[str]:
    """Every line that pip says, once it was told how far it is."""
    count = 0
    for line in lines:
        found = _COLLECTING.match(line)
        if found:
            count += 1
            if on_terminal:
                print(f"\r\033[K  fetching {count} of some {total}: {found[1]}", end="", flush=True)
            elif count % _EVERY == 0:
                say(f"  fetched {count} of some {total}")
        elif count and line.startswith("Installing collected packages"):
            if on_terminal:
                print("\r\033[K", end="")
            say("  installing them, which says nothing for a while ...")
        yield line


def say(sentence: str) -> None:
    """Say a sentence at once, also into a pipe."""
    print(sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main())
