"""Showing the site on this computer while it is being written."""

from __future__ import annotations

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

from linkindex.catalogue import LinkIndexError
from linkindex.site.build import faults_in_plain_words, load_mkdocs, plugin_of
from linkindex.site.host_and_port import Address
from linkindex.site.outputs import CardMaker


def serve_site(catalogue: Path, address: Address, tell: Callable[[str], None]) -> None:
    """Show the site with live reload until it is stopped.

    A change that cannot be built is told, and the site is shown as it was until that is mended.

    :raises LinkIndexError: when the site cannot be built at the start, or shown there.
    """
    with faults_in_plain_words(catalogue):
        config = load_mkdocs(catalogue)
    mounted = urlsplit(config.site_url or "/").path
    with tempfile.TemporaryDirectory(prefix="linkindex-") as folder, _shown_at(address):
        preview = _Preview(catalogue, f"http://{address}{mounted}", Path(folder), tell)
        with faults_in_plain_words(catalogue):
            config = preview.build()
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
        _watch(server, config)
        try:
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            tell("Stopped.")
        finally:
            server.shutdown()
            config.plugins.on_shutdown()


class _Preview:
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

    def build(self) -> MkDocsConfig:
        """Build the site and show it from now on."""
        unfinished = Path(tempfile.mkdtemp(dir=self.folder))
        try:
            config = load_mkdocs(self.catalogue, site_dir=str(unfinished))
            plugin_of(config).card_maker = self._card_maker
            config.plugins.on_startup(command="serve", dirty=False)
            config.site_url = self.address
            build(config, serve_url=self.address)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        former, self.site = self.site, unfinished
        if self._server:
            self._server.root = str(unfinished)
            shutil.rmtree(former, ignore_errors=True)
        return config

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


def _watch(server: LiveReloadServer, config: MkDocsConfig) -> None:
    watched = [config.docs_dir, *config.watch]
    if config.config_file_path:
        watched.append(config.config_file_path)
    if config.theme.custom_dir:
        watched.append(config.theme.custom_dir)
    for path in watched:
        server.watch(path)
    config.plugins.on_serve(server, config=config, builder=server.builder)


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
