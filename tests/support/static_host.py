"""A static host on loopback, as the site will meet it: ``X.html`` is served at ``/X``."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit


@contextlib.contextmanager
def serve_folder(folder: Path, base: str = "/") -> Iterator[str]:
    """Serve a folder under a base path and give the address of its root."""

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            if not path.startswith(base):
                return self._send_missing()
            return self._send(path.removeprefix(base))

        def _send(self, name: str) -> None:
            target = (folder / name).resolve()
            if not target.is_relative_to(folder.resolve()):
                return self._send_missing()
            page = target.with_name(f"{target.name}.html")
            if name and not name.endswith("/") and page.is_file():
                return self._send_file(page)
            if target.is_dir():
                if name and not name.endswith("/"):
                    self.send_response(301)
                    self.send_header("Location", f"{base}{name}/")
                    self.end_headers()
                    return None
                target = target / "index.html"
            return self._send_file(target) if target.is_file() else self._send_missing()

        def _send_missing(self) -> None:
            self._send_file(folder / "404.html", status=404)

        def _send_file(self, path: Path, status: int = 200) -> None:
            content = path.read_bytes() if path.is_file() else b"not found"
            self.send_response(status)
            self.send_header("Content-Type", self.guess_type(str(path)))
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{base}"
    finally:
        server.shutdown()
        server.server_close()
