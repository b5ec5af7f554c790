"""Serving a built site as static hosts do, on this computer only."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit


def served_file(folder: Path, path: str) -> Path | None:
    """The file that a static host sends for a path below the site's address, if there is one.

    ``X`` is looked for as a file, then as ``X.html``; a path that ends in a slash is a folder with
    an ``index.html``.

    :param path: percent-encoded, without a leading slash.
    """
    name = unquote(path)
    if "\0" in name:
        return None
    place = (folder / name.lstrip("/")).resolve()
    if not place.is_relative_to(folder.resolve()):
        return None
    if name.endswith("/") or not name:
        candidates = [place / "index.html"]
    else:
        candidates = [place, place.with_name(f"{place.name}.html")]
    return next((candidate for candidate in candidates if candidate.is_file()), None)


_POLL = 0.05
"""Seconds after which the server notices that it should stop."""


@contextmanager
def static_host(folder: Path, base_path: str) -> Iterator[str]:
    """Serve a folder and yield the address of its root, such as ``http://127.0.0.1:40123/keyring/``.

    :param base_path: the path of the site's address, with a slash at both ends.
    """
    server = _Server(("127.0.0.1", 0), partial(_Handler, folder=folder, base_path=base_path))
    thread = threading.Thread(target=server.serve_forever, args=(_POLL,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{base_path}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of one who has gone, as linkchecker has when its time is over."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    """Answers with a status alone: nobody reads the bodies, the files are read from the disk."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *request: object, folder: Path, base_path: str) -> None:
        self._folder = folder
        self._base_path = base_path
        super().__init__(*request)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer 200, 301 for a folder without its slash, or 404."""
        path = urlsplit(self.path).path
        if not path.startswith(self._base_path):
            return self._answer(404)
        below = path.removeprefix(self._base_path)
        if served_file(self._folder, below):
            return self._answer(200)
        if served_file(self._folder, f"{below}/"):
            return self._answer(301, location=f"{path}/")
        return self._answer(404)

    def _answer(self, status: int, location: str | None = None) -> None:
        self.send_response(status)
        # Lifts linkchecker's pause between two requests to one host (aggregator.py,
        # set_maxrated_for_host): this host is ours.
        self.send_header("LinkChecker", "welcome")
        self.send_header("Content-Length", "0")
        if location:
            self.send_header("Location", location)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""
