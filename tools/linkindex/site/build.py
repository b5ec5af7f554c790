"""Building a whole site into a folder, or not at all."""

from __future__ import annotations

import contextlib
import datetime
import errno
import logging
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Its advice to stay on MkDocs 1 is for maintainers of themes, not for editors of links. It is
# given when the theme is imported, so this stands before everything that does.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

import yaml
from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import quoted
from linkindex.places import shipped
from linkindex.site.finish import MARK

SHARED_SETTINGS = Path(__file__).with_name("mkdocs.yml")
"""The settings of MkDocs that every index shares."""


def build_site(catalogue: Path, output: Path, now: datetime.datetime | None = None) -> None:
    """Build the site of an index with MkDocs, strictly, and put it at ``output`` when whole.

    :param now: when the command was begun; the present moment by default.
    :raises LinkIndexError: when MkDocs finds fault with a page, or ``output`` holds other files.
    """
    refuse_to_replace(output)
    with replaced_when_whole(output) as unfinished:
        _run_mkdocs(catalogue, unfinished, now)


def refuse_to_replace(output: Path) -> None:
    """Refuse a folder that holds anything but an earlier site.

    :raises LinkIndexError: naming the folder.
    """
    if output.is_file():
        raise LinkIndexError(f"{output} is a file; name a folder with --output")
    held = {path.name for path in output.iterdir()} if output.is_dir() else set()
    foreign = {name for name in held if name.startswith(".")} - {MARK}
    if held and (MARK not in held or foreign):
        raise LinkIndexError(
            f"{output} holds files that LinkIndex did not make; name another folder with --output, "
            "or empty it first"
        )


@contextlib.contextmanager
def replaced_when_whole(output: Path) -> Iterator[Path]:
    """A new folder beside ``output`` that takes its place when the block ends without an error."""
    output = output.absolute()
    # Named before it is made, so that a stop at any moment finds it to take away.
    unfinished = output.with_name(f".{output.name}-{secrets.token_hex(4)}")
    former = unfinished.with_name(f"{unfinished.name}-former")
    try:
        try:
            unfinished.mkdir(parents=True)
        except OSError as error:
            raise LinkIndexError(
                f"{output}: nothing can be written there ({error.strerror}); name another folder"
            ) from None
        yield unfinished
        if output.exists():
            output.rename(former)
        try:
            unfinished.rename(output)
        except BaseException:
            if former.exists() and not output.exists():
                former.rename(output)
            raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
        if output.exists():
            shutil.rmtree(former, ignore_errors=True)


def mkdocs_arguments(catalogue: Path) -> dict[str, Any]:
    """How to call MkDocs for an index: with the ``mkdocs.yml`` beside the catalogue, if any.

    Without one, the settings that come with LinkIndex are used, and its pages unless the index
    has a folder ``docs``.
    """
    folder = catalogue.resolve().parent
    own = folder / "mkdocs.yml"
    if own.exists():
        return {"config_file": str(own)}
    docs = folder / "docs"
    return {
        "config_file": str(SHARED_SETTINGS),
        "docs_dir": str(docs if docs.is_dir() else shipped("docs")),
        # A mapping, since MkDocs empties the entries of a list, which `serve` passes once more.
        "plugins": {
            "search": _shared_search_settings(),
            "linkindex": {"catalogue": str(catalogue.resolve())},
        },
    }


def _shared_search_settings() -> dict[str, Any]:
    plugins = yaml.safe_load(SHARED_SETTINGS.read_text("utf-8"))["plugins"]
    return next(dict(plugin["search"]) for plugin in plugins if "search" in plugin)


def load_mkdocs(catalogue: Path, **settings: Any) -> MkDocsConfig:
    """The configuration of MkDocs for an index.

    :raises LinkIndexError: when its ``mkdocs.yml`` does not build this catalogue.
    """
    config = load_config(**mkdocs_arguments(catalogue), **settings)
    plugin = config.plugins.get("linkindex")
    if plugin is None:
        raise LinkIndexError(
            "mkdocs.yml does not use the plugin `linkindex`; add it under `plugins:`"
        )
    named = Path(config.config_file_path or ".").parent / str(plugin.config["catalogue"])
    if named.resolve() != catalogue.resolve():
        raise LinkIndexError(
            f"mkdocs.yml builds {named.name}, not {catalogue.name}; change `catalogue:` of the "
            "plugin `linkindex` there, or name the other file"
        )
    return config


def _run_mkdocs(catalogue: Path, site: Path, now: datetime.datetime | None) -> None:
    complaints = _Complaints()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(complaints)
    logger.propagate = False
    try:
        config = load_mkdocs(catalogue, site_dir=str(site), strict=True)
        config.plugins["linkindex"].now = now  # type: ignore[attr-defined]
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    except ConfigurationError as error:
        raise LinkIndexError(_about_settings(error)) from None
    except SystemExit as stopped:
        docs = mkdocs_docs(catalogue)
        lines = [_in_plain_words(line, docs) for line in complaints.lines]
        raise LinkIndexError("\n".join(lines) or str(stopped.code)) from None
    finally:
        logger.removeHandler(complaints)
        logger.propagate = True


def mkdocs_docs(catalogue: Path) -> Path:
    """The folder of written pages that a complaint of MkDocs is about."""
    own = catalogue.resolve().parent / "docs"
    return own if own.is_dir() else shipped("docs")


def _about_settings(error: ConfigurationError) -> str:
    said = " ".join(str(error).split())
    return f"mkdocs.yml: {said}; mend the setting or remove it"


def _in_plain_words(complaint: str, docs: Path) -> str:
    """What MkDocs warns of, with the line where it is one of a written page."""
    found = re.match(r"Doc file '([^']+)' contains .*?link '([^']+)'", complaint)
    if found:
        page, link = found.groups()
        return (
            f"docs/{page}:{_line_with(docs / page, link)}: the link to {quoted(link)} leads "
            "nowhere; mend or remove it"
        )
    if complaint.startswith("Config value"):
        return f"mkdocs.yml: {complaint}; mend the setting or remove it"
    return complaint


def _line_with(page: Path, text: str) -> int:
    lines = page.read_text("utf-8").splitlines() if page.is_file() else []
    return next((number for number, line in enumerate(lines, start=1) if text in line), 1)


class _Complaints(logging.Handler):
    """Keeps what MkDocs warns of, which strictness turns into the reason of a failure."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def serve_site(catalogue: Path, address: str) -> None:
    """Show the site with live reload until it is stopped.

    :param address: host and port, such as ``127.0.0.1:8000``.
    :raises LinkIndexError: when MkDocs cannot start.
    """
    try:
        load_mkdocs(catalogue)
        serve(**mkdocs_arguments(catalogue), dev_addr=address, livereload=True)
    except ConfigurationError as error:
        raise LinkIndexError(_about_settings(error)) from None
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise LinkIndexError(
            f"{address} is in use; stop the other program, or name another port with --address"
        ) from None
