"""Where a site is published: its address, as the settings of a server need it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from linkindex.catalogue import LinkIndexError, Settings
from linkindex.catalogue.addresses import ascii_host
from linkindex.catalogue.problems import quoted

_PLAIN_PATH = re.compile(r"/(?:[\w.~-]+/)*", re.ASCII)
_PLAIN_FOLDER = re.compile(r"/(?:[\w.+-]+/)*[\w.+-]+", re.ASCII)
_ON_GITHUB = re.compile(r"https://github\.com/(?P<owner>[A-Za-z0-9-]+)/")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Place:
    """Where a site is published.

    :ivar url: its address, as people write it.
    :ivar host: as DNS knows it, without a port.
    :ivar base: the folder of the site on its host, with a slash at both ends.
    :ivar root: the folder on the server that stands for the root of the host, without a slash.
    :ivar owner: whose the repository on GitHub is, if there is one.
    :ivar languages: those in which the site has pages in a folder of their own, and which a server
        is to choose from; ``own_language`` is that of the pages at its root.
    """

    url: str
    host: str
    base: str
    root: str
    languages: tuple[str, ...] = ()
    owner: str | None = None
    own_language: str = "en"

    @property
    def folder(self) -> str:
        """The folder of the site on the server, without a slash at its end."""
        return f"{self.root}{self.base}".rstrip("/")

    @property
    def has_host(self) -> bool:
        """Whether the host serves nothing but the site."""
        return self.base == "/"

    @property
    def is_secure(self) -> bool:
        """Whether the address is encrypted."""
        return self.url.startswith("https:")


def place_of(settings: Settings, root: str | None = None, languages: Sequence[str] = ()) -> Place:
    """Where an index is published.

    :param root: the folder on the server that stands for the root of the host; by default the one
        that Debian's servers have for a host.
    :raises LinkIndexError: for what the settings of a server could not hold as it is.
    """
    parts = urlsplit(settings.site_url)
    host = ascii_host(parts.hostname or "")
    base = quote(parts.path or "/", safe="/~%")
    if not _PLAIN_PATH.fullmatch(base):
        raise LinkIndexError(
            f"the folder {quoted(parts.path)} in `site_url` has signs that servers read in "
            "different ways; use letters, digits and hyphens"
        )
    root = f"/var/www/{host}" if root is None else root.rstrip("/")
    if not _PLAIN_FOLDER.fullmatch(root):
        raise LinkIndexError(
            f"{quoted(root)} cannot stand in the settings of a server; name a folder that begins "
            "with `/`, of letters, digits, dots and hyphens"
        )
    for language in languages:
        if not _LANGUAGE.fullmatch(language):
            raise LinkIndexError(
                f"{quoted(language)} is not the tag of a language; write `cy` for Welsh"
            )
    repository = _ON_GITHUB.match(settings.repository or "")
    owner = repository["owner"].lower() if repository else None
    own_language = settings.languages[0]
    return Place(settings.site_url, host, base, root, tuple(languages), owner, own_language)
