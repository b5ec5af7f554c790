"""Talking to GitHub (https://docs.github.com/rest): comments, branches, pull requests."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from linkindex.catalogue import LinkIndexError

BOT = "github-actions[bot]"
"""Who writes with the token of a workflow. Anybody can write our marks, but not under this name."""

_NOT_ALLOWED = (httpx.codes.FORBIDDEN, httpx.codes.UNPROCESSABLE_ENTITY)
_PER_PAGE = 100
_MOST_PAGES = 10


class Hub:
    """One repository on GitHub, with a token."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def get(self, path: str, **query: str) -> Any:
        """What stands at a path; none where there is nothing."""
        answer = self._client.get(path, params=query)
        if answer.status_code == httpx.codes.NOT_FOUND:
            return None
        answer.raise_for_status()
        return answer.json()

    def all(self, path: str, **query: str) -> Iterator[dict[str, Any]]:
        """Every entry of a list, up to a thousand."""
        for page in range(1, _MOST_PAGES + 1):
            found = self.get(path, per_page=str(_PER_PAGE), page=str(page), **query) or []
            yield from found
            if len(found) < _PER_PAGE:
                return

    def send(self, method: str, path: str, content: Mapping[str, Any] | None = None) -> Any:
        """Change something, and give what came of it."""
        answer = self._client.request(method, path, json=content)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def keep_comment(self, number: int, mark: str, text: str) -> str:
        """Make our one comment say a text: ``written`` or ``rewritten``."""
        ours = self.comment(number, mark)
        if ours is None:
            self.send("POST", f"issues/{number}/comments", {"body": text})
            return "written"
        if ours["body"] != text:
            self.send("PATCH", f"issues/comments/{int(ours['id'])}", {"body": text})
        return "rewritten"

    def comment(self, number: int, mark: str) -> dict[str, Any] | None:
        """Our comment on an issue or pull request: by its mark, and by who wrote it."""
        for comment in self.all(f"issues/{number}/comments"):
            if comment["user"]["login"] == BOT and mark in (comment["body"] or ""):
                return comment
        return None

    def keep_pull(self, repository: str, head: str, base: str, title: str, body: str) -> int | None:
        """Make our one open pull request of a branch say this.

        :param repository: ``owner/name``.
        :return: its number; none where the repository does not let workflows open any.
        """
        owner = repository.partition("/")[0]
        said = {"title": title, "body": body}
        pulls = self.get("pulls", state="open", head=f"{owner}:{head}", base=base)
        if pulls:
            number = int(pulls[0]["number"])
            self.send("PATCH", f"pulls/{number}", said)
            return number
        try:
            pull = self.send("POST", "pulls", {**said, "head": head, "base": base})
        except httpx.HTTPStatusError as error:
            if error.response.status_code not in _NOT_ALLOWED:
                raise
            return None
        return int(pull["number"])

    def take_label(self, number: int, label: str) -> None:
        """Take a label off an issue or pull request."""
        with contextlib.suppress(httpx.HTTPStatusError):  # somebody was quicker
            self.send("DELETE", f"issues/{number}/labels/{label}")


@contextlib.contextmanager
def hub(repository: str, token: str, api: str, rights: str) -> Iterator[Hub]:
    """A repository for a while.

    :param repository: ``owner/name``.
    :param rights: what the job needs, for the sentence when GitHub refuses.
    :raises LinkIndexError: when GitHub refuses, or cannot be reached.
    """
    with client_of(repository, token, api) as client:
        try:
            yield Hub(client)
        except httpx.HTTPStatusError as error:
            raise LinkIndexError(
                f"GitHub refused ({error.response.status_code}); give the job the permissions "
                f"{rights}"
            ) from None
        except httpx.HTTPError as error:
            raise LinkIndexError(f"GitHub could not be reached ({error}); run it again") from None


def client_of(repository: str, token: str, api: str) -> httpx.Client:
    """What asks GitHub about one repository, at paths below it.

    :param repository: ``owner/name``.
    """
    return httpx.Client(
        base_url=f"{api.rstrip('/')}/repos/{repository}/",
        headers={
            "Authorization": f"Bearer {token}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
        },
        timeout=30,
    )
