"""The search as it runs in a browser, in a page that holds it and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping

from playwright.sync_api import Page

from tests.conftest import REPOSITORY

SCRIPTS = REPOSITORY / "overrides/assets/search"

BEGIN = """([numbers, first, ...parts]) => {
    const unpack = LinkIndexUnpack.create(LinkIndexUnpack.numbers(numbers).table);
    window.unpacked = unpack.begin(first);
    window.engine = LinkIndexEngine.create(MiniSearch);
    engine.begin(unpacked);
    if (unpacked.meanings) engine.addMeanings(unpack.meanings(parts.shift()));
    const words = [unpacked.words, ...parts.map(unpack.words)];
    for (const part of words) engine.addWords(part)(Infinity);
}"""


def add_engine(page: Page) -> None:
    """Let a page know the scripts that find."""
    for name in ("minisearch", "unpack", "engine"):
        page.add_script_tag(path=SCRIPTS / f"{name}.js")


def begin(page: Page, numbers: str, made: Mapping[str, str]) -> None:
    """Let the engine of a page take an index in.

    :param numbers: the file of whom to call first, with which most words are spelt.
    :param made: the files of the index, the first one first.
    """
    page.evaluate(BEGIN, [json.loads(text) for text in (numbers, *made.values())])
