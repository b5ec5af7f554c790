"""How long sites take to build, how much memory that needs, and what a large one weighs.

Sites of 2,000 and 20,000 resources are built without cards, with MkDocs and with Zensical. Beside
them, the same pages as plain Markdown with Material as it comes, without scan pages, codes and
exports. Each measurement is a fresh process, that of Material and ours by turns; times are medians
of three, of the 20,000 a single one. Files go to memory where the machine has such a folder, since
thousands of small ones make a disk the measure.

Then an index with texts of real length (:mod:`tests.bench.large`) by the command itself, with its
cards and without, beside ``mkdocs build`` of the same text: by processor time, which other work on
the machine changes least, of the whole process from its start.
"""

from __future__ import annotations

import gzip
import logging
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.commands.build import build  # after LinkIndex, which asks it to be quiet
from mkdocs.config import load_config
from tests.bench.catalogue import free_code
from tests.bench.large import large_catalogue_text
from tests.bench.stock import write_stock_site

from linkindex.catalogue import Engine, load
from linkindex.icons import icon_names
from linkindex.site.build import build_site
from linkindex.site.settings import SHARED_SETTINGS

CATEGORIES = 25
EACH = 80
RUNS = 3
MEMORY = Path("/dev/shm")
REPOSITORY = Path(__file__).parents[2]

SETTINGS = f"""\
INHERIT: {SHARED_SETTINGS}
plugins:
  - linkindex: {{cards: false}}
"""
CATEGORY = """\
  - id: topic{number}
    title: Topic {number}
    full_title: Topic number {number}
    summary: What this topic is about, in two or three plain sentences for anyone.
    group: ways-of-working
    icon: human-child
    colour: "#96103a"
    card:
      front: Caring, steady relationships can reduce the harm.
      prompts: [What has helped?, Who is there for you?, What comes next?]
    resources:
"""
RESOURCE = """\
      - id: link-{number}
{code}        title: How to talk about difficult things, part {number}
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


def catalogue_text(each: int) -> str:
    """The settings of this repository's index, but no glossary and no decks, with resources of no
    meaning."""
    head = (REPOSITORY / "resources.yaml").read_text("utf-8").split("\nglossary:")[0]
    head = re.sub(r"\n    (?:default|urgent_help): .*", "", head)
    parts = [head, "\ncategories:\n"]
    taken: set[str] = set()
    for topic in range(CATEGORIES):
        parts.append(CATEGORY.format(number=topic))
        for number in range(topic * each, (topic + 1) * each):
            code = free_code(f"link-{number}", taken)
            parts.append(RESOURCE.format(number=number, code=code))
    return "".join(parts)


@contextmanager
def no_talk_of_links() -> Iterator[None]:
    """Written pages lead to exports, which the stock site does not have."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def measure(kind: str, each: int) -> None:
    """Build a site once and print seconds, megabytes and the weight of a category page in KB."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        folder = Path(name)
        (folder / "resources.yaml").write_text(catalogue_text(each), "utf-8")
        if kind == "stock":
            write_stock_site(load(folder / "resources.yaml", icons=icon_names()), folder)
            config = load_config(str(folder / "mkdocs.yml"))
            started = time.perf_counter()
            with no_talk_of_links():
                build(config)
        else:
            (folder / "docs").mkdir()
            (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8")
            started = time.perf_counter()
            engine = Engine(kind)
            build_site(folder / "resources.yaml", folder / "site", engine=engine)
        seconds = time.perf_counter() - started
        page = len(gzip.compress((folder / "site/topic0/index.html").read_bytes())) / 1024
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)  # Zensical runs as a child
    peak = max(resource.getrusage(who).ru_maxrss for who in whose) / 1024
    print(seconds, peak, page)


def measured(kind: str, each: int) -> list[float]:
    """Seconds, megabytes and kilobytes of a page, in a fresh process."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.site", kind, str(each)],
        check=True,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
    )
    return [float(figure) for figure in ran.stdout.split()[-3:]]


def processor_seconds(folder: Path, *arguments: str) -> float:
    """What a fresh Python and the processes that it starts take of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", *arguments],
        check=True,
        capture_output=True,
        cwd=folder,
        # As on any computer, what Python compiled once is there when it starts the next time.
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": ""},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def print_large() -> None:
    """Build the large index in four ways, by turns, and print the ratios and its weight."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        stock, bare, other, whole = (
            Path(name, kind) for kind in ("stock", "bare", "other", "whole")
        )
        for folder in (bare, other, whole):
            folder.mkdir()
            (folder / "resources.yaml").write_text(large_catalogue_text(), "utf-8")
        for folder in (bare, other):
            (folder / "docs").mkdir()
            (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8")
        index = load(whole / "resources.yaml", icons=icon_names())
        write_stock_site(index, stock)
        turns = [
            (
                processor_seconds(stock, "mkdocs", "build", "--quiet"),
                processor_seconds(bare, "linkindex", "build"),
                processor_seconds(other, "linkindex", "build", "--engine", "zensical"),
                processor_seconds(whole, "linkindex", "build"),
            )
            for _ in range(RUNS)
        ]
        weights = [
            sum(file.stat().st_size for file in (folder / "site").rglob("*") if file.is_file())
            for folder in (bare, whole)
        ]
    base, without, by_zensical, with_cards = (
        statistics.median(times) for times in zip(*turns, strict=True)
    )
    print(
        f"site: {len(index.current_resources)} links in {len(index.current_categories)} categories "
        f"by processor time: stock {base:.1f} s, ours without cards {without:.1f} s "
        f"({without / base:.1f} of stock), the same with Zensical {by_zensical:.1f} s "
        f"({by_zensical / without:.1f} of MkDocs), with cards {with_cards:.1f} s "
        f"({with_cards / base:.1f} of stock); {weights[0] / 1e6:.1f} MB, with cards "
        f"{weights[1] / 1e6:.1f} MB"
    )


def main() -> None:
    """Measure in fresh processes and print a line for each site."""
    print_large()
    kinds = ("stock", *Engine)
    turns = [[measured(kind, EACH) for kind in kinds] for _ in range(RUNS)]
    stock, by_mkdocs, by_zensical = ([turn[place] for turn in turns] for place in range(3))
    base = statistics.median(run[0] for run in stock)
    print(f"site: stock Material, {CATEGORIES * EACH} links: {base:.2f} s, {stock[0][1]:.0f} MB")
    for engine, each, runs in (
        (Engine.MKDOCS, EACH, by_mkdocs),
        (Engine.ZENSICAL, EACH, by_zensical),
        (Engine.MKDOCS, 10 * EACH, [measured(Engine.MKDOCS, 10 * EACH)]),
        (Engine.ZENSICAL, 10 * EACH, [measured(Engine.ZENSICAL, 10 * EACH)]),
    ):
        seconds = statistics.median(run[0] for run in runs)
        beside = f" ({seconds / base:.2f} of stock)" if each == EACH else ""
        print(
            f"site: {CATEGORIES * each} resources built with {engine} in {seconds:.2f} s{beside}, "
            f"{max(run[1] for run in runs):.0f} MB at most; a category page weighs "
            f"{runs[0][2]:.1f} KB compressed"
        )
    print(f"site: {os.cpu_count()} cores, Python {platform.python_version()}")


if __name__ == "__main__":
    measure(sys.argv[1], int(sys.argv[2])) if len(sys.argv) == 3 else main()
