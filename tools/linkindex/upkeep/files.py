"""Giving each topic of an index a file of its own, and putting all into one again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.loading import read_topics, read_whole, whole_of
from linkindex.catalogue.parts import FOLDER, Whole, split, unsplit
from linkindex.catalogue.schema import LINE_OF_A_TOPIC
from linkindex.catalogue.yaml.source import read_yaml


def split_files(path: Path) -> dict[str, str]:
    """The files of an index in which each topic has its own, by their names below its folder.

    Those that stay as they are are not among them.

    :raises LinkIndexError: when a file that would be written is there already, or the index could
        not be read in its parts as it was before.
    """
    whole = read_whole(path)
    files = split(whole.files[whole.file], whole.file, LINE_OF_A_TOPIC)
    for name in files:
        if name in whole.files and name != whole.file:
            raise LinkIndexError(
                f"{name} is there already, and a topic of {whole.file} has the same id; put one of "
                "the two away"
            )
    topics = {
        name.removeprefix(f"{FOLDER}/"): text.encode()
        for name, text in {**whole.files, **files}.items()
        if name != whole.file
    }
    _prove(whole, whole_of(files[whole.file].encode(), topics, whole.file).text)
    return files


def joined_text(path: Path) -> tuple[str, list[str]]:
    """The text of an index in one file, and the names of the files of topics that it holds.

    :raises LinkIndexError: when it could not be read as it was before, or a file is not read.
    """
    whole = read_whole(path)
    if whole.problems:
        raise LinkIndexError("\n".join(map(str, whole.problems)))
    topics = {name: content.decode("utf-8") for name, content in read_topics(path).items()}
    text = unsplit(whole.files[whole.file], topics, whole.file)
    _prove(whole, text)
    return text, sorted(topics)


def remove_topics(path: Path, names: Iterable[str]) -> None:
    """Take files of topics away, and their folder if nothing else is in it."""
    folder = path.parent / FOLDER
    for name in names:
        (folder / name).unlink()
    with contextlib.suppress(OSError):
        folder.rmdir()


def _prove(before: Whole, after: str) -> None:
    """Make sure that a text holds what the index held."""
    old, new = (read_yaml(text.encode(), before.file) for text in (before.text, after))
    if old.root is None:
        first = before.lines.placed(old.problems[0]) if old.problems else before.file
        raise LinkIndexError(f"{first}")
    if old.root != new.root:
        raise LinkIndexError(
            f"{before.file}: the topics are written in a way that cannot be taken apart; write "
            "each as a block of lines that begins with `- id:`"
        )
