"""The index that ships with the program: its texts, counts and searches, on a fixed day.

In a repository that holds another index there is nothing here to test.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from linkindex.catalogue import Catalogue, Examined, examine
from linkindex.catalogue.meanings import FILE_NAME as MEANINGS
from linkindex.catalogue.questions import FILE_NAME as QUESTIONS
from linkindex.icons import icon_names
from linkindex.links.history.lines import FILE_NAME as HISTORY
from tests.conftest import REPOSITORY
from tests.support.building import build_index
from tests.support.static_host import serve_folder

INDEX = REPOSITORY / "resources.yaml"
TODAY = datetime.date(2026, 11, 30)
"""The day of its newest link: a day of the other tests would come before it."""

TOPICS = ("aces", "ddp", "gcp2", "signs-of-safety", "motivational-interviewing")
"""Ids by which the index that ships is known, whatever it is called."""


def ships_here() -> bool:
    """Whether the index of this repository is the one that ships with the program."""
    text = INDEX.read_text("utf-8") if INDEX.is_file() else ""
    return all(f"\n  - id: {topic}\n" in text for topic in TOPICS)


collect_ignore_glob = [] if ships_here() else ["test_*.py"]


@pytest.fixture(scope="session")
def examined() -> Examined:
    """Everything that is read from the index that ships, its warnings among it."""
    return examine(INDEX.read_bytes(), file=INDEX.name, icons=icon_names(), today=TODAY)


@pytest.fixture(scope="session")
def catalogue(examined: Examined) -> Catalogue:
    """The index that ships."""
    assert examined.catalogue is not None
    return examined.catalogue


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the index that ships, built once."""
    folder = tmp_path_factory.mktemp("shipped")
    for name in (HISTORY, MEANINGS, QUESTIONS):
        if INDEX.with_name(name).is_file():
            shutil.copy(INDEX.with_name(name), folder)
    noon = datetime.datetime.combine(TODAY, datetime.time(12), datetime.UTC)
    return build_index(folder, INDEX.read_text("utf-8"), noon)


@pytest.fixture(scope="session")
def host(site: Path) -> Iterator[str]:
    """The address of a static host that serves the site."""
    with serve_folder(site) as address:
        yield address
