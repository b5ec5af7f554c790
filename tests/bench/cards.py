"""How long decks of 33, 200 and 1,000 cards take, both sides, proof included, and how much memory.

Each measurement is a fresh process; the time of the smallest is the median of three. The decks are
the index of this repository with its categories repeated under other codes. What is made is the
sheet for an office printer and the file for a print shop, every code in both read back and tried
under hardships. Wanted for 200 cards: at most 10 s of processor time and 400 MB for the sheet.
"""

from __future__ import annotations

import dataclasses
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from linkindex.cards import Order, Selection, make_cards
from linkindex.catalogue import Catalogue, load
from linkindex.icons import icon_names

SIZES = {33: 3, 200: 1, 1000: 1}
"""How many categories, and how often each is measured."""

REPOSITORY = Path(__file__).parents[2]

PHASES = {
    "Drawing the codes": "codes",
    "Measuring": "fitting",
    "Typesetting": "typesetting",
    "Reading back": "reading back",
    "Trying": "hardships",
    "Drawing pictures": "pictures",
}
"""What the phases are called here, by how their progress begins."""


def deck(count: int) -> Catalogue:
    """The index with its categories repeated until there are so many."""
    index = load(REPOSITORY / "resources.yaml", icons=icon_names())
    whole = index.current_categories
    repeated = tuple(
        whole[number % len(whole)].model_copy(
            update={"id": f"topic-{number}", "written_code": f"topic{number}", "resources": ()}
        )
        for number in range(count)
    )
    return dataclasses.replace(index, categories=repeated)


def measure(count: int) -> None:
    """Make the deck once and print what it took as JSON."""
    catalogue = deck(count)
    steps: list[tuple[str, float]] = []
    started = time.perf_counter()
    made = make_cards(
        catalogue,
        Order(formats=("sheet", "single"), selection=Selection(deck="all")),
        progress=lambda step: steps.append((step, time.perf_counter())),
    )
    ended = time.perf_counter()
    print(
        json.dumps(
            {
                "seconds": ended - started,
                "processor": time.process_time(),
                "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "bytes": sum(map(len, made.files.values())),
                "phases": dict(shares(steps, ended)),
                "made": made.summary[0],
            }
        )
    )


def shares(steps: list[tuple[str, float]], ended: float) -> Iterator[tuple[str, float]]:
    """Seconds of each phase, in the order in which the phases are listed."""
    ends = [begun for _, begun in steps[1:]] + [ended]
    for begins, name in PHASES.items():
        yield (
            name,
            sum(
                end - begun
                for (step, begun), end in zip(steps, ends, strict=True)
                if step.startswith(begins)
            ),
        )


def main() -> None:
    """Measure in fresh processes and print one line a deck."""
    print(f"cards ({os.cpu_count()} cores, Python {platform.python_version()}):")
    for count, times in SIZES.items():
        runs = [
            json.loads(
                subprocess.run(
                    [sys.executable, __file__, str(count)],
                    check=True,
                    capture_output=True,
                    text=True,
                ).stdout
            )
            for _ in range(times)
        ]
        middle = statistics.median_low(run["seconds"] for run in runs)
        run = next(run for run in runs if run["seconds"] == middle)
        phases = ", ".join(
            f"{name} {seconds / middle:.0%}" for name, seconds in run["phases"].items()
        )
        print(
            f"  {count} categories: {run['made']} {middle:.2f} s "
            f"({run['processor']:.2f} s of processor time), "
            f"{max(one['megabytes'] for one in runs):.0f} MB at most, "
            f"{run['bytes'] / 1e6:.1f} MB of files ({phases})"
        )


if __name__ == "__main__":
    measure(int(sys.argv[1])) if sys.argv[1:] else main()
