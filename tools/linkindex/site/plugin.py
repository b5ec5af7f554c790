"""The MkDocs plugin: hands the generated files to MkDocs and decides nothing itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from mkdocs.config import base, config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from linkindex.catalogue import Catalogue, LinkIndexError, load
from linkindex.icons import icon_names
from linkindex.links.history.lines import FILE_NAME
from linkindex.places import shipped
from linkindex.site import finish
from linkindex.site.exports import added_exports
from linkindex.site.generate import generate, line_of, navigation
from linkindex.site.health import SiteHealth, health_beside, without_harmful
from linkindex.site.outputs import (
    card_files,
    engine_settings,
    published_at,
    theme_settings,
    written_pages,
)

_ANCHOR = re.compile(r'\sid="([^"]+)"')


class LinkIndexConfig(base.Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in ``mkdocs.yml``."""

    catalogue = config_options.Type(str, default="resources.yaml")
    cards = config_options.Type(bool, default=True)


class LinkIndexPlugin(BasePlugin[LinkIndexConfig]):  # type: ignore[no-untyped-call]
    """Builds the pages and cards of ``resources.yaml``."""

    serving = False
    written: tuple[str, ...] = ()
    drawn: frozenset[str] = frozenset()
    bodies: dict[str, str]
    health: SiteHealth
    source: Catalogue
    shown: Catalogue

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Note whether pages are previewed: the reload script of the preview is inline."""
        self.serving = command == "serve"

    @event_priority(100)  # before the search plugin, which asks the theme for its language
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the catalogue, which holds the name and the address."""
        try:
            self.source = load(self._catalogue_path(config), icons=icon_names())
        except LinkIndexError as error:
            raise PluginError(f"the catalogue has errors:\n{error}") from None
        self.health = health_beside(self.source, self._catalogue_path(config))
        address = config.site_url if self.serving else None
        self.shown = published_at(self.source, address)
        config.update(engine_settings(self.shown.settings))
        config.extra.update(theme_settings(self.shown))
        overrides = str(shipped("overrides"))
        if overrides not in config.theme.dirs:
            config.theme.dirs.insert(len(config.theme.dirs) - 2, overrides)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages and the cards; they stand in for files of the same name."""
        own = {file.src_uri: file.content_string for file in files.documentation_pages()}
        pages = {**written_pages(), **own}
        config.nav = navigation(self.shown, own.keys() - written_pages().keys())
        self.written = tuple(
            File.generated(config, path, content="").url for path in pages if path.endswith(".md")
        )
        try:
            made = generate(self.shown, pages, self.health, added_exports())
            if self.config.cards:
                made |= card_files(self.source)
        except LinkIndexError as error:
            raise PluginError(str(error)) from None
        self.drawn = frozenset(path for path in made.keys() - pages.keys() if path.endswith(".md"))
        self.bodies = {}
        for path, content in made.items():
            replaced = files.get_file_from_path(path)
            if replaced:
                files.remove(replaced)
            files.append(File.generated(config, path, content=content))
        return files

    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:  # noqa: ARG002
        """Lead 'Suggest a change' to the line that the page is made from."""
        repository = self.source.settings.repository
        line = line_of(self.source, page.file.src_uri)
        page.edit_url = (
            f"{repository}/blob/main/{self.source.file}?plain=1#L{line}"
            if repository and line
            else None
        )
        return page

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
        shown = without_harmful(self.shown, self.health)
        finish.write_search_index(site, shown, self.written)
        if not self.serving:
            finish.secure_pages(site)
        finish.mark(site)

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,
        builder: object,  # noqa: ARG002
    ) -> LiveReloadServer:
        """Reload when the catalogue changes, or its logo, or the history of its links."""
        catalogue = self._catalogue_path(config)
        server.watch(str(catalogue))
        history = catalogue.parent / FILE_NAME
        if history.exists():
            server.watch(str(history))
        if self.source.settings.logo:
            server.watch(str(catalogue.parent / self.source.settings.logo))
        return server

    def _catalogue_path(self, config: MkDocsConfig) -> Path:
        return Path(config.config_file_path or ".").parent / self.config.catalogue
