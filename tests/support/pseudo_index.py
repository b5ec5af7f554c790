"""An index whose own texts are told apart from those of the program: their letters are Greek."""

from __future__ import annotations

import dataclasses
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from linkindex.cards import MadeCards
from linkindex.cards.formats import OFFERED
from linkindex.catalogue import ShownCatalogue
from linkindex.site import plugin
from linkindex.site.build import build_site, examined

_GREEK = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "αβψδεφγηιξκλμνοπζρστθωςχυζΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠΖΡΣΤΘΩΣΧΥΖ",
)
_KEPT = frozenset(
    {
        *("id", "url", "contact", "site_url", "exit_url", "repository", "group", "audiences"),
        *("format", "nations", "cost", "language", "start_here", "related", "also_in", "code"),
        *("icon", "colour", "colours", "rule", "category", "successor", "email", "phone", "deck"),
        *("layout", "logo", "accessible_as"),
    }
)
"""Keys whose values are no texts."""


class NoCards:
    """Stands for the printable cards, which take longer than the site."""

    def made(self, _: ShownCatalogue) -> MadeCards:
        names = [*(f"{name}.pdf" for name in OFFERED), "cards.png", "contact.png"]
        return MadeCards(dict.fromkeys(names, b""))


def build_in_pseudo(sample: Path, folder: Path, language: str) -> Path:
    """Build the sample, in Greek letters, in one of the languages for tests; give its site."""
    folder.mkdir(parents=True)
    for path in sample.parent.iterdir():
        if path.is_dir():
            shutil.copytree(path, folder / path.name)
    text = yaml.safe_load(sample.read_text("utf-8"))
    catalogue = folder / sample.name
    catalogue.write_text(yaml.safe_dump(_greek(text), allow_unicode=True, sort_keys=False), "utf-8")
    index = examined(catalogue)
    shown = dataclasses.replace(index.shown, language=language)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(plugin, "CardMaker", NoCards)
        build_site(catalogue, folder / "site", index=dataclasses.replace(index, shown=shown))
    return folder / "site"


def _greek(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: below if key in _KEPT else _greek(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_greek(below) for below in value]
    if isinstance(value, str) and not re.fullmatch(r"[\d +]+", value):
        # A word of both a card and its topic would give the topic away.
        return re.sub(r"\band\b", "&", value).translate(_GREEK)
    return value
