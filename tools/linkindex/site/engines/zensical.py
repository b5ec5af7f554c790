"""Building a site with Zensical, which renders the pages; the rest is made and finished as ever.

A page that is generated goes in as a frame that holds its anchors, so that links to them are
checked, and is put in when the pages are rendered. Zensical would read it as Markdown, and change
where the links in its HTML lead. In the HTML of a written page, links go in under another name.
"""

from __future__ import annotations

import dataclasses
import functools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import yaml
from pathspec import GitIgnoreSpec

from linkindex.cards import MadeCards
from linkindex.catalogue import LinkIndexError, ShownCatalogue
from linkindex.catalogue.problems import quoted
from linkindex.places import shipped
from linkindex.site import finish
from linkindex.site.clashes import FROM_LINKINDEX, page_address, refuse_clashes
from linkindex.site.editions import files_in_language, refuse_taken
from linkindex.site.engines import settings as tree
from linkindex.site.engines.complaints import dead_link, sentences
from linkindex.site.exports import added_exports
from linkindex.site.generate import generate, navigation, origin
from linkindex.site.health import IndexWithHealth
from linkindex.site.outputs import (
    NO_CARDS,
    CardMaker,
    card_files,
    engine_settings,
    pages_of,
    published_at,
    theme_settings,
    written_pages,
)
from linkindex.site.settings import (
    LOOK,
    OF_THEME,
    SHARED_SETTINGS,
    refuse_other_index,
    refuse_other_theme,
    refuse_plain_addresses,
    settings_of,
)
from linkindex.site.written import files_in, is_page, read_page, refuse_circles
from linkindex.speaking import speaking
from linkindex.speaking.frames import speak_frames
from linkindex.tables import table_of

_PROJECT = ".zensical"
"""The folder with what Zensical is given, while it renders."""

_LEFT_OUT = (".*", "/templates/")
"""What no engine publishes of ``docs/``, as patterns of git."""


class Rendered(NamedTuple):
    """What was built: the index as it is shown there, and the cards among its pages."""

    shown: ShownCatalogue
    cards: MadeCards


def build_pages(
    catalogue: Path,
    index: IndexWithHealth,
    site: Path,
    *,
    address: str | None = None,
    card_makers: dict[str, CardMaker] | None = None,
) -> Rendered:
    """Build the site of an index into an empty folder, in each of its languages.

    :param address: where a preview shows it. Its pages have no policy, since the script that
        reloads them is inline.
    :param card_makers: those that made the cards before, of a preview, by language.
    :raises LinkIndexError: for whatever a user can mend, with its place where it is known.
    """
    refuse_missing()
    own = own_of(catalogue)
    whole = published_at(index.shown, address)
    makers = card_makers if card_makers is not None else {}
    rendered = {}
    for language in whole.languages:
        folder = site if language == whole.languages[0] else site / language
        folder.mkdir(exist_ok=True)
        shown = whole.in_language(language)
        maker = makers.setdefault(language, CardMaker())
        with speaking(language):
            rendered[language] = _build_in_language(own, index, shown, folder, maker, address)
    finish.join_site_maps(site, whole.languages[1:])
    finish.mark(site)
    return rendered[whole.languages[0]]


def _build_in_language(
    own: Own,
    index: IndexWithHealth,
    shown: ShownCatalogue,
    site: Path,
    maker: CardMaker,
    address: str | None,
) -> Rendered:
    refuse_taken(shown, own.files)
    own = dataclasses.replace(own, pages=pages_of(own.texts, shown))
    in_print = index.shown.in_language(shown.language)
    cards = maker.made(in_print) if own.with_cards else NO_CARDS
    printed = card_files(cards)
    made = generate(
        shown,
        own.pages,
        index.health,
        printed,
        search=own.with_search,
        added=added_exports(),
        files_of_pages=files_in_language(own.texts, shown.language),
    )
    made |= printed
    _refuse_clashes(own, made, origin(index.catalogue))
    unseen = made.keys() - own.pages.keys() - _named(own.pages, made)
    # Within the folder that is put in place when whole: what is rendered is moved, not copied.
    project = site / _PROJECT
    bodies = _write_project(project, own, shown, made, unseen)
    _render(project, own)
    _put_in(project / "site", bodies, own.pages)
    _drop_unneeded(project)
    for path in (project / "site").iterdir():
        path.rename(site / path.name)
    shutil.rmtree(project)
    for name in unseen - bodies.keys():
        _write(site / name, made[name])
    drawn = {path for path in made if path.endswith(".html")}
    _refuse_dead_links(site, own)
    if address is None:
        finish.finish_site(site, drawn)
    else:
        finish.drop_other_search(site)
    finish.pack_site_map(site)
    return Rendered(shown, cards)


def refuse_missing() -> None:
    """Refuse to begin without Zensical.

    :raises LinkIndexError: with how to install it.
    """
    if find_spec("zensical") is None:
        raise LinkIndexError(
            "Zensical is not installed; run `pip install 'linkindex[zensical]'`, or build with "
            "`--engine mkdocs`"
        )


@dataclass(frozen=True)
class Own:
    """What an index has besides its catalogue.

    :ivar docs: the folder of its pages; it need not be there.
    :ivar overrides: the folder with what it changes of the look, if it has one.
    :ivar files: the files of ``docs`` that are published, by their path in it.
    :ivar texts: the text of each of its own pages, in whatever languages.
    :ivar pages: the pages that people wrote, its own and those that come with LinkIndex.
    """

    settings: yaml.MappingNode
    settings_file: Path | None
    docs: Path
    overrides: Path | None
    files: Mapping[str, Path]
    texts: Mapping[str, str]
    pages: Mapping[str, str]
    with_cards: bool
    with_search: bool

    @property
    def watched(self) -> list[Path]:
        """The files and folders whose change changes the site."""
        named = [self.settings_file, self.docs, self.overrides]
        return [path for path in named if path and path.exists()]


def own_of(catalogue: Path) -> Own:
    """What stands beside a catalogue, once nothing in it stands against building with Zensical.

    :raises LinkIndexError: naming the setting or the page.
    """
    folder = catalogue.resolve().parent
    file = settings_of(folder)
    settings = tree.read_tree(file or SHARED_SETTINGS)
    ours = _our_plugin(settings, catalogue, file)
    _refuse_unfit(settings)
    docs = folder / (tree.text(settings, "docs_dir") or "docs")
    look = tree.text(settings, "theme", "custom_dir") or (None if file else LOOK)
    files = _published(docs, settings)
    for path in files:
        if is_page(path) and not path.endswith(".md"):
            raise LinkIndexError(
                f"docs/{path}:1: Zensical makes pages of files whose names end in `.md`; rename it"
            )
    texts = {path: read_page(found, path) for path, found in files.items() if is_page(path)}
    return Own(
        settings,
        file,
        docs,
        folder / look if look else None,
        files,
        texts,
        written_pages() | texts,
        tree.switch(ours, "cards"),
        tree.switch(ours, "search"),
    )


def _our_plugin(
    settings: yaml.MappingNode, catalogue: Path, file: Path | None
) -> yaml.MappingNode | None:
    """The options of our own plugin, which say the same to every engine."""
    named = {plugin.name: plugin for plugin in tree.plugins(settings)}
    if file:
        ours = named.get("linkindex")
        builds = tree.text(ours.options, "catalogue") if ours else None
        refuse_other_index(catalogue, file, (builds or "resources.yaml") if ours else None)
    for plugin in named.values():
        if plugin.name not in {"linkindex", *_known_plugins()}:
            raise LinkIndexError(
                f"{plugin.place}: Zensical does not do what the plugin {quoted(plugin.name)} does; "
                "remove it, or build with `--engine mkdocs`"
            )
    return named["linkindex"].options if "linkindex" in named else None


def _refuse_unfit(settings: yaml.MappingNode) -> None:
    theme = tree.find(settings, "theme")
    name = tree.text(settings, "theme") or tree.text(settings, "theme", "name")
    refuse_other_theme(name, tree.place_of(theme) if theme else "mkdocs.yml")
    if not tree.switch(settings, "use_directory_urls"):
        plain = tree.find(settings, "use_directory_urls")
        refuse_plain_addresses(tree.place_of(plain) if plain else "mkdocs.yml")
    hooks = tree.find(settings, "hooks")
    if hooks is not None and hooks.value:
        raise LinkIndexError(
            f"{tree.place_of(hooks)}: Zensical runs no `hooks`; remove them, or build with "
            "`--engine mkdocs`"
        )


def _published(docs: Path, settings: yaml.MappingNode) -> dict[str, Path]:
    """The files of ``docs/`` that an engine publishes, by their path in it."""
    if not docs.is_dir():
        return {}
    refuse_circles(docs)
    excluded = [
        *_LEFT_OUT,
        *(tree.text(settings, "exclude_docs") or "").splitlines(),
        *(tree.text(settings, "draft_docs") or "").splitlines(),
    ]
    patterns = GitIgnoreSpec.from_lines(excluded)
    found = {path.relative_to(docs).as_posix(): path for path in files_in(docs)}
    return {name: path for name, path in sorted(found.items()) if not patterns.match_file(name)}


def _refuse_clashes(own: Own, made: Collection[str], where_from: str) -> None:
    look = [folder for folder in (shipped("overrides"), own.overrides) if folder]
    of_theme = {
        path.relative_to(folder).as_posix()
        for folder in look
        for path in files_in(folder)
        if path.suffix != ".html"
    }
    shipped_alone = written_pages().keys() - own.files.keys()
    refuse_clashes(
        own.files,
        {
            **dict.fromkeys(shipped_alone, FROM_LINKINDEX),
            **dict.fromkeys((*of_theme, "404.html"), "is a file of the theme"),
            **dict.fromkeys(finish.WRITTEN_LAST, "is written when the site is finished"),
            **dict.fromkeys(made - own.pages.keys(), where_from),
        },
    )


def _named(pages: Mapping[str, str], made: Collection[str]) -> set[str]:
    """The files that a written page may lead to, which Zensical must see to find them there."""
    names = {name for text in pages.values() for name in _NAME.findall(text)}
    return {path for path in made if PurePosixPath(path).name in names}


_NAME = re.compile(r"[\w.-]+")
_SETTINGS_OF_PAGE = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_ANCHOR = re.compile(r'\sid="([^"]+)"')


def _write_project(
    project: Path,
    own: Own,
    shown: ShownCatalogue,
    made: Mapping[str, bytes],
    unseen: Collection[str],
) -> dict[str, str]:
    """Write what Zensical is to render, and give the HTML of the pages that are put in later.

    :param unseen: the files that no written page leads to. Of these, only pages are rendered.
    """
    docs = project / "docs"
    bodies: dict[str, str] = {}
    for path, content in made.items():
        if is_page(path) and path in own.pages:
            _write(docs / path, _hidden_links(content.decode()).encode())
        elif is_page(path):
            text = content.decode()
            head = _SETTINGS_OF_PAGE.match(text)
            begins = head.end() if head else 0
            bodies[path] = text[begins:].lstrip("\n")
            _write(docs / path, (text[:begins] + "\n" + _frame(bodies[path])).encode())
        elif path not in unseen:
            _write(docs / path, content)
    for path, source in own.files.items():
        if not is_page(path):
            target = docs / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    shutil.copytree(shipped("overrides"), project / "overrides")
    if own.overrides and own.overrides.is_dir():
        shutil.copytree(own.overrides, project / "overrides", dirs_exist_ok=True)
    speak_frames(project / "overrides")
    (project / "mkdocs.yml").write_bytes(_settings(own, shown).encode())
    return bodies


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _frame(body: str) -> str:
    """What stands for a page while it is rendered: with a heading, or the theme would add one."""
    anchors = "".join(f'<a id="{anchor}"></a>' for anchor in _ANCHOR.findall(body))
    return f"<div data-put-in><h1></h1>{anchors}</div>\n"


_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_LINK = re.compile(r"(?<=\s)(href|src|srcset|poster|data)(?=\s*=)")
_HIDDEN = "data-put-in-"


def _hidden_links(text: str) -> str:
    """A written page of which no link in HTML is seen. Code that shows HTML comes back the same."""
    return _TAG.sub(lambda tag: _LINK.sub(rf"{_HIDDEN}\1", tag[0]), text)


_FRAME = re.compile(r"<div data-put-in(?:=\"[^\"]*\")?>.*?</div>", re.DOTALL)


def _put_in(site: Path, bodies: Mapping[str, str], written: Collection[str]) -> None:
    for path in written:
        page = site / page_address(path) / "index.html"
        if page.is_file():
            page.write_bytes(page.read_text("utf-8").replace(_HIDDEN, "").encode())
    for path, body in bodies.items():
        page = site / page_address(path) / "index.html"
        text = page.read_text("utf-8") if page.is_file() else ""
        whole, count = _FRAME.subn(lambda _, body=body: body, text)  # type: ignore[misc]
        if count != 1:
            raise LinkIndexError(
                f"Zensical did not render {path} as version 0.0.73 does; install the version that "
                "requirements.lock names, or build with `--engine mkdocs`"
            )
        page.write_bytes(whole.encode())


def _settings(own: Own, shown: ShownCatalogue) -> str:
    """The settings of the index, as Zensical is to read them."""
    kept = tree.without(own.settings, "nav", "hooks", "exclude_docs", "draft_docs", "strict")
    kept = tree.without_plugin(kept, "linkindex")
    values: dict[str, object] = {
        **engine_settings(shown),
        "docs_dir": "docs",
        "site_dir": "site",
        "theme": {"name": "material", "custom_dir": "overrides"},
        "nav": navigation(shown, own.pages.keys() - written_pages().keys()),
        "extra": theme_settings(shown, search=own.with_search),
    }
    return yaml.serialize(tree.changed(kept, values), allow_unicode=True)


def _render(project: Path, own: Own) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict", "--config-file", "mkdocs.yml"],
        cwd=project,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    if ended.returncode:
        said = f"{ended.stdout}\n{ended.stderr}"
        raise LinkIndexError("\n".join(sentences(said, project / "docs", own.docs)))


def _drop_unneeded(project: Path) -> None:
    """Take away what Zensical's theme brings along and no page asks for."""
    site = project / "site"
    for path in [path for path in site.rglob("*") if path.is_file()]:
        name = path.relative_to(site).as_posix()
        ours = any((project / folder / name).is_file() for folder in ("docs", "overrides"))
        if name.startswith(OF_THEME) and not ours:
            path.unlink()
    for folder in sorted((path for path in site.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def _refuse_dead_links(site: Path, own: Own) -> None:
    """Refuse what Zensical lets pass: pictures that are not there, and dead links in HTML.

    :raises LinkIndexError: with the page and the line of each.
    """
    found = []
    for path in sorted(own.files.keys() & own.pages.keys()):
        address = page_address(path)
        text = (site / address / "index.html").read_text("utf-8")
        for target in _targets(text.partition('id="content"')[2].partition("<footer")[0]):
            place = urljoin(f"/site/{address}", target)
            if not place.startswith("/site/") or not _answers(site, unquote(place[6:])):
                found.append(dead_link(path, target.lstrip("./"), own.docs))
    if found:
        raise LinkIndexError("\n".join(dict.fromkeys(found)))


def _targets(html: str) -> list[str]:
    """Where the relative links and pictures of a part of a page lead, without anchors."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, _tag: str, attributes: list[tuple[str, str | None]]) -> None:
            found.extend(value for name, value in attributes if name in ("href", "src") and value)

    Reader().feed(html)
    parts = (urlsplit(target) for target in found)
    return [
        part.path
        for part in parts
        if part.path and not part.path.startswith("/") and not (part.scheme or part.netloc)
    ]


def _answers(site: Path, path: str) -> bool:
    """Whether a static host has something to show at a path."""
    place = site / path
    return place.is_file() or (place / "index.html").is_file() or (site / f"{path}.html").is_file()


@functools.cache
def _known_plugins() -> frozenset[str]:
    text = Path(__file__).with_name("zensical.yaml").read_text("utf-8")
    return frozenset(table_of(text)["plugins"])
