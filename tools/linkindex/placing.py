"""Putting finished files in their places: all of a set, or none of it."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import on_one_line

try:
    import fcntl
except ImportError:  # Windows, where a folder that is left over waits for a person
    fcntl = None  # type: ignore[assignment]

_STAGED = ".linkindex-unfinished-"
"""Begins the name of a folder in which files wait for their places; git ignores it."""


def place_files(files: Mapping[Path, bytes]) -> None:
    """Write files so that all are there whole, or none is and nothing else has changed.

    A link to a folder is followed where it is named; a link among the files is refused.

    :raises LinkIndexError: when a folder cannot be written to.
    """
    folders = {path.parent for path in files}
    with contextlib.ExitStack() as stack:
        made = stack.enter_context(_new_folders(folders))
        staged: dict[Path, Path] = {}
        for folder in sorted(folders):
            waiting = stack.enter_context(_staging(folder))
            for place in (path for path in files if path.parent == folder):
                _refuse_link(place)
                staged[place] = waiting / place.name
                staged[place].write_bytes(files[place])
        with _uninterrupted():
            _swap(staged)
            made.clear()


def _swap(staged: Mapping[Path, Path]) -> None:
    """Move every file to its place; after a failure put back what was there."""
    former: dict[Path, Path] = {}
    placed: list[Path] = []
    try:
        for place, waiting in staged.items():
            if place.exists():
                former[place] = waiting.with_name(f"{waiting.name}.former")
                place.replace(former[place])
            waiting.replace(place)
            placed.append(place)
    except BaseException:
        for place in placed:
            place.unlink()
        for place, kept in former.items():
            kept.replace(place)
        raise


def _refuse_link(place: Path) -> None:
    if place.is_symlink():
        raise LinkIndexError(
            f"{on_one_line(place)} is a link to {on_one_line(place.readlink())}; "
            "remove it, or name another folder"
        )
    if place.is_dir():
        raise LinkIndexError(f"{on_one_line(place)} is a folder where a file belongs; move it away")


@contextlib.contextmanager
def _new_folders(folders: set[Path]) -> Iterator[list[Path]]:
    """Make the folders that are missing, and take them away again unless the list is emptied."""
    made: list[Path] = []
    try:
        for folder in sorted(folders):
            for part in (*reversed(folder.parents), folder):
                if not part.is_dir():
                    made.append(part)
                    _make_folder(part)
        yield made
    finally:
        for part in reversed(made):
            with contextlib.suppress(OSError):
                part.rmdir()


def _make_folder(folder: Path) -> None:
    if folder.is_symlink():
        raise LinkIndexError(
            f"{on_one_line(folder)} is a link to {on_one_line(folder.readlink())}, "
            "which is not there; make that folder, or name another"
        )
    try:
        folder.mkdir()
    except OSError as error:
        raise _unwritable(folder, error) from None


def _unwritable(folder: Path, error: OSError) -> LinkIndexError:
    reason = error.strerror or str(error)
    return LinkIndexError(
        f"{on_one_line(folder)}: nothing can be written there ({reason}); "
        "make room or choose another place"
    )


@contextlib.contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """A hidden folder within a folder, on the same disk; it is gone at the end."""
    for left in folder.glob(f"{_STAGED}*"):
        _sweep(left)
    # Named before it is made, so that a stop at any moment finds it to take away.
    waiting = folder / f"{_STAGED}{secrets.token_hex(4)}"
    try:
        try:
            waiting.mkdir()
        except OSError as error:
            raise _unwritable(folder, error) from None
        with _held(waiting):
            yield waiting
    except OSError as error:
        raise _unwritable(folder, error) from None
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def _sweep(left: Path) -> None:
    """Remove what a run left that was killed, but not what another run is using."""
    if fcntl is not None:
        with contextlib.suppress(OSError), _held(left):
            shutil.rmtree(left)


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold a folder, so that another run can tell it from one that was left.

    :raises OSError: when another run holds it.
    """
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let a stop come too late for the block, which takes an instant."""
    former = {}
    with contextlib.suppress(ValueError):  # only the main thread is stopped by signals
        for name in (signal.SIGINT, signal.SIGTERM):
            former[name] = signal.signal(name, signal.SIG_IGN)
    try:
        yield
    finally:
        for name, handler in former.items():
            signal.signal(name, handler)
