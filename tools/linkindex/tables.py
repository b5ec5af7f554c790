"""What is written in the YAML files that come with the program, read as fast as it can be."""

from __future__ import annotations

from typing import Any

import yaml

# That of libyaml takes a tenth of the time; a PyYAML that was built without it has only the other.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def table_of(text: str) -> Any:
    """The values in the text of a file of ours."""
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - it makes plain values alone
