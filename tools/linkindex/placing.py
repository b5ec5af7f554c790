"""Putting what is finished in its place: all of it or none of it, whenever the program ends.

:func:`place_files` places files among others in a folder, :func:`replaced_when_whole` a folder that
takes the place of another. Both let a thing grow in a hidden folder that they hold, put it in place
in one instant, and take away what a killed run left, but never what another run is using.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import signal
import sys
import time
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import on_one_line

_STAGED = ".linkindex-unfinished-"
"""Begins the name of a folder in which files wait for their places; git ignores it."""

_FORMER = "-former"
"""Ends the name of what was there before."""


def place_files(files: Mapping[Path, bytes], gone: Collection[Path] = ()) -> None:
    """Write files so that all are there whole, or none is and nothing else has changed.

    A link to a folder is followed where it is named; a link among the files is refused.

    :param gone: files that are taken away together with it, with the folders that they leave empty.
    :raises LinkIndexError: when a folder cannot be written to.
    """
    folders = {path.parent for path in (*files, *gone)}
    with contextlib.ExitStack() as stack:
        made = stack.enter_context(_new_folders(folders))
        staged: dict[Path, Path] = {}
        leaving: dict[Path, Path] = {}
        for folder in sorted(folders):
            waiting = stack.enter_context(_staging(folder))
            leaving |= {path: waiting / path.name for path in gone if path.parent == folder}
            for place in (path for path in files if path.parent == folder):
                _refuse_link(place)
                staged[place] = waiting / place.name
                staged[place].write_bytes(files[place])
        _swap(staged, leaving)
        made.clear()
    for folder in sorted({path.parent for path in gone}, reverse=True):
        with contextlib.suppress(OSError):  # there is something else in it
            folder.rmdir()


@contextlib.contextmanager
def replaced_when_whole(output: Path) -> Iterator[Path]:
    """A new folder beside ``output`` that takes its place when the block ends without an error.

    A symbolic link is followed. What a program left behind that was killed is swept away.

    :raises LinkIndexError: when nothing can be written there.
    """
    output = _followed(output)
    # Named before it is made, so that a stop at any moment finds it to take away.
    unfinished = output.with_name(f".{output.name}-{secrets.token_hex(4)}")
    try:
        try:
            _sweep_beside(output)
            _refuse_read_only(output)
            unfinished.mkdir(parents=True)
        except OSError as error:
            raise _unwritable(output, error, "name another folder") from None
        with _held(unfinished):
            yield unfinished
            _swap({output: unfinished})
    finally:
        _remove(unfinished)
        if output.exists():
            _remove(_former(unfinished))


def moved(source: Path, target: Path) -> None:
    """Move a file or folder to its place, on the same disk.

    Windows lets nobody move what another program has open: a scanner for a moment, a viewer of
    PDF files as long as a person looks.

    :raises LinkIndexError: when it stays open, with which it is.
    """
    for pause in (*_PAUSES, None):
        try:
            source.replace(target)
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _IN_USE:
                raise
            if pause is None:
                shown = target.name if target.exists() else source.name
                raise LinkIndexError(
                    f"{on_one_line(shown)} is open in another program; close it there, then run "
                    "the command again"
                ) from None
            time.sleep(pause)
        else:
            return


_IN_USE = (5, 32)
"""What Windows says of a file or folder that is open elsewhere: ERROR_ACCESS_DENIED for a folder
with such a file, ERROR_SHARING_VIOLATION (System Error Codes 0-499)."""

_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds to wait before each further try: a scanner of files is done by then."""


def _swap(staged: Mapping[Path, Path], leaving: Mapping[Path, Path] | None = None) -> None:
    """Move everything to its place; after a failure put back what was there.

    :param leaving: what goes, and where to.
    """
    former: dict[Path, Path] = {}
    placed: list[Path] = []
    with _uninterrupted():
        try:
            for place, waiting in (leaving or {}).items():
                former[place] = _former(waiting)
                moved(place, former[place])
            for place, waiting in staged.items():
                if place.exists():
                    former[place] = _former(waiting)
                    moved(place, former[place])
                moved(waiting, place)
                placed.append(place)
        except BaseException:
            for place in placed:
                moved(place, staged[place])
            for place, kept in former.items():
                # The first of the two moves may be what failed.
                if kept.exists() and not place.exists():
                    moved(kept, place)
            raise


def _former(waiting: Path) -> Path:
    return waiting.with_name(f"{waiting.name}{_FORMER}")


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
        _followed(folder)
        raise LinkIndexError(
            f"{on_one_line(folder)} is a link to {on_one_line(folder.readlink())}, "
            "which is not there; make that folder, or name another"
        )
    try:
        folder.mkdir()
    except OSError as error:
        raise _unwritable(folder, error) from None


@contextlib.contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """A hidden folder within a folder, on the same disk; it is gone at the end."""
    for left in folder.glob(f"{_STAGED}*"):
        _remove_if_left(left)
    # Named before it is made, so that a stop at any moment finds it to take away.
    waiting = folder / f"{_STAGED}{secrets.token_hex(4)}"
    try:
        waiting.mkdir()
        with _held(waiting):
            yield waiting
    except OSError as error:
        raise _unwritable(folder, error) from None
    finally:
        _remove(waiting)


def _sweep_beside(output: Path) -> None:
    """Take away what stopped programs left beside a folder, and give back what they moved."""
    if not output.parent.is_dir():
        return
    name = re.compile(rf"\.{re.escape(output.name)}-[0-9a-f]{{8}}(?P<former>{_FORMER})?")
    for path in sorted(output.parent.iterdir()):
        remains = name.fullmatch(path.name)
        if remains is None or path.is_symlink() or not path.is_dir():
            continue
        if not remains["former"]:
            _remove_if_left(path)
        elif not output.exists():
            moved(path, output)
        elif not _is_held(path.with_name(path.name.removesuffix(_FORMER))):
            _remove(path)


def _refuse_link(place: Path) -> None:
    if place.is_symlink():
        raise LinkIndexError(
            f"{on_one_line(place)} is a link to {on_one_line(place.readlink())}; "
            "remove it, or name another folder"
        )
    if place.is_dir():
        raise LinkIndexError(f"{on_one_line(place)} is a folder where a file belongs; move it away")


def _followed(output: Path) -> Path:
    try:
        return output.resolve()
    except (OSError, RuntimeError):  # the second until Python 3.12
        raise LinkIndexError(
            f"{on_one_line(output)} is a link that leads back to itself; remove it, or name "
            "another folder"
        ) from None


def _refuse_read_only(output: Path) -> None:
    """What may not be changed cannot be taken away once it is replaced."""
    if output.is_dir() and not os.access(output, os.W_OK | os.X_OK):
        raise LinkIndexError(
            f"{on_one_line(output)} is read-only, so it cannot be replaced; "
            "allow writing there, or name another folder"
        )


def _unwritable(
    folder: Path, error: OSError, remedy: str = "make room or choose another place"
) -> LinkIndexError:
    reason = error.strerror or str(error)
    return LinkIndexError(
        f"{on_one_line(folder)}: nothing can be written there ({reason}); {remedy}"
    )


def _remove(folder: Path) -> None:
    """Take a folder away, with what in it is read-only."""
    for inside, _, _ in os.walk(folder):
        if not os.access(inside, os.W_OK):
            with contextlib.suppress(OSError):
                Path(inside).chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)


def _remove_if_left(folder: Path) -> None:
    """Take away what a run left that was killed, but not what another run is using."""
    if folder.is_dir() and not folder.is_symlink() and not _is_held(folder):
        _remove(folder)


if sys.platform == "win32":

    @contextlib.contextmanager
    def _held(_folder: Path) -> Iterator[None]:
        yield

    def _is_held(_folder: Path) -> bool:
        """Nothing there tells whether a run is at work, so what is left waits for a person."""
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
        """Whether a run that has not ended is at work in a folder, as far as can be told."""
        try:
            opened = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        else:
            return False
        finally:
            os.close(opened)
