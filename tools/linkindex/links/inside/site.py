"""Checking the links between the pages of a built site.

The links are read from the files, because linkchecker names only the first page that has a dead
link and only the first of two addresses that differ in their fragment. Whether what they lead to
is there, the files can say as well (:func:`look_inside`); or linkchecker asks for it, from a host
that behaves like the one the site will be on (:func:`check_site`).
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

from linkindex.links.asking.addresses import UnaskableError, for_linkchecker, requested
from linkindex.links.asking.linkchecker import Manners, user_agent
from linkindex.links.causes import Fault, NoSuchPlace, Opens, OutOfTheSite, Why
from linkindex.links.check import outcome
from linkindex.links.inside.by_linkchecker import Sweep
from linkindex.links.inside.html_files import HtmlFile, read_html_file
from linkindex.links.inside.static_host import served_file, static_host
from linkindex.links.judging.looks import NOT_OF_THE_WEB, Look
from linkindex.links.looking import Progress
from linkindex.links.model import Link, LinkReport, LinksError, Outcome, Verdict

_MANNERS = Manners(user_agent("127.0.0.1"), requests_per_second=1000, threads=1)
"""For a host of our own. One thread is the fastest: 238 addresses took 2 s, with 100 threads 15 s,
because most of those queue for the host before its invitation to go faster has arrived."""


def look_inside(folder: Path, site_url: str) -> LinkReport:
    """Check every link from a page of a built site to the site itself, by looking at its files.

    Links are internal when they begin with ``site_url`` or are relative; no other is followed. A
    link that is broken is named once for each page that has it, any other once only. ``file`` and
    ``line`` of an outcome are those of the page in ``folder``.

    :param folder: where the built site is.
    :param site_url: the address at which it will be published, ending in a slash.
    :raises LinksError: when there is no site in the folder.
    """
    site = _Site(folder, site_url)
    links = tuple(site.links())
    return _report(links, site, {path: site.look(path) for path in _paths(links)})


def check_site(
    folder: Path,
    site_url: str,
    *,
    deadline: float = 600.0,
    progress: Progress | None = None,
) -> LinkReport:
    """Check the same links as :func:`look_inside`, with linkchecker and a host on this computer.

    :param deadline: seconds after which the check ends; the rest is unverified.
    :param progress: called with the number of addresses that are settled and of all addresses.
    :raises LinksError: when there is no site in the folder, or linkchecker is missing.
    """
    until = time.monotonic() + deadline
    site = _Site(folder, site_url)
    links = tuple(site.links())
    with static_host(folder, urlsplit(site_url).path) as root:
        looks, fault = _swept(_paths(links), root, until, progress)
    return replace(_report(links, site, looks), fault=fault)


@dataclass(frozen=True)
class _SiteLink:
    """A link of a page, and the path below the site's address that it leads to (``None``: outside).

    The path is percent-encoded, as it is written.
    """

    link: Link
    path: str | None
    fragment: str


class _Site:
    def __init__(self, folder: Path, site_url: str) -> None:
        self.folder = folder
        self.url = site_url
        self._root = folder.resolve()
        self._pages = {file: read_html_file(file) for file in sorted(self._root.rglob("*.html"))}
        self._page_of_path: dict[str, HtmlFile | None] = {}
        if not self._pages:
            raise LinksError(f"{folder}: there is no built site here; build it with `make` first")

    def links(self) -> Iterator[_SiteLink]:
        for file, page in self._pages.items():
            name = file.relative_to(self._root).as_posix()
            address = urljoin(self.url, re.sub(r"(^|/)index\.html$", r"\1", quote(name)))
            yield from self._links_of(page, name, urljoin(address, page.base))

    def _links_of(self, page: HtmlFile, name: str, base: str) -> Iterator[_SiteLink]:
        for mention in page.mentions:
            try:
                address, fragment = urldefrag(urljoin(base, mention.address))
                path = self._below(address)
            except ValueError:
                continue
            if path is None and not self._meant_inside(mention.address):
                continue
            target = f"{address}#{fragment}" if fragment else address
            file = (self.folder / name).as_posix()
            yield _SiteLink(Link(target, file, mention.line, name, name), path, fragment)

    def _below(self, address: str) -> str | None:
        """The path below the site's address, or ``None`` for an address elsewhere."""
        here, there = urlsplit(self.url), urlsplit(address)
        if there.scheme not in ("http", "https") or there.netloc != here.netloc:
            return None
        inside = there.path.startswith(here.path)
        return there.path.removeprefix(here.path) if inside else None

    @staticmethod
    def _meant_inside(written: str) -> bool:
        """Whether an address that leads out of the site's folder was written as a relative one."""
        parts = urlsplit(written)
        return not parts.scheme and not parts.netloc

    def look(self, path: str) -> Look:
        """What a static host answers for a path, as far as its files tell."""
        if served_file(self._root, path):
            return Look(Verdict.WORKING, Opens(200), status=200)
        if served_file(self._root, f"{path}/"):
            return Look(Verdict.MOVED, Why.FOLDER_WITHOUT_SLASH, status=200)
        return Look(Verdict.BROKEN, Why.NO_SUCH_FILE, status=404)

    def has_anchor(self, path: str, fragment: str) -> bool:
        """Whether a page has a place of this name, or a script that reads it.

        Files that are not HTML are not looked into.
        """
        page = self._page_at(path)
        if page is None or fragment in ("", "top") or fragment.startswith(":~:"):
            return True
        return (
            unquote(fragment) in page.anchors
            or fragment in page.anchors
            or any(fragment.startswith(beginning) for beginning in page.begun)
        )

    def _page_at(self, path: str) -> HtmlFile | None:
        if path not in self._page_of_path:
            file = served_file(self._root, path) or served_file(self._root, f"{path}/")
            self._page_of_path[path] = self._pages.get(file) if file else None
        return self._page_of_path[path]


def _paths(links: Iterable[_SiteLink]) -> tuple[str, ...]:
    """Every path below the site's address that is linked to, once."""
    return tuple(dict.fromkeys(link.path for link in links if link.path is not None))


_CHANGED = Look(Verdict.UNVERIFIED, Why.CHANGED_BY_LINKCHECKER)


def _swept(
    paths: Iterable[str], root: str, until: float, progress: Progress | None
) -> tuple[dict[str, Look], Fault | None]:
    """What linkchecker says of each path, and what kept this program from judging."""
    asked: dict[str, str | Look] = {}
    for path in paths:
        try:
            address = requested(root + path)
            asked[path] = address if for_linkchecker(address) else _CHANGED
        except UnaskableError:
            asked[path] = NOT_OF_THE_WEB
    addresses = tuple(dict.fromkeys(a for a in asked.values() if isinstance(a, str)))
    sweep = Sweep(addresses, _MANNERS, until, progress)
    looks = sweep.verdicts()
    known = {path: look if isinstance(look, Look) else looks[look] for path, look in asked.items()}
    return known, sweep.errors.fault


def _report(links: Iterable[_SiteLink], site: _Site, looks: Mapping[str, Look]) -> LinkReport:
    def look_of(link: _SiteLink) -> Look:
        if link.path is None:
            return Look(Verdict.BROKEN, OutOfTheSite(site.url))
        return _for_a_site(looks[link.path], link, site)

    return LinkReport(tuple(_named_once(outcome(link.link, look_of(link)) for link in links)))


def _for_a_site(look: Look, link: _SiteLink, site: _Site) -> Look:
    """The verdict in the words of a site: no address of this computer, and the anchor too."""
    if look.verdict is Verdict.BROKEN:
        return Look(Verdict.BROKEN, Why.NO_SUCH_FILE, status=look.status)
    if look.verdict is Verdict.UNVERIFIED:
        return replace(look, final_address=None)
    if not site.has_anchor(link.path or "", link.fragment):
        return Look(Verdict.BROKEN, NoSuchPlace(link.fragment), status=look.status)
    if look.verdict is Verdict.MOVED:
        return Look(
            Verdict.MOVED,
            Why.FOLDER_WITHOUT_SLASH,
            status=look.status,
            final_address=f"{link.link.address.partition('#')[0]}/",
        )
    return replace(look, final_address=link.link.address)


def _named_once(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    seen: set[tuple[str, str]] = set()
    for result in outcomes:
        page = result.link.file if result.verdict is Verdict.BROKEN else ""
        if (key := (page, result.link.address)) not in seen:
            seen.add(key)
            yield result
