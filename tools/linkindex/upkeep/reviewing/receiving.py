"""Taking a review from the half that is not trusted, and keeping the comment on GitHub.

The folder was made by the code of a pull request: its names, sizes and contents are hostile. Which
pull request it is, and which commit, comes from the event and from GitHub, never from the folder.
"""

from __future__ import annotations

import json
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from linkindex.catalogue import LinkIndexError
from linkindex.upkeep.hub import Hub
from linkindex.upkeep.reviewing.comment import MARK, comment_text, head_of
from linkindex.upkeep.reviewing.review import FILE, LARGEST, Review
from linkindex.upkeep.suggesting.publishing import READY

SHOWN = {"site": "the built site", "pictures": "pictures of the changed topics"}
"""The artifacts that show how it will look, and what each is called in the comment."""


@dataclass(frozen=True)
class Run:
    """A run that has ended, as GitHub tells the workflow that follows it."""

    number: int
    head: str
    owner: str
    branch: str
    repository: str


def run_of(text: str) -> Run:
    """Read an event (``GITHUB_EVENT_PATH``).

    :raises LinkIndexError: when it is not that of a run for a pull request.
    """
    try:
        document = json.loads(text)
        run = document["workflow_run"]
        if run["event"] != "pull_request" or not re.fullmatch(r"[0-9a-f]{40}", run["head_sha"]):
            raise ValueError
        return Run(
            number=int(run["id"]),
            head=str(run["head_sha"]),
            owner=str(run["head_repository"]["owner"]["login"]),
            branch=str(run["head_branch"]),
            repository=str(document["repository"]["full_name"]),
        )
    except (ValueError, KeyError, TypeError):
        raise LinkIndexError(
            "this is not the event of a run for a pull request; give the file that "
            "GITHUB_EVENT_PATH names"
        ) from None


def received(folder: Path) -> Review | None:
    """The review in a folder; none if there is none that can be taken."""
    path = folder / FILE
    try:
        # Not followed, and looked at only once it is open: it may be a link to anything.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        kind = os.fstat(handle)
        if not stat.S_ISREG(kind.st_mode) or kind.st_size > LARGEST:
            return None
        raw = os.read(handle, LARGEST)
    finally:
        os.close(handle)
    try:
        return Review.model_validate_json(raw)
    except ValidationError:
        return None


def keep_comment(hub: Hub, run: Run, review: Review | None) -> str:
    """Keep the comment of a pull request up to date. What was done, in one sentence."""
    pull = _pull_of(hub, run)
    if pull is None:
        return "No open pull request has this commit as its newest: nothing to do."
    number = int(pull["number"])
    labels = {str(label["name"]) for label in pull.get("labels", ())}
    before = hub.comment(number, MARK)
    last = head_of(before["body"]) if before else None
    further = ""
    if READY in labels and last is not None and last != run.head:
        hub.take_label(number, READY)
        further = f"It was edited after it had the label `{READY}`, so the label was taken away."
    done = hub.keep_comment(number, MARK, comment_text(review, run.head, _pages(hub, run), further))
    return f"Pull request {number}: comment {done}."


def _pull_of(hub: Hub, run: Run) -> dict[str, Any] | None:
    """The open pull request whose newest commit was looked at: of a fork, the event names none."""
    found = hub.all("pulls", state="open", head=f"{run.owner}:{run.branch}")
    return next((pull for pull in found if pull["head"]["sha"] == run.head), None)


def _pages(hub: Hub, run: Run) -> list[tuple[str, str]]:
    """Where the built pages can be had: addresses made of numbers alone."""
    found = hub.get(f"actions/runs/{run.number}/artifacts", per_page="100") or {}
    numbers = {str(one["name"]): int(one["id"]) for one in found.get("artifacts", ())}
    base = f"https://github.com/{run.repository}/actions/runs/{run.number}/artifacts"
    return [(words, f"{base}/{numbers[name]}") for name, words in SHOWN.items() if name in numbers]
