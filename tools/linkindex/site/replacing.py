"""Putting a folder in the place of another, whole or not at all, whenever the program ends."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from linkindex.catalogue import LinkIndexError

_FORMER = "-former"


@contextlib.contextmanager
def replaced_when_whole(output: Path) -> Iterator[Path]:
    """A new folder beside ``output`` that takes its place when the block ends without an error.

    A symbolic link is followed. What a program left behind that was killed is swept away.

    :raises LinkIndexError: when nothing can be written there.
    """
    output = _followed(output)
    # Named before it is made, so that a stop at any moment finds it to take away.
    unfinished = output.with_name(f".{output.name}-{secrets.token_hex(4)}")
    former = unfinished.with_name(f"{unfinished.name}{_FORMER}")
    try:
        try:
            _sweep(output)
            _refuse_read_only(output)
            unfinished.mkdir(parents=True)
        except OSError as error:
            raise LinkIndexError(
                f"{output}: nothing can be written there ({error.strerror}); name another folder"
            ) from None
        with _held(unfinished):
            yield unfinished
            if output.exists():
                output.rename(former)
            try:
                unfinished.rename(output)
            except BaseException:
                if former.exists() and not output.exists():
                    former.rename(output)
                raise
    finally:
        _remove(unfinished)
        if output.exists():
            _remove(former)


def _followed(output: Path) -> Path:
    try:
        return output.resolve()
    except (OSError, RuntimeError):  # the second until Python 3.12
        raise LinkIndexError(
            f"{output} is a link that leads back to itself; remove it, or name another folder"
        ) from None


def _refuse_read_only(output: Path) -> None:
    """What may not be changed cannot be taken away once it is replaced."""
    if output.is_dir() and not os.access(output, os.W_OK | os.X_OK):
        raise LinkIndexError(
            f"{output} is read-only, so it cannot be replaced; allow writing there, or name "
            "another folder"
        )


def _sweep(output: Path) -> None:
    """Take away what stopped programs left beside a folder, and give back a site they moved."""
    if not output.parent.is_dir():
        return
    name = re.compile(rf"\.{re.escape(output.name)}-[0-9a-f]{{8}}(?P<former>{_FORMER})?")
    for path in sorted(output.parent.iterdir()):
        remains = name.fullmatch(path.name)
        if remains is None or path.is_symlink() or not path.is_dir():
            continue
        if remains["former"] and not output.exists():
            path.rename(output)
        elif not _is_held(path.with_name(path.name.removesuffix(_FORMER))):
            _remove(path)


def _remove(folder: Path) -> None:
    for inside, _, _ in os.walk(folder):
        if not os.access(inside, os.W_OK):
            with contextlib.suppress(OSError):
                Path(inside).chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)


if sys.platform == "win32":

    @contextlib.contextmanager
    def _held(_folder: Path) -> Iterator[None]:
        yield

    def _is_held(_folder: Path) -> bool:
        """Nothing tells there whether another program is at work, so nothing is taken away."""
        return True

else:
    import fcntl

    @contextlib.contextmanager
    def _held(folder: Path) -> Iterator[None]:
        """Hold a lock on a folder, which ends with the program however that ends."""
        opened = os.open(folder, os.O_RDONLY)
        try:
            with contextlib.suppress(OSError):  # some file systems know no locks
                fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        finally:
            os.close(opened)

    def _is_held(folder: Path) -> bool:
        """Whether a program that is still running is at work in a folder."""
        try:
            opened = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        else:
            return False
        finally:
            os.close(opened)
