"""A web server on loopback that misbehaves: each path of it is a trap of its own.

A test may give it a ``web`` instead, what each host answers for each path, or the ``raw`` bytes of
some answers.

Every address of 127.0.0.0/8 is this computer, so each trap can have a host of its own and none
waits for another.
"""

from __future__ import annotations

import gzip
import hashlib
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DRIP_SECONDS = 60
BOMB = gzip.compress(b"<title>Safe nests</title>" + bytes(100_000_000), 1)


class MisbehavingServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    block_on_close = False

    def __init__(self, listening_at: str = "0.0.0.0", *, latency: float = 0.0) -> None:
        super().__init__((listening_at, 0), _Handler)
        self.latency = latency
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.turns: Counter[str] = Counter()
        self.stopping = threading.Event()
        self.raw: dict[str, bytes] = {}
        self.web: Callable[[str, str], tuple[int, dict[str, str], str]] | None = None

    def handle_error(self, *_args: object) -> None:
        """A client that hangs up is what these tests are about."""

    def address(self, path: str, host: int = 1) -> str:
        return f"http://127.0.0.{host}:{self.server_port}{path}"

    def __enter__(self) -> MisbehavingServer:
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_args: object) -> None:
        self.stopping.set()
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: MisbehavingServer

    def do_GET(self) -> None:
        time.sleep(self.server.latency)
        path = self.path.partition("?")[0]
        self.server.asked.append(self.path)
        self.server.agents.add(self.headers["User-Agent"])
        self.server.turns[path] += 1
        if raw := self.server.raw.get(self.path):
            self.wfile.write(raw)
            return
        if self.server.web is not None:
            host = (self.headers["Host"] or "").partition(":")[0]
            status, headers, text = self.server.web(host, self.path)
            self._send(status, headers, text.encode())
            return
        first, *rest = path.strip("/").split("/")
        if first.isdigit():
            headers = {"Location": "/" + "/".join(rest)} if first.startswith("3") else {}
            self._answer(int(first), headers)
        else:
            TRAPS.get(first, _Handler._answer)(self)

    def _answer(self, status: int = 200, headers: dict[str, str] | None = None) -> None:
        self._send(status, headers or {}, self._own_page() if status == 200 else b"")

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status, "" if status == 999 else None)
        kind = {"Content-Type": "text/html"} if body else {}
        for name, value in {**kind, **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _own_page(self) -> bytes:
        """A short page that no other host has."""
        own = hashlib.sha256((self.headers["Host"] or "").encode()).hexdigest()[:8]
        return f"<p>It is here: {own}.".encode()

    def _is_first(self) -> bool:
        return self.server.turns[self.path] == 1

    def busy_once(self) -> None:
        self._answer(503 if self._is_first() else 200)

    def missing_once(self) -> None:
        self._answer(404 if self._is_first() else 200)

    def missing_then_broken(self) -> None:
        self._answer(404 if self._is_first() else 500)

    def limited_once(self) -> None:
        self._answer(*((429, {"Retry-After": "1"}) if self._is_first() else (200, {})))

    def limited_for_a_day(self) -> None:
        self._answer(429, {"Retry-After": "86400"})

    def loop(self) -> None:
        self._answer(302, {"Location": "/loop/again"})

    def cookie(self) -> None:
        if "seen=1" in (self.headers["Cookie"] or ""):
            self._answer()
        else:
            self._answer(302, {"Location": self.path, "Set-Cookie": "seen=1"})

    def malformed(self) -> None:
        self._answer(301, {"Location": "http://[bad/"})

    def count(self) -> None:
        self._send(200, {}, str(len(self.server.asked)).encode())

    def robots(self) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\n\r\nUser-agent: *\nDisallow: /\n")

    def reset(self) -> None:
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()

    def silent(self) -> None:
        self.server.stopping.wait(DRIP_SECONDS)

    def drip_headers(self) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
        self._drip()

    def drip_body(self) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 1000\r\n\r\n")
        self._drip()

    def html(self, text: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(200)
        for name, value in {"Content-Type": "text/html", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def nests(self) -> None:
        self.html(b"<title>Safe nests - Bird Trust</title><p>How to build a nest that is safe.")

    def plain(self) -> None:
        self.html(b"<title>Plain words</title><p>Plain words. Plain words, plain words.")

    def casino(self) -> None:
        self.html(b"<title>Online casino</title><p>Free spins, slots, poker, jackpots.")

    def casino_once(self) -> None:
        self.casino() if self._is_first() else self.nests()

    def slow_casino_once(self) -> None:
        """A page that opens, is too slow for whoever wants to read it, and then is not."""
        if self.server.turns[self.path] == 2:
            self.silent()
        else:
            self.casino()

    def portal(self) -> None:
        self.html(b"<title>Guest network</title><p>Sign in to go on. Accept the terms of use.")

    def wrong_charset(self) -> None:
        title = "<title>Nidos seguros \u2013 Bird Trust safe nests</title>"
        text = f"{title}<p>C\u00f3mo hacer un nido: how to build a nest.".encode("cp1252")
        self.html(text, {"Content-Type": "text/html; charset=no-such-set"})

    def bomb(self) -> None:
        self.html(BOMB, {"Content-Encoding": "gzip"})

    def garbled(self) -> None:
        self.html(b"this was never packed", {"Content-Encoding": "gzip"})

    def big_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        line = b"X-Filler: " + b"x" * 1000 + b"\r\n"
        for _ in range(10_000):
            self.wfile.write(line)
        self.wfile.write(b"\r\n")

    def never_ends(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        self.wfile.write(b"<title>Safe nests</title>")
        while not self.server.stopping.is_set():
            self.wfile.write(b"<p>word word word</p>" * 1000)
            time.sleep(0.01)

    def to_private(self) -> None:
        self._answer(302, {"Location": "http://10.11.12.13/latest/meta-data/"})

    def to_metadata(self) -> None:
        self._answer(301, {"Location": "http://169.254.169.254/latest/meta-data/"})

    def to_a_file(self) -> None:
        self._answer(302, {"Location": "file:///etc/passwd"})

    def to_no_port(self) -> None:
        self._answer(302, {"Location": "http://site.test:99999/"})

    def busy_for_ages(self) -> None:
        self._answer(503, {"Retry-After": "Fri, 31 Dec 99999999999999999999 23:59:59 GMT"})

    def marked_section(self) -> None:
        self.html(b"<title>Safe nests - Bird Trust</title><![foo[bar]]><p>How to build a nest.")

    def comments_only(self) -> None:
        self.html(b"<title>Safe nests - Bird Trust</title>" + b"<!--" * 60_000)

    def punycode(self) -> None:
        self.html(b"abc-" + b"a" * 250_000, {"Content-Type": "text/html; charset=punycode"})

    def refresh(self) -> None:
        self.html(b'<meta http-equiv=refresh content="0; url=/casino"><p>Moved.')

    def refresh_loop(self) -> None:
        self.html(b'<meta http-equiv=refresh content="0; url=/refresh-loop"><p>Moved.')

    def challenge(self) -> None:
        self.html(b"<title>x</title>", {"cf-mitigated": "challenge"})

    def _drip(self) -> None:
        until = time.monotonic() + DRIP_SECONDS
        while time.monotonic() < until and not self.server.stopping.wait(0.3):
            self.wfile.write(b".")
            self.wfile.flush()

    def log_message(self, *_args: object) -> None:
        pass


TRAPS: dict[str, Callable[[_Handler], None]] = {
    "busy-once": _Handler.busy_once,
    "missing-once": _Handler.missing_once,
    "missing-then-broken": _Handler.missing_then_broken,
    "limited-once": _Handler.limited_once,
    "limited-for-a-day": _Handler.limited_for_a_day,
    "loop": _Handler.loop,
    "cookie": _Handler.cookie,
    "malformed": _Handler.malformed,
    "count": _Handler.count,
    "robots.txt": _Handler.robots,
    "reset": _Handler.reset,
    "silent": _Handler.silent,
    "drip-headers": _Handler.drip_headers,
    "drip-body": _Handler.drip_body,
    "nests": _Handler.nests,
    "plain": _Handler.plain,
    "casino": _Handler.casino,
    "casino-once": _Handler.casino_once,
    "slow-casino-once": _Handler.slow_casino_once,
    "portal": _Handler.portal,
    "wrong-charset": _Handler.wrong_charset,
    "bomb": _Handler.bomb,
    "garbled": _Handler.garbled,
    "big-headers": _Handler.big_headers,
    "never-ends": _Handler.never_ends,
    "to-private": _Handler.to_private,
    "to-metadata": _Handler.to_metadata,
    "to-a-file": _Handler.to_a_file,
    "to-no-port": _Handler.to_no_port,
    "busy-for-ages": _Handler.busy_for_ages,
    "marked-section": _Handler.marked_section,
    "comments-only": _Handler.comments_only,
    "punycode": _Handler.punycode,
    "refresh": _Handler.refresh,
    "refresh-loop": _Handler.refresh_loop,
    "challenge": _Handler.challenge,
}


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
