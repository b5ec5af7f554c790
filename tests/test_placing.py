"""What is finished is put in place whole, and runs leave each other alone."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from linkindex.catalogue import LinkIndexError
from linkindex.placing import place_files


def test_what_another_run_is_using_is_not_swept_away_nor_what_a_link_leads_to(
    tmp_path: Path,
) -> None:
    left, elsewhere = tmp_path / ".linkindex-unfinished-0123abcd", tmp_path / "elsewhere"
    left.mkdir()
    elsewhere.mkdir(mode=0o500)
    (tmp_path / ".linkindex-unfinished-link").symlink_to(elsewhere)
    lock = os.open(left, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    place_files({tmp_path / "a.txt": b"a"})
    assert left.is_dir()
    os.close(lock)
    place_files({tmp_path / "a.txt": b"b"})
    assert not left.exists()
    assert (tmp_path / "a.txt").read_bytes() == b"b"
    assert elsewhere.stat().st_mode & 0o777 == 0o500


def test_a_link_to_itself_is_not_told_as_a_folder_that_is_missing(tmp_path: Path) -> None:
    (tmp_path / "cards").symlink_to("cards")
    with pytest.raises(LinkIndexError, match="leads back to itself; remove it"):
        place_files({tmp_path / "cards" / "a.txt": b"a"})


def test_a_move_that_fails_puts_every_file_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "1.txt", tmp_path / "2.txt"
    first.write_bytes(b"old 1")
    second.write_bytes(b"old 2")
    move = Path.replace

    def fails_at_the_last(path: Path, target: Path) -> Path:
        if target == second and path.read_bytes() == b"new 2":
            raise OSError(5, "Input/output error")
        return move(path, target)

    monkeypatch.setattr(Path, "replace", fails_at_the_last)
    with pytest.raises(Exception, match="nothing can be written there"):
        place_files({first: b"new 1", second: b"new 2", tmp_path / "3.txt": b"new 3"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "1.txt": b"old 1",
        "2.txt": b"old 2",
    }
