"""Reading the folder of an index, and writing what an upgrade makes of it: all of it or nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.loading import read_file, read_whole
from linkindex.catalogue.permalinks import FOLDER as PERMALINKS
from linkindex.catalogue.problems import on_one_line
from linkindex.placing import place_files
from linkindex.upkeep.past import not_committed
from linkindex.upkeep.upgrading.folder import Folder
from linkindex.upkeep.upgrading.steps import PROGRAM

FOLDERS = ("docs", "overrides", "schema", PERMALINKS)
"""The folders beside an index in which an upgrade may change something."""

FILES = ("mkdocs.yml", "mkdocs.yaml", PROGRAM)

KEPT = "before-upgrade.zip"
"""Where the former files are kept when git does not hold them."""


def read_folder(catalogue: Path) -> Folder:
    """The files of an index that an upgrade may change.

    :raises LinkIndexError: when one of them cannot be read.
    """
    base = catalogue.parent
    whole = read_whole(catalogue)
    files = {name: text.encode() for name, text in whole.files.items()}
    found = [base / name for name in FILES]
    for name in FOLDERS:
        found += sorted((base / name).rglob("*"))
    for path in found:
        if path.is_file() and not path.is_symlink():
            files[path.relative_to(base).as_posix()] = read_file(path)
    return Folder(catalogue.name, files)


def write_upgrade(
    catalogue: Path, before: Folder, files: Mapping[str, bytes | None]
) -> Path | None:
    """Write what an upgrade makes of a folder: all of it, or nothing.

    :param files: the new bytes of each file; none for one that goes.
    :return: the file in which the former ones are kept, where git does not hold them.
    :raises LinkIndexError: when a file was changed meanwhile, or has changes that git does not
        hold though it holds the folder.
    """
    base = catalogue.parent
    former = {name: before.files[name] for name in files if name in before.files}
    for name, data in former.items():
        if read_file(base / name) != data:
            raise LinkIndexError(f"{name} was changed meanwhile; nothing is written, try again")
    for name in files:
        if name not in former and (base / name).exists():
            raise LinkIndexError(
                f"{on_one_line(base / name)} is there already; move it away, then try again"
            )
    open_changes = not_committed(base, sorted(former))
    if open_changes:
        raise LinkIndexError(
            f"{', '.join(open_changes)}: there are changes here that git does not hold, so the "
            "upgrade could not be taken back; commit them, then run the command again"
        )
    placed = {base / name: data for name, data in files.items() if data is not None}
    kept = None
    if open_changes is None:
        kept = _free(base / KEPT)
        placed[kept] = _zipped(former)
    gone = [base / name for name, data in files.items() if data is None]
    place_files(placed, gone)
    return kept


def _free(path: Path) -> Path:
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
