"""A static host on loopback, as the site will meet it: ``X.html`` is served at ``/X``."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Collection, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from linkindex.links.inside.static_host import served_file


@contextlib.contextmanager
def serve_folder(folder: Path, base: str = "/", *, failing: Collection[str] = ()) -> Iterator[str]:
    """Serve a folder under a base path and give the address of its root.

    :param failing: paths below the base path for which the host says that it is out of order.
    """

    class Server(ThreadingHTTPServer):
        # A page asks for many things at once; what finds no room waits a second and asks again.
        request_queue_size = 128

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            below = path.removeprefix(base)
            file = served_file(folder, below) if path.startswith(base) else None
            if path.startswith(base) and below in failing:
                self._send_file(folder / "404.html", status=503)
            elif file:
                self._send_file(file)
            elif path.startswith(base) and served_file(folder, f"{below}/"):
                self.send_response(301)
                self.send_header("Location", f"{path}/")
                self.end_headers()
            else:
                self._send_file(folder / "404.html", status=404)

        def _send_file(self, path: Path, status: int = 200) -> None:
            content = path.read_bytes()
            self.send_response(status)
            self.send_header("Content-Type", self.guess_type(str(path)))
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            # A browser that goes on to another page hangs up.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{base}"
    finally:
        server.shutdown()
        server.server_close()
