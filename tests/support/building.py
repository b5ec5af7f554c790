"""Sites for tests that do not look at the cards, which take most of the time of a build."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import yaml

from linkindex.catalogue import Engine
from linkindex.site.build import build_site
from linkindex.site.outputs import CardMaker
from linkindex.site.settings import SHARED_SETTINGS

SHARED_CARDS = CardMaker()
"""Makes the cards of the sample once for all engines."""


def put_index(folder: Path, text: str) -> Path:
    """Write an index of which no cards are made, and give the path of its catalogue."""
    plugins = yaml.safe_load(SHARED_SETTINGS.read_text("utf-8"))["plugins"]
    others = [plugin for plugin in plugins if plugin != "linkindex"]
    settings = {
        "INHERIT": str(SHARED_SETTINGS),
        "plugins": [*others, {"linkindex": {"cards": False}}],
    }
    (folder / "docs").mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").write_text(json.dumps(settings), "utf-8")
    catalogue = folder / "resources.yaml"
    catalogue.write_text(text, "utf-8")
    return catalogue


def build_index(
    folder: Path,
    text: str,
    now: datetime.datetime | None = None,
    engine: Engine | None = None,
) -> Path:
    """Build the site of an index without cards, and give its folder."""
    build_site(put_index(folder, text), folder / "site", now, engine=engine)
    return folder / "site"
