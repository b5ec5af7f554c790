"""Showing the site on this computer while it is being written."""

from __future__ import annotations

import contextlib
import errno
import shutil
import socket
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from linkindex.catalogue import Engine, LinkIndexError
from linkindex.catalogue.meanings import FILE_NAME as MEANINGS
from linkindex.catalogue.parts import FOLDER as TOPICS
from linkindex.catalogue.questions import FILE_NAME as QUESTIONS
from linkindex.site.build import examined, faults_in_plain_words, load_mkdocs, plugin_of
from linkindex.site.engines.zensical import build_pages, own_of
from linkindex.site.health import IndexWithHealth
from linkindex.site.host_and_port import Address
from linkindex.site.outputs import CardMaker, watched_beside
from linkindex.site.serving.shown_fault import FaultInPlaceOfPages, of_the_program


def serve_site(
    catalogue: Path,
    address: Address,
    tell: Callable[[str], None],
    engine: Engine | None = None,
    *,
    in_spite_of_faults: bool = False,
) -> None:
    """Show the site with live reload until it is stopped.

    A change that cannot be built is told, and shown in the place of every page until it is mended.

    :param engine: what renders the pages; the one that the index names by default. The server is
        that of MkDocs in any case.
    :param in_spite_of_faults: whether to begin though the site cannot be built.
    :raises LinkIndexError: when the site cannot be built at the start, or shown there.
    """
    with tempfile.TemporaryDirectory(prefix="linkindex-") as folder, _shown_at(address):
        preview = _Preview(catalogue, address, Path(folder), tell, engine)
        family, numeric = _resolved(address)
        server = LiveReloadServer(
            builder=preview.build_again,
            host=numeric,
            port=address.port,
            root=folder,
        )
        server.address_family = family
        preview.show_in(server)
        if in_spite_of_faults:
            preview.build_again()
        else:
            preview.build()
        try:
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            tell("Stopped.")
        finally:
            server.shutdown()
            preview.end()


class _Preview:
    """Builds the site anew into a folder of its own, which is shown once it is whole."""

    def __init__(
        self,
        catalogue: Path,
        address: Address,
        folder: Path,
        tell: Callable[[str], None],
        engine: Engine | None,
    ) -> None:
        self.catalogue = catalogue
        self.address = address
        self.folder = folder
        self.tell = tell
        self.engine = engine
        self.site = folder
        self.server: LiveReloadServer
        self._in_place: FaultInPlaceOfPages
        self._card_makers: dict[str, CardMaker] = {}
        self._config: MkDocsConfig | None = None
        self._watched: set[Path] = set()

    def show_in(self, server: LiveReloadServer) -> None:
        """Show the site by a server, with its page for what is not there."""
        self.server = server
        server.error_handler = self._error_page
        self._in_place = FaultInPlaceOfPages(server, self.catalogue.resolve().parent)
        self._watch(watched_always(self.catalogue))

    def build(self) -> None:
        """Build the site and show it from now on.

        :raises LinkIndexError: with what stands against it.
        """
        unfinished = Path(tempfile.mkdtemp(dir=self.folder))
        try:
            with faults_in_plain_words(self.catalogue):
                index = examined(self.catalogue)
                settings = index.shown.settings
                mounted = urlsplit(settings.site_url).path
                address = f"http://{self.address}{mounted}"
                if (self.engine or settings.engine) is Engine.ZENSICAL:
                    watched = self._build_with_zensical(index, unfinished, address)
                else:
                    watched = self._build_with_mkdocs(index, unfinished, address)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        former, self.site = self.site, unfinished
        self.server.root = str(unfinished)
        self.server.mount_path = mounted
        if former != self.folder:
            shutil.rmtree(former, ignore_errors=True)
        self._watch([*watched_always(self.catalogue), *watched])

    def build_again(self) -> None:
        """Build after a change; while that fails, say why, here and in the place of every page.

        Whatever happens, the server goes on: it would wait for ever for a build that never ends.
        """
        was_behind = bool(self._in_place.fault)
        try:
            self.build()
        except (LinkIndexError, OSError) as error:
            self._in_place.fault = str(error)
            self.tell(f"{error}\nThe browser shows this until it is mended.")
            return
        except Exception as error:
            self._in_place.fault = of_the_program(error)
            self.tell(f"{traceback.format_exc()}{self._in_place.fault}")
            return
        self._in_place.fault = ""
        if was_behind:
            self.tell("Mended: the site is shown as it is now.")

    def end(self) -> None:
        """Let go of what was held."""
        if self._config:
            self._config.plugins.on_shutdown()

    def _build_with_mkdocs(self, index: IndexWithHealth, folder: Path, address: str) -> list[Path]:
        config = load_mkdocs(self.catalogue, site_dir=str(folder))
        plugin = plugin_of(config)
        first = index.shown.language
        plugin.card_maker = self._card_makers.setdefault(first, CardMaker())
        plugin.card_makers, plugin.examined = self._card_makers, index
        config.plugins.on_startup(command="serve", dirty=False)
        config.site_url = address
        build(config, serve_url=address)
        if self._config is None:
            config.plugins.on_serve(self.server, config=config, builder=self.server.builder)
        self._config = config
        named = [config.docs_dir, *config.watch, config.config_file_path, config.theme.custom_dir]
        beside = watched_beside(self.catalogue, plugin.shown)
        return [*map(Path, filter(None, named)), *beside]

    def _build_with_zensical(
        self, index: IndexWithHealth, folder: Path, address: str
    ) -> list[Path]:
        """Build with Zensical: its own server would show the pages before they are finished."""
        rendered = build_pages(
            self.catalogue, index, folder, address=address, card_makers=self._card_makers
        )
        return [*own_of(self.catalogue).watched, *watched_beside(self.catalogue, rendered.shown)]

    def _watch(self, paths: Iterable[Path]) -> None:
        """Watch what is not watched yet, if it is there."""
        for path in paths:
            whole = path.resolve()
            if whole.exists() and whole not in self._watched:
                self._watched.add(whole)
                self.server.watch(str(whole))

    def _error_page(self, code: int) -> bytes | None:
        page = self.site / f"{code}.html"
        return page.read_bytes() if page.is_file() else None


def watched_always(catalogue: Path) -> list[Path]:
    """What may be there beside an index and changes its site, also while that cannot be built."""
    names = ("mkdocs.yml", "mkdocs.yaml", "docs", "overrides", MEANINGS, QUESTIONS, TOPICS)
    others = [
        path
        for name in (MEANINGS, QUESTIONS)
        for path in catalogue.parent.glob("{0}.*.{2}".format(*name.partition(".")))
    ]
    return [catalogue, *(catalogue.parent / name for name in names), *others]


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
