"""The command ``linkindex``, also as ``python -m linkindex``."""

from __future__ import annotations

import io
import sys


def run() -> None:
    """Run the command; Ctrl-C is one sentence even while the program is still loading."""
    _let_nothing_that_is_said_crash()
    try:
        from linkindex.cli import main

        main(prog_name="linkindex")
    except KeyboardInterrupt:
        print("stopped; nothing was changed", file=sys.stderr)
        sys.exit(130)


def _let_nothing_that_is_said_crash() -> None:
    """Write a letter that the encoding of the output lacks as its number, such as ``\\u0175``.

    Pipes of Windows have 256 letters, and ``LANG=C`` has 128, while titles are in any language.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    run()
