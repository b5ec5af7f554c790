"""What a second language adds to the build of a site, by processor time.

The same large index (:mod:`tests.bench.large`) is built in English alone, and in English and Welsh
with every text of a topic and a link given in both: each by the command itself, by turns, with its
cards and without. The second language must cost no more than its own pages: 2.1 times one at most.
"""

from __future__ import annotations

import os
import platform
import statistics
import tempfile
from pathlib import Path
from typing import Any

import yaml
from tests.bench.large import large_catalogue_text
from tests.bench.site import MEMORY, RUNS, SETTINGS, processor_seconds

from linkindex.catalogue.languages import Languages, missing_texts
from linkindex.catalogue.yaml.shape import FILE, Shape
from linkindex.catalogue.yaml.source import YamlMap, read_text

MOST = 2.1


class _Plain(yaml.CSafeDumper):
    """Writes what is there twice twice: the dialect of an index has no aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def in_both(text: str) -> str:
    """An index with each text in two languages: the same words, so that they are as many."""
    index = yaml.load(text, Loader=yaml.CBaseLoader)  # every scalar a text, as we read it
    index["index"]["languages"] = ["en", "cy"]
    _give(index, FILE)
    both = yaml.dump(index, Dumper=_Plain, allow_unicode=True, sort_keys=False)
    tree = read_text(both, "resources.yaml").root
    assert isinstance(tree, YamlMap)
    assert missing_texts(tree, Languages(("en", "cy"), "en")) == ()
    return both


def _give(part: Any, shape: Shape) -> None:
    for key in shape.texts:
        if key in part and key not in shape.entries:
            part[key] = {"en": part[key], "cy": part[key]}
    for key, below in shape.parts.items():
        if isinstance(part.get(key), dict):
            _give(part[key], below)
    for key, below in shape.entries.items():
        entries = part.get(key) or []
        for place, entry in enumerate(entries):
            if isinstance(entry, str):
                entries[place] = {"en": entry, "cy": entry}
            else:
                _give(entry, below)


def main() -> None:
    """Build by turns, and print the times and their ratio."""
    text = large_catalogue_text()
    texts = {"one": text, "two": in_both(text)}
    for with_cards in (False, True):
        with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
            folders = {kind: Path(name, kind) for kind in texts}
            for kind, folder in folders.items():
                folder.mkdir()
                (folder / "resources.yaml").write_text(texts[kind], "utf-8")
                if not with_cards:
                    (folder / "docs").mkdir()
                    (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8")
            turns = [
                [processor_seconds(folder, "linkindex", "build") for folder in folders.values()]
                for _ in range(RUNS)
            ]
        one, two = (statistics.median(times) for times in zip(*turns, strict=True))
        verdict = "" if two / one <= MOST else f", over {MOST}"
        print(
            f"languages: {'with' if with_cards else 'without'} cards, one language {one:.1f} s, "
            f"two {two:.1f} s of a processor ({two / one:.2f} times{verdict})"
        )
    print(f"languages: {os.cpu_count()} cores, Python {platform.python_version()}")


if __name__ == "__main__":
    main()
