"""How long 600 addresses on 60 hosts take: by our way, and with ``--naive`` by linkchecker alone.

The hosts answer after 100 ms and the addresses of one host stand together, as in a catalogue.
Run it with ``make bench``, or as ``python tests/bench/links.py --naive``.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.links.misbehaving import MisbehavingServer

from linkindex.links import Link, check_links, report_text
from linkindex.links.guard import Guard
from linkindex.links.linkchecker import program

HOSTS, PAGES = 60, 10
LATENCY = 0.1
NAIVE_LIMIT = 240.0
# What real links do, in the shares of the measurement that the recipe comes from.
PATHS = ["/ok"] * 8 + ["/404", "/301/ok"]


def main() -> None:
    with MisbehavingServer(latency=LATENCY) as server:
        addresses = [
            server.address(f"{path}?{host}-{page}", host)
            for host in range(2, HOSTS + 2)
            for page, path in enumerate(PATHS[:PAGES])
        ]
        print(f"{len(addresses)} addresses on {HOSTS} hosts, {LATENCY * 1000:.0f} ms each")
        ours(addresses)
        if "--naive" in sys.argv[1:]:
            naive(addresses)


def ours(addresses: list[str]) -> None:
    links = [Link(address, "resources.yaml", 1, "id", "Title") for address in addresses]
    started = time.monotonic()
    report = check_links(links, contact="bench@example.org", guard=Guard(loopback=True))
    seconds = time.monotonic() - started
    print(f"linkindex links: {seconds:.1f} s {report_text(report).splitlines()[-1]}", flush=True)


def naive(addresses: list[str]) -> None:
    started = time.monotonic()
    try:
        subprocess.run(
            [program(), "--no-status", "--recursion-level=0", "--check-extern", "--stdin"],
            input="\n".join(addresses),
            text=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=NAIVE_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        print(f"linkchecker alone: more than {NAIVE_LIMIT:.0f} s")
    else:
        print(f"linkchecker alone: {time.monotonic() - started:.1f} s")


if __name__ == "__main__":
    main()
