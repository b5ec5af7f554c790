"""A GitHub for tests: as much of its REST API as is used, on a port of this machine."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

BOT = "github-actions[bot]"


@dataclass
class Fake:
    """What the repository ``o/n`` holds. ``may_open`` is the setting for pull requests."""

    address: str = ""
    may_open: bool = True
    refuse: int = 0
    comments: list[dict] = field(default_factory=list)
    labels: dict[int, list[str]] = field(default_factory=dict)
    refs: dict[str, str] = field(default_factory=lambda: {"heads/main": "base"})
    commits: dict[str, dict] = field(
        default_factory=lambda: {"base": {"message": "Begin", "tree": {"sha": "tree-0"}}}
    )
    trees: dict[str, list] = field(default_factory=lambda: {"tree-0": []})
    blobs: dict[str, str] = field(default_factory=dict)
    pulls: list[dict] = field(default_factory=list)
    artifacts: list[dict] = field(default_factory=list)
    calls: list[tuple[str, str]] = field(default_factory=list)

    def answer(self, method: str, path: str, query: dict, body: dict) -> tuple[int, object]:
        """The status and the document for one request."""
        if self.refuse:
            return self.refuse, {"message": "no"}
        if match := re.fullmatch(r"issues/(\d+)/comments", path):
            number = int(match[1])
            if method == "GET":
                return 200, [one for one in self.comments if one["number"] == number]
            made = {"id": len(self.comments) + 1, "number": number, "user": {"login": BOT}}
            self.comments.append(made | body)
            return 201, self.comments[-1]
        if match := re.fullmatch(r"issues/comments/(\d+)", path):
            kept = next(one for one in self.comments if one["id"] == int(match[1]))
            kept.update(body)
            return 200, kept
        if match := re.fullmatch(r"issues/(\d+)/labels/(.+)", path):
            self.labels[int(match[1])].remove(match[2])
            return 200, []
        if match := re.fullmatch(r"git/ref/(heads/.+)", path):
            sha = self.refs.get(match[1])
            return (200, {"object": {"sha": sha}}) if sha else (404, {})
        if match := re.fullmatch(r"git/refs/(heads/.+)", path):
            assert body["force"] is True
            self.refs[match[1]] = body["sha"]
            return 200, {}
        if path == "git/refs":
            self.refs[body["ref"].removeprefix("refs/")] = body["sha"]
            return 201, {}
        if match := re.fullmatch(r"git/commits/(.+)", path):
            return 200, self.commits[match[1]]
        if path == "git/blobs":
            sha = f"blob-{len(self.blobs)}"
            self.blobs[sha] = body["content"]
            return 201, {"sha": sha}
        if path == "git/trees":
            sha = f"tree-{len(self.trees)}"
            self.trees[sha] = body["tree"]
            return 201, {"sha": sha}
        if path == "git/commits":
            sha = f"commit-{len(self.commits)}"
            self.commits[sha] = {**body, "tree": {"sha": body["tree"]}}
            return 201, {"sha": sha}
        if path == "pulls" and method == "GET":
            head = query.get("head", [""])[0]
            return 200, [one for one in self.pulls if one["label"] == head]
        if path == "pulls":
            if not self.may_open:
                return 403, {"message": "GitHub Actions is not permitted to create pull requests"}
            self.pulls.append(
                {**body, "number": len(self.pulls) + 100, "label": f"o:{body['head']}"}
            )
            return 201, self.pulls[-1]
        if match := re.fullmatch(r"pulls/(\d+)", path):
            kept = next(one for one in self.pulls if one["number"] == int(match[1]))
            kept.update(body)
            return 200, kept
        if re.fullmatch(r"actions/runs/\d+/artifacts", path):
            return 200, {"artifacts": self.artifacts}
        return 404, {}

    def changed_file(self, branch: str) -> str:
        """The text of the one file that the branch changes."""
        (entry,) = self.trees[self.commits[self.refs[f"heads/{branch}"]]["tree"]["sha"]]
        return self.blobs[entry["sha"]]


@contextlib.contextmanager
def serve_github() -> Iterator[Fake]:
    """A repository for a while."""
    fake = Fake()

    class Handler(BaseHTTPRequestHandler):
        def reply(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else {}
            path = parts.path.removeprefix("/repos/o/n/")
            fake.calls.append((self.command, path))
            status, document = fake.answer(self.command, path, parse_qs(parts.query), body)
            raw = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def __getattr__(self, name: str) -> Callable[[], None]:
            if name.startswith("do_"):
                return self.reply
            raise AttributeError(name)

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    fake.address = f"http://127.0.0.1:{server.server_port}"
    yield fake
    server.shutdown()
    server.server_close()
