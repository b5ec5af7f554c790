"""How long lists of 200 and of 20,000 links take to import into the index of the project.

Each measurement is a fresh process of the command itself, from the file to what is written, and the
time is the median of three. Wanted on two cores: 200 rows under 5 s, 20,000 under 60 s and 500 MB.
"""

from __future__ import annotations

import csv
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl

ROOT = Path(__file__).parents[2]
RUNS = 3
ROWS = (200, 20_000)

HEADINGS = (
    *("Title", "Link", "Description", "Provider", "Audience", "Type", "Nation", "Phone"),
    "Category",
)
TOPICS = ("Sleep", "Domestic abuse", "Kinship", "Money", "Autism", "Cooking", "Mental health")
WORDS = (
    *("advice", "care", "child", "course", "family", "free", "group", "health", "help", "home"),
    *("local", "money", "parent", "plan", "school", "support", "talk", "team", "time", "young"),
)


def main() -> None:
    """Measure and print."""
    for rows in ROWS:
        for ending in (".csv", ".xlsx"):
            times = [measured(rows, ending) for _ in range(RUNS)]
            print(f"import {rows:6} rows of {ending:5}: {statistics.median(times):6.1f} s")
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"import, most memory of any run: {used:.0f} MB")


def measured(rows: int, ending: str) -> float:
    """The seconds of one import."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in ("resources.yaml", "meanings.yaml"):
            shutil.copy(ROOT / file, folder / file)
        write(folder / f"list{ending}", rows)
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "linkindex", "import", f"list{ending}"],
            cwd=folder,
            check=True,
            capture_output=True,
        )
        return time.perf_counter() - began


def write(path: Path, rows: int) -> None:
    """A list as a team might have it: addresses with trackers, gaps, topics of its own."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADINGS, *_rows(rows)])
        return
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (HEADINGS, *_rows(rows)):
        sheet.append(row)
    book.save(path)


def _rows(rows: int) -> Iterator[tuple[str, ...]]:
    chance = random.Random(1)
    for number in range(rows):
        yield (
            f"{' '.join(chance.choices(WORDS, k=4)).capitalize()} {number}",
            f"https://www.example-{number % 997}.org/page/{number}?utm_source=list",
            " ".join(chance.choices(WORDS, k=18)),
            f"Provider {number % 50}",
            "Parents" if number % 3 else "",
            "guide" if number % 2 else "Video",
            "UK",
            f"0800{number % 10000:04d}" if number % 5 == 0 else "",
            chance.choice(TOPICS),
        )


if __name__ == "__main__":
    main()
