"""Taking the weights of evidence from labelled pages: ``python -m tests.links.weigh``.

A logistic regression on the pages of the folders and on those of ``data/tuned-on``; what it finds
is written to ``weights.yaml``. With ``--leave-out`` each folder is judged by weights that were
taken without it, which is the better guess at what pages of other hands will get.
"""

from __future__ import annotations

import argparse
import math
from dataclasses import astuple, fields
from pathlib import Path
from urllib.parse import urljoin

import linkindex.links.pages as rules
from linkindex.links.pages.evidence import Evidence, weighed
from linkindex.links.pages.fit import Fit
from linkindex.links.pages.html import read_text
from tests.links import labelled
from tests.links.page_score import DANGER, INNOCENT, cases_in

FILE = Path(rules.__file__).with_name("weights.yaml")
NAMES = [name.name for name in fields(Evidence)]
_ROUNDS, _STEP, _KEPT_SMALL = 400, 0.5, 0.002
_AGAINST = {"expected", "named_in_head", "named", "shared", "signed", "helping", "warning"}
_EITHER_WAY = {"length"}
"""What may only speak against danger, and what either way. All else may only speak for it: where
pages would teach the contrary, it is by chance that they do."""

_OF_WHOLE_PAGES = 4.0
"""How much more a whole page counts than one of ``tuned-on``, which is little but its words."""

Row = tuple[tuple[float, ...], bool, float]


def old_rows() -> list[Row]:
    """The evidence of the pages of ``tuned-on``, each danger against two entries of its set."""
    rows = []
    for data in labelled._sets("tuned-on"):
        for number, page in enumerate(data["dangers"]):
            if page["kind"] in ("missing", "home", "wall"):
                continue
            for entry in (data["entries"] * 2)[number % 4 :][:2]:
                rows.append((_old(page, entry), True, 0.5))
        rows += [(_old(page, page["entry"]), False, 1.0) for page in data["fine"]]
    return rows


def _old(page: dict, entry: dict) -> tuple[float, ...]:
    identity = labelled.identity_of(entry)
    final = urljoin(entry["url"], page.get("final", ""))
    fit = Fit(read_text(labelled.as_html(page)), final, identity)
    return astuple(weighed(fit).evidence)


def rows_of(folder: Path) -> list[Row]:
    """The evidence of the pages of a folder, and of those that stood there before."""
    rows: list[Row] = []
    for case in cases_in(folder):
        if case.expected in (DANGER, INNOCENT):
            fit = Fit(read_text(case.page), case.final_address, case.identity)
            rows.append((astuple(weighed(fit).evidence), case.expected == DANGER, _OF_WHOLE_PAGES))
        if case.before:
            fit = Fit(read_text(case.before), case.identity.address, case.identity)
            rows.append((astuple(weighed(fit).evidence), False, _OF_WHOLE_PAGES / 4))
    return rows


def weights_of(rows: list[Row]) -> list[float]:
    """The weights of the evidence, and last the bias."""
    weights = [0.0] * (len(NAMES) + 1)
    total = sum(row[2] for row in rows)
    speeds = [1e-8] * len(weights)
    for _ in range(_ROUNDS):
        slopes = [0.0] * len(weights)
        for evidence, is_danger, importance in rows:
            odds = weights[-1] + sum(map(float.__mul__, weights, evidence))
            error = importance * (1 / (1 + math.exp(-max(-30, min(30, odds)))) - is_danger)
            for place, number in enumerate(evidence):
                slopes[place] += error * number
            slopes[-1] += error
        for place, slope in enumerate(slopes):
            slope = slope / total + _KEPT_SMALL * weights[place] * (place < len(NAMES))
            speeds[place] = 0.9 * speeds[place] + 0.1 * slope**2
            weights[place] -= _STEP * 0.1 * slope / math.sqrt(speeds[place])
            if place < len(NAMES) and NAMES[place] not in _EITHER_WAY:
                within = min if NAMES[place] in _AGAINST else max
                weights[place] = within(0.0, weights[place])
    return weights


def written(weights: list[float]) -> str:
    lines = [
        f"{name}: {weight:.2f}" for name, weight in zip([*NAMES, "bias"], weights, strict=True)
    ]
    return (
        "# How much each kind of evidence speaks for a page being somebody else's (evidence.py).\n"
        "# Written by `python -m tests.links.weigh`: change the pages, not the numbers.\n"
        + "\n".join(lines)
        + "\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, help="or files of data/whole-pages")
    parser.add_argument("--leave-out", action="store_true", help="measure, and write nothing")
    options = parser.parse_args()
    given = options.folders or sorted((labelled.FOLDER / "whole-pages").glob("*.json.xz"))
    sets = {folder: rows_of(folder) for folder in given}
    old = old_rows()
    if not options.leave_out:
        FILE.write_text(
            written(weights_of([*old, *(row for rows in sets.values() for row in rows)]))
        )
        return
    for left_out, rows in sets.items():
        others = [row for folder, found in sets.items() if folder != left_out for row in found]
        weights = weights_of([*old, *others])
        odds = [(weights[-1] + sum(map(float.__mul__, weights, row[0])), row[1]) for row in rows]
        for level in (-1.0, -0.5, 0.0, 0.5, 1.0, 2.0):
            dangers = [odd > level for odd, is_danger in odds if is_danger]
            fine = [odd > level for odd, is_danger in odds if not is_danger]
            found = f"{sum(dangers)}/{len(dangers)}"
            print(f"{left_out.name:16} {level:5} {found} {sum(fine)}/{len(fine)}")


if __name__ == "__main__":
    main()
