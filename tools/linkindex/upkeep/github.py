"""Keeping one issue on GitHub up to date: opened, rewritten and closed, never a second one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from linkindex.links.model import LinksError
from linkindex.upkeep.hub import client_of
from linkindex.upkeep.issue import MARK, TITLE

LABEL = "link health"
_PER_PAGE = 100


@dataclass(frozen=True)
class Done:
    """What was done: ``opened``, ``rewritten``, ``closed`` or ``nothing``, and to which issue.

    ``switched-off`` says that the repository has no issues, as a fork has none at first.
    """

    what: str
    number: int | None = None


def keep_issue(
    text: str | None, *, repository: str, token: str, api: str = "https://api.github.com"
) -> Done:
    """Make the one open issue say ``text``, or close it when there is nothing to say.

    :param repository: ``owner/name``.
    :raises LinksError: when GitHub refuses.
    """
    with client_of(repository, token, api) as client:
        try:
            ours = _ours(client)
            number = ours[0]["number"] if ours else None
            for double in ours[1:]:
                _sent(client, "PATCH", f"issues/{double['number']}", {"state": "closed"})
            if text is None:
                if number is None:
                    return Done("nothing")
                _sent(client, "PATCH", f"issues/{number}", {"state": "closed"})
                return Done("closed", number)
            if number is None:
                made = _sent(
                    client, "POST", "issues", {"title": TITLE, "body": text, "labels": [LABEL]}
                )
                return Done("opened", made["number"])
            _sent(client, "PATCH", f"issues/{number}", {"title": TITLE, "body": text})
            return Done("rewritten", number)
        except httpx.HTTPStatusError as error:
            if error.response.status_code == httpx.codes.GONE:
                return Done("switched-off")
            raise LinksError(
                f"GitHub refused to keep the issue ({error.response.status_code}); give the job "
                "the permission `issues: write`"
            ) from None
        except httpx.HTTPError as error:
            raise LinksError(f"GitHub could not be reached ({error}); run it again") from None


def _ours(client: httpx.Client) -> list[dict[str, Any]]:
    """The open issues that bear our label and our mark, oldest first.

    Who wrote them is not asked, since a person may run this as well as a workflow. Anybody can
    write the mark, but GitHub lets only people with a role in the repository give a label.
    """
    query = {"state": "open", "labels": LABEL, "per_page": str(_PER_PAGE), "direction": "asc"}
    answer = client.get("issues", params=query)
    answer.raise_for_status()
    return [
        issue
        for issue in answer.json()
        if "pull_request" not in issue and MARK in (issue.get("body") or "")
    ]


def _sent(client: httpx.Client, method: str, path: str, content: dict[str, Any]) -> dict[str, Any]:
    answer = client.request(method, path, json=content)
    answer.raise_for_status()
    document: dict[str, Any] = answer.json()
    return document
