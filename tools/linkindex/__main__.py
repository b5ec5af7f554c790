"""The command ``linkindex``, also as ``python -m linkindex``."""

from __future__ import annotations

import atexit
import gc
import io
import signal
import sys
from types import FrameType


class _StoppedError(BaseException):
    """A signal asked the program to end. What it had begun is taken away on the way out."""

    def __init__(self, number: int) -> None:
        self.number = number


_MANY, _SELDOM = 50_000, 50
"""New objects after which Python looks for circles of unused ones, and how often it does so before
it looks among older ones. At its own 700 and 10, a build takes a twentieth longer and finds few,
since what is read stays until the end."""


def run() -> None:
    """Run the command; being stopped is one sentence even while the program is still loading."""
    _let_nothing_that_is_said_crash()
    _end_tidily()
    gc.set_threshold(_MANY, _SELDOM)
    # Nor does it look through all that is left when it ends: a twentieth of a build again.
    atexit.register(gc.freeze)
    try:
        from linkindex.cli import main

        main(prog_name="linkindex")
    except KeyboardInterrupt:
        _stopped(signal.SIGINT)
    except _StoppedError as stopped:
        _stopped(stopped.number)


def _end_tidily() -> None:
    """Let a signal that would end the program at once unwind it instead, as Ctrl-C does."""
    for name in ("SIGTERM", "SIGHUP"):  # Windows has only the first
        number = getattr(signal, name, None)
        # What was ignored from outside, as nohup does, stays so.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)


def _stop(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # the tidying up takes a moment
    raise _StoppedError(number)


def _stopped(number: int) -> None:
    print("stopped; nothing was changed", file=sys.stderr)
    sys.exit(128 + number)


def _let_nothing_that_is_said_crash() -> None:
    """Write a letter that the encoding of the output lacks as its number, such as ``\\u0175``.

    Pipes of Windows have 256 letters, and ``LANG=C`` has 128, while titles are in any language.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    run()
