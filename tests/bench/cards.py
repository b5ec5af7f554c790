"""How long a deck of 33 cards takes, both sides, proof included, and how much memory.

Each measurement is a fresh process, and the time is the median of three. The deck is the index of
this repository with its categories repeated under other codes. Wanted: under 7 s on two cores.
"""

from __future__ import annotations

import dataclasses
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from linkindex.cards import make_cards
from linkindex.catalogue import Catalogue, load
from linkindex.icons import icon_names

CATEGORIES = 33
RUNS = 3
REPOSITORY = Path(__file__).parents[2]


def deck() -> Catalogue:
    """The index with its categories repeated until there are 33."""
    index = load(REPOSITORY / "resources.yaml", icons=icon_names())
    whole = index.current_categories
    repeated = tuple(
        whole[number % len(whole)].model_copy(
            update={"id": f"topic-{number}", "written_code": f"topic{number}", "resources": ()}
        )
        for number in range(CATEGORIES)
    )
    return dataclasses.replace(index, categories=repeated)


def measure() -> None:
    """Make the deck once and print seconds and megabytes."""
    catalogue = deck()
    started = time.perf_counter()
    made = make_cards(catalogue)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(seconds, peak, made.summary[0])


def main() -> None:
    """Measure in fresh processes and print one line."""
    runs = [
        subprocess.run(
            [sys.executable, __file__, "once"], check=True, capture_output=True, text=True
        ).stdout.split(maxsplit=2)
        for _ in range(RUNS)
    ]
    seconds = statistics.median(float(run[0]) for run in runs)
    megabytes = max(float(run[1]) for run in runs)
    print(
        f"cards: {CATEGORIES} categories, {runs[0][2].strip()} made and read back in "
        f"{seconds:.2f} s, {megabytes:.0f} MB at most "
        f"({os.cpu_count()} cores, Python {platform.python_version()})"
    )


if __name__ == "__main__":
    measure() if sys.argv[1:] == ["once"] else main()
