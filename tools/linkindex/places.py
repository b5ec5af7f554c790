"""Where the files that come with LinkIndex are."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_REPOSITORY = _PACKAGE.parents[1]


def shipped(name: str) -> Path:
    """A folder such as ``overrides``: inside the package in a wheel, else in the repository."""
    packaged = _PACKAGE / name
    return packaged if packaged.exists() else _REPOSITORY / name


def shipped_file(name: str) -> Path:
    """A file of the program itself, by its path below the package."""
    return _PACKAGE / name


def shipped_index() -> Path:
    """The index that others may take topics from: beside the package, or that of the repository."""
    packaged = _PACKAGE / "shipped"
    return (packaged if packaged.exists() else _REPOSITORY) / "resources.yaml"
