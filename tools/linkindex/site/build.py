"""Building a whole site into a folder, or not at all."""

from __future__ import annotations

import contextlib
import datetime
import os
from pathlib import Path
from typing import Any

# Its advice to stay on MkDocs 1 is for maintainers of themes, not for editors of links. It is
# given when the theme is imported, so this stands before everything that does.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from linkindex import clock
from linkindex.cards import MadeCards
from linkindex.catalogue import Engine, LinkIndexError, load
from linkindex.icons import icon_names
from linkindex.places import shipped
from linkindex.placing import replaced_when_whole
from linkindex.site.built import BuiltSite
from linkindex.site.compiled import made_once
from linkindex.site.engines.zensical import build_pages
from linkindex.site.faults import in_plain_words
from linkindex.site.finish import MARK, files_of
from linkindex.site.health import IndexWithHealth, with_health
from linkindex.site.outputs import CARDS
from linkindex.site.plugin import LinkIndexPlugin
from linkindex.site.settings import (
    SHARED_SETTINGS,
    refuse_other_index,
    refuse_unreadable_date,
    settings_of,
)


def build_site(
    catalogue: Path,
    output: Path,
    now: datetime.datetime | None = None,
    index: IndexWithHealth | None = None,
    engine: Engine | None = None,
) -> BuiltSite:
    """Build the site of an index, strictly, and put it at ``output`` when whole.

    :param now: when the command was begun; the present moment by default.
    :param index: what the catalogue holds, where it was read already; it is read by default.
    :param engine: what renders the pages; the one that the index names by default.
    :raises LinkIndexError: when the engine finds fault with a page or is not installed, or
        ``output`` holds other files.
    """
    refuse_to_replace(output)
    index = index or examined(catalogue, now)
    with replaced_when_whole(output) as unfinished:
        if (engine or index.shown.settings.engine) is Engine.ZENSICAL:
            refuse_unreadable_date(os.environ)
            rendered = build_pages(catalogue, index, unfinished)
            shown, cards = rendered.shown, rendered.cards
        else:
            plugin = _run_mkdocs(catalogue, unfinished, now, index)
            shown, cards = plugin.shown, plugin.cards
    made_once().keep()
    return _built(output, shown.settings.site_url, cards)


def examined(catalogue: Path, now: datetime.datetime | None = None) -> IndexWithHealth:
    """What a catalogue holds, and how its links stand.

    :raises LinkIndexError: with everything that is wrong with it.
    """
    now = now or clock.now()
    try:
        index = with_health(load(catalogue, icons=icon_names(), today=now.date()), catalogue, now)
    except LinkIndexError as error:
        raise LinkIndexError(f"the catalogue has errors:\n{error}") from None
    if index.errors:
        raise LinkIndexError("\n".join(map(str, index.errors)))
    return index


def _built(folder: Path, address: str, cards: MadeCards) -> BuiltSite:
    pages = (path for path in files_of(folder) if path.endswith(".html"))
    return BuiltSite(
        folder,
        address,
        tuple(sorted(f"{address}{page.removesuffix('index.html')}" for page in pages)),
        tuple(sorted(folder / CARDS / name for name in cards.files)),
        cards.summary,
        cards.missing,
    )


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


def mkdocs_arguments(catalogue: Path) -> dict[str, Any]:
    """How to call MkDocs for an index: with the ``mkdocs.yml`` beside the catalogue, if any.

    Without one, the settings that come with LinkIndex are used, and its pages unless the index
    has a folder ``docs``.

    :raises LinkIndexError: when the settings cannot be read.
    """
    folder = catalogue.resolve().parent
    own = settings_of(folder)
    if own:
        return {"config_file": str(own)}
    docs = folder / "docs"
    return {
        "config_file": str(SHARED_SETTINGS),
        "docs_dir": str(docs if docs.is_dir() else shipped("docs")),
        # A mapping, since MkDocs empties the entries of a list, which `serve` passes once more.
        "plugins": {"linkindex": {"catalogue": str(catalogue.resolve())}},
    }


def load_mkdocs(catalogue: Path, **settings: Any) -> MkDocsConfig:
    """The configuration of MkDocs for an index.

    :raises LinkIndexError: when its ``mkdocs.yml`` does not build this catalogue.
    """
    config = load_config(**mkdocs_arguments(catalogue), **settings)
    plugin = config.plugins.get("linkindex")
    named = str(plugin.config["catalogue"]) if plugin else None
    refuse_other_index(catalogue, Path(config.config_file_path or "."), named)
    return config


def plugin_of(config: MkDocsConfig) -> LinkIndexPlugin:
    """The plugin that makes the pages of an index."""
    plugin = config.plugins["linkindex"]
    assert isinstance(plugin, LinkIndexPlugin)  # noqa: S101 - for the type checker
    return plugin


def _run_mkdocs(
    catalogue: Path, site: Path, now: datetime.datetime | None, index: IndexWithHealth | None
) -> LinkIndexPlugin:
    with faults_in_plain_words(catalogue):
        config = load_mkdocs(catalogue, site_dir=str(site), strict=True)
        plugin = plugin_of(config)
        plugin.now, plugin.examined = now, index
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    return plugin


def faults_in_plain_words(catalogue: Path) -> contextlib.AbstractContextManager[None]:
    """What MkDocs makes of an index, with the faults that a user can mend in sentences."""
    refuse_unreadable_date(os.environ)
    folder = catalogue.resolve().parent
    return in_plain_words(folder, settings_of(folder) or SHARED_SETTINGS)
