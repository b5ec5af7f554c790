"""Writing the source of the site for another engine, which knows nothing of LinkIndex."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from linkindex.cards import MadeCards
from linkindex.catalogue import ShownCatalogue
from linkindex.places import shipped
from linkindex.site.editions import files_in_language, refuse_taken
from linkindex.site.exports import added_exports
from linkindex.site.generate import generate, navigation
from linkindex.site.health import SiteHealth
from linkindex.site.outputs import (
    CardMaker,
    card_files,
    engine_settings,
    pages_of,
    theme_settings,
    written_pages,
)
from linkindex.site.settings import SHARED_SETTINGS
from linkindex.site.written import page_texts
from linkindex.speaking import speaking
from linkindex.speaking.frames import speak_frames


def export_docs(
    catalogue: ShownCatalogue,
    folder: Path,
    own_docs: Path | None = None,
    health: SiteHealth | None = None,
) -> MadeCards:
    """Write ``docs/``, ``overrides/`` and a ``mkdocs.yml`` without plugins into a new folder.

    For each other language of the index the same is in a folder of its name, to be built after it:
    its site goes into the folder of that language in the site.

    :param own_docs: the index's folder ``docs``, if it has one.
    :param health: how its links stand.
    :returns: the cards that are among the pages, and what could not be made.
    """
    own = page_texts(own_docs) if own_docs and own_docs.is_dir() else {}
    refuse_taken(catalogue, own)
    for language in reversed(catalogue.languages):
        place = folder if language == catalogue.languages[0] else folder / language
        with speaking(language):
            made = _export(catalogue.in_language(language), place, own, health)
    return made


def _export(
    catalogue: ShownCatalogue, folder: Path, texts: Mapping[str, str], health: SiteHealth | None
) -> MadeCards:
    pages = pages_of(texts, catalogue)
    made = CardMaker().made(catalogue)
    cards = card_files(made)
    files = {
        **generate(
            catalogue,
            pages,
            health,
            cards,
            added=added_exports(),
            files_of_pages=files_in_language(texts, catalogue.language),
        ),
        **cards,
    }
    for path, content in files.items():
        target = folder / "docs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    shutil.copytree(shipped("overrides"), folder / "overrides")
    speak_frames(folder / "overrides")
    own = pages.keys() - written_pages().keys()
    (folder / "mkdocs.yml").write_bytes(_settings(catalogue, own).encode())
    return made


def _settings(catalogue: ShownCatalogue, own_pages: Iterable[str]) -> str:
    base = yaml.safe_load(SHARED_SETTINGS.read_text("utf-8"))
    base.update(engine_settings(catalogue))
    base["plugins"] = [plugin for plugin in base["plugins"] if plugin != "linkindex"]
    base["docs_dir"] = "docs"
    if catalogue.language != catalogue.languages[0]:
        base["site_dir"] = f"../site/{catalogue.language}"
    base["theme"]["custom_dir"] = "overrides"
    base["nav"] = navigation(catalogue, own_pages)
    base["extra"].update(theme_settings(catalogue))
    return yaml.safe_dump(base, sort_keys=False, allow_unicode=True)
