"""Answering a suggestion on GitHub: one comment, and one pull request that follows the issue.

Nothing of an issue is in the name of a branch, in a commit or in the title of a pull request: those
are made of its number and of codes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from linkindex.catalogue import LinkIndexError
from linkindex.upkeep.hub import Hub
from linkindex.upkeep.suggesting.answering import MARK, Answer, as_markdown
from linkindex.upkeep.suggesting.issue_forms import LABEL

READY = "ready"
"""The label by which a maintainer lets a suggestion become a pull request."""

_MESSAGE = "Take over a suggestion"


@dataclass(frozen=True)
class Event:
    """What happened to an issue, as GitHub tells a workflow.

    :ivar action: such as ``opened``, ``edited`` or ``labeled``.
    :ivar branch: the default branch of the repository.
    """

    number: int
    body: str
    labels: frozenset[str]
    action: str
    branch: str
    repository: str


def event_of(text: str) -> Event:
    """Read an event (``GITHUB_EVENT_PATH``).

    :raises LinkIndexError: when it is not one of an issue.
    """
    try:
        document = json.loads(text)
        issue, repository = document["issue"], document["repository"]
        if "pull_request" in issue:
            raise KeyError("issue")
        return Event(
            number=int(issue["number"]),
            body=str(issue["body"] or ""),
            labels=frozenset(str(label["name"]) for label in issue.get("labels", ())),
            action=str(document["action"]),
            branch=str(repository["default_branch"]),
            repository=str(repository["full_name"]),
        )
    except (ValueError, KeyError, TypeError):
        raise LinkIndexError(
            "this is not the event of an issue; give the file that GITHUB_EVENT_PATH names"
        ) from None


@dataclass(frozen=True)
class Proposal:
    """A change of the index for a pull request.

    :ivar files: the text of each file that changes, by its path in the repository.
    :ivar commit: the commit that the change is made to.
    :ivar what: what it does, by codes alone: ``Add the link b4kx7m``.
    """

    files: Mapping[str, str]
    commit: str
    what: str


def publish(
    hub: Hub,
    event: Event,
    said: Answer,
    proposal: Proposal | None,
    *,
    labelled: bool,
    found: Sequence[str] = (),
) -> str:
    """Answer an issue, and open or update its pull request. What was done, in one sentence.

    :param proposal: the change; none where a person must decide, or something is still asked.
    :param labelled: whether a maintainer's label comes first.
    :param found: what opening the address found, one sentence each.
    """
    further: list[str] = []
    if labelled and READY in event.labels and event.action == "edited":
        hub.take_label(event.number, READY)
        further.append(
            f"It was edited after it had the label `{READY}`, so the label was taken away; a "
            "maintainer looks again."
        )
        proposal = None
    elif proposal and labelled and READY not in event.labels:
        further.append(f"It becomes a pull request once a maintainer gives it the label `{READY}`.")
        proposal = None
    done = "answered"
    if proposal:
        place = _proposed(hub, event, said, proposal, found)
        further.append(place)
        done = "answered, with its change"
    further += found
    text = as_markdown(said, further)
    hub.keep_comment(event.number, MARK, text)
    return f"Suggestion {event.number}: {done}."


def refuse(hub: Hub, event: Event, why: str) -> str:
    """Say that an issue is not of a form, where it was meant to be one."""
    if LABEL not in event.labels and hub.comment(event.number, MARK) is None:
        return f"Issue {event.number} is no suggestion: nothing to do."
    said = Answer(first=f"This could not be read: {why}.")
    hub.keep_comment(event.number, MARK, as_markdown(said))
    return f"Issue {event.number}: said why it could not be read."


def _proposed(
    hub: Hub, event: Event, said: Answer, proposal: Proposal, found: Sequence[str]
) -> str:
    """Where the change waits, as a sentence."""
    branch = f"suggestion-{event.number}"
    if not _moved(hub, branch, event, proposal):
        return f"The branch `{branch}` was changed by hand, so it is left as it is."
    number = hub.keep_pull(
        *(event.repository, branch, event.branch),
        f"{proposal.what} (suggestion {event.number})",
        _body(event, said, found),
    )
    if number is None:
        return (
            "This repository does not let Actions open pull requests. The lines below are ready, "
            f"and stand in the branch `{branch}`: a maintainer can open a pull request from it, or "
            "allow it under Settings, Actions, General."
        )
    return f"The change waits in pull request {number}."


def _moved(hub: Hub, branch: str, event: Event, proposal: Proposal) -> bool:
    """Put the change on its branch; not where somebody else has worked on it."""
    message = f"{_MESSAGE}\n\n{proposal.what}, as issue {event.number} suggests."
    there = hub.get(f"git/ref/heads/{branch}")
    if there:
        last = hub.get(f"git/commits/{there['object']['sha']}")
        if not str(last["message"]).startswith(_MESSAGE):
            return False
    base = hub.get(f"git/commits/{proposal.commit}")
    entries = []
    for path, text in proposal.files.items():
        blob = hub.send("POST", "git/blobs", {"content": text, "encoding": "utf-8"})
        entries.append({"path": path, "mode": "100644", "type": "blob", "sha": blob["sha"]})
    tree = hub.send("POST", "git/trees", {"base_tree": base["tree"]["sha"], "tree": entries})
    commit = hub.send(
        "POST",
        "git/commits",
        {"message": message, "tree": tree["sha"], "parents": [proposal.commit]},
    )
    if there:
        hub.send("PATCH", f"git/refs/heads/{branch}", {"sha": commit["sha"], "force": True})
    else:
        hub.send("POST", "git/refs", {"ref": f"refs/heads/{branch}", "sha": commit["sha"]})
    return True


def _body(event: Event, said: Answer, found: Sequence[str]) -> str:
    """The text of the pull request. Its checks ran before it was opened: with the token of a
    workflow it starts none."""
    ran = (
        "The check of the index ran before this was opened; a pull request made by a workflow "
        "starts none by itself. Close it and open it again to run all of them."
    )
    text = as_markdown(said, [*found, ran]).replace(MARK, "", 1).strip()
    return f"Closes #{event.number}\n\n{text}\n"
