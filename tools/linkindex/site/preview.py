"""Showing the site on this computer while it is being written."""

from __future__ import annotations

import abc
import contextlib
import errno
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from linkindex.catalogue import Engine, LinkIndexError, ShownCatalogue
from linkindex.site.build import examined, faults_in_plain_words, load_mkdocs, plugin_of
from linkindex.site.engines.zensical import build_pages, own_of
from linkindex.site.host_and_port import Address
from linkindex.site.outputs import CardMaker, watched_beside


def serve_site(
    catalogue: Path,
    address: Address,
    tell: Callable[[str], None],
    engine: Engine = Engine.MKDOCS,
) -> None:
    """Show the site with live reload until it is stopped.

    A change that cannot be built is told, and the site is shown as it was until that is mended.

    :param engine: what renders the pages. The server is that of MkDocs in any case.
    :raises LinkIndexError: when the site cannot be built at the start, or shown there.
    """
    kind = _WithZensical if engine is Engine.ZENSICAL else _WithMkDocs
    with faults_in_plain_words(catalogue):
        mounted = kind.mounted(catalogue)
    with tempfile.TemporaryDirectory(prefix="linkindex-") as folder, _shown_at(address):
        preview = kind(catalogue, f"http://{address}{mounted}", Path(folder), tell)
        with faults_in_plain_words(catalogue):
            preview.build()
        family, numeric = _resolved(address)
        server = LiveReloadServer(
            builder=preview.build_again,
            host=numeric,
            port=address.port,
            root=str(preview.site),
            mount_path=mounted,
        )
        server.address_family = family
        preview.show_in(server)
        preview.watch(server)
        try:
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            tell("Stopped.")
        finally:
            server.shutdown()
            preview.end()


class _Preview(abc.ABC):
    """Builds the site anew into a folder of its own, which is shown once it is whole."""

    def __init__(
        self, catalogue: Path, address: str, folder: Path, tell: Callable[[str], None]
    ) -> None:
        self.catalogue = catalogue
        self.address = address
        self.folder = folder
        self.tell = tell
        self.site = folder
        self.is_behind = False
        self._card_maker = CardMaker()
        self._server: LiveReloadServer | None = None

    @staticmethod
    @abc.abstractmethod
    def mounted(catalogue: Path) -> str:
        """The path at which the site is shown, as on its host."""

    @abc.abstractmethod
    def build_into(self, folder: Path) -> None:
        """Build the site into an empty folder."""

    @abc.abstractmethod
    def watch(self, server: LiveReloadServer) -> None:
        """Name what changes the site."""

    def end(self) -> None:  # noqa: B027 - most have nothing to do
        """Let go of what was held."""

    def build(self) -> None:
        """Build the site and show it from now on."""
        unfinished = Path(tempfile.mkdtemp(dir=self.folder))
        try:
            self.build_into(unfinished)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        former, self.site = self.site, unfinished
        if self._server:
            self._server.root = str(unfinished)
            shutil.rmtree(former, ignore_errors=True)

    def build_again(self) -> None:
        """Build after a change; when that fails, say why and go on showing the site as it was."""
        try:
            with faults_in_plain_words(self.catalogue):
                self.build()
        except (LinkIndexError, OSError) as error:
            self.is_behind = True
            self.tell(f"{error}\nThe site is shown as it was until this is mended.")
            return
        if self.is_behind:
            self.tell("Mended: the site is shown as it is now.")
        self.is_behind = False

    def show_in(self, server: LiveReloadServer) -> None:
        """Show the site by a server, with its page for what is not there."""
        self._server = server
        server.error_handler = self._error_page

    def _error_page(self, code: int) -> bytes | None:
        page = self.site / f"{code}.html"
        return page.read_bytes() if page.is_file() else None


class _WithMkDocs(_Preview):
    """Builds with MkDocs."""

    config: MkDocsConfig

    @staticmethod
    def mounted(catalogue: Path) -> str:
        return urlsplit(load_mkdocs(catalogue).site_url or "/").path

    def build_into(self, folder: Path) -> None:
        self.config = load_mkdocs(self.catalogue, site_dir=str(folder))
        plugin_of(self.config).card_maker = self._card_maker
        self.config.plugins.on_startup(command="serve", dirty=False)
        self.config.site_url = self.address
        build(self.config, serve_url=self.address)

    def watch(self, server: LiveReloadServer) -> None:
        watched = [self.config.docs_dir, *self.config.watch]
        if self.config.config_file_path:
            watched.append(self.config.config_file_path)
        if self.config.theme.custom_dir:
            watched.append(self.config.theme.custom_dir)
        for path in watched:
            server.watch(path)
        self.config.plugins.on_serve(server, config=self.config, builder=server.builder)

    def end(self) -> None:
        self.config.plugins.on_shutdown()


class _WithZensical(_Preview):
    """Builds with Zensical: its own server would show the pages before they are finished."""

    shown: ShownCatalogue

    @staticmethod
    def mounted(catalogue: Path) -> str:
        return urlsplit(examined(catalogue).shown.settings.site_url).path

    def build_into(self, folder: Path) -> None:
        index = examined(self.catalogue)
        rendered = build_pages(
            self.catalogue, index, folder, address=self.address, card_maker=self._card_maker
        )
        self.shown = rendered.shown

    def watch(self, server: LiveReloadServer) -> None:
        watched = [*own_of(self.catalogue).watched, *watched_beside(self.catalogue, self.shown)]
        for path in watched:
            server.watch(str(path))


def _resolved(address: Address) -> tuple[socket.AddressFamily, str]:
    """The kind of network of a host, and its number there."""
    kinds = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    family, *_, numbers = sorted(kinds)[0]  # IPv4 where a name has both, as browsers try both
    return family, str(numbers[0])


@contextlib.contextmanager
def _shown_at(address: Address) -> Iterator[None]:
    """What a computer says of a place where nothing can be shown, in a sentence."""
    try:
        yield
    except OSError as error:
        if error.filename is not None:
            raise
        if error.errno == errno.EADDRINUSE:
            raise LinkIndexError(
                f"{address} is in use; stop the other program, or name another port with --address"
            ) from None
        raise LinkIndexError(
            f"the site cannot be shown at {address} ({error.strerror or error}); write "
            "`--address 127.0.0.1:8000`"
        ) from None
