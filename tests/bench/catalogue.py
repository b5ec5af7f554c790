"""How long 20,000 resources take to load and validate, and how much memory.

Each measurement is a fresh process, and the time is the median of three. Wanted: under 5 s on two
cores and under 400 MB.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from linkindex.catalogue import load
from linkindex.catalogue.codes import resource_code
from linkindex.catalogue.loading import examine_file
from linkindex.catalogue.shared.share import digest_of
from linkindex.icons import icon_names
from linkindex.sharing.share_file import share_text

RESOURCES = 20_000
CATEGORIES = 50
RUNS = 3

HEAD = """\
index:
  name: Good Links
  tagline: Links for families
  organisation: Example Council
  contact: links@example.org
  site_url: https://links.example.org/
  domain: {owner: Digital team, renews: 2035-01-01}
  exit_url: https://www.bbc.co.uk/weather
groups:
  - {id: core, title: Core approaches}
urgent_help:
  - {name: Emergency services, when: Someone is in danger now, nations: [uk], phone: 999}
categories:
"""

CATEGORY = """\
  - id: topic{number}
    title: Topic {number}
    full_title: Topic number {number}
    summary: >-
      What this topic is about, in two or three plain sentences. They say what it is, who uses it
      and when. These links are for families and for anyone working with children.
    group: core
    aliases: [Alias {number}, Another name {number}]
    icon: human-child
    colour: "#96103a"
    card:
      front: Caring, steady relationships can reduce the harm.
      prompts: [What has helped?, Who is there for you?, What comes next?]
    start_here:
      families: [link-{first}]
    resources:
"""

LINK = """\
      - id: link-{number}
{code}\
        title: Title of link {number}
        url: https://www.example-{host}.org/topics/page-{number}?part=2
        publisher: Example Publisher {host}
        summary: >-
          An overview of the topic. It explains what counts, how common it is, lasting effects and
          what prevents them.
        use_when: Read it first for the basics, with the family beside you.
        audiences: [practitioners, families]
        format: guide
        nations: [england, wales]
        cost: free
        keywords: [first word, second word, third word, fourth word]
        added: 2026-11-24
"""


def catalogue_text() -> str:
    """A whole catalogue, with a code written wherever the hashes of two ids clash."""
    return "".join(_parts())


def _parts(topics: int = CATEGORIES) -> Iterator[str]:
    yield HEAD
    taken: set[str] = set()
    share = RESOURCES // CATEGORIES
    for topic in range(topics):
        yield CATEGORY.format(number=topic, first=topic * share)
        for number in range(topic * share, (topic + 1) * share):
            code = free_code(f"link-{number}", taken)
            yield LINK.format(number=number, host=number % 997, code=code)


def free_code(resource_id: str, taken: set[str]) -> str:
    """The line of a resource's code, empty unless another id has the same hash; takes the code."""
    attempt = 0
    while (code := resource_code(resource_id, attempt)) in taken:
        attempt += 1
    taken.add(code)
    return f"        code: {code}\n" if attempt else ""


def measure(path: Path) -> None:
    """Load and validate the file; print the seconds and the peak memory in MB."""
    started = time.perf_counter()
    catalogue = load(path, icons=icon_names())
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    megabytes = peak / (1_000_000 if sys.platform == "darwin" else 1_000)
    assert len(catalogue.current_resources) == RESOURCES
    print(seconds, megabytes)


def main() -> None:
    """Measure in processes of their own and print one line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "resources.yaml"
        path.write_text(catalogue_text(), "utf-8")
        size = path.stat().st_size / 1e6
        runs = [_run(path) for _ in range(RUNS)]
        measure_taking(Path(folder))
    seconds = statistics.median(run[0] for run in runs)
    megabytes = max(run[1] for run in runs)
    print(
        f"catalogue: {RESOURCES} resources ({size:.1f} MB) loaded and validated in "
        f"{seconds:.2f} s, {megabytes:.0f} MB at most "
        f"({os.cpu_count()} cores, Python {platform.python_version()})"
    )


TAKEN = 5
"""Topics of the catalogue that another index takes."""


def measure_taking(folder: Path) -> None:
    """Print how long some topics take that are taken, and the same ones of one's own."""
    there = examine_file(folder / "resources.yaml", icons=icon_names())
    assert there.catalogue is not None
    assert there.tree is not None
    data = share_text(there.catalogue, there.tree).encode()
    (folder / "shared").mkdir()
    (folder / "shared" / "good.yaml").write_bytes(data)
    settings = HEAD.partition("groups:")[0]
    topics = ", ".join(f"topic{number}" for number in range(TAKEN))
    taking = (
        f"{settings}extends:\n  - name: good\n    from: good.yaml\n    version: '1'\n"
        f"    hash: {digest_of(data)}\n    topics: [{topics}]\n"
    )
    seconds = {}
    for name, text in (("taken", taking), ("own", "".join(_parts(TAKEN)))):
        path = folder / f"{name}.yaml"
        path.write_text(text, "utf-8")
        runs = []
        for _ in range(RUNS):
            started = time.perf_counter()
            catalogue = load(path, icons=icon_names())
            runs.append(time.perf_counter() - started)
        assert len(catalogue.current_resources) == TAKEN * (RESOURCES // CATEGORIES)
        seconds[name] = statistics.median(runs)
    print(
        f"catalogue: {TAKEN} of its {CATEGORIES} topics ({len(data) / 1e6:.1f} MB) taken in "
        f"{seconds['taken']:.2f} s; of one's own, the same links take {seconds['own']:.2f} s"
    )


def _run(path: Path) -> tuple[float, float]:
    command = [sys.executable, __file__, str(path)]
    seconds, megabytes = subprocess.run(
        command, check=True, capture_output=True, text=True
    ).stdout.split()
    return float(seconds), float(megabytes)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(Path(sys.argv[1]))
    else:
        main()
