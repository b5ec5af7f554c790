"""The ledger of published codes: an address that was printed once must answer for ever.

``permalinks/HOST.txt`` lists every code ever published under a host, one a line, sorted, as
``q/CODE`` or ``r/CODE``. A host without a ledger owes nothing to anybody's cards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from linkindex.catalogue.catalogue import Catalogue
from linkindex.catalogue.problems import Problem, quoted

FOLDER = "permalinks"

_ENTRY = re.compile(r"[qr]/[a-z0-9]{2,8}")
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>")


def ledger_path(folder: Path, catalogue: Catalogue) -> Path:
    """Where the ledger of the catalogue's host is, under the folder of the index.

    An index in a folder of a host has a ledger of its own: ``HOST_folder.txt``.
    """
    parts = urlsplit(catalogue.settings.site_url)
    place = f"{parts.netloc}{parts.path}".strip("/").replace("/", "_").replace(":", "-")
    return folder / FOLDER / f"{place}.txt"


def other_ledgers(folder: Path, catalogue: Catalogue) -> list[Path]:
    """Ledgers of other hosts, where the catalogue's own host has none.

    Then the index has probably moved, and the cards printed for the old address lead there.
    """
    own = ledger_path(folder, catalogue)
    if own.exists():
        return []
    return sorted((folder / FOLDER).glob("*.txt"))


def codes_of(catalogue: Catalogue) -> list[str]:
    """Every code that the catalogue answers for, retired ones included, sorted."""
    categories = (f"q/{category.code}" for category in catalogue.categories)
    resources = (
        f"r/{resource.code}" for category in catalogue.categories for resource in category.resources
    )
    return sorted({*categories, *resources})


def check_ledger(text: str, file: str, catalogue: Catalogue) -> list[Problem]:
    """What is wrong with the ledger, and which published codes the catalogue has lost."""
    answered = set(codes_of(catalogue))
    problems = []
    for number, line in enumerate(text.splitlines(), start=1):
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        if entry.startswith(_CONFLICT):
            problems.append(
                Problem(
                    file,
                    number,
                    1,
                    "a merge conflict was left here",
                    "keep the lines of both sides and remove the marks",
                )
            )
        elif not _ENTRY.fullmatch(entry):
            problems.append(
                Problem(
                    file,
                    number,
                    1,
                    f"{quoted(entry)} is not a code",
                    "write `q/` or `r/` and the code, one a line",
                )
            )
        elif entry not in answered:
            kind = "category" if entry.startswith("q/") else "resource"
            problems.append(
                Problem(
                    file,
                    number,
                    1,
                    f"the published code {quoted(entry)} has vanished from {catalogue.file}",
                    f"put its {kind} back with `retired:` and a `successor:`, or give its `code:` "
                    "to the entry that replaced it",
                )
            )
    return problems


def add_to_ledger(text: str, codes: Iterable[str]) -> tuple[str, list[str]]:
    """The ledger with the codes added, sorted, and the codes that were new to it."""
    lines = text.splitlines()
    comments = [line for line in lines if line.strip().startswith("#")]
    known = {line.strip() for line in lines if line.strip() and not line.strip().startswith("#")}
    new = sorted(set(codes) - known)
    return "".join(f"{line}\n" for line in [*comments, *sorted(known | set(new))]), new
