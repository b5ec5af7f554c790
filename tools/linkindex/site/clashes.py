"""Files that would have one address on the site, of which only one could be read there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import quoted
from linkindex.site.written import is_page

FROM_LINKINDEX = "comes with LinkIndex"
"""The origin of a page that an index may replace by one of the same name."""


def page_address(page: str) -> str:
    """Where an engine puts a page of Markdown: ``about/`` for ``about.md``."""
    path = PurePosixPath(page)
    folder = path.parent if path.stem in ("index", "README") else path.with_suffix("")
    return "" if folder == PurePosixPath() else f"{folder}/"


def refuse_clashes(own: Iterable[str], others: Mapping[str, str]) -> None:
    """Refuse files of ``docs/`` that would take the place of others, or of each other.

    Addresses are compared, as hosts see them: ``/about`` answers for ``about.md``, ``about.html``
    and ``about/README.md``, and some hosts do not tell ``About`` from ``about``.

    :param own: the paths below ``docs/``. One that is also in ``others`` is no clash of its own.
    :param others: every other file by its path, with where it comes from: ``is made from ...``.
    :raises LinkIndexError: with a sentence for each, that names both.
    """
    taken = _Taken()
    for path, origin in others.items():
        taken.add(path, origin)
    sentences = []
    for path in sorted(own):
        clash = taken.clash_with(path)
        if clash:
            sentences.append(f"{_where(path)}: {_about(path, clash)}")
        taken.add(path, None)
    if sentences:
        raise LinkIndexError("\n".join(sentences))


@dataclass(frozen=True)
class _Place:
    """A file of the site as others see it.

    :ivar origin: where it comes from; none of a file of ``docs/``.
    """

    path: str
    origin: str | None

    @property
    def shown(self) -> str:
        """How it is named in a sentence."""
        return f"{quoted(self.path)}, which {self.origin}" if self.origin else f"`docs/{self.path}`"


@dataclass
class _Taken:
    """What is taken: addresses, the paths of files, and the folders that these need."""

    addresses: dict[str, _Place] = field(default_factory=dict)
    files: dict[str, _Place] = field(default_factory=dict)
    folders: dict[str, _Place] = field(default_factory=dict)

    def add(self, path: str, origin: str | None) -> None:
        place, file = _Place(path, origin), _file(path)
        self.addresses.setdefault(_address(file), place)
        self.files.setdefault(file, place)
        for folder in _folders(file):
            if folder in self.folders:
                break  # and those that hold it
            self.folders[folder] = place

    def clash_with(self, path: str) -> _Place | None:
        file = _file(path)
        same = self.addresses.get(_address(file)) or self.folders.get(file)
        inside = (self.files[folder] for folder in _folders(file) if folder in self.files)
        return same or next(inside, None)


def _about(path: str, clash: _Place) -> str:
    remedy = "give this one another name"
    if clash.origin == FROM_LINKINDEX:
        remedy = f"name it `docs/{clash.path}` to take its place, or {remedy}"
    address = quoted("/" + (page_address(path) if is_page(path) else path))
    return f"its place on the site, {address}, is taken by {clash.shown}; {remedy}"


def _where(path: str) -> str:
    return f"docs/{path}:1" if is_page(path) else f"docs/{path}"


def _address(file: str) -> str:
    """What a host answers for: with or without a slash, and with or without ``.html``."""
    for ending in ("/index.html", "/index.htm", ".html", ".htm"):
        if file.endswith(ending):
            return file.removesuffix(ending)
    return file


def _file(path: str) -> str:
    """Where a file stands on the site, with a slash before it."""
    return _same("/" + (f"{page_address(path)}index.html" if is_page(path) else path))


def _folders(file: str) -> Iterator[str]:
    """The folders that hold a file, from the innermost out."""
    folder = file.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def _same(path: str) -> str:
    """One spelling for what some file systems and hosts take for one name."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
