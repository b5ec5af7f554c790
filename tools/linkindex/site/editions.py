"""A site in each language of an index: where each is, and how one leads to the others.

The first language is at the root of the site, each other below its tag (``/cy/``). A page has the
same path in each.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from linkindex.catalogue import Catalogue, LinkIndexError
from linkindex.catalogue.fields import language_names, names_of_language
from linkindex.catalogue.languages import ENGLISH, language_name
from linkindex.catalogue.problems import quoted
from linkindex.site.written import PAGE_SUFFIXES, marked
from linkindex.speaking import direction, html_language


@dataclass(frozen=True)
class Edition:
    """The site in one language.

    :ivar tag: its attribute ``lang``, and ``way`` its attribute ``dir``.
    :ivar name: what the language calls itself.
    :ivar address: where it is, ending in a slash, and ``path`` the same below its host.
    """

    tag: str
    way: str
    name: str
    address: str
    path: str


def editions(catalogue: Catalogue) -> tuple[Edition, ...]:
    """The site in each language, the first at its root; nothing where there is one alone."""
    if len(catalogue.languages) < 2:
        return ()
    return tuple(_edition(catalogue, language) for language in catalogue.languages)


def others(catalogue: Catalogue) -> tuple[Edition, ...]:
    """The site in each other language."""
    own = html_language(catalogue.language)
    return tuple(edition for edition in editions(catalogue) if edition.tag != own)


def first_pages(catalogue: Catalogue) -> tuple[Edition, ...]:
    """Further languages in which what a code opens is made."""
    return tuple(_edition(catalogue, language) for language in catalogue.settings.first_pages)


def beside(catalogue: Catalogue) -> tuple[Edition, ...]:
    """What a code opens in each other language, wherever it is made."""
    own = html_language(catalogue.language)
    root = editions(catalogue) or (_edition(catalogue, catalogue.languages[0]),)
    every = (*root, *first_pages(catalogue))
    return tuple(edition for edition in every if edition.tag != own) if len(every) > 1 else ()


def _edition(catalogue: Catalogue, language: str) -> Edition:
    address = catalogue.address_in(language)
    return Edition(
        html_language(language),
        direction(language),
        own_name(language),
        address,
        urlsplit(address).path or "/",
    )


def own_name(language: str) -> str:
    """What a language calls itself, as a heading has it: ``Cymraeg``."""
    english, *own = names_of_language(language)
    name = own[0] if own else english
    return name[:1].upper() + name[1:]


def refuse_taken(catalogue: Catalogue, paths: Iterable[str]) -> None:
    """Refuse files of the first language where those of another one are.

    :raises LinkIndexError: with the file.
    """
    for path in paths:
        folder = path.partition("/")[0]
        if folder in (*catalogue.languages[1:], *catalogue.settings.first_pages):
            raise LinkIndexError(
                f"docs/{path}: the pages in {language_name(folder)} are in the folder "
                f"{quoted(folder)} of the site; give this folder another name"
            )


# --- The pages that people write: ``about.cy.md`` beside ``about.md``. ---

_VARIANT = re.compile(
    r"(?P<name>.+)\.(?P<language>[a-z]{2,3})"
    rf"(?P<suffix>{'|'.join(map(re.escape, PAGE_SUFFIXES))})"
)


class _Page(NamedTuple):
    """Which page a file of ``docs/`` is, and the language that its name tells, if it does."""

    path: str
    language: str | None


def _page(path: str, names: Collection[str]) -> _Page:
    found = _VARIANT.fullmatch(path)
    if not found or found["language"] not in language_names():
        return _Page(path, None)
    plain = f"{found['name']}{found['suffix']}"
    return _Page(plain, found["language"]) if plain in names else _Page(path, None)


def is_translation(path: str, names: Collection[str]) -> bool:
    """Whether a page is another one in one language, such as ``about.cy.md`` of ``about.md``."""
    return _page(path, names).language is not None


def in_language(pages: Mapping[str, str], language: str, plain: str = ENGLISH) -> dict[str, str]:
    """The text of each page in one language, by the path of the page that it is.

    :param pages: the texts of all pages of a folder, in whatever languages.
    :param plain: the language of pages whose names do not tell one.
    """
    found: dict[str, str] = {}
    for path, file in files_in_language(pages, language).items():
        is_other = plain != language and path == file
        found[path] = marked(pages[file], html_language(plain)) if is_other else pages[file]
    return found


def files_in_language(names: Collection[str], language: str) -> dict[str, str]:
    """The file that each page is made of in one language, by the path of the page that it is."""
    named = {_page(path, names): path for path in names}
    found = {page.path: path for page, path in named.items() if page.language is None}
    return found | {page.path: path for page, path in named.items() if page.language == language}


def file_with(docs: Path, page: str, text: str, language: str) -> str:
    """The file of a page in which a text stands: that of a language, if it is one of several.

    :param docs: the folder of pages.
    :param page: the path of the page there, whatever the language.
    """
    beside = (docs / page).parent
    there = sorted(path.relative_to(docs).as_posix() for path in beside.glob("*"))
    ones = [name for name in there if _page(name, there).path == page]
    own = files_in_language(ones, language).get(page, page)
    for name in (own, page, *ones):
        if (docs / name).is_file() and text in (docs / name).read_text("utf-8", errors="replace"):
            return name
    return page
