"""The ledger of published codes: an address that was printed once must answer for ever.

``permalinks/HOST.txt`` lists every code ever published under a host, one a line, sorted:

    q/aces aces 5c1f0e7a 93b2d4c8

That is the code, the id that it was published for, a digest of what it opened, and a digest of all
lines that were published together. The last tells when one of them was lost or changed, and holds
after a merge that keeps the lines of both sides. A host without a ledger owes nothing to anybody's
cards.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from linkindex.catalogue.catalogue import Catalogue
from linkindex.catalogue.model import Category, Resource
from linkindex.catalogue.problems import Location, Problem, quoted

FOLDER = "permalinks"

_LINE = re.compile(
    r"(?P<code>[qr]/[a-z0-9]{2,8})(?: +(?P<id>[a-z0-9-]+) +(?P<opens>[0-9a-f]{8}) +"
    r"(?P<batch>[0-9a-f]{8}))?"
)
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


class Published(NamedTuple):
    """A code with the id that it belongs to and a digest of what it opens.

    In a ledger of an older release, id and digest are not known.
    """

    code: str
    id: str = ""
    opens: str = ""


class Line(NamedTuple):
    """A line of the ledger.

    :ivar batch: the digest of what was published together with it, if it is known.
    """

    number: int
    entry: Published
    batch: str


def ledger_path(folder: Path, catalogue: Catalogue) -> Path:
    """Where the ledger of the catalogue's host is, under the folder of the index.

    An index in a folder of a host has a ledger of its own: ``HOST_folder.txt``.
    """
    return folder / ledger_name(catalogue.settings.site_url)


def ledger_name(site_url: str) -> str:
    """The path of the ledger of an address, from the folder of the index."""
    parts = urlsplit(site_url)
    place = f"{parts.netloc}{parts.path}".strip("/").replace("/", "_").replace(":", "-")
    return f"{FOLDER}/{place}.txt"


def published(text: str) -> frozenset[Published]:
    """Everything that a ledger says was published."""
    return frozenset(line.entry for line in _lines(text))


def digest_of(opens: str) -> str:
    """The digest of what a code opens: an address, or the title of a category."""
    return _digest(opens.casefold().rstrip("/"))


def other_ledgers(folder: Path, catalogue: Catalogue) -> list[Path]:
    """Ledgers of other hosts, where the catalogue's own host has none.

    Then the index has probably moved, and the cards printed for the old address lead there.
    """
    own = ledger_path(folder, catalogue)
    if own.exists():
        return []
    return sorted((folder / FOLDER).glob("*.txt"))


def answered(catalogue: Catalogue) -> dict[str, Published]:
    """Every code that the catalogue answers for, retired ones included, sorted."""
    return {code: _entry(code, piece) for code, piece in sorted(_pieces(catalogue).items())}


def codes_of(catalogue: Catalogue) -> list[str]:
    """Every code that the catalogue answers for, retired ones included, sorted."""
    return list(answered(catalogue))


def _pieces(catalogue: Catalogue) -> dict[str, Category | Resource]:
    pieces: dict[str, Category | Resource] = {}
    for category in catalogue.categories:
        pieces[f"q/{category.code}"] = category
        pieces |= {f"r/{resource.code}": resource for resource in category.resources}
    return pieces


def _entry(code: str, piece: Category | Resource) -> Published:
    opens = piece.opens if isinstance(piece, Resource) else piece.title
    return Published(code, piece.id, digest_of(opens))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _batch_of(entries: Iterable[Published]) -> str:
    return _digest("\n".join(" ".join(entry) for entry in sorted(set(entries))))


def batches(text: str) -> tuple[str, ...]:
    """What a ledger must hold ever after: the digest of each publication, sorted."""
    return tuple(sorted({line.batch for line in _lines(text) if line.batch}))


def check_ledger(
    text: str, file: str, catalogue: Catalogue, witnesses: Mapping[str, str] | None = None
) -> list[Problem]:
    """What is wrong with the ledger, and which published codes the catalogue has lost.

    :param witnesses: publications that a ledger held once, each with the file that tells.
    """
    lines = list(_lines(text))
    faults = list(_unreadable(text, file))
    if not lines and not faults:
        return [lost(file, "is empty")]
    return [
        *faults,
        *_torn(lines, file),
        *_forgotten(lines, file, witnesses or {}),
        *_vanished(lines, file, catalogue),
        *_in_wrong_places(lines, catalogue),
    ]


def lost(file: str, how: str, line: int = 1) -> Problem:
    """A ledger that is not what it was; only an earlier commit has what is missing."""
    return Problem(
        file,
        line,
        1,
        f"the ledger of published codes {how}, and printed cards depend on it",
        f"restore it with `git checkout HEAD -- {file}`, or from an earlier commit, which "
        f"`git log -- {file}` lists",
    )


def _lines(text: str) -> Iterator[Line]:
    for number, line in enumerate(text.splitlines(), start=1):
        parts = _LINE.fullmatch(line.strip())
        if parts:
            entry = Published(parts["code"], parts["id"] or "", parts["opens"] or "")
            yield Line(number, entry, parts["batch"] or "")


def _unreadable(text: str, file: str) -> Iterator[Problem]:
    for number, line in enumerate(text.splitlines(), start=1):
        entry = line.strip()
        if entry.startswith(_CONFLICT):
            yield Problem(
                file,
                number,
                1,
                "a merge conflict was left here",
                "keep the lines of both sides and remove the marks",
            )
        elif entry and not entry.startswith("#") and not _LINE.fullmatch(entry):
            yield Problem(
                file,
                number,
                1,
                f"{quoted(entry)} is not a code",
                f"undo your change with `git checkout HEAD -- {file}`; only "
                "`linkindex publish` writes here",
            )


def _torn(lines: list[Line], file: str) -> Iterator[Problem]:
    """Publications of which a line is missing or was changed."""
    together: dict[str, list[Line]] = {}
    for line in lines:
        if line.batch:
            together.setdefault(line.batch, []).append(line)
    for batch, members in together.items():
        if _batch_of(line.entry for line in members) != batch:
            yield lost(
                file,
                f"has lost or changed a line that ends in `{batch}`",
                members[0].number,
            )


def _forgotten(lines: list[Line], file: str, witnesses: Mapping[str, str]) -> Iterator[Problem]:
    """Publications of which no line is left, though a record of an edition names them."""
    missing = sorted(witnesses.keys() - {line.batch for line in lines})
    if missing:
        told = quoted(witnesses[missing[0]])
        yield lost(file, f"has lost every line that ends in `{missing[0]}` (see {told})")


def _vanished(lines: list[Line], file: str, catalogue: Catalogue) -> Iterator[Problem]:
    known = answered(catalogue)
    first = {line.entry.code: line.number for line in reversed(lines)}
    for code, number in sorted(first.items(), key=lambda item: item[1]):
        if code not in known:
            kind = "category" if code.startswith("q/") else "resource"
            yield Problem(
                file,
                number,
                1,
                f"the published code {quoted(code)} has vanished from {catalogue.file}",
                f"put its {kind} back with `retired:` and a `successor:`, or give its `code:` "
                "to the entry that replaced it",
            )


def _in_wrong_places(lines: list[Line], catalogue: Catalogue) -> Iterator[Problem]:
    """Codes that open what was published under another, which is still there.

    An entry may get another id, address or title; but two that changed places would make the cards
    of each lead to the other.
    """
    now, pieces = answered(catalogue), _pieces(catalogue)
    by_id = {(code[0], entry.id): code for code, entry in now.items()}
    by_opens = {(code[0], entry.opens): code for code, entry in now.items()}
    always = {(line.entry.code, line.entry.opens) for line in lines}
    told: set[str] = set()
    for was in dict.fromkeys(line.entry for line in lines):
        entry = now.get(was.code)
        if entry is None or not was.id or was.code in told:
            continue
        kind = was.code[0]
        elsewhere = by_id.get((kind, was.id), was.code)
        if elsewhere == was.code and entry.opens != was.opens:
            elsewhere = by_opens.get((kind, was.opens), was.code)
            # Two may have had the same title all along.
            elsewhere = was.code if (elsewhere, was.opens) in always else elsewhere
        if elsewhere != was.code:
            told.add(was.code)
            place = catalogue.at(pieces[was.code].line)
            yield _misplaced(was, now[elsewhere], place)


def _misplaced(was: Published, is_now: Published, place: Location) -> Problem:
    code = was.code.partition("/")[2]
    return Problem(
        place.file,
        place.line or 1,
        1,
        f"printed cards with the code {quoted(was.code)} lead to this entry, but it was published "
        f"for what is now {quoted(is_now.id)}",
        f"write `code: {code}` there, and give this entry its own code back",
    )


def told_of_change(text: str, catalogue: Catalogue, code: str) -> str:
    """The ledger once it knows what a published code opens now; a code that is new stays out.

    :param code: that of a link, which has been changed.
    """
    held = {line.entry.code for line in _lines(text)}
    return add_to_ledger(text, catalogue, only={f"r/{code}"} & held)[0]


def add_to_ledger(
    text: str, catalogue: Catalogue, only: Collection[str] | None = None
) -> tuple[str, list[str]]:
    """The ledger with what the catalogue answers for, sorted, and the codes that were new to it.

    A code that opens something else than before gets a line more. Nothing else is changed, but that
    lines of an older release get their id and digests.
    """
    comments = [line for line in text.splitlines() if line.strip().startswith("#")]
    lines = list(_lines(text))
    known = {line.entry.code for line in lines}
    now = answered(catalogue)
    added = {
        entry
        for entry in set(now.values()) - {line.entry for line in lines}
        if only is None or entry.code in only
    }
    if only is not None and not added:
        return text, []
    batch = _batch_of(added)
    kept = {
        (line.entry, line.batch) for line in lines if line.entry.id or line.entry.code not in now
    }
    written = sorted(
        " ".join(part for part in (*entry, label) if part)
        for entry, label in kept | {(entry, batch) for entry in added}
    )
    return "".join(f"{line}\n" for line in [*comments, *written]), sorted(now.keys() - known)
