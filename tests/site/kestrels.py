"""An index with a sensitive topic, which every word about kestrels gives away."""

from __future__ import annotations

from pathlib import Path

import yaml

GIVEAWAY = "kestrel"


class _WrittenOut(yaml.SafeDumper):
    def ignore_aliases(self, _: object) -> bool:
        return True


def kestrel_text() -> str:
    """The text of its ``resources.yaml``."""
    text = (Path(__file__).parent / "data" / "kestrel.yaml").read_text("utf-8")
    return yaml.dump(yaml.safe_load(text), Dumper=_WrittenOut, sort_keys=False)
