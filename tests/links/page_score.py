"""How well whole pages are judged: ``python -m tests.links.page_score FOLDER...``.

A folder holds ``cases.yaml`` and the pages that it names, as whole HTML documents. Each case says
what its entry is, what is found at its address today, whether that is a ``danger``, something that
a person should ``look`` at, or ``innocent``, and for some cases what stood there before. Each page
is judged as a check would judge it: once as if nothing were known of its past (cold), and once with
what the check of the page before would have kept in the history.
"""

from __future__ import annotations

import argparse
import datetime
import json
import lzma
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from linkindex.links.asking.answers import Answer
from linkindex.links.judging.looks import Look, classify_answer
from linkindex.links.model import Hop, Verdict
from linkindex.links.pages.html import decoded, read_text
from linkindex.links.pages.identity import Identity, Seen

SEEN_ON = datetime.date(2026, 12, 1)
"""The day on which the pages of the sets are looked at."""

DANGER, LOOK, INNOCENT = "danger", "look", "innocent"


class PageCase(NamedTuple):
    """One page in the place of an entry. ``before`` is the page that stood there, if it is kept."""

    name: str
    expected: str
    kind: str
    identity: Identity
    final_address: str
    page: str
    before: str | None


class Judged(NamedTuple):
    """What a case was judged to be: cold, and with history where there is a page before."""

    case: PageCase
    cold: Look
    with_history: Look | None
    before: Look | None

    @property
    def known(self) -> Look:
        """The judgement with all that is known."""
        return self.with_history or self.cold


def cases_in(folder: Path) -> Iterator[PageCase]:
    """The cases of a folder, or of a file that :func:`packed` wrote."""
    if folder.is_file():
        cases = json.loads(lzma.decompress(folder.read_bytes()))
    else:
        cases = _unpacked(folder)
    for case in cases:
        yield PageCase(
            case["id"],
            case["expected"],
            case["kind"],
            _identity(case["entry"]),
            case.get("final") or case["entry"]["url"],
            case["page"],
            case.get("before"),
        )


def _unpacked(folder: Path) -> list[dict]:
    cases = yaml.safe_load((folder / "cases.yaml").read_text("utf-8"))
    for case in cases:
        for key in ("page", "before"):
            if case.get(key):
                case[key] = decoded((folder / case[key]).read_bytes(), None)
    return cases


def packed(folder: Path) -> bytes:
    """The cases of a folder with their pages, for ``data/whole-pages``."""
    return lzma.compress(json.dumps(_unpacked(folder), ensure_ascii=False).encode(), preset=9)


def _identity(entry: dict) -> Identity:
    about = " ".join([entry["summary"], *map(str, entry.get("keywords") or [])])
    return Identity(
        entry["title"],
        entry["publisher"],
        about,
        entry["url"],
        entry.get("language", "en"),
        sells=entry.get("format") == "book" or entry.get("cost", "free") != "free",
    )


def judged(case: PageCase) -> Judged:
    """A case, as a check judges it."""
    cold = _look(case, case.page, case.final_address, None)
    if case.before is None:
        return Judged(case, cold, None, None)
    first = _look(case, case.before, case.identity.address, None)
    seen = Seen(first.title, case.identity.address, first.fits) if first.verdict.opens else None
    return Judged(case, cold, _look(case, case.page, case.final_address, seen), first)


def _look(case: PageCase, html: str, final: str, seen: Seen | None) -> Look:
    hops = (Hop(final, 302),) if final != case.identity.address else ()
    answer = Answer(case.identity.address, final, 200, hops, page=read_text(html))
    return classify_answer(answer, case.identity, seen, today=SEEN_ON)


def is_noticed(look: Look) -> bool:
    """Whether a look did not take the page for a working one."""
    return not look.verdict.opens


def is_harmful(look: Look) -> bool:
    """Whether a look hides the link at once."""
    return look.danger is not None and look.danger.is_harmful


def table(results: Iterable[Judged]) -> list[str]:
    """The results by kind, and their sums."""
    results = list(results)
    lines = [f"{'':24}{'pages':>6}{'noticed':>9}{'hidden':>8}   {'with history':>12}"]
    for expected in (DANGER, LOOK, INNOCENT):
        of_these = [result for result in results if result.case.expected == expected]
        kinds = sorted({result.case.kind for result in of_these})
        lines += [
            _line(kind, [result for result in of_these if result.case.kind == kind])
            for kind in kinds
        ]
        lines += [_line(f"= {expected}", of_these), ""]
    pasts = [result.before for result in results if result.before]
    noticed, hidden = sum(map(is_noticed, pasts)), sum(map(is_harmful, pasts))
    lines.append(f"{'= pages before':24}{len(pasts):6}{noticed:9}{hidden:8}")
    return lines


def _line(name: str, results: list[Judged]) -> str:
    noticed = sum(is_noticed(result.cold) for result in results)
    hidden = sum(is_harmful(result.cold) for result in results)
    seen = [result.with_history for result in results if result.with_history]
    again = sum(map(is_noticed, seen))
    hidden_again = sum(map(is_harmful, seen))
    last = f"{again} of {len(seen)}, {hidden_again} hidden" if seen else "-"
    percent = f" ({100 * noticed / len(results):.0f} %)" if results and "=" in name else ""
    return f"{name:24}{len(results):6}{noticed:9}{hidden:8}   {last}{percent}"


def told(look: Look) -> str:
    """What a look says, in a word or two."""
    return str(look.danger or look.cause) if look.verdict is not Verdict.WORKING else "working"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--list", action="store_true", help="name each page that was misjudged")
    parser.add_argument("--pack", type=Path, help="write the cases of the first folder to a file")
    options = parser.parse_args()
    if options.pack:
        options.pack.write_bytes(packed(options.folders[0]))
        return
    cases = [case for folder in options.folders for case in cases_in(folder)]
    began = time.process_time()
    results = [judged(case) for case in cases]
    took = time.process_time() - began
    print("\n".join(table(results)))
    looks = sum(1 + 2 * (result.with_history is not None) for result in results)
    size = sum(len(case.page) for case in cases) / len(cases) / 1000
    print(f"{1000 * took / looks:.1f} ms of the processor a look, {size:.0f} kB a page")
    if options.list:
        for result in results:
            if result.before and is_noticed(result.before):
                print(
                    f"{'before':9}{result.case.kind:16}{result.case.name:36}{told(result.before)}"
                )
            wrong = is_noticed(result.known) == (result.case.expected == INNOCENT)
            if wrong or (not is_noticed(result.cold) and result.case.expected != INNOCENT):
                case, again = result.case, result.with_history
                what = f"{case.expected:9}{case.kind:16}{case.name:36}"
                print(f"{what}{told(result.cold):20}{told(again) if again else '-'}")


if __name__ == "__main__":
    main()
