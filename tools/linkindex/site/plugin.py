"""The MkDocs plugin: hands the generated files to MkDocs and decides nothing itself."""

from __future__ import annotations

import contextlib
import datetime
import logging
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal

from jinja2 import Environment
from mkdocs.commands.build import build
from mkdocs.config import base, config_options, load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from linkindex import clock
from linkindex.cards import MadeCards
from linkindex.catalogue import LinkIndexError, ShownCatalogue, load
from linkindex.icons import icon_names
from linkindex.places import shipped
from linkindex.site import finish
from linkindex.site.clashes import FROM_LINKINDEX, refuse_clashes
from linkindex.site.compiled import made_once
from linkindex.site.editions import files_in_language, is_translation, refuse_taken
from linkindex.site.exports import added_exports
from linkindex.site.generate import generate, navigation, origin
from linkindex.site.health import (
    IndexWithHealth,
    with_health,
)
from linkindex.site.outputs import (
    NO_CARDS,
    CardMaker,
    card_files,
    engine_settings,
    pages_of,
    published_at,
    theme_settings,
    watched_beside,
    written_pages,
)
from linkindex.site.scripts import finish_scripts
from linkindex.site.serving.shown_fault import FaultInPlaceOfPages
from linkindex.site.settings import LOOK, SHARED_SETTINGS, is_unneeded, refuse_unfit
from linkindex.site.written import is_page, read_page, refuse_circles
from linkindex.speaking import speaking
from linkindex.speaking.frames import frame_text
from linkindex.speaking.lent import marked_page, noting_lent_words
from linkindex.speaking.mirrored import spoken_style
from linkindex.speaking.scripts import spoken_script

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

_log = logging.getLogger("mkdocs.plugins.linkindex")

_ANCHOR = re.compile(r'\sid="([^"]+)"')


class LinkIndexConfig(base.Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in ``mkdocs.yml``."""

    catalogue = config_options.Type(str, default="resources.yaml")
    cards = config_options.Type(bool, default=True)
    search = config_options.Type(bool, default=True)


class LinkIndexPlugin(BasePlugin[LinkIndexConfig]):  # type: ignore[no-untyped-call]
    """Builds the pages and cards of ``resources.yaml``."""

    serving = False
    now: datetime.datetime | None = None
    """When the command was begun; without one, a build asks the clock when it begins."""
    examined: IndexWithHealth | None = None
    """The index, where it was read already; else the build reads it."""
    cards: MadeCards = NO_CARDS
    """What is there to print, once it is made."""
    written: tuple[str, ...] = ()
    drawn: frozenset[str] = frozenset()
    scan_pages: frozenset[str] = frozenset()
    """The paths of pages that are made whole, with their policy in them."""
    bodies: dict[str, str]
    index: IndexWithHealth
    shown: ShownCatalogue
    language: str | None = None
    """The language of the index that is built; the first without one, and the others below it."""

    def __init__(self) -> None:
        self.card_maker = CardMaker()
        self.card_makers: dict[str, CardMaker] = {}
        """Those of the other languages."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Note whether pages are previewed: the reload script of the preview is inline."""
        self.serving = command == "serve"

    @event_priority(100)  # before the search plugin, which asks the theme for its language
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the catalogue, which holds the name and the address."""
        with _one_sentence():
            refuse_unfit(config, os.environ)
            refuse_circles(Path(config.docs_dir))
        self.index = self.examined or self._read(self._catalogue_path(config))
        if self.index.errors:
            raise PluginError("\n".join(map(str, self.index.errors)))
        address = config.site_url if self.serving else None
        whole = published_at(self.index.shown, address)
        self.shown = whole.in_language(self.language or whole.language)
        with speaking(self.shown.language):
            config.update(engine_settings(self.shown))
            config.extra.update(theme_settings(self.shown, search=self.config.search))
        overrides = str(shipped("overrides"))
        if overrides not in config.theme.dirs:
            config.theme.dirs.insert(len(config.theme.dirs) - 2, overrides)
        self._take_own_look(config)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages and the cards."""
        with speaking(self.shown.language):
            return self._with_pages(files, config)

    def _with_pages(self, files: Files, config: MkDocsConfig) -> Files:
        own = [file for file in files if file.src_dir == config.docs_dir and _is_published(file)]
        names = {file.src_uri for file in own}
        translations = [file for file in own if is_translation(file.src_uri, names)]
        with _one_sentence():
            texts = {
                file.src_uri: read_page(Path(file.src_dir or "", file.src_uri), file.src_uri)
                for file in own
                if is_page(file.src_uri)
            }
            for file in translations:
                files.remove(file)
                own.remove(file)
            refuse_taken(self.shown, [file.src_uri for file in own])
            shipped_pages = written_pages()
            pages = pages_of(texts, self.shown)
            cards = card_files(self._made_cards())
            made = generate(
                self.shown,
                pages,
                self.index.health,
                cards,
                search=self.config.search,
                added=added_exports(),
                files_of_pages=files_in_language(texts, self.shown.language),
            )
            made |= cards
            others = _files_besides(files, own, config) | dict.fromkeys(
                made.keys() - pages.keys(), origin(self.index.catalogue)
            )
            refuse_clashes((file.src_uri for file in own), others)
        for file in [file for file in files if is_unneeded(file, config.docs_dir)]:
            files.remove(file)
        _speak(files, config)
        config.nav = navigation(self.shown, pages.keys() - shipped_pages.keys())
        self.written = tuple(pages)
        self.drawn = frozenset(path for path in made.keys() - pages.keys() if is_page(path))
        self.scan_pages = frozenset(
            path for path in made.keys() - pages.keys() if path.endswith(".html")
        )
        self.bodies = {}
        for path, content in made.items():
            replaced = files.get_file_from_path(path)
            if replaced:
                files.remove(replaced)
            files.append(File.generated(config, path, content=content))
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002
        """Compile no template of the theme twice, and let them speak."""
        env.bytecode_cache = made_once()
        env.globals["_"] = self._said
        return env

    def _said(self, message: str) -> str:
        with speaking(self.shown.language), noting_lent_words():
            return frame_text(message)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Mark the words of the frame that are in English for want of a translation."""
        with speaking(self.shown.language):
            return marked_page(output)

    def on_post_template(
        self,
        output_content: str,
        *,
        template_name: str,  # noqa: ARG002
        config: MkDocsConfig,  # noqa: ARG002
    ) -> str:
        """The same in pages that no file of ``docs/`` is, such as that for what is not there."""
        with speaking(self.shown.language):
            return marked_page(output_content)

    def on_page_markdown(
        self,
        markdown: str,
        *,
        page: Page,
        config: MkDocsConfig,  # noqa: ARG002
        files: Files,  # noqa: ARG002
    ) -> str | None:
        """Keep back a generated page, which is HTML already: reading it as Markdown is slow."""
        if page.file.src_uri not in self.drawn:
            return None
        self.bodies[page.file.src_uri] = markdown
        return ""

    def on_page_content(
        self,
        html: str,  # noqa: ARG002
        *,
        page: Page,
        config: MkDocsConfig,  # noqa: ARG002
        files: Files,  # noqa: ARG002
    ) -> str | None:
        """Give back the generated page, and the anchors that other pages may lead to."""
        body = self.bodies.pop(page.file.src_uri, None)
        if body is not None:
            page.present_anchor_ids = set(_ANCHOR.findall(body))
        return body

    @event_priority(-100)  # after the search plugin has written its index
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Finish the built site."""
        site = Path(config.site_dir)
        finish.drop_other_search(site)
        if not self.serving:
            finish_scripts(site)
            finish.secure_pages(site, self.scan_pages)
        if self.language is None:
            for language in self.shown.languages[1:]:
                self._build_below(config, language)
            finish.join_site_maps(site, self.shown.languages[1:])
        finish.mark(site)

    def _build_below(self, config: MkDocsConfig, language: str) -> None:
        """Build the site in another language, in its folder of this one."""
        site, address = Path(config.site_dir, language), self.shown.settings.site_url
        options, index = self.config, self.index
        with self._kept():
            other = load_config(
                config_file=config.config_file_path,
                docs_dir=config.docs_dir,
                site_dir=str(site),
                strict=config.strict,
            )
            plugin = other.plugins["linkindex"]
            # MkDocs loads a plugin once, whatever it builds.
            assert plugin is self  # noqa: S101
            self.config, self.language, self.examined = options, language, index
            self.card_maker = self.card_makers.setdefault(language, CardMaker())
            other.plugins.on_startup(command="serve" if self.serving else "build", dirty=False)
            if self.serving:
                other.site_url = address
            with speaking(language):
                build(other, serve_url=address if self.serving else None)
        finish.drop_mark(site)

    @contextlib.contextmanager
    def _kept(self) -> Iterator[None]:
        """Come back, whatever is built meanwhile, to what is known of this build."""
        known = dict(vars(self))
        try:
            yield
        finally:
            vars(self).clear()
            vars(self).update(known)

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,
        builder: object,  # noqa: ARG002
    ) -> LiveReloadServer:
        """Reload when the catalogue changes, or its logo, or the history of its links.

        What cannot be built is shown in the place of the pages.
        """
        folder = self._catalogue_path(config).resolve().parent
        FaultInPlaceOfPages.around(server, folder, Path(config.config_file_path or "."))
        for path in watched_beside(self._catalogue_path(config), self.shown):
            server.watch(str(path))
        return server

    def _read(self, path: Path) -> IndexWithHealth:
        now = self.now or clock.now()
        try:
            source = load(path, icons=icon_names(), today=now.date())
            return with_health(source, path, now)
        except LinkIndexError as error:
            raise PluginError(f"the catalogue has errors:\n{error}") from None

    def _made_cards(self) -> MadeCards:
        """The printable cards; of what cannot be made the log says why."""
        self.cards = self.card_maker.made(self._in_print()) if self.config.cards else NO_CARDS
        for sentence in self.cards.missing:
            _log.info(sentence)
        return self.cards

    def _in_print(self) -> ShownCatalogue:
        """The index as cards show it: with its own address, also in a preview."""
        return self.index.shown.in_language(self.shown.language)

    def _take_own_look(self, config: MkDocsConfig) -> None:
        """Let `overrides/` beside an index without settings of MkDocs come before all others."""
        look = self._catalogue_path(config).resolve().parent / LOOK
        has_own_settings = Path(config.config_file_path or "") != SHARED_SETTINGS
        if has_own_settings or not look.is_dir() or str(look) in config.theme.dirs:
            return
        config.theme.dirs.insert(0, str(look))

    def _catalogue_path(self, config: MkDocsConfig) -> Path:
        return Path(config.config_file_path or ".").parent / self.config.catalogue


@contextlib.contextmanager
def _one_sentence() -> Iterator[None]:
    """What a user can mend, as MkDocs says it without a traceback."""
    try:
        yield
    except LinkIndexError as error:
        raise PluginError(str(error)) from None


def _files_besides(files: Files, own: Sequence[File], config: MkDocsConfig) -> dict[str, str]:
    """Every file of the site that is neither generated nor an own one of the index.

    With where each comes from, as a sentence says it.
    """
    ours = {file.src_uri for file in own}
    of_theme = [
        *(file.src_uri for file in files if file.src_dir not in (None, config.docs_dir)),
        *(path for path in ours if not is_page(path) and _stands_in_theme(path, config)),
        *config.theme.static_templates,
    ]
    pages = written_pages().keys() - ours
    return {
        **dict.fromkeys(pages, FROM_LINKINDEX),
        **dict.fromkeys(of_theme, "is a file of the theme"),
        **dict.fromkeys(finish.WRITTEN_LAST, "is written when the site is finished"),
    }


def _speak(files: Files, config: MkDocsConfig) -> None:
    """Put the words into the scripts of the theme, and turn its style sheets their way."""
    ways = {".js": spoken_script, ".css": spoken_style}
    for file in tuple(files):
        way = ways.get(PurePosixPath(file.src_uri).suffix)
        if way is None or file.src_dir in (None, config.docs_dir):
            continue
        spoken = way(file.content_string)
        if spoken != file.content_string:
            files.remove(file)
            files.append(File.generated(config, file.src_uri, content=spoken))


def _stands_in_theme(path: str, config: MkDocsConfig) -> bool:
    """Whether MkDocs would publish a file of the theme here. Templates are not published."""
    return not path.endswith((".html", ".py")) and any(
        Path(folder, path).is_file() for folder in config.theme.dirs
    )


def _is_published(file: File) -> bool:
    return file.inclusion not in (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)
