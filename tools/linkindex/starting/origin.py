"""Where the workflows of this version of the program are, if that is known."""

from __future__ import annotations

import json
import re
from importlib import resources
from importlib.metadata import distribution
from typing import Any

import yaml

from linkindex.catalogue import LinkIndexError
from linkindex.starting.automation import Source, source_named
from linkindex.starting.program import NAME


def known_source() -> Source | None:
    """What a new index calls: the commit that was released, or that was installed from GitHub.

    Nothing where neither is known, such as before the first release.
    """
    installed = distribution(NAME)
    came_from = json.loads(installed.read_text("direct_url.json") or "{}")
    file = resources.files("linkindex.starting") / "origin.yaml"
    origin = yaml.safe_load(file.read_text("utf-8"))
    named = released(origin) or installed_from(came_from)
    try:
        return source_named(named, installed.version) if named else None
    except LinkIndexError:
        return None


def released(origin: dict[str, Any]) -> str:
    """The commit that a program was released from, as `OWNER/NAME@COMMIT`; else nothing."""
    repository, commit = origin["repository"], origin["commit"]
    return f"{repository}@{commit}" if repository and commit else ""


def installed_from(came_from: dict[str, Any]) -> str:
    """The commit of a repository on GitHub that pip installed from (PEP 610)."""
    commit = came_from.get("vcs_info", {}).get("commit_id", "")
    address = re.fullmatch(
        r"(?:https://|ssh://git@)github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?",
        came_from.get("url", ""),
    )
    return f"{address[1]}@{commit}" if address and commit else ""
