"""Material Design Icons, as shipped by mkdocs-material in ``material/templates/.icons``."""

from __future__ import annotations

import functools
import importlib.util
import os
from pathlib import Path


@functools.cache
def _folder() -> Path:
    # Found without importing it: the theme's package pulls in the whole of MkDocs.
    spec = importlib.util.find_spec("material")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("mkdocs-material is not installed")
    return Path(spec.origin).parent / "templates" / ".icons" / "material"


@functools.cache
def icon_names() -> frozenset[str]:
    """The names of every icon."""
    # Names alone: a path for each of 7,000 takes a tenth of a second.
    names = os.listdir(_folder())  # noqa: PTH208
    return frozenset(name.removesuffix(".svg") for name in names if name.endswith(".svg"))


@functools.cache
def icon_svg(name: str) -> str:
    """The SVG of an icon, 24 by 24 units, filled with the current colour."""
    return (_folder() / f"{name}.svg").read_text(encoding="utf-8")
