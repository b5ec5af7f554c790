"""How long a site of 2,000 resources takes to build, without the cards, and how much memory.

Each measurement is a fresh process, and the time is the median of three.
"""

from __future__ import annotations

import gzip
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from linkindex.site.build import SHARED_SETTINGS, build_site

CATEGORIES = 25
EACH = 80
RUNS = 3
REPOSITORY = Path(__file__).parents[2]

SETTINGS = f"""\
INHERIT: {SHARED_SETTINGS}
plugins:
  - search: {{lang: en}}
  - linkindex: {{cards: false}}
"""
CATEGORY = """\
  - id: topic{number}
    title: Topic {number}
    full_title: Topic number {number}
    summary: What this topic is about, in two or three plain sentences for anyone.
    group: core-approaches
    icon: human-child
    colour: "#96103a"
    card:
      front: Caring, steady relationships can reduce the harm.
      prompts: [What has helped?, Who is there for you?, What comes next?]
    resources:
"""
RESOURCE = """\
      - id: link-{number}
        title: How to talk about difficult things, part {number}
        url: https://www.example.org/talk/{number}
        publisher: Example Charity {number}
        summary: A plain page in a few short steps for parents who want to talk but dread it.
        use_when: Read this with a parent before the first meeting about the plan.
        audiences: [families, practitioners]
        format: article
        nations: [uk]
        keywords: [talking, listening, difficult conversations]
        added: 2026-11-01
"""


def catalogue_text() -> str:
    """The settings of this repository's index with 2,000 resources of no meaning."""
    head = (REPOSITORY / "resources.yaml").read_text("utf-8").split("\ncategories:")[0]
    parts = [head, "\ncategories:\n"]
    for number in range(CATEGORIES):
        parts.append(CATEGORY.format(number=number))
        first = number * EACH
        parts.extend(RESOURCE.format(number=first + one) for one in range(EACH))
    return "".join(parts)


def measure() -> None:
    """Build the site once and print seconds, megabytes and the weight of a category page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "docs").mkdir()
        (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8")
        (folder / "resources.yaml").write_text(catalogue_text(), "utf-8")
        started = time.perf_counter()
        build_site(folder / "resources.yaml", folder / "site")
        seconds = time.perf_counter() - started
        page = len(gzip.compress((folder / "site/topic0/index.html").read_bytes())) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(seconds, peak, page)


def main() -> None:
    """Measure in fresh processes and print one line."""
    runs = [
        [
            float(figure)
            for figure in subprocess.run(
                [sys.executable, __file__, "once"], check=True, capture_output=True, text=True
            ).stdout.split()
        ]
        for _ in range(RUNS)
    ]
    seconds = statistics.median(run[0] for run in runs)
    print(
        f"site: {CATEGORIES * EACH} resources built in {seconds:.2f} s, "
        f"{max(r[1] for r in runs):.0f} MB at most; a category page weighs {runs[0][2]:.1f} KB "
        f"compressed ({os.cpu_count()} cores, Python {platform.python_version()})"
    )


if __name__ == "__main__":
    measure() if sys.argv[1:] == ["once"] else main()
