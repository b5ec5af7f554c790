"""What cannot be built, in the place of the pages that it keeps from being built."""

from __future__ import annotations

import functools
import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import visible
from linkindex.site.faults import in_plain_words
from linkindex.wording import counted

_log = logging.getLogger(f"mkdocs.plugins.{__name__}")

MOST = 30
"""How many faults are shown at once: many follow from the first."""

_PLACED = re.compile(
    r"(?P<file>[^\s:][^:]*):(?P<line>\d+)(?::(?P<column>\d+))?: (?P<warning>warning: )?(?P<said>.+)"
)

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer


@dataclass(frozen=True)
class ShownFault:
    """One thing that is wrong.

    :ivar place: the file and the line, as people say them; empty where there is none.
    :ivar line: what stands there.
    """

    said: str
    place: str = ""
    line: str = ""
    is_warning: bool = False


def faults_of(sentences: str, folder: Path) -> list[ShownFault]:
    """What a command would say, a fault a line, each with the line of the file that it is about.

    What is only a warning comes last.

    :param folder: that of the index; lines of other files are not shown.
    """
    found = []
    for sentence in sentences.splitlines():
        placed = _PLACED.fullmatch(sentence.strip())
        if placed:
            found.append(
                ShownFault(
                    visible(placed["said"]),
                    visible(f"{placed['file']}, line {placed['line']}"),
                    _line_of(folder, placed["file"], int(placed["line"])),
                    bool(placed["warning"]),
                )
            )
        elif sentence.strip() and not sentence.endswith(":"):
            found.append(ShownFault(visible(sentence.strip())))
    return sorted(found, key=lambda fault: fault.is_warning)


def fault_page(faults: list[ShownFault]) -> bytes:
    """The page that stands in the place of all others."""
    errors = sum(not fault.is_warning for fault in faults)
    left = len(faults) - MOST
    more = f"And {left} more: `linkindex check` names them all." if left > 0 else ""
    page = (
        _environment()
        .get_template("fault.html")
        .render(
            heading=f"{counted(errors, 'thing')} to mend first",
            faults=faults[:MOST],
            more=more,
        )
    )
    return page.encode()


def of_the_program(error: Exception) -> str:
    """What is said where the program itself is at fault."""
    return (
        f"the site could not be built, and that is no fault of the index "
        f"({type(error).__name__}: {error}); the window in which the command runs says more"
    )


def _line_of(folder: Path, name: str, number: int) -> str:
    file = (folder / name).resolve()
    if not file.is_relative_to(folder.resolve()) or not file.is_file():
        return ""
    lines = file.read_text("utf-8", errors="replace").splitlines()
    return visible(lines[number - 1].strip())[:200] if 0 < number <= len(lines) else ""


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("linkindex.site.serving", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )


class FaultInPlaceOfPages:
    """A WSGI application before that of a preview: it shows a fault as long as there is one.

    :ivar fault: what stands against building the site, a sentence a line; empty when nothing does.
    """

    def __init__(self, server: LiveReloadServer, folder: Path) -> None:
        self.server = server
        self.folder = folder
        self.fault = ""
        server.set_app(self)

    @classmethod
    def around(cls, server: LiveReloadServer, folder: Path, settings: Path) -> None:
        """Show what a server of MkDocs cannot build, which else never answers again.

        :param settings: the ``mkdocs.yml`` that it builds by.
        """
        if isinstance(server.get_app(), cls):
            return
        shown = cls(server, folder)
        build = server.builder

        def build_or_show() -> None:
            try:
                with in_plain_words(folder, settings):
                    build()
            except LinkIndexError as error:
                shown.fault = str(error)
            except Exception as error:
                shown.fault = of_the_program(error)
                _log.exception("the site could not be built")
            else:
                shown.fault = ""
                return
            _log.error(shown.fault)

        server.builder = build_or_show

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer a request: one for a page by the fault, once no build is going on."""
        path = str(environ.get("PATH_INFO", "/"))
        if path.startswith("/livereload/") or not _is_page(path):
            return self.server.serve_request(environ, start_response)
        server = self.server
        with server._epoch_cond:
            server._epoch_cond.wait_for(lambda: server._visible_epoch == server._wanted_epoch)
            epoch, fault = server._visible_epoch, self.fault
        if not fault:
            return server.serve_request(environ, start_response)
        page = fault_page(faults_of(fault, self.folder))
        script: Any = server
        body: bytes = script._inject_js_into_html(page, epoch)
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")]
        start_response("503 Service Unavailable", [*headers, ("Content-Length", str(len(body)))])
        return [body]


def _is_page(path: str) -> bool:
    last = path.rpartition("/")[2]
    return "." not in last or last.endswith(".html")
