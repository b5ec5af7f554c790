"""Exports that other packages add, and what is asked of them.

An export is a module or an object that an entry point of the group ``linkindex.exports`` names. It
has

- ``about``: what it makes, in a few words, such as ``"calendar of what is new"``;
- ``sensitive_topics`` and ``sensitive_links``: what it shows of a sensitive topic and of its links,
  ``"neutral"`` or ``"left-out"`` (see :class:`~linkindex.site.exports.neutrality.Shown`);
- ``files(index)``: from a :class:`~linkindex.site.exports.public.PublicIndex` to the content of
  each file, as bytes, by its path below the address of the site.

Files and feeds stay behind on a device. So one that does not say what it shows, or shows more than
it says, is refused, and with it the build: a site without a file that somebody relies on, or with
one that gives a topic away, is worse than the site that was there before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from linkindex.extensions import EXPORTS, Extension, extensions
from linkindex.site.exports.neutrality import Output, Shown
from linkindex.site.exports.public import PublicIndex

_PLACE = re.compile(r"\w[\w.-]*(?:/\w[\w.-]*)*", re.ASCII)
_PAGES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd", ".html", ".htm", ".xhtml")
_KEPT = ("assets", "cards", "q", "r", "search")
"""Folders of the site in which nothing but what belongs to it stands."""

_WRITTEN_LATER = ("offline-worker.js", "sitemap.xml", "sitemap.xml.gz")
"""What the theme and MkDocs write at the top of the site."""


@dataclass(frozen=True)
class AddedExport:
    """An export of another package that says what it shows."""

    extension: Extension
    about: str
    topics: Shown
    links: Shown
    files: Callable[[PublicIndex], Mapping[str, bytes]]

    def output(self, paths: Iterable[str]) -> Output:
        """What stands of it in the list of outputs."""
        return Output(self.about, tuple(sorted(paths)), self.topics, self.links)


def added_exports() -> tuple[AddedExport, ...]:
    """The exports that installed packages add.

    :raises ExtensionError: for one that cannot be loaded or does not say what it shows.
    """
    return tuple(_loaded(extension) for extension in extensions(EXPORTS))


def added_files(
    index: PublicIndex, exports: Sequence[AddedExport], taken: Iterable[str]
) -> tuple[dict[str, bytes], list[Output]]:
    """The files of other packages' exports by their paths, and what they show.

    :param taken: the paths of all other files of the site, as they stand in its source.
    :raises ExtensionError: for an export that fails, whose files cannot stand on the site, or that
        shows more than it says.
    """
    made: dict[str, bytes] = {}
    outputs: list[Output] = []
    if not exports:
        return made, outputs
    places = _Places()
    for path in taken:
        places.take(path, "LinkIndex")
    for export in exports:
        files = _files_of(export, index)
        for path in files:
            _refuse_place(export.extension, path, places)
            places.take(path, str(export.extension))
        made |= files
        outputs.append(export.output(files))
    return made, outputs


def _loaded(extension: Extension) -> AddedExport:
    export = extension.load()
    about = getattr(export, "about", None)
    files = getattr(export, "files", None)
    if not isinstance(about, str) or not about.strip():
        extension.refuse("does not say in `about` what it makes")
    if not callable(files):
        extension.refuse("has no function `files`")
    return AddedExport(
        extension,
        " ".join(about.split()),
        _shown(extension, export, "sensitive_topics"),
        _shown(extension, export, "sensitive_links"),
        files,
    )


def _shown(extension: Extension, export: object, name: str) -> Shown:
    """What an export says of itself. Nothing that it is made from is plain, so nor is that."""
    shows = getattr(export, name, None)
    if shows not in (Shown.NEUTRAL, Shown.LEFT_OUT):
        extension.refuse(
            f"does not say in `{name}` what it shows of sensitive topics: `neutral` or `left-out`"
        )
    return Shown(str(shows))


def _files_of(export: AddedExport, index: PublicIndex) -> dict[str, bytes]:
    extension = export.extension
    files = extension.run(lambda: dict(export.files(index)))
    for path, content in files.items():
        if not isinstance(path, str) or not isinstance(content, bytes):
            extension.refuse("does not give the content of its files as bytes by their paths")
        if export.topics is Shown.LEFT_OUT:
            _refuse_shown(extension, path, content, _addresses_of_topics(index), "topics")
        if export.links is Shown.LEFT_OUT:
            _refuse_shown(extension, path, content, _addresses_of_links(index), "links")
    return files


def _refuse_shown(
    extension: Extension, path: str, content: bytes, addresses: Iterable[str], noun: str
) -> None:
    if any(re.search(rb"%s\b" % re.escape(address.encode()), content) for address in addresses):
        extension.refuse(f"says that it leaves sensitive {noun} out, and names one in `{path}`")


def _addresses_of_topics(index: PublicIndex) -> list[str]:
    return [
        address.rstrip("/")
        for topic in index.topics
        if topic.neutral
        for address in (topic.page, topic.scan_page)
    ]


def _addresses_of_links(index: PublicIndex) -> list[str]:
    return [link.page for topic in index.topics for link in topic.links if link.neutral]


def _refuse_place(extension: Extension, path: str, places: _Places) -> None:
    remedy = "ask whoever makes it for another name, or uninstall it"
    if not _PLACE.fullmatch(path):
        extension.refuse(
            f"makes {path!r}, which is not a path below the site in plain letters", remedy
        )
    if path.lower().endswith(_PAGES):
        extension.refuse(f"makes the page `{path}`; an export makes files for programs", remedy)
    first = path.casefold().partition("/")[0]
    if first in _KEPT or path.casefold() in _WRITTEN_LATER:
        extension.refuse(f"makes `{path}`, where the site has files of its own", remedy)
    owner = places.owner_of(path)
    if owner:
        extension.refuse(f"makes `{path}`, which {owner} makes too", remedy)


class _Places:
    """What is taken on the site, by whom. Some hosts do not tell ``About`` from ``about``."""

    def __init__(self) -> None:
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {}

    def take(self, path: str, owner: str) -> None:
        place = PurePosixPath(_on_the_site(path).casefold())
        self._files[str(place)] = owner
        for folder in place.parents:
            self._folders.setdefault(str(folder), owner)

    def owner_of(self, path: str) -> str | None:
        """Whose is a file of this path, or one that would have to be its folder or in it."""
        place = PurePosixPath(path.casefold())
        above = (self._files.get(str(folder)) for folder in place.parents)
        return (
            self._files.get(str(place))
            or self._folders.get(str(place))
            or next(filter(None, above), None)
        )


def _on_the_site(path: str) -> str:
    """Where a file of the source stands on the site: a page has a folder of its own."""
    source = PurePosixPath(path)
    if source.suffix != ".md":
        return path
    return str((source.parent if source.stem == "index" else source.with_suffix("")) / "index.html")
