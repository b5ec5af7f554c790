"""A browser of 2018, for readers with old phones: Chromium 70, driven by its own protocol.

Playwright speaks to newer browsers only.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import websocket

from tests.support.npm import npm_package

VERSION = "1.7.0"
SHA512 = "AYOlhrTitaB3v5N1mnEzXdhKzGGLFtH/VDnsT0HK3Vvc9xFep+QP/TgXeDDPu+M+AyLNIkMYkhRZroIc9Kv6eA=="
"""Of chrome-aws-lambda, a package that holds Chromium 70.0.3508 of August 2018."""

PATIENCE = 120.0
"""Seconds that one step of a page may take on a busy machine."""

_UNPACK = (
    "const fs = require('fs'), zlib = require('zlib');"
    "fs.writeFileSync(process.argv[2], zlib.brotliDecompressSync(fs.readFileSync(process.argv[1])))"
)


def old_chromium() -> Path | None:
    """The program; nothing without npm."""
    package = npm_package("chrome-aws-lambda", VERSION, SHA512, _unpack)
    return package / "chromium" if package else None


def _unpack(package: Path) -> None:
    (packed,) = (package / "bin").glob("chromium-*.br")
    program = package / "chromium"
    subprocess.run(["node", "-e", _UNPACK, str(packed), str(program)], check=True)
    program.chmod(0o755)
    packed.unlink()


class OldPage:
    """One tab.

    :ivar errors: what scripts threw and what the policy refused, since the last :meth:`open`.
    """

    def __init__(self, address: str) -> None:
        self.socket = websocket.create_connection(address, timeout=PATIENCE, suppress_origin=True)
        self.numbers = itertools.count(1)
        self.events: list[dict[str, Any]] = []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command and return its answer; events meanwhile are kept."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == number:
                assert "error" not in message, message["error"]
                return dict(message["result"])
            self.events.append(message)

    def open(self, address: str, width: int = 390, height: int = 844) -> None:
        """Open an address at a size in CSS pixels and wait until it is loaded."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        self.ask("Page.navigate", url="about:blank")
        self.wait_for("document.readyState === 'complete' && location.href === 'about:blank'")
        self.events.clear()
        self.ask("Page.navigate", url=address)
        self.wait_for("document.readyState === 'complete' && location.href !== 'about:blank'")

    @property
    def errors(self) -> list[str]:
        thrown = [
            event["params"]["exceptionDetails"].get("exception", {}).get("description", "error")
            for event in self.events
            if event["method"] == "Runtime.exceptionThrown"
        ]
        logged = [
            event["params"]["entry"]["text"]
            for event in self.events
            if event["method"] == "Log.entryAdded" and event["params"]["entry"]["level"] == "error"
        ]
        return thrown + logged

    def asked_for(self, host: str) -> bool:
        """Whether the page asks a host for something, once it does or is out of patience."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            asked = [
                event["params"]["request"]["url"]
                for event in self.events
                if event["method"] == "Network.requestWillBeSent"
            ]
            if any(urlsplit(url).hostname == host for url in asked):
                return True
            self.ask("Page.getNavigationHistory")  # events come before an answer
        return False

    def value(self, expression: str) -> Any:
        """The value of an expression of JavaScript."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def wait_for(self, expression: str) -> None:
        """Wait until an expression is true."""
        until = time.monotonic() + PATIENCE
        while not self.value(expression):
            assert time.monotonic() < until, f"never true: {expression}"
            time.sleep(0.05)

    def press(self, key: str) -> None:
        """Press and release a key."""
        for kind in ("keyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key)


@contextlib.contextmanager
def old_page(program: Path) -> Iterator[OldPage]:
    """Start the browser with an empty profile and give its one tab."""
    with tempfile.TemporaryDirectory() as profile:
        browser = subprocess.Popen(
            [
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--remote-debugging-port=0",
                f"--user-data-dir={profile}",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            page = OldPage(_tab(Path(profile) / "DevToolsActivePort"))
            yield page
            page.socket.close()
        finally:
            browser.terminate()
            browser.wait()


def _tab(told: Path) -> str:
    """The address of the first tab, once the browser has written its port."""
    until = time.monotonic() + PATIENCE
    while not (told.exists() and told.read_text().strip()):
        assert time.monotonic() < until, "the browser of 2018 did not start"
        time.sleep(0.05)
    port = told.read_text().split()[0]
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=PATIENCE) as tabs:
        return next(tab["webSocketDebuggerUrl"] for tab in json.load(tabs) if tab["type"] == "page")
