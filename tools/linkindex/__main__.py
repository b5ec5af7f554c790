"""The command ``linkindex``, also as ``python -m linkindex``."""

from __future__ import annotations

import sys


def run() -> None:
    """Run the command; Ctrl-C is one sentence even while the program is still loading."""
    try:
        from linkindex.cli import main

        main(prog_name="linkindex")
    except KeyboardInterrupt:
        print("stopped; nothing was changed", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    run()
