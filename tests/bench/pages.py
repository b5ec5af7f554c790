"""What pages weigh, and how soon a scanned code shows text, beside a stock Material site.

The stock site has the same text in plain Markdown, with Material as it comes; its page of the same
category is the measure. Both are served with gzip and opened in Chromium as on slow 3G (400 kbit/s,
400 ms, a processor six times slower), one after the other in turns, so that a slower spell of the
machine meets them all; times are medians. An empty page is the floor that no page can go below:
the wait for its first byte, and Chromium's own work. The fonts that the stock page asks Google for
come from no machine without a connection, and failing at once they cost it nothing. Needs Chromium.
"""

from __future__ import annotations

import gzip
import os
import platform
import statistics
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright
from tests.bench.stock import build_stock_site, write_stock_site
from tests.conftest import BROWSER_ARGUMENTS, chromium_program

from linkindex.catalogue import load
from linkindex.icons import icon_names
from linkindex.links.inside.static_host import served_file
from linkindex.site.build import build_site

REPOSITORY = Path(__file__).parents[2]
RUNS = 7
EMPTY = "<!doctype html><html lang=en><title>Empty</title><link rel=icon href=data:,><p>Empty"
FIRST_TEXT = """() => new Promise(done => new PerformanceObserver(list => {
    const text = list.getEntriesByName('first-contentful-paint')[0];
    if (text) done(text.startTime);
}).observe({ type: 'paint', buffered: true }))"""
"""Milliseconds; waited for, since a busy machine may paint after the last byte came."""
SLOW_3G = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}


@contextmanager
def compressed_host(folder: Path) -> Iterator[str]:
    """Serve a folder with gzip, as public hosts do."""

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            file = served_file(folder, self.path.partition("?")[0].lstrip("/"))
            content = gzip.compress(file.read_bytes(), mtime=0) if file else b""
            self.send_response(200 if file else 404)
            self.send_header("Content-Type", self.guess_type(str(file)))
            self.send_header("Content-Encoding", "gzip" if file else "identity")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


class Opening(NamedTuple):
    """One page opened: seconds to its first text, requests, kilobytes that came over the wire."""

    first_text: float
    requests: int
    kilobytes: float


def opened(browser: Browser, address: str) -> Opening:
    """Open a page in a fresh context, as on slow 3G."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_3G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    came: list[float] = []
    session.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle", timeout=60_000)
    first = page.evaluate(FIRST_TEXT)
    context.close()
    return Opening(first / 1000, len(came), sum(came) / 1024)


def main() -> None:
    """Measure and print a line for each page."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        ours = Path(name) / "ours"
        build_site(REPOSITORY / "resources.yaml", ours)
        catalogue = load(REPOSITORY / "resources.yaml", icons=icon_names())
        write_stock_site(catalogue, Path(name) / "stock")
        stock = build_stock_site(Path(name) / "stock")
        (stock / "empty.html").write_text(EMPTY, "utf-8")
        browser = playwright.chromium.launch(
            executable_path=chromium_program(), args=BROWSER_ARGUMENTS
        )
        resource = next((ours / "r").glob("*.png")).stem
        with compressed_host(ours) as here, compressed_host(stock) as there:
            pages = {
                "stock Material page": f"{there}aces/",
                "empty page": f"{there}empty.html",
                "/q/aces": f"{here}q/aces",
                "/r/CODE": f"{here}r/{resource}",
                "home": here,
                "category page": f"{here}aces/",
            }
            runs: dict[str, list[Opening]] = {title: [] for title in pages}
            for _ in range(RUNS):
                for title, address in pages.items():
                    runs[title].append(opened(browser, address))
        base = statistics.median(run.first_text for run in runs["stock Material page"])
        for title, found in runs.items():
            seconds = statistics.median(run.first_text for run in found)
            print(
                f"pages: {title}: first text after {seconds:.2f} s "
                f"({seconds / base:.2f} of stock), {found[0].requests} requests, "
                f"{found[0].kilobytes:.1f} KB"
            )
        browser.close()
    print(f"pages: {os.cpu_count()} cores, Python {platform.python_version()}, slow 3G emulated")


if __name__ == "__main__":
    main()
