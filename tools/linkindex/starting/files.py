"""The files of a new index. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from linkindex.catalogue import Catalogue, versions
from linkindex.starting.automation import Source, github_files, gitlab_files
from linkindex.starting.beginning import Beginning
from linkindex.starting.locking import requirement_files
from linkindex.starting.program import Program
from linkindex.starting.wishes import Host, Wishes
from linkindex.upkeep.suggesting.issue_forms import issue_forms
from linkindex.upkeep.written import written_key

CATALOGUE = "resources.yaml"
URGENT_HELP = "urgent-help"
"""The topic whose card is that of urgent help."""

_WRITTEN: Mapping[str, str] = {
    "README.md": "README.md",
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
    "permalinks/README.md": "permalinks.md",
}
"""Each file by its path, and the template that it is made of."""


def catalogue_text(wishes: Wishes, beginning: Beginning | None) -> str:
    """The text of ``resources.yaml``.

    :param beginning: the topics that stand in it; nothing where all are taken from another index.
    """
    return _rendered(
        CATALOGUE,
        wishes=wishes,
        beginning=beginning,
        has_urgent_help=beginning is not None or wishes.takes(URGENT_HELP),
        schema=versions.CURRENT,
    )


def files_of(
    wishes: Wishes,
    index: Mapping[str, bytes],
    catalogue: Catalogue,
    program: Program,
    source: Source | None,
) -> dict[PurePosixPath, bytes]:
    """Every file of a new index, by its path in the folder.

    :param index: ``resources.yaml``, and what it takes from other indexes.
    :param catalogue: what these files read as.
    :param source: the workflows that it calls; without it they are written whole.
    """
    texts = {
        path: _rendered(
            template, wishes=wishes, catalogue=catalogue, program=program, takes=len(index) > 1
        )
        for path, template in _WRITTEN.items()
    }
    if wishes.host is Host.GITHUB:
        texts |= issue_forms(catalogue) | github_files(source)
        texts[".github/dependabot.yml"] = _rendered("dependabot.yml")
    elif wishes.host is Host.GITLAB:
        texts |= gitlab_files()
    written = {name: text.encode() for name, text in texts.items()}
    files = {**index, **written, **requirement_files(program)}
    return {PurePosixPath(name): content for name, content in files.items()}


def _rendered(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(values)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("linkindex.starting", "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # Its words go into Markdown and YAML; each filter below writes what may stand there.
        autoescape=False,  # noqa: S701
    )
    environment.filters["key"] = _key
    environment.filters["markdown"] = markdown_text
    return environment


def _key(value: Any, key: str, column: int = 0) -> str:
    """A key with its value, as ``resources.yaml`` has it."""
    if isinstance(value, datetime.date):
        return f"{' ' * column}{key}: {value.isoformat()}"
    return written_key(key, list(value) if isinstance(value, tuple) else value, column)


def markdown_text(text: str) -> str:
    """A text of somebody else within Markdown, as it was typed."""
    return "".join(f"\\{sign}" if sign in _OF_MARKDOWN else sign for sign in text)


_OF_MARKDOWN = frozenset("\\`*_{}[]<>#|!&~")
