"""What is done to a built site, whatever engine built it."""

from __future__ import annotations

import functools
import gzip
import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import urljoin

from linkindex.catalogue import Catalogue, LinkIndexError
from linkindex.site import call_first, csp
from linkindex.site.scripts import JOINED, finish_scripts
from linkindex.site.shortening import short_page
from linkindex.site.used_style import with_used_style, words_of

SEARCH_INDEX = Path("search/search_index.json")
"""What MkDocs writes for the search of a theme."""

MARK = ".linkindex"
"""A file that says that a folder was made here, and so may be replaced."""

SITE_MAP = "sitemap.xml"
PACKED_SITE_MAP = "sitemap.xml.gz"

WRITTEN_LAST = (PACKED_SITE_MAP, MARK, JOINED)
"""Files that engines and LinkIndex write into a site that is otherwise whole."""

_POLICY = re.compile(rb"<meta http-equiv=[\"']?Content-Security-Policy", re.I)
_BEGINNING = 1024
"""Bytes in which a page's policy stands, if it has one: it only holds for what comes after it."""


def refuse_other_site(site: Path, catalogue: Catalogue) -> None:
    """Refuse a folder that does not hold the built site of this catalogue.

    :raises LinkIndexError: naming a page that is missing.
    """
    pages = [
        "index.html",
        *(f"{category.code}/index.html" for category in catalogue.current_categories),
    ]
    missing = next((page for page in pages if not (site / page).is_file()), None)
    if missing:
        raise LinkIndexError(
            f"{site} has no {missing}, so it is not the built site of {catalogue.file}; build what "
            "`linkindex export-docs` wrote, and name the folder of its site"
        )


def finish_site(site: Path, secured: Collection[str] = ()) -> None:
    """Finish a site that another engine built; twice is as good as once.

    :param secured: the paths of pages that were made with their policy.
    """
    drop_other_search(site)
    finish_scripts(site)
    secure_pages(site, secured)


def drop_other_search(site: Path) -> None:
    """Take away what an engine wrote for a search of its own, which no page asks for."""
    for path in (site / SEARCH_INDEX, site / "search.json"):
        path.unlink(missing_ok=True)


def secure_pages(site: Path, secured: Collection[str] = ()) -> None:
    """Give every page a content security policy, and drop the theme's source maps.

    On paper, a page shows where its links lead (:func:`with_addresses`). Of its style it keeps what
    it uses (:func:`~linkindex.site.used_style.with_used_style`).

    A file that declares no character set is not a page, but one that a host asked an index to
    keep, such as a proof of ownership.

    :param secured: the paths of pages that were made with their policy, which need no other look.
    """
    locations = tuple(files_of(site))
    in_scripts = _words_of_scripts(site, locations)
    for location in locations:
        if location.endswith(".html"):
            if location not in secured:
                _secure(site / location, location, in_scripts)
        elif location.endswith(".map"):
            (site / location).unlink()


def files_of(site: Path) -> Iterator[str]:
    """The path of every file below a folder, with ``/`` between its parts.

    As text: of thousands of files, making paths takes longer than finding them.
    """
    return _files_below(str(site), "")


def _files_below(folder: str, before: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files_below(entry.path, f"{before}{entry.name}/")
            elif entry.is_file():
                yield f"{before}{entry.name}"


def _words_of_scripts(site: Path, locations: Collection[str]) -> frozenset[str]:
    """What scripts may make classes of, and what is put into pages as it was fetched."""
    scripts = [name for name in locations if name.endswith(".js") or name == call_first.PATH]
    return frozenset().union(
        *(words_of((site / script).read_text("utf-8", "replace")) for script in scripts)
    )


def _secure(path: Path, location: str, in_scripts: Collection[str]) -> None:
    with path.open("rb") as file:
        begins = file.read(_BEGINNING)
    if _POLICY.search(begins):
        return
    page = path.read_text("utf-8")
    if csp.declares_characters(page.partition("</head>")[0]):
        page = with_used_style(with_addresses(page, location), in_scripts)
        page = csp.with_policy(page, csp.MATERIAL_PAGE)
        path.write_bytes(page.encode())


_INWARD = re.compile(
    r"<a (?![^>]*\bdata-(?:at|pass-on)=)"
    r'(?=[^>]*\bhref="(?![\w+.-]+:|[/#]|[^"#]*#wrong-)([^"#]+))'
)
"""A link within the site, but those that paper never has: to pass something on, or to mend it."""


def with_addresses(page: str, location: str) -> str:
    """The page with where each link within the site leads, for the style sheet to print beside it.

    A style sheet can show an address only as it is written, and here that is relative. A page in
    the frame of LinkIndex (``overrides/main.html``) loses what it needs not on the way, such as the
    empty lines that templates leave.

    :param location: the path of the page below the site, such as ``about/index.html``.
    """

    @functools.cache
    def leading(link: str) -> str:
        return f'<a data-at="{urljoin(f"/{location}", link)[1:]}" '

    frame, begins, rest = page.partition('<div id="content"')
    content, ends, behind = rest.partition("<footer")
    led = _INWARD.sub(lambda link: leading(link[1]), content)
    whole = "".join((frame, begins, led, ends, behind))
    return short_page(whole) if begins else whole


def pack_site_map(site: Path) -> None:
    """Write the packed site map beside the plain one, as MkDocs does, with no day of its own."""
    plain = (site / SITE_MAP).read_bytes()
    (site / PACKED_SITE_MAP).write_bytes(gzip.compress(plain, mtime=0))


def join_site_maps(site: Path, folders: Collection[str]) -> None:
    """Name the pages of all languages in the one site map that search engines look for."""
    whole = site / SITE_MAP
    if not folders or not whole.is_file():
        return
    text = whole.read_text("utf-8")
    maps = [site / folder / SITE_MAP for folder in folders]
    below = [_URL.findall(part.read_text("utf-8")) for part in maps if part.is_file()]
    more = "\n".join(f"  {url}" for urls in below for url in urls if url not in text)
    whole.write_bytes(text.replace("</urlset>", f"{more}\n</urlset>").encode())
    pack_site_map(site)


_URL = re.compile(r"<url>.*?</url>", re.DOTALL)


def drop_mark(site: Path) -> None:
    """Take the mark off a folder that is a part of a site."""
    (site / MARK).unlink(missing_ok=True)


def mark(site: Path) -> None:
    """Leave the mark of a folder that was made here."""
    (site / MARK).write_bytes(b"Made by LinkIndex; replaced by the next build.\n")
