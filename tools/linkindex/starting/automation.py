"""What GitHub or GitLab does by itself for an index, as files. Pure.

One template a workflow makes three files. *Called* is the reusable workflow that stands in the
repository of the program; *calls* is the file of an index that calls it; *whole* is the
file of an index that must have everything in its own repository.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from enum import StrEnum

from jinja2 import Environment, PackageLoader, StrictUndefined

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import quoted

FOLDER = ".github/workflows"
GITHUB = ("pull-request", "review", "suggestion", "weekly", "publish")
"""The workflows of an index, by the names of their files."""

GITLAB_FILE = ".gitlab-ci.yml"

HERE = "."
"""The repository that calls its own workflows: that of the program."""


class Form(StrEnum):
    """For whom a workflow is written."""

    CALLED = "called"
    CALLS = "calls"
    WHOLE = "whole"


@dataclass(frozen=True)
class Source:
    """Where the workflows are that an index calls.

    :ivar repository: ``owner/name`` on GitHub.
    :ivar commit: to which they are pinned, as 40 hexadecimal digits.
    :ivar version: of the program that this commit is.
    """

    repository: str
    commit: str
    version: str

    def of(self, name: str) -> str:
        """What a job that calls a workflow names."""
        path = f"{FOLDER}/index-{name}.yml"
        if self.repository == HERE:
            return f"$/{path}"
        return f"{self.repository}/{path}@{self.commit} # v{self.version}"


def source_named(text: str, version: str) -> Source:
    """The source that somebody names as ``OWNER/NAME@COMMIT``.

    :raises LinkIndexError: when that is none, or pins to something that can be moved.
    """
    match = re.fullmatch(r"([\w.-]+/[\w.-]+)@([^@\s]+)", text.strip())
    if match is None:
        raise LinkIndexError(f"{quoted(text)} names no workflows; write OWNER/NAME@COMMIT")
    if not re.fullmatch(r"[0-9a-f]{40}", match[2]):
        raise LinkIndexError(
            f"{quoted(match[2])} is not a whole commit, and anything else can be made to mean "
            "another one; write its 40 digits"
        )
    return Source(match[1], match[2], version)


def github_files(source: Source | None) -> dict[str, str]:
    """The workflows of an index on GitHub, by their paths.

    :param source: what they call; without it they are whole.
    """
    form = Form.CALLS if source else Form.WHOLE
    return {f"{FOLDER}/{name}.yml": _workflow(name, form, source) for name in GITHUB}


def reusable_files() -> dict[str, str]:
    """The workflows that others call, by their paths in the repository of the program."""
    head = "# Made by `make reference` from tools/linkindex/starting/workflows/.\n"
    return {
        f"{FOLDER}/index-{name}.yml": head + _workflow(name, Form.CALLED, None) for name in GITHUB
    }


def gitlab_files() -> dict[str, str]:
    """What GitLab does for an index, by its path."""
    return {GITLAB_FILE: _environment().get_template("gitlab-ci.yml").render()}


def _workflow(name: str, form: Form, source: Source | None) -> str:
    template = _environment().get_template(f"{name}.yml")
    return template.render(form=form.value, called=source.of if source else None)


@functools.cache
def _environment() -> Environment:
    # GitHub has `${{ }}` for itself.
    return Environment(
        loader=PackageLoader("linkindex.starting", "workflows"),
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[=",
        variable_end_string="=]",
        comment_start_string="[#",
        comment_end_string="#]",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - no HTML, and nothing of anybody else
    )
